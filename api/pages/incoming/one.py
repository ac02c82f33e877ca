"""One paper, side by side: the file as it came, what was read in it, and what the officer makes of it."""

from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Query
from fastapi.responses import HTMLResponse
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from api.auth import allowed
from api.deps import BigId, InTransaction
from api.pages.draft.sheet import element
from api.pages.incoming import deciding
from api.pages.incoming.page import HERE, OUTCOMES, OfDatabase
from api.pages.incoming.reading import PATIENCE, read_all
from api.pages.incoming.work import asked_for, work
from api.pages.shell import Visit, Visiting, tried
from api.pages.typed import Reader, Sent
from documents.receiving import READER
from states import incoming as engine_incoming
from states.errors import Conflict, DonDocError
from states.reading import incoming
from states.reading.incoming import One

router = APIRouter()


@router.get("/nhan/{incoming_id}", dependencies=[allowed(HERE)])
def show(
    incoming_id: BigId, visit: Visiting, session: InTransaction,
    cho: Annotated[str | None, Query(max_length=20)] = None,
) -> Response:  # fmt: skip
    """The paper; `cho`: the document that it is to be put to. As a part (htmx) only whether it was read."""
    one = incoming.one(session, incoming_id, visit.me.unit_id)
    if visit.partial:
        answer = HTMLResponse(visit.part("incoming/still.html", one=one, reading=_reading(one, visit)))
        if not _reading(one, visit):
            answer.headers["HX-Refresh"] = "true"
        return answer
    return _page(session, visit, one, asked_for(None, cho))


@router.post("/nhan/{incoming_id}", dependencies=[allowed(HERE)])
def decide(incoming_id: BigId, visit: Visiting, session: InTransaction, form: Sent) -> Response:
    """Into the draft, or registered: by who acts. A row more or less comes back with the page."""
    one = incoming.one(session, incoming_id, visit.me.unit_id)
    do = str(form.get("do") or "")
    if one.outcome is not None or one.content is None or "paper" not in one.content:
        raise engine_incoming.AlreadyDecided()
    at_work = work(session, visit, one, asked_for(form, None), form)
    if do not in ("draft", "register"):
        return _page(session, visit, one, None, form)
    act = deciding.fill_draft if at_work.mode == "draft" else deciding.register
    done, error = tried(session, lambda: act(session, at_work, visit, Reader(form, visit.say)))
    if error is not None:
        return _page(session, visit, one, None, form, error)
    document = at_work.choice.owed.id if at_work.choice else 0
    if at_work.mode == "draft":
        words = visit.say(_("Đã đưa nội dung tệp vào dự thảo. Xem lại rồi trình ký."))
        return visit.back_to(f"/soan/{document}", words)
    said = visit.say(_("Đã đăng ký văn bản số %(number)s, ký ngoài hệ thống.")) % {"number": done.number or ""}
    return visit.back_to(f"/van-ban/{document}", said)


@router.post("/nhan/{incoming_id}/de-sang-ben", dependencies=[allowed(HERE)])
def aside(incoming_id: BigId, visit: Visiting, session: InTransaction, form: Sent) -> Response:
    """Put it aside with a reason."""
    one = incoming.one(session, incoming_id, visit.me.unit_id)
    words = str(form.get("ly-do") or "")[:1000]
    _done, error = tried(session, lambda: engine_incoming.put_aside(session, one.id, words, visit.me.actor, visit.now))
    if error is not None:
        return _page(session, visit, one, None, None, error)
    return visit.back_to("/nhan", visit.say(_("Đã để «%(name)s» sang một bên.")) % {"name": one.name})


@router.post("/nhan/{incoming_id}/doc-lai", dependencies=[allowed(HERE)])
def again(
    incoming_id: BigId, visit: Visiting, session: InTransaction, engine: OfDatabase, afterwards: BackgroundTasks
) -> Response:
    """Read it again; the reading before stays beside the new one."""
    one = incoming.one(session, incoming_id, visit.me.unit_id)
    if one.outcome is None:
        afterwards.add_task(read_all, engine, [one.id], visit.now)
    return visit.back_to(f"/nhan/{one.id}", visit.say(_("Đang đọc lại tệp; tải lại trang sau ít giây.")))


def _page(
    session: Session, visit: Visit, one: One, asked: int | None, form: FormData | None = None,
    error: DonDocError | None = None,
) -> HTMLResponse:  # fmt: skip
    status = error.status if error else 200
    newer = one.reader not in (None, READER)
    facts: dict[str, Any] = {"one": one, "error": error, "outcomes": OUTCOMES, "newer": newer,
                             "reading": _reading(one, visit)}  # fmt: skip
    if one.content is None or "paper" not in one.content:
        return visit.page("incoming/unread.html", status, **facts)
    if one.outcome is not None:
        found = work(session, visit, one, None)
        return visit.page("incoming/done.html", status, **facts, work=found)
    found = work(session, visit, one, asked if form is None else asked_for(form, None), form)
    wrong = {reason.place: reason.message for reason in error.reasons} if error else {}
    ids = {name: _target(name) for name in wrong}
    return visit.page("incoming/one.html", status, **facts, work=found, wrong=wrong, ids=ids, element=element,
                      sent=form is not None, stale=isinstance(error, Conflict), kept=_kept(form))  # fmt: skip


def _target(name: str) -> str:
    """The element that a reason leads to: of an unsure field its confirmation, of a date its day."""
    return element(name) + "-d" if name == "h.date" else element(name)


def _kept(form: FormData | None) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)} if form is not None else {}


def _reading(one: One, visit: Visit) -> bool:
    return not one.read and visit.now - one.arrived_at < PATIENCE


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence
