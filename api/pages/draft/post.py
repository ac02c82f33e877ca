"""From posted fields to content: a posted page becomes a sheet, a sheet becomes content as the engine takes it.

What can't be read is left out and told, everything else is taken: one wrong cell never keeps the others from being
saved. How a number is read is decided by `documents.typed` alone.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from api.pages.draft.sheet import (
    ASSIGNEE_FIELDS,
    TASK_FIELDS,
    Entry,
    Row,
    Sheet,
    category_of,
    has_text_columns,
    untouched,
)
from documents.filled import BadContent
from documents.forms import Form, Table, label_key
from documents.typed import Echo, enter
from states.errors import Reason
from states.figures import BadFigure, Cell, Figure
from states.sentences import Sentence

_CELL = re.compile(r"f\.([1-9][0-9]{4,6})")
_ROW = re.compile(r"r\.([1-9][0-9]{0,2})\.([a-z0-9]{1,12})\.(l|e|c|v([1-9][0-9]?))")
_NIL = re.compile(r"n\.([1-9][0-9]{0,2})")
_TEXT = re.compile(r"t\.([a-z0-9_-]{1,60})")
_ENTRY = re.compile(r"([ka])\.([a-z0-9]{1,12})\.([a-z]{1,20})")
_SHORT = re.compile(r"[0-9]{1,4}")
_LONGEST = 20_000


@dataclass(frozen=True)
class Heard:
    """A sheet as it was understood.

    `content`: stored form, without what can't be read. `typed`: the same as it was typed. `unread`: why a field can't
    be read, by its name. `echoes`: how numbers were read, by field. `where`: the field of each place in the content.
    """

    content: dict[str, Any]
    typed: dict[str, Any]
    unread: dict[str, str]
    echoes: dict[str, Echo]
    where: dict[str, str]

    @property
    def figures(self) -> dict[str, Figure]:
        """The figures as they were read, by the name of their field."""
        said = {f"figures.{cell}": value for cell, value in self.content["figures"].items()}
        for number, row in enumerate(self.content["rows"], 1):
            said |= {f"rows.{number}.values.{column}": value for column, value in row["values"].items()}
        found = {self.where[place]: _figure(value) for place, value in said.items() if place in self.where}
        return {name: figure for name, figure in found.items() if figure is not None}


@dataclass
class _Typed:
    content: dict[str, Any]
    where: dict[str, str] = field(default_factory=dict)


def of_posted(posted: Iterable[tuple[str, str]], form: Form) -> Sheet:
    """The sheet that a page has sent; fields that the form doesn't have are passed over."""
    sheet, rows, entries = Sheet(), dict[str, Row](), dict[str, Entry]()
    tables = {table.number for table in form.tables}
    for name, value in posted:
        said = value[:_LONGEST].replace("\r\n", "\n")
        if found := _CELL.fullmatch(name):
            sheet.figures[int(found[1])] = said
        elif (found := _ROW.fullmatch(name)) and int(found[1]) in tables:
            _set_row(rows, sheet, found, said)
        elif found := _NIL.fullmatch(name):
            sheet.nil.add(int(found[1]))
        elif found := _TEXT.fullmatch(name):
            sheet.texts[found[1]] = said
        elif found := _ENTRY.fullmatch(name):
            _set_entry(entries, sheet, found, said)
    return sheet


def hear(sheet: Sheet, form: Form) -> Heard:
    """Understand a sheet. Raises `BadContent` only for what no field of the page could have said."""
    said, unread = _typed(sheet, form), dict[str, str]()
    for _ in range(3):
        try:
            entered = enter(said.content, form)
        except BadContent as error:
            unread |= _leave_out(said, error)
            continue
        echoes = {said.where[echo.place]: echo for echo in entered.echoes if echo.place in said.where}
        return Heard(entered.content, said.content, unread, echoes, said.where)
    return Heard(enter(said.content, form).content, said.content, unread, {}, said.where)


def _typed(sheet: Sheet, form: Form) -> _Typed:
    """The content as the engine takes typed content, and the field of each place in it."""
    said = _Typed({"figures": {}, "rows": [], "nil": sorted(sheet.nil), "texts": {}})
    for table in form.tables:
        _write_figures(said, sheet, table)
        for row in sheet.rows_of(table.number):
            _write_row(said, row, table)
    for code, words in sheet.texts.items():
        if words.strip():
            said.content["texts"][code] = words.strip()
        said.where[f"texts.{code}"] = f"t.{code}"
    if form.kind == "plan":
        said.content["tasks"] = [_task(one) for one in sheet.tasks if not one.blank]
        said.content["assignees"] = [_assignee(one) for one in sheet.assignees if not one.blank]
    return said


