"""Who signs how (quyền hạn ký), and the line for the file in the list of recipients."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit, Severity
from documents.checks.paper import Paper
from documents.checks.registry import FORM_OF_PAPERS, rule
from documents.reading.folding import fold
from documents.reading.names import bodies

_HEADS = re.compile(r"(?:chu tich|giam doc|truong (?:phong|ban|tram)|hieu truong|chi cuc truong|bi thu)\b")
_DEPUTY = re.compile(r"pho (?:chu tich|giam doc|truong phong|truong ban|hieu truong)\b")


@rule("authority-differs", "explain", "Quyền hạn ký không khớp chức vụ", "The authority is not that of the post",
      basis=f"{FORM_OF_PAPERS}, mục II.7",
      example="KT. CHỦ TỊCH / CHỦ TỊCH; PHÓ CHỦ TỊCH ký không có KT. (nhắc)")  # fmt: skip
def authority_differs(paper: Paper) -> Iterator[Hit]:
    """Nobody signs for himself; the deputy of a committee's chair or of a head signs for him. A body's standing
    committee signs by any of its members."""
    head = paper.head
    if head is None or head.signer is None or not head.post:
        return
    post, behalf = fold(head.post), fold(head.on_behalf)
    if head.authority == "KT." and _HEADS.match(post) and post == behalf:
        yield Hit(head.signer.place, f"Ký «KT. {head.on_behalf}» nhưng chức vụ người ký là {head.post}",
                  f"Signed for the {head.on_behalf} by a {head.post}",
                  (f"KT. {head.on_behalf}", head.post))  # fmt: skip
    committee = paper.issuers and re.match(r"(?:ubnd|so|phong)\b", fold(bodies.canonical(paper.issuers[0].value)))
    if head.authority in ("", "TM.") and not behalf and _DEPUTY.match(post) and committee:
        yield Hit(head.signer.place, f"{head.post} ký nhưng khối ký không có «KT.»",
                  f"A {head.post} signs and no «KT.» stands there", (head.post,), severity=Severity.NOTE)  # fmt: skip


@rule("archive-missing", "note", "Nơi nhận không có dòng «Lưu»", "The recipients lack the copy for the file",
      basis=f"{FORM_OF_PAPERS}, mục II.9", example="Nơi nhận: Như trên; UBND các xã (không có Lưu: VT)")  # fmt: skip
def archive_missing(paper: Paper) -> Iterator[Hit]:
    """The last line of the list by the decree."""
    listed = paper.head.recipients if paper.head else ()
    if len(listed) > 1 and not any("luu" in fold(one.value).split(":")[0].split() for one in listed):
        said = "; ".join(one.value for one in listed)
        yield Hit(listed[-1].place, "Nơi nhận không có dòng «Lưu: VT, …»", "The recipients lack the copy for the file",
                  (said,))  # fmt: skip
