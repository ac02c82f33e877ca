"""What every page shows around its content: who acts and as what, the ways to go, what waits, what was just done.

A page's route asks for `Visiting` and answers `visit.page(template, ...)`. An act answers `visit.back_to(path,
done)`: the browser asks for the page again and the sentence is shown once.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Annotated, Any
from urllib.parse import quote, unquote

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Session

from api.auth import Acting, Caller
from api.deps import InTransaction, OfMachine
from api.pages import language
from api.pages.rendering import html, text
from states.errors import DonDocError
from states.offices import Held
from states.reading import inbox
from states.settings import Settings

FLASH = "dondoc-said"
_LONGEST = 1500


@dataclass(frozen=True)
class Way:
    """A place in the rail: its name, address, icon, and how many wait there (loud: it is lateness or waits for me)."""

    name: str
    href: str
    icon: str
    count: int = 0
    loud: bool = False


@dataclass(frozen=True)
class Visit:
    """One person looking at one page, in one office, at one moment. What waits is counted when it is first shown."""

    request: Request
    session: Session = field(repr=False)
    by: Caller
    language: str
    office_name: str
    said: dict[str, str] | None = None

    @property
    def me(self) -> Held:
        """The office that the person acts in."""
        return self.by.held

    @property
    def now(self) -> datetime:
        """The moment of the page."""
        return self.by.at

    @property
    def seat(self) -> str:
        """The seat acted in."""
        return self.by.held.seat

    @property
    def held(self) -> tuple[Held, ...]:
        """All offices that the person holds."""
        return self.by.offices

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many wait in each of the office's queues, and are overdue below it."""
        return inbox.counts(self.session, self.by.held.holder, self.by.outlook, self.by.at)

    def counted(self) -> "Visit":
        """With its counts read: for whoever shows it when the transaction is over."""
        _ = self.counts
        return self

    @property
    def sections(self) -> list[tuple[str, list[Way]]]:
        """The rail."""
        return _sections(self.seat, self.counts)

    @property
    def say(self) -> Callable[[str], str]:
        """How a sentence is said in the person's language."""
        return language.say(self.language)

    @property
    def partial(self) -> bool:
        """Whether a part of a page is asked for (htmx), to stand in the page that is there."""
        return self.request.headers.get("hx-request") == "true"

    def page(self, template: str, status: int = 200, /, **facts: Any) -> HTMLResponse:
        """The page in the person's language; templates know it as `visit`."""
        answer = html(template, self.language, status, **self._told(facts))
        if self.said:
            answer.delete_cookie(FLASH, httponly=True, samesite="lax")
        return answer

    def part(self, template: str, /, **facts: Any) -> str:
        """A part of a page as text."""
        return text(template, self.language, **self._told(facts))

    def back_to(self, path: str, done: str = "", *, tone: str = "good") -> RedirectResponse:
        """To a page of ours, which says once what was done."""
        return go(path, done, tone=tone)

    def _told(self, facts: dict[str, Any]) -> dict[str, Any]:
        return {"visit": self, "nonce": nonce(self.request), "now": self.now, **facts}


def visit(request: Request, session: Session, by: Caller, machine: Settings) -> Visit:
    """The visit; no statement yet: an act answers without what only a page shows."""
    return Visit(request, session, by, language.chosen(request), machine.office, said(request))


async def _visit(request: Request, session: InTransaction, by: Acting, machine: OfMachine) -> Visit:
    return visit(request, session, by, machine)


Visiting = Annotated[Visit, Depends(_visit)]


def go(path: str, done: str = "", *, tone: str = "good") -> RedirectResponse:
    """To another page of ours, with a sentence for it to say; where the address names a place, it may be said there."""
    answer = RedirectResponse(inside(path), 303)
    if done:
        told = {"words": done[:_LONGEST], "tone": tone, "place": path.partition("#")[2]}
        words = quote(json.dumps(told, ensure_ascii=False))
        answer.set_cookie(FLASH, words, max_age=60, httponly=True, samesite="lax")
    return answer


