"""Words (câu chữ) that a careful reader stops at: decimal marks, an end cut off, another level's text, odd rhythms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.paper import Paper, Sentence
from documents.checks.registry import rule
from documents.reading.cited.symbols import NUMBERED
from documents.reading.folding import UPPER, fold

_DOT = re.compile(r"(?<![\d.,])\d{1,3}\.\d{1,2}(?!\.?\d)(?=\s?(?:%|km|ha\b|m²|m2\b|tỷ|triệu))")
_COMMA = re.compile(r"(?<![\d.,])\d{1,3},\d{1,2}(?=\s?(?:%|km|ha\b|m²|m2\b|tỷ|triệu))")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.])")
_PLAIN = re.compile(
    r"(?<![\d./,-])(?!(?:19|20)\d\d)[1-9]\d{3,6}(?=/\d{3,7}\b(?!/)|\s(?:người|lượt|hộ|đồng|phụ nữ|trẻ em|học sinh)\b)"
)
_ABOVE = {"commune": r"quận|huyện|thị xã|tỉnh|thành phố", "district": r"tỉnh"}
_MINISTRIES = re.compile(r"của (?:các )?bộ, ngành(?:, địa phương)?\b(?! (?:trung ương|TW))")
_WISHES = re.compile(r"kien nghi|de xuat")


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


@rule("text-cut-off", "explain", "Văn bản bị cắt cuối", "The end is cut off", example="… bạo lực trên cơ sở (hết)")
def text_cut_off(paper: Paper) -> Iterator[Hit]:
    """It ends in the middle of a sentence, without recipients and signature."""
    head = paper.head
    if head and head.ends_with and head.signer is None and not head.recipients:
        if not head.ends_with.rstrip().endswith((".", "!", "?", ":", ";", "/", "”", '"', ")")):
            yield Hit(head.ends_at, f"Văn bản dừng giữa câu: «…{head.ends_with[-60:]}»",
                      f"The paper ends in the middle of a sentence: «…{head.ends_with[-60:]}»")  # fmt: skip


@rule("scope-of-another-level", "note", "Phạm vi của cấp khác", "The scope of another level",
      example="báo cáo của phường: «trên địa bàn quận»")  # fmt: skip
def scope_of_another_level(paper: Paper) -> Iterator[Hit]:
    """Words copied from the plan above; not where bodies above are named, cited or asked for something."""
    if paper.unit is None or not paper.kind:
        return
    yield from _of_ministries(paper)
    above = _ABOVE.get(paper.unit.level)
    if above is None:
        return
    name = rf"(?!\s+(?:{UPPER}|\d))"
    scope = re.compile(
        rf"trên (?:địa bàn|phạm vi) (?:{above})\b{name}|(?<!ngoài )(?<!của )(?<!, )\b(?:{above}) năm 20\d\d"
        + (r"|của các (?:phường|xã)\b(?!,)" if paper.unit and paper.unit.level == "commune" else "")
    )
    for one in paper.text:
        if not _names_above(one, above) and (found := scope.search(one.text)):
            own = paper.unit.name if paper.unit else ""
            yield Hit(one.place, f"Văn bản của {own} lại nói «{found[0]}»",
                      f"A paper of {own} speaks of «{found[0]}»", (found[0], own))  # fmt: skip


def _of_ministries(paper: Paper) -> Iterator[Hit]:
    """As "phù hợp điều kiện của bộ, ngành, địa phương": a ministry's own words, in a paper of a province or below."""
    for one in paper.text:
        found = _MINISTRIES.search(one.text)
        if found and paper.unit and not NUMBERED.search(one.text) and not re.search(r"chỉ đạo|hướng dẫn", one.text):
            yield Hit(one.place, f"Văn bản của {paper.unit.name} lại nói «{found[0]}»",
                      f"A paper of {paper.unit.name} speaks of «{found[0]}»", (found[0], paper.unit.name))  # fmt: skip


def _names_above(one: Sentence, above: str) -> bool:
    """Whether a body of that level is named, cited, or asked for something."""
    body = r"(?:UBND|Ủy ban nhân dân|HĐND|Mặt trận|Sở|Phòng|Công an|Hội LHPN|Ban [^,;.]{3,40})"
    named = re.search(rf"{body} (?:{above})", one.text) or NUMBERED.search(one.text)
    wished = _WISHES.search(fold(one.section)) or fold(one.text).startswith(("de nghi", "- de nghi"))
    return bool(named or wished)
