"""Soạn công văn đôn đốc: a letter to the late units in sight, from the board; seen before it is taken away as a file.

It is written by the unit of whoever sits here. Nothing is sent and no document moves: the letter is signed, numbered
and sent as any other of the office. That it was written is noted beside the unit's own report, or the plan.
"""

import gzip
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages import typed
from api.pages.board.asked import AskedOf
from api.pages.board.facts import Facts, read
from api.pages.board.letter_sheets import packed, sheets, unpacked
from api.pages.board.words import WORDS
from api.pages.document.paper import NoSuchSheet
from api.pages.shell import Visit, Visiting, tried
from api.pages.typed import Reader, Sent
from api.seeing import SeenPlan
from documents.writing import chasing_letter, house
from documents.writing.chasing_letter import Letter, Plan, letter_paper, usual_text
from documents.writing.paper import Paper
from documents.writing.sheets import file_name
from documents.writing.typesetting import to_pdf
from documents.writing.word import MEDIA_TYPE as WORD
from documents.writing.word import to_word
from states import notes, offices
from states.days import calendar
from states.errors import DonDocError, NotFound, Reason
from states.notes import NotYoursToTalk
from states.offices import Held
from states.periods import local, vi_date
from states.reading.standings import Line

router = APIRouter(prefix="/ke-hoach")
_WRITING = Access.SUPERVISOR | Access.LEADER | Access.DRAFTER
_DAYS = 3
"""Working days until the new day that is proposed."""
_SHOWN = 4
"""Pages of the preview; the rest is in the file."""


class NobodyLate(NotFound):
    """Không có đơn vị nào quá hạn trong phạm vi này (nobody is late here): no letter is needed."""


@dataclass(frozen=True)
class Desk:
    """The form as it stands: who may sign, what is written, and what is to be changed."""

    letter: Letter
    leaders: list[Held]
    facts: Facts
    error: DonDocError | None = None
    typed: str = ""
    """What was typed, as it stands in the addresses of its pages."""


@router.get("/{plan_id:int}/cong-van", dependencies=[allowed(_WRITING)])
def form(seen: SeenPlan, asked: AskedOf, visit: Visiting, session: InTransaction) -> HTMLResponse:
    """The form with the usual words, and how its first page looks."""
    facts = read(session, seen, asked, visit.by, each=True)
    return _page(visit, _desk(session, visit, facts), 1)


@router.get("/{plan_id:int}/cong-van/trang/{number}.svg", dependencies=[allowed(_WRITING)])
def sheet(
    seen: SeenPlan, asked: AskedOf, visit: Visiting, session: InTransaction,
    number: Annotated[int, Path(ge=1, le=9999)], thu: Annotated[str, Query(max_length=60_000)] = "",
) -> Response:  # fmt: skip
    """One page of the letter as it was typed (`thu`), or as it is proposed."""
    facts = read(session, seen, asked, visit.by, each=True)
    desk = _desk(session, visit, facts, unpacked(thu))
    if desk.error:
        raise desk.error
    pages = sheets(letter_paper(desk.letter))
    if number > len(pages):
        raise NoSuchSheet(number=number)
    # Unpacked: what stands between packs it for whoever can read that.
    return Response(gzip.decompress(pages.page(number)), media_type="image/svg+xml",
                    headers={"Cache-Control": "private, max-age=60"})  # fmt: skip


@router.post("/{plan_id:int}/cong-van", dependencies=[allowed(_WRITING)])
def made(seen: SeenPlan, asked: AskedOf, visit: Visiting, session: InTransaction, form: Sent) -> Response:
    """The letter as it was edited: on the page again, or as a file."""
    facts = read(session, seen, asked, visit.by, each=True)
    desk = _desk(session, visit, facts, form)
    if desk.error is None:
        paper, error = tried(session, lambda: letter_paper(desk.letter))
        wanted = typed.words(form, "viec")
        if error is None and wanted in ("pdf", "word"):
            _note(session, visit, desk)
            return _file(paper, wanted, desk)
        desk = replace(desk, error=error)
    return _page(visit, desk, _SHOWN)


def _desk(session: Session, visit: Visit, facts: Facts, form: Sent | None = None) -> Desk:
    """The letter of this unit to the late ones below it, as far as the form says otherwise. Raises `NobodyLate`."""
    late = [line for line in facts.late if line.unit_id != visit.me.unit_id]
    if not late:
        raise NobodyLate()
    there = [line for line in facts.board.lines if line.expected and line.unit_id != visit.me.unit_id]
    body, symbol = house.issuer(session, visit.me.unit_id)
    leaders = [one for one in offices.of_unit(session, visit.me.unit_id, visit.by.day) if one.seat == "leader"]
    chosen, day, said, error = _typed(visit, form, leaders)
    of = facts.plan
    letter = Letter(
        body, house.house(session, visit.me.unit_id, visit.now),
        said.get("ky-hieu") or _usual_symbol(symbol, body.level), chosen,
        Plan(_about(of.title), of.number, of.dated, of.issuer), late, len(there),
        sum(line.received for line in there), day or calendar(session).add_working_days(visit.by.day, _DAYS), visit.now,
        said.get("noi-dung", ""), {line.document_id: facts.above(line) for line in late},
    )  # fmt: skip
    return Desk(letter, leaders, facts, error, packed(form))


