"""The browser's part of a session: the cookie that is set and taken away, and what we note of the browser."""

from fastapi import Request, Response

from api.auth import cookie_name, is_https
from api.pages import language
from states.sessions import Opened
from states.settings import Settings

_YEAR = 365 * 24 * 3600


def let_in(answer: Response, opened: Opened, machine: Settings) -> None:
    """Give the browser the session's secret, until it is closed or the session ends."""
    put(answer, cookie_name(machine), opened.secret, machine)


def let_out(answer: Response, machine: Settings) -> None:
    """Take the secret away, and whatever the browser kept of the pages. The next person chooses his own language."""
    drop(answer, cookie_name(machine), machine)
    for name in (language.COOKIE, DENSITY):
        answer.delete_cookie(name, path="/", samesite="lax")
    answer.headers["Clear-Site-Data"] = '"cache"'


def put(answer: Response, name: str, value: str, machine: Settings, max_age: int | None = None) -> None:
    """A cookie that no script reads and that no other site's act carries."""
    answer.set_cookie(name, value, max_age=max_age, path="/", secure=is_https(machine), httponly=True, samesite="lax")


def drop(answer: Response, name: str, machine: Settings) -> None:
    """Take a cookie of `put` away."""
    answer.delete_cookie(name, path="/", secure=is_https(machine), httponly=True, samesite="lax")


def speak(answer: Response, chosen: str) -> None:
    """The language of the pages in this browser, from now on."""
    answer.set_cookie(language.COOKIE, chosen, max_age=_YEAR, path="/", samesite="lax", httponly=True)


def space(answer: Response, chosen: str) -> None:
    """How close the lines of tables stand in this browser."""
    answer.set_cookie(DENSITY, chosen, max_age=_YEAR, path="/", samesite="lax", httponly=True)


DENSITY = "dondoc-density"


def agent(request: Request) -> str:
    """What the browser calls itself."""
    return request.headers.get("user-agent", "")


def address(request: Request) -> str:
    """The address of whoever speaks to us; behind a proxy uvicorn puts the client's in its place (--proxy-headers)."""
    return request.client.host if request.client else ""
