"""Soạn: one draft. Its fields, its checks, who contributes; saving by hand, saving while one types, presenting.

The page works by plain forms; `api/static/js/draft*.js` send the same fields to `…/luu` while one types.
"""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from sqlmodel import Session
from starlette.responses import Response

from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages.draft import acts as draft_acts
from api.pages.draft import facts as draft_facts
from api.pages.draft import page as pages
from api.pages.draft.facts import Facts
from api.pages.draft.merge import Flat
from api.pages.draft.page import Draft
from api.pages.draft.post import of_posted
from api.pages.draft.save import Kept, Sent, base_of, keep, stored
from api.pages.formats import clock
from api.pages.shell import Visit, Visiting, tried
from api.seeing import SeenDocument, Sight
from documents import drafting
from states import contents
from states.errors import DonDocError

router = APIRouter()


async def posted(request: Request) -> list[tuple[str, str]]:
    """The fields of the form in their order; files are no fields of ours."""
    form = await request.form(max_fields=20_000)
    return [(name, value) for name, value in form.multi_items() if isinstance(value, str)]


Posted = Annotated[list[tuple[str, str]], Depends(posted)]


@router.get("/soan", dependencies=[allowed(Access.OFFICE)])
def drafts() -> RedirectResponse:
    """What waits to be written is a queue."""
    return RedirectResponse("/viec/to_draft", 303)


@router.get("/soan/{document_id}", dependencies=[allowed(Access.OFFICE)])
def show(
    seen: SeenDocument, visit: Visiting, session: InTransaction, sua: Annotated[bool, Query()] = False
) -> Response:
    """The draft as it is saved; its fields are open to those who write it."""
    found = draft_facts.facts(session, seen, visit.by)
    if found.form is None:
        return visit.page("draft/no_form.html", facts=found)
    return _page(session, found, stored(session, found.id, found.form), visit, insists=sua)


@router.post("/soan/{document_id}", dependencies=[allowed(Access.WORKING)])
def act(seen: SeenDocument, visit: Visiting, session: InTransaction, fields: Posted) -> Response:
    """Save, and do what the pressed button says: present, add or take out a row, copy the last period, explain."""
    found = draft_facts.facts(session, seen, visit.by)
    said = dict(fields)
    sent, do = _sent(found, fields, said), said.get("do", "save")
    draft_acts.change(session, found, sent.sheet, do)
    kept, error = tried(session, lambda: _keep(session, found, sent, visit))
    if error is not None:
        return _refused(session, found, sent, visit, error)
    if kept.clashes:
        return _page(session, found, kept, visit, 409)
    draft_acts.explain(session, found.id, do, fields, visit)
    done = _page_of(session, seen, kept, visit, sent.base)
    if do != "present":
        return _answer(done, visit, just_saved=True)
    return _present(session, done, said, visit)


@router.post("/soan/{document_id}/luu", dependencies=[allowed(Access.WORKING)])
def save(seen: SeenDocument, visit: Visiting, session: InTransaction, fields: Posted) -> JSONResponse:
    """Save while one types: answers how each field was read, the sums, the checks, and what others changed."""
    found = draft_facts.facts(session, seen, visit.by)
    said = dict(fields)
    sent = _sent(found, fields, said)
    draft_acts.change(session, found, sent.sheet, said.get("do", "save"))
    kept = _keep(session, found, sent, visit)
    made = _page_of(session, seen, kept, visit, sent.base)
    whole = bool(kept.came or kept.clashes or said.get("all") or said.get("do", "save") != "save")
    return JSONResponse(_told(made, visit, whole), 409 if kept.clashes else 200)


@router.get("/soan/{document_id}/moi", dependencies=[allowed(Access.OFFICE)])
def newer(
    seen: SeenDocument, visit: Visiting, session: InTransaction, version: Annotated[int, Query(ge=0)] = 0
) -> Response:
    """Whether somebody saved since that version: 204 where nobody did."""
    found = draft_facts.facts(session, seen, visit.by)
    now = contents.draft(session, found.id)
    if now.version == version:
        return Response(status_code=204)
    words = visit.say(_("%(who)s vừa lưu lúc %(at)s")) % {"who": found.saved_name or "", "at": clock(found.saved_at)}
    return JSONResponse({"version": now.version, "said": words})


def _keep(session: Session, found: Facts, sent: Sent, visit: Visit) -> Kept:
    assert found.form is not None
    return keep(session, found.id, found.form, sent, visit.me.holder, visit.now)


def _sent(found: Facts, fields: list[tuple[str, str]], said: dict[str, str]) -> Sent:
    if found.form is None:
        raise NoForm()
    base, picked = base_of(said.get("base", "")), _picked(fields, said.get("do", ""))
    return Sent(of_posted(fields, found.form), _number(said.get("version")) or 0, base, picked)


