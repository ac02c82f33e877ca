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
        data = _unchanged(step, members, report) if step["file_digest"] else None
        if data is None or step["action"] == "register":
            continue
        if before is not None and step["action"] == "submit" and not data.startswith(before):
            report.bad("Bản đóng dấu không bắt đầu bằng bản đã ký.",
                       "The sealed file does not begin with the signed one.")  # fmt: skip
        before = data
        _signatures(found, step, data, roots, report)


def _unchanged(step: Row, members: Mapping[str, bytes], report: Report) -> bytes | None:
    """The file that a step names, None where it is not there as it was."""
    data = members.get(f"files/{step['file_digest']}")
    if data is None:
        report.bad(f"Tệp của bước {step['seq']} đã bị lấy khỏi gói.", f"The file of step {step['seq']} was taken out.")
        return None
    if hashlib.sha256(data).hexdigest() != step["file_digest"]:
        report.bad(f"Tệp của bước {step['seq']} đã bị thay đổi.", f"The file of step {step['seq']} was changed.")
        return None
    report.good(f"Tệp của bước {step['seq']} không đổi (SHA-256 {step['file_digest'][:16]}…).",
                f"The file of step {step['seq']} is unchanged.")  # fmt: skip
    return data


def _signatures(found: Evidence, step: Row, data: bytes, roots: Sequence[bytes], report: Report) -> None:
    prefix = f"{step['document_id']}:{step['seq']}:"
    mine = [row for key, row in found.rows["signature"].items() if key.startswith(prefix)]
    if not mine:
        return
    try:
        from documents.signing.validating import validate  # pyHanko: only where there is something to check
    except ImportError:
        report.note("Máy này không có pyHanko: chưa kiểm chữ ký trong PDF.",
                    "pyHanko is not here: the PDF's signatures are not checked.")  # fmt: skip
        return
    checked = validate(data, roots, moment(step["at"]), roots)
    for one in checked.signatures:
        if one.purpose in ("officer", "seal"):
            _judged(one, report, named=bool(roots))
    _registered(found, mine, {one.certificate_digest.hex() for one in checked.signatures}, step, report)


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


def _registered(found: Evidence, mine: list[Row], there: set[str], step: Row, report: Report) -> None:
    """The certificate in the file is the one that the office had registered for this officer."""
    for row in mine:
        certificate = found.of("certificate", row["certificate_id"])
        named = certificate is not None and certificate["digest"][2:] in there
        whose = certificate is not None and (certificate["purpose"] == "seal"
                                             or certificate["office_id"] == str(step["office_id"]))  # fmt: skip
        if not named or not whose or row["file_digest"][2:] != step["file_digest"]:
            report.bad(f"Chứng thư của bước {step['seq']} không phải chứng thư đã đăng ký cho người ký.",
                       f"The certificate of step {step['seq']} is not the one registered for its signer.")  # fmt: skip
