"""Thiết lập: language, how close lines stand, of what one is told and when; the ways to what else may be set."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api import browser
from api.auth import Access, SignedIn, allowed
from api.deps import InTransaction
from api.pages.account.settings_words import GROUPS, VALUES
from api.pages.language import LANGUAGES
from api.pages.shell import Visiting
from states import preferences
from states.preferences import CHOICES, NOTICE, NOTICES

router = APIRouter()
OFFICE = [allowed(Access.OFFICE)]


async def chosen_fields(request: Request) -> dict[str, str]:
    """What the form says of preferences that there are."""
    form = await request.form()
    return {name: value for name, value in form.items() if name in CHOICES and isinstance(value, str)}


Chosen = Annotated[dict[str, str], Depends(chosen_fields)]


@router.get("/thiet-lap", dependencies=OFFICE)
def settings_page(visit: Visiting, session: InTransaction, me: SignedIn) -> HTMLResponse:
    """All preferences on one form."""
    groups = [(name, [(topic, *words, NOTICES[topic].values) for topic, words in topics]) for name, topics in GROUPS]
    return visit.page("settings/page.html", chosen=preferences.all_of(session, me.id), groups=groups, values=VALUES,
                      languages=LANGUAGES, notice=NOTICE)  # fmt: skip


@router.post("/thiet-lap", dependencies=OFFICE)
def keep_settings(visit: Visiting, session: InTransaction, me: SignedIn, chosen: Chosen) -> RedirectResponse:
    """Keep what was chosen; what the form leaves out stays. Raises `BadPreference`."""
    for name, value in chosen.items():
        preferences.put(session, me.id, name, value)
    answer = visit.back_to("/thiet-lap", visit.say(_("Đã lưu thiết lập.")))
    if "language" in chosen:
        browser.speak(answer, chosen["language"])
    if "density" in chosen:
        browser.space(answer, chosen["density"])
    return answer


@router.get("/thong-bao", dependencies=OFFICE)
def notices() -> RedirectResponse:
    """Where every mail's List-Unsubscribe leads."""
    return RedirectResponse("/thiet-lap#thong-bao", 303)


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence
