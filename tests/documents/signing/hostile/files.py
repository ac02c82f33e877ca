"""Tricks with the file: its end, its size, its ranges."""

from __future__ import annotations

import io
from typing import Any

from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from documents.signing.names import OFFICER
from tests.documents.signing.hostile.case import Case, generic, hostile, picture, to_field
from tests.documents.signing.hostile.texts import swap_text


@hostile
def encrypted(case: Case) -> bytes:
    fresh: Any = copy_into_new_writer(PdfFileReader(io.BytesIO(case.served)))
    fresh.encrypt("x", "y")
    made = io.BytesIO()
    fresh.write(made)
    return made.getvalue()


@hostile
def encrypted_from_here_on(case: Case) -> bytes:
    at = case.signed().rindex(b"startxref")
    data = case.signed()
    return data[:at] + b"trailer\n<</Encrypt 5 0 R>>\n" + data[at:]


@hostile
def fifty_megabytes_of_padding(case: Case) -> bytes:
    return case.signed() + bytes(50 * 2**20)


@hostile
def a_huge_picture_of_the_hand(case: Case) -> bytes:
    def change(writer: Any) -> None:
        made = writer.add_object(picture(b"% " * 1_100_000))
        to_field(OFFICER, AP=generic.DictionaryObject({pdf_name("/N"): made}))(writer)

    return case.signed(change)


@hostile
def a_comment_after_the_end(case: Case) -> bytes:
    return case.signed() + b"% more\n"


@hostile
def a_second_end(case: Case) -> bytes:
    return case.signed() + b"\n%%EOF\n"


@hostile
def the_old_end_once_more(case: Case) -> bytes:
    """A reader that takes the last table finds the file as it was served, unsigned."""
    return case.signed() + case.served[case.served.rindex(b"startxref") :]


@hostile
def an_empty_update_after_signing(case: Case) -> bytes:
    return case.changed(lambda writer: writer.update_root(), case.signed())


@hostile
def a_gap_in_the_byte_range(case: Case) -> bytes:
    """The signature leaves out more than itself, and what stands there is somebody's choice."""
    data = case.signed()
    at = data.index(b"/ByteRange", len(case.served))
    opening, closing = data.index(b"[", at), data.index(b"]", at)
    first, *_ = ranges = [int(x) for x in data[opening + 1 : closing].split()]
    ranges[1] -= 40
    said = b" ".join(b"%d" % x for x in [first, *ranges[1:]])
    return data[: opening + 1] + said.ljust(closing - opening - 1) + data[closing:]


@hostile
def a_range_that_ends_early(case: Case) -> bytes:
    data = case.signed()
    at = data.index(b"/ByteRange", len(case.served))
    opening, closing = data.index(b"[", at), data.index(b"]", at)
    ranges = [int(x) for x in data[opening + 1 : closing].split()]
    ranges[3] -= 20
    return data[: opening + 1] + b" ".join(b"%d" % x for x in ranges).ljust(closing - opening - 1) + data[closing:]


@hostile
def a_genuine_signature_over_other_bytes(case: Case) -> bytes:
    """The signature of one file put into another that says something else."""
    data, other = bytearray(case.signed(swap_text)), case.signed()
    taken = other.index(b"/Contents <", len(case.served)) + 11
    placed = data.index(b"/Contents <", len(case.served)) + 11
    length = other.index(b">", taken) - taken
    data[placed : placed + length] = other[taken : taken + length]
    return bytes(data)


@hostile
def a_hybrid_table(case: Case) -> bytes:
    data = case.signed()
    at = data.rindex(b"trailer") if b"trailer" in data[len(case.served) :] else data.rindex(b"/Type /XRef")
    return data[:at] + b"/XRefStm 15 " + data[at:]
