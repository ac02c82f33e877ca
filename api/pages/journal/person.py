"""Everything that a person signed, each with the office and mandate by which he did at that moment."""

from collections import Counter
from datetime import date

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.auth import Access, NotForYou, allowed
from api.deps import Id, InTransaction
from api.lists import NoSuchPerson
from api.pages import typed
from api.pages.journal import names as journal_names
from api.pages.shell import Visiting
from states.reading.audit import signed_by

router = APIRouter(prefix="/nhat-ky")
PAGE = 50


@router.get("/nguoi/{person_id}", dependencies=[allowed(Access.AUDITOR | Access.LEADER)])
def signed(
    person_id: Id, visit: Visiting, session: InTransaction, tu: str = "", den: str = "", trang: str = "1"
) -> HTMLResponse:
    """This year unless other days are named; a leader asks about himself."""
    if visit.seat != "auditor" and visit.me.person_id != person_id:
        raise NotForYou(seat=visit.seat, wanted="auditor")
    name = journal_names.of(session, person_id, None, None, "/")["person"]
    if not name.more and name.name == str(person_id):
        raise NoSuchPerson(person=person_id)
    first, last = _range(tu, den, visit.by.day)
    found = list(reversed(signed_by(session, person_id, first, last)))
    page, pages = min(typed.number(trang) or 1, max(1, -(-len(found) // PAGE))), max(1, -(-len(found) // PAGE))
    offices = Counter((one.authority, one.office, one.office_unit, one.mandate) for one in found)
    return visit.page(
        "journal/person.html", name=name, first=first, last=last, total=len(found), offices=offices.most_common(),
        voided=sum(one.voided for one in found), shown=found[(page - 1) * PAGE : page * PAGE], at=page, pages=pages,
        itself=visit.me.person_id == person_id,
    )  # fmt: skip


def _range(first: str, last: str, today: date) -> tuple[date, date]:
    end = typed.day(last) or today
    begin = typed.day(first) or end.replace(month=1, day=1)
    return min(begin, end), max(begin, end)
