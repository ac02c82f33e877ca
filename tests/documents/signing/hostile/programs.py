"""Updates as signing programs write them, made by hand after their habits: line ends, order, what they write anew."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha512
from typing import Any

from asn1crypto import cms
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

from documents.signing.keys import subject_name
from documents.signing.names import OFFICER
from states.periods import LOCAL
from tests.documents.signing.hostile import tables
from tests.documents.signing.hostile.case import Case, signer_of

_ROOM = 16_000
_DESCRIBED = (b"<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
              b"xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' "
              b"xmlns:dc='http://purl.org/dc/elements/1.1/'>%b</rdf:Description></rdf:RDF></x:xmpmeta>")  # fmt: skip
_STROKES = b"0 0 1 RG 2 w 10 10 m 90 60 l 170 12 l S"


@dataclass(frozen=True)
class Habit:
    """How a program writes: between head and value, behind objects, in its table, what it says before its end, and what
    stands between table and trailer.
    """

    inner: bytes = b"\n"
    outer: bytes = b"\n"
    line: bytes = b"\n"
    entry: bytes = b" \n"
    remark: bytes = b""
    gap: bytes = b""


class Update:
    """What went out, and what a program adds to it; new objects count on from its size."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.before: Any = PdfFileReader(io.BytesIO(case.served))
        self.objects: dict[int, bytes] = {}
        self.next = int(self.before.trailer["/Size"])

    def add(self, body: bytes) -> int:
        """A new object; returns its number."""
        self.objects[self.next] = body
        self.next += 1
        return self.next - 1

    def anew(self, reference: Any, **changes: bytes) -> None:
        """An object that went out, written anew with these entries."""
        value = self.before.get_object(reference.reference)
        entries = {str(key): _bytes(value.raw_get(key)) for key in value}
        self.objects[reference.idnum] = _dictionary(entries | {f"/{key}": said for key, said in changes.items()})

    def described_anew(self, *left_out: bytes) -> None:
        """The description made from what little stands in /Info."""
        elements = (b"<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>%b</rdf:li></rdf:Alt></dc:title>",
                    b"<dc:creator><rdf:Seq><rdf:li>%b</rdf:li></rdf:Seq></dc:creator>")  # fmt: skip
        info = self.before.trailer["/Info"]
        said = b"".join(one % str(info[key]).encode() for key, one in zip(("/Title", "/Author"), elements, strict=True)
                        if key.encode() not in left_out)  # fmt: skip
        stream = self.before.root.raw_get("/Metadata")
        self.objects[stream.idnum] = stream_of(b"/Type/Metadata/Subtype/XML", _DESCRIBED % said)

    def root(self, **changes: bytes) -> None:
        """The catalogue."""
        self.anew(self.before.trailer.raw_get("/Root"), **changes)

    def form(self, **changes: bytes) -> None:
        """The form."""
        self.anew(self.before.root.raw_get("/AcroForm"), **changes)

    def info(self, **changes: bytes) -> None:
        """When it was written last, and with what."""
        self.anew(self.before.trailer.raw_get("/Info"), **changes)

    def page(self) -> None:
        """The field's page, which says what it said."""
        self.anew(self._field().get_object().raw_get("/P"))

    def described(self, maker: bytes) -> None:
        """The description in XMP under its own number, by another maker at another time."""
        stream = self.before.root.raw_get("/Metadata")
        data = self.before.get_object(stream.reference).data.replace(b"pyHanko", maker).replace(b"2026-", b"2027-")
        self.objects[stream.idnum] = stream_of(b"/Type/Metadata/Subtype/XML", data)

    def sign(self, look: int, kind: bytes = b"ETSI.CAdES.detached", more: bytes = b"",
             zone: bytes = b"+07'00'") -> None:  # fmt: skip
        """The signature's own dictionary and the field that bears it."""
        said = b"/SubFilter/%b%b/M(%b)" % (kind, more, _moment(self.case.at).removesuffix(b"+07'00'") + zone)
        places = b"/ByteRange [0 0 0 0%b]/Contents <%b>" % (b" " * 40, b"0" * _ROOM)
        value = self.add(b"<</Type/Sig/Filter/Adobe.PPKLite" + said + places + b">>")
        self.anew(self._field(), V=b"%d 0 R" % value, AP=b"<</N %d 0 R>>" % look, F=b"132")

    def name(self) -> bytes:
        """The officer's name as a string of PDF."""
        return b"<%b>" % (b"\xfe\xff" + subject_name(self.case.key.der).encode("utf-16-be")).hex().encode()

    def _field(self) -> Any:
        return next(one for one in self.before.root["/AcroForm"]["/Fields"] if one.get_object()["/T"] == OFFICER)

    def written(self, habit: Habit, cms: tables.Cms = tables._cms) -> bytes:
        """The whole file, signed."""
        body, places = self._laid(habit)
        rows = (b"%d 1%b%010d 00000 n%b" % (one, habit.line, places[one], habit.entry) for one in sorted(places))
        head = b"xref%b0 1%b0000000000 65535 f%b" % (habit.line, habit.line, habit.entry)
        trailer = b"trailer" + habit.line + _dictionary(self._trailer(self.next)) + habit.line
        table = head + b"".join(rows) + habit.gap + trailer
        return tables._signed_anew(self.case, body + table + habit.remark + _end(len(body), habit.line), cms)

    def written_in_a_stream(self, own: int) -> bytes:
        """The whole file, signed; its table is a stream by the number `own`, which it does not name itself."""
        body, places = self._laid(Habit())
        rows = zlib.compress(b"".join(b"\1" + places[one].to_bytes(4) + b"\0" for one in sorted(places)))
        index = b" ".join(b"%d 1" % one for one in sorted(places))
        said = _dictionary(self._trailer(max(self.next, own + 1)))[2:-2]
        keys = said + b"/Type/XRef/W[1 4 1]/Index[%b]/Filter/FlateDecode" % index
        table = b"%d 0 obj\n%b\nendobj\n" % (own, stream_of(keys, rows))
        return tables._signed_anew(self.case, body + table + _end(len(body), b"\n"))

    def _laid(self, habit: Habit) -> tuple[bytes, dict[int, int]]:
        body, places = self.case.served, dict[int, int]()
        for number, value in self.objects.items():
            places[number] = len(body)
            body += b"%d 0 obj" % number + habit.inner + value + habit.inner + b"endobj" + habit.outer
        return body, places

    def _trailer(self, size: int) -> dict[str, bytes]:
        old = self.before.trailer
        last = self.before.xrefs.get_startxref_for_revision(self.before.xrefs.total_revisions - 1)
        named = {name: _bytes(old.raw_get(name)) for name in ("/Root", "/Info", "/ID")}
        return {"/Size": b"%d" % size, **named, "/Prev": b"%d" % last}


