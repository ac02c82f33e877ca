"""Nhận văn bản: the papers that came to a unit, and the way in for more."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, BackgroundTasks, Depends, Query
from fastapi.responses import HTMLResponse
from sqlalchemy import Engine
from sqlmodel import Session
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from api import deps
from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages.incoming.reading import PATIENCE, read_all
from api.pages.shell import Visit, Visiting, tried
from api.pages.typed import Sent
from documents.reading import limits
from documents.receiving import TakenIn, take_in
from states.errors import DonDocError
from states.reading import incoming

router = APIRouter()
HERE = Access.CLERK | Access.DRAFTER
MOST_FILES = 50
OfDatabase = Annotated[Engine, Depends(deps.engine)]


@dataclass(frozen=True)
class Asked:
    """What the list is asked for."""

    done: bool
    words: str
    outcome: str
    page: int

    def href(self, **other: object) -> str:
        """The same with something else."""
        asked = {"xong": "1" if self.done else "", "tim": self.words, "ket-qua": self.outcome,
                 "trang": self.page if self.page > 1 else "", **other}  # fmt: skip
        return "/nhan?" + urlencode({name: value for name, value in asked.items() if value})


@router.get("/nhan", dependencies=[allowed(HERE)])
def show(
    visit: Visiting, session: InTransaction, tim: Annotated[str, Query(max_length=200)] = "",
    xong: Annotated[str, Query(max_length=1)] = "", ket_qua: Annotated[str, Query(alias="ket-qua", max_length=20)] = "",
    trang: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> HTMLResponse:  # fmt: skip
    """The papers that wait, or those that are done."""
    return _page(session, visit, Asked(xong == "1", tim.strip(), ket_qua, trang))


@router.post("/nhan", dependencies=[allowed(HERE)])
def upload(
    visit: Visiting, session: InTransaction, engine: OfDatabase, form: Sent, afterwards: BackgroundTasks
) -> Response:
    """Keep each file at once; they are read after the answer has gone out."""
    files = _read(form)
    if not files:
        return _page(session, visit, Asked(False, "", "", 1), 422, [("", visit.say(_("Chưa chọn tệp nào.")))])
    if len(files) > MOST_FILES:
        words = visit.say(_("Mỗi lần gửi nhiều nhất %d tệp.")) % MOST_FILES
        return _page(session, visit, Asked(False, "", "", 1), 422, [("", words)])
    taken, refused = _taken(session, visit, files)
    fresh = [one.id for one in taken if one.new]
    if fresh:
        afterwards.add_task(read_all, engine, fresh, visit.now)
    if refused:
        status = 422 if not taken else 200
        return _page(session, visit, Asked(False, "", "", 1), status, refused, taken)
    if len(taken) == 1:
        words = _("Đã giữ tệp «%(name)s»; đang đọc.") if fresh else _("Tệp «%(name)s» đã có ở đây từ trước.")
        return visit.back_to(f"/nhan/{taken[0].id}", visit.say(words) % {"name": taken[0].name})
    words = visit.say(_("Đã giữ %(new)s tệp mới; %(old)s tệp đã có từ trước."))
    return visit.back_to("/nhan", words % {"new": len(fresh), "old": len(taken) - len(fresh)})


def _read(form: FormData) -> list[tuple[str, bytes]]:
    """The files that were sent, by name; a field without a file is none. More than allowed is not read."""
    found = []
    for one in form.getlist("tep"):
        if isinstance(one, UploadFile):
            with one.file:
                found.append((one.filename or "", one.file.read(limits.FILE + 1)))
    return [one for one in found if one[0]]


def _taken(
    session: Session, visit: Visit, files: list[tuple[str, bytes]]
) -> tuple[list[TakenIn], list[tuple[str, str]]]:
    """What was kept, and for each other file its sentence."""
    taken, refused = list[TakenIn](), list[tuple[str, str]]()
    for name, data in files:
        kept, error = tried(session, partial(_keep, session, visit, name, data))
        if error is None:
            taken.append(kept)
        else:
            refused.append((name, _sentence(error, visit)))
    return taken, refused


def _keep(session: Session, visit: Visit, name: str, data: bytes) -> TakenIn:
    return take_in(session, visit.me.unit_id, name, data, "upload", visit.me.actor, visit.now)


def _sentence(error: DonDocError, visit: Visit) -> str:
    return error.said(visit.say)


def _page(
    session: Session, visit: Visit, asked: Asked, status: int = 200, refused: list[tuple[str, str]] | None = None,
    taken: list[TakenIn] | None = None,
) -> HTMLResponse:  # fmt: skip
    rows, more = incoming.papers(session, visit.me.unit_id, done=asked.done, words=asked.words,
                                 outcome=asked.outcome if asked.done else "", page=asked.page)  # fmt: skip
    waiting, done = incoming.counts(session, visit.me.unit_id)
    reading = [one.id for one in rows if not one.read and visit.now - one.arrived_at < PATIENCE]
    facts = {"asked": asked, "rows": rows, "more": more, "waiting": waiting, "done": done, "reading": reading,
             "refused": refused or [], "taken": taken or [], "most": limits.FILE // limits.MEGA,
             "most_files": MOST_FILES, "outcomes": OUTCOMES}  # fmt: skip
    if visit.partial:
        return HTMLResponse(visit.part("incoming/rows.html", **facts))
    return visit.page("incoming/list.html", status, **facts)


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


OUTCOMES = {"draft": _("Đã đưa vào dự thảo"), "registered": _("Đã đăng ký, ký ngoài hệ thống"),
            "put_aside": _("Để sang một bên")}  # fmt: skip
"""What became of a paper, in words."""
