"""What stands around every answer and every act of a browser: the headers, and no act from another site.

An act (POST, PUT, ...) that carries a cookie is only taken from our own pages: the browser says so itself
(Sec-Fetch-Site), an older one by Origin. Scripts run by a nonce that is new with each answer; nothing else is
fetched from anywhere but here.
"""

import secrets
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.pages.errors import for_whom_it_is
from api.problems import problem
from states.errors import Refused

POLICY = (
    "default-src 'none'; object-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "manifest-src 'self'"
)
Header = tuple[bytes, bytes]
_SAFE = ("GET", "HEAD", "OPTIONS")
_MORE = "dondoc.guard"
_HEADERS = (
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)


class FromElsewhere(Refused):
    """Yêu cầu đến từ một trang khác (the request comes from another site): open the page here and act there."""


class Guard:
    """Refuses acts from other sites and gives each answer its headers."""

    def __init__(self, app: ASGIApp, *, https: bool = False) -> None:
        self.app, self.https = app, https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        scope["nonce"] = secrets.token_urlsafe(16)
        scope[_MORE] = self._more(scope["nonce"])
        answer = _headed(send, scope[_MORE])
        if scope["method"] not in _SAFE and _from_elsewhere(dict(scope["headers"])):
            refused = FromElsewhere()
            shown = for_whom_it_is(Request(scope), problem(refused), refused)
            return await shown(scope, receive, answer)
        await self.app(scope, receive, answer)

    def _more(self, nonce: str) -> list[Header]:
        more = [*_HEADERS, (b"content-security-policy", POLICY.format(nonce=nonce).encode())]
        return [*more, (b"strict-transport-security", b"max-age=31536000; includeSubDomains")] if self.https else more


def guarded(answer: Response, scope: Scope) -> Response:
    """An answer that goes out beside the guard, with the guard's headers: what fails unexpectedly (500) does so."""
    for name, value in scope.get(_MORE, ()):
        answer.headers.setdefault(name.decode(), value.decode())
    return answer


def _headed(send: Send, more: list[Header]) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            there = {name for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *(one for one in more if one[0] not in there)]
        await send(message)

    return answer


def _from_elsewhere(headers: dict[bytes, bytes]) -> bool:
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site not in (b"same-origin", b"none")
    origin = headers.get(b"origin")
    if origin is not None:
        return _host_of(origin.decode("latin-1")) != headers.get(b"host", b"").decode("latin-1")
    # A browser says one of the two with every act; a program that has no cookie needs neither.
    return b"cookie" in headers


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # no browser says such a thing
        return None
