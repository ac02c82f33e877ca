"""Refusals and failures as `application/problem+json` (RFC 9457), mapped once from the one family of errors.

Nothing that was sent is echoed, nothing of our insides is shown: an answer can always be written.
"""

import logging
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from psycopg import errors as pg
from rfc8785 import CanonicalizationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.exceptions import HTTPException

from api import logs
from states.connecting import Busy
from states.errors import Conflict, DonDocError, Invalid, NotFound, Reason, Refused, StartupError

log = logging.getLogger("dondoc.api")
MEDIA_TYPE = "application/problem+json"
_RETRY_SECONDS = "2"


class Nowhere(NotFound):
    """Không có địa chỉ này (no such address or method): see /docs, or the page Today, for what there is."""


NOWHERE = Nowhere().message
"""What a path or method is answered that nobody made."""


class NotAsDescribed(Invalid):
    """Yêu cầu không đúng dạng (the request is not as the API describes it): see the reasons, then /docs."""


class KeptAsWritten(Conflict):
    """Điều này đã được ghi và không sửa được (what was written stays): read it again, then append instead."""


class WallSaysNo(Refused):
    """Cơ sở dữ liệu không nhận việc này từ vị trí của bạn (the database does not take this from your office): choose
    the office in which you work on this document.
    """


class AlreadyThere(Conflict):
    """Đã có một dòng như vậy (this is there already): read what there is, then decide."""


class RefersToNothing(Invalid):
    """Yêu cầu nêu một đối tượng không có (something that is named does not exist): check the numbers you sent."""


class Unavailable(StartupError):
    """Máy chủ chưa sẵn sàng (the database does not answer at this moment): try again in a minute."""


class NotKeepable(Invalid):
    """Một giá trị không lưu được (a value can't be kept as it is): check lengths, days and numbers you sent."""


def problem(error: DonDocError) -> JSONResponse:
    """The answer for an error of the family; what ails the machine is for its keeper, in the log."""
    if isinstance(error, StartupError) and not isinstance(error, Unavailable):
        log.error("%s", error.message)
        error = Unavailable()
    body: dict[str, Any] = {
        "type": f"urn:dondoc:problem:{error.code}",
        "title": error.code.replace("-", " ").capitalize(),
        "status": error.status,
        "detail": error.message,
        "code": error.code,
        "reasons": [{"place": r.place, "message": r.message, "remedy": r.remedy} for r in error.reasons],
    }
    if isinstance(error, Conflict) and error.present is not None:
        body["present"] = jsonable_encoder(error.present)
    return _answer(body, error.status)


Shown = Callable[[Request, JSONResponse, Exception], Response]


def install(app: FastAPI, shown: Shown = lambda _, answer, __: answer) -> None:
    """Have the app answer every refusal and failure as a problem, `shown` to whom it is for (a page, or JSON)."""
    handlers: dict[type[Exception], Callable[[Request, Any], JSONResponse]] = {
        DonDocError: lambda request, error: problem(_noted(request, error)),
        RequestValidationError: lambda _, error: problem(NotAsDescribed(reasons=_places(error.errors()))),
        CanonicalizationError: lambda _, error: problem(NotKeepable()),
        DBAPIError: lambda _, error: problem(_of_database(error)),
        NoConnection: lambda _, error: problem(Busy()),
        HTTPException: _of_framework,
        Exception: _unexpected,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, _showing(handler, shown))


def _noted(request: Request, error: DonDocError) -> DonDocError:
    if error.status in (401, 403, 429):
        logs.refused(request, error.status, error.code)
    return error


def _showing(handler: Callable[[Request, Any], JSONResponse], shown: Shown) -> Callable[[Request, Any], Response]:
    return lambda request, error: shown(request, handler(request, error), error)


def _places(errors: Sequence[Any]) -> list[Reason]:
    """Where the request differs from its description, and how; never what stood there."""
    return [Reason(".".join(map(str, error["loc"])), error["msg"]) for error in errors]


def _of_database(error: DBAPIError) -> DonDocError:
    """What a key said, in words. What is no key's word is our own fault and stays an unexpected error."""
    if isinstance(error.orig, pg.InsufficientPrivilege) and "row-level security" in str(error.orig):
        log.error("the second wall refused what the first let pass: %s", error.orig)
        return WallSaysNo()
    for kinds, words in _KEYS:
        if isinstance(error.orig, kinds):
            log.info("%s: %s", words.__name__, error.orig)
            return words()
    raise error


def _of_framework(_: Request, error: HTTPException) -> JSONResponse:
    """What the framework refuses itself: no such path, no such method."""
    status = HTTPStatus(error.status_code)
    code = status.phrase.lower().replace(" ", "-")
    detail = NOWHERE if status.value in (404, 405) else status.description
    body: dict[str, Any] = {"type": f"urn:dondoc:problem:{code}", "title": status.phrase, "status": status.value,
                            "detail": detail, "code": code, "reasons": []}  # fmt: skip
    return _answer(body, status.value, dict(error.headers or {}))


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    log.error("unexpected at %s %s", request.method, request.url.path, exc_info=error)
    detail = "Lỗi ngoài dự kiến, đã ghi lại (something unexpected, it is in the log): nothing was changed; try again."
    return _answer({"type": "about:blank", "title": "Internal error", "status": 500, "detail": detail,
                    "code": "internal-error", "reasons": []}, 500)  # fmt: skip


def _answer(body: dict[str, Any], status: int, headers: dict[str, str] | None = None) -> JSONResponse:
    more = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": _RETRY_SECONDS}}.get(status, {})
    return JSONResponse(body, status, headers={**(headers or {}), **more}, media_type=MEDIA_TYPE)


# The first that fits; a serious failure of the server is in none of them.
_KEYS: tuple[tuple[tuple[type[Exception], ...], type[DonDocError]], ...] = (
    ((pg.UniqueViolation, pg.ExclusionViolation), AlreadyThere),
    ((pg.ForeignKeyViolation,), RefersToNothing),
    ((pg.InsufficientPrivilege,), KeptAsWritten),
    ((pg.IntegrityError, pg.DataError), NotKeepable),
    ((pg.QueryCanceled, pg.LockNotAvailable, pg.DeadlockDetected, pg.SerializationFailure), Busy),
)
