"""Are the signatures of a PDF good? Offline, years later, with nothing but the file and the roots that one trusts.

Neither database nor server: a small verifier carries this module alone. A signature is judged as of its time stamp or
of a later one that covers it, where such a one is trusted, else as of the moment that the caller vouches for; chain and
lists of what was revoked are those that were put into the file when it was signed.
"""

import asyncio
import io
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from asn1crypto import cms, crl, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel, policies
from pyhanko.sign.validation import generic_cms, validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.generic_cms import collect_timing_info, extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel, TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from documents.signing.contexts import context, knows
from documents.signing.crowding import CROWDED, crowded, overfull
from documents.signing.names import DATE, NUMBER, PURPOSES

_USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False)
_DIGESTS = ("sha256", "sha384", "sha512")
SHORTEST_RSA = 2048
_CURVES = frozenset({"secp256r1", "secp384r1", "secp521r1"})


@dataclass(frozen=True)
class Signed:
    """One signature. `purpose`: officer, seal, system (certifies what was served to be signed), other.

    `trusted`: genuine, and its certificate good at that moment; else `why`, one sentence. `judged_at`: as of when.
    `changed_after`: a sentence where something stands in the file that the signature does not allow, else empty.
    `revision_end`: how many of the file's bytes were there when it was made.
    """

    field: str
    purpose: str
    who: str
    unit: str
    subject: str
    certificate_digest: bytes
    claimed_at: datetime | None
    timestamp_at: datetime | None
    judged_at: datetime
    trusted: bool
    why: str
    intact: bool
    covers_revision: bool
    covers_file: bool
    changed_after: str
    revision_end: int
    algorithm: str
    level: str
    revocation_known: bool


@dataclass(frozen=True)
class Report:
    """All signatures in the order in which they were made, and what stands in the fields of number and day.

    `whole`: each is trusted, the last one covers the whole file, and between them nothing was changed that may not be.
    """

    signatures: tuple[Signed, ...]
    whole: bool
    problems: tuple[str, ...]
    number: str = ""
    day: str = ""

    def of(self, purpose: str) -> Signed | None:
        """The signature of that purpose; None where there is none."""
        return next((one for one in self.signatures if one.purpose == purpose), None)


def validate(data: bytes, roots: Sequence[bytes], at: datetime, system_roots: Sequence[bytes] = (),
             lists: Sequence[bytes] = (), between: Iterable[bytes] = ()) -> Report:  # fmt: skip
    """Judge a PDF. `roots`: certificates (DER) that people's may come from; `system_roots`: and the system's own.

    `lists`, `between`: lists of what was revoked and certificates of a chain that one has beside those in the file.
    `at`: the moment that the caller vouches for where a signature bears no time stamp. Never raises: what can't be read
    is a report without signatures and a problem in words.
    """
    try:
        reader = PdfFileReader(io.BytesIO(data))
        if overfull(reader.root):
            return Report((), False, (CROWDED,))
        evidence = _Evidence.of(reader)
        if crowded(reader.embedded_regular_signatures, evidence.certificates, (*roots, *system_roots)):
            return Report((), False, (CROWDED,))
        evidence = evidence.and_more(lists, between)
        found = _judged(reader.embedded_regular_signatures, evidence, roots, system_roots, at, len(data))
        values = _values(reader)
    except Exception as error:  # a hostile file may break a parser in any way
        return Report((), False, (f"Không đọc được tệp PDF (the file can't be read): {type(error).__name__}.",))
    found.sort(key=lambda one: one.revision_end)
    problems = tuple(_problems(found))
    return Report(tuple(found), bool(found) and not problems, problems, values.get(NUMBER, ""), values.get(DATE, ""))


def good_stamp(data: bytes, name: str, roots: Sequence[bytes]) -> datetime | None:
    """What the time stamp of the signature in this field says; None where it bears none that may be trusted."""
    reader = PdfFileReader(io.BytesIO(data))
    if overfull(reader.root):
        return None
    one = next(each for each in reader.embedded_regular_signatures if each.field_name == name)
    moment, good = _stamp(one, _Evidence.of(reader), roots)
    return moment if good else None


def _problems(found: list[Signed]) -> Iterable[str]:
    if not found:
        yield "Tệp không có chữ ký nào (the file bears no signature)."
    for one in found:
        if not one.trusted:
            yield f"{one.field}: {one.why}"
        if one.changed_after:
            yield f"{one.field}: {one.changed_after}"
    if found and not found[-1].covers_file:
        yield "Sau chữ ký cuối còn có phần thêm vào tệp (something follows the last signature)."


