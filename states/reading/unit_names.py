"""All units by name, kept in memory for searching and sorting: a unit's name never changes, units only come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from states.names import TYPE_WORDS, search_form
from states.reading.alphabet import order_key

_TYPES = tuple(f"{search_form(word)} " for word in TYPE_WORDS)


@dataclass(frozen=True)
class UnitNames:
    """`in_order`: all units in Vietnamese order. `by_name`: units by their bare name, with and without type word."""

    in_order: Sequence[int]
    by_name: Mapping[str, Sequence[int]]

    def named(self, phrase: str) -> Sequence[int]:
        """The units of this name without diacritics: "phong tho" is a huyện, a xã and a thị trấn."""
        return self.by_name.get(phrase, ())


def unit_names(session: Session) -> UnitNames:
    """The names as they are now; worked out again only where units have come."""
    run = session.connection().exec_driver_sql
    there = (str(session.connection().engine.url), *run("SELECT count(*), max(id) FROM unit").one())
    if there not in _KNOWN:
        found = _read([tuple(row) for row in run("SELECT id, name, search_key FROM unit")])
        _KNOWN.clear()
        _KNOWN[there] = found
    return _KNOWN[there]


def _read(rows: Sequence[tuple[int, str, str]]) -> UnitNames:
    by_name: dict[str, list[int]] = {}
    for unit, _, bare in rows:
        by_name.setdefault(bare, []).append(unit)
        if kind := next((word for word in _TYPES if bare.startswith(word)), None):
            by_name.setdefault(bare.removeprefix(kind), []).append(unit)
    return UnitNames([row[0] for row in sorted(rows, key=lambda row: (order_key(row[1]), row[0]))], by_name)


_KNOWN: dict[tuple[str, int, int], UnitNames] = {}
