"""One PAdES signature at the end of a PDF: by whom, at which moment, with what evidence beside it."""

import asyncio
import io
import logging
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints, LayoutError
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext

from documents.signing import pictures
from documents.signing.keys import Key, KeyedSigner
from documents.signing.pictures import Picture
from states.errors import DonDocError

_CMS, _TOKEN = 3_000, 12_000
"""Bytes that a signature needs beside its certificates, and that a time stamp needs."""


class NotSigned(DonDocError):
    """Không ký được văn bản (the signature could not be made): {why}."""

    status = 500


@dataclass(frozen=True)
class Evidence:
    """What a signature is made with, so that it can be validated years later: nothing, or its chain with what is known
    of revocations (`context`: as of the moment of signing) and a time stamp. `revocation`: whether a list of the
    signer's own authority is among it.
    """

    context: ValidationContext | None = None
    stamper: TimeStamper | None = None
    revocation: bool = False

    @property
    def level(self) -> str:
        """PAdES baseline: B-B, with a time stamp B-T, with chain and revocation beside it B-LT."""
        if self.stamper is None:
            return "B-B"
        return "B-LT" if self.revocation else "B-T"


def sign(writer: IncrementalPdfFileWriter, name: str, key: Key, at: datetime, evidence: Evidence,
         picture: Picture) -> bytes:  # fmt: skip
    """Sign the empty field `name`, all that the writer holds included, with a picture. Returns the whole file."""
    return write_signature(writer, PdfSignatureMetadata(field_name=name), key, at, evidence, picture=picture)


def write_signature(
    writer: IncrementalPdfFileWriter, meta: PdfSignatureMetadata, key: Key, at: datetime, evidence: Evidence, *,
    field: SigFieldSpec | None = None, picture: Picture | None = None,
) -> bytes:  # fmt: skip
    """Sign; with `field` a new one, else the one that is there."""
    style = StaticStampStyle(border_width=0, background=_Drawn(picture)) if picture else None
    settings = replace(
        meta, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, validation_context=evidence.context,
        embed_validation_info=evidence.context is not None, dss_settings=_DSS,
    )  # fmt: skip
    by, stamper = KeyedSigner(key), evidence.stamper
    signer = _Signer(settings, by, timestamper=stamper, new_field_spec=field, stamp_style=style)
    room = 2 * (_CMS + len(key.der) + sum(map(len, key.chain)) + (_TOKEN if evidence.stamper else 0))
    try:
        return asyncio.run(_written(signer, writer, at, room, existing=field is None))
    except (SigningError, LayoutError) as error:
        raise NotSigned(why=_why(error)) from error


async def _written(signer: PdfSigner, writer: Any, at: datetime, room: int, *, existing: bool) -> bytes:
    """What `PdfSigner.sign_pdf` does, at the moment that is named and without a signature only to measure its size."""
    session = signer.init_signing_session(writer, existing_fields_only=existing)
    session.system_time = at
    info = await session.perform_presign_validation(writer)
    document = session.prepare_tbs_document(validation_info=info, bytes_reserved=room)
    digest, output = document.digest_tbs_document()
    signed = await document.perform_signature(digest.document_digest, PdfCMSSignedAttributes(signing_time=at))
    await signed.post_signature_processing(output)
    assert isinstance(output, io.BytesIO)
    return output.getvalue()


def _why(error: Exception) -> str:
    return str(error.__cause__ or error) or type(error).__name__


class _Signer(PdfSigner):
    """Names PAdES in the catalogue and nothing else: that P-256 is used would be said in an array (ISO 32002) under
    PDF 2.0, and signing programs (PDFBox, iText 5) that write the catalogue anew take that apart.
    """

    def register_extensions(self, pdf_out: Any, *, md_algorithm: str) -> None:  # noqa: ARG002
        """In the catalogue of the file."""
        pdf_out.register_extension(ESIC_EXTENSION_1)


@dataclass
class _Drawn(PdfContent):
    """A picture as pyHanko's stamp takes it."""

    picture: Picture
    name: str = field(default="Anh")

    def __post_init__(self) -> None:
        super().__init__(box=BoxConstraints(width=self.picture.width, height=self.picture.height))

    def render(self) -> bytes:
        """The operator that draws it."""
        assert self.writer is not None  # set by the stamp
        (form,) = pictures.drawn(self.writer, [self.picture])
        self.resources.xobject[f"/{self.name}"] = form
        return f"/{self.name} Do".encode()


logging.getLogger(PdfSigner.__module__).setLevel(logging.ERROR)  # it warns that we fetch nothing; we never do
_DSS = DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE)
