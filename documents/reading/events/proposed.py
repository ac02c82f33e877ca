"""Events of the running text (số cuộc, lượt người) for the rows of a form that count them; always asked about.

A paper tells of its meetings here and there: what belongs to one row is added up, and the sum says of how many places
it is made, for an officer to see whether the same meetings are told twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from documents.forms import Category, Column, Table
from documents.reading.events.told import Event
from documents.reading.folding import fold
from documents.reading.model import Read
from states.figures import Figure

_MEETINGS = ("cuoc", "buoi", "lop", "hoi nghi", "dot", "toa dam", "hoi thao", "dien dan", "phien", "hoi thi", "le ")
Named = Callable[[Table, str], Category | None]
Found = tuple[Category, dict[Column, Figure], Read[Event]]


def events_for(table: Table, events: Sequence[Read[Event]], named: Named) -> Iterator[Found]:
    """Row, its figures and where they stand; nothing for a table that counts no events."""
    columns = {column.code: column for column in table.columns}
    if not {"count", "total"} <= columns.keys() or "cuộc" not in columns["count"].name.lower():
        return
    for row in table.categories:
        mine = [one for one in events if not one.place.table and _row(table, one.value, named) is row]
        if mine:
            yield row, dict(_figures(columns, row, [one.value for one in mine])), _told(mine)


def _row(table: Table, event: Event, named: Named) -> Category | None:
    """The row of the event's own unit ("chuyên mục"); else the one that its words name; else the only one left."""
    if event.count is None or event.per:
        return None
    unit = fold(event.unit)
    of_unit = [row for row in table.categories if row.unit]
    for row in of_unit:
        if fold(row.unit) == unit:
            return row
    others = [row for row in table.categories if not row.unit]
    if not unit.startswith(_MEETINGS):
        return None
    return others[0] if len(others) == 1 else named(table, event.what)


def _figures(columns: dict[str, Column], row: Category, events: list[Event]) -> Iterator[tuple[Column, Figure]]:
    """Sums; people and women only where every one of the events tells them."""
    told = {"count": [one.count for one in events], "total": [one.participants or _both(one) for one in events],
            "women": [one.female for one in events]}  # fmt: skip
    for code, figures in told.items():
        column = columns.get(code)
        sum_of = Figure.total(figures) if all(figures) else None
        if column and sum_of is not None and (row.columns is None or column.number in row.columns):
            yield column, sum_of


def _both(event: Event) -> Figure | None:
    return Figure.total([event.male, event.female]) if event.male and event.female else None


def _told(events: list[Read[Event]]) -> Read[Event]:
    """The first of them, with what the sum is made of."""
    first, *others = events
    if not others:
        return first
    parts = " + ".join(f"{one.value.count} ({one.place.words})" for one in events)
    doubts = dict.fromkeys(one.said for one in events if one.said)
    said = "; ".join([f"cộng từ {len(events)} chỗ: {parts}", "xem có kể trùng không", *doubts])
    return Read(first.value, "; ".join(one.raw for one in events)[:300], first.place, first.sure, said)
