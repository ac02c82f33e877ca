"""Rows of a table of activities as events: how many, of them men and women, how long."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.reading.events.told import Event
from documents.reading.figures.numbers import one as first_number
from documents.reading.folding import key, squeeze
from documents.reading.model import Read
from documents.reading.tables.into_form import TOTALS, number_in
from documents.reading.tables.squaring import ReadTable
from states.figures import Figure

_COUNTS = ("so cuoc", "so luong", "so buoi", "so lop", "so doan", "so hoi nghi", "so luot")
_WHAT = ("hoat dong", "noi dung", "san pham", "ten hoat dong")
_UNITS = {"so cuoc": "cuộc", "so buoi": "buổi", "so lop": "lớp", "so doan": "đoàn", "so hoi nghi": "hội nghị"}


def events_of(table: ReadTable) -> Iterator[Read[Event]]:
    """One event per row that has a count; nothing of a table without such columns."""
    names = [key(name) for name in table.columns]
    counts = _first(names, _COUNTS)
    what = _first(names, _WHAT)
    if counts is None or what is None or table.nil:
        return
    for at, (row, place) in enumerate(zip(table.rows, table.places, strict=True)):
        said = row[counts]
        number = first_number(said)
        if number is None or not row[what] or key(row[what]) in TOTALS:
            continue
        per = re.search(r"/\s*(\S+)$", said)
        unit = squeeze(said[number.end :].split("/")[0]) or next(
            (u for k, u in _UNITS.items() if names[counts].startswith(k)), ""
        )
        male, female = _sex(names, row, "nam"), _sex(names, row, "nu")
        everyone = _total(names, row) or Figure.total([male, female]) if male and female else _total(names, row)
        if male and not female and any((at, n) in table.across for n, name in enumerate(names) if name.endswith("nam")):
            male, everyone = None, male  # one cell over both columns tells of all of them
        duration = next((row[at] for at, name in enumerate(names) if name.startswith("thoi luong")), "")
        event = Event(row[what], number.figure, unit, per[1] if per else "", everyone, male, female, duration)
        yield Read(event, squeeze(" | ".join(cell for cell in row if cell)), place, 0.93)


def _first(names: list[str], words: tuple[str, ...]) -> int | None:
    return next((at for at, name in enumerate(names) if name.startswith(words)), None)


def _sex(names: list[str], row: tuple[str, ...], word: str) -> Figure | None:
    at = next((n for n, name in enumerate(names) if name.split()[-1:] == [word] and name != "viet nam"), None)
    return number_in(row[at]) if at is not None and row[at] else None


def _total(names: list[str], row: tuple[str, ...]) -> Figure | None:
    at = next(
        (
            n
            for n, name in enumerate(names)
            if re.search(r"so (?:luot )?nguoi|luot nguoi", name) and name.split()[-1] not in ("nam", "nu")
        ),
        None,
    )
    return number_in(row[at]) if at is not None and row[at] else None
