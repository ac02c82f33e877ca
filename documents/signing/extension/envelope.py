"""The signature itself (CMS): one value, its certificate signed with it, no attribute whose meaning is unknown.

DER, as ISO 32000 asks; but its outer shells may leave their lengths open, as BouncyCastle writes them (and so PDFBox's
own examples): OpenSSL, NSS and Acrobat read both, and what is hashed and signed lies deeper, in DER.
"""

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
_SHELLS, _OPEN, _END = 3, 0x80, b"\0\0"
"""So deep a length may be left open: down to the lists of certificates and of signers, not within one of them."""
_DIGESTS = frozenset({"sha256", "sha384", "sha512"})
_EC_KEY = "1.2.840.10045.2.1"


def usual(claims: Claims) -> None:
    """Raise `NotReturnedRight` where the signature is more, or less, than a signature."""
    try:
        end = _length(claims.contents, 0)
    except (ValueError, IndexError, RecursionError) as error:
        raise no("chữ ký không ở dạng DER hoặc BER đúng chuẩn (the signature is neither DER nor plain BER).") from error
    if claims.contents[end:].strip(b"\0"):
        raise no("sau chữ ký, trong ô của nó, còn thứ khác (something stands behind the signature in its own place).")
    signed = cms.ContentInfo.load(claims.contents[:end], strict=True)["content"]
    if len(signed["signer_infos"]) != 1 or signed["encap_content_info"]["content"].native is not None:
        raise no("chữ ký không phải của đúng một người (not the signature of one).")
    used = signed["signer_infos"][0]["digest_algorithm"]["algorithm"].native
    if used not in _DIGESTS:
        raise no(f"chữ ký dùng hàm băm {used}: đặt phần mềm ký SHA-256 (a weak or unknown digest).")
    if [one["algorithm"].native for one in signed["digest_algorithms"]] != [used]:
        raise no("chữ ký kê hàm băm khác với hàm nó dùng (it names other digests than its own).")
    if signed["signer_infos"][0]["signature_algorithm"]["algorithm"].dotted == _EC_KEY:
        raise no("phần mềm ký ghi tên khóa thay cho thuật toán ECDSA, như iText 5: hãy dùng phần mềm mới hơn hoặc "
                 "chứng thư RSA (the program names the kind of key for the algorithm).")  # fmt: skip
    _attributes(signed["signer_infos"][0], claims.kind)


def _attributes(signer: Any, kind: str) -> None:
    said, beside = _named(signer["signed_attrs"]), _named(signer["unsigned_attrs"])
    if extra := (said.keys() - _SIGNED) | (beside.keys() - _UNSIGNED):
        raise no(f"chữ ký mang thuộc tính không nhận ({', '.join(sorted(extra))}: an attribute that is not taken).")
    if any(len(values) != 1 for values in (*said.values(), *beside.values())):
        raise no("chữ ký có thuộc tính lặp lại (an attribute that is there twice).")
    if kind == CADES and not said.keys() & {"signing_certificate", "signing_certificate_v2"}:
        raise no("chữ ký không ký kèm chứng thư của nó, PAdES đòi phải có: đặt kiểu adbe.pkcs7.detached hoặc dùng "
                 "phần mềm ký PAdES thật (its certificate is not signed with it).")  # fmt: skip
    for meant in said.get("commitment_type", []):
        if meant["commitment_type_id"].native not in _MEANT:
            raise no("chữ ký không có nghĩa là ban hành hay duyệt (the signature does not mean origin or approval).")


def _named(attributes: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for one in attributes:
        found.setdefault(one["type"].native, []).extend(one["values"])
    return found


def _length(data: bytes, at: int, deep: int = 0) -> int:
    """Where the value ends that begins there; raises `ValueError` where a length is not DER (X.690, 10.1), nor left
    open by a shell and ended by two zeros (8.1.3.6).
    """
    tag, first = data[at], data[at + 1]
    if tag & 0x1F == 0x1F or first == 0xFF:
        raise ValueError("a long tag, or a length that is none")
    if first == _OPEN:
        return _open(data, at + 2, tag, deep)
    at, end = _closed(data, at + 2, first)
    while tag & 0x20 and at < end and (tag, deep) != (_TAG_UNSIGNED, _DEEP):
        at = _length(data, at, deep + 1)
    if tag & 0x20 and (tag, deep) != (_TAG_UNSIGNED, _DEEP) and at != end:
        raise ValueError("more than it says")
    return end


def _open(data: bytes, at: int, tag: int, deep: int) -> int:
    if not tag & 0x20 or deep > _SHELLS:
        raise ValueError("an open length within what is signed")
    while data[at : at + 2] != _END:
        at = _length(data, at, deep + 1)
    return at + 2


def _closed(data: bytes, at: int, first: int) -> tuple[int, int]:
    """Where the content begins and ends."""
    size, wide = first, 0
    if first > _OPEN:
        wide = first & 0x7F
        size = int.from_bytes(data[at : at + wide])
        if size < _OPEN or data[at] == 0:
            raise ValueError("a length longer than it needs to be")
    if (end := at + wide + size) > len(data):
        raise ValueError("cut off")
    return at + wide, end
