"""One unit's line (đôn đốc một đơn vị): who has it, whom to call, what was said; a call, more time, being let off."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages.board import rows as board_rows
from api.pages.board.asked import Asked, AskedOf, missing
from api.pages.board.facts import Facts, just_reminded, read
from api.pages.board.rows import Reminded, Wish
from api.pages.board.words import WORDS
from api.pages.shell import Visit, Visiting, tried
from api.pages.typed import Reader, Sent, number, words
from api.scope import NotBelowYou
from api.seeing import SeenPlan, Sight
from states import duties, notes
from states.days import calendar
from states.errors import DonDocError
from states.facts import NoSuchDocument
from states.periods import local_day
from states.reading import talk
from states.reading.standings import Line
from states.reading.talk import Said
from workflows import deadlines

router = APIRouter(prefix="/ke-hoach")
CHASING = Access.SUPERVISOR | Access.LEADER


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


@dataclass(frozen=True)
class Sheet:
    """A line with what was said about it and what this office may do; `receiver`: who may move its deadline, if not we.

    `back`: the board that one comes from.
    """

    line: Line
    plan_title: str
    plan_number: str | None
    wish: Wish | None
    calls: list[Said]
    reminders: list[Reminded]
    open: bool
    may_remind: bool
    may_grant: bool
    may_call: bool
    just_reminded: bool
    broken: bool
    receiver: str
    back: str
    post: str


def sheet(session: Session, visit: Visit, seen: Sight, facts: Facts, line: Line, back: str = "") -> Sheet:
    """What the page of a line shows; `back`: the board that one comes from, if it is not the line's own."""
    calls = [said.first for said in talk.threads(session, line.document_id) if said.first.kind == "call"]
    away = missing(line)
    mine = facts.mine.get(line.document_id)
    watching = visit.seat in ("supervisor", "leader") and line.path.startswith(visit.by.outlook)
    receivers = board_rows.receivers(session, [line])
    return Sheet(
        line, facts.plan.title, facts.plan.number,
        next((it for it in facts.wishes if it.document_id == line.document_id), None), calls,
        board_rows.reminders(session, line.document_id), away, away and mine is not None, away and mine is True,
        away and (watching or mine is not None), just_reminded(line, facts.board),
        bool(away and line.call and line.call.broken(local_day(visit.now))),
        receivers.get(line.document_id, ""), back or facts.asked.href(),
        f"/ke-hoach/{seen.id}/don-doc/{line.document_id}",
    )  # fmt: skip


@router.get("/{plan_id:int}/don-doc/{document_id:int}", dependencies=[allowed(Access.OFFICE)])
def show(seen: SeenPlan, document_id: int, asked: AskedOf, visit: Visiting, session: InTransaction) -> HTMLResponse:
    """The line by itself: a page, or the dialog's content on the board."""
    return _answer(session, visit, seen, document_id, asked)


@router.post("/{plan_id:int}/don-doc/{document_id:int}/goi", dependencies=[allowed(CHASING)])
def note_call(
    seen: SeenPlan, document_id: int, asked: AskedOf, visit: Visiting, session: InTransaction, form: Sent
) -> Response:
    """Ghi cuộc gọi: what was said on the telephone, and by when it was promised."""
    read_form = Reader(form, visit.say)

    def act() -> None:
        said = read_form.words("noi-dung", visit.say(_("Ghi ai nghe máy và nói gì.")), notes.LONGEST)
        promised = read_form.day("hen")
        read_form.done()
        line_of(session, visit, seen, document_id, asked)
        notes.call(session, document_id, said, visit.me.holder, visit.now, promised=promised)

    return _acted(session, visit, seen, document_id, asked, form, act, visit.say(_("Đã ghi cuộc gọi.")))