def _typed(
    visit: Visit, form: Sent | None, leaders: list[Held]
) -> tuple[Held | None, date | None, dict[str, str], DonDocError | None]:
    """Signer, new day, symbol and text as they were chosen and typed; what is wrong with them."""
    usual = next((one for one in leaders if one.authority == "KT."), leaders[0] if leaders else None)
    if form is None:
        return usual, None, {}, None
    read_form = Reader(form, visit.say)
    day = read_form.day("han-moi", visit.say(_("Chọn hạn mới.")))
    if day is not None and day < visit.by.day:
        read_form.wrong.append(Reason("han-moi", visit.say(_("Hạn mới đã qua; chọn từ hôm nay trở đi."))))
    said = {"ky-hieu": read_form.words("ky-hieu", visit.say(_("Ghi ký hiệu, ví dụ UBND-VX.")), 30),
            "noi-dung": read_form.words("noi-dung", visit.say(_("Công văn chưa có nội dung.")),
                                        chasing_letter.LONGEST)}  # fmt: skip
    office = typed.number(typed.words(form, "nguoi-ky"))
    chosen = next((one for one in leaders if one.office_id == office), usual)
    old = typed.day(typed.words(form, "han-cu"))
    if old and day and old != day:  # the day stands in the text as well
        said["noi-dung"] = said["noi-dung"].replace(vi_date(old), vi_date(day))
    try:
        read_form.done()
    except DonDocError as error:
        return chosen, day, said, error
    return chosen, day, said, None


def _page(visit: Visit, desk: Desk, most: int) -> HTMLResponse:
    paper, error = _tried_paper(desk)
    pages = len(sheets(paper)) if paper else 0
    told = {
        **WORDS, "facts": desk.facts, "asked": desk.facts.asked, "letter": desk.letter, "leaders": desk.leaders,
        "text": desk.letter.text or usual_text(desk.letter), "error": error, "pages": min(pages, most),
        "more": pages - min(pages, most), "typed": desk.typed, "longest": chasing_letter.LONGEST,
        "errors": {one.place: one.message for one in error.reasons} if error else {},
    }  # fmt: skip
    return visit.page("board/letter.html", error.status if error else 200, **told)


def _tried_paper(desk: Desk) -> tuple[Paper | None, DonDocError | None]:
    """The paper, or why there is none."""
    if desk.error is not None:
        return None, desk.error
    try:
        return letter_paper(desk.letter), None
    except DonDocError as error:
        return None, error


def _file(paper: Paper, kind: str, desk: Desk) -> Response:
    made, media, ending = (to_word, WORD, "docx") if kind == "word" else (to_pdf, "application/pdf", "pdf")
    day = f"{local(desk.letter.at):%Y-%m-%d}"
    name = file_name("cong-van-don-doc", desk.facts.place.name, day, ending=ending)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return Response(made(paper), media_type=media, headers=headers)


def _note(session: Session, visit: Visit, desk: Desk) -> None:
    """Once for the same letter of one day, where this office may write: beside its own report, else the plan."""
    signer = f", người ký: {desk.letter.signer.person}" if desk.letter.signer else ""
    words = (f"Đã soạn công văn đôn đốc {len(desk.letter.late)} đơn vị, hạn mới {vi_date(desk.letter.new_day)}{signer} "
             "(chưa ký, chưa lấy số).")  # fmt: skip
    own: list[Line] = [line for line in desk.facts.board.lines if line.unit_id == visit.me.unit_id]
    for document in (*(line.document_id for line in own), desk.facts.plan.id):
        keys = {"document": document, "office": visit.me.office_id, "words": words, "now": visit.now}
        if session.connection().exec_driver_sql(_SAID, keys).scalar():
            return
        say = partial(notes.comment, session, document, words, visit.me.holder, visit.now)
        _nothing, error = tried(session, say)
        if not isinstance(error, NotYoursToTalk):
            return


def _usual_symbol(symbol: str, level: str) -> str:
    """Issuer and drafting unit: of a committee of the people by habit its part for culture and society (VX)."""
    return symbol if level == "body" else f"{symbol}-VX"


def _about(title: str) -> str:
    """A plan's title without its type word, which the citation says."""
    return title.removeprefix("Kế hoạch ")


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


_SAID = """
SELECT EXISTS (SELECT FROM note WHERE document_id = %(document)s AND office_id = %(office)s AND kind = 'comment'
                  AND words = %(words)s AND at > %(now)s - interval '1 day')
"""
