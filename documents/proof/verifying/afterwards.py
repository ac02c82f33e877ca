"""Which sources are signed, and what happened to them and to the total before and after."""

from documents.proof.verifying import people
from documents.proof.verifying.chains import signing_of
from documents.proof.verifying.rows import Evidence, Row
from documents.proof.verifying.words import Report, moment, said, said_en, some

_MOVES = {"return": ("trả lại", "returned"), "reopen": ("mở lại", "reopened"), "recall": ("rút về", "recalled"),
          "withdraw": ("thu hồi", "withdrawn"), "revise": ("lấy lại để sửa", "taken back to draft")}  # fmt: skip


def parts(found: Evidence, sources: dict[str, list[str]], root: str, report: Report) -> None:
    """Each source that is a unit's own paper was signed there, by somebody who held the office."""
    signed = paper = 0
    wrong: list[str] = []
    for key in sources.keys() - {root}:
        row = found.of("revision", key)
        if row is None or row["part"] != "whole":
            continue  # the unit's own figures and contributions are covered by the signature above them
        document = found.of("document", row["document_id"]) or {}
        step = signing_of(found.steps.get(row["document_id"], []), row["digest"][2:])
        if step is None or not document or people.unlawful(found, document, step):
            wrong.append(found.name("unit", document.get("unit_id")))
        elif step["action"] == "register":
            paper += 1
        else:
            signed += 1
    if wrong:
        report.bad(f"{len(wrong)} nguồn không có chữ ký hợp lệ: {some(wrong)}.",
                   f"{len(wrong)} sources have no lawful signature: {some(wrong)}.")  # fmt: skip
    if signed or paper:
        report.good(f"Các số đến từ {signed} báo cáo đã ký và {paper} báo cáo ký ngoài hệ thống.",
                    f"The figures come from {signed} signed reports and {paper} signed elsewhere.")  # fmt: skip


def since(found: Evidence, root: str, sources: dict[str, list[str]], steps: list[Row], report: Report) -> None:
    """What moved after the signature, and before it: this document, and every source."""
    earlier: list[str] = []
    for key in sources:
        row = found.of("revision", key)
        if row is None or row["part"] not in ("whole", "total"):
            continue
        document = found.of("document", row["document_id"]) or {}
        own, unit = found.steps.get(row["document_id"], []), found.name("unit", document.get("unit_id"))
        before, after = _moved(own, row["digest"][2:])
        for step in before[-3:] if key == root else ():
            _told(step, "Trước chữ ký này, văn bản", "Before this signature the document", report)
        for step in after[:3]:
            _told(step, *(("Về sau, văn bản này", "Afterwards this document") if key == root else
                          (f"Về sau, bản của {unit}", f"Afterwards that of {unit}")), report)  # fmt: skip
        if before and key != root:
            earlier.append(unit)
    if earlier:
        report.note(f"{len(earlier)} nguồn từng bị trả lại, mở lại hoặc rút về rồi ký lại: {some(earlier)}.",
                    f"{len(earlier)} sources came back before they were signed anew: {some(earlier)}.")  # fmt: skip
    only_so_far(found, steps, report)


def only_so_far(found: Evidence, steps: list[Row], report: Report) -> None:
    """A bundle goes up to its checkpoint; of names, offices and certificates it shows what whoever made it chose."""
    last = steps[-1]
    at = moment(last["at"])
    last_here = ("Bước cuối của văn bản này đến lúc niêm phong", "Up to that sealing, this document's last step")
    vi, en = last_here if found.ends else ("Bước cuối của văn bản này có trong gói", "This document's last step here")
    report.note(f"{vi} là bước {last['seq']}, lúc {said(at)}. Gói không nói gì"
                " về sau lần niêm phong ấy; những lần đổi tên, đổi chức vụ, ngừng chứng thư số thì ai đưa gói cũng có"
                " thể bỏ bớt: cần biết thì hãy xin gói mới thẳng từ hệ thống, hoặc chạy `dondoc audit verify`.",
                f"{en} is step {last['seq']}, on {said_en(at)}. The bundle says"
                " nothing of what came after the sealing; and whoever hands it over can leave out changes of names,"
                " of offices, the end of a certificate: to know, ask the program itself for a fresh one, or run"
                " `dondoc audit verify`.")  # fmt: skip


def _told(step: Row, vi: str, en: str, report: Report) -> None:
    how, how_en = _MOVES[step["action"]]
    at, why = moment(step["at"]), f": {step['reason'].rstrip('. ')}" if step["reason"] else ""
    report.note(f"{vi} đã được {how} lúc {said(at)}{why}.", f"{en} was {how_en} on {said_en(at)}{why}.")


def _moved(steps: list[Row], digest: str) -> tuple[list[Row], list[Row]]:
    """The steps that took it back, before and after the signature on this content.

    A draft that its own signer took back before anybody had it is no news.
    """
    signed = signing_of(steps, digest)
    moved = [step for step in steps if signed and step["action"] in _MOVES]
    return ([step for step in moved if signed and step["seq"] < signed["seq"] and step["action"] != "revise"],
            [step for step in moved if signed and step["seq"] > signed["seq"]])  # fmt: skip
