"""Numbers as people type them in Vietnamese ("trên 540 lượt người", "25 ngàn", "Không"), read with their doubts."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from states.figures.bounds import BadFigure, Bound
from states.figures.written import WORDS, plain
from states.sentences import Sentence


class Typed(NamedTuple):
    """What a typed text says, and whether it may say something else."""

    amount: Decimal
    bound: Bound
    unit: str
    echo: str
    doubt: bool


_LARGEST = Decimal(10) ** 18
_PREFIXES = [
    (Bound.AT_LEAST, "không dưới|không ít hơn|ít nhất|tối thiểu|>=|≥"),
    (Bound.AT_MOST, "không quá|không trên|tối đa|nhiều nhất|<=|≤"),
    (Bound.MORE_THAN, "trên|hơn|>"),
    (Bound.LESS_THAN, "dưới|chưa đến|chưa tới|<"),
    (Bound.ABOUT, "khoảng|gần|xấp xỉ|ước tính|ước đạt|ước|chừng|~|≈"),
]
_NIL = {"không", "không có", "không phát sinh", "không xảy ra", "chưa phát sinh"}
_TIMES = {
    "trăm": 100, "ngàn": 1_000, "nghìn": 1_000, "vạn": 10_000,
    "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9,
}  # fmt: skip
_NUMBER = r"(?:[0-9]{1,3}(?: [0-9]{3})+(?![0-9])|[0-9]+(?:[.,][0-9]+)*)"
_SCALE = rf"(?: ?(?:{'|'.join(_TIMES)})\b)"
_BODY = re.compile(rf"(-?{_NUMBER}{_SCALE}?(?: {_NUMBER}{_SCALE})*)([^0-9.,]*)")
_TERM = re.compile(rf"({_NUMBER})({_SCALE})?")
# Only words that name what is counted may follow: any other word could change the number ("10 hoặc hơn").
_UNIT_WORDS = frozenset(
    "% đ đồng vnđ vnd phần trăm điểm người lượt cuộc buổi đoàn đợt lần lớp hội nghị thi hộ gia đình chị em "
    "cháu trẻ bé học sinh phụ nữ nam lao động đại biểu sản cán bộ công chức viên thành đảng đồng chí bài tin "
    "viết chuyên mục chương trình phóng sự vụ việc trường hợp nạn nhân cái chiếc tấm tờ rơi gấp bướm băng "
    "rôn zôn khẩu hiệu pa nô áp phích cuốn quyển sản phẩm video clip trạm cơ sở quan đơn vị mô hình câu lạc "
    "địa chỉ nhóm khóm thôn xã phường phút giờ tham dự dân suất quà".split()
)


def read(text: str) -> Typed:
    """Read it; `BadFigure` naming the remedy for what is no number."""
    said = text.strip()
    body = " ".join(unicodedata.normalize("NFC", text).lower().replace("−", "-").split()).rstrip(".;")
    if body in _NIL:
        return Typed(Decimal(0), Bound.EXACT, "", Sentence("đọc «{said}» là {shown}", said=said, shown=0), False)
    bound, rest = _take_bound(body)
    found = _BODY.fullmatch(rest) if len(rest) <= 80 else None
    if found is None or not set(found[2].replace("%", " % ").split()) <= _UNIT_WORDS:
        raise BadFigure(text=said, why=_why(rest))
    amount, doubt = _amount(said, found[1])
    unit = "%" if found[2].strip().endswith(("%", "phần trăm")) else found[2].strip()
    shown = WORDS[bound].format(plain(amount).replace(".", ","))
    return Typed(amount, bound, unit, Sentence("đọc «{said}» là {shown}", said=said, shown=shown), doubt)


def _take_bound(body: str) -> tuple[Bound, str]:
    body = re.sub(r"^(?:có|đạt|được) ", "", body)
    for bound, ending in ((Bound.AT_LEAST, " trở lên"), (Bound.AT_MOST, " trở xuống")):
        if body.endswith(ending):
            return bound, body.removesuffix(ending).removeprefix("từ ")
    for bound, words in _PREFIXES:
        if found := re.match(rf"(?:{words})(?: |(?=[0-9]))", body):
            return bound, body[found.end() :]
    # A change against last year is typed in words: "tăng 2,43%" is positive, "giảm 2,43%" negative.
    return Bound.EXACT, re.sub(r"^tăng (?=[0-9])", "", re.sub(r"^giảm (?=[0-9])", "-", body))


def _amount(said: str, digits: str) -> tuple[Decimal, bool]:
    terms = [(number, word.strip()) for number, word in _TERM.findall(digits.removeprefix("-"))]
    scales = [_TIMES.get(word, 1) for _, word in terms]
    if any(later >= earlier for earlier, later in zip(scales, scales[1:], strict=False)):
        raise BadFigure(text=said, why=Sentence("ghi liền một số, ví dụ 4.267.000.000"))
    values = [_decimal(said, number, bool(word)) for number, word in terms]
    total = sum((v * scale for (v, _), scale in zip(values, scales, strict=True)), Decimal(0))
    if total >= _LARGEST or total != round(total, 6):
        why = Sentence("số quá lớn (từ 19 chữ số) hoặc quá lẻ (trên 6 chữ số thập phân)")
        raise BadFigure(text=said, why=why)
    return -total if digits.startswith("-") else total, any(doubt for _, doubt in values)


def _decimal(said: str, digits: str, scaled: bool) -> tuple[Decimal, bool]:
    """Dots group and a comma is the decimal mark; a dot or comma that may mean the other is a doubt."""
    if re.fullmatch(r"[0-9]+(,[0-9]{1,6})?", digits):
        return Decimal(digits.replace(",", ".")), len(digits.partition(",")[2]) == 3
    if re.fullmatch(r"[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]{1,6})?", digits):
        return Decimal(digits.replace(".", "").replace(",", ".")), scaled and digits.count(".") == 1
    if re.fullmatch(r"[1-9][0-9]{0,2}( [0-9]{3})+", digits):
        return Decimal(digits.replace(" ", "")), True
    if re.fullmatch(r"[0-9]+\.[0-9]{1,6}", digits):
        return Decimal(digits), True
    why = Sentence("dấu chấm để nhóm ba chữ số, dấu phẩy là phần thập phân, ví dụ 1.234,5")
    raise BadFigure(text=said, why=why)


def _why(body: str) -> str:
    if body in ("", "-", "–", "—"):
        return Sentence("ô để trống là chưa có số liệu; nếu không phát sinh thì ghi «Không»")
    if re.search(r"[0-9] ?/ ?[0-9]", body):
        return Sentence("đây là phân số; ghi tử số và mẫu số vào hai ô")
    if "/" in body:
        return Sentence("đây là tần suất; ghi tổng số trong kỳ, còn tần suất ghi ở cột chữ")
    if re.search(r"[0-9] ?(-|–|đến) ?[0-9]", body):
        return Sentence("đây là một khoảng; ghi một số, ví dụ «từ 10 trở lên» hoặc «khoảng 12»")
    return Sentence("chỉ ghi chữ số và đơn vị, ví dụ «1.234 người», «trên 540», «50 triệu đồng», «Không»")
