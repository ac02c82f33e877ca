"""What the file says of itself: its description in XMP, its catalogue, the letters of its form."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

from pyhanko.pdf_utils.generic import pdf_name

from tests.documents.signing.hostile import tables
from tests.documents.signing.hostile.case import HOSTILE, Case, Make, field_of, generic, hostile, to_root
from tests.documents.signing.hostile.hidden import _table

_DC = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' \
      b'<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">%b</rdf:Description></rdf:RDF>' \
      b"</x:xmpmeta>"  # fmt: skip
_ENTITIES = b"".join(b'<!ENTITY %b "%b">' % (bytes([98 + one]), b"&%b;" % bytes([97 + one]) * 10) for one in range(8))
_LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha">%b]>' % _ENTITIES + _DC % b"<dc:title>&i;</dc:title>"
_DESCRIBED = {
    "with another title": _DC % b"<dc:title><rdf:Alt><rdf:li>9999</rdf:li></rdf:Alt></dc:title>",
    "with another author": _DC % b"<dc:creator><rdf:Seq><rdf:li>9999</rdf:li></rdf:Seq></dc:creator>",
    "that says nothing": _DC % b"",
    "with entities in entities": _LAUGHS,
    "in no language": b"9999",
}


def _description(data: bytes, packed: bytes | None = None) -> Make:
    """Written where pyHanko would write its own: by hand, and signed anew."""

    def made(case: Case) -> bytes:
        file = case.signed()
        at = file.index(b"/Type /Metadata", len(case.served))
        begin, end = file.rindex(b"<<", 0, at), file.index(b"endstream", at)
        how = b"/Filter /FlateDecode " if packed else b""
        body = packed or data
        stream = b"<</Type /Metadata /Subtype /XML %b/Length %d>>\nstream\n%b\n" % (how, len(body), body)
        return _moved(case, file, begin, end, stream)

    return made


def _moved(case: Case, file: bytes, begin: int, end: int, instead: bytes) -> bytes:
    """Something else in place of these bytes; the table says where things stand then."""
    by, table = len(instead) - (end - begin), int(file[file.rindex(b"startxref") + 9 :].split()[0])
    moved = tables._ENTRY.sub(lambda one: b"%010d %b n" % (int(one[1]) + by * (int(one[1]) > begin), one[2]),
                              file[table : file.rindex(b"startxref")])  # fmt: skip
    place = b"startxref\n%d\n%%%%EOF\n" % (table + by)
    return tables._signed_anew(case, file[:begin] + instead + file[end:table] + moved + place)


for _name, _data in _DESCRIBED.items():
    HOSTILE[f"a description {_name}"] = _description(_data)


@hostile
def a_description_of_thirty_megabytes(case: Case) -> bytes:
    return _description(b"", zlib.compress(_DC % b"" + b" " * 30_000_000, 9))(case)


@hostile
def a_list_of_the_revoked_packed_twice(case: Case) -> bytes:
    twice = zlib.compress(zlib.compress(bytes(30 << 20), 9), 9)

    def evidence(writer: Any) -> Any:
        filters = generic.ArrayObject([pdf_name("/FlateDecode"), pdf_name("/FlateDecode")])
        lists = generic.StreamObject({pdf_name("/Filter"): filters}, encoded_data=twice)
        return generic.DictionaryObject({pdf_name("/CRLs"): generic.ArrayObject([writer.add_object(lists)])})

    return case.signed(to_root("/DSS", evidence))


@hostile
def a_list_of_the_revoked_named_twice(case: Case) -> bytes:
    """Each time it is read and asked again."""

    def evidence(writer: Any) -> Any:
        one = writer.add_object(generic.StreamObject(stream_data=bytes(9)))
        return generic.DictionaryObject({pdf_name("/CRLs"): generic.ArrayObject([one, one])})

    return case.signed(to_root("/DSS", evidence))


def _names(**entries: Any) -> Callable[[Any], Any]:
    return lambda _: generic.DictionaryObject({pdf_name(f"/{key}"): value for key, value in entries.items()})


def _one_more(writer: Any) -> Any:
    evil = _names(ExtensionLevel=generic.NumberObject(9))(writer)
    return generic.DictionaryObject({**writer.root["/Extensions"], pdf_name("/EVIL"): evil})


def _version(said: Any) -> Make:
    return lambda case: case.signed(late=to_root("/Version", lambda _: said))


def _scripted(writer: Any) -> Any:
    evil = _names(S=pdf_name("/JavaScript"), ExtensionLevel=generic.NumberObject(2))(writer)
    return generic.DictionaryObject({**writer.root["/Extensions"], pdf_name("/ESIC"): evil})


_UNMARKED = _names(Marked=generic.BooleanObject(False))
HOSTILE |= {
    "an older version of the format": _version(pdf_name("/1.2")),
    "no extensions any more": lambda case: case.signed(late=to_root("/Extensions", _names())),
    "a version of PDF in a string": _version(generic.TextStringObject("/1.7")),
    "a version of PDF that is none": _version(pdf_name("/9.9")),
    "a script in an extension": lambda case: case.signed(late=to_root("/Extensions", _scripted)),
    "an extension of his own": lambda case: case.signed(late=to_root("/Extensions", _one_more)),
    "marked otherwise": lambda case: case.signed(to_root("/MarkInfo", _UNMARKED)),
}


def _form(key: str, value: Callable[[Any], Any]) -> Make:
    def change(writer: Any) -> None:
        form = writer.root["/AcroForm"]
        form[pdf_name(key)] = value(writer)
        writer.update_container(form)

    return lambda case: case.signed(change)


def _letters(base: str, **more: Any) -> Callable[[Any], Any]:
    font = {"Type": pdf_name("/Font"), "Subtype": pdf_name("/Type1"), "BaseFont": pdf_name(base), **more}
    return lambda writer: _names(Font=_names(Helv=writer.add_object(_names(**font)(writer)))(writer))(writer)


_OTHER_DIGITS = _names(Type=pdf_name("/Encoding"), Differences=generic.ArrayObject(
    [generic.NumberObject(48), pdf_name("/nine"), pdf_name("/eight")]))(None)  # fmt: skip
HOSTILE["white letters in the form"] = _form("/DA", lambda _: generic.TextStringObject("/Helv 0 Tf 1 g"))
HOSTILE["other letters in the form"] = _form("/DR", _letters("/Symbol"))
HOSTILE["other digits in the form"] = _form("/DR", _letters("/Helvetica", Encoding=_OTHER_DIGITS))


@hostile
def a_key_twice_in_the_field(case: Case) -> bytes:
    """One reader takes the first, another the last."""
    data = case.signed()
    at = data.index(b"/T (ChuKyLanhDao)", len(case.served))
    return _moved(case, data, at, at, b"/F 132 ")


@hostile
def the_head_of_the_text_in_a_word_of_the_field(case: Case) -> bytes:
    """A string to those who read the object, an object to those who look for lines that begin one."""
    data = case.signed()
    at = data.index(b"/T (ChuKyLanhDao)", len(case.served))
    return _moved(case, data, at, at, b"/NM (\n%d 0 obj\n<</Length 0>>\n) " % tables._contents(case))


@hostile
def a_signature_beside_its_own_place(case: Case) -> bytes:
    return case.signed(late=lambda writer: field_of(writer, "ChuKyLanhDao").update(
        {pdf_name("/V"): generic.DictionaryObject({**field_of(writer, "ChuKyLanhDao")["/V"]})}))  # fmt: skip


HOSTILE["a table that names no older one"] = lambda case: tables._signed_anew(
    case, _table(case.signed(), (rb"/Prev \d+", b""))
)
