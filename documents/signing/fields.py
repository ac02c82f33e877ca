"""The PDF that is going to be signed: two empty signature fields, number and day still open, what was served certified.

Whatever is changed later is a revision of its own at the end of the file: each file begins with the one before.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pyhanko.pdf_utils import generic as pyhanko_generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata

from documents.signing import pictures
from documents.signing.keys import Key
from documents.signing.names import DATE, NUMBER, OFFICER, SEAL, SYSTEM
from documents.signing.pades import Evidence, write_signature
from documents.signing.pictures import Picture
from documents.writing.letterhead import day_words
from documents.writing.paper import Paper
from documents.writing.typesetting import Anchor, to_sign

generic: Any = pyhanko_generic  # its types are not written down
_READ_ONLY, _PRINTED = 1, 4


@dataclass(frozen=True)
class _Room:
    """A field of words: its place on its page (counted from 0), in points from the lower left corner."""

    name: str
    page: int
    box: tuple[float, float, float, float]

    @property
    def width(self) -> float:
        return self.box[2] - self.box[0]


def prepare(paper: Paper, system: Key, at: datetime) -> bytes:
    """Set a paper without number and day, with its fields, certified by the system (only filling and signing may
    follow). The same PDF/A is not promised: its fields would break it.
    """
    made, anchors = to_sign(paper)
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(made))
    rooms = [_room(writer, name, anchor) for name, anchor in anchors.items() if name != "sig"]
    blanks = [_words(one, None, day_words(None, paper.year)) for one in rooms]
    for one, form in zip(rooms, pictures.drawn(writer, blanks), strict=True):
        _add_field(writer, one, form)
    _add_signatures(writer, anchors["sig"])
    meta = PdfSignatureMetadata(field_name=SYSTEM, certify=True, docmdp_permissions=MDPPerm.FILL_FORMS)
    return write_signature(writer, meta, system, at, Evidence(), field=SigFieldSpec(SYSTEM))


def fill(writer: Any, number: str, day: date) -> None:
    """Write number and day into their fields, in each annex too."""
    fields = _fields(writer)
    said = {NUMBER: number, DATE: day_words(day, day.year)}
    rooms = [_Room(name, 0, _box(field)) for name, field in fields.items() if name.partition("-")[0] in said]
    drawn = pictures.drawn(writer, [_words(one, number, said[DATE]) for one in rooms])
    for one, form in zip(rooms, drawn, strict=True):
        field = fields[one.name]
        field[pdf_name("/V")] = generic.TextStringObject(said[one.name.partition("-")[0]])
        field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): form})
        writer.update_container(field)


def values(data: bytes) -> Mapping[str, str]:
    """What stands in the fields of words, by their names; empty while nobody has filled them."""
    fields = _fields(PdfFileReader(io.BytesIO(data)))
    return {name: str(field.get("/V", "")) for name, field in fields.items() if field.get("/FT") == "/Tx"}


def _box(field: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(x) for x in field["/Rect"])
    return left, bottom, right, top


def _fields(handler: Any) -> dict[str, Any]:
    found = (field.get_object() for field in handler.root["/AcroForm"]["/Fields"])
    return {str(field["/T"]): field for field in found}


def _words(room: _Room, number: str | None, day: str) -> Picture:
    """What is drawn there; the number ends where the symbol begins, a day begins where the place ends."""
    kind, _, annex = room.name.partition("-")
    if kind == NUMBER:
        return pictures.line(number or "", room.width, italic=bool(annex), align="right")
    return pictures.line(day, room.width, italic=True)


def _room(writer: Any, name: str, anchor: Anchor) -> _Room:
    kind, _, annex = name.partition("-")
    called = {"number": NUMBER, "date": DATE}[kind] + (f"-{annex}" if annex else "")
    top = _height(writer, anchor.page - 1) - anchor.y
    return _Room(called, anchor.page - 1, (anchor.x, top - pictures.LINE, anchor.x + anchor.width, top))


def _add_field(writer: Any, room: _Room, form: Any) -> None:
    page, _ = writer.find_page_for_modification(room.page)
    field = generic.DictionaryObject({
        pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name("/Widget"),
        pdf_name("/FT"): pdf_name("/Tx"), pdf_name("/T"): generic.TextStringObject(room.name),
        pdf_name("/TU"): generic.TextStringObject("Số" if room.name.startswith(NUMBER) else "Ngày, tháng, năm"),
        pdf_name("/Rect"): generic.ArrayObject(generic.FloatObject(round(x, 3)) for x in room.box),
        pdf_name("/F"): generic.NumberObject(_PRINTED), pdf_name("/Ff"): generic.NumberObject(_READ_ONLY),
        pdf_name("/DA"): generic.TextStringObject("/Helv 0 Tf 0 g"), pdf_name("/P"): page,
        pdf_name("/AP"): generic.DictionaryObject({pdf_name("/N"): form}),
    })  # fmt: skip
    reference = writer.add_object(field)
    _form(writer)["/Fields"].append(reference)
    writer.register_annotation(page, reference)


def _form(writer: Any) -> Any:
    if "/AcroForm" not in writer.root:
        form = generic.DictionaryObject({pdf_name("/Fields"): generic.ArrayObject()})
        writer.root[pdf_name("/AcroForm")] = writer.add_object(form)
        writer.update_root()
    return writer.root["/AcroForm"]


def _add_signatures(writer: Any, at: Anchor) -> None:
    """The officer's between title and name, the seal over its left third: it comes later, so it lies above."""
    wide, high = pictures.SIGNATURE
    left, top = at.x - wide / 2, _height(writer, at.page - 1) - at.y - 1
    middle, half = top - high / 2, pictures.SEAL / 2
    right = left + wide / 3
    boxes = {OFFICER: (round(left), round(top - high), round(left + wide), round(top)),
             SEAL: (round(right - 2 * half), round(middle - half), round(right), round(middle + half))}  # fmt: skip
    for name, box in boxes.items():
        append_signature_field(writer, SigFieldSpec(name, on_page=at.page - 1, box=box))


def _height(writer: Any, page: int) -> float:
    found, _ = writer.find_page_for_modification(page)
    box = found.get_object()["/MediaBox"]
    return float(box[3]) - float(box[1])
