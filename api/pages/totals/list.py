"""Bảng tổng hợp: every total of my unit and of those below that I may see, by plan and level."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages.shell import Visiting
from api.pages.totals import listed as totals_listed
from api.pages.totals.listed import Listed
from states.names import search_form

router = APIRouter()
PAGE = 5


@router.get("/tong-hop", dependencies=[allowed(Access.OFFICE)])
def totals(
    visit: Visiting, session: InTransaction,
    before: Annotated[int | None, Query(alias="truoc", ge=1, le=2**63 - 1)] = None,
    words: Annotated[str, Query(alias="tim", max_length=100)] = "",
    only: Annotated[str, Query(alias="chi", max_length=8)] = "",
) -> HTMLResponse:  # fmt: skip
    """The newest plans first; `tim` and `chi=cu` (old ones) narrow the list within each plan."""
    found = totals_listed.plans(session, visit.by, before, PAGE)
    wanted = search_form(words)

    def shown(one: Listed) -> bool:
        return wanted in search_form(one.unit) and (only != "cu" or one.stale > 0)

    plans = [one.only(shown) for one in found[:PAGE]]
    if words.strip() or only:  # a plan in which nothing is found needs no card of its own
        plans = [one for one in plans if one.levels]
    older = found[PAGE - 1].id if len(found) > PAGE else None
    return visit.page(
        "totals/list.html",
        plans=plans,
        words=words,
        only=only,
        any=bool(found),
        first=_href(words, only) if before else "",
        older=_href(words, only, older) if older else "",
    )


def _href(words: str, only: str, before: int | None = None) -> str:
    asked = {"tim": words, "chi": only, "truoc": before}
    return "/tong-hop?" + urlencode({name: value for name, value in asked.items() if value})