@dataclass(frozen=True)
class _Evidence:
    """What was put into the file to judge it by later (DSS)."""

    certificates: tuple[x509.Certificate, ...]
    lists: tuple[crl.CertificateList, ...]

    @classmethod
    def of(cls, reader: PdfFileReader) -> "_Evidence":
        try:
            store = DocumentSecurityStore.read_dss(reader)
        except NoDSSFoundError:
            return cls((), ())
        lists = [crl.CertificateList.load(one.get_object().data) for one in store.crls]
        return cls(tuple(store.load_certs()), tuple(lists))

    def and_more(self, lists: Iterable[bytes], between: Iterable[bytes]) -> "_Evidence":
        return _Evidence((*self.certificates, *map(x509.Certificate.load, between)),
                         (*self.lists, *map(crl.CertificateList.load, lists)))  # fmt: skip

    def context(self, roots: Sequence[bytes], at: datetime, certificate: x509.Certificate) -> ValidationContext:
        return context(roots, self.certificates, self.lists, at, certificate)

    def knows(self, certificate: x509.Certificate) -> bool:
        return knows(self.lists, certificate)


def _judged(found: Sequence[EmbeddedPdfSignature], evidence: _Evidence, roots: Sequence[bytes],
            system_roots: Sequence[bytes], at: datetime, size: int) -> list[Signed]:  # fmt: skip
    """Each as of its own stamp, else as of the first later one whose signature covers it and so proves that it was
    there, else as of `at`. The last comes first.
    """
    judged: list[Signed] = []
    for one in sorted(found, key=lambda each: _end(each, size), reverse=True):
        own, good = _stamp(one, evidence, roots)
        later = [each.timestamp_at for each in judged if each.timestamp_at and each.intact and each.covers_revision]
        moment = own if own and good else min(later, default=at)
        ours = system_roots if _purpose(one) == "system" else roots
        judged.append(_signed(one, evidence, ours, moment, (own, good), size))
    return judged


def _signed(one: EmbeddedPdfSignature, evidence: _Evidence, roots: Sequence[bytes], moment: datetime,
            stamp: tuple[datetime | None, bool], size: int) -> Signed:  # fmt: skip
    (stamped, stamp_good), known = stamp, evidence.knows(one.signer_cert)
    status = _status(one, evidence.context(roots, moment, one.signer_cert))
    why = "" if stamp_good else "dấu thời gian không tin được (its time stamp is not trusted)."
    why = why or _weak(one) or _untrusted(status)
    covers = status.coverage
    level = "B-B" if stamped is None else "B-LT" if known else "B-T"
    names = one.signer_cert.subject.native
    return Signed(
        field=one.field_name, purpose=_purpose(one), who=str(names.get("common_name", "")),
        unit=str(names.get("organization_name", "")), subject=one.signer_cert.subject.human_friendly,
        certificate_digest=sha256(one.signer_cert.dump()).digest(), claimed_at=_claimed(one),
        timestamp_at=stamped if stamp_good else None, judged_at=moment, trusted=not why, why=why,
        intact=bool(status.intact and status.valid), covers_revision=covers >= SignatureCoverageLevel.ENTIRE_REVISION,
        covers_file=covers == SignatureCoverageLevel.ENTIRE_FILE, changed_after=_changed(status),
        revision_end=_end(one, size), algorithm=f"{status.md_algorithm} {_key_words(one.signer_cert)}", level=level,
        revocation_known=known,
    )  # fmt: skip


def _status(one: EmbeddedPdfSignature, trust: ValidationContext) -> PdfSignatureStatus:
    return validate_pdf_signature(one, trust, key_usage_settings=_USAGE)


def _stamped_status(one: EmbeddedPdfSignature, trust: ValidationContext) -> TimestampSignatureStatus | None:
    return asyncio.run(_stamped(one, trust))


async def _stamped(one: EmbeddedPdfSignature, trust: ValidationContext) -> TimestampSignatureStatus | None:
    found = await collect_timing_info(one.signer_info, trust, one.compute_digest)
    status: TimestampSignatureStatus | None = found.get("timestamp_validity")
    return status


def _stamp(one: EmbeddedPdfSignature, evidence: _Evidence, roots: Sequence[bytes]) -> tuple[datetime | None, bool]:
    """The moment that its time stamp tells, and whether that stamp may be trusted; (None, True) without one."""
    for token in extract_tst_data_iter(one.signer_info, signed=False):
        moment: datetime = token["encap_content_info"]["content"].parsed["gen_time"].native
        stamper = next((each for each in _embedded(token) if each.ca is not True), one.signer_cert)
        status = _stamped_status(one, evidence.context(roots, moment, stamper))
        return moment, bool(status and status.intact and status.valid and status.trusted)
    return None, True


