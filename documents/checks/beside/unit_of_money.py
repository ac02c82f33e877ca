"""The unit of money in text and table (đơn vị tiền): one figure as đồng here and as triệu đồng there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from documents.checks.finding import Hit
from documents.checks.papers.paper import Grid, Paper
from documents.checks.papers.sentences import sentences, shortened
from documents.checks.registry import rule
from documents.checks.said.phrases import Quantity, quantities, words
from documents.checks.tables.meaning import at_column
from documents.checks.tables.nesting import label_of
from documents.reading.folding import fold
from documents.reading.tables.into_form import number_in

_UNIT = re.compile(r"(?:don vi(?: tinh)?|dvt)\s*:?\s*(?P<scale>trieu|nghin|ngan|1\.000|ty|ti)?\s*(?:dong|d|vnd)\b|"
                   r"\((?P<bare>trieu|nghin|ngan|1\.000|ty|ti) ?(?:dong|d)\b")  # fmt: skip
_SCALES = {"trieu": 10**6, "nghin": 10**3, "ngan": 10**3, "1.000": 10**3, "ty": 10**9, "ti": 10**9, "": 1}
_NAMES = {10**9: "tỷ đồng", 10**6: "triệu đồng", 10**3: "nghìn đồng", 1: "đồng"}
_LEAST = 100
"""Smaller figures meet by chance."""
_SHARE = 0.6


@rule("money-unit-differs", "explain", "Đơn vị tiền trong lời văn khác bảng",
      "Text and table give money in other units",
      example="lời văn: 128.450 đồng; bảng (đơn vị: triệu đồng), cùng khoản: 128.450")  # fmt: skip
def money_unit_differs(paper: Paper) -> Iterator[Hit]:
    """The same digits beside the same words, the table's unit told in its head or at one place of the paper."""
    scales = {scale for one in (*(x.text for x in paper.text), *(g.title for g in paper.grids)) for scale in _told(one)}
    for one in sentences(paper) if paper.grids else ():
        for said in quantities(one.text):
            if said.money and said.figure.is_exact and (there := _there(paper, said, one.text, scales)):
                scale, place = there
                yield Hit(one.place, f"Lời văn ghi {said.raw} đồng, bảng ghi cùng số theo đơn vị {_NAMES[scale]}:"
                          f" «{shortened(one.text)}»",
                          f"The text says {said.raw} đồng, the table has the figure in another unit",
                          (f"{said.raw} đồng", _NAMES[scale]), place)  # fmt: skip


def _told(said: str) -> Iterator[int]:
    for found in _UNIT.finditer(fold(said)):
        yield _SCALES[found["scale"] or found["bare"] or ""]


def _there(paper: Paper, said: Quantity, text: str, told: set[int]) -> tuple[int, str] | None:
    """Scale and place of the cell that has the same digits in another unit."""
    mine = next((scale for scale in (10**9, 10**6, 10**3) if re.search(r"[a-zà-ỹ]", said.raw.lower())
                 and said.figure.amount % scale == 0), 1)  # fmt: skip
    digits = said.figure.amount / Decimal(mine)
    if digits < _LEAST:
        return None
    for grid in paper.grids:
        for row, place in zip(grid.rows, grid.places, strict=True):
            name = set(words(label_of(row, 200)))
            if len(name) < 2 or len(name & set(words(text))) / len(name) < _SHARE:
                continue
            for column, cell in enumerate(row):
                figure = number_in(cell)
                scale = _of_column(grid, column, told)
                if figure and scale and scale != mine and figure.is_exact and figure.amount == digits:
                    return scale, at_column(place, column)
    return None


def _of_column(grid: Grid, column: int, told: set[int]) -> int:
    here = [*_told(grid.columns[column]), *_told(grid.title)]
    if here:
        return here[0]
    return next(iter(told)) if len(told) == 1 else 0
