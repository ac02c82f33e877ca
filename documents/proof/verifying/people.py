"""Who signed, in what authority, when; and whether he held that office on that day."""

from datetime import date

from documents.proof.verifying.rows import Evidence, Row
from documents.proof.verifying.words import Report, local_day, moment, said, said_en

_AUTHORITY = {"": "", "TM.": " (thay mặt)", "KT.": " (ký thay)", "TL.": " (thừa lệnh)", "TUQ.": " (thừa ủy quyền)",
              "Q.": " (quyền)"}  # fmt: skip


def signer(found: Evidence, document: Row, step: Row, report: Report) -> None:
    """One sentence on a signature, and every reason why it would not count."""
    at, office = moment(step["at"]), found.of("office", step["office_id"]) or {}
    who = found.name("person", step["person_id"])
    title = f"{step['authority']} {office.get('title', '?')}".strip()
    unit = found.name("unit", office.get("unit_id"))
    if step["action"] == "register":
        report.note(f"Văn bản ký ngoài hệ thống; {who}, {title}, {unit}, vào sổ lúc {said(at)}.",
                    f"Signed outside the system; registered by {who}, {title}, {unit}, on {said_en(at)}.")  # fmt: skip
    else:
        mandate = f", theo {office['mandate']}" if office.get("mandate") else ""
        report.good(f"Người ký: {who}, {title}{_AUTHORITY.get(step['authority'], '')}, {unit}{mandate}, ký lúc"
                    f" {said(at)}.",
                    f"Signed by {who}, {title}, {unit}{mandate}, on {said_en(at)}.")  # fmt: skip
    for vi, en in _wrong(found, document, step, office, local_day(at)):
        report.bad(f"{who}: {vi}.", f"{who}: {en}.")


def unlawful(found: Evidence, document: Row, step: Row) -> bool:
    """Whether a signature would not count, without the words."""
    office = found.of("office", step["office_id"]) or {}
    return any(_wrong(found, document, step, office, local_day(moment(step["at"]))))


def _wrong(found: Evidence, document: Row, step: Row, office: Row, day: date) -> list[tuple[str, str]]:
    reasons = []
    if office.get("person_id") != str(step["person_id"]):
        reasons.append(("vị trí này không phải của người đó", "the office is not this person's"))
    if office and (office["valid_from"] > day.isoformat() or (office["valid_to"] or "9999") < day.isoformat()):
        reasons.append(("không giữ vị trí này vào ngày ký", "did not hold the office on that day"))
    if step["action"] == "sign":
        if office.get("seat") != "leader" or office.get("unit_id") != document["issuer_id"]:
            reasons.append(("không phải lãnh đạo của cơ quan ban hành", "is no leader of the issuing office"))
        if office.get("authority") != step["authority"]:
            reasons.append(("thẩm quyền khác với vị trí", "the authority is not that of the office"))
    person = found.of("person", step["person_id"])
    if person is None:
        reasons.append(("gói không có người này", "the bundle does not hold this person"))
    elif step["action"] == "sign" and person["machine"] != "false":
        reasons.append(("máy không được ký", "a machine can't sign"))
    return reasons


def numbers(found: Evidence, document: str, steps: list[Row], report: Report) -> None:
    """Under which numbers it was sent, and when it was received; each as its step says."""
    _left_out(found, document, steps, report)
    for sending in sorted((s for s in found.rows["sending"].values() if s["document_id"] == document),
                          key=lambda s: int(s["no"])):  # fmt: skip
        number = f"{int(sending['number']):02d}/{sending['symbol']}"
        receipt = found.of("receipt", sending["id"])
        taken = f"; đến số {receipt['number']} tại {found.name('unit', receipt['unit_id'])}" if receipt else ""
        report.note(f"Gửi số {number} ngày {_day(sending['date'])}{taken}.", f"Sent as {number} of {sending['date']}.")


def _left_out(found: Evidence, document: str, steps: list[Row], report: Report) -> None:
    sent, taken = {}, set()
    for step in steps:
        if step["action"] in ("submit", "register"):
            sent[str(step["seq"])] = step
        if step["action"] in ("receive", "register") and sent:
            taken.add(max(sent, key=int))
    there = {row["seq"]: row["id"] for row in found.rows["sending"].values() if row["document_id"] == document}
    numbered = {seq for seq, key in there.items() if found.of("receipt", key)}
    if there.keys() != sent.keys() or numbered != taken:
        report.bad("Lần gửi, lần nhận trong gói không phải của các bước: có hàng đã bị lấy ra.",
                   "Sendings and receipts are not those of the steps: some were taken out.")  # fmt: skip


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))
