"""What a notice is about, as far as it may stand in a message: unit, title, number, deadline; no content of reports.

Whatever comes from outside (names, titles, words) is taken as one clean line.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from notifications import topics
from notifications.deadline import Deadline
from notifications.wording import say
from states.reasons import WORDS, ReturnReason

_LONGEST_TITLE = 120


@dataclass(frozen=True)
class Recipient:
    """Người nhận, with the addresses he has."""

    person_id: int
    name: str
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True)
class Matter:
    """What one notice is about (việc), and its words. `days`: working days left or late, never negative."""

    notice_id: int
    topic: str
    created_at: datetime
    document_id: int | None = None
    urgent: bool = False
    kind: str = ""
    unit: str = ""
    title: str = ""
    number: str = ""
    due: Deadline | None = None
    days: int | None = None
    reason: str = ""
    words: str = ""
    by: str = ""
    quoted: str = ""
    """Words of the system's own that are kept line by line: a checkpoint."""

    @classmethod
    def of(cls, notice_id: int, topic: str, created_at: datetime, document_id: int | None, urgent: bool,
           data: Mapping[str, Any]) -> Matter:  # fmt: skip
        """From a notice's row; whatever its data lack or have too much of, it can be said."""
        said = {name: clean(data.get(name)) for name in ("kind", "unit", "title", "number", "words")}
        days = data.get("days")
        due = Deadline.of(data.get("due")) if topics.of(topic).open else None
        return cls(
            notice_id, topic, created_at, document_id, urgent, **said, due=due, by=clean(data.get("by_unit")),
            quoted=_lines(data.get("note")),
            days=abs(int(days)) if isinstance(days, int | float) else None, reason=_reason(data.get("reason_code")),
        )  # fmt: skip

    @property
    def label(self) -> str:
        """Two or three words: Trả lại, Sắp đến hạn."""
        return topics.of(self.topic).label

    @property
    def short_title(self) -> str:
        title = self.title or "văn bản"
        return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rstrip() + "…"

    @property
    def paper(self) -> str:
        """«Báo cáo Tháng hành động» số 36/BC-UBND."""
        named = f"«{self.short_title}»" if self.title else self.short_title
        return f"{named} số {self.number}" if self.number else named

    @property
    def of_unit(self) -> str:
        return f" của {self.unit}" if self.unit else ""

    @property
    def verb(self) -> str:
        """A plan is issued (ban hành), a report is sent (gửi)."""
        return "ban hành" if self.kind == "plan" else "gửi"

    @property
    def duty(self) -> str:
        return f"lập và {self.verb}"

    @property
    def late(self) -> str:
        """«Báo cáo Tháng hành động» của Phường Một quá hạn 2 ngày làm việc, chưa gửi."""
        return f"{self.paper}{self.of_unit} quá hạn{self.days_words(' ')}, chưa {self.verb}"

    @property
    def sentence(self) -> str:
        """What happened and what is to be done."""
        return say(topics.of(self.topic).sentence, m=self)

    @property
    def subject(self) -> str:
        """Trả lại: Báo cáo Tháng hành động, số 36/BC-UBND – Phường Một, hạn 18/12/2026."""
        number = f", số {self.number}" if self.number else ""
        unit = f" – {self.unit}" if self.unit else ""
        due = f", hạn {self.due.short}" if self.due else ""
        return f"{self.label}: {self.short_title}{number}{unit}{due}"

    def days_words(self, before: str) -> str:
        """`3 ngày làm việc` after `before`; nothing where the days are not known or none."""
        return f"{before}{self.days} ngày làm việc" if self.days else ""


def clean(value: Any) -> str:
    """One line without control or direction marks, so that a name can't end a header or turn the text around."""
    text = "" if value is None else unicodedata.normalize("NFC", str(value))
    spaced = (" " if mark.isspace() else mark for mark in text)
    return " ".join("".join(mark for mark in spaced if unicodedata.category(mark) not in _UNSEEN).split())


def _lines(value: Any) -> str:
    return "\n".join(clean(line) for line in str(value or "").split("\n"))


def _reason(code: Any) -> str:
    """A return's coded reason in words; the free words stay in the system, for they may quote the report."""
    return WORDS[ReturnReason(code)] if code in set(ReturnReason) else ""


_UNSEEN = ("Cc", "Cf", "Cs")
