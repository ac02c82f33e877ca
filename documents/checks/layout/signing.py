"""Who signs, by which post and for whom (người ký, chức vụ, quyền hạn ký)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import BOTTOM, Hit, Severity
from documents.checks.papers.paper import Paper
from documents.checks.registry import FORM_OF_PAPERS, rule
from documents.reading.folding import fold
from documents.reading.names import bodies

_HEADS = re.compile(r"(?:chu tich|giam doc|truong (?:phong|ban|tram)|hieu truong|chi cuc truong|bi thu)\b")
_DEPUTY = re.compile(r"pho (?:chu tich|giam doc|truong phong|truong ban|hieu truong)\b")
_OF_THE_BODY = ("Báo cáo", "Kế hoạch", "Chương trình", "Tờ trình", "Đề án", "Phương án")
_COLLECTIVE = re.compile(r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd)\b")


@rule("signer-missing", "explain", "Không có người ký", "No signer", basis=f"{FORM_OF_PAPERS}, mục II.7",
      example="văn bản kết thúc ở nơi nhận")  # fmt: skip
def signer_missing(paper: Paper) -> Iterator[Hit]:
    """Name and post of who signed."""
    if paper.head and paper.head.signer is None:
        yield Hit(BOTTOM, "Văn bản không có tên người ký", "The paper names no signer")


@rule("post-missing", "note", "Không ghi chức vụ người ký", "The signer's post is missing",
      basis=f"{FORM_OF_PAPERS}, mục II.7", example="(tên) không có CHỦ TỊCH hay PHÓ CHỦ TỊCH ở trên")  # fmt: skip
def post_missing(paper: Paper) -> Iterator[Hit]:
    """By the post one sees whether he may sign."""
    if paper.head and paper.head.signer and not paper.head.post:
        yield Hit(paper.head.signer.place, f"Không ghi chức vụ của {paper.head.signer.value}",
                  f"No post stands above {paper.head.signer.value}", (paper.head.signer.value,))  # fmt: skip


@rule(
    "tm-missing",
    "note",
    "Khối ký thiếu TM.",
    "The signature block lacks TM.",
    basis=f"{FORM_OF_PAPERS}, mục II.7",
    example="KT. CHỦ TỊCH / PHÓ CHỦ TỊCH (thiếu TM. ỦY BAN NHÂN DÂN)",
)
def tm_missing(paper: Paper) -> Iterator[Hit]:
    """A collective body's paper is signed for it; many leave that out, so it is only told. A chair's own decisions
    and letters have no TM."""
    head = paper.head
    if head is None or head.signer is None or head.with_tm or head.authority not in ("", "KT."):
        return
    if paper.type_word not in _OF_THE_BODY:
        return
    for_the_chair = "chu tich" in fold(head.on_behalf or head.post)
    if for_the_chair and paper.issuers and _COLLECTIVE.match(fold(paper.issuers[0].value)):
        said = f"{head.authority} {head.on_behalf}".strip() or head.post
        yield Hit(head.signer.place, f"Khối ký ghi «{said}», thiếu «TM. ỦY BAN NHÂN DÂN» ở trên",
                  f"The block says «{said}» without «TM.» and the collective body above", (said, "TM."))  # fmt: skip


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
