"""The bytes of the update: every one belongs to an object that stands where the table says, to the table, or is white.

A reader that finds a table broken looks through the bytes for objects itself (each by rules of its own): there must be
nothing to find that the table does not name.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils.generic import PdfObject, Reference, StreamObject

from documents.signing.errors import TooLarge
from documents.signing.extension.alike import alike
from documents.signing.extension.grammar import objects
from documents.signing.extension.grammar.tokens import odd
from documents.signing.extension.packed import refuse_packed
from documents.signing.extension.refusing import no
from documents.signing.extension.tables import Table, read_table, value_of

ROOM = 2 * 2**20
"""Bytes that a token may add: its signature, certificates, a scanned picture of the officer's hand, a whole font."""
_TOKENS = 50_000
"""Of all objects that were added; iText's with a whole font have four thousand."""
_WHITE = b"\t\n\f\r "
_HIDDEN = re.compile(rb"\d[\0\t\n\f\r ]*+obj|(?<![\0\t\n\f\r ])[\0\t\f ]*+[\r\n][\0\t\n\f\r ]*+obj")
"""Where somebody may see the head of an object: behind a digit, or at the beginning of a line (behind a comment)."""


@dataclass(frozen=True)
class Update:
    """What was added: its objects by their numbers, what its trailer says, and `own`: see `Table`."""

    objects: Mapping[int, Any]
    trailer: Any
    own: int


def outline(data: bytes, served: bytes) -> Table:
    """Ask the bytes alone. Raises `TooLarge`, `NotReturnedRight`."""
    if len(data) > len(served) + ROOM:
        raise TooLarge(limit=ROOM // 1024)
    if data == served:
        raise no("tệp chưa được ký (it is not signed).")
    if not data.startswith(served):
        raise no("không bắt đầu bằng đúng tệp đã phát ra: đặt phần mềm ký lưu thêm vào cuối tệp (incremental), không "
                 "lưu lại cả tệp (it does not begin with what was sent out).")  # fmt: skip
    added = data[len(served) :]
    if added.count(b"startxref") != 1 or added.count(b"%%EOF") != 1 or not added.rstrip(b"\r\n").endswith(b"%%EOF"):
        raise no("phần thêm vào không phải đúng một lần cập nhật: ký một lần, tắt LTV và dấu thời gian của cả tệp "
                 "(what was added is not exactly one update).")  # fmt: skip
    if b"/Encrypt" in added:
        raise no("tệp bị mã hóa (it is encrypted).")
    if b"/XRefStm" in added:
        raise no("có hai bảng tham chiếu lẫn nhau (a hybrid cross-reference).")
    if added.count(b"trailer") > 1:
        raise no("có hơn một phần cuối (more than one trailer).")
    table = read_table(data, len(served))
    _refuse_much(data[begin:end] for _, begin, end in _tiles(data, len(served), table))
    return table


def _refuse_much(bodies: Iterable[bytes]) -> None:
    """A megabyte of brackets costs every reader seconds, and each is read more than once."""
    tokens = 0
    for one in bodies:
        tokens += objects.read(one).tokens + 1
        if tokens > _TOKENS:
            raise no("phần thêm vào có quá nhiều đối tượng nhỏ (what was added has too many parts).")


def read(data: bytes, start: int, table: Table, reader: Any) -> Update:
    """Each object as a value that ends where the object ends; nothing among them unpacks to too much."""
    made = {}
    for number, begin, end in _tiles(data, start, table):
        value, length = value_of(data[begin:end], PdfObject, reader, number)
        if data[begin + length : end].strip(_WHITE) != b"endobj":
            raise no(f"đối tượng {number} chứa nhiều hơn một giá trị (there is more than one value in an object).")
        if not _same(value, reader.get_object(Reference(number, 0, reader))):
            raise odd()
        made[number] = value
    refuse_packed(made.values())
    return Update(made, table.trailer, table.own)


def _same(one: Any, seen: Any) -> bool:
    """Whether it is what the reader finds by that number."""
    data = [each.encoded_data if isinstance(each, StreamObject) else None for each in (one, seen)]
    return alike(one, seen) and data[0] == data[1]


def _tiles(data: bytes, start: int, table: Table) -> Iterator[tuple[int, int, int]]:
    """Each object's number, where its value begins and where its last byte stands."""
    inside = sorted((place, number) for number, place in table.places.items())
    if any(data[place - 1] not in _WHITE for place in (table.begin, *table.places.values())):
        raise _between()
    if table.own:
        _one(data[table.begin + len(b"%d 0 obj" % table.own) : data.rindex(b"startxref")].rstrip(_WHITE))
    ends = [*(place for place, _ in inside[1:]), table.begin]
    if data[start : inside[0][0] if inside else table.begin].strip(_WHITE):
        raise _between()
    for (place, number), end in zip(inside, ends, strict=True):
        head = b"%d 0 obj" % number
        if not data.startswith(head, place):
            raise no(f"đối tượng {number} không nằm nơi bảng nói (an object is not where its table says).")
        _one(data[place + len(head) : end].rstrip(_WHITE))
        yield number, end - len(data[place + len(head) : end].lstrip(_WHITE)), end


def _one(body: bytes) -> None:
    """Exactly one object, with one end, and nothing in it that looks like another one."""
    if not body.endswith(b"endobj") or body.count(b"endobj") != 1 or body.count(b"endstream") > 1:
        raise _between()
    if _HIDDEN.search(body):
        raise no("trong một đối tượng giấu một đối tượng khác (an object is hidden in another one).")


def _between() -> Exception:
    return no("giữa các đối tượng có thứ không bảng nào nói tới (something stands there that no table leads to).")
