"""What stands in the fields of a draft's page (tờ soạn thảo), as text: made from stored content or from a posted page.

Every field has a name: `f.10102` a figure's cell, `r.1.c2n1.v3` column 3 of a row of table 1 (`l` its label, `c` its
category, `e` who carried it out), `n.3` table 3 reported as «Không», `t.results` a text, `k.…`, `a.…` tasks and
assignees of a plan. An element's id is its name with hyphens.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from documents.forms import Category, Form, Table
from states.figures import BadFigure, Cell, Figure

TASK_FIELDS = ("number", "group", "title", "due", "assignees", "target", "amount")
ASSIGNEE_FIELDS = ("name", "asked", "due", "tasks")


@dataclass
class Row:
    """A row of a table; `key` is unique in its table and stays with the row while the page is open."""

    table: int
    key: str
    category: int = 0
    label: str = ""
    level: str = ""
    values: dict[int, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The start of its fields' names."""
        return f"r.{self.table}.{self.key}"

    @property
    def blank(self) -> bool:
        """Whether no value stands in it."""
        return not any(value.strip() for value in self.values.values())


@dataclass
class Entry:
    """A task or an assignee of a plan: its fields as text."""

    key: str
    said: dict[str, str]

    @property
    def blank(self) -> bool:
        """Whether nothing was written."""
        return not any(value.strip() for name, value in self.said.items() if name not in ("number", "asked", "group"))


@dataclass
class Sheet:
    """All that stands in the fields."""

    figures: dict[int, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    nil: set[int] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)
    tasks: list[Entry] = field(default_factory=list)
    assignees: list[Entry] = field(default_factory=list)

    def rows_of(self, table: int) -> list[Row]:
        """The rows of one table, in order."""
        return [row for row in self.rows if row.table == table]

    def new_row(self, table: int, category: int = 0) -> Row:
        """One more empty row; its key is free."""
        used = {row.key for row in self.rows_of(table)}
        row = Row(table, next(f"x{n}" for n in range(1, 10_000) if f"x{n}" not in used), category)
        self.rows.append(row)
        return row

    def set(self, name: str, value: str) -> None:
        """Put a text into a cell by its field's name, where the sheet has that row."""
        values, key = self._cell(name)
        values[key] = value

    def get(self, name: str) -> str:
        """What stands in a cell, by its field's name."""
        values, key = self._cell(name)
        return values.get(key, "")

    def _cell(self, name: str) -> tuple[dict[int, str], int]:
        kind, _, rest = name.partition(".")
        if kind == "f":
            return self.figures, int(rest)
        start, _, column = name.rpartition(".v")
        return next((row.values for row in self.rows if row.name == start), {}), int(column)


def of_content(content: Mapping[str, Any], form: Form) -> Sheet:
    """The sheet of a stored content, figures as they are written for people ("1.118", "trên 540")."""
    sheet = Sheet(nil=set(content.get("nil") or ()), texts=_strings(content.get("texts")))
    for row in content.get("rows") or ():
        _take_row(sheet, row, form)
    for key, value in (content.get("figures") or {}).items():
        cell = Cell(key)
        if _is_grid(form, cell.table):
            _take_stated(sheet, cell, spoken(value), form)
        else:
            sheet.figures[int(cell)] = spoken(value)
    sheet.tasks = [_task(n, one) for n, one in enumerate(content.get("tasks") or (), 1)]
    sheet.assignees = [_assignee(n, one) for n, one in enumerate(content.get("assignees") or (), 1)]
    return sheet


def spoken(value: object) -> str:
    """A stored figure as people write it; anything else as it is."""
    text = "" if value is None else str(value)
    try:
        return Figure.from_canonical(text).vi
    except BadFigure:
        return text


def complete(sheet: Sheet, form: Form) -> Sheet:
    """Give each category of a table with rows at least one row, in the form's order, so that it can be filled in."""
    for table in form.tables:
        if table.layout != "rows":
            continue
        rows = sheet.rows_of(table.number)
        for category in table.categories:
            if not any(row.category == category.number for row in rows):
                _put(rows, Row(table.number, _key(rows, category.number), category.number, category.label))
        sheet.rows = [row for row in sheet.rows if row.table != table.number] + rows
    return sheet


def untouched(row: Row, table: Table) -> bool:
    """A row that only names its category, or nothing: nobody has written it."""
    category = category_of(table, row.category)
    return row.blank and row.label.strip() in ("", category.label if category else "")


def category_of(table: Table, number: int) -> Category | None:
    """A category by number; None for a row that has none."""
    return next((one for one in table.categories if one.number == number), None)


def has_text_columns(table: Table) -> bool:
    """Whether words stand in a column: such a table is kept as rows, whatever its layout."""
    return any(column.type in ("text", "duration") for column in table.columns)


def element(name: str) -> str:
    """The id of a field's element."""
    return name.replace(".", "-")


def _put(rows: list[Row], row: Row) -> None:
    place = next((i for i, other in enumerate(rows) if other.category > row.category or not other.category), len(rows))
    rows.insert(place, row)


def _take_row(sheet: Sheet, row: Mapping[str, Any], form: Form) -> None:
    number, category = int(row.get("table") or 0), int(row.get("row") or 0)
    values = {int(column): spoken(value) for column, value in (row.get("values") or {}).items()}
    if not _is_grid(form, number) and category and _is_plain(row, form):
        cells = {int(Cell.of(number, category, column)): value for column, value in values.items()}
        if not cells.keys() & sheet.figures.keys():
            sheet.figures.update(cells)
            return
    key = _key(sheet.rows_of(number), category)
    sheet.rows.append(Row(number, key, category, str(row.get("label") or ""), str(row.get("level") or ""), values))


def _is_plain(row: Mapping[str, Any], form: Form) -> bool:
    category = category_of(form.table(int(row["table"])), int(row["row"]))
    return category is not None and row.get("label", "") in ("", category.label) and not row.get("level")


def _is_grid(form: Form, number: int) -> bool:
    return any(table.number == number and table.layout == "rows" for table in form.tables)


def _take_stated(sheet: Sheet, cell: Cell, value: str, form: Form) -> None:
    """A figure stated for a category is its row, unless rows say it already."""
    written = [row for row in sheet.rows_of(cell.table) if row.category == cell.row]
    if any(not row.key.endswith("s") for row in written):
        return
    if not written:
        category = category_of(form.table(cell.table), cell.row)
        sheet.rows.append(Row(cell.table, f"c{cell.row}s", cell.row, category.label if category else ""))
        written = sheet.rows[-1:]
    written[0].values[cell.column] = value


def _key(rows: Iterable[Row], category: int) -> str:
    used = {row.key for row in rows}
    start = f"c{category}n" if category else "x"
    return next(f"{start}{n}" for n in range(1, 10_000) if f"{start}{n}" not in used)


def _task(number: int, task: Mapping[str, Any]) -> Entry:
    people = task.get("assignees") or []
    said = {name: str(task.get(name) or "") for name in TASK_FIELDS} | {"assignees": "; ".join(map(str, people))}
    return Entry(str(number), said)


def _assignee(number: int, one: Mapping[str, Any]) -> Entry:
    tasks = one.get("tasks") or [one["task"]] if one.get("task") or one.get("tasks") else []
    return Entry(str(number), {"name": str(one.get("name") or ""), "asked": "1" if one.get("asked") else "",
                               "due": str(one.get("due") or ""), "tasks": "\n".join(map(str, tasks))})  # fmt: skip


def _strings(texts: Mapping[str, Any] | None) -> dict[str, str]:
    return {str(code): str(words or "") for code, words in (texts or {}).items()}
