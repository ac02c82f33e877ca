"""May this certificate sign here, now? Every reason against it, in words."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathBuildingError,
    RevokedError,
    ValidationError,
)

from documents.signing.validating import strong_key
from states.errors import Reason
from states.names import normal_form
from states.sentences import Sentence

_WEAK = ("md2", "md5", "sha1", "sha224")
_LONGEST = 64
"""Characters that a certificate has for a name (RFC 5280)."""


@dataclass(frozen=True)
class Whose:
    """Whom the certificate is to be for: an officer with title and unit, or (no `person`) the seal of a unit."""

    unit: str
    unit_in_full: str
    person: str = ""
    title: str = ""


def reasons(der: bytes, whose: Whose, context: ValidationContext, at: datetime) -> list[Reason]:
    """All that speaks against it, as of a moment; empty where nothing does. `context`: whom one trusts."""
    certificate = x509.Certificate.load(der)
    return [*_days(certificate, at), *_strength(certificate), *_usage(certificate), *_named(certificate, whose),
            *_path(certificate, context, at)]  # fmt: skip


def _days(certificate: x509.Certificate, at: datetime) -> Iterator[Reason]:
    if at < certificate.not_valid_before:
        yield Reason("chứng thư", "chưa có hiệu lực", "chờ đến ngày có hiệu lực, hoặc dùng chứng thư khác")
    if at > certificate.not_valid_after:
        yield Reason("chứng thư", "đã hết hạn", "gia hạn chứng thư rồi đăng ký lại")


def _strength(certificate: x509.Certificate) -> Iterator[Reason]:
    if not strong_key(certificate):
        yield Reason("chứng thư", "khóa quá ngắn hoặc loại khóa không nhận", "dùng RSA từ 2048 bit hoặc EC từ P-256")
    if any(weak in certificate.signature_algo + str(certificate.hash_algo) for weak in _WEAK):
        yield Reason("chứng thư", "được cấp với hàm băm yếu", "xin cấp chứng thư mới (SHA-256 trở lên)")


def _usage(certificate: x509.Certificate) -> Iterator[Reason]:
    usage = certificate.key_usage_value
    named = usage.native if usage is not None else {"digital_signature"}
    if certificate.ca or not named & {"digital_signature", "non_repudiation"}:
        yield Reason("chứng thư", "không được cấp để ký văn bản", "dùng chứng thư có mục đích ký số")


def _named(certificate: x509.Certificate, whose: Whose) -> Iterator[Reason]:
    names = certificate.subject.native
    called, unit = _texts(names, "common_name"), _texts(names, "organization_name")
    title = _texts(names, "title")
    if whose.person:
        if not _same(called, whose.person):
            words = _not("tên trong chứng thư là «{said}», không phải «{who}»", called, whose.person)
            yield Reason("tên người ký", words, "dùng chứng thư của chính người giữ vị trí này")
        if title and not _same(title, whose.title):
            words = _not("chức vụ trong chứng thư là «{said}», không phải «{who}»", title, whose.title)
            yield Reason("chức vụ", words, "xin cấp chứng thư đúng chức vụ")
    elif not _same([*called, *unit], whose.unit, whose.unit_in_full):
        words = _not("con dấu số của «{said}», không phải của «{who}»", called or unit, whose.unit_in_full)
        yield Reason("con dấu", words, "dùng chứng thư của chính cơ quan ban hành")
    if whose.person and unit and not _same(unit, whose.unit, whose.unit_in_full):
        words = _not("đơn vị trong chứng thư là «{said}», không phải «{who}»", unit, whose.unit_in_full)
        yield Reason("đơn vị", words, "dùng chứng thư cấp cho đúng đơn vị")


def _not(pattern: str, said: list[str], who: str) -> Sentence:
    return Sentence(pattern, said="; ".join(said), who=who)


def _texts(names: dict[str, Any], name: str) -> list[str]:
    found = names.get(name, [])
    return [str(one) for one in (found if isinstance(found, list) else [found])]


def _same(said: list[str], *wanted: str) -> bool:
    return bool({_plain(one) for one in said} & {_plain(one) for one in wanted if one})


def _plain(words: str) -> str:
    return normal_form(words.strip()[:_LONGEST].strip())


def _path(certificate: x509.Certificate, context: ValidationContext, at: datetime) -> Iterator[Reason]:
    if not certificate.not_valid_before <= at <= certificate.not_valid_after:
        return  # said already
    try:
        validator: Any = CertificateValidator(certificate, validation_context=context)
        asyncio.run(validator.async_validate_usage(set()))
    except RevokedError:
        yield Reason("chứng thư", "đã bị thu hồi", "dùng chứng thư mới")
    except PathBuildingError:
        yield Reason("chứng thư", "không do cơ quan chứng thực được tin cậy cấp", "nhờ quản trị thêm cơ quan đó")
    except (ExpiredError, NotYetValidError):
        yield Reason("chứng thư", "cơ quan chứng thực đã hết hạn hoặc chưa có hiệu lực", "xem lại thư mục tin cậy")
    except InsufficientRevinfoError:
        yield Reason("chứng thư", "không biết có bị thu hồi không", "nhờ quản trị cập nhật danh sách thu hồi (CRL)")
    except DisallowedAlgorithmError:
        yield Reason("chứng thư", "được cấp với thuật toán yếu", "xin cấp chứng thư mới")
    except (ValidationError, ValueError) as error:
        yield Reason("chứng thư", Sentence("không hợp lệ: {why}", why=str(error)), "dùng chứng thư khác")
