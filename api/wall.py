"""The wall before the app: bodies that are too big or that no answer could be written about never reach it.

Refused: more bytes than allowed, bytes that are not UTF-8, NUL, lone surrogates, NaN and Infinity, a key twice in
one object, numbers of absurd length, nesting without end.
"""

import asyncio
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.auth import NotSignedIn, knows
from api.pages.errors import for_whom_it_is
from api.problems import problem
from states.errors import DonDocError, Invalid

# Possessive, and an unclosed string ends with the text: linear in whatever is sent.
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_HEADERS = ((b"cache-control", b"private, no-store"), (b"x-content-type-options", b"nosniff"))
_FORM, _PARTS = b"application/x-www-form-urlencoded", b"multipart/form-data"
_LARGER = (b"text/csv", _PARTS)
_DEEPEST = 32
_LONGEST_NUMBER = 40


class BodyTooBig(DonDocError):
    """Nội dung gửi lớn hơn {limit} byte (the body is too big): send less at a time."""

    status = 413


class TooSlow(Invalid):
    """Nội dung gửi không đến đủ trong {seconds} giây (the body did not arrive in time): send it again."""

    status = 408


class NotReadable(Invalid):
    """Nội dung gửi không đọc được (the body can't be read): {why}."""

    status = 400


class Wall:
    """Reads each body whole, looks at it, and hands it on."""

    def __init__(
        self, app: ASGIApp, *, limit: int = 1_000_000, csv_limit: int = 5_000_000, files_limit: int = 52_500_000,
        seconds: float = 60,
    ) -> None:  # fmt: skip
        self.seconds = seconds
        self.app, self.limit, self.csv_limit, self.files_limit = app, limit, csv_limit, files_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if scope["path"].startswith("/static/"):  # files of ours, the same for everybody
            return await self.app(scope, receive, send)
        kind = dict(scope["headers"]).get(b"content-type", b"").split(b";")[0].strip().lower()
        try:
            _check_text(unquote_to_bytes(scope.get("raw_path", b"") + b"?" + scope["query_string"]))
            most = self._most(scope["path"], kind)
            if most > self.csv_limit and not await run_in_threadpool(knows, Request(scope)):
                raise NotSignedIn()
            body = await self._in_time(receive, most)
            if kind == _FORM:
                _check_text(unquote_to_bytes(body.replace(b"+", b" ")))
            elif kind == b"text/csv":
                _check_text(body)
            elif body and kind != _PARTS:  # a file among the parts is its reader's to judge
                check_json(_check_text(body))
        except DonDocError as error:
            return await for_whom_it_is(Request(scope), problem(error), error)(scope, receive, send)
        await self.app(scope, _again(body, receive), _privately(send))

    async def _in_time(self, receive: Receive, most: int) -> bytes:
        try:
            async with asyncio.timeout(self.seconds):
                return await _read(receive, most)
        except TimeoutError:
            raise TooSlow(seconds=f"{self.seconds:g}") from None

    def _most(self, path: str, kind: bytes) -> int:
        """Bytes of a body: most where papers are taken in, whose files have a limit of their own; that much is read
        only of somebody who is signed in."""
        if kind == _PARTS and path == "/nhan":
            return self.files_limit
        return self.csv_limit if kind in _LARGER else self.limit


def _privately(send: Send) -> Send:
    """Answers are one person's: no cache in between keeps them, and nobody guesses at their type."""

    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            there = {name for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *(one for one in _HEADERS if one[0] not in there)]
        await send(message)

    return answer


async def _read(receive: Receive, limit: int) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > limit:
            raise BodyTooBig(limit=limit)
        if not message.get("more_body"):
            return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    told: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def once_more() -> Message:
        return told.pop() if told else await receive()

    return once_more


def check_json(text: str) -> None:
    """Refuse JSON that could not be kept, signed or answered. Raises `NotReadable`."""
    depth = 0
    for mark in re.findall(r"[\[\]{}]", _STRING.sub("", text)):
        depth += 1 if mark in "[{" else -1
        if depth > _DEEPEST:
            raise NotReadable(why=f"nested deeper than {_DEEPEST} levels")
    try:
        value = json.loads(
            text, parse_constant=_no_number, parse_int=_short, parse_float=_short, object_pairs_hook=_once
        )
    except (ValueError, RecursionError) as error:
        raise NotReadable(why=f"not JSON at position {getattr(error, 'pos', '?')}") from None
    if "\\u" in text:
        for said in _texts(value):
            _check_text(said.encode("utf-8", "surrogatepass"))


def _check_text(raw: bytes) -> str:
    if b"\0" in raw:
        raise NotReadable(why="it holds the character NUL")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotReadable(why=f"not UTF-8 at byte {error.start}") from None


def _no_number(name: str) -> None:
    raise NotReadable(why=f"{name} is no figure")


def _short(digits: str) -> str:
    if len(digits) > _LONGEST_NUMBER:
        raise NotReadable(why="a number is longer than any figure")
    return digits


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NotReadable(why="an object names a key twice")
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        yield from value
        yield from _texts(list(value.values()))
