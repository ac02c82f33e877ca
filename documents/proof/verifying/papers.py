"""The PDFs: unchanged, signed with certificates that lead to trusted roots, the sealed one begun by the signed one."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from documents.proof.verifying.rows import Evidence, Row
from documents.proof.verifying.words import Report, moment

if TYPE_CHECKING:
    from documents.signing.validating import Signed


def papers(found: Evidence, steps: list[Row], members: Mapping[str, bytes], roots: Sequence[bytes],
           report: Report) -> None:  # fmt: skip
    """Every file that a step of the document names."""
    before: bytes | None = None
    there = {name for name in members if name.startswith("files/")}
    if strange := len(there - {f"files/{step['file_digest']}" for step in steps}):
        report.bad(f"{strange} tệp trong gói không thuộc văn bản này.", f"{strange} files don't belong to it.")
    for step in steps:
        data = _unchanged(found, step, members, report) if step["file_digest"] else None
        if data is None or step["action"] == "register":
            continue
        if before is not None and step["action"] == "submit" and not data.startswith(before):
            report.bad("Bản đóng dấu không bắt đầu bằng bản đã ký.",
                       "The sealed file does not begin with the signed one.")  # fmt: skip
        before = data
        _signatures(found, step, data, roots, report)


def _unchanged(found: Evidence, step: Row, members: Mapping[str, bytes], report: Report) -> bytes | None:
    """The file that a step names, None where it is not there as it was."""
    digest = step["file_digest"]
    data = members.get(f"files/{digest}")
    if data is None and step["action"] == "register" and found.of("file", f"\\x{digest}") is None:
        report.note(f"Tệp văn bản giấy của bước {step['seq']} không có trong gói: hệ thống không lưu tệp ấy, hoặc người"
                    f" đưa gói đã bỏ ra. Đối chiếu tệp của văn bản với SHA-256 {digest}.",
                    f"The paper's file of step {step['seq']} is not here: the program does not keep it, or whoever"
                    f" handed this over left it out. Hold the paper's file against SHA-256 {digest}.")  # fmt: skip
        return None
    if data is None:
        report.bad(f"Tệp của bước {step['seq']} đã bị lấy khỏi gói.", f"The file of step {step['seq']} was taken out.")
        return None
    if hashlib.sha256(data).hexdigest() != digest:
        report.bad(f"Tệp của bước {step['seq']} đã bị thay đổi.", f"The file of step {step['seq']} was changed.")
        return None
    report.good(f"Tệp của bước {step['seq']} không đổi (SHA-256 {digest[:16]}…).",
                f"The file of step {step['seq']} is unchanged.")  # fmt: skip
    return data


def _signatures(found: Evidence, step: Row, data: bytes, roots: Sequence[bytes], report: Report) -> None:
    """Every signature in the file, each beside the row of the log that says whose certificate it was made with."""
    if step["action"] == "sign" and not _rows(found, step, "officer"):
        _without_row(step, "officer", report)
        return
    try:
        from documents.signing.validating import validate  # pyHanko: only where there is something to check
    except ImportError:
        report.note("Máy này không có pyHanko: chưa kiểm chữ ký trong PDF.",
                    "pyHanko is not here: the PDF's signatures are not checked.")  # fmt: skip
        return
    checked = validate(data, roots, moment(step["at"]), roots)
    for one in checked.signatures:
        if one.purpose != "system" or not one.intact or one.changed_after:
            _judged(one, report, named=bool(roots))
    _registered(found, step, checked.signatures, report)


def _judged(one: "Signed", report: Report, *, named: bool) -> None:
    """One signature in a PDF; `named`: whether the inspector named authorities that he trusts."""
    whole = one.intact and not one.changed_after
    whose = one.who if one.who == one.unit else f"{one.who}, {one.unit}"
    vi, en = (f"Con dấu trong PDF của {whose}", f"PDF seal of {whose}") if one.purpose == "seal" else (
        f"Chữ ký trong PDF của {whose}", f"PDF signature of {whose}")  # fmt: skip
    if whole and one.trusted:
        report.good(f"{vi}: hợp lệ.", f"{en}: good.")
    elif whole and not named:
        report.note(f"{vi}: nguyên vẹn; chưa nêu cơ quan chứng thực (--roots).", f"{en}: intact; no roots given.")
    else:
        report.bad(f"{vi}: {one.why or one.changed_after}", f"{en}: {one.why or one.changed_after}")


def _registered(found: Evidence, step: Row, signed: "Sequence[Signed]", report: Report) -> None:
    """The certificate in the file is the one that the office had registered for this officer, or as its seal."""
    if not any(one.purpose == "officer" for one in signed):
        report.bad(f"PDF của bước {step['seq']} không có chữ ký của người ký.",
                   f"The PDF of step {step['seq']} bears no officer's signature.")  # fmt: skip
    for purpose in ("officer", "seal"):
        there = {one.certificate_digest.hex() for one in signed if one.purpose == purpose}
        rows = _rows(found, step, purpose)
        if there and not rows:
            _without_row(step, purpose, report)
        elif there != {_certificate(found, row, step) for row in rows}:
            report.bad(f"Chứng thư của bước {step['seq']} không phải chứng thư đã đăng ký cho người ký.",
                       f"The certificate of step {step['seq']} is not the one registered for its signer.")  # fmt: skip


def _rows(found: Evidence, step: Row, purpose: str) -> list[Row]:
    """The signature that stands in the file of a step: a seal is its own step's, an officer's the last one before."""
    keys = [f"{step['document_id']}:{seq}:{purpose}" for seq in range(step["seq"], 0, -1)]
    rows = [row for key in (keys if purpose == "officer" and step["action"] == "submit" else keys[:1])
            if (row := found.of("signature", key))]  # fmt: skip
    return rows[:1]


def _certificate(found: Evidence, row: Row, step: Row) -> str:
    """The digest of the certificate that was registered for this signature; empty where it is not its signer's."""
    certificate, seq = found.of("certificate", row["certificate_id"]), row["id"].split(":")[1]
    document = found.of("document", step["document_id"])
    if certificate is None or document is None:
        return ""
    if certificate["purpose"] == "seal" and certificate["unit_id"] != document["issuer_id"]:
        return ""
    if seq == str(step["seq"]):  # its own; that of the step before was held against that step
        owner = certificate["purpose"] == "seal" or certificate["office_id"] == str(step["office_id"])
        if not owner or row["file_digest"][2:] != step["file_digest"]:
            return ""
    return str(certificate["digest"][2:])


def _without_row(step: Row, purpose: str, report: Report) -> None:
    vi, en = ("con dấu", "seal") if purpose == "seal" else ("chữ ký", "signature")
    report.bad(f"Hàng ghi {vi} trong PDF của bước {step['seq']} đã bị lấy khỏi gói.",
               f"The row of the {en} in the PDF of step {step['seq']} was taken out.")  # fmt: skip
