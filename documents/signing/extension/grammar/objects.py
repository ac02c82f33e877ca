"""One object of an update, read by our own eyes (ISO 32000-1, 7.3).

A library's reader forgives: a comment within a string, a bracket left out, other white space, a key said twice. Each
forgives something else, and whoever knows how writes one object for the one reader and another for the others. Refused
are comments, references to any generation but the first, empty names, null in a dictionary (no entry to one reader,
an entry to another) and whatever the tokens do not take.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from documents.signing.extension.grammar.tokens import (
    ENDS,
    GAP,
    HEX,
    NAME,
    NUMBER,
    hex_of,
    name_of,
    odd,
    string_end,
    string_of,
)

_BLANKS = GAP + rb"*+"
_TOKEN = re.compile(
    _BLANKS + rb"(?:(?P<name>" + NAME + rb")|(?P<reference>[1-9]\d{0,9}+" + GAP + rb"{1,4}+0" + GAP + rb"{1,4}+R" + ENDS
    + rb")|(?P<number>" + NUMBER + rb")|(?P<dictionary><<)|(?P<array>\[)|(?P<close>>>|\])|(?P<string>\()|(?P<hex>" + HEX
    + rb")|(?P<word>(?:true|false|null)" + ENDS + rb"))"
)  # fmt: skip
_STREAM = re.compile(_BLANKS + rb"stream(?:\r\n|\n)")
_DATA_END = re.compile(rb"(?:\r\n|\r|\n)endstream(?=" + GAP + rb")")
_WORDS = {b"true": True, b"false": False, b"null": None}
_DEEPEST, _GREATEST, _MOST = 20, 2**31, 50_000
"""Values within values; numbers (annex C); tokens of one object."""


@dataclass(frozen=True)
class Name:
    """Without its slash."""

    said: str


@dataclass(frozen=True)
class Ref:
    """To the object of that number."""

    number: int


Tree: TypeAlias = "Name | Ref | bool | int | Decimal | bytes | list[Tree] | dict[str, Tree] | None"


@dataclass(frozen=True)
class Read:
    """What stands there, where it ends, how many tokens it has; of a stream its data as they stand, else None."""

    value: Tree
    end: int
    tokens: int
    data: bytes | None = None


def read(data: bytes) -> Read:
    """The one value with which these bytes begin: a dictionary, a stream or an array, for programs write nothing else
    as an object. Raises `NotReturnedRight`.
    """
    scan = _Scan(data)
    value = scan.value(scan.next(), 0)
    found = _STREAM.match(data, scan.at)
    if found and isinstance(value, dict):
        return _stream(data, found.end(), value, scan.tokens)
    if not isinstance(value, dict | list):
        raise odd()
    return Read(value, scan.at, scan.tokens)


def _stream(data: bytes, begin: int, said: dict[str, Tree], tokens: int) -> Read:
    """As long as it says (7.3.8.2), in its own dictionary, and ended by a line of its own."""
    length = said.get("Length")
    if type(length) is not int or length < 0 or not (closed := _DATA_END.match(data, begin + length)):
        raise odd()
    return Read(said, closed.end(), tokens, data[begin : begin + length])


class _Scan:
    """One pass over the bytes; `at`: where the next token begins."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at, self.tokens = data, 0, 0

    def next(self) -> re.Match[bytes]:
        found = _TOKEN.match(self.data, self.at)
        self.tokens += 1
        if found is None or self.tokens > _MOST:
            raise odd()
        self.at = found.end()
        return found

    def value(self, token: re.Match[bytes], deep: int) -> Tree:
        kind = token.lastgroup
        if kind == "close" or deep > _DEEPEST:
            raise odd()
        if kind == "dictionary":
            return self._dictionary(deep + 1)
        if kind == "array":
            return self._array(deep + 1)
        if kind == "string":
            return self._string()
        return _plain(kind, token[kind or 0])

    def _string(self) -> bytes:
        begin, self.at = self.at, string_end(self.data, self.at)
        if not self.at:
            raise odd()
        return string_of(self.data[begin : self.at - 1])

    def _dictionary(self, deep: int) -> Tree:
        made: dict[str, Tree] = {}
        while (token := self.next())["close"] != b">>":
            key = name_of(token["name"] or b"/")
            if not key or key in made or (value := self.value(self.next(), deep)) is None:
                raise odd()
            made[key] = value
        return made

    def _array(self, deep: int) -> Tree:
        made: list[Tree] = []
        while (token := self.next())["close"] != b"]":
            made.append(self.value(token, deep))
        return made


def _plain(kind: str | None, said: bytes) -> Tree:
    if kind == "name":
        return Name(name_of(said))
    if kind == "number":
        return _number(said)
    if kind == "reference":
        return Ref(int(_number(said.split()[0])))
    return hex_of(said) if kind == "hex" else _WORDS[said]


def _number(said: bytes) -> int | Decimal:
    number: int | Decimal = Decimal(said.decode()) if b"." in said else int(said)
    if not -_GREATEST < number < _GREATEST or said == b"-0":
        raise odd()
    return number
