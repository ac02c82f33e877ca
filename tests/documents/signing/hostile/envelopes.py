"""A genuine signature in an envelope that holds more, or less, than it should."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from asn1crypto import cms, core, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.sign.ades.api import CAdESSignedAttrSpec, GenericCommitment
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

from documents.signing import testing
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


def _open_within(_: Case, whole: Any) -> bytes:
    return programs.opened(whole.dump(), lambda one: b"\x30\x80" + one[2 + one[1] % 128 :] + b"\0\0")


def _open_number(_: Case, whole: Any) -> bytes:
    made = programs.opened(whole.dump())
    return made.replace(b"\x02\1\1", b"\x02\x80\1\0\0", 1)


def _open_and_more(_: Case, whole: Any) -> bytes:
    made: bytes = programs.opened(whole.dump()) + b"\0\0" + whole.dump()
    return made


def _crowd(_: Case, whole: Any) -> bytes:
    """Authorities of one name: each may have issued each."""
    for _each in range(3):
        whole["content"]["certificates"].append(x509.Certificate.load(testing.make().root.der))
    return bytes(whole.dump(force=True))


def _key_for_algorithm(_: Case, whole: Any) -> bytes:
    """As iText 5 names P-256."""
    whole["content"]["signer_infos"][0]["signature_algorithm"] = {"algorithm": "1.2.840.10045.2.1"}
    return bytes(whole.dump(force=True))


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


def _number_for_bytes(_: Case, whole: Any) -> bytes:
    return bytes(whole.dump().replace(b"\x31\x22\x04\x20", b"\x31\x22\x02\x20"))


def _two(_: Case, whole: Any) -> bytes:
    one = whole["content"]["signer_infos"][0]
    whole["content"]["signer_infos"] = cms.SignerInfos([one, one.copy()])
    return bytes(whole.dump(force=True))


def _meaning(kind: GenericCommitment) -> PdfCMSSignedAttributes:
    return PdfCMSSignedAttributes(cades_signed_attrs=CAdESSignedAttrSpec(commitment_type=kind.asn1))


HOSTILE |= {
    "something behind the signature in its own place": enveloped(lambda _, whole: whole.dump() + b"hidden"),
    "its place filled up with other than zeros": enveloped(_plain, pad=b"A"),
    "an open length within what is signed": enveloped(_open_within),
    "a number of open length": enveloped(_open_number),
    "something behind what was left open": enveloped(_open_and_more, file=programs.as_pdfbox),
    "authorities that issue each other": enveloped(_crowd, file=programs.as_pdfbox),
    "the kind of key for the algorithm": enveloped(_key_for_algorithm),
    "a length longer than it needs to be": enveloped(_long_length),
    "an attribute that nobody knows": enveloped(_unknown),
    "its certificate not signed with it": enveloped(without("signing_certificate_v2")),
    "a stamp among what was signed": enveloped(without(more=_stamp_before_signing), file=programs.as_pdfbox),
    "a hash that it does not use": enveloped(_one_more_hash),
    "signed to say that he received it": enveloped(_plain, _meaning(GenericCommitment.PROOF_OF_RECEIPT)),
    "signed to say that he sent it": enveloped(_plain, _meaning(GenericCommitment.PROOF_OF_SENDER)),
    "two signers in one signature": enveloped(_two),
    "a number for what was hashed": enveloped(_number_for_bytes),
}