def inside(path: str | None, otherwise: str = "/") -> str:
    """The path if it leads to a page of ours, else another one: no address from outside is followed."""
    safe = path and path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if safe and path and "\\" not in path else otherwise


def said(request: Request) -> dict[str, str] | None:
    """What the act before this page said, if anything."""
    try:
        told = json.loads(unquote(request.cookies.get(FLASH, "")))
        tone = "bad" if told.get("tone") == "bad" else "good"
        return {"words": str(told["words"]), "tone": tone, "place": str(told.get("place", ""))}
    except (ValueError, TypeError, KeyError, RecursionError):  # somebody wrote it himself
        return None


def nonce(request: Request) -> str:
    """The number that this answer's scripts carry (Content-Security-Policy)."""
    return str(request.scope.get("nonce", ""))


def tried(session: Session, act: Callable[[], Any]) -> tuple[Any, DonDocError | None]:
    """What the act gave, or why it was refused, with nothing of it left behind: for a page that shows both."""
    try:
        with session.begin_nested():
            return act(), None
    except DonDocError as error:
        return None, error


def _(sentence: str) -> str:
    """Mark a sentence for translation; the template says it."""
    return sentence


def ngettext(one: str, _several: str, _n: int) -> str:
    """Mark a name that other languages say in the plural here: the rail names what there are many of."""
    return one


def _sections(seat: str, counts: dict[str, int]) -> list[tuple[str, list[Way]]]:
    mine = [Way(_("Hôm nay"), "/", "home")]
    for name, (word, icon) in _DESKS.items():
        if name in counts:
            mine.append(Way(word, f"/viec/{name}", icon, counts[name], name in _LOUD))
    if seat in ("clerk", "drafter"):
        mine.append(Way(_("Nhận văn bản"), "/nhan", "upload", counts.get("papers", 0)))
    follow = [
        Way(_("Bảng theo dõi"), "/bang", "map-2", counts.get("overdue", 0), True),
        Way(ngettext("Kế hoạch", "Kế hoạch", 2), "/ke-hoach", "calendar-event"),
        Way(_("Bảng tổng hợp"), "/tong-hop", "table"),
        Way(_("Kho văn bản"), "/kho", "files"),
    ]
    control = [Way(_("Sổ văn bản"), "/so-van-ban", "clipboard"),
               Way(ngettext("Đơn vị", "Đơn vị", 2), "/don-vi", "building-community"),
               Way(ngettext("Biểu mẫu", "Biểu mẫu", 2), "/bieu-mau", "file-description")]  # fmt: skip
    if seat in ("auditor", "supervisor", "leader"):
        journal = [Way(_("Nhật ký"), "/nhat-ky", "history"), Way(_("Ngoại lệ"), "/ngoai-le", "shield-exclamation")]
        control = journal + control
    if seat in ("admin", "auditor"):
        control.append(Way(_("Tác vụ tự động"), "/tac-vu", "robot"))
        control.append(Way(ngettext("Mốc niêm phong", "Mốc niêm phong", 2), "/moc-niem-phong", "shield-check"))
    control.append(Way(_("Thiết lập"), "/thiet-lap", "settings"))
    return [(_("Việc của tôi"), mine), (_("Theo dõi"), follow), (_("Kiểm soát"), control)]


_DESKS = {
    "to_draft": (_("Soạn thảo"), "pencil"), "returned": (_("Bị trả lại"), "arrow-back-up"),
    "presented": (_("Chờ ký"), "signature"), "to_send": (_("Cần gửi"), "send"),
    "to_receive": (_("Văn bản đến"), "inbox"), "to_register": (_("Chờ bản giấy"), "stamp"),
    "to_accept": (_("Cần tổng hợp"), "checks"),
}  # fmt: skip
_LOUD = ("returned", "presented", "to_send")
