"""Changes against another period (tăng, giảm so với kỳ trước): in sentences, in columns, and one against the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from documents.checks.finding import Hit
from documents.checks.papers.paper import Grid, Paper
from documents.checks.papers.sentences import sentences, shortened
from documents.checks.registry import rule
from documents.checks.said.moved import MOVED
from documents.checks.said.phrases import Quantity, quantities, words
from documents.checks.tables.meaning import at_column, is_rate
from documents.checks.tables.nesting import label_of
from documents.reading.folding import fold
from documents.reading.tables.into_form import number_in
from states.figures import Figure

_AGAINST = re.compile(r"\bso (?:voi|sanh)\b")
_THEN = re.compile(
    r"\bso v\w{1,3} (?:[a-z\d ]{0,40}\b(?:la|co) )?$|"
    r"\bso v[^()]{2,70}(?:\(|\bla|\bco|:|,)(?:\s*(?:la|co|cung ky|nam truoc|dau nam|ky truoc|nam 20\d\d|"
    r"nam ngoai|chi co|dat)"
    r"\s*:?)*\s*$|(?:^|[^a-z])\(\s*(?:cung ky|nam truoc|dau nam|ky truoc|thang truoc|quy truoc|"
    r"nam 20\d\d)[a-z\d ]{0,25}?"
    r"(?:la|co|:)?\s*$"
)
_PART_OF = re.compile(r"^(?:dong|d)(?:/[a-z]+)*$")
_COLUMN = re.compile(r"\b(?:tang|chenh lech|bien dong)\b[^|]*$")
_NOT_COUNTED = re.compile(r"%|ty le|ti le|ty so|diem|muc do|binh quan")


@rule("change-sum-differs", "explain", "Mức tăng, giảm khác hai số đã nêu",
      "A change is not the difference of its figures",
      example="92 hộ, giảm 31 hộ so với đầu năm (121 hộ): 121 - 92 = 29")  # fmt: skip
def change_sum_differs(paper: Paper) -> Iterator[Hit]:
    """The figure now, the change and the figure then stand in one sentence; or in one row of a table whose other
    rows hold; or the change is told in the sentence, and the row of the same figure has another."""
    for one in sentences(paper):
        for now, way, moved, then in _told(one.text):
            right = abs(now.figure.amount - then.figure.amount)
            down = then.figure.amount > now.figure.amount
            if right != moved.figure.amount or down != (way == "giảm") and right:
                said = f"từ {then.figure} đến {now.figure} là {'giảm' if down else 'tăng'} {Figure(right)}"
                yield Hit(one.place, f"Ghi {way} {moved.figure}, nhưng {said}: «{shortened(one.text)}»",
                          f"A change of {moved.figure.canonical} is said, from {then.figure.canonical} to"
                          f" {now.figure.canonical} it is {right}", (moved.figure, Figure(right)))  # fmt: skip
    for grid in paper.grids:
        yield from _in_columns(grid)
    yield from _beside_rows(paper)


def _told(text: str) -> Iterator[tuple[Quantity, str, Quantity, Quantity]]:
    """As "92 hộ, giảm 31 hộ so với đầu năm 2024 (121 hộ)": the figure now, the way, by how many, the figure then."""
    found = quantities(text)
    for at in range(1, len(found) - 1):
        moved, then = found[at], found[at + 1]
        way, unit = MOVED.search(text[: moved.start]), _unit(moved)
        before = [one for one in found[:at] if not one.percent and (unit in one.after.split() or unit == _unit(one))
                  and not _bracketed(text, one, moved)]  # fmt: skip
        before = before[-1:] if moved.money and before[1:] and _led_by(text, before[-1], moved) else before
        if way is None or len(before) != 1 or not unit or _unit(then) != unit:
            continue
        if _plain(before[0], moved, then) and _THEN.search(fold(text[moved.end : then.start])):
            yield before[0], way["way"].lower(), moved, then


def _bracketed(text: str, one: Quantity, other: Quantity) -> bool:
    """Whether it stands in brackets that are closed before the other."""
    between = text[one.end : other.start]
    return between.count(")") > between.count("(")


def _led_by(text: str, now: Quantity, moved: Quantity) -> bool:
    """Whether the change follows at once: "58,2 triệu đồng/người/năm, giảm 3,1 triệu đồng"."""
    return (
        re.fullmatch(
            r"[^;.\d]{0,30},\s*(?:tăng|giảm)(?: thêm| được|"
            r" là)?\s*",
            text[now.end : moved.start],
        )
        is not None
    )


def _unit(one: Quantity) -> str:
    """What it counts; of money "đồng" whatever it is for each of."""
    return "dong" if one.money and _PART_OF.match(one.unit) else one.unit


def _plain(*found: Quantity) -> bool:
    return all(one.figure.is_exact and not one.percent and one.of is None for one in found)


def _in_columns(grid: Grid) -> Iterator[Hit]:
    """A column of changes behind two others: told where at least two rows hold and more than fail."""
    for column, name in enumerate(grid.columns):
        counts = [n for n in range(1, column) if not is_rate(grid.columns[n])]
        if len(counts) < 2 or not _COLUMN.search(fold(name)) or "%" in name or "ty le" in fold(name):
            continue
        then, now = counts[-2:]
        whole = [(at, a, b, c) for at, row in enumerate(grid.rows) if (a := signed(row[then])) is not None
                 and (b := signed(row[now])) is not None and (c := signed(row[column])) is not None]  # fmt: skip
        bad = [(at, b - a, c) for at, a, b, c in whole if abs(b - a) != abs(c)]
        if len(whole) - len(bad) < max(2, 2 * len(bad)):
            continue
        for at, right, said in bad:
            label = label_of(grid.rows[at])
            yield Hit(at_column(grid.places[at], column), f"Bảng {grid.number}, «{label}»: ghi thay đổi {said},"
                      f" hai cột số liệu cho {right}", f"Table {grid.number}, «{label}»: a change of {said} is written,"
                      f" its columns make {right}", (said, right))  # fmt: skip


def signed(cell: str) -> Decimal | None:
    """A whole number with or without its sign ("+32", "-1")."""
    sign = re.match(r"\s*([+\-–−])\s*(?=\d)", cell)
    figure = number_in(cell[sign.end() :] if sign else cell)
    if figure is None or not figure.is_exact:
        return None
    return -figure.amount if sign and sign[1] != "+" else figure.amount


def _beside_rows(paper: Paper) -> Iterator[Hit]:
    for one in sentences(paper):
        found = quantities(one.text)
        for now, moved in zip(found, found[1:], strict=False):
            way = MOVED.search(one.text[: moved.start])
            if way is None or not _plain(now, moved) or not _AGAINST.search(fold(one.text[moved.end :])):
                continue
            rows = [hit for grid in paper.grids for hit in _row_of(grid, now, moved, one.text)]
            if len(rows) == 1 and abs(rows[0][0]) != moved.figure.amount:
                change, place, number = rows[0]
                yield Hit(one.place, f"Lời văn ghi {way['way'].lower()} {moved.figure}, bảng {number} ghi {change}:"
                          f" «{shortened(one.text)}»", f"The text says a change of {moved.figure.canonical}, table"
                          f" {number} {change}", (moved.figure, change), place)  # fmt: skip


def _row_of(grid: Grid, now: Quantity, moved: Quantity, text: str) -> Iterator[tuple[Decimal, str, int]]:
    """The row that has the figure now and is called by words of the sentence, with its cell of changes."""
    said = set(words(text[: moved.start]))
    columns = [
        n for n, name in enumerate(grid.columns) if _COLUMN.search(fold(name)) and not _NOT_COUNTED.search(fold(name))
    ]
    for row, place in zip(grid.rows, grid.places, strict=True) if len(columns) == 1 else ():
        label = words(label_of(row))
        change = signed(row[columns[0]])
        if len(label) < 2 or not set(label) <= said or change is None:
            continue
        if any(signed(row[n]) == now.figure.amount for n in range(1, columns[0])):
            yield change, at_column(place, columns[0]), grid.number