def _embedded(token: cms.SignedData) -> list[x509.Certificate]:
    return [each.chosen for each in token["certificates"] if each.name == "certificate"]


def _claimed(one: EmbeddedPdfSignature) -> datetime | None:
    try:
        return one.self_reported_timestamp
    except ValueError:
        return None


def _weak(one: EmbeddedPdfSignature) -> str:
    """What is below the floor of algorithms, in a sentence."""
    if one.md_algorithm not in _DIGESTS:
        return f"dùng hàm băm yếu {one.md_algorithm} (weak digest)."
    if not strong_key(one.signer_cert):
        return f"khóa quá ngắn hoặc loại khóa không nhận: {_key_words(one.signer_cert)} (key too short)."
    return ""


def strong_key(certificate: x509.Certificate) -> bool:
    """RSA from 2048 bits; of elliptic curves P-256, P-384 and P-521."""
    key = certificate.public_key
    if key.algorithm == "ec":
        return key.curve[0] == "named" and key.curve[1] in _CURVES
    return key.algorithm in ("rsa", "rsassa_pss") and bool(key.bit_size >= SHORTEST_RSA)


def _key_words(certificate: x509.Certificate) -> str:
    key = certificate.public_key
    size = key.bit_size if key.algorithm in ("rsa", "rsassa_pss", "ec") else ""
    return f"{key.algorithm}-{size}"


def _untrusted(status: PdfSignatureStatus) -> str:
    if not status.intact:
        return "nội dung không khớp với chữ ký (the content is not what was signed)."
    if not status.valid:
        return "chữ ký sai (the signature itself is wrong)."
    if status.trusted:
        return ""
    if status.revoked:
        return "chứng thư đã bị thu hồi (the certificate was revoked)."
    said = _INDICATIONS.get(getattr(status.trust_problem_indic, "name", ""), "")
    return said or "chứng thư không dẫn tới cơ quan chứng thực được tin cậy (no path to a trusted authority)."


def _changed(status: PdfSignatureStatus) -> str:
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return "chữ ký không phủ hết phần tệp của nó (it does not cover its whole part of the file)."
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return ""
    level = status.modification_level
    if level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING):
        return "" if status.docmdp_ok else "bị thay đổi trái phép sau khi ký (changed against what it allows)."
    return "nội dung bị thay đổi sau khi ký (the content was changed afterwards)."


def _end(one: EmbeddedPdfSignature, size: int) -> int:
    ranges = [int(part) for part in one.byte_range]
    return min(ranges[-2] + ranges[-1], size)


def _purpose(one: EmbeddedPdfSignature) -> str:
    return PURPOSES.get(one.field_name, "other")


def _values(reader: PdfFileReader) -> dict[str, str]:
    if "/AcroForm" not in reader.root:
        return {}
    fields: Iterable[Any] = (field.get_object() for field in reader.root["/AcroForm"]["/Fields"])
    return {str(field.get("/T")): str(field.get("/V", "")) for field in fields if field.get("/FT") == "/Tx"}


for _told in (generic_cms.__name__, policies.__name__):  # what they would log is said in the report
    logging.getLogger(_told).setLevel(logging.CRITICAL)
_REVOKED = "chứng thư đã bị thu hồi (the certificate was revoked)."
_WEAK = "dùng thuật toán yếu (a weak algorithm)."
_NOT_THEN = "chứng thư hết hạn hoặc chưa có hiệu lực khi ký (it was not valid on that day)."
# By the names of ETSI EN 319 102-1.
_INDICATIONS = {
    "REVOKED": _REVOKED, "REVOKED_NO_POE": _REVOKED, "EXPIRED": _NOT_THEN, "OUT_OF_BOUNDS_NO_POE": _NOT_THEN,
    "REVOKED_CA_NO_POE": "cơ quan chứng thực đã bị thu hồi (its authority was revoked).",
    "OUT_OF_BOUNDS_NOT_REVOKED": _NOT_THEN, "NOT_YET_VALID": _NOT_THEN,
    "TRY_LATER": "không biết chứng thư có bị thu hồi không (revocation is not known).",
    "CRYPTO_CONSTRAINTS_FAILURE": _WEAK, "CRYPTO_CONSTRAINTS_FAILURE_NO_POE": _WEAK,
    "CHAIN_CONSTRAINTS_FAILURE": "chứng thư không được cấp để ký văn bản (it was not issued for signing).",
}  # fmt: skip
