"""Files as an enemy would send them back: each takes what was served and the officer's own key, and makes one file.

Where nothing else is said the officer's signature itself is genuine: he (or what sits in his machine) signed it.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils import generic as pyhanko_generic
from pyhanko.pdf_utils import writer as pyhanko_writer
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper, SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.signing import tsa
from documents.signing.keys import Key
from documents.signing.names import OFFICER, SEAL, SYSTEM

generic: Any = pyhanko_generic
Make = Callable[["Case"], bytes]
HOSTILE: dict[str, Make] = {}


class Stamper(TimeStamper):
    """A time-stamping authority in this process."""

    def __init__(self, key: Key, at: datetime) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._key, self._at = key, at

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """What our small one answers."""
        return tsp.TimeStampResp.load(tsa.answer(self._key, req.dump(), self._at))


@dataclass
class Case:
    """What an enemy has in his hands."""

    served: bytes
    key: Key
    at: datetime
    other: bytes  # another document's file, served as well
    others: dict[str, Key] = field(default_factory=dict)

    def signed(self, change: Callable[[Any], None] | None = None, *, key: Key | None = None, name: str = OFFICER,
               data: bytes | None = None, md: str = "sha256", stamper: TimeStamper | None = None,
               new: SigFieldSpec | None = None, subfilter: Any = SigSeedSubFilter.PADES,
               at: datetime | None = None, late: Callable[[Any], None] | None = None) -> bytes:  # fmt: skip
        """The file signed by pyHanko's own signer, as a plug-in would; `change`: what slips in with the signature,
        `late`: where pyHanko itself would take it out again.
        """
        writer: Any = IncrementalPdfFileWriter(io.BytesIO(data or self.served), strict=False)
        if change:
            change(writer)
        meta = PdfSignatureMetadata(field_name=name, md_algorithm=md, subfilter=subfilter)
        signer = PdfSigner(meta, signer_of(key or self.key), timestamper=stamper, new_field_spec=new)
        return asyncio.run(_signed(signer, writer, at or self.at, late, existing=new is None))

    def changed(self, change: Callable[[Any], None], data: bytes | None = None) -> bytes:
        """The file with one more update and no signature."""
        writer: Any = IncrementalPdfFileWriter(io.BytesIO(data or self.served), strict=False)
        change(writer)
        made = io.BytesIO()
        writer.write(made)
        return made.getvalue()


async def _signed(signer: PdfSigner, writer: Any, at: datetime, late: Callable[[Any], None] | None, *,
                  existing: bool) -> bytes:  # fmt: skip
    session = signer.init_signing_session(writer, existing_fields_only=existing)
    session.system_time = at
    room = await session.estimate_signature_container_size(None)
    document = session.prepare_tbs_document(validation_info=None, bytes_reserved=room)
    if late:
        late(writer)
    digest, output = document.digest_tbs_document()
    done = await document.perform_signature(digest.document_digest, PdfCMSSignedAttributes(signing_time=at))
    await done.post_signature_processing(output)
    assert isinstance(output, io.BytesIO)
    return output.getvalue()


def signer_of(key: Key) -> SimpleSigner:
    """pyHanko's own, from the parts of a key."""
    private = key.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    store: Any = SimpleCertificateStore
    return SimpleSigner(x509.Certificate.load(key.der), asn1_keys.PrivateKeyInfo.load(private), store())


def hostile(make: Make) -> Make:
    """Enter it into the list, under its own name."""
    HOSTILE[make.__name__.replace("_", " ")] = make
    return make


# ── no file of ours at all ──────────────────────────────────────────────────────────────────────────────────


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


# ── the text is changed, then signed ────────────────────────────────────────────────────────────────────────


def _page(writer: Any) -> Any:
    return writer.root["/Pages"]["/Kids"][0].get_object()


