"""Lists within a sentence (còn 03 tiêu chí, cụ thể: …; …): as many are named as are said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.papers.sentences import sentences, shortened
from documents.checks.registry import rule
from documents.reading.folding import fold

_NUMBERS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
_THING = (r"(?P<thing>(?:tiêu chí|chỉ tiêu|nội dung|tiêu chuẩn|xã|phường|thôn|bản|khu phố|tổ dân phố|ấp|khóm|"
          r"buôn|trường|"
          r"huyện|đơn vị|cơ quan|mô hình|công trình|dự án|nhiệm vụ|tổ|khu|ngành|lớp|chi hội|chi bộ|khu vực|sản phẩm|"
          r"địa phương|tuyến đường|nhóm|câu lạc bộ|lĩnh vực))")  # fmt: skip
_LEAD = re.compile(
    rf"(?<![\d.,/])\b(?P<n>\d{{1,2}}|hai|ba|bốn|sáu|bảy|tám|chín) {_THING}\b(?P<rest>[^.;:()\d]{{0,70}}?)"
    r"(?:,?\s*(?:cụ thể|gồm(?: có)?|bao gồm|đó là|là|như sau)\s*:?|:|\()\s*(?P<list>[^.]*?)(?P<end>\)|\.|$)", re.I,
)  # fmt: skip
_HOLDS = re.compile(rf"\b\d{{1,2}} {_THING}(?: [^\W\d]+){{0,4}}$", re.I)
_OPEN = re.compile(r"…|\.\.\.|\bv\.?\s?v\b|\b(?:trong đó|một số|tiêu biểu|điển hình|như|ví dụ|chủ yếu|mỗi|"
                   r"bình quân|chiếm|tăng|giảm|"
                   r"phụ lục|bảng|biểu)\b", re.I)  # fmt: skip
_NAME = (
    r"(?:(?:thôn|bản|xã|phường|khu phố|ấp|trường|khóm|buôn|thị trấn|huyện|tổ|khu)\s+)?"
    r"(?:[A-ZĐÀ-Ỹ][^\W\d_]*|số \d+|\d{1,2})(?:[ '’][A-ZĐÀ-Ỹ][^\W\d_]*){0,4}"
)
_PLACES = re.compile(rf"{_NAME}(?:\s*(?:,|;|\bvà\b)\s*{_NAME})+", re.I)
_ASIDE = re.compile(r"\([^()]*\)")


@rule("named-count-differs", "explain", "Số lượng nêu ra khác số được kể tên",
      "So many are said, another number is named",
      example="còn 03 tiêu chí chưa đạt, cụ thể: tiêu chí số 10 (Thu nhập); tiêu chí số 17 (Môi trường)")  # fmt: skip
def named_count_differs(paper: Paper) -> Iterator[Hit]:
    """Names of places parted by commas, or items that each begin with the thing's own word or are parted by
    semicolons; what goes on («…», «v.v.», «như», «một số») is left."""
    for one in sentences(paper):
        for found in _LEAD.finditer(_outer(one.text)):
            said = int(found["n"]) if found["n"].isdecimal() else _NUMBERS[found["n"].lower()]
            named = _named(found["list"], found["thing"].lower())
            if _OPEN.search(found["rest"] + " " + found["list"]) or not named or named == said or said < 2:
                continue
            thing = f"{found['thing']}{found['rest'].rstrip(' ,')}"
            yield Hit(one.place, f"Ghi {found['n']} {thing}, kể tên {named}: «{shortened(one.text)}»",
                      f"{said} are said, {named} are named", (said, named))  # fmt: skip


def _outer(text: str) -> str:
    """Without brackets that stand behind an item; those that hold the list itself stay."""

    def kept(found: re.Match[str]) -> str:
        leads = _HOLDS.search(text[: found.start()]) and re.search(r",|;| và ", found[0])
        return found[0] if leads or len(re.findall(r"[,;]", found[0])) > 1 else ""

    return re.sub(r"(?<=\w)\s*\([^()]*\)", kept, text)


def _named(listed: str, thing: str) -> int:
    """How many are named; 0 where that can't be told."""
    said = _ASIDE.sub("", listed).strip(" ;,")
    if re.search(r"(?:^|[;,]\s*|\bvà\s+)\d+\s+[^\W\d]|\d+\s*(?:[;,]|$)(?<!số \d)(?<!số \d\d)", said) and not re.search(
        rf"{thing} (?:số )?\d", said.lower()
    ):
        return 0  # parts with their own numbers
    own = re.findall(rf"(?:^|[;,]\s*|\bvà\s+){thing}\s", said.lower())
    pieces = [one for one in re.split(r"\s*;\s*", said) if one.strip()]
    if len(own) > 1 and (len(own) == len(pieces) or ";" not in said and len(own) == _commas(said)):
        return len(own)
    if len(pieces) > 1 and all(
        len(one) < 60 and not re.search(r",| và ", one) and not fold(one).startswith("con ") for one in pieces
    ):
        return len(pieces)
    whole = re.fullmatch(_PLACES, said)
    capital = all(re.match(r"(?:[^\W\d_]+\s)?(?:[A-ZĐÀ-Ỹ]|số \d|\d)", one) for one in _split(said))
    return _commas(said) if whole and capital and ";" not in said else 0


def _split(said: str) -> list[str]:
    return [one for one in re.split(r"\s*(?:,|\bvà\b)\s*", said) if one]


def _commas(said: str) -> int:
    return len(_split(said))