def _dictionary(entries: Mapping[str, bytes]) -> bytes:
    return b"<<" + b"".join(b"%b %b" % (key.encode(), said) for key, said in entries.items()) + b">>"


def _end(place: int, line: bytes) -> bytes:
    return b"startxref%b%d%b%%%%EOF%b" % (line, place, line, line)


def _bytes(value: Any) -> bytes:
    stream = io.BytesIO()
    value.write_to_stream(stream)
    return stream.getvalue()


def _moment(at: datetime) -> bytes:
    return f"D:{at.astimezone(LOCAL):%Y%m%d%H%M%S}+07'00'".encode()


def stream_of(keys: bytes, data: bytes) -> bytes:
    """A stream with its length."""
    return b"<<%b/Length %d>>stream\r\n%b\r\nendstream" % (keys, len(data), data)


def _form(resources: bytes, data: bytes) -> bytes:
    packed = zlib.compress(data)
    return stream_of(b"/Type/XObject/Subtype/Form/FormType 1/BBox[0 0 180 72]/Matrix[1 0 0 1 0 0]/Filter/FlateDecode"
                     b"/Resources<<%b>>" % resources, packed)  # fmt: skip


def as_acrobat(case: Case) -> bytes:
    """Carriage returns, letters of the form, how it was built, page and description anew, forms within forms."""
    update = Update(case)
    update.root(Extensions=b"<</ADBE<</BaseVersion/1.7/ExtensionLevel 8>>%b" % _bytes(
        update.before.root["/Extensions"])[2:])  # fmt: skip
    update.described(b"Adobe Acrobat")
    update.info(ModDate=b"(%b)" % _moment(case.at), Producer=b"(Adobe)")
    update.page()
    letters = update.add(b"<</Type/Encoding/Differences[24/breve/caron 39/quotesingle 96/grave 128/bullet/dagger]>>")
    helv = update.add(b"<</Type/Font/Subtype/Type1/Name/Helv/BaseFont/Helvetica/Encoding %d 0 R>>" % letters)
    marks = update.add(b"<</Type/Font/Subtype/Type1/Name/ZaDb/BaseFont/ZapfDingbats>>")
    letters_of = b"<</Encoding<</PDFDocEncoding %d 0 R>>/Font<</Helv %d 0 R/ZaDb %d 0 R>>>>" % (letters, helv, marks)
    update.form(DA=b"(/Helv 0 Tf 0 g )", DR=letters_of)
    empty, drawn = update.add(_form(b"", b"% DSBlank")), update.add(_form(b"/ProcSet[/PDF]", _STROKES))
    frame = update.add(_form(b"/XObject<</n0 %d 0 R/n2 %d 0 R>>" % (empty, drawn), b"q /n0 Do Q q /n2 Do Q"))
    look = update.add(_form(b"/XObject<</FRM %d 0 R>>" % frame, b"q /FRM Do Q"))
    update.sign(look, b"adbe.pkcs7.detached", b"/Name%b/Reason(Duy\\352t)/Prop_Build<</App<</Name/Exchange-Pro/OS[/Win]"
                b"/R 1441792/TrustedMode true>>/Filter<</Date(2026)/Name/Adobe.PPKLite/R 131104/V 2>>/PubSec<</Date"
                b"(2026)/NonEFontNoWarn true/R 131105>>>>/Prop_AuthTime 0" % update.name())  # fmt: skip
    return update.written(Habit(b"\r", b"\r", b"\r\n", b"\r\n"))


