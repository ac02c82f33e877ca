"""Kế hoạch: the list of plans that one may see, with their deadlines and how much has come."""

from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages import typed
from api.pages.plans import facts as plans_facts
from api.pages.plans.facts import STATES, WHOSE, Wanted
from api.pages.shell import Visiting

router = APIRouter()


@router.get("/ke-hoach", dependencies=[allowed(Access.OFFICE)])
def plans(
    visit: Visiting, session: InTransaction, cua: str = "", tinh_trang: str = "", nam: str = "", trang: str = ""
) -> HTMLResponse:  # fmt: skip
    """Of one's own unit and from above, unless others are asked for."""
    wanted = Wanted(cua if cua in WHOSE else "", tinh_trang if tinh_trang in STATES else "",
                    typed.number(nam, 2200), typed.number(trang, 100_000) or 1)  # fmt: skip
    found = plans_facts.page(session, visit.by, wanted)

    def address(**other: object) -> str:
        asked = {"cua": wanted.whose, "tinh_trang": wanted.state, "nam": wanted.year or "", **other}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"/ke-hoach?{query}" if query else "/ke-hoach"

    return visit.page("plans/list.html", found=found, wanted=wanted, address=address, per_page=plans_facts.PER_PAGE,
                      drafts=visit.seat == "drafter", due=plans_facts.due)  # fmt: skip
