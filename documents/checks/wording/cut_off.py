"""An end that is missing (văn bản bị cắt)."""

from __future__ import annotations

from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.registry import rule


@rule("text-cut-off", "explain", "Văn bản bị cắt cuối", "The end is cut off", example="… bạo lực trên cơ sở (hết)")
def text_cut_off(paper: Paper) -> Iterator[Hit]:
    """It ends in the middle of a sentence, without recipients and signature."""
    head = paper.head
    if head and head.ends_with and head.signer is None and not head.recipients:
        if not head.ends_with.rstrip().endswith((".", "!", "?", ":", ";", "/", "”", '"', ")")):
            yield Hit(head.ends_at, f"Văn bản dừng giữa câu: «…{head.ends_with[-60:]}»",
                      f"The paper ends in the middle of a sentence: «…{head.ends_with[-60:]}»")  # fmt: skip