def as_itext(case: Case) -> bytes:
    """Tight, with an image of the hand, a line of comment before the end, a higher level of ETSI's extension."""
    update = Update(case)
    update.root(Extensions=b"<</ESIC<</BaseVersion/1.7/ExtensionLevel 2>>>>", Version=b"/1.7")
    update.info(ModDate=b"(%b)" % _moment(case.at), Producer=b"(iText; modified using iText)")
    alpha = update.add(_image(b"/DeviceGray", bytes([255]) * 64))
    image = update.add(_image(b"/DeviceRGB/SMask %d 0 R" % alpha, bytes([0, 0, 200]) * 64))
    look = update.add(_form(b"/XObject<</img0 %d 0 R>>" % image, b"q 80 0 0 60 10 6 cm /img0 Do Q"))
    update.sign(look, more=b"/Reason()/Location(Ha Noi)/ContactInfo()/Prop_Build<</App<</Name/iText#205.5.13>>>>")
    return update.written(Habit(b"\n", b"\n", b"\n", b" \n", b"%iText-5.5.13.3\n"))


def as_itext_from_info(case: Case) -> bytes:
    """As iText 5 writes where a program gives it more for /Info: its description is then made of that alone."""
    update = Update(case)
    update.root(Version=b"/1.4")
    update.described_anew()
    update.info(ModDate=b"(%b)" % _moment(case.at), Producer=b"(iText)")
    update.sign(update.add(_form(b"", _STROKES)))
    return update.written(Habit(gap=b"\n"))


