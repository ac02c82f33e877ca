"""Other words where no table leads to them, and tables that a reader mends by looking for objects himself.

Each is signed by the officer's own key over exactly these bytes. PDFium shows the other words where the table is bad.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.reader import PdfFileReader

from documents.signing.names import OFFICER
from tests.documents.signing.hostile import programs, tables
from tests.documents.signing.hostile.case import HOSTILE, Case, Make, generic, hostile, picture, to_field

_HEADS = {
    "a generation of six digits": b"%d 000000 obj",
    "a number of eleven digits": b"%011d 0 obj",
    "NULs between its numbers": b"%d\0000\0obj",
    "a comment between its numbers": b"%d%%c\n0 obj",
    "a comment before its last word": b"%d 0 %%c\nobj",
}
_TABLES: dict[str, tuple[bytes, bytes]] = {
    "an entry of twenty-one bytes": (rb"(\d{10} \d{5} n) \n", rb"\1  \n"),
    "an entry of nineteen bytes": (rb"(\d{10} \d{5} n) \n", rb"\1\n"),
    "a size that is too large": (rb"/Size \d+", b"/Size 99999999"),
    "a size that is a little too large": (rb"/Size \d+", b"/Size 999"),
    "a size that is a fraction": (rb"/Size (\d+)", rb"/Size \1.0"),
    "the older one's place as a fraction": (rb"/Prev (\d+)", rb"/Prev \1.0"),
    "a comment in it": (rb"xref\n", b"xref %c\n"),
    "tabs in it": (rb"xref\n(\d+) (\d+)", rb"xref\n\1\t\2"),
    "an empty section": (rb"xref\n", b"xref\n0 0\n"),
    "another identifier": (rb"/ID\s*\[\s*<\w+>", b"/ID [ <00>"),
    "a word more in its trailer": (rb"/Size", b"/XX (9999) /Size"),
    "a comment that never ends in its trailer": (rb">>\s*startxref", b">> % startxref"),
}
_PLACES = {
    "a plus": b"\n+%d",
    "twenty digits": b"\n%020d",
    "a fraction": b"\n%d.0",
    "a comment before it": b"\n%%c\n%d",
}


def _hidden(case: Case, head: bytes) -> bytes:
    text = tables._OTHER_TEXT
    return b"\n%b\n<</Length %d>>\nstream\n%b\nendstream\nendobj\n" % (head % tables._contents(case), len(text), text)


def _table(data: bytes, edit: tuple[bytes, bytes]) -> bytes:
    at = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    return data[:at] + re.sub(*edit, data[at:], count=1)


def _with_head(head: bytes) -> Make:
    return lambda case: tables._signed_with(case, _hidden(case, head))


def _with_head_and_table(head: bytes) -> Make:
    broken = _TABLES["an entry of twenty-one bytes"]
    return lambda case: tables._signed_anew(case, _table(_with_head(head)(case), broken))


def _with_table(edit: tuple[bytes, bytes]) -> Make:
    return lambda case: tables._signed_anew(case, _table(case.signed(), edit))


def _with_place(said: bytes) -> Make:
    def made(case: Case) -> bytes:
        data = case.signed()
        at = data.rindex(b"startxref") + 9
        return tables._signed_anew(case, data[:at] + said % int(data[at:].split()[0]) + b"\n%%EOF\n")

    return made


for _name, _head in _HEADS.items():
    HOSTILE[f"the text once more by {_name}"] = _with_head(_head)
    HOSTILE[f"the text once more by {_name}, and a table to be mended"] = _with_head_and_table(_head)
for _name, _edit in _TABLES.items():
    HOSTILE[f"a table with {_name}"] = _with_table(_edit)
for _name, _said in _PLACES.items():
    HOSTILE[f"a place of the table with {_name}"] = _with_place(_said)


def _packed(number: int, value: bytes) -> bytes:
    head = b"%d 0 " % number
    stream = b"<</Type /ObjStm /N 1 /First %d /Length %d>>\nstream\n%b\nendstream"
    return tables._object(950, stream % (len(head), len(head + value), head + value))


@hostile
def the_text_in_a_stream_of_objects(case: Case) -> bytes:
    return tables._signed_with(case, _packed(tables._contents(case), b"<</Length 0>>"))


@hostile
def a_page_in_a_stream_of_objects(case: Case) -> bytes:
    page = PdfFileReader(_stream(case)).root["/Pages"]["/Kids"].raw_get(0).idnum
    text = tables._OTHER_TEXT
    contents = b"<</Length %d>>\nstream\n%b\nendstream" % (len(text), text)
    value = b"<</Type /Page /MediaBox [0 0 595 842] /Contents 951 0 R>>"
    return tables._signed_with(case, tables._object(951, contents) + _packed(page, value))


def _stream(case: Case) -> io.BytesIO:
    return io.BytesIO(case.served)


@hostile
def an_object_packed_by_a_table_in_a_stream(case: Case) -> bytes:
    def change(writer: Any) -> None:
        writer.stream_xrefs = True
        packed = writer.prepare_object_stream()
        writer.add_object(generic.DictionaryObject(), obj_stream=packed)

    return case.signed(change)


@hostile
def a_table_in_a_stream_by_the_number_of_the_text(case: Case) -> bytes:
    return programs.of_pdfbox(case).written_in_a_stream(tables._contents(case))


@hostile
def a_table_in_a_stream_by_the_number_of_the_catalogue(case: Case) -> bytes:
    number = PdfFileReader(_stream(case)).trailer.raw_get("/Root").idnum
    return programs.of_pdfbox(case).written_in_a_stream(number)


@hostile
def another_head_of_a_file(case: Case) -> bytes:
    return tables._signed_with(case, b"\n%PDF-1.4\n% <html><script>alert(1)</script>\n")


@hostile
def an_archive_between_the_objects(case: Case) -> bytes:
    return tables._signed_with(case, b"\n% PK\x03\x04 PK\x05\x06\n")


@hostile
def a_script_that_no_table_names(case: Case) -> bytes:
    return tables._signed_with(case, tables._object(960, b"<</S /JavaScript /JS (app.alert(1))>>"))


@hostile
def a_script_that_nothing_leads_to(case: Case) -> bytes:
    script = generic.DictionaryObject({pdf_name("/JS"): generic.TextStringObject("app.alert(1)")})
    return case.signed(lambda writer: writer.add_object(script))


@hostile
def a_catalogue_that_nothing_leads_to(case: Case) -> bytes:
    return case.signed(lambda writer: writer.add_object(generic.DictionaryObject({**writer.root})))


@hostile
def a_number_that_was_left_out_before(case: Case) -> bytes:
    """Between those that went out: something may already refer to it."""
    known = set(range(1, 172)) - _known(case)
    number, body = min(known), b"<<>>"
    entry = b"%d 1\n%010d 00000 n \n" % (number, len(case.served) + 1)
    return tables._signed_with(case, tables._object(number, body), entry)


def _known(case: Case) -> set[int]:
    xrefs = PdfFileReader(_stream(case)).xrefs
    return {one.idnum for each in range(xrefs.total_revisions) for one in xrefs.explicit_refs_in_revision(each)}


def _in_the_hand(words: Callable[[Case], bytes]) -> Make:
    def made(case: Case) -> bytes:
        def late(writer: Any) -> None:
            look = writer.add_object(picture(words(case)))
            to_field(OFFICER, AP=generic.DictionaryObject({pdf_name("/N"): look}))(writer)

        return case.signed(late=late)

    return made


HOSTILE["the text within the picture of his hand"] = _in_the_hand(lambda case: _hidden(case, b"%d 0 obj")[:-8])
HOSTILE["the text within the picture of his hand, by a generation of six digits"] = _in_the_hand(
    lambda case: _hidden(case, b"%d 000000 obj")
)