def _swap_text(writer: Any) -> None:
    """The first page says something else."""
    page = _page(writer)
    stream = generic.StreamObject(stream_data=b"BT /F1 20 Tf 100 500 Td (9999) Tj ET")
    page[pdf_name("/Contents")] = writer.add_object(stream)
    writer.update_container(page)


def _overwrite_text(writer: Any) -> None:
    """The very stream of the first page is written anew."""
    contents = _page(writer).raw_get("/Contents")
    stream = contents.get_object()
    if isinstance(stream, list):
        contents = stream[0]
        stream = contents.get_object()
    stream._data = stream.data.replace(b"Tj", b"Tj ", 1)
    stream._encoded_data = None
    writer.mark_update(contents.reference)


def _annotate(writer: Any) -> None:
    """A text over the page."""
    note = generic.DictionaryObject({
        pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name("/FreeText"),
        pdf_name("/Contents"): generic.TextStringObject("9999"), pdf_name("/F"): generic.NumberObject(4),
        pdf_name("/DA"): generic.TextStringObject("/Helv 14 Tf 0 g"),
        pdf_name("/Rect"): generic.ArrayObject(generic.NumberObject(x) for x in (100, 500, 300, 540)),
    })  # fmt: skip
    ref, _ = writer.find_page_for_modification(0)
    writer.register_annotation(ref, writer.add_object(note))


def _append_page(writer: Any) -> None:
    make: Any = pyhanko_writer.PageObject
    page = make(contents=writer.add_object(generic.StreamObject(stream_data=b"")),
                                     media_box=(0, 0, 595, 842))  # fmt: skip
    writer.insert_page(page)


def _swap_fonts(writer: Any) -> None:
    """The same text in a font whose digits are others'."""
    page = _page(writer)
    resources = page["/Resources"]
    fonts = resources["/Font"]
    first = next(iter(fonts))
    fonts[first] = writer.add_object(generic.DictionaryObject({
        pdf_name("/Type"): pdf_name("/Font"), pdf_name("/Subtype"): pdf_name("/Type1"),
        pdf_name("/BaseFont"): pdf_name("/Symbol")}))  # fmt: skip
    writer.update_container(fonts)
    page[pdf_name("/Resources")] = resources
    writer.update_container(page)


@hostile
def text_swapped_before_signing(case: Case) -> bytes:
    return case.signed(data=case.changed(_swap_text))


@hostile
def text_swapped_with_the_signature(case: Case) -> bytes:
    return case.signed(_swap_text)


@hostile
def text_overwritten_with_the_signature(case: Case) -> bytes:
    return case.signed(_overwrite_text)


@hostile
def text_swapped_after_signing(case: Case) -> bytes:
    return case.changed(_swap_text, case.signed())


@hostile
def a_note_with_the_signature(case: Case) -> bytes:
    return case.signed(_annotate)


@hostile
def a_note_before_signing(case: Case) -> bytes:
    return case.signed(data=case.changed(_annotate))


@hostile
def a_note_after_signing(case: Case) -> bytes:
    return case.changed(_annotate, case.signed())


@hostile
def a_page_more(case: Case) -> bytes:
    return case.signed(_append_page)


@hostile
def other_fonts(case: Case) -> bytes:
    return case.signed(_swap_fonts)


# ── something that acts ─────────────────────────────────────────────────────────────────────────────────────


def _script() -> Any:
    return generic.DictionaryObject({pdf_name("/S"): pdf_name("/JavaScript"),
                                     pdf_name("/JS"): generic.TextStringObject("app.alert('x')")})  # fmt: skip


def _to_root(name: str, value: Callable[[Any], Any]) -> Callable[[Any], None]:
    def change(writer: Any) -> None:
        writer.root[pdf_name(name)] = value(writer)
        writer.update_root()

    return change


def _names(kind: str) -> Callable[[Any], Any]:
    def made(writer: Any) -> Any:
        entries = generic.ArrayObject([generic.TextStringObject("x"), writer.add_object(_script())])
        tree = generic.DictionaryObject({pdf_name("/Names"): entries})
        return generic.DictionaryObject({pdf_name(kind): tree})

    return made


