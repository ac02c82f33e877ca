"""The table at the end of the update: where each of its objects stands, read by our own eyes.

Readers forgive much in a table, each something else, and then look for the objects themselves: what is not written
as the standard writes it is refused (ISO 32000-1, 7.5.4 to 7.5.8).
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils.generic import DictionaryObject, Reference, read_object

from documents.signing.extension.alike import whole
from documents.signing.extension.grammar.objects import read
from documents.signing.extension.grammar.sameness import same_stream
from documents.signing.extension.grammar.tokens import odd
from documents.signing.extension.packed import refuse_packed
from documents.signing.extension.refusing import no

TRAILER = frozenset({"/Size", "/Root", "/Info", "/ID", "/Prev"})
_STREAM = frozenset({"/Type", "/W", "/Index", "/Length", "/Filter", "/DecodeParms"})
_ROOM = 64 * 1024
"""Bytes of a table in a stream, unpacked."""
_WIDTHS = (1, 8, 2)
"""Bytes of each number in it, at most: its kind, a place, a generation."""
_LINE = rb"(?:\r\n|\r|\n)"
_PLACE = re.compile(rb"startxref%b(\d{1,10})%b%%%%EOF[\r\n]*+\Z" % (_LINE, _LINE))
_BEFORE = re.compile(rb"[\r\n\t ]*+(?:%%[^%%\r\n]{0,200}%b)?startxref" % _LINE)
"""With one line of comment: iText and others sign their work there."""
_OPENING = re.compile(rb"xref ?%b" % _LINE)
_SECTION = re.compile(rb"(\d{1,10}) ([1-9]\d{0,5}) ?%b" % _LINE)
_ENTRY, _NOTHING = re.compile(rb"(\d{10}) 00000 n(?: \r| \n|\r\n)"), re.compile(rb"\d{10} 6553[56] f(?: \r| \n|\r\n)")
_CLOSING = re.compile(rb"[\r\n\t ]*+endobj")
_TRAILER = re.compile(rb"[\r\n]*+trailer[\r\n\t ]*+(?=<<)")
"""mutool leaves a line empty before it."""
_HEAD = re.compile(rb"([1-9]\d{0,9}) 0 obj[\r\n\t ]*+(?=<<)")


@dataclass(frozen=True)
class Table:
    """Where it begins, where each object of the update stands (by number), and what the trailer says.

    `own`: the table's own number where it is a stream, else 0.
    """

    begin: int
    places: dict[int, int]
    trailer: Any
    own: int = 0


def read_table(data: bytes, start: int) -> Table:
    """The table of the part from `start` on. Raises `NotReturnedRight`."""
    if not (found := _PLACE.match(data, data.rindex(b"startxref"))):
        raise no("phần thêm vào không kết thúc đúng chuẩn (the update does not end as the standard asks).")
    begin = int(found[1])
    if not start <= begin < len(data):
        raise no("bảng tham chiếu không nằm trong phần thêm vào (its table is not part of the update).")
    table = _classic(data, begin) if data.startswith(b"xref", begin) else _stream(data, begin)
    if extra := set(table.trailer) - (TRAILER | _STREAM if table.own else TRAILER):
        raise no(f"bảng tham chiếu mang thứ không cần ({', '.join(sorted(extra))}: not part of a trailer).")
    if not all(whole(table.trailer.get(key)) for key in ("/Size", "/Prev")):
        raise _odd()
    if any(place < start for place in table.places.values()):
        raise no("bảng tham chiếu trỏ ra ngoài phần thêm vào (its table leads out of the update).")
    return table


def _classic(data: bytes, begin: int) -> Table:
    opening = _OPENING.match(data, begin)
    at, places = opening.end() if opening else begin, dict[int, int]()
    while section := _SECTION.match(data, at):
        at = section.end()
        for number in range(int(section[1]), int(section[1]) + int(section[2])):
            at = _enter(data, at, number, places)
    trailer = _TRAILER.match(data, at)
    if not opening or not trailer:
        raise _odd()
    value, length = value_of(data[trailer.end() :], DictionaryObject)
    return _ended(data, trailer.end() + length, Table(begin, places, value))


def _enter(data: bytes, at: int, number: int, places: dict[int, int]) -> int:
    """One line of exactly twenty bytes; the head of the free ones is the only free one."""
    entry = (_ENTRY if number else _NOTHING).match(data, at)
    if entry is None or number in places:
        raise _odd()
    if number:
        places[number] = int(entry[1])
    return entry.end()


def _stream(data: bytes, begin: int) -> Table:
    """A table in a stream; it may name no object that stands in a stream itself."""
    if not (head := _HEAD.match(data, begin)):
        raise _odd()
    stream, length = value_of(data[head.end() :], DictionaryObject)
    closing = _CLOSING.match(data, head.end() + length)
    if not closing or stream.get("/Type") != "/XRef":
        raise _odd()
    refuse_packed([stream], _ROOM)
    places = dict(_named(stream))
    if places.pop(int(head[1]), begin) != begin:
        raise _odd()
    return _ended(data, closing.end(), Table(begin, places, stream, int(head[1])))


def _named(stream: Any) -> Iterator[tuple[int, int]]:
    widths, data = [int(one) for one in stream["/W"]], stream.data
    if len(widths) != 3 or not all(0 <= one <= most for one, most in zip(widths, _WIDTHS, strict=True)):
        raise _odd()
    index = [int(one) for one in stream.get("/Index", [0, stream["/Size"]])]
    if min(index) < 0 or not sum(widths) or sum(index[1::2]) * sum(widths) != len(data):
        raise _odd()
    numbers = [one for first, count in zip(index[::2], index[1::2], strict=True) for one in range(first, first + count)]
    if len(set(numbers)) != len(numbers):
        raise _odd()
    for row, number in enumerate(numbers):
        kind, place, generation = _row(data[row * sum(widths) : (row + 1) * sum(widths)], widths)
        if kind == 2:
            raise no("có đối tượng nằm trong luồng nén (an object is packed into a stream of objects).")
        if (kind, generation) != (1, 0) and (kind, number) != (0, 0):
            raise _odd()
        if kind:
            yield number, place


def _row(row: bytes, widths: list[int]) -> list[int]:
    ends = [sum(widths[: one + 1]) for one in range(3)]
    values = [int.from_bytes(row[end - wide : end]) for end, wide in zip(ends, widths, strict=True)]
    return values if widths[0] else [1, *values[1:]]


def value_of(data: bytes, kind: type, holder: Any = None, number: int = 0) -> tuple[Any, int]:
    """The value that stands there and how many bytes it takes. `holder`: the reader that knows what it refers to."""
    one = read(data)
    value: Any = read_object(io.BytesIO(data), Reference(number, 0, holder))
    if not isinstance(value, kind) or not same_stream(one, value):
        raise odd()
    return value, one.end


def _ended(data: bytes, end: int, table: Table) -> Table:
    if not _BEFORE.match(data, end):
        raise no("sau bảng tham chiếu còn thứ khác (something stands behind its table).")
    return table


def _odd() -> Exception:
    return no("bảng tham chiếu viết sai chuẩn (its cross-reference table is not written as the standard asks).")
