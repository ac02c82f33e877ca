"""What comes back in order."""

from __future__ import annotations

import io
from typing import Any

from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter

from documents.signing import pades, pictures
from documents.signing.names import OFFICER
from tests.documents.signing.hostile import programs
from tests.documents.signing.hostile.case import Case, Make, Stamper, generic, picture, to_field


def _with_a_hand(writer: Any) -> None:
    """A small picture of the officer's hand, as a plug-in draws it."""
    made = writer.add_object(picture(b"0 0 1 RG 10 10 m 90 60 l 170 12 l S"))
    to_field(OFFICER, AP=generic.DictionaryObject({pdf_name("/N"): made}))(writer)


def _as_we_do(case: Case) -> bytes:
    drawn = pictures.officer("Trần Thị Mẫu", "Phó Chủ tịch", "Ủy ban nhân dân xã Mẫu", case.at, sample=True)
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(case.served))
    return pades.sign(writer, OFFICER, case.key, case.at, pades.Evidence(), drawn)


GENUINE: dict[str, Make] = {
    "with a picture of his hand": lambda case: case.signed(late=_with_a_hand),
    "with a picture that was not used": lambda case: case.signed(_with_a_hand),
    "with a table in a stream": lambda case: case.signed(lambda writer: setattr(writer, "stream_xrefs", True)),
    "as Acrobat writes": programs.as_acrobat,
    "as iText writes": programs.as_itext,
    "as PDFBox writes": programs.as_pdfbox,
    "as iText writes from what it is told": programs.as_itext_from_info,
    "as PDFBox's examples write, in BER": programs.as_pdfbox_in_ber,
    "as PDFBox writes, its table in a stream": programs.as_pdfbox_in_a_stream,
    "its moment without a zone": programs.without_a_zone,
    "a short name and a whole font": programs.with_a_whole_font,
    "as we sign ourselves": _as_we_do,
    "P-256": lambda case: case.signed(),
    "P-256 with a time stamp": lambda case: case.signed(stamper=Stamper(case.others["tsa"], case.at)),
    "as older plug-ins sign (adbe.pkcs7.detached)": lambda case: case.signed(
        subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    ),
    "SHA-384": lambda case: case.signed(md="sha384"),
    "SHA-512 with a time stamp": lambda case: case.signed(md="sha512", stamper=Stamper(case.others["tsa"], case.at)),
}
