"""Traces of the making (dấu vết soạn thảo) that are still in a file when it goes out."""

from __future__ import annotations

from collections.abc import Iterator

from documents.checks.finding import WHOLE, Hit
from documents.checks.papers.paper import Paper
from documents.checks.registry import rule


@rule("tracked-changes", "explain", "Còn dấu theo dõi sửa đổi", "Changes are still tracked",
      example="tệp Word còn «04» gạch bỏ và «05» thêm vào, chưa ai chấp nhận")  # fmt: skip
def tracked_changes(paper: Paper) -> Iterator[Hit]:
    """Nobody knows which of both words was signed."""
    if paper.tracked:
        added, dropped, first = paper.tracked
        yield Hit(WHOLE, f"Tệp Word còn theo dõi sửa đổi (Track Changes): {added} chỗ thêm, {dropped} chỗ bỏ,"
                  f" đầu tiên {first}",
                  f"The Word file still tracks changes: {added} put in, {dropped} taken out, the first: {first}",
                  (dropped, added))  # fmt: skip
