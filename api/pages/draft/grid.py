"""From a table of the form and a sheet to a grid: merged heads, a line per row, computed sums, the foot."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from api.pages.draft.form import Beside, Box, Grid, Head, Line
from api.pages.draft.post import Heard
from api.pages.draft.sheet import Row, Sheet, category_of, complete, element
from documents.filled import ratios_of, read
from documents.forms import Category, Column, Form, Table
from states.figures import Cell, Figure, Split

Figures = Mapping[str, Figure]


def grids(form: Form, sheet: Sheet, heard: Heard, beside: Beside) -> list[Grid]:
    """Every table of the form, with a line for each category."""
    complete(sheet, form)
    ratios = ratios_of(read(heard.content, form).figures, form)
    made = {int(cell): _percent(ratio.percent()) for cell, ratio in ratios.items()}
    return [_Maker(table, sheet, beside, heard.figures, made).grid() for table in form.tables]


class _Maker:
    """Makes one grid."""

    def __init__(self, table: Table, sheet: Sheet, beside: Beside, figures: Figures, made: Mapping[int, str]) -> None:
        self.table, self.sheet, self.beside, self.figures, self.made = table, sheet, beside, figures, made
        self.groups = _groups(table)

    def grid(self) -> Grid:
        """The whole table."""
        table, number = self.table, self.table.number
        lines = [*self._of_categories(), *self._of_rows()]
        names = {box.name for line in lines for box in line.boxes if box.name}
        spare = None
        if table.layout == "rows":
            spare = self._line(Row(number, "NEW"), choice=True, alone=False)
        return Grid(
            table, number in self.sheet.nil, *self._heads(), tuple(lines), tuple(self._foot(lines)), spare,
            sum(1 for name in names if self.sheet.get(name).strip()),
            any(box.before for line in lines for box in line.boxes), self.beside.said.get(f"table.{number}", ()),
        )  # fmt: skip

    def _heads(self) -> tuple[tuple[Head, ...], tuple[Head, ...]]:
        if not any(name for name, _ in self.groups):
            return tuple(Head(c.name, c.unit) for c in self.table.columns), ()
        top, second = list[Head](), list[Head]()
        for name, columns in self.groups:
            if name:
                summed = _summed(columns)
                top.append(Head(name, wide=len(columns) + summed))
                second += [Head(column.name) for column in columns] + [Head("", total=True)] * summed
            else:
                top += [Head(column.name, column.unit, tall=2) for column in columns]
        return tuple(top), tuple(second)

    def _of_categories(self) -> Iterator[Line]:
        """In a table of fields, a line for each indicator."""
        for one in self.table.categories if self.table.layout == "fields" else ():
            boxes = []
            for column in self.table.columns:
                cell = Cell.of(self.table.number, one.number, column.number)
                there = one.columns is None or column.number in one.columns
                boxes.append(self._box(f"f.{int(cell)}", cell, column, one.label, True) if there else Box())
            line = f"f{self.table.number}-{one.number}"
            yield Line(line, one.label, one.unit, tuple(boxes), place=f"f.{self.table.number}.{one.number}")

    def _of_rows(self) -> Iterator[Line]:
        seen: set[int] = set()
        for row in self.sheet.rows_of(self.table.number):
            category = category_of(self.table, row.category)
            own = category is None or row.label.strip() not in ("", category.label)
            yield self._line(row, choice=own, alone=row.category not in seen)
            seen.add(row.category)

    def _line(self, row: Row, choice: bool, alone: bool) -> Line:
        category = category_of(self.table, row.category)
        label = row.label or (category.label if category else "")
        boxes: list[Box] = []
        for _, columns in self.groups:
            mine = [self._of_row(row, column, label, alone) for column in columns]
            boxes += mine
            if _summed(columns):
                boxes.append(self._sum(row, columns))
        return Line(element(row.name), label, _unit(category), tuple(boxes), row, choice, row.name)

    def _of_row(self, row: Row, column: Column, label: str, alone: bool) -> Box:
        cell = Cell.of(self.table.number, row.category, column.number)
        return self._box(f"{row.name}.v{column.number}", cell, column, label, alone and row.category > 0)

    def _box(self, name: str, cell: Cell, column: Column, label: str, alone: bool) -> Box:
        numeric = column.type in ("count", "money", "percent")
        beside = self.beside
        return Box(
            name, self.sheet.get(name), f"{column.name}, {label}" if label else column.name, column.number, column.name,
            numeric, beside.figure_before(cell) if alone else "", beside.figure_below(cell) if alone else "",
            self.made.get(int(cell), ""), said=beside.said.get(name, ()),
        )  # fmt: skip

    def _sum(self, row: Row, columns: list[Column]) -> Box:
        split = _split(columns, {c.number: self.figures.get(f"{row.name}.v{c.number}") for c in columns})
        return Box(value=split.vi if split else "", sum_id=f"sum-{element(row.name)}-{columns[0].number}")

    def _foot(self, lines: list[Line]) -> Iterator[Box]:
        """Sums of columns, where all lines count the same thing; none at all where no column has one."""
        if len(lines) < 2 or not any(_adds(self.table, column) for column in self.table.columns):
            return
        for _, columns in self.groups:
            for column in columns:
                total = self._total(column)
                adds = _adds(self.table, column)
                yield Box(value=total.vi if total and adds else "", sum_id=self._foot_id(column) if adds else "")
            if _summed(columns):
                whole = Figure.total(self._total(column) for column in columns)
                yield Box(value=whole.vi if whole else "", sum_id=f"foot-{self.table.number}-{columns[0].number}-all")

    def _total(self, column: Column) -> Figure | None:
        end, start = f".v{column.number}", f"r.{self.table.number}."
        rows = [f for name, f in self.figures.items() if name.startswith(start) and name.endswith(end)]
        cells = [self.figures.get(f"f.{int(Cell.of(self.table.number, one.number, column.number))}")
                 for one in self.table.categories]  # fmt: skip
        return Figure.total([*rows, *cells])

    def _foot_id(self, column: Column) -> str:
        return f"foot-{self.table.number}-{column.number}"


def sums(grid: Grid) -> dict[str, str]:
    """The computed sums of a grid by the ids of their elements."""
    boxes = [box for line in grid.lines for box in line.boxes] + list(grid.foot)
    return {box.sum_id: box.value for box in boxes if box.sum_id}


def _groups(table: Table) -> list[tuple[str, list[Column]]]:
    return [(name, list(columns)) for name, columns in groupby(table.columns, key=lambda column: column.group)]


def _summed(columns: list[Column]) -> bool:
    """Whether a group of columns splits people by sex: then their sum stands beside them."""
    return bool(columns[0].group) and {"male", "female"} <= {column.sex for column in columns}


def _split(columns: list[Column], values: Mapping[int, Figure | None]) -> Figure | None:
    """Men and women together once both are told; people who are not split, alone."""
    by_sex = {column.sex: values.get(column.number) for column in columns}
    male, female, unknown = (by_sex.get(sex) for sex in ("male", "female", "unknown"))
    if male is None and female is None:
        return unknown
    return Split(male, female, unknown).sum


def _adds(table: Table, column: Column) -> bool:
    """Whether the lines of a column count the same thing, so that their sum says something."""
    if column.type not in ("count", "money") or column.add == "none":
        return False
    if table.layout == "fields":
        return column.type == "money" and len(table.columns) == 1
    return bool(column.unit) or not any(one.unit for one in table.categories)


def _unit(category: Category | None) -> str:
    return category.unit if category else ""


def _percent(value: object) -> str:
    return "" if value is None else str(value).replace(".", ",")
