"""Names of units in a text, matched with the units of that day; tolerant of a scan's faults, and says that it was.

The trees that ship serve without a database; `of_session` takes what an office has imported as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz, process

from documents.reading.folding import fold, key, squeeze, tidy
from documents.reading.model import ASK_BELOW
from documents.reading.names.unit_words import TYPES, may_be_name, type_at, words_of
from states.names import normal_form, short_name
from states.registry import read_units

if TYPE_CHECKING:  # the process that reads files has no use for a database
    from sqlmodel import Session

_LONGEST = 6
_NEAR = 80.0
"""Likeness (0..100) below which a name is another name; a wrong mark in a short name leaves about 85."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as the gazetteer knows it."""

    registry: str
    code: str
    name: str
    level: str
    parent: tuple[str, str] | None
    first: date
    last: date | None

    def on(self, day: date) -> bool:
        """Whether it was there on that day; before the tree's first day counts as on it (its names are older)."""
        return (self.first <= day or self.registry == "vn3") and (self.last is None or day <= self.last)

    @property
    def words(self) -> str:
        """As "Phường Bạch Đằng (vn3:00244)"."""
        return f"{self.name} ({self.registry}:{self.code})"

    @property
    def in_sentence(self) -> str:
        """As "phường Bạch Đằng": the type in small letters."""
        return self.name[:1].lower() + self.name[1:]


@dataclass(frozen=True, slots=True)
class Match:
    """A unit found for a name; `score` 1.0 is the same name; `others` bear it too."""

    unit: Unit
    score: float
    said: str = ""
    others: tuple[Unit, ...] = ()

    @property
    def sure(self) -> float:
        """How sure a field that rests on it is: any name that is not the same name is asked about."""
        return self.score if self.score == 1 else min(self.score, ASK_BELOW - 0.05)


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit's name in a text: offsets, type and name as written."""

    start: int
    end: int
    type_word: str
    name: str


class Gazetteer:
    """All units there are or were."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = {(unit.registry, unit.code): unit for unit in units}
        self._bare: dict[str, list[Unit]] = defaultdict(list)
        self._of_type: dict[str, list[tuple[str, Unit]]] = defaultdict(list)
        self._short: set[str] = set()
        self._dashed: set[str] = set()
        self._pools: dict[tuple[str, date], list[tuple[str, Unit]]] = {}
        for unit in self.units.values():
            said = key(unit.name)
            type_word = _type_of(said)
            short = said[len(fold(type_word)) :].strip()
            self._bare[said].append(unit)
            self._of_type[type_word].append((short, unit))
            self._short.add(short)
            if " - " in unit.name:
                self._dashed.add(short)

    def parents(self, unit: Unit) -> list[Unit]:
        """The units above, nearest first."""
        above = []
        while unit.parent and (found := self.units.get(unit.parent)):
            above.append(found)
            unit = found
        return above

    def match(self, name: str, day: date, context: str = "") -> Match | None:
        """The unit of this full name ("phường Bạch Đằng") on that day; `context` is the paper, for namesakes."""
        said = squeeze(tidy(name))
        for found, score, why in self._candidates(said, day):
            if found:
                return self._chosen(found, score, why, context)
        return None

    def _candidates(self, name: str, day: date) -> Iterator[tuple[list[Unit], float, str]]:
        bare, wanted = self._bare.get(key(name), []), normal_form(name)
        exact = [unit for unit in bare if normal_form(unit.name) == wanted]
        yield [unit for unit in exact if unit.on(day)], 1.0, ""
        yield [unit for unit in bare if unit.on(day)], 0.9, "viết khác dấu, hiểu là {name}"
        yield list(self._near(name, day)), 0.85, "viết gần giống, hiểu là {name}"
        yield exact, 0.6, "{name} không có vào ngày " + f"{day:%d/%m/%Y}"

    def _near(self, name: str, day: date) -> Iterator[Unit]:
        type_word = _type_of(key(name))
        pool = self._pool(type_word, day)
        wanted = key(name)[len(fold(type_word)) :].strip()
        if len(wanted) < 4 or not pool:
            return
        names = [short for short, _ in pool]
        best = process.extract(wanted, names, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=5)
        yield from (pool[at][1] for _, score, at in best if score >= best[0][1] - 0.01)

    def _pool(self, type_word: str, day: date) -> list[tuple[str, Unit]]:
        """All units of a type on a day, remembered for the next name of the same paper."""
        if (type_word, day) not in self._pools:
            if len(self._pools) > 60:
                self._pools.clear()
            those = self._of_type.get(type_word, [])
            self._pools[type_word, day] = [(short, unit) for short, unit in those if unit.on(day)]
        return self._pools[type_word, day]

    def _chosen(self, found: list[Unit], score: float, why: str, context: str) -> Match:
        said = fold(context)
        ranked = sorted(found, key=lambda unit: (-self._support(unit, said), unit.registry != "vn2", unit.code))
        best, rest = ranked[0], tuple(ranked[1:])
        told = why.format(name=best.name)
        if rest and self._support(best, said) == self._support(rest[0], said):
            places = ", ".join(self.full_name(unit) for unit in ranked[:4])
            return Match(best, 0.4, f"có {len(ranked)} đơn vị cùng tên ({places}); hãy chọn", rest)
        return Match(best, score, told, ())

    def _support(self, unit: Unit, folded: str) -> int:
        """How far the text names the units above it: with the type word twice as much."""
        points = 0
        for above in self.parents(unit):
            name, short = fold(above.name), fold(short_name(above.name))
            points += 2 if name in folded else 1 if f" {short}" in folded and not short.isdigit() else 0
        return points

    def full_name(self, unit: Unit) -> str:
        """As "Phường Bạch Đằng, Quận Hai Bà Trưng"."""
        above = self.parents(unit)
        return unit.name + (f", {above[0].name}" if above else "")

    def mentions(self, text: str) -> Iterator[Mention]:
        """Names of units in a tidy text: a type word and the capitalised words behind it, as many as make a name."""
        words = list(words_of(text))
        at = 0
        while at < len(words):
            taken = self._mention(text, words, at)
            if taken is None:
                at += 1
                continue
            mention, at = taken
            yield mention

    def _mention(self, text: str, words: Sequence[tuple[int, int, str]], at: int) -> tuple[Mention, int] | None:
        length, type_word = type_at(words, at)
        if not length or text[words[at][0] : words[at][1]].lower() == "tĩnh":  # of "Hà Tĩnh", no "tỉnh"
            return None
        first = at + length
        most = first
        while most < len(words) and most - first < _LONGEST and may_be_name(text, words, most, first):
            most += 1
        for until in range(most, first, -1):
            name = text[words[first][0] : words[until - 1][1]]
            if re.search(r"\s[-–]\s", name) and key(name) not in self._dashed:  # "PHƯỜNG … - THÀNH PHỐ …" are two
                most = until - 1
                continue
            if key(name) in self._short or until == first + 1:
                whole = until if key(name) in self._short else most
                name = text[words[first][0] : words[whole - 1][1]].strip(" .,-")
                return Mention(words[at][0], words[whole - 1][1], type_word, name), whole
        return None


@cache
def shipped() -> Gazetteer:
    """The two trees that ship with the program."""
    return Gazetteer(_shipped())


def _shipped() -> Iterator[Unit]:
    for row in read_units():
        above = (row.parent_registry, row.parent_code) if row.parent_registry and row.parent_code else None
        yield Unit(row.registry, row.code, row.name, row.level, above, row.valid_from, row.valid_to)


def with_units(rows: Sequence[Sequence[Any]]) -> Gazetteer:
    """The trees that ship and an office's own units: registry, code, name, level, parent's registry and code, days."""
    if not rows:
        return shipped()
    own = (
        Unit(r[0], r[1], r[2], r[3], (r[4], r[5]) if r[4] else None, date.fromisoformat(r[6]),
             date.fromisoformat(r[7]) if r[7] else None) for r in rows
    )  # fmt: skip
    return Gazetteer([*_shipped(), *own])


def own_units(session: Session) -> list[list[Any]]:
    """What an office has imported itself, as `with_units` takes it (JSON's own kinds)."""
    rows = session.connection().exec_driver_sql(_ALL_UNITS + " AND u.registry NOT IN ('vn2','vn3')")
    return [[*row[:6], row[6].isoformat(), row[7].isoformat() if row[7] else None] for row in rows]


def of_session(session: Session) -> Gazetteer:
    """All units of an office's database, its own imports too."""
    rows = session.connection().exec_driver_sql(_ALL_UNITS)
    return Gazetteer(Unit(r[0], r[1], r[2], r[3], (r[4], r[5]) if r[4] else None, r[6], r[7]) for r in rows)


def _type_of(said: str) -> str:
    return next((word for folded, word in TYPES.items() if said.startswith(folded + " ") and len(folded) > 1), "")


_ALL_UNITS = """
SELECT u.registry, u.code, u.name, u.level, p.registry, p.code, u.valid_from, u.valid_to
  FROM unit u LEFT JOIN unit p ON p.id = u.parent_id AND p.level <> 'nation'
 WHERE u.level <> 'nation'
"""
