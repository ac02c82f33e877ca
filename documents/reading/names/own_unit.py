"""Whose paper it is: the issuing body with its unit of that day; "UBND huyện" gets its full name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from documents.reading.folding import fold, key, squeeze
from documents.reading.names import bodies
from documents.reading.names.gazetteer import Gazetteer, Match, Unit
from states.names import split_type

_LEVELS = {"tinh": "province", "thanh pho": "province", "quan": "district", "huyen": "district", "thi xa": "district",
           "xa": "commune", "phuong": "commune", "thi tran": "commune", "dac khu": "commune"}  # fmt: skip


@dataclass(frozen=True)
class Own:
    """The paper's issuer and its unit; anything may be unknown ("" or None)."""

    gazetteer: Gazetteer
    day: date
    context: str
    issuer: str = ""
    unit: Unit | None = None
    match: Match | None = None

    @property
    def unit_name(self) -> str:
        """As "phường Bạch Đằng", or ""."""
        return self.unit.in_sentence if self.unit else ""

    @property
    def type_word(self) -> str:
        """As "phường", or ""."""
        return split_type(self.unit.name)[0].lower() if self.unit else ""

    @property
    def above(self) -> list[Unit]:
        """The units above the own one, nearest first."""
        return self.gazetteer.parents(self.unit) if self.unit else []

    def qualified(self, name: str) -> str:
        """A body's name with its unit in the official spelling; "UBND huyện" becomes "UBND huyện Phong Thổ"."""
        said = bodies.canonical(squeeze(name).strip(" .,;"))
        mention = next(self.gazetteer.mentions(said), None)
        if mention is not None:
            found = self.gazetteer.match(f"{mention.type_word} {mention.name}", self.day, self.context)
            right = found.unit.in_sentence if found and found.score >= 0.4 else None
            return said[: mention.start] + (right or said[mention.start : mention.end]) + said[mention.end :]
        bare = re.search(r"(?:^|\s)(tinh|thanh pho|quan|huyen|thi xa|xa|phuong|thi tran|dac khu)$", fold(said))
        if bare and (unit := self._of_type(bare[1])):
            return f"{said[: bare.start(1)]}{unit.in_sentence}"
        return said

    def is_own(self, issuer: str) -> bool:
        """Whether this body belongs to the paper's own unit."""
        if not issuer:
            return False
        named = key(self.qualified(issuer))
        if len(named.split()) > 2 and key(bodies.canonical(self.issuer)).startswith(named):
            return True  # a department that leaves its unit out
        return bool(self.unit) and key(self.unit_name) in named

    def _of_type(self, type_word: str) -> Unit | None:
        for unit in ([self.unit] if self.unit else []) + self.above:
            if fold(split_type(unit.name)[0]) == type_word:
                return unit
        return next((unit for unit in self.above if unit.level == _LEVELS[type_word]), None)
