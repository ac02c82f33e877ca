"""What the verifier says: a sentence in Vietnamese and English, and whether it is good, wrong, or only to be known."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Literal

VIETNAM = timezone(timedelta(hours=7))
MARKS = {"good": "✓", "bad": "✗", "note": "•"}
Mark = Literal["good", "bad", "note"]


@dataclass(frozen=True)
class Line:
    """One finding."""

    mark: Mark
    vi: str
    en: str


@dataclass
class Report:
    """All findings in order."""

    lines: list[Line] = field(default_factory=list)

    def good(self, vi: str, en: str) -> None:
        """What was shown."""
        self.lines.append(Line("good", _shown(vi), _shown(en)))

    def bad(self, vi: str, en: str) -> None:
        """What is wrong."""
        self.lines.append(Line("bad", _shown(vi), _shown(en)))

    def note(self, vi: str, en: str) -> None:
        """What is to be known: neither shown nor wrong."""
        self.lines.append(Line("note", _shown(vi), _shown(en)))

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return bool(self.lines) and all(line.mark != "bad" for line in self.lines)

    @property
    def verdict(self) -> Line:
        """The one sentence at the end."""
        wrong = sum(line.mark == "bad" for line in self.lines)
        if self.whole:
            return Line("good", "GÓI CHỨNG MINH ĐÚNG.", "THE PROOF HOLDS.")
        return Line("bad", f"GÓI CHỨNG MINH SAI: {wrong} điểm.", f"THE PROOF FAILS: {wrong} faults.")


def _shown(words: str) -> str:
    """On one line: what people wrote into a document can't look like another finding on a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in words)


def moment(iso: str) -> datetime:
    """The moment of a step's line."""
    return datetime.fromisoformat(iso.replace("Z", "+00:00"))


def said(at: datetime) -> str:
    """A moment for people, in Vietnam's time: 09:00 ngày 05/10/2026."""
    return f"{at.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"


def said_en(at: datetime) -> str:
    """The same in English."""
    return f"{at.astimezone(VIETNAM):%d %b %Y %H:%M} (+07:00)"


def local_day(at: datetime) -> date:
    """The day in Vietnam."""
    return at.astimezone(VIETNAM).date()


def some(names: Iterable[str], most: int = 20) -> str:
    """The first names of many."""
    found = sorted(names)
    more = f" … (+{len(found) - most})" if len(found) > most else ""
    return ", ".join(found[:most]) + more
