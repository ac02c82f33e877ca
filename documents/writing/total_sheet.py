"""A consolidated report (biểu tổng hợp) as an Excel file: a sheet for each table of the form, a row for each unit.

Headings are merged as in the form, totals are live SUM formulas that carry the value which was signed, percentages are
formulas of summed parts, and a unit that has not sent has a hatched row that says so. "Trên 540" is a text that no SUM
takes in; where there is any, two lines of totals tell it apart. What is missing is told on a sheet of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from xlsxwriter.utility import xl_rowcol_to_cell as at

from documents.filled import ratios_of
from documents.forms import Category, CellSpec, Form, Table
from documents.writing.csv_file import Value, csv_file
from documents.writing.gaps_sheet import Standings, gaps_sheet, said
from documents.writing.sheet_heads import Heading, write_heads
from documents.writing.sheet_percents import Parts, parts_of, write_percent
from documents.writing.sheet_sizes import LINE, height, width_of
from documents.writing.sheets import TOTAL, Book, Column, Head, as_number
from documents.writing.voices import Voice
from documents.writing.voices_sheet import voices_sheet
from states.figures import Cell, Figure, Ratio
from states.reading.by_unit import ByUnit, UnitPart

_FIRST = (Column("STT", 5, "center"), Column("Đơn vị", 28), Column("Số, ký hiệu", 13))
_KEYS = len(_FIRST)
_SILENT = "…"
_UNMAPPED = "Dòng chưa xếp nhóm"
_EXACT, _ALL = "Cộng các số chính xác", "TỔNG CỘNG"


def total_xlsx(
    total: ByUnit, form: Form, head: Head, standings: Standings | None = None,
    heard: Mapping[str, Sequence[Voice]] | None = None,
) -> bytes:  # fmt: skip
    """The file: one sheet for each table that has figures, the sheets «Ý kiến» and «Đơn vị chưa gửi».

    `head.title` stands on every sheet, with the table's own title below it. `standings`: how each missing report
    stands, by document, as far as the reader may see it. `heard`: what the units say, by section of the form.
    """
    book = Book(head.title, about=head)
    notes = [*coverage_notes(total), *head.notes]
    for table in form.tables:
        if cells := _cells(form, table, total):
            above = replace(head, under=[*head.under, _name(table)], notes=notes)
            _Sheet(book, total, form, table, cells).write(above)
    voices_sheet(book, form, heard or {}, head)
    gaps_sheet(book, total.coverage, head, standings or {})
    return book.bytes()


def total_csv(total: ByUnit, form: Form, *, separator: str = ";") -> bytes:
    """A row for each unit and cell: unit, document, table, row and column of the form, the figure, or why none."""
    names = ("Đơn vị", "Phần", "Số, ký hiệu", "Mã văn bản", "Ô", "Tên ô", "Số liệu", "Giới hạn", "Ghi chú")
    return csv_file(names, _lines(total, form), separator=separator)


def coverage_notes(total: ByUnit) -> list[str]:
    """What the total covers, on its face: "Gồm 92/96 đơn vị trực tiếp, 1.020/1.031 đơn vị cơ sở. Còn thiếu: …"."""
    children, wards = total.coverage.children, total.coverage.wards
    told = f"Gồm {children.received}/{children.expected} đơn vị cấp dưới trực tiếp"
    if wards.expected != children.expected:
        told += f", {wards.received}/{wards.expected} đơn vị cơ sở"
    missing = list(children.missing)
    more = f" và {len(missing) - 12} đơn vị khác (tờ «Đơn vị chưa gửi»)" if len(missing) > 12 else ""
    named = f" Còn thiếu: {', '.join(missing[:12])}{more}." if missing else ""
    let_off = f" Được miễn: {children.waived}." if children.waived else ""
    state = "Số liệu đã ký." if total.signed else "Số liệu tạm tổng hợp, CHƯA KÝ."
    return [f"{told}.{named}{let_off} {state}", f"Băm nội dung (SHA-256): {total.digest}"]


# ── one table ───────────────────────────────────────────────────────────────────────────────────────────────


def _cells(form: Form, table: Table, total: ByUnit) -> list[CellSpec]:
    """The cells of a table that add up and percentages made of them; free rows without a category only where some are
    left. None: no figures."""
    told = {*total.total, *(cell for part in total.parts for cell in part.figures or ())}
    percents = parts_of(form)
    mine = [spec for spec in form.specs.values() if spec.cell.table == table.number]
    if not any(spec.cell in told for spec in mine):
        return []
    shown = [spec for spec in mine if spec.adds and (spec.cell.row or spec.cell in told) or spec.cell in percents]
    return sorted(shown, key=lambda spec: (not spec.cell.row, spec.cell))


@dataclass
class _Sheet:
    """One table in the making."""

    book: Book
    total: ByUnit
    form: Form
    table: Table
    cells: list[CellSpec]
    begun: int = 0

    def __post_init__(self) -> None:
        self.percents: Mapping[Cell, Parts] = parts_of(self.form)
        self.places = {spec.cell: place for place, spec in enumerate(self.cells, _KEYS)}
        self.bounded = {spec.cell for spec in self.cells if any(not one.is_exact for one in self._told(spec.cell))}

    def write(self, head: Head) -> None:
        """Everything from the letterhead to the notes below the totals."""
        columns = self._columns()
        self.sheet, row = self.book.sheet(f"Biểu {self.table.number}", columns, head)
        begins, row = row, write_heads(self.book, self.sheet, row, self._heads(), columns)
        self.book.keep_above(self.sheet, begins, row - 1)
        self.begun = row
        for number, part in enumerate(self.total.parts, 1):
            self._line(row, number, part, columns)
            row += 1
        row = self._totals(row)
        width = sum(column.width for column in columns)
        for text in self._notes():
            self.book.across(self.sheet, row, 0, len(columns) - 1, text, "note")
            self.sheet.set_row(row, height(text, width))
            row += 1

    def _told(self, cell: Cell) -> list[Figure]:
        found = [part.figures.get(cell) for part in self.total.parts if part.figures is not None]
        return [one for one in (*found, self.total.total.get(cell)) if one is not None]

    def _columns(self) -> list[Column]:
        """As wide as what stands in them, so that a table is as large as it may be on its page."""
        names = width_of((_unit(part) for part in self.total.parts), 18, 34)
        numbers = width_of((part.number or "" for part in self.total.parts), 12, 15)
        first = [_FIRST[0], replace(_FIRST[1], width=names), replace(_FIRST[2], width=numbers)]
        return [*first, *(Column("", self._width(spec), "number") for spec in self.cells)]

    def _width(self, spec: CellSpec) -> float:
        name = max((len(word) for word in self._heading(spec)[-1].split()), default=0) + 1.5
        texts = [one.vi if one.is_exact else max(one.vi.split(), key=len) for one in self._told(spec.cell)]
        return width_of(texts, max(6.5, name), 20)

    def _heads(self) -> list[Heading]:
        depth = 3 if any(self._heading(spec)[1] for spec in self.cells) else 2
        first: list[Heading] = [(column.name, *[""] * (depth - 1)) for column in _FIRST]
        own = [self._heading(spec) for spec in self.cells]
        return [_only_name(name, depth) for name, *_ in first] + [head if depth == 3 else head[::2] for head in own]

    def _heading(self, spec: CellSpec) -> Heading:
        """The category, the group («Số người tham gia»), the column."""
        column = next(one for one in self.table.columns if one.number == spec.cell.column)
        unit = f" ({spec.unit})" if spec.type in ("money", "percent") and spec.unit else ""
        tops = {one.number: _label(one) for one in self.table.categories}
        name = (column.name + unit).replace("/", "/\n")
        return tops.get(spec.cell.row, _UNMAPPED), column.group, name

    def _line(self, row: int, number: int, part: UnitPart, columns: Sequence[Column]) -> None:
        book, sheet = self.book, self.sheet
        book.write(sheet, row, 0, number, "center")
        book.write(sheet, row, 1, _unit(part), "cell")
        book.write(sheet, row, 2, part.number, "center")
        if part.figures is None:
            look = "let-off" if part.let_off else "gap"
            book.across(sheet, row, _KEYS, _KEYS + len(self.cells) - 1, said(part.why or ""), look)
            return
        sheet.set_row(row, height(_unit(part), columns[1].width - 2))
        ratios = ratios_of(part.figures, self.form)
        for place, spec in enumerate(self.cells, _KEYS):
            figure = part.figures.get(spec.cell)
            if spec.cell in self.percents:
                self._percent(row, spec.cell, ratios.get(spec.cell))
            elif figure is not None:
                book.figure(sheet, row, place, figure)
            else:
                sheet.write_string(row, place, _SILENT, book.look("silent"))

    def _percent(self, row: int, cell: Cell, ratio: Ratio | None, *, total: bool = False) -> None:
        part, whole = self.percents[cell]
        cells = at(row, self.places[part]), at(row, self.places[whole])
        write_percent(self.book, self.sheet, (row, self.places[cell]), cells, ratio, TOTAL if total else {})

    def _totals(self, row: int) -> int:
        """One line of totals; two where bounded figures are in it: the live sum of exact ones, then all together."""
        if self.bounded:
            self._sums(row, _EXACT, live=True, whole=False)
            self._sums(row + 1, _ALL, live=False, whole=True)
            return row + 2
        self._sums(row, _ALL, live=True, whole=True)
        return row + 1

    def _sums(self, row: int, name: str, *, live: bool, whole: bool) -> None:
        """A line of totals. `live`: of formulas over the units, else of what the line above says. `whole`: with what
        no formula takes in, and with percentages."""
        self.book.across(self.sheet, row, 0, _KEYS - 1, name, "head")
        ratios = ratios_of(self.total.total, self.form)
        for place, spec in enumerate(self.cells, _KEYS):
            stated = self.total.total.get(spec.cell)
            if spec.cell in self.percents:
                self._percent(row, spec.cell, ratios.get(spec.cell) if whole else None, total=True)
            elif live and spec.cell in self.bounded:
                self._sum(row, place, Figure.total(one for one in self._of_units(spec.cell) if one.is_exact))
            elif stated is None:
                self.sheet.write_string(row, place, _SILENT, self.book.look("silent", TOTAL))
            elif not live:
                self._again(row, place, stated)
            elif (made := Figure.total(self._of_units(spec.cell))) == stated:
                self._sum(row, place, stated)
            else:
                self._as_stated(row, place, stated, made)
        if whole:
            self._make_room(row)

    def _make_room(self, row: int) -> None:
        """ "trên 13.690" takes two lines in a column made for numbers."""
        told = [(self.total.total[spec.cell].vi, self._width(spec)) for spec in self.cells
                if spec.cell in self.total.total]  # fmt: skip
        self.sheet.set_row(row, max([LINE, *(height(words, wide, bold=True) for words, wide in told)]))

    def _of_units(self, cell: Cell) -> list[Figure]:
        found = [part.figures.get(cell) for part in self.total.parts if part.figures is not None]
        return [one for one in found if one is not None]

    def _sum(self, row: int, place: int, figure: Figure | None) -> None:
        if figure is None:
            self.sheet.write_string(row, place, _SILENT, self.book.look("silent", TOTAL))
            return
        formula = f"=SUM({at(self.begun, place)}:{at(self._last(), place)})"
        self.sheet.write_formula(row, place, formula, self.book.figure_look(figure, more=TOTAL), as_number(figure))

    def _last(self) -> int:
        return self.begun + len(self.total.parts) - 1

    def _again(self, row: int, place: int, stated: Figure) -> None:
        if not stated.is_exact:
            self.book.figure(self.sheet, row, place, stated, TOTAL)
            return
        look = self.book.figure_look(stated, more=TOTAL)
        self.sheet.write_formula(row, place, f"={at(row - 1, place)}", look, as_number(stated))

    def _as_stated(self, row: int, place: int, stated: Figure, made: Figure | None) -> None:
        """The unit has stated another figure than its parts make: what was signed stands."""
        self.book.figure(self.sheet, row, place, stated, TOTAL)
        self.sheet.write_comment(
            row, place, f"Đơn vị ghi {stated.vi}; cộng các dòng được {made.vi if made else _SILENT}"
        )

    def _notes(self) -> Iterator[str]:
        yield f"Ghi chú: «{_SILENT}» là chưa có số liệu, không phải số 0; hàng gạch chéo là đơn vị chưa có báo cáo."
        outside = [
            f"{at(self.begun + number, self.places[spec.cell])} {part.unit}: {part.figures[spec.cell].vi}"
            for number, part in enumerate(self.total.parts)
            for spec in self.cells
            if part.figures and spec.cell in part.figures and not part.figures[spec.cell].is_exact
        ]
        if outside:
            yield (
                f"Số ghi có giới hạn là chữ, không nằm trong công thức SUM của dòng «{_EXACT}»; dòng «{_ALL}» gồm cả "
                f"các số đó: {'; '.join(outside[:40])}{f' và {len(outside) - 40} ô khác' if len(outside) > 40 else ''}."
            )


def _only_name(name: str, depth: int) -> Heading:
    return (*[""] * (depth - 1), name)


# ── words and lines ─────────────────────────────────────────────────────────────────────────────────────────


def _lines(total: ByUnit, form: Form) -> Iterator[list[Value]]:
    for part in total.parts:
        facts: list[Value] = [_unit(part), part.part, part.number, part.document_id]
        if part.figures is None:
            yield [*facts, None, None, None, None, part.why]
        for cell, figure in sorted((part.figures or {}).items()):
            yield [*facts, *_told(cell, figure, form), None]
    for cell, figure in sorted(total.total.items()):
        yield ["TỔNG CỘNG", "total", None, total.document_id, *_told(cell, figure, form), None]


def _told(cell: Cell, figure: Figure, form: Form) -> list[Value]:
    bound = "" if figure.is_exact else figure.vi
    return [int(cell), form.cell_label(cell), figure.amount, bound]


def _unit(part: UnitPart) -> str:
    return {"own": f"{part.unit} (số liệu của đơn vị)", "contribution": f"{part.unit} (đóng góp)"}.get(
        part.part, part.unit
    )


def _name(table: Table) -> str:
    return f"Biểu {table.number}. {table.title}"


def _label(category: Category) -> str:
    return f"{category.label} ({category.unit})" if category.unit else category.label
