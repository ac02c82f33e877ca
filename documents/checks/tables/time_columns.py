"""Columns of months and quarters (cột tháng, quý) against the column of the whole: learnt from the other rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from documents.checks.finding import Hit
from documents.checks.papers.paper import Grid, Paper
from documents.checks.registry import rule
from documents.checks.tables.meaning import NO_SUM, at_column
from documents.checks.tables.nesting import is_total, label_of
from documents.reading.folding import fold
from documents.reading.tables.into_form import number_in
from states.figures import Figure

_SPAN = re.compile(r"(?:thang|quy) (?:0?\d{1,2}|[ivx]{1,4})(?:/20\d\d)?")
_WHOLE = re.compile(r"(?:ca )?(?:quy|nam|\d+ thang|sau thang|chin thang|tong|cong|tong so|tong cong|luy ke)\b.{0,12}")


@rule("time-columns-differ", "explain", "Các tháng, quý cộng lại khác cột cả kỳ",
      "Months or quarters do not make the column of the whole",
      example="tháng 1: 2, tháng 2: 3, tháng 3: 1; quý I: 7")  # fmt: skip
def time_columns_differ(paper: Paper) -> Iterator[Hit]:
    """Two rows must hold, and twice as many as fail; what is a rate or a stock is not added up."""
    for grid in paper.grids:
        for kind in ("thang", "quy"):
            spans = [n for n, name in enumerate(grid.columns) if _SPAN.fullmatch(_last(name))]
            parts = [n for n in spans if _last(grid.columns[n]).startswith(kind)]
            if len(parts) < 2 or parts[-1] - parts[0] != len(parts) - 1:
                continue
            for total in (parts[0] - 1, parts[-1] + 1):
                if 0 < total < len(grid.columns) and _WHOLE.fullmatch(_last(grid.columns[total])):
                    yield from _sums(grid, total, parts)


def is_span(name: str) -> bool:
    """Whether a column is of a month or a quarter: «Tháng 1», «Quý I»."""
    return _SPAN.fullmatch(_last(name)) is not None


def is_time(name: str) -> bool:
    """Whether a column is of some time: a month, a quarter, a year, the year before."""
    return is_span(name) or re.search(r"20\d\d|cung ky|nam truoc|ky truoc|luy ke", fold(name)) is not None


def _last(name: str) -> str:
    return fold(name.split("|")[-1]).strip()


def _sums(grid: Grid, total: int, parts: list[int]) -> Iterator[Hit]:
    rows = [(at, _plain(row[total]), [_plain(row[n]) for n in parts]) for at, row in enumerate(grid.rows)
            if not NO_SUM.search(fold(" ".join(one for one in row if re.search(r"[^\W\d_%]{2}|%", one))))]  # fmt: skip
    whole = [(at, said, sum((one for one in made if one), Decimal(0)), made) for at, said, made in rows
             if said is not None and None not in made]  # fmt: skip
    bad = [(at, said, made, every) for at, said, made, every in whole if said != made]
    if len(whole) - len(bad) < max(2, 2 * len(bad)):
        return
    for at, said, made, every in bad:
        if said in (every[-1], max(one for one in every if one is not None)) and not is_total(grid.rows[at]):
            continue  # a stock, taken at the end
        label = label_of(grid.rows[at])
        yield Hit(at_column(grid.places[at], total), f"Bảng {grid.number}, «{label}»: cột cả kỳ ghi {Figure(said)},"
                  f" cộng các tháng, quý là {Figure(made)}", f"Table {grid.number}, «{label}»: the whole says {said},"
                  f" its parts make {made}", (Figure(said), Figure(made)))  # fmt: skip


def _plain(cell: str) -> Decimal | None:
    figure = None if "%" in cell else number_in(cell)
    return figure.amount if figure is not None and figure.is_exact else None
