"""Cells of tables by sex that nobody filled (ô nam, nữ để trống), or one figure written over both."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.papers.amounts import Gathering, Where
from documents.forms import Form, form
from documents.reading.figures.numbers import one as first_number
from documents.reading.folding import fold, key
from documents.reading.incoming import Incoming
from documents.reading.model import Grid, Read, Text
from documents.reading.tables.into_form import TOTALS, number_in
from documents.reading.tables.squaring import ReadTable
from states.figures import Figure

_STROKES = ("-", "–", "—")


def blanks(incoming: Incoming, text: Text | None = None) -> Iterator[Gathering]:
    """Rows of tables that give a count or a total, and no figure by sex; `text` knows which cells were merged."""
    shape: Form | None = form(incoming.form.value) if incoming.form else None
    by_form = {(r.table, r.given) for r in shape.identities if r.kind == "split-blank"} if shape else set()
    for one in incoming.tables:
        table = one.value
        sexes = [at for at, name in enumerate(table.columns) if fold(name.split("|")[-1]).strip() in ("nam", "nu")]
        counts = [at for at, name in enumerate(table.columns) if re.match(r"so (?:cuoc|luong|buoi|lop)", fold(name))]
        if table.nil:
            continue
        if len(sexes) == 2:
            yield from _over_both(one, text, sexes)
        if len(sexes) == 1:
            yield from _of_totals(table, sexes[0])
        if len(sexes) < 2 or not counts or (shape is not None and not by_form):
            continue
        for row, place in zip(table.rows, table.places, strict=True):
            if all(row[n].strip() in _STROKES for n in sexes):
                continue  # whoever draws a stroke has looked: nobody is counted there
            parts = tuple(number_in(row[n]) for n in sexes)
            yield Gathering(_at(table, row, place.words), given=_first(row, counts), parts=parts)


def _over_both(one: Read[ReadTable], text: Text | None, sexes: list[int]) -> Iterator[Gathering]:
    """A cell that covers both columns: its figure is of nobody's sex."""
    grid = next((grid for grid in text.grids if (grid.page, grid.line) == (one.place.page, one.place.line)), None) \
        if text else None  # fmt: skip
    if grid is None or sexes[1] != sexes[0] + 1 or one.value.ends_on:
        return
    merged = _merged(grid, sexes[0])
    for row, place in zip(one.value.rows, one.value.places, strict=True):
        given = number_in(row[sexes[0]])
        if given is not None and not row[sexes[1]] and place.cell.split(",")[0] in merged:
            yield Gathering(_at(one.value, row, place.words), given=given, parts=(None, None))


def _merged(grid: Grid, column: int) -> set[str]:
    """Rows (from 1, blank ones left out, as tables count them) whose cell in `column` covers the next as well."""
    filled = [at for at, row in enumerate(grid.rows) if any(cell.strip() for cell in row)]
    return {str(n) for n, at in enumerate(filled, 1) if grid.spans.get((at, column), 1) == 2}


def _of_totals(table: ReadTable, sex: int) -> Iterator[Gathering]:
    """Women beside all of them under one head: where another row tells them, a blank or a stroke is only told."""
    group = table.columns[sex].split("|")[:-1]
    whole = next((at for at, name in enumerate(table.columns) if group and name.split("|")[:-1] == group
                  and key(name.split("|")[-1]) in TOTALS), None)  # fmt: skip
    told = [number_in(row[sex]) for row in table.rows]
    for row, place in zip(table.rows, table.places, strict=True) if whole is not None and any(told) else ():
        given = number_in(row[whole]) if whole is not None else None
        if given is not None and given.amount and row[sex].strip() in ("", *_STROKES):
            yield Gathering(_at(table, row, place.words), given=given, parts=(None,), severity="note")


def _first(row: tuple[str, ...], counts: list[int]) -> Figure | None:
    number = first_number(row[counts[0]])
    return number.figure if number else None


def _at(table: ReadTable, row: tuple[str, ...], place: str) -> Where:
    words = next((cell for cell in row[1:] if cell and not cell.isdigit()), row[0])
    label = words if len(words) < 80 else words[:77] + "…"
    return Where(place, f"Biểu {table.number}, «{label}»", f"Table {table.number}, «{label}»")