@hostile
def a_script(case: Case) -> bytes:
    return case.signed(_to_root("/Names", _names("/JavaScript")))


@hostile
def an_embedded_file(case: Case) -> bytes:
    return case.signed(_to_root("/Names", _names("/EmbeddedFiles")))


@hostile
def an_action_on_opening(case: Case) -> bytes:
    return case.signed(_to_root("/OpenAction", lambda _: _script()))


@hostile
def actions_of_the_document(case: Case) -> bytes:
    return case.signed(_to_root("/AA", lambda _: generic.DictionaryObject({pdf_name("/WP"): _script()})))


@hostile
def layers_that_hide(case: Case) -> bytes:
    return case.signed(_to_root("/OCProperties", lambda _: generic.DictionaryObject()))


def _field(writer: Any, name: str) -> Any:
    return next(f.get_object() for f in writer.root["/AcroForm"]["/Fields"] if f.get_object()["/T"] == name)


def _to_field(name: str, **values: Any) -> Callable[[Any], None]:
    def change(writer: Any) -> None:
        found = _field(writer, name)
        for key, value in values.items():
            found[pdf_name(f"/{key}")] = value
        writer.update_container(found)

    return change


@hostile
def an_action_on_the_field(case: Case) -> bytes:
    return case.signed(_to_field(OFFICER, AA=generic.DictionaryObject({pdf_name("/E"): _script()})))


def _to_form(name: str, value: Any) -> Callable[[Any], None]:
    def change(writer: Any) -> None:
        form = writer.root["/AcroForm"]
        form[pdf_name(name)] = value
        writer.update_container(form)

    return change


@hostile
def a_form_in_xfa(case: Case) -> bytes:
    return case.signed(_to_form("/XFA", generic.TextStringObject("<xdp/>")))


@hostile
def pictures_of_fields_made_anew_by_the_viewer(case: Case) -> bytes:
    return case.signed(late=_to_form("/NeedAppearances", generic.BooleanObject(True)))


# ── fields ──────────────────────────────────────────────────────────────────────────────────────────────────


@hostile
def the_number_filled_in(case: Case) -> bytes:
    return case.signed(_to_field("So", V=generic.TextStringObject("99")))


@hostile
def another_picture_of_the_day(case: Case) -> bytes:
    def change(writer: Any) -> None:
        made = writer.add_object(generic.StreamObject(
            {pdf_name("/Type"): pdf_name("/XObject"), pdf_name("/Subtype"): pdf_name("/Form"),
             pdf_name("/BBox"): generic.ArrayObject(generic.NumberObject(x) for x in (0, 0, 100, 20))},
            stream_data=b""))  # fmt: skip
        _to_field("Ngay", AP=generic.DictionaryObject({pdf_name("/N"): made}))(writer)

    return case.signed(change)


@hostile
def the_picture_of_the_number_overwritten(case: Case) -> bytes:
    def change(writer: Any) -> None:
        picture = _field(writer, "So")["/AP"].raw_get("/N")
        stream = picture.get_object()
        stream._data, stream._encoded_data = b"0 0 10 10 re f", None
        stream.pop("/Filter", None)
        writer.mark_update(picture.reference)

    return case.signed(change)


@hostile
def the_seals_field_signed(case: Case) -> bytes:
    return case.signed(name=SEAL)


@hostile
def a_field_of_his_own_signed(case: Case) -> bytes:
    return case.signed(name="Khac", new=SigFieldSpec("Khac", on_page=0, box=(10, 10, 200, 60)))


@hostile
def signed_twice(case: Case) -> bytes:
    return case.signed(data=case.signed(), name=SEAL)


@hostile
def the_field_moved(case: Case) -> bytes:
    box = generic.ArrayObject(generic.NumberObject(x) for x in (0, 0, 595, 842))
    return case.signed(_to_field(OFFICER, Rect=box))


