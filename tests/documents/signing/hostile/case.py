"""What an enemy has in his hands: the file that was served, the officer's own key, pyHanko's own signer.

Where nothing else is said the officer's signature itself is genuine: he (or what sits in his machine) signed it.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils import generic as pyhanko_generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.signing import tsa
from documents.signing.keys import Key
from documents.signing.names import OFFICER

generic: Any = pyhanko_generic  # its types are not written down
_begin: Any = TimeStamper.__init__
Make = Callable[["Case"], bytes]
HOSTILE: dict[str, Make] = {}


class Stamper(TimeStamper):
    """A time-stamping authority in this process."""

    def __init__(self, key: Key, at: datetime) -> None:
        _begin(self)
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


def field_of(writer: Any, name: str) -> Any:
    """A field of the form, by its name."""
    return next(f.get_object() for f in writer.root["/AcroForm"]["/Fields"] if f.get_object()["/T"] == name)


def to_field(name: str, **values: Any) -> Callable[[Any], None]:
    """Write values into a field."""

    def change(writer: Any) -> None:
        found = field_of(writer, name)
        for key, value in values.items():
            found[pdf_name(f"/{key}")] = value
        writer.update_container(found)

    return change


def to_root(name: str, value: Callable[[Any], Any]) -> Callable[[Any], None]:
    """Write a value into the catalogue."""

    def change(writer: Any) -> None:
        writer.root[pdf_name(name)] = value(writer)
        writer.update_root()

    return change


def picture(data: bytes, box: tuple[int, int, int, int] = (0, 0, 180, 72)) -> Any:
    """A form of the PDF that draws something."""
    return generic.StreamObject(
        {pdf_name("/Type"): pdf_name("/XObject"), pdf_name("/Subtype"): pdf_name("/Form"),
         pdf_name("/BBox"): generic.ArrayObject(generic.NumberObject(x) for x in box)}, stream_data=data)  # fmt: skip
