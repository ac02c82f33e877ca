"""Products (số lượng × mức): so much for each, one in each place; in sentences and in rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.papers.paper import Grid, Paper
from documents.checks.papers.sentences import sentences, shortened
from documents.checks.registry import rule
from documents.checks.said.each import of_each
from documents.checks.said.phrases import Quantity, quantities
from documents.checks.tables.meaning import at_column
from documents.checks.tables.nesting import label_of
from documents.reading.folding import fold
from documents.reading.tables.into_form import number_in
from states.figures import Figure

_EACH = re.compile(r"\bmoi (?P<unit>[a-z]+)\b[^;.\d]{0,25}$")
_PER = re.compile(r"\s?(?:dong|d|vnd)?\s?/\s?(?:1 |01 )?(?P<unit>[a-z]+)")
_PLACED = re.compile(r"\b(?:tai|o|cho)\b[^;.\d]{0,20}$")
_TOTAL = re.compile(r"\b(?:tong|tri gia|so tien|thanh tien)\b(?!.*\b(?:kinh phi|thu|chi|quy|ngan sach)\b)")
_EVENTS = ("cuoc", "buoi", "lop", "hoi", "dot", "phien")
_COUNT, _PRICE, _SUM = re.compile(r"so luong|^sl$"), re.compile(r"don gia|dinh muc|muc chi"), re.compile(r"thanh tien")
_SCALES = (1, 1000, 1000000)


@rule("product-differs", "explain", "Số lượng nhân với mức khác tổng đã ghi", "So many times so much is not the total",
      example="35 suất, mỗi suất 300.000 đồng, tổng 11.500.000 đồng; 12 buổi tại 14 thôn, mỗi thôn 1 buổi")  # fmt: skip
def product_differs(paper: Paper) -> Iterator[Hit]:
    """Where a sentence tells the number, what each takes or costs, and the whole; rows of unit prices."""
    for one in sentences(paper):
        found = quantities(one.text)
        for many, each, told in _told(one.text, found):
            made = Figure(many.amount * each.amount)
            if made.amount != told.amount:
                yield Hit(one.place, f"{many} × {each} là {made}, nhưng ghi {told}: «{shortened(one.text)}»",
                          f"{many.canonical} times {each.canonical} makes {made.canonical}, not {told.canonical}",
                          (told, made))  # fmt: skip
    for grid in paper.grids:
        yield from _of_prices(grid)


def _told(text: str, found: tuple[Quantity, ...]) -> Iterator[tuple[Figure, Figure, Figure]]:
    """What the sentence, or one item of it, says to be how many, what each has, and the whole."""
    told = (*_of_money(text, found), *_of_places(text, found))
    yield from told or of_each(text)


def _of_money(text: str, found: tuple[Quantity, ...]) -> Iterator[tuple[Figure, Figure, Figure]]:
    """As "35 suất quà, mỗi suất 300.000 đồng, tổng trị giá 10.500.000 đồng"; of two kinds of things nothing is said."""
    folded = fold(text)
    money = [one for one in found if one.money and one.figure.is_exact]
    eachs = [(one, unit) for one in money if (unit := _unit_of(folded, one))]
    totals = [one for one in money if _TOTAL.search(one.before) and one not in [each for each, _ in eachs]]
    if len(money) == 2 and len(eachs) == len(totals) == 1:
        each, unit = eachs[0]
        if re.search(r"(?:\bvà|,|;)\s+(?!tổng)(?:[^\W\d]+ ){0,3}\d", text[each.end : totals[0].start]):
            return  # something else is in the whole
        many = [one for one in found if not one.money and not one.percent and one.unit == unit]
        if len(many) == 1 and many[0].figure.is_exact and many[0].of is None:
            yield many[0].figure, each.figure, totals[0].figure


def _unit_of(folded: str, one: Quantity) -> str:
    """What the money is for each of; an average is no price."""
    if re.search(r"\bbinh quan\b", folded[max(one.start - 30, 0) : one.start]):
        return ""
    found = _EACH.search(folded[: one.start]) or _PER.match(folded, one.end)
    return found["unit"] if found else ""


def _of_places(text: str, found: tuple[Quantity, ...]) -> Iterator[tuple[Figure, Figure, Figure]]:
    """As "12 buổi nói chuyện tại 14 thôn (mỗi thôn 01 buổi)"."""
    folded = fold(text)
    threes = list(zip(found, found[1:], found[2:], strict=False))
    for places, each, many in threes:  # "tại 06 thôn, mỗi thôn 02 buổi, tổng số 12 buổi"
        every, unit = _EACH.search(folded[: each.start]), many.unit
        led = unit in _EVENTS and re.fullmatch(r"tong|tong so|tong cong", many.before)
        if led and every and every["unit"] == places.unit and each.unit == unit:
            if _plain(many, places, each):
                yield places.figure, each.figure, many.figure
    for many, places, each in threes:
        unit, place = many.unit, places.unit
        every = _EACH.search(folded[: each.start]) or _PER.match(folded, each.end + 1 + len(unit))
        if unit in _EVENTS and _plain(many, places, each) and every and _PLACED.search(folded[many.end : places.start]):
            alike = every["unit"] == place and each.unit.split("/")[0] == unit
            if alike and places.of in (None, places.figure):
                yield places.figure, each.figure, many.figure


def _plain(*found: Quantity) -> bool:
    return all(one.figure.is_exact and not one.percent and not one.money for one in found)


def _of_prices(grid: Grid) -> Iterator[Hit]:
    """Columns Số lượng, Đơn giá, Thành tiền: the scale of the last is what most rows hold with."""
    columns = [
        [n for n, name in enumerate(grid.columns) if pattern.search(fold(name))] for pattern in (_COUNT, _PRICE, _SUM)
    ]
    if any(len(one) != 1 for one in columns):
        return
    count, price, total = (one[0] for one in columns)
    whole = [(at, a, b, c) for at, row in enumerate(grid.rows) if (a := number_in(row[count])) and a.is_exact
             and (b := number_in(row[price])) and b.is_exact and (c := number_in(row[total]))]  # fmt: skip
    for scale in _SCALES:
        bad = [(at, a, b, c) for at, a, b, c in whole if a.amount * b.amount != c.amount * scale]
        if len(whole) - len(bad) < max(2, 2 * len(bad)):
            continue
        for at, a, b, c in bad:
            made, label = Figure(a.amount * b.amount / scale), label_of(grid.rows[at])
            yield Hit(at_column(grid.places[at], total), f"Bảng {grid.number}, «{label}»: {a} × {b} là {made}, nhưng"
                      f" ghi {c}", f"Table {grid.number}, «{label}»: {a.canonical} times {b.canonical} makes"
                      f" {made.canonical}, {c.canonical} is written", (c, made))  # fmt: skip
        return
