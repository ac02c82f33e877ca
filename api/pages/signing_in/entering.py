"""What happens when somebody has shown who he is: his older session ends, his language is spoken, he goes on."""

from urllib.parse import urlencode

from fastapi.responses import RedirectResponse
from sqlmodel import Session

from api import browser
from api.auth import cookie_name
from api.pages.plain import Plain
from api.pages.shell import inside
from states import offices, preferences, sessions
from states.periods import local_day
from states.sessions import Opened


def welcome(looking: Plain, session: Session, opened: Opened, den: str) -> RedirectResponse:
    """On to where he wanted; this browser's older session ends, and his language is spoken."""
    machine, web = looking.machine, opened.web
    older = looking.request.cookies.get(cookie_name(machine))
    before = sessions.find(session, older, looking.now) if older else None
    if before is not None:
        sessions.end(session, before.person_id, before.id, looking.now)
    several = web.office_id is None and len(offices.of_person(session, web.person_id, local_day(looking.now))) > 1
    where = onward(den)
    answer = RedirectResponse(after("/vi-tri", where) if several else where, 303)
    browser.let_in(answer, opened, machine)
    chosen = preferences.all_of(session, web.person_id)
    if chosen["language"] != preferences.CHOICES["language"].default:
        browser.speak(answer, chosen["language"])
    if chosen["density"] != preferences.CHOICES["density"].default:
        browser.space(answer, chosen["density"])
    return answer


def onward(den: str) -> str:
    """Where one goes on: a page of ours that is no part of signing in."""
    path = inside(den)
    return "/" if path.startswith("/dang-") else path


def after(path: str, den: str) -> str:
    """A page on the way to another one."""
    return f"{path}?{urlencode({'den': den})}" if den != "/" else path
