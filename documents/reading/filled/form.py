"""A blank form that was filled in (biểu đã điền), read back: the draft's content, each cell checked and named.

Validation in Excel does not survive a paste, so everything is checked again. What can't be read keeps its words and is
told with its cell («Biểu 1, ô D14: …»); what the file lost is refused. A cell that was left blank is missing, never 0.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell as at

from documents.filled import misfit
from documents.forms import CellSpec, Form, Table
from documents.reading import files
from documents.reading.filled.cells import as_text, codes
from documents.reading.filled.key import Cells, CodesRemoved, Expected, key_of
from documents.writing.blank_key import NIL, SUM, TEXTS_SHEET, BlankKey, codes_of
from documents.writing.blank_texts import LONGEST
from states.errors import Invalid, Reason
from states.figures import BadFigure, Cell, Figure
from states.sentences import Sentence

_LABEL = 500  # characters of a line's words, as on the page


class BadCells(Invalid):
    """Tệp có {count} ô chưa đọc được (cells can't be read): {first}"""


@dataclass(frozen=True)
class FilledRow:
    """A line as it was written: `values` by column, as typed."""

    table: int
    category: int
    label: str
    level: str
    values: Mapping[int, str]


@dataclass
class FilledForm:
    """What a file says. `cells`: values of tables of indicators by cell, as typed. `reasons`: what can't be read;
    `doubts`: what may have been meant otherwise. `where`: where on the sheets each place of `typed` stands.
    """

    key: BlankKey
    form: Form
    cells: dict[Cell, str] = field(default_factory=dict)
    rows: list[FilledRow] = field(default_factory=list)
    nil: set[int] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def typed(self) -> dict[str, Any]:
        """The content as `documents.drafting.save` takes it. Raises `BadCells` naming every cell that can't be read."""
        if self.reasons:
            raise BadCells(reasons=self.reasons, count=len(self.reasons), first=self.reasons[0].message)
        rows = [_typed(row) for row in self.rows]
        figures: dict[str, str] = {}
        for table in self.form.tables:
            mine = {cell: said for cell, said in self.cells.items() if cell.table == table.number}
            if any(not self.form.specs[cell].is_number for cell in mine):
                rows += _with_words(table, mine)
            else:
                figures |= {str(int(cell)): said for cell, said in mine.items()}
        return {"form": self.form.key, "figures": figures, "rows": rows, "nil": sorted(self.nil), "texts": self.texts}


def read_filled(name: str, data: bytes, expected: Expected) -> FilledForm:
    """Read a file for a report: opened in a process of its own. Raises a `NotRead`, or what `understand` raises."""
    return understand(files.cells(name, data), expected)


def understand(cells: Cells, expected: Expected) -> FilledForm:
    """What the cells say. Raises `NotOurForm`, `KeyChanged`, `OtherDocument`, `OtherVersion`, `SheetsRemoved`,
    `CodesRemoved`; what is wrong in single cells stands in `reasons`.
    """
    key = key_of(cells, expected)
    found = FilledForm(key, expected.form)
    for table in expected.form.tables:
        name = f"Biểu {table.number}"
        _Sheet(found, table, name, cells[name]).read(list(key.rows.get(str(table.number), ())))
    if expected.form.sections:
        _read_texts(found, cells[TEXTS_SHEET])
    return found


class _Sheet:
    """One table's sheet: its lines and columns are found by their hidden names, wherever they stand now."""

    def __init__(self, found: FilledForm, table: Table, name: str, rows: Sequence[Sequence[Any]]) -> None:
        self.found, self.table, self.name, self.rows = found, table, name, rows
        self.anchor, self.head = codes(name, rows)
        self.columns = {str(code): place for place, code in enumerate(rows[self.head]) if code and place != self.anchor}
        wanted = {f"v{column.number}" for column in table.columns} | ({"l", "c", "e"} if self._grid else set())
        if not wanted <= self.columns.keys():
            raise CodesRemoved(sheet=name)

    @property
    def _grid(self) -> bool:
        return self.table.layout == "rows"

    def read(self, categories: list[int]) -> None:
        """Everything that was written on it."""
        wanted = dict(zip(codes_of(categories), categories, strict=True))
        lines: dict[str, int] = {}
        for number, row in enumerate(self.rows):
            code = str(row[self.anchor]) if len(row) > self.anchor else ""
            if code == NIL:
                self._nil(number)
            elif code in lines:
                self._wrong(number, 0, Sentence("dòng này là bản chép của dòng {n}; xóa một dòng", n=lines[code] + 1))
            elif code in wanted:
                lines[code] = number
            elif number > self.head and code != SUM and any(self._words(number, c) for c in self._values()):
                self._wrong(number, 0, Sentence("dòng chèn thêm, không có mã; ghi vào dòng trống có sẵn của biểu"))
        for code in wanted:
            if code in lines:
                self._line(lines[code], wanted[code])
            else:
                self._wrong(
                    self.head, self.anchor, Sentence("mất một dòng của biểu (mã {code}); tải biểu mới", code=code)
                )
        if self.table.number in self.found.nil and self._says_something():
            self._wrong(self.head, 0, Sentence("biểu đã chọn «Không» nhưng vẫn có số liệu; bỏ một trong hai"))

    def _values(self) -> list[str]:
        return [f"v{column.number}" for column in self.table.columns]

    def _says_something(self) -> bool:
        number = self.table.number
        written = any(row.table == number and row.values for row in self.found.rows)
        return written or any(cell.table == number for cell in self.found.cells)

    def _nil(self, number: int) -> None:
        """«Không» stands in the first column of values; that cell has no name of its own."""
        place = min(self.columns[code] for code in self._values())
        said = as_text(self._cell(number, place))
        if said.lower().rstrip(".") == "không":
            self.found.nil.add(self.table.number)
        elif said:
            self._wrong(number, place, Sentence("«{said}»: chỉ chọn «Không» hoặc để trống", said=said[:60]))

    def _line(self, number: int, fixed: int) -> None:
        category = fixed if fixed or not self._grid else self._category(number)
        known = next((one for one in self.table.categories if one.number == category), None)
        values = {}
        for column in self.table.columns:
            if said := self._words(number, f"v{column.number}"):
                if known and known.columns is not None and column.number not in known.columns:
                    self._wrong(
                        number, self.columns[f"v{column.number}"], Sentence("biểu không có ô này; xóa nội dung")
                    )
                    continue
                values[column.number] = self._checked(number, category, column.number, said)
        if not self._grid:
            self.found.cells |= {Cell.of(self.table.number, category, c): said for c, said in values.items()}
            return
        label = self._short(number, "l") or (known.label if known else "")
        level = self._short(number, "e")
        if values or level or label != (known.label if known and fixed else ""):
            self.found.rows.append(FilledRow(self.table.number, category, label, level, values))

    def _category(self, number: int) -> int:
        """The chosen category of a free line: the number before its words, or behind «Nhóm» as the lines of the form
        have it; 0 where none is chosen."""
        said = self._words(number, "c")
        start = re.sub(r"^nhóm\s+", "", said.partition(".")[0].strip(), flags=re.IGNORECASE)
        if start.isdecimal() and int(start) in {one.number for one in self.table.categories}:
            return int(start)
        by_name = [one.number for one in self.table.categories if one.label == said]
        if said and not by_name:
            self._wrong(
                number, self.columns["c"], Sentence("«{said}» không phải nhóm của biểu; chọn lại", said=said[:60])
            )
        return by_name[0] if by_name else 0

    def _checked(self, number: int, category: int, column: int, said: str) -> str:
        """A value as it was typed, once it was seen whether it can be read."""
        spec = self.found.form.specs[Cell.of(self.table.number, category, column)]
        place = self.columns[f"v{column}"]
        kind = self._cell(number, place)
        if spec.is_number:
            if isinstance(kind, list) and kind[0] in ("d", "b"):
                words = Sentence("«{said}» là ngày tháng, không phải số", said=said) if kind[0] == "d" else (
                    Sentence("«{said}» không phải số", said=said))  # fmt: skip
                self._wrong(number, place, words)
            else:
                self._read(number, place, spec, said)
        elif len(said) > _LABEL:
            self._wrong(number, place, Sentence("dài quá {most} chữ", most=_LABEL))
        return said

    def _read(self, number: int, place: int, spec: CellSpec, said: str) -> None:
        try:
            reading = Figure.parse(said)
        except BadFigure as error:
            self._wrong(number, place, Sentence("{wrong}", wrong=error))
            return
        if wrong := misfit(spec, reading.figure, reading.unit):
            self._wrong(number, place, wrong)
        elif reading.doubt and isinstance(self._cell(number, place), str):  # a number cell has no marks to mistake
            self.found.doubts.append(Sentence("{place}: {echo}", place=self._place(number, place), echo=reading.echo))
        elif spec.type == "percent" and Decimal(0) < reading.figure.amount < 1:
            self.found.doubts.append(Sentence(
                "{place}: đọc là {read} %; nếu là tỷ lệ Excel hiện dạng %, hãy ghi lại số phần trăm",
                place=self._place(number, place), read=reading.figure.vi))  # fmt: skip

    def _short(self, number: int, code: str) -> str:
        said = " ".join(self._words(number, code).split())
        if len(said) > _LABEL:
            self._wrong(number, self.columns[code], Sentence("dài quá {most} chữ", most=_LABEL))
        return said

    def _words(self, number: int, code: str) -> str:
        return as_text(self._cell(number, self.columns[code]))

    def _cell(self, number: int, place: int) -> Any:
        row = self.rows[number]
        return row[place] if place < len(row) else ""

    def _place(self, number: int, place: int) -> str:
        return f"{self.name}, ô {at(number, place)}"

    def _wrong(self, number: int, place: int, words: str) -> None:
        where = Sentence("{sheet}, ô {cell}", sheet=self.name, cell=at(number, place))
        message = Sentence("{place}: {wrong}", place=where, wrong=words)
        self.found.reasons.append(Reason(f"{self.name}!{at(number, place)}", message))


def _read_texts(found: FilledForm, rows: Sequence[Sequence[Any]]) -> None:
    anchor, head = codes(TEXTS_SHEET, rows)
    lines = {str(row[anchor]): number for number, row in enumerate(rows) if len(row) > anchor and row[anchor]}
    base = found.key.base.get("texts") or {}
    for section in found.form.sections:
        number = lines.get(f"§{section.code}")
        long = len(str(base.get(section.code) or "")) > LONGEST
        if number is None or long:
            if not long:
                raise CodesRemoved(sheet=TEXTS_SHEET)
            found.texts[section.code] = str(base[section.code])  # it stood nowhere on the sheet
            continue
        said = as_text(rows[number][2])
        if len(said) > LONGEST:
            place = f"{TEXTS_SHEET}, ô {at(number, 2)}"
            words = Sentence("{place}: dài quá {most} chữ", place=place, most=LONGEST)
            found.reasons.append(Reason(f"{TEXTS_SHEET}!{at(number, 2)}", words))
        elif said:
            found.texts[section.code] = said


def _typed(row: FilledRow) -> dict[str, Any]:
    values = {str(column): said for column, said in row.values.items()}
    typed: dict[str, Any] = {"table": row.table, "row": row.category, "label": row.label, "values": values}
    return typed | ({"level": row.level} if row.level else {})


def _with_words(table: Table, cells: Mapping[Cell, str]) -> Iterator[dict[str, Any]]:
    """Indicators among which words stand are kept as rows, as the drafting page keeps them."""
    for one in table.categories:
        values = {str(cell.column): said for cell, said in cells.items() if cell.row == one.number}
        if values:
            yield {"table": table.number, "row": one.number, "label": one.label, "values": values}
