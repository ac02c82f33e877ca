"""Trao đổi: a question or a remark on a document or a place of it, and answers, without formally returning it."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from api import lists
from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages import one_time, typed
from api.pages.document import places as document_places
from api.pages.document.shown import Shown, form_of, shown
from api.pages.shell import Visit, Visiting, tried
from api.pages.typed import Sent
from api.seeing import SeenDocument, Sight
from documents.forms import Form
from states import notes
from states.errors import DonDocError
from states.reading import talk
from states.reading.talk import Thread

router = APIRouter()


@router.get("/van-ban/{document_id}/hoi", dependencies=[allowed(Access.WORKING)])
def form(seen: SeenDocument, visit: Visiting, session: InTransaction, cho: str = "", tiep: str = "") -> Response:
    """The form for a question about a place."""
    return _form(session, seen, visit, {"place": cho[:200], "tiep": tiep}, None)


@router.post("/van-ban/{document_id}/hoi", dependencies=[allowed(Access.WORKING)])
def say(seen: SeenDocument, visit: Visiting, session: InTransaction, form: Sent) -> Response:
    """Ask or remark; the same form sent twice is said once."""
    _said, error = tried(session, lambda: _say(session, seen, visit, form))
    if error is not None:
        return _form(session, seen, visit, {k: v for k, v in form.items() if isinstance(v, str)}, error)
    return visit.back_to(_back(seen, form), visit.say(_("Đã gửi ý kiến. Văn bản không bị trả lại.")))


@router.get("/van-ban/{document_id}/hoi/{question_id}", dependencies=[allowed(Access.WORKING)])
def answer_form(seen: SeenDocument, question_id: int, visit: Visiting, session: InTransaction) -> Response:
    """The question with the form for its answer."""
    return _answer_form(session, seen, visit, question_id, "", None)


@router.post("/van-ban/{document_id}/hoi/{question_id}", dependencies=[allowed(Access.WORKING)])
def answer(
    seen: SeenDocument, question_id: int, visit: Visiting, session: InTransaction, form: Sent
) -> Response:  # fmt: skip
    """Answer a question."""
    words, thread = typed.words(form, "words"), _thread(session, seen, question_id)
    if thread is None:
        raise notes.NoSuchQuestion(question=question_id)
    _said, error = tried(session, lambda: _answer(session, question_id, words, typed.words(form, "key"), visit))
    if error is not None:
        return _answer_form(session, seen, visit, question_id, words, error)
    return visit.back_to(f"/van-ban/{seen.id}#trao-doi", visit.say(_("Đã trả lời.")))


def _say(session: Session, seen: Sight, visit: Visit, form: FormData) -> None:
    first, _kept = one_time.claim(session, visit.me.person_id, typed.words(form, "key"), visit.now)
    if not first:
        return
    speak = notes.ask if typed.words(form, "kind") != "comment" else notes.comment
    revision = typed.number(typed.words(form, "revision_id"), 2**63 - 1)
    place = typed.words(form, "place")[:200] or None
    speak(session, seen.id, typed.words(form, "words"), visit.me.holder, visit.now, place=place, revision_id=revision)


def _answer(session: Session, question_id: int, words: str, key: str, visit: Visit) -> None:
    first, _kept = one_time.claim(session, visit.me.person_id, key, visit.now)
    if first:
        notes.answer(session, question_id, words, visit.me.holder, visit.now)


def _form(session: Session, seen: Sight, visit: Visit, said: dict[str, str], error: DonDocError | None) -> HTMLResponse:
    row = lists.document(session, seen.id)
    found, shape = shown(session, seen, row, visit.by, None), form_of(row)
    place = said.get("place", "")
    choices = _choices(found, shape, place, visit)
    facts = {"row": row, "seen": seen, "shown": found, "places": choices, "typed": said, "error": error,
             "place_words": document_places.name(place, shape, found.content if found else {}, visit.say),
             "key": one_time.new_key()}  # fmt: skip
    if visit.partial:
        return HTMLResponse(visit.part("document/ask_part.html", **facts))
    return visit.page("document/ask.html", error.status if error else 200, **facts)


def _choices(found: Shown | None, shape: Form | None, place: str, visit: Visit) -> list[tuple[str, str]]:
    if found is None:
        return []
    choices = document_places.choices(shape, found.content, visit.say)
    if place and place not in dict(choices):
        choices.append((place, document_places.name(place, shape, found.content, visit.say)))
    return choices


def _answer_form(
    session: Session, seen: Sight, visit: Visit, question_id: int, words: str, error: DonDocError | None
) -> HTMLResponse:
    thread = _thread(session, seen, question_id)
    if thread is None:
        raise notes.NoSuchQuestion(question=question_id)
    row = lists.document(session, seen.id)
    found, shape = shown(session, seen, row, visit.by, None), form_of(row)
    place = document_places.name(thread.first.place, shape, found.content if found else {}, visit.say)
    facts = {"row": row, "thread": thread, "place_words": place, "words": words, "error": error,
             "key": one_time.new_key()}  # fmt: skip
    if visit.partial:
        return HTMLResponse(visit.part("document/answer_part.html", **facts))
    return visit.page("document/answer.html", error.status if error else 200, **facts)


def _thread(session: Session, seen: Sight, question_id: int) -> Thread | None:
    threads = talk.threads(session, seen.id)
    return next((one for one in threads if one.first.id == question_id and one.first.kind == "question"), None)


def _back(seen: Sight, form: FormData) -> str:
    return f"/{'cho-ky' if typed.words(form, 'tiep') == 'cho-ky' else 'van-ban'}/{seen.id}#trao-doi"


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence
