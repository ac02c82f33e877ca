"""What the units say (khó khăn, kiến nghị), put together: equal words once, with all who say them, the most said first.

Pure. Nothing is shortened or put in other words: only what is the same up to spelling, case and the mark at its end
counts as equal. Each line of a unit's text is a point of its own, as officers write them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.writing.paper import Block, Column, Paragraph, Row, Table
from states.names import normal_form

ANNEX = "Ý kiến của các đơn vị"
_SHOWN, _NAMED = 8, 12
"""How many points stand in the text, and how many units are named at one of them; the rest stands in the annex."""
_BULLET = re.compile(r"^(?:[-–—+•*·▪]\s*|\(?(?:\d{1,2}|[a-zđ])[.)]\s+)+")


@dataclass(frozen=True)
class Voice:
    """A point (ý kiến) as the first unit wrote it, and every unit that says so.

    `by_place`: the units by the unit above them, where they are not all of one.
    """

    words: str
    units: tuple[str, ...]
    by_place: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def named(self) -> str:
        """Every unit by name: "A, B", or "Tỉnh X: A, B; Tỉnh Y: C"."""
        if not self.by_place:
            return ", ".join(self.units)
        return "; ".join(f"{place}: {', '.join(units)}".removeprefix(": ") for place, units in self.by_place)

    @property
    def told(self) -> str:
        """ "3 đơn vị (A, B, C): …", or "A: …" where one alone says it."""
        if len(self.units) == 1:
            return f"- {self.units[0]}: {self.words}"
        named = f" ({', '.join(self.units)})" if len(self.units) <= _NAMED else ""
        return f"- {len(self.units)} đơn vị{named}: {self.words}"


def voices(said: Iterable[Mapping[str, Any]], places: Mapping[int, str]) -> list[Voice]:
    """The points of gathered words ({"unit", "document", "text"}), by how many say them, then as they came.

    `places`: by document the unit above, which then stands behind a unit's name.
    """
    found: dict[str, tuple[str, dict[int, tuple[str, str]]]] = {}
    for one in said:
        document = int(one["document"])
        said_by = places.get(document, ""), str(one["unit"])
        for line in str(one["text"]).splitlines():
            if words := _BULLET.sub("", line.strip()).strip():
                found.setdefault(_key(words), (words, {}))[1][document] = said_by
    heard = [_voice(words, list(units.values())) for words, units in found.values()]
    return sorted(heard, key=lambda one: -len(one.units))


def told(heard: Sequence[Voice], written: bool, verb: str = "phản ánh") -> list[Block]:
    """The points in the text; where the writer put them in his own words (`written`), only where they are kept."""
    if written:
        return [Paragraph(f"(Ý kiến của từng đơn vị nêu tại Phụ lục «{ANNEX}» kèm theo.)")] if heard else []
    made: list[Block] = [Paragraph(f"Các đơn vị {verb}:")] if heard else []
    made += [Paragraph(voice.told) for voice in heard[:_SHOWN]]
    if in_annex(heard, written):
        more = len(heard) - _SHOWN
        others = f"Còn {more} ý kiến khác và tên" if more > 0 else "Tên"
        made.append(Paragraph(f"({others} từng đơn vị nêu tại Phụ lục «{ANNEX}» kèm theo.)"))
    return made


def in_annex(heard: Sequence[Voice], written: bool) -> bool:
    """Whether not all of it stands in the text."""
    return bool(heard) and (written or len(heard) > _SHOWN or any(len(one.units) > _NAMED for one in heard))


def listed(heard: Sequence[Voice], title: str) -> Table:
    """Every point with everybody who says it."""
    rows = [
        Row((str(number), one.words, str(len(one.units)), one.named))
        for number, one in enumerate(heard, 1)
    ]  # fmt: skip
    heads = (Column("STT"), Column("Nội dung"), Column("Số đơn vị", numeric=True), Column("Đơn vị"))
    return Table(heads, tuple(rows), 2, f"{title}: ý kiến và các đơn vị nêu ý kiến")


def _voice(words: str, said_by: Sequence[tuple[str, str]]) -> Voice:
    named = tuple(f"{unit} ({place})" if place else unit for place, unit in said_by)
    by_place: dict[str, list[str]] = {}
    for place, unit in said_by:
        by_place.setdefault(place, []).append(unit)
    grouped = tuple((place, tuple(units)) for place, units in by_place.items())
    return Voice(words, named, grouped if any(by_place) else ())


def _key(words: str) -> str:
    return normal_form(words.rstrip(" .;,:!…"))
