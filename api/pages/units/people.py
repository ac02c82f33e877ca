"""An administrator gives a person an office in a unit, ends one, keeps telephone and e-mail up to date."""

from datetime import date

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from api import administering, lists
from api.auth import Access, allowed
from api.deps import Id, InTransaction
from api.pages import one_time, typed
from api.pages.shell import Visit, Visiting, tried
from api.pages.typed import Reader, Sent
from api.pages.units import edits as unit_edits
from api.pages.units import facts as unit_facts
from api.pages.units import words as unit_words
from states import offices, units
from states.errors import DonDocError, NotFound
from states.lifecycle import Kind
from states.offices import NewOffice

router = APIRouter()
_MOST_PEOPLE = 20


class NotOfThisUnit(NotFound):
    """Đơn vị này không có vị trí số {office} (no such office in this unit): open the unit's page again."""


@router.get("/don-vi/{unit_id}/giao", dependencies=[allowed(Access.ADMIN)])
def new_office(unit_id: Id, visit: Visiting, session: InTransaction) -> HTMLResponse:
    """The empty form."""
    administering.check_unit(session, unit_id, visit.by)
    return _form(visit, session, unit_id, FormData({"seat": "drafter", "valid_from": visit.by.day.isoformat()}))


@router.post("/don-vi/{unit_id}/giao", dependencies=[allowed(Access.ADMIN)])
def give(unit_id: Id, visit: Visiting, session: InTransaction, form: Sent) -> Response:
    """Looks a person up, or gives the office: to the person chosen, or to a new one."""
    administering.check_unit(session, unit_id, visit.by)
    if typed.words(form, "viec") == "tim":
        return _form(visit, session, unit_id, form)
    done, error = tried(session, lambda: _give(visit, session, unit_id, form))
    if error is not None:
        return _form(visit, session, unit_id, form, error)
    return visit.back_to(f"/don-vi/{unit_id}", visit.say("Đã giao vị trí cho %s.") % done)


@router.get("/don-vi/{unit_id}/vi-tri/{office_id}", dependencies=[allowed(Access.ADMIN)])
def office(unit_id: Id, office_id: Id, visit: Visiting, session: InTransaction) -> HTMLResponse:
    """One office of the unit: to be ended, its holder's telephone and e-mail to be kept."""
    return _office(visit, session, unit_id, office_id)


@router.post("/don-vi/{unit_id}/vi-tri/{office_id}/het", dependencies=[allowed(Access.ADMIN)])
def end(unit_id: Id, office_id: Id, visit: Visiting, session: InTransaction, form: Sent) -> Response:
    """End the office with a day, inclusive."""
    row = _own(visit, session, unit_id, office_id)

    def act() -> date:
        read = Reader(form, visit.say)
        last = read.day("last_day", visit.say("Chưa ghi ngày cuối cùng giữ vị trí."))
        read.done()
        assert last is not None
        offices.end(session, office_id, last)
        return last

    last, error = tried(session, act)
    if error is not None:
        return _office(visit, session, unit_id, office_id, error, form)
    words = visit.say("%(person)s thôi giữ vị trí «%(title)s» sau ngày %(day)s.")
    return visit.back_to(f"/don-vi/{unit_id}", words % {**row, "day": f"{last:%d/%m/%Y}"})


@router.post("/don-vi/{unit_id}/vi-tri/{office_id}/lien-he", dependencies=[allowed(Access.ADMIN)])
def contact(unit_id: Id, office_id: Id, visit: Visiting, session: InTransaction, form: Sent) -> Response:
    """Keep the holder's e-mail and telephone."""
    row = _own(visit, session, unit_id, office_id)

    def act() -> None:
        administering.check_person(session, row["person_id"], visit.by)
        unit_edits.change_contact(session, row["person_id"], email=typed.words(form, "email"),
                                  phone=typed.words(form, "phone"))  # fmt: skip

    _, error = tried(session, act)
    if error is not None:
        return _office(visit, session, unit_id, office_id, error, form)
    return visit.back_to(f"/don-vi/{unit_id}", visit.say("Đã lưu liên hệ của %s.") % row["person"])


