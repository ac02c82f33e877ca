"""Which wards were missing, which signed what, and what happened after the figures were taken."""

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


def missing(found: Evidence, document: Row, sources: dict[str, list[str]], report: Report) -> None:
    """Units that owe this report below the total and whose figures are not in it."""
    asked = document["requirement_id"]
    owed = [row for row in found.rows["document"].values()
            if asked and row["requirement_id"] == asked and row["supplement"] == "0"
            and row["path"].startswith(document["path"]) and row["id"] != document["id"]]  # fmt: skip
    if not owed:
        return
    above = {row["parent_id"] for row in owed}
    leaves = [row for row in owed if row["id"] not in above]
    waived = {row["document_id"] for row in found.rows["dispensation"].values()
              if row["kind"] in ("waiver", "cancellation") and row["in_time"] == "true"}  # fmt: skip
    there = {(found.of("revision", key) or {}).get("document_id") for key in sources}
    excused = there | waived
    gone = [found.name("unit", row["unit_id"]) for row in leaves if row["id"] not in excused]
    told = f"{sum(row['id'] in there for row in leaves)}/{len(leaves)}"
    if gone:
        report.note(f"Có số của {told} đơn vị cấp cuối; còn thiếu {len(gone)}: {some(gone)}.",
                    f"It holds {told} of the lowest units; {len(gone)} are missing: {some(gone)}.")  # fmt: skip
    else:
        report.good(f"Có số của {told} đơn vị cấp cuối, không thiếu đơn vị nào.",
                    f"It holds {told} of the lowest units; none is missing.")  # fmt: skip


def since(found: Evidence, root: str, sources: dict[str, list[str]], report: Report) -> None:
    """What moved after the signature: this document, and every source."""
    digests = {key: (found.of("revision", key) or {}).get("digest", "")[2:] for key in sources}
    changed = False
    for key, digest in digests.items():
        row = found.of("revision", key)
        if row is None or row["part"] not in ("whole", "total"):
            continue
        moved = _moved(found.steps.get(row["document_id"], []), digest)
        changed = changed or bool(moved)
        name = "Văn bản này" if key == root else found.name("unit", (found.of("document", row["document_id"]) or {})
                                                            .get("unit_id"))  # fmt: skip
        for step in moved[:3]:
            vi, en = _MOVES[step["action"]]
            at, why = moment(step["at"]), f": {step['reason']}" if step["reason"] else ""
            report.note(f"{name} về sau đã được {vi} lúc {said(at)}{why}.",
                        f"{name} was {en} afterwards, on {said_en(at)}{why}.")  # fmt: skip
    if not changed:
        report.good("Đến lúc niêm phong, văn bản và các nguồn không bị trả lại, mở lại hay thu hồi.",
                    "Up to the sealing nothing of it was returned, reopened or withdrawn.")  # fmt: skip


def _moved(steps: list[Row], digest: str) -> list[Row]:
    signed = signing_of(steps, digest)
    return [step for step in steps if signed and step["seq"] > signed["seq"] and step["action"] in _MOVES]
