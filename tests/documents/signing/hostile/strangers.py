"""No file of ours at all."""

from __future__ import annotations

import io
from typing import Any, cast

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from tests.documents.signing.hostile.case import Case, hostile


@hostile
def nothing(_: Case) -> bytes:
    return b""


@hostile
def no_pdf(_: Case) -> bytes:
    return b"PK\x03\x04" + bytes(4000)


@hostile
def unsigned(case: Case) -> bytes:
    return case.served


@hostile
def cut_off(case: Case) -> bytes:
    return case.signed()[:-300]


@hostile
def cut_inside_what_was_served(case: Case) -> bytes:
    return case.served[:-300]


@hostile
def a_byte_of_the_body_flipped(case: Case) -> bytes:
    data = bytearray(case.signed())
    data[len(case.served) // 2] ^= 1
    return bytes(data)


@hostile
def another_document_signed(case: Case) -> bytes:
    return case.signed(data=case.other)


@hostile
def written_anew_and_signed(case: Case) -> bytes:
    fresh, writer = io.BytesIO(), cast(Any, copy_into_new_writer(PdfFileReader(io.BytesIO(case.served))))
    writer.write(fresh)
    return case.signed(data=fresh.getvalue())


@hostile
def garbage_after_what_was_served(case: Case) -> bytes:
    return case.served + b"%garbage\nstartxref\n0\n%%EOF"
