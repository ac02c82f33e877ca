"""Marks in numbers (dấu thập phân, dấu nhóm nghìn): one way of writing them throughout a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.registry import rule

_DOT = re.compile(r"(?<![\d.,])\d{1,3}\.\d{1,2}(?!\.?\d)(?=\s?(?:%|km|ha\b|m²|m2\b|tỷ|triệu))")
_COMMA = re.compile(r"(?<![\d.,])\d{1,3},\d{1,2}(?=\s?(?:%|km|ha\b|m²|m2\b|tỷ|triệu))")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.])")
_PLAIN = re.compile(
    r"(?<![\d./,-])(?!(?:19|20)\d\d)[1-9]\d{3,6}(?=/\d{3,7}\b(?!/)|\s(?:người|lượt|hộ|đồng|phụ nữ|trẻ em|học sinh)\b)"
)


@rule("decimal-marks", "note", "Dấu thập phân không thống nhất", "Decimal marks are mixed",
      basis="thông lệ: dấu phẩy thập phân, dấu chấm nhóm nghìn", example="99.5 % bên cạnh 99,9 %")  # fmt: skip
def decimal_marks(paper: Paper) -> Iterator[Hit]:
    """A dot for decimals beside commas, or beside dots that part thousands."""
    dots = _found(_DOT, paper)
    commas = _found(_COMMA, paper) or _found(_GROUPED, paper)
    if dots and commas:
        (one, place), (two, other) = dots[0], commas[0]
        more = f" (và {len(dots) - 1} chỗ nữa)" if len(dots) > 1 else ""
        yield Hit(place, f"Ghi «{one}»{more}, chỗ khác ghi «{two}»: dấu chấm vừa thập phân vừa nhóm nghìn"
                  if two.count(".") else f"Ghi «{one}»{more} với dấu chấm, chỗ khác ghi «{two}» với dấu phẩy",
                  f"«{one}» here, «{two}» elsewhere: decimal marks are mixed", (one, two), other)  # fmt: skip


@rule("grouping-marks", "note", "Số hàng nghìn lúc có chấm, lúc không", "Thousands are parted here and not there",
      basis="thông lệ: dấu phẩy thập phân, dấu chấm nhóm nghìn", example="1072/3459 bên cạnh 3.576/7.388")  # fmt: skip
def grouping_marks(paper: Paper) -> Iterator[Hit]:
    """Told once: whoever reads 1.072 and 1072 in one paper looks twice."""
    plain, parted = _found(_PLAIN, paper), _found(_GROUPED, paper)
    if plain and parted:
        (one, place), (two, other) = plain[0], parted[0]
        yield Hit(place, f"Ghi «{one}», chỗ khác ghi «{two}»: số hàng nghìn không viết thống nhất",
                  f"«{one}» here, «{two}» elsewhere: thousands are not written alike", (one, two), other)  # fmt: skip


def _found(pattern: re.Pattern[str], paper: Paper) -> list[tuple[str, str]]:
    return [(found[0], one.place) for one in paper.text for found in pattern.finditer(one.text)]