def _write_figures(said: _Typed, sheet: Sheet, table: Table) -> None:
    cells = {Cell(cell): value for cell, value in sheet.figures.items() if Cell(cell).table == table.number}
    said.where |= {f"figures.{int(cell)}": f"f.{int(cell)}" for cell in cells}
    cells = {cell: value for cell, value in cells.items() if value.strip()}
    words = {column.number for column in table.columns if column.type in ("text", "duration")}
    if not has_text_columns(table) or not any(cell.column in words for cell in cells):
        said.content["figures"] |= {str(int(cell)): value for cell, value in cells.items()}
        return
    for number in dict.fromkeys(cell.row for cell in cells):
        category = category_of(table, number)
        values = {str(cell.column): value for cell, value in cells.items() if cell.row == number}
        said.content["rows"].append({"table": table.number, "row": number, "values": values,
                                     "label": category.label if category else ""})  # fmt: skip
        place = f"rows.{len(said.content['rows'])}"
        said.where |= {f"{place}.values.{c}": f"f.{int(Cell.of(table.number, number, int(c)))}" for c in values}
        said.where[place] = said.where[f"{place}.values.{next(iter(values))}"]


def _write_row(said: _Typed, row: Row, table: Table) -> None:
    if untouched(row, table):
        return
    if row.blank and label_key(row.label) == "khong":
        if row.table not in said.content["nil"]:
            said.content["nil"] = sorted([*said.content["nil"], row.table])
        return
    category = category_of(table, row.category)
    label = row.label.strip() or (category.label if category else "")
    values = {str(column): value for column, value in sorted(row.values.items()) if value.strip()}
    kept: dict[str, Any] = {"table": row.table, "row": row.category, "label": label, "values": values}
    if row.level.strip():
        kept["level"] = row.level.strip()
    said.content["rows"].append(kept)
    place = f"rows.{len(said.content['rows'])}"
    said.where[place] = f"{row.name}.l"
    said.where |= {f"{place}.values.{column.number}": f"{row.name}.v{column.number}" for column in table.columns}


def _figure(value: object) -> Figure | None:
    try:
        return Figure.from_canonical(str(value))
    except BadFigure:  # words: how long something lasted
        return None


def _task(one: Entry) -> dict[str, Any]:
    task: dict[str, Any] = {name: one.said.get(name, "").strip() for name in ("title", "due", "target", "amount")}
    task["assignees"] = [name.strip() for name in one.said.get("assignees", "").split(";") if name.strip()]
    task |= {name: int(one.said[name]) for name in ("number", "group") if _SHORT.fullmatch(one.said.get(name, ""))}
    return {name: value for name, value in task.items() if value or name == "title"}


def _assignee(one: Entry) -> dict[str, Any]:
    tasks = [line.strip() for line in one.said.get("tasks", "").splitlines() if line.strip()]
    who: dict[str, Any] = {"name": one.said.get("name", "").strip(), "asked": bool(one.said.get("asked"))}
    who |= {"due": due} if (due := one.said.get("due", "").strip()) else {}
    return who | ({"tasks": tasks} if tasks else {})


def _leave_out(said: _Typed, error: BadContent) -> dict[str, str]:
    """Take out what can't be read; returns why, by field. What has no field of its own is refused."""
    found = {}
    for reason in error.reasons:
        name = said.where.get(reason.place)
        if name is None or not _drop(said.content, reason.place):
            raise error
        found[name] = _without_label(reason)
    return found


def _drop(content: dict[str, Any], place: str) -> bool:
    part, *rest = place.split(".")
    if part == "figures":
        return content["figures"].pop(rest[0], None) is not None
    if part == "rows" and len(rest) == 3:
        return content["rows"][int(rest[0]) - 1]["values"].pop(rest[2], None) is not None
    return False


def _without_label(reason: Reason) -> str:
    """The reason alone: the field that it stands beside is named already."""
    words = reason.message
    if isinstance(words, Sentence) and words.pattern == "{cell}: {wrong}":
        return Sentence("{wrong}", wrong=words.fields["wrong"])
    return words


def _set_row(rows: dict[str, Row], sheet: Sheet, found: re.Match[str], said: str) -> None:
    name = f"{found[1]}.{found[2]}"
    if name not in rows:
        rows[name] = Row(int(found[1]), found[2])
        sheet.rows.append(rows[name])
    row = rows[name]
    if found[4]:
        row.values[int(found[4])] = said
    elif found[3] == "c":
        row.category = int(said) if re.fullmatch("[0-9]{1,2}", said) else 0
    elif found[3] == "l":
        row.label = " ".join(said.split())
    else:
        row.level = " ".join(said.split())


def _set_entry(entries: dict[str, Entry], sheet: Sheet, found: re.Match[str], said: str) -> None:
    known, into = (TASK_FIELDS, sheet.tasks) if found[1] == "k" else (ASSIGNEE_FIELDS, sheet.assignees)
    name = f"{found[1]}.{found[2]}"
    if name not in entries:
        entries[name] = Entry(found[2], dict.fromkeys(known, ""))
        into.append(entries[name])
    if found[3] in known:
        entries[name].said[found[3]] = said