def _picked(fields: list[tuple[str, str]], do: str) -> frozenset[str]:
    """Where the other's word is chosen."""
    picks = {name.removeprefix("pick:"): value for name, value in fields if name.startswith("pick:")}
    if do in ("take-mine", "take-theirs"):
        return frozenset(picks) if do == "take-theirs" else frozenset()
    return frozenset(place for place, value in picks.items() if value == "theirs")


class NoForm(DonDocError):
    """Văn bản này không theo biểu mẫu nào (no form): nội dung được nhận từ bản giấy, không soạn ở đây."""

    status = 409


def _page_of(session: Session, seen: Sight, kept: Kept, visit: Visit, since: Flat) -> Draft:
    """What the page shows after an act: the facts have moved."""
    return pages.draft(session, draft_facts.facts(session, seen, visit.by), kept, visit, since)


def _page(
    session: Session, found: Facts, kept: Kept, visit: Visit, status: int = 200, *, insists: bool = False
) -> HTMLResponse:
    """The page of a draft: as it is saved, or where two clash."""
    made = pages.draft(session, found, kept, visit)
    return _answer(made, visit, status, insists=insists or status != 200)


def _answer(
    made: Draft, visit: Visit, status: int = 200, *, insists: bool = True, **told: bool | DonDocError
) -> HTMLResponse:
    """The page. `told`: the `error` that refused, `presenting`, `blocked` by the checks, `just_saved`."""
    access = draft_facts.access(made.facts, visit, insists)
    nothing = {"error": None, "presenting": False, "blocked": False, "just_saved": False}
    return visit.page("draft/page.html", status, draft=made, facts=made.facts, access=access, **{**nothing, **told})


def _refused(session: Session, found: Facts, sent: Sent, visit: Visit, error: DonDocError) -> HTMLResponse:
    """What was typed stays on the page, with why it could not be kept."""
    assert found.form is not None
    kept = stored(session, found.id, found.form)
    mine = Kept(sent.sheet, kept.heard, kept.content, sent.version, False)
    return _answer(pages.draft(session, found, mine, visit), visit, error.status, error=error)


def _present(session: Session, made: Draft, said: dict[str, str], visit: Visit) -> Response:
    """Put up for signature, where nothing that keeps a signature away stands on the page."""
    if made.must:
        return _answer(made, visit, 422, blocked=True)
    # A form without the step that it was made at is as stale as an old one.
    seq, to_office = _number(said.get("seq")) or 0, _number(said.get("to_office"))
    _taken, error = tried(session, lambda: drafting.present(
        session, made.facts.id, visit.me.actor, visit.now, seq=seq, to_office=to_office))  # fmt: skip
    if error is not None:
        return _answer(made, visit, error.status, error=error, presenting=True)
    return visit.back_to(f"/van-ban/{made.facts.id}", visit.say(_("Đã trình ký.")))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 12 else None


def _told(made: Draft, visit: Visit, whole: bool) -> dict[str, Any]:
    """What is sent back while one types; `whole`: with every part that holds fields, for they have changed."""
    kept = made.kept
    known = {"draft": made, "facts": made.facts, "access": draft_facts.access(made.facts, visit, True)}
    told: dict[str, Any] = {
        "version": kept.version, "base": json.dumps(kept.base, ensure_ascii=False), "said": _saved_words(made, visit),
        "unread": sorted(kept.heard.unread), "notes": pages.notes(made), "sums": pages.sums(made),
        "filled": {grid.id: grid.filled for grid in made.grids},
        "parts": {"steps": visit.part("draft/steps.html", **known), "checks": visit.part("draft/checks.html", **known)},
    }  # fmt: skip
    if whole:
        told["parts"]["fields"] = visit.part("draft/fields.html", **known)
        told["came"] = made.came
    if kept.clashes:
        told["parts"]["clash"] = visit.part("draft/clash.html", **known)
        told["said"] = visit.say(_("Có người khác vừa lưu, xin chọn ở bảng đối chiếu"))
    return told


def _saved_words(made: Draft, visit: Visit) -> str:
    words = visit.say(_("Đã lưu nháp %(at)s")) % {"at": clock(made.facts.saved_at or visit.now)}
    if made.kept.heard.unread:
        words += ", " + visit.say(_("còn %(n)s ô chưa đọc được")) % {"n": len(made.kept.heard.unread)}
    if made.kept.came:
        words += ". " + visit.say(_("Đã gộp %(n)s chỗ %(who)s vừa sửa")) % {
            "n": len(made.came), "who": made.facts.saved_name or "",
        }  # fmt: skip
    return words


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence
