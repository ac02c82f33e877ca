"""People and the offices they hold: added and given by an administrator, for his part of the tree."""

from typing import Annotated

from fastapi import APIRouter, Query

from api import administering, lists
from api.auth import Access, Acting, SignedIn, allowed
from api.deps import Id, InTransaction, Now, Page
from api.idempotency import OnceOnly
from api.routes.units import AsOf
from api.schemas.base import PageOf
from api.schemas.people import HeldOut, MeOut, OfficeEnd, OfficeIn, PersonIn, PersonOut
from states import offices
from states.offices import NewOffice
from states.periods import local_day

router = APIRouter(tags=["people"])


@router.get("/me", summary="Who I am, and my offices today", dependencies=[allowed(Access.SIGNED_IN)])
def read_me(session: InTransaction, me: SignedIn, at: Now) -> MeOut:
    """The offices that may be named in the header `Dondoc-Office`."""
    held = offices.of_person(session, me.id, local_day(at))
    return MeOut(person=PersonOut.of(lists.person(session, me.id)), offices=HeldOut.all(held))


@router.post("/people", summary="Add a person", status_code=201, dependencies=[allowed(Access.ADMIN)])
def add_person(new: PersonIn, session: InTransaction, once: OnceOnly) -> PersonOut:
    """He can do nothing until he is given an office and a token."""
    person = offices.add_person(session, new.full_name, email=new.email, phone=new.phone)
    return once.keep(PersonOut(id=person, **new.model_dump()))


@router.get("/people", summary="Find people by name", dependencies=[allowed(Access.ADMIN | Access.AUDITOR)])
def find_people(
    session: InTransaction, page: Page, name: Annotated[str, Query(max_length=200)] = ""
) -> PageOf[PersonOut]:
    """In the order in which they were added."""
    found = lists.people(session, name, page.after, page.limit + 1)
    more = found[page.limit - 1]["id"] if len(found) > page.limit else None
    return PageOf(items=PersonOut.all(found[: page.limit]), next=more)


@router.get("/people/{person_id}/offices", summary="The offices that a person holds on a day",
            dependencies=[allowed(Access.OFFICE)])  # fmt: skip
def read_offices_of_person(person_id: Id, session: InTransaction, by: Acting, day: AsOf = None) -> list[HeldOut]:
    """Offices are public within the program: who signs for whom is on every paper."""
    return HeldOut.all(offices.of_person(session, person_id, day or by.day))


@router.get("/units/{unit_id}/offices", summary="Who sits where in a unit on a day",
            dependencies=[allowed(Access.OFFICE)])  # fmt: skip
def read_offices_of_unit(unit_id: Id, session: InTransaction, by: Acting, day: AsOf = None) -> list[HeldOut]:
    """Seats, titles, authorities, mandates."""
    return HeldOut.all(offices.of_unit(session, unit_id, day or by.day))


@router.post("/offices", summary="Give an office", status_code=201, dependencies=[allowed(Access.ADMIN)])
def give_office(new: OfficeIn, session: InTransaction, by: Acting, once: OnceOnly) -> HeldOut:
    """Rows are never edited: an office that changes ends, and another begins."""
    administering.check_unit(session, new.unit_id, by)
    administering.check_person(session, new.person_id, by)
    given = offices.give(session, NewOffice(**new.model_dump()))
    return once.keep(HeldOut.of(lists.office(session, given)))


@router.post("/offices/{office_id}/end", summary="End an office with a day", dependencies=[allowed(Access.ADMIN)])
def end_office(office_id: Id, ending: OfficeEnd, session: InTransaction, by: Acting, once: OnceOnly) -> HeldOut:
    """What was done in it stays as it was."""
    administering.check_office(session, office_id, by)
    offices.end(session, office_id, ending.last_day)
    return once.keep(HeldOut.of(lists.office(session, office_id)), 200)