def as_pdfbox_in_ber(case: Case) -> bytes:
    """As PDFBox's own examples: letters of the form in objects of their own, and BouncyCastle's open lengths."""
    update = of_pdfbox(case)
    made = (update.add(b"<</Type/Font/Subtype/Type1/BaseFont/%b>>" % one) for one in (b"Helvetica", b"ZapfDingbats"))
    fonts = update.add(b"<</Helv %d 0 R/ZaDb %d 0 R>>" % (*made,))
    update.form(DA=b"(/Helv 0 Tf 0 g )", DR=b"%d 0 R" % update.add(b"<</Font %d 0 R>>" % fonts))
    return update.written(Habit(), cms_in_ber)


def with_a_whole_font(case: Case) -> bytes:
    """A short name in small letters, and a font of which nothing was left out (mutool)."""
    update = Update(case)
    update.add(stream_of(b"/Length1 700000", sha512(b"x").digest() * 11_000))
    letters = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    update.sign(update.add(_form(letters, b"BT /F 8 Tf 10 40 Td (Ky: Mau) Tj ET")))
    return update.written(Habit())


async def cms_in_ber(case: Case, digest: bytes) -> bytes:
    """The signature with its shells' lengths left open."""
    return opened(await tables._cms(case, digest))


def opened(der: bytes, signer: Callable[[bytes], bytes] = bytes) -> bytes:
    """A signature with its shells' lengths left open; `signer`: what becomes of the signer's own part."""
    signed: Any = cms.ContentInfo.load(der)["content"]
    certificates = b"".join(one.dump() for one in signed["certificates"])
    parts = (
        signed["version"].dump(), signed["digest_algorithms"].dump(),
        _open(b"\x30", signed["encap_content_info"]["content_type"].dump()), _open(b"\xa0", certificates),
        _open(b"\x31", signer(signed["signer_infos"][0].dump())),
    )  # fmt: skip
    kind = cms.ContentType("signed_data").dump()
    return _open(b"\x30", kind + _open(b"\xa0", _open(b"\x30", b"".join(parts))))


def _open(tag: bytes, content: bytes) -> bytes:
    return tag + b"\x80" + content + b"\0\0"


def of_pdfbox(case: Case) -> Update:
    """Page and form written anew as they were."""
    update = Update(case)
    update.page()
    update.form()
    look = update.add(_form(b"", _STROKES))
    update.sign(look, b"adbe.pkcs7.detached", b"/Location(Ha Noi)/Contact(x@y)")
    return update


def as_pdfbox(case: Case) -> bytes:
    """With its table as it is."""
    return of_pdfbox(case).written(Habit(b"\n", b"\n", b"\n", b"\r\n"))


def as_pdfbox_in_a_stream(case: Case) -> bytes:
    """With its table in a stream by the next number."""
    update = of_pdfbox(case)
    return update.written_in_a_stream(update.next)


async def _cms_without_a_moment(case: Case, digest: bytes) -> bytes:
    made: Any = await signer_of(case.key).async_sign(
        digest, "sha256", signed_attr_settings=PdfCMSSignedAttributes(), use_pades=True
    )
    return bytes(made.dump())


def without_a_zone(case: Case) -> bytes:
    """Its moment as a clock on the wall shows it, and none in the signature itself."""
    update = Update(case)
    update.sign(update.add(_form(b"", _STROKES)), zone=b"")
    return update.written(Habit(), _cms_without_a_moment)


def _image(colours: bytes, pixels: bytes) -> bytes:
    keys = b"/Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 8/Filter/FlateDecode/ColorSpace%b" % colours
    return stream_of(keys, zlib.compress(pixels))
