"""Refusals and failures as pages, for whoever asked for a page; the same words as the API's problems.

Whoever is not signed in is sent to sign in and back. The page needs no database: it may be what failed.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.responses import JSONResponse, RedirectResponse, Response

from api.auth import NotForYou
from api.pages import language, misread
from api.pages.beside import visit_if_any
from api.pages.rendering import html
from api.pages.shell import inside, nonce
from api.pages.vocabulary import SEATS
from api.problems import Nowhere
from states.errors import DonDocError, Reason, StartupError

_ICONS = {401: "lock", 403: "lock", 404: "search", 409: "refresh", 413: "upload", 422: "alert-triangle",
          429: "hourglass", 503: "hourglass"}  # fmt: skip
_WITH_RAIL = (403, 404, 405, 409, 422, 429)


def for_whom_it_is(request: Request, answer: JSONResponse, error: Exception) -> Response:
    """The problem itself, or the page that says it, in the reader's language, where a page was asked for."""
    if not wants_page(request):
        return answer
    if answer.status_code == 401:
        return _to_sign_in(request)
    told: dict[str, Any] = json.loads(bytes(answer.body))
    if told["code"] in _FIRST:
        return _to(request, _FIRST[told["code"]], _wanted(request))
    return _page(request, answer, error, told)


def _page(request: Request, answer: JSONResponse, error: Exception, told: Mapping[str, Any]) -> Response:
    chosen, status = language.chosen(request), answer.status_code
    say = language.say(chosen)
    if told["reasons"] and all(why["place"].startswith("path.") for why in told["reasons"]):
        status, error = 404, Nowhere()  # an address nobody gave out
    facts = {
        "status": status, "title": say(_TITLES.get(status, _TITLES[500])),
        "detail": _detail(error, _PLAIN.get(told["code"], told["detail"]), say), "reasons": _reasons(error, say),
        "icon": _ICONS.get(status, "alert-triangle"), "back": _came_from(request), "nonce": nonce(request),
        "request": request,
    }  # fmt: skip
    page = _shown(request, chosen, status, told["code"], facts)
    for name in ("retry-after",):
        if name in answer.headers:
            page.headers[name] = answer.headers[name]
    return page


def _shown(request: Request, chosen: str, status: int, code: str, facts: Mapping[str, Any]) -> Response:
    """The page; with the rail for whoever is signed in, unless the machine fails or another site sent the request."""
    if request.headers.get("hx-request") == "true":
        return html("errors/part.html", chosen, status, **facts)
    visit = visit_if_any(request) if status in _WITH_RAIL and code != "from-elsewhere" else None
    if visit is not None:
        return visit.page("errors/page.html", status, **facts)
    return html("errors/page.html", chosen, status, visit=None, **facts)


def _reasons(error: Exception, say: Callable[[str], str]) -> list[Reason]:
    if isinstance(error, RequestValidationError):
        return misread.reasons(error.errors(), say)
    return list(error.reasons) if isinstance(error, DonDocError) else []


def _detail(error: Exception, detail: str, say: Callable[[str], str]) -> str:
    """What ails the machine is for its keeper: the answer's own words stand in its place."""
    if isinstance(error, NotForYou):
        wanted = [say(SEATS.get(one, one)) for one in str(error.fields["wanted"]).split(", ")]
        return NotForYou(seat=say(SEATS[str(error.fields["seat"])]), wanted=", ".join(wanted)).said(say)
    if isinstance(error, RequestValidationError):
        return say(_MISREAD)
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


_MISREAD = _("Có chỗ không đọc được, và chưa có gì thay đổi. Sửa từng chỗ dưới đây rồi gửi lại.")
# What must be done first, at its own page, by the code of the refusal.
_FIRST = {"change-password-first": "/mat-khau", "second-factor-needed": "/ma-xac-nhan", "no-office": "/chua-co-vi-tri"}
# What programs are told in both languages at once.
_PLAIN = {"internal-error": _("Lỗi ngoài dự kiến, đã được ghi lại. Chưa có gì thay đổi; xin thử lại sau ít phút.")}
_TITLES = {
    400: _("Yêu cầu chưa rõ"), 401: _("Cần đăng nhập"), 403: _("Việc này không dành cho bạn"),
    404: _("Không tìm thấy"), 405: _("Không có việc này"), 409: _("Đã có thay đổi trong lúc bạn xem"),
    413: _("Nội dung quá lớn"), 422: _("Chưa làm được"), 429: _("Thử lại sau ít phút"), 500: _("Máy chủ gặp lỗi"),
    503: _("Máy chủ đang bận"),
}  # fmt: skip
