"""A table that says nothing of what the text tells (bảng báo «Không», lời văn có)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.registry import rule
from documents.reading.folding import fold, key

_PRODUCTS = re.compile(
    r"\b(?:treo|in|cap phat|phat|san xuat|lam|dan)\b[^.;]{0,60}?\b(?P<what>bang ron|bang zon|khau hieu|pa ?no|ap phich|"
    r"to roi|to gap|cam nang)"
)
_LAUNCH = re.compile(r"\b(?:to chuc|da)\s+(?P<what>le phat dong|le mit tinh|mit tinh|le ra quan)\b")
_AHEAD = re.compile(r"phuong huong|nhiem vu|ke hoach (?:trong )?thoi gian toi|kien nghi|de xuat")


@rule("nil-against-text", "explain", "Bảng báo «Không» nhưng lời văn có", "Reported nil, but the text tells of some",
      example="bảng sản phẩm: «Không»; lời văn: treo băng rôn, khẩu hiệu")  # fmt: skip
def nil_against_text(paper: Paper) -> Iterator[Hit]:
    """Banners that were hung are products."""
    if paper.kind != "report":
        return
    for grid in paper.grids:
        if not grid.nil or "san pham" not in key(grid.title):
            continue
        for one in paper.text:
            if not _AHEAD.search(fold(one.section)) and (found := _PRODUCTS.search(fold(one.text))):
                words = one.text[found.start("what") : found.end("what")]
                yield Hit(grid.place, f"Bảng {grid.number} báo «Không», nhưng lời văn có «{words}» ({one.place})",
                          f"Table {grid.number} reports nil, the text tells of «{words}»", ("Không", words),
                          one.place)  # fmt: skip
                break


@rule("told-not-in-table", "note", "Lời văn có, bảng không có", "Told in the text and not in the table",
      example="lời văn: tổ chức Lễ phát động; bảng 1 không có dòng nào")  # fmt: skip
def told_not_in_table(paper: Paper) -> Iterator[Hit]:
    """A launch that was held belongs into the table of launches."""
    for grid in paper.grids if paper.kind == "report" else ():
        rows = fold(" ".join(" ".join(row) for row in grid.rows))
        if "phat dong" not in fold(grid.title) or re.search(r"phat dong|mit tinh|ra quan", rows):
            continue
        for one in paper.text:
            if not _AHEAD.search(fold(one.section)) and (found := _LAUNCH.search(fold(one.text))):
                words = one.text[found.start("what") : found.end("what")]
                yield Hit(one.place, f"Lời văn nói đã tổ chức «{words}», bảng {grid.number} không có dòng nào",
                          f"The text tells of «{words}», table {grid.number} has no row of it", (words,),
                          grid.place)  # fmt: skip
                break