def _give(visit: Visit, session: Session, unit_id: int, form: FormData) -> str:
    """The office given, once; returns the holder's name."""
    first, name = one_time.claim(session, visit.me.person_id, typed.words(form, "khoa"), visit.now)
    if not first:
        return str(name)
    read = Reader(form, visit.say)
    since = read.day("valid_from", visit.say("Chưa ghi ngày bắt đầu."))
    until = read.day("valid_to")
    title = read.words("title", visit.say("Chưa ghi chức vụ như ghi dưới chữ ký."))
    mandate = read.words("mandate")
    person = typed.number(typed.words(form, "person"))
    full_name = read.words("full_name", "" if person else visit.say("Chọn một người, hoặc ghi họ tên người mới."), 200)
    read.done()
    assert since is not None
    holder = person or _add(session, form, full_name)
    administering.check_person(session, holder, visit.by)
    offices.give(session, NewOffice(
        holder, unit_id, typed.words(form, "seat"), title, since, typed.words(form, "authority"),
        _listed(typed.words(form, "fields")), [one for one in typed.many(form, "kinds") if one in set(Kind)],
        mandate or None, _stands_for(session, unit_id, form), until))  # fmt: skip
    name = lists.person(session, holder)["full_name"]
    one_time.keep(session, visit.me.person_id, typed.words(form, "khoa"), name)
    return str(name)


def _add(session: Session, form: FormData, full_name: str) -> int:
    email, phone = typed.words(form, "email"), unit_edits.checked_phone(typed.words(form, "phone"))
    unit_edits.refuse_taken(session, email)
    return offices.add_person(session, full_name, email=email or None, phone=phone)


def _stands_for(session: Session, unit_id: int, form: FormData) -> int | None:
    """The office whose holder is absent meanwhile: one of the same unit."""
    named = typed.number(typed.words(form, "stands_for"))
    if named is not None and _office_of(session, named, unit_id) is None:
        raise NotOfThisUnit(office=named)
    return named


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\n", ",").replace(";", ",").split(",") if part.strip()]


def _form(
    visit: Visit, session: Session, unit_id: int, form: FormData, error: DonDocError | None = None
) -> HTMLResponse:  # fmt: skip
    look_for = typed.words(form, "tim")
    found = lists.people(session, look_for, 0, _MOST_PEOPLE) if look_for else []
    chosen = typed.number(typed.words(form, "person"))
    ids = [row["id"] for row in found]
    people = unit_edits.find_people(session, ids + ([chosen] if chosen and chosen not in ids else []), visit.by.day)
    return visit.page(
        "units/give.html", error.status if error else 200, place=units.get(session, unit_id), form=form, error=error,
        people=people, chosen=chosen, key=typed.words(form, "khoa") or one_time.new_key(),
        seated=unit_facts.seated(session, unit_id, visit.by.day), seats=offices.SEATS,
        authorities=unit_words.said(unit_words.AUTHORITIES, visit.say), fields=unit_facts.known_fields(session),
    )  # fmt: skip


def _office(
    visit: Visit, session: Session, unit_id: int, office_id: int, error: DonDocError | None = None,
    form: FormData | None = None,
) -> HTMLResponse:  # fmt: skip
    row = _own(visit, session, unit_id, office_id)
    return visit.page(
        "units/office.html", error.status if error else 200, place=units.get(session, unit_id), office=row,
        person=lists.person(session, row["person_id"]), error=error, form=form or FormData(),
        authorities=unit_words.said(unit_words.AUTHORITIES, visit.say),
    )  # fmt: skip


def _own(visit: Visit, session: Session, unit_id: int, office_id: int) -> lists.Row:
    """The office, of that unit and in the administrator's part of the tree."""
    administering.check_unit(session, unit_id, visit.by)
    row = _office_of(session, office_id, unit_id)
    if row is None:
        raise NotOfThisUnit(office=office_id)
    return row


def _office_of(session: Session, office_id: int, unit_id: int) -> lists.Row | None:
    """The office if the unit has it, whenever it is held."""
    there = session.connection().exec_driver_sql(_THERE, {"office": office_id, "unit": unit_id}).scalar()
    return lists.office(session, office_id) if there else None


_THERE = "SELECT EXISTS (SELECT FROM office WHERE id = %(office)s AND unit_id = %(unit)s AND seat <> 'clock')"