@hostile
def the_systems_certification_taken_away(case: Case) -> bytes:
    def change(writer: Any) -> None:
        found = _field(writer, SYSTEM)
        del found["/V"]
        writer.update_container(found)

    return case.signed(change)


@hostile
def the_systems_certification_overwritten(case: Case) -> bytes:
    def change(writer: Any) -> None:
        value = _field(writer, SYSTEM).raw_get("/V")
        value.get_object()[pdf_name("/Name")] = generic.TextStringObject("x")
        writer.mark_update(value.reference)

    return case.signed(change)


# ── somebody else's, or a weak one ──────────────────────────────────────────────────────────────────────────


def _by(name: str) -> Make:
    return lambda case: case.signed(key=case.others[name])


for _name in ("another officer's certificate", "the same name, signed by himself", "the office's seal as an officer",
              "the system's own key"):  # fmt: skip
    HOSTILE[_name] = _by(_name)


@hostile
def weak_digest_sha1(case: Case) -> bytes:
    return case.signed(md="sha1", key=case.others["rsa"])


@hostile
def weak_digest_md5(case: Case) -> bytes:
    return case.signed(md="md5", key=case.others["rsa"])


@hostile
def a_stamp_of_nobody(case: Case) -> bytes:
    return case.signed(stamper=Stamper(case.others["a stamp of nobody"], case.at))


@hostile
def a_stamp_only(case: Case) -> bytes:
    stamper = PdfTimeStamper(Stamper(case.others["tsa"], case.at), field_name=OFFICER)
    writer = IncrementalPdfFileWriter(io.BytesIO(case.served))
    return bytes(stamper.timestamp_pdf(writer, "sha256").getvalue())


@hostile
def signed_a_year_ago(case: Case) -> bytes:
    return case.signed(at=case.at - timedelta(days=365))


@hostile
def stamped_a_year_from_now(case: Case) -> bytes:
    return case.signed(stamper=Stamper(case.others["tsa"], case.at + timedelta(days=365)))


# ── tricks with the file ────────────────────────────────────────────────────────────────────────────────────


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
        made = writer.add_object(generic.StreamObject(
            {pdf_name("/Type"): pdf_name("/XObject"), pdf_name("/Subtype"): pdf_name("/Form"),
             pdf_name("/BBox"): generic.ArrayObject(generic.NumberObject(x) for x in (0, 0, 180, 72))},
            stream_data=b"% " * 400_000))  # fmt: skip
        _to_field(OFFICER, AP=generic.DictionaryObject({pdf_name("/N"): made}))(writer)

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
    data, other = bytearray(case.signed(_swap_text)), case.signed()
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


# ── what comes back in order ────────────────────────────────────────────────────────────────────────────────


def _with_a_hand(writer: Any) -> None:
    """A small picture of the officer's hand, as a plug-in draws it."""
    made = writer.add_object(generic.StreamObject(
        {pdf_name("/Type"): pdf_name("/XObject"), pdf_name("/Subtype"): pdf_name("/Form"),
         pdf_name("/BBox"): generic.ArrayObject(generic.NumberObject(x) for x in (0, 0, 180, 72))},
        stream_data=b"0 0 1 RG 10 10 m 90 60 l 170 12 l S"))  # fmt: skip
    _to_field(OFFICER, AP=generic.DictionaryObject({pdf_name("/N"): made}))(writer)


GENUINE: dict[str, Make] = {
    "with a picture of his hand": lambda case: case.signed(_with_a_hand),
    "P-256": lambda case: case.signed(),
    "P-256 with a time stamp": lambda case: case.signed(stamper=Stamper(case.others["tsa"], case.at)),
    "as older plug-ins sign (adbe.pkcs7.detached)": lambda case: case.signed(
        subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    ),
    "SHA-384": lambda case: case.signed(md="sha384"),
    "SHA-512 with a time stamp": lambda case: case.signed(md="sha512", stamper=Stamper(case.others["tsa"], case.at)),
}
