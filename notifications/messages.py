"""What people read: subject, text and HTML in Vietnamese (thư báo tin), with an identity that stays."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from notifications import digest
from notifications.matters import Matter, Recipient, clean
from notifications.wording import render
from states.settings import Settings


@dataclass(frozen=True)
class Letterhead:
    """In whose name messages go out, where their links lead, and the domain of their identities."""

    office: str = "Đôn Đốc"
    public_url: str = "http://127.0.0.1:8000"
    domain: str = "localhost"

    @classmethod
    def of(cls, settings: Settings) -> Letterhead:
        """From the settings; without a public address the links lead to the API's own."""
        url = settings.public_url or f"http://{settings.api_host}:{settings.api_port}"
        domain = settings.smtp_from.rpartition("@")[2] or "localhost"
        return cls(clean(settings.office), url.rstrip("/"), domain)


@dataclass(frozen=True)
class Message:
    """One message to one person over any channel, about one matter or many (a digest).

    `id` is the same on all attempts, so the receiving side may drop a second one; `at` is the moment of sending.
    """

    id: str
    to: Recipient
    subject: str
    text: str
    html: str
    link: str
    letterhead: Letterhead
    at: datetime
    matters: tuple[Matter, ...]

    @property
    def urgent(self) -> bool:
        return any(matter.urgent for matter in self.matters)


def compose(matters: Sequence[Matter], to: Recipient, letterhead: Letterhead, at: datetime) -> Message:
    """The message about one matter, or the digest (bản tin tổng hợp) of several."""
    told = tuple(sorted(matters, key=lambda matter: matter.notice_id))
    alone = told[0] if len(told) == 1 else None
    subject = alone.subject if alone else digest.subject(told)
    link = _link(alone, letterhead)
    name, said = ("notice", {"m": alone}) if alone else ("digest", digest.context(told))
    common = {"name": clean(to.name), "office": letterhead.office, "url": letterhead.public_url, "link": link}
    text = render(f"{name}.txt.j2", **common, **said)
    html = render(f"{name}.html.j2", **common, **said, subject=subject)
    return Message(_identity(told, letterhead), to, subject, text, html, link, letterhead, at, told)


def _identity(told: Sequence[Matter], letterhead: Letterhead) -> str:
    """Number and moment of the notice (a new database counts from 1 again); of a digest a digest of all of them."""
    marks = [f"{matter.notice_id}.{matter.created_at.timestamp():.0f}" for matter in told]
    if len(marks) == 1:
        return f"notice-{marks[0]}@{letterhead.domain}"
    return f"digest-{hashlib.sha256(','.join(marks).encode()).hexdigest()[:24]}@{letterhead.domain}"


def _link(alone: Matter | None, letterhead: Letterhead) -> str:
    """To the document; a digest leads to the first page (Hôm nay)."""
    place = f"van-ban/{alone.document_id}" if alone and alone.document_id else ""
    return f"{letterhead.public_url}/{place}"
