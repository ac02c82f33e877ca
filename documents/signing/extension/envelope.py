"""The signature itself (CMS): one DER value, its certificate signed with it, no attribute whose meaning is unknown."""

from typing import Any

from asn1crypto import cms
from pyhanko.sign.ades import cades_asn1  # noqa: F401 (its attributes enter themselves into the names of asn1crypto)

from documents.signing.extension.refusing import no
from documents.signing.extension.signature import CADES, Claims

_SIGNED = frozenset({
    "content_type", "message_digest", "signing_time", "signing_certificate", "signing_certificate_v2",
    "cms_algorithm_protection", "commitment_type", "adobe_revocation_info_archival", "smime_capabilities",
})  # fmt: skip
_UNSIGNED = frozenset({"signature_time_stamp_token"})
_MEANT = frozenset({"proof_of_origin", "proof_of_approval"})
_TAG_UNSIGNED, _DEEP = 0xA1, 5
"""Unsigned attributes of a signer, five values deep: others' stamps are taken as they come."""


def usual(claims: Claims) -> None:
    """Raise `NotReturnedRight` where the signature is more, or less, than a signature."""
    try:
        end = _length(claims.contents, 0)
    except (ValueError, IndexError, RecursionError) as error:
        raise no("chữ ký không ở dạng DER (the signature is not DER).") from error
    if claims.contents[end:].strip(b"\0"):
        raise no("sau chữ ký, trong ô của nó, còn thứ khác (something stands behind the signature in its own place).")
    signed = cms.ContentInfo.load(claims.contents[:end], strict=True)["content"]
    if len(signed["signer_infos"]) != 1 or signed["encap_content_info"]["content"].native is not None:
        raise no("chữ ký không phải của đúng một người (not the signature of one).")
    used = signed["signer_infos"][0]["digest_algorithm"]["algorithm"].native
    if [one["algorithm"].native for one in signed["digest_algorithms"]] != [used]:
        raise no("chữ ký kê hàm băm khác với hàm nó dùng (it names other digests than its own).")
    _attributes(signed["signer_infos"][0], claims.kind)


def _attributes(signer: Any, kind: str) -> None:
    said, beside = _named(signer["signed_attrs"]), _named(signer["unsigned_attrs"])
    if extra := (said.keys() - _SIGNED) | (beside.keys() - _UNSIGNED):
        raise no(f"chữ ký mang thuộc tính không nhận ({', '.join(sorted(extra))}: an attribute that is not taken).")
    if any(len(values) != 1 for values in (*said.values(), *beside.values())):
        raise no("chữ ký có thuộc tính lặp lại (an attribute that is there twice).")
    if kind == CADES and not said.keys() & {"signing_certificate", "signing_certificate_v2"}:
        raise no("chữ ký không ký kèm chứng thư của nó (the signature does not sign its certificate: PAdES asks it).")
    for meant in said.get("commitment_type", []):
        if meant["commitment_type_id"].native not in _MEANT:
            raise no("chữ ký không có nghĩa là ban hành hay duyệt (the signature does not mean origin or approval).")


def _named(attributes: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for one in attributes:
        found.setdefault(one["type"].native, []).extend(one["values"])
    return found


def _length(data: bytes, at: int, deep: int = 0) -> int:
    """Where the value ends that begins there; raises `ValueError` where a length is not DER (X.690, 10.1)."""
    tag, first = data[at], data[at + 1]
    at += 2
    if tag & 0x1F == 0x1F or first in (0x80, 0xFF):
        raise ValueError("neither a long tag nor an open length")
    size = first
    if first > 0x80:
        wide = first & 0x7F
        size = int.from_bytes(data[at : at + wide])
        if size < 0x80 or data[at] == 0:
            raise ValueError("a length longer than it needs to be")
        at += wide
    end = at + size
    if end > len(data):
        raise ValueError("cut off")
    while tag & 0x20 and at < end and (tag, deep) != (_TAG_UNSIGNED, _DEEP):
        at = _length(data, at, deep + 1)
    if tag & 0x20 and (tag, deep) != (_TAG_UNSIGNED, _DEEP) and at != end:
        raise ValueError("more than it says")
    return end
