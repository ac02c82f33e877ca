"""Tricks with the tables that lead to objects: each is signed by the officer's own key over exactly these bytes."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Callable, Coroutine
from hashlib import sha256
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

from tests.documents.signing.hostile.case import Case, hostile, signer_of

_OTHER_TEXT = b"BT /F1 20 Tf 100 500 Td (9999) Tj ET"
Cms = Callable[[Case, bytes], Coroutine[Any, Any, bytes]]
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) n")


def _signed_with(case: Case, first: bytes, entries: bytes = b"", trailer: tuple[bytes, bytes] = (b"", b"")) -> bytes:
    """The officer's update with `first` before it, `entries` more in its table, its trailer edited (a pattern and what
    it becomes), and then signed anew.
    """
    data, start = case.signed(), len(case.served)
    ends = data.rindex(b"startxref")
    table = int(data[ends + 9 :].split()[0])
    moved = _ENTRY.sub(lambda one: b"%010d %b n" % (int(one[1]) + len(first) * (int(one[1]) >= start), one[2]),
                       data[table:ends])  # fmt: skip
    at = moved.index(b"trailer")
    end = re.sub(*trailer, moved[at:]) if trailer[0] else moved[at:]
    place = b"startxref\n%d\n%%%%EOF\n" % (table + len(first))
    return _signed_anew(case, data[:start] + first + data[start:table] + moved[:at] + entries + end + place)


async def _cms(case: Case, digest: bytes) -> bytes:
    attributes = PdfCMSSignedAttributes(signing_time=case.at)
    made: Any = await signer_of(case.key).async_sign(digest, "sha256", signed_attr_settings=attributes, use_pades=True)
    return bytes(made.dump())


def _signed_anew(case: Case, data: bytes, cms: Cms = _cms) -> bytes:
    at = data.rindex(b"/ByteRange")
    opening, closing = data.index(b"[", at), data.index(b"]", at)
    spare = len(data[closing + 1 :]) - len(data[closing + 1 :].lstrip(b" "))
    begin = data.rindex(b"/Contents <") + len(b"/Contents ")
    end = data.index(b">", begin) + 1
    ranges = b" ".join(b"%d" % one for one in (0, begin, end, len(data) - end)) + b"]"
    width = closing + 1 + spare - opening - 1
    assert len(ranges) <= width, "no room for the ranges"
    data = data[: opening + 1] + ranges.ljust(width) + data[opening + 1 + width :]
    room = end - begin - 2
    made = asyncio.run(cms(case, sha256(data[:begin] + data[end:]).digest()))
    return data[: begin + 1] + made.hex().encode().ljust(room, b"0") + data[end - 1 :]


def _object(number: int, body: bytes, generation: int = 0) -> bytes:
    return b"\n%d %d obj\n%b\nendobj\n" % (number, generation, body)


def _text(number: int, generation: int = 0) -> bytes:
    stream = b"<</Length %d>>\nstream\n%b\nendstream" % (len(_OTHER_TEXT), _OTHER_TEXT)
    return _object(number, stream, generation)


def _contents(case: Case) -> int:
    """The number of the first page's text."""
    page = PdfFileReader(io.BytesIO(case.served)).root["/Pages"]["/Kids"][0].get_object()
    found = page.raw_get("/Contents")
    return int((found[0] if isinstance(found, list) else found).idnum)


def _tables_of(case: Case) -> tuple[int, bytes]:
    """Where the last table of what was served stands, and that table with its trailer."""
    ends = case.served.rindex(b"startxref")
    place = int(case.served[ends + 9 :].split()[0])
    return place, case.served[place:ends]


def genuine_after_all(case: Case) -> bytes:
    """That the tools of this module make no fault of their own."""
    return _signed_with(case, b" \r\n\t\n")


@hostile
def the_text_once_more_where_only_a_mending_reader_finds_it(case: Case) -> bytes:
    return _signed_with(case, _text(_contents(case)))


@hostile
def the_text_by_a_higher_generation(case: Case) -> bytes:
    number = _contents(case)
    entry = b"%d 1\n%010d 00001 n \n" % (number, len(case.served) + 1)
    return _signed_with(case, _text(number, 1), entry)


@hostile
def the_text_freed(case: Case) -> bytes:
    return _signed_with(case, b"", b"%d 1\n%010d 00001 f \n" % (_contents(case), 0))


@hostile
def a_table_of_his_own_in_the_systems_place(case: Case) -> bytes:
    """The newest table leads to his, his to the oldest: as many as there should be, and the text is another."""
    number, text = _contents(case), _text(_contents(case))
    place, table = _tables_of(case)
    at = table.index(b"trailer")
    forged = table[:at] + b"%d 1\n%010d 00000 n \n" % (number, len(case.served) + 1) + table[at:]
    previous = b"/Prev %d" % (len(case.served) + len(text))
    return _signed_with(case, text + forged + b"\n", trailer=(rb"/Prev %d\b" % place, previous))


@hostile
def a_table_more(case: Case) -> bytes:
    number, text = _contents(case), _text(_contents(case))
    place, table = _tables_of(case)
    trailer = re.sub(rb"/Prev \d+", b"/Prev %d" % place, table[table.index(b"trailer") :])
    forged = b"xref\n%d 1\n%010d 00000 n \n" % (number, len(case.served) + 1) + trailer
    previous = b"/Prev %d" % (len(case.served) + len(text))
    return _signed_with(case, text + forged + b"\n", trailer=(rb"/Prev %d\b" % place, previous))


def _instead(case: Case, name: bytes, body: bytes) -> bytes:
    entry = b"900 1\n%010d 00000 n \n" % (len(case.served) + 1)
    data = _signed_with(case, _object(900, body), entry, (rb"/Size \d+", b"/Size 901"))
    at = data.rindex(b"trailer")
    return _signed_anew(case, data[:at] + re.sub(rb"/%b \d+ 0" % name, b"/%b 900 0" % name, data[at:]))


@hostile
def another_catalogue(case: Case) -> bytes:
    data = case.signed()
    number = PdfFileReader(io.BytesIO(data)).trailer.raw_get("/Root").idnum
    return _instead(case, b"Root", re.findall(rb"\n%d 0 obj\n(.*?)endobj" % number, data, re.DOTALL)[-1])


@hostile
def another_title(case: Case) -> bytes:
    return _instead(case, b"Info", b"<</Title (9999)>>")
