"""A table read from paper against the form (biểu mẫu): which form, which table, which column, which category."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from documents.forms import Column, Form, Table, load_forms
from documents.reading.folding import key
from documents.reading.model import Place, Read
from documents.reading.tables.squaring import ReadTable
from states.figures import BadFigure, Figure

_LABELS = ("hoat dong", "noi dung", "san pham", "chi tieu", "ten", "linh vuc", "dien giai", "nguon kinh phi")
_LEVELS = ("cap trien khai", "don vi thuc hien", "cap thuc hien")
_MISSING = ("", "…", "...")
"""How a paper shows a cell that nobody reported: never a value."""
TOTALS = ("tong", "tong cong", "cong", "tong so")
"""Labels of the row that adds up the others, folded: no activity of its own."""
_UNIT = re.compile(r"\s*\([^()]*\)$")
_ASKED = "bảng không tách nam, nữ: số này được ghép vào cột «{name}»"
_MERGED = "một ô gộp cả cột bên cạnh: số này chưa tách nam, nữ"


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row as the form's content keeps it: table, category (0: none is sure), label, level, typed values by column."""

    table: int
    row: int
    label: str
    level: str
    values: dict[int, str]
    place: Place
    doubts: dict[int, str] = field(default_factory=dict)
    """Why a column's value may belong in another one."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What the tables say in the words of one form; `unplaced` are tables and columns that it has not."""

    form: str
    rows: tuple[FormRow, ...]
    nil: tuple[int, ...]
    unplaced: tuple[str, ...]

    @property
    def content(self) -> dict[str, Any]:
        """What `documents.typed.enter` takes."""
        rows = [{"table": r.table, "row": r.row, "label": r.label, "level": r.level,
                 "values": {str(column): said for column, said in r.values.items()}} for r in self.rows]  # fmt: skip
        return {"form": self.form, "rows": rows, "nil": list(self.nil)}


def form_for(type_word: str | None, title: str, read: Sequence[Read[ReadTable]]) -> Read[str] | None:
    """The form that a paper most likely fills: by its type and title, and among versions by its columns."""
    said, kind = key(title), "plan" if type_word == "Kế hoạch" else "report"
    if type_word not in ("Kế hoạch", "Báo cáo"):
        return None
    code = _code(kind, said)
    versions = [form for (name, _), form in sorted(load_forms().items()) if name == code]
    if not versions:
        return None
    best = max(versions, key=lambda form: (_likeness(form, read), form.version))
    return Read(best.key, title, Place(), 0.75, "mẫu được đoán theo tên loại, trích yếu và cột bảng")


def _code(kind: str, said: str) -> str:
    if kind == "plan":
        return (
            "ward-plan"
            if any(f" {word} " in f" {said} " for word in ("phuong", "xa", "thi tran", "dac khu"))
            else "plan"
        )
    if "thang hanh dong" in said:
        return "action-month"
    return "half-year" if "6 thang" in said or "sau thang" in said else "year"


def fill(form: Form, read: Sequence[Read[ReadTable]]) -> Filled:
    """The tables' rows in the form's words; nothing is left out silently."""
    rows: list[FormRow] = []
    nil: list[int] = []
    unplaced: list[str] = []
    seen: set[int] = set()
    for one in read:
        table = _table_for(form, one.value)
        if table is None or (table.number in seen and _is_by_unit(one.value)):
            unplaced.append(f"bảng {one.value.number} «{one.value.title}»")
            continue
        seen.add(table.number)
        if one.value.nil:
            nil.append(table.number)
        else:
            placed = _columns(table, one.value.columns)
            not_split = _not_split(table, one.value.columns, placed)
            placed |= not_split
            unplaced += [
                f"bảng {one.value.number}, cột «{name.replace('|', ', ')}»"
                for name in _left_over(one.value.columns, placed)
            ]
            rows += _rows(table, one.value, placed, {c.number: _ASKED.format(name=c.name) for c in not_split.values()})
    return Filled(form.key, tuple(rows), tuple(nil), tuple(unplaced))


def _is_by_unit(read: ReadTable) -> bool:
    """An annex that gives the figures again, unit by unit: its rows are no rows of the form."""
    return len(read.columns) > 2 and key(read.columns[1]) in ("don vi", "ten don vi")


def _likeness(form: Form, read: Sequence[Read[ReadTable]]) -> float:
    return sum(
        len(_columns(table, one.value.columns)) - 0.5 * abs(len(table.columns) + 3 - len(one.value.columns))
        for one in read
        if (table := _table_for(form, one.value))
    )


