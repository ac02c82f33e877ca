"""An act that is said twice is done once: the header `Idempotency-Key` on whatever creates.

The key's row is written in the act's own transaction, before the act; another request with the same key waits for it
and then gets the stored answer. A refused act leaves no row, so the same key may be tried again.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Annotated, Any, TypeVar

from fastapi import Depends, FastAPI, Header, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from psycopg.types.json import Jsonb
from sqlmodel import Session

from api.auth import SignedIn
from api.deps import InTransaction, Now
from states.errors import Invalid

Body = TypeVar("Body")
_SECRET = "passphrase"


class KeyUsedOtherwise(Invalid):
    """Khóa Idempotency-Key này đã dùng cho một yêu cầu khác (the key belongs to another request): take a new one."""


class AnswerNotKept(RuntimeError):
    """A route took a key and did not keep its answer: a fault of the route."""


class Replayed(Exception):
    """The act was done before: here is the answer that it had."""

    def __init__(self, status: int, answer: str) -> None:
        self.status, self.answer = status, answer
        super().__init__(status)


class Once:
    """One act under its caller's key (or without one)."""

    def __init__(self, session: Session, person_id: int, key: str | None) -> None:
        self._session, self._person, self._key = session, person_id, key
        self.kept = key is None

    def keep(self, answer: Body, status: int = 201, *, stored: Any = None) -> Body:
        """Keep the answer with the act and give it back; `stored` where a part of it must not be kept (a secret)."""
        if self._key is not None:
            text = bytes(JSONResponse(jsonable_encoder(answer if stored is None else stored)).body).decode()
            # Kept as text: the keys of jsonb have an order of their own, and the same answer is the same bytes.
            keys = {"person": self._person, "key": self._key, "status": status, "answer": Jsonb(text)}
            self._session.connection().exec_driver_sql(_KEEP, keys)
            self.kept = True
        return answer


async def digest_of(request: Request) -> bytes:
    """SHA-256 over what makes two requests the same: method, address, office, body.

    Not the passphrase in it: its digest would be kept, for whoever reads the table to try words against.
    """
    office = request.headers.get("dondoc-office", "")
    head = "\n".join((request.method, request.url.path, request.url.query, office)).encode()
    return hashlib.sha256(head + b"\n" + without_secret(await request.body())).digest()


def without_secret(body: bytes) -> bytes:
    """The body, or where it bears a passphrase all of it but that."""
    try:
        said = json.loads(body) if _SECRET.encode() in body or b"\\" in body else None
    except ValueError:
        return body
    if not isinstance(said, dict) or _SECRET not in said:
        return body
    return json.dumps({**said, _SECRET: None}, sort_keys=True).encode()


def once(
    session: InTransaction, person: SignedIn, at: Now, digest: Annotated[bytes, Depends(digest_of)],
    key: Annotated[str | None, Header(alias="Idempotency-Key", pattern=r"^[\x21-\x7e]{1,200}$",
                                      description="the same key does the same act once")] = None,
) -> Iterator[Once]:  # fmt: skip
    """Claim the key. Raises `Replayed` with the answer it had, `KeyUsedOtherwise` for another request."""
    if key is not None:
        _claim(session, {"person": person.id, "key": key, "request": digest, "at": at})
    act = Once(session, person.id, key)
    yield act
    if not act.kept:
        raise AnswerNotKept()


OnceOnly = Annotated[Once, Depends(once, scope="function")]


def install(app: FastAPI) -> None:
    """Have the app give stored answers again."""
    app.add_exception_handler(Replayed, _replay)


def _replay(_: Request, stored: Exception) -> Response:
    assert isinstance(stored, Replayed)
    said = {"Idempotency-Replayed": "true"}
    return Response(stored.answer, stored.status, headers=said, media_type="application/json")


def _claim(session: Session, keys: dict[str, Any]) -> None:
    run = session.connection().exec_driver_sql
    # RETURNING, for the row count of ON CONFLICT DO NOTHING can't be trusted.
    if run(_CLAIM, keys).one_or_none() is not None:
        return
    request, status, answer = run(_FIND, keys).one()
    if bytes(request) != keys["request"]:
        raise KeyUsedOtherwise()
    raise Replayed(status, answer)


_CLAIM = """
INSERT INTO idempotency (person_id, key, request, at) VALUES (%(person)s, %(key)s, %(request)s, %(at)s)
ON CONFLICT DO NOTHING RETURNING key
"""
_FIND = "SELECT request, status, answer FROM idempotency WHERE person_id = %(person)s AND key = %(key)s"
_KEEP = "UPDATE idempotency SET status = %(status)s, answer = %(answer)s WHERE person_id = %(person)s AND key = %(key)s"