@router.post("/{plan_id:int}/don-doc/{document_id:int}/han", dependencies=[allowed(CHASING)])
def grant(
    seen: SeenPlan, document_id: int, asked: AskedOf, visit: Visiting, session: InTransaction, form: Sent
) -> Response:
    """Gia hạn, miễn, hoặc trả lời đề nghị: always with its reason."""
    read_form, kind = Reader(form, visit.say), words(form, "viec")
    told: list[str] = []

    def act() -> None:
        reason = read_form.words("ly-do", visit.say(_("Ghi lý do: đơn vị và đoàn kiểm tra sẽ đọc.")))
        until = _until(session, read_form, visit) if kind == "extension" else None
        read_form.done()
        line_of(session, visit, seen, document_id, asked)
        given = duties.grant(
            session,
            document_id,
            kind if kind in _GRANTED else "refusal",
            until,
            reason,
            visit.me.holder,
            visit.now,
            request_id=number(words(form, "de-nghi"), 2**63 - 1),
        )
        late = kind in ("extension", "waiver") and not duties.counts(session, given)
        told.append(visit.say(_TOO_LATE if late else _GRANTED.get(kind, _GRANTED["refusal"])))

    return _acted(session, visit, seen, document_id, asked, form, act, told)


@router.post("/{plan_id:int}/don-doc/{document_id:int}/nhac", dependencies=[allowed(CHASING)])
def remind_with_words(
    seen: SeenPlan, document_id: int, asked: AskedOf, visit: Visiting, session: InTransaction, form: Sent
) -> Response:
    """Nhắc kèm lời: a reminder with words of one's own."""
    told: list[str] = []

    def act() -> None:
        line_of(session, visit, seen, document_id, asked)
        done = deadlines.remind(session, [document_id], visit.me.holder, visit.now, words(form, "loi")[:2000],
                                calendar(session))  # fmt: skip
        told.append(outcome(done, document_id, visit))

    return _acted(session, visit, seen, document_id, asked, form, act, told)


def outcome(done: deadlines.Told, document_id: int, visit: Visit) -> str:
    """What a reminder of one document did, in a sentence."""
    people = done.told.get(document_id)
    if people:
        return visit.say(_("Đã nhắc, gửi tới: %s.")) % ", ".join(people)
    return visit.say(_("Chưa nhắc: %s.")) % visit.say(done.skipped.get(document_id, ""))


_TOO_LATE = _("Đã quá hạn: gia hạn hay miễn bây giờ được ghi lại nhưng không đổi hạn đã tính.")
_GRANTED = {"extension": _("Đã gia hạn."), "waiver": _("Đã miễn báo cáo."), "refusal": _("Đã trả lời đề nghị.")}


def _until(session: Session, form: Reader, visit: Visit) -> datetime | None:
    day = form.day("den", visit.say(_("Chọn hạn mới.")))
    return calendar(session).due_at(day) if day else None


def _acted(
    session: Session, visit: Visit, seen: Sight, document_id: int, asked: Asked, form: Any, act: Callable[[], None],
    done: str | list[str],
) -> Response:  # fmt: skip
    """Back to the line on the board; the same page with the reason, and what was typed, where it is refused."""
    _nothing, error = tried(session, act)
    if error is not None:
        return _answer(session, visit, seen, document_id, asked, error, form)
    return visit.back_to(asked.at(document_id), done if isinstance(done, str) else done[0])


def _answer(
    session: Session, visit: Visit, seen: Sight, document_id: int, asked: Asked, error: DonDocError | None = None,
    form: Any = None,
) -> HTMLResponse:  # fmt: skip
    facts, line = line_of(session, visit, seen, document_id, asked)
    told = {**WORDS, "it": sheet(session, visit, seen, facts, line, asked.href()), "error": error, "typed": form or {}}
    if visit.partial and error is None:
        return HTMLResponse(visit.part("board/sheet.html", asked=asked, **told))
    return visit.page("board/line.html", error.status if error else 200, asked=asked, **told)


def line_of(session: Session, visit: Visit, seen: Sight, document_id: int, asked: Asked) -> tuple[Facts, Line]:
    """The line, on the board of its unit alone. Raises `NoSuchDocument`; whose line it is tells nobody who may not
    look there.
    """
    unit = board_rows.unit_of(session, seen.id, document_id)
    if unit is None:
        raise NoSuchDocument(document=document_id)
    try:
        facts = read(session, seen, Asked(asked.plan_id, unit, kind=asked.kind), visit.by)
    except NotBelowYou:
        raise NoSuchDocument(document=document_id) from None
    line = next((one for one in facts.board.lines if one.document_id == document_id), None)
    if line is None:
        raise NoSuchDocument(document=document_id)
    return facts, line