def _table_for(form: Form, read: ReadTable) -> Table | None:
    """By its caption; without one by its columns."""
    scored = [(fuzz.token_set_ratio(key(table.title), key(read.title)), table) for table in form.tables]
    best = max(scored, key=lambda one: one[0], default=(0.0, None))
    if best[1] is not None and best[0] >= 70:
        return best[1]
    by_columns = [(len(_columns(table, read.columns)), table) for table in form.tables]
    most = max(by_columns, key=lambda one: one[0], default=(0, None))
    return most[1] if most[1] is not None and most[0] >= 2 and [n for n, _ in by_columns].count(most[0]) == 1 else None


def _columns(table: Table, names: Sequence[str]) -> dict[int, Column]:
    """Which column of the form each place of the row is."""
    placed: dict[int, Column] = {}
    for at, name in enumerate(names):
        scored = [(_alike(column, name), column) for column in table.columns if column not in placed.values()]
        best = max(scored, key=lambda one: one[0], default=(0.0, None))
        if best[1] is not None and best[0] >= 85:
            placed[at] = best[1]
    return placed


def _alike(column: Column, name: str) -> float:
    group, _, last = name.rpartition("|")
    if key(last) in ("nam", "nu") or column.sex in ("male", "female"):
        same = {"male": "nam", "female": "nu"}.get(column.sex or "") == key(last).removeprefix("trong do ")
        return (
            100.0
            if same and (not group or not column.group or fuzz.token_set_ratio(key(group), key(column.group)) > 50)
            else 0.0
        )
    said = last if group else name
    names = {key(column.name), *(key(one) for one in _either(column.name))}
    return max(float(fuzz.ratio(name, key(one))) for name in names for one in (said, _UNIT.sub("", said)))


def _not_split(table: Table, names: Sequence[str], placed: dict[int, Column]) -> dict[int, Column]:
    """The one column of people that a paper has where the form has men, women and those not told apart."""
    if any(column.sex in ("male", "female") for column in placed.values()):
        return {}  # beside these it is their total
    for column in table.columns:
        if column.sex == "unknown" and column.group and column not in placed.values():
            wanted = key(column.group)
            likely = [at for at, name in enumerate(names) if at not in placed
                      and fuzz.ratio(wanted, key(_UNIT.sub("", name.partition("|")[0]))) >= 85]  # fmt: skip
            if len(likely) == 1:
                return {likely[0]: column}
    return {}


def _either(name: str) -> list[str]:
    """As "Số cuộc/đoàn" is "Số cuộc" or "Số đoàn"."""
    first, *others = name.split("/")
    start = first.rpartition(" ")[0]
    return [first, *(f"{start} {one}" for one in others)] if others else []


def _rows(table: Table, read: ReadTable, placed: dict[int, Column], asked: dict[int, str]) -> Iterator[FormRow]:
    label_at = _place_of(read.columns, _LABELS, placed)
    level_at = _place_of(read.columns, _LEVELS, placed)
    for n, (row, place) in enumerate(zip(read.rows, read.places, strict=True)):
        label = row[label_at] if label_at is not None else ""
        if key(label) in TOTALS:
            continue
        values = {column.number: row[at] for at, column in placed.items() if row[at] not in _MISSING}
        if not label and not values:
            continue  # words in place of figures ("chưa có số liệu")
        merged = {column.number: _MERGED for at, column in placed.items() if (n, at) in read.across}
        yield FormRow(
            table.number, table.suggest(label), label, row[level_at] if level_at is not None else "", values, place,
            {column: said for column, said in (asked | merged).items() if column in values},
        )  # fmt: skip


def _place_of(columns: Sequence[str], words: Sequence[str], placed: dict[int, Column]) -> int | None:
    for at, name in enumerate(columns):
        if at not in placed and any(key(name).startswith(word) for word in words):
            return at
    return next((at for at in range(1, len(columns)) if at not in placed), None) if words is _LABELS else None


def _left_over(columns: Sequence[str], placed: dict[int, Column]) -> list[str]:
    known = ("stt", "tt", "so tt", "don vi tinh", "dvt", *_LABELS, *_LEVELS, "ghi chu")
    return [name for at, name in enumerate(columns) if at not in placed and not key(name).startswith(known)]


def number_in(cell: str) -> Figure | None:
    """The figure of a cell, or None where it holds words."""
    try:
        return Figure.parse(cell).figure
    except BadFigure:
        return None
