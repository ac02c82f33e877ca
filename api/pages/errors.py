"""Refusals and failures as pages, for whoever asked for a page; the same words as the API's problems.

Whoever is not signed in is sent to sign in and back. The page needs no database: it may be what failed.
"""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from api.auth import NotForYou
from api.pages import language
from api.pages.rendering import html
from api.pages.shell import inside
from api.pages.vocabulary import SEATS
from api.problems import NOWHERE
from states.errors import DonDocError, StartupError

_ICONS = {401: "lock", 403: "lock", 404: "search", 409: "refresh", 413: "upload", 422: "alert-triangle",
          429: "hourglass", 503: "hourglass"}  # fmt: skip


def for_whom_it_is(request: Request, answer: JSONResponse, error: Exception) -> Response:
    """The problem itself, or the page that says it, in the reader's language, where a page was asked for."""
    if not wants_page(request):
        return answer
    if answer.status_code == 401:
        return _to_sign_in(request)
    told: dict[str, Any] = json.loads(bytes(answer.body))
    if told["code"] in _FIRST:
        return _to(request, _FIRST[told["code"]], _wanted(request))
    chosen = language.chosen(request)
    say = language.say(chosen)
    status = answer.status_code
    if told["reasons"] and all(why["place"].startswith("path.") for why in told["reasons"]):
        status, told = 404, {**told, "detail": NOWHERE, "reasons": []}  # an address nobody gave out
        error = LookupError(NOWHERE)
    facts = {
        "status": status, "title": say(_TITLES.get(status, _TITLES[500])),
        "detail": _detail(error, told["detail"], say), "reasons": told["reasons"],
        "icon": _ICONS.get(status, "alert-triangle"),
        "back": _came_from(request), "nonce": str(request.scope.get("nonce", "")),
    }  # fmt: skip
    part = request.headers.get("hx-request") == "true"
    page = html("errors/part.html" if part else "errors/page.html", chosen, status, **facts)
    for name in ("retry-after",):
        if name in answer.headers:
            page.headers[name] = answer.headers[name]
    return page


def _detail(error: Exception, detail: str, say: Callable[[str], str]) -> str:
    """What ails the machine is for its keeper: the answer's own words stand in its place."""
    if isinstance(error, NotForYou):
        wanted = [say(SEATS.get(one, one)) for one in str(error.fields["wanted"]).split(", ")]
        return NotForYou(seat=say(SEATS[str(error.fields["seat"])]), wanted=", ".join(wanted)).said(say)
    ours = isinstance(error, DonDocError) and not isinstance(error, StartupError)
    return error.said(say) if ours and isinstance(error, DonDocError) else say(detail)


def wants_page(request: Request) -> bool:
    """Whether a browser asks for a page (or a part of one), and not a program for JSON."""
    return "text/html" in request.headers.get("accept", "")


def _to_sign_in(request: Request) -> Response:
    return _to(request, "/dang-nhap", _wanted(request))


def _wanted(request: Request) -> str:
    """The page that was asked for, or from which somebody acted: where he goes on afterwards."""
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return asked if request.method == "GET" else _came_from(request) or "/"


def _to(request: Request, path: str, wanted: str) -> Response:
    where = f"{path}?den={quote(wanted, safe='/')}" if wanted != "/" else path
    if request.headers.get("hx-request") == "true":
        return Response(status_code=204, headers={"HX-Redirect": where})
    return RedirectResponse(where, 303)


def _came_from(request: Request) -> str | None:
    """The page of ours that the request came from, if it says one."""
    try:
        said = urlsplit(request.headers.get("referer", ""))
    except ValueError:  # no browser says such an address
        return None
    if not said.path or said.netloc != request.url.netloc:
        return None
    return inside(said.path + (f"?{said.query}" if said.query else ""))


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


# What must be done first, at its own page, by the code of the refusal.
_FIRST = {"change-password-first": "/mat-khau", "second-factor-needed": "/ma-xac-nhan", "no-office": "/chua-co-vi-tri"}
_TITLES = {
    400: _("Yêu cầu chưa rõ"), 401: _("Cần đăng nhập"), 403: _("Việc này không dành cho bạn"),
    404: _("Không tìm thấy"), 405: _("Không có việc này"), 409: _("Đã có thay đổi trong lúc bạn xem"),
    413: _("Nội dung quá lớn"), 422: _("Chưa làm được"), 429: _("Thử lại sau ít phút"), 500: _("Máy chủ gặp lỗi"),
    503: _("Máy chủ đang bận"),
}  # fmt: skip
