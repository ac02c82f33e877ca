"""A genuine signature in an envelope that holds more, or less, than it should."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from asn1crypto import cms, core
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.sign.ades.api import CAdESSignedAttrSpec, GenericCommitment
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

from tests.documents.signing.hostile import programs
from tests.documents.signing.hostile.case import HOSTILE, Case, Make, signer_of

Change = Callable[[Case, Any], bytes]


def enveloped(change: Change, attributes: PdfCMSSignedAttributes | None = None, pad: bytes = b"0",
              file: Make = Case.signed) -> Make:  # fmt: skip
    """The signature made anew over the same bytes, `change`d, and put into its place."""

    def made(case: Case) -> bytes:
        data = file(case)
        begin = data.rindex(b"/Contents <") + len(b"/Contents ")
        end = data.index(b">", begin) + 1
        digest = sha256(data[:begin] + data[end:]).digest()
        signer = signer_of(case.key)
        kinds = attributes or PdfCMSSignedAttributes(signing_time=case.at)
        whole: Any = asyncio.run(signer.async_sign(digest, "sha256", signed_attr_settings=kinds, use_pades=True))
        put, room = change(case, whole), end - begin - 2
        assert 2 * len(put) <= room, "no room"
        return data[: begin + 1] + put.hex().encode().ljust(room, pad) + data[end - 1 :]

    return made


def _plain(_: Case, whole: Any) -> bytes:
    return bytes(whole.dump())


def _open_length(_: Case, whole: Any) -> bytes:
    data = bytes(whole.dump())
    return b"\x30\x80" + data[2 + (data[1] & 0x7F if data[1] & 0x80 else 0) :] + b"\0\0"


def _long_length(_: Case, whole: Any) -> bytes:
    data = bytes(whole.dump())
    wide = data[1] & 0x7F
    return bytes([0x30, 0x80 | wide + 1, 0]) + data[2:]


def _unknown(_: Case, whole: Any) -> bytes:
    attribute = cms.CMSAttribute({"type": "1.2.3.4.5", "values": [core.OctetString(b"x" * 500)]})
    whole["content"]["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([attribute])
    return bytes(whole.dump(force=True))


def without(*names: str, more: Callable[[Case], list[Any]] = lambda _: []) -> Change:
    """Signed attributes taken away or added, and what is there then signed by the officer's own key."""

    def change(case: Case, whole: Any) -> bytes:
        one = whole["content"]["signer_infos"][0]
        left = cms.CMSAttributes([each for each in one["signed_attrs"] if each["type"].native not in names])
        for each in more(case):
            left.append(each)
        key: Any = case.key.private
        one["signed_attrs"] = left
        signed = cms.CMSAttributes([*left]).dump()
        one["signature"] = key.sign(signed, ec.ECDSA(hashes.SHA256()))
        return bytes(whole.dump(force=True))

    return change


def _stamp_before_signing(_: Case) -> list[Any]:
    """In its place something that is no stamp."""
    said = cms.ContentInfo({"content_type": "data", "content": b"x"})
    return [cms.CMSAttribute({"type": "content_time_stamp", "values": [said]})]


def _one_more_hash(_: Case, whole: Any) -> bytes:
    whole["content"]["digest_algorithms"].append({"algorithm": "sha1"})
    return bytes(whole.dump(force=True))


def _two(_: Case, whole: Any) -> bytes:
    one = whole["content"]["signer_infos"][0]
    whole["content"]["signer_infos"] = cms.SignerInfos([one, one.copy()])
    return bytes(whole.dump(force=True))


def _meaning(kind: GenericCommitment) -> PdfCMSSignedAttributes:
    return PdfCMSSignedAttributes(cades_signed_attrs=CAdESSignedAttrSpec(commitment_type=kind.asn1))


HOSTILE |= {
    "something behind the signature in its own place": enveloped(lambda _, whole: whole.dump() + b"hidden"),
    "its place filled up with other than zeros": enveloped(_plain, pad=b"A"),
    "a length that is left open": enveloped(_open_length),
    "a length longer than it needs to be": enveloped(_long_length),
    "an attribute that nobody knows": enveloped(_unknown),
    "its certificate not signed with it": enveloped(without("signing_certificate_v2")),
    "a stamp among what was signed": enveloped(without(more=_stamp_before_signing), file=programs.as_pdfbox),
    "a hash that it does not use": enveloped(_one_more_hash),
    "signed to say that he received it": enveloped(_plain, _meaning(GenericCommitment.PROOF_OF_RECEIPT)),
    "signed to say that he sent it": enveloped(_plain, _meaning(GenericCommitment.PROOF_OF_SENDER)),
    "two signers in one signature": enveloped(_two),
}
