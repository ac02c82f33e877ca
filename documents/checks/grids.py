"""Tables of a file (bảng trong văn bản) beside its text: broken, misused, contradicted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.paper import Grid, Paper
from documents.checks.registry import rule
from documents.checks.rows.meaning import at_column, is_rate
from documents.checks.rows.nesting import is_total, label_of
from documents.reading.folding import fold, key

_PRODUCTS = re.compile(
    r"\b(?:treo|in|cap phat|phat|san xuat|lam|dan)\b[^.;]{0,60}?\b(?P<what>bang ron|bang zon|khau hieu|pa ?no|ap phich|"
    r"to roi|to gap|cam nang)"
)
_LAUNCH = re.compile(r"\b(?:to chuc|da)\s+(?P<what>le phat dong|le mit tinh|mit tinh|le ra quan)\b")
_AHEAD = re.compile(r"phuong huong|nhiem vu|ke hoach (?:trong )?thoi gian toi|kien nghi|de xuat")
_COUNTS = ("so luong", "so cuoc", "so buoi", "so lop", "so nguoi")


@rule("table-broken", "note", "Bảng bị tách", "A table is broken", example="dòng 2 của bảng đứng riêng, mất đầu bảng")
def table_broken(paper: Paper) -> Iterator[Hit]:
    """A piece without a head of its own."""
    for grid in paper.grids:
        if grid.broken:
            yield Hit(grid.place, f"Bảng {grid.number} «{grid.title}»: {grid.broken}", f"Table {grid.number} is broken")


@rule("cell-misused", "note", "Ô ghi nội dung không thuộc cột", "A cell holds what its column does not take",
      example="cột Thời lượng ghi «trên nhóm zalo»")  # fmt: skip
def cell_misused(paper: Paper) -> Iterator[Hit]:
    """A duration without a number; words where people are counted."""
    for grid, name, cell, place in _cells(paper):
        counted = key(name).startswith(("thoi luong", *_COUNTS)) or name.split("|")[-1] in ("Nam", "Nữ")
        nothing = key(cell) in ("khong", "khong co", "")
        if counted and not nothing and not re.search(r"\d", cell):
            yield Hit(
                place,
                f"Bảng {grid.number}, cột «{name}» ghi «{cell}», không phải số",
                f"Table {grid.number}, column «{name}» says «{cell}», which is no number",
                (cell, name),
            )


@rule("count-is-rhythm", "note", "Số lượng ghi theo tần suất", "A count is told as a rhythm",
      example="Số lượng: 1 buổi/tuần")  # fmt: skip
def count_is_rhythm(paper: Paper) -> Iterator[Hit]:
    """So many a week add up with nothing."""
    for grid, name, cell, place in _cells(paper):
        if key(name).startswith(_COUNTS) and re.search(r"\d[^/]*/\s*(?:tuần|tháng|quý|năm|ngày)\b", cell):
            yield Hit(
                place,
                f"Bảng {grid.number}, cột «{name}» ghi «{cell}»: tần suất, không cộng được",
                f"Table {grid.number}, column «{name}» says «{cell}»: a rhythm does not add up",
                (cell,),
            )


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


def _cells(paper: Paper) -> Iterator[tuple[Grid, str, str, str]]:
    for grid in paper.grids:
        for row, place in zip(grid.rows, grid.places, strict=True):
            for at, (name, cell) in enumerate(zip(grid.columns, row, strict=False)):
                yield grid, name, cell, at_column(place, at)


__all__ = ["at_column", "is_rate", "is_total", "label_of"]
