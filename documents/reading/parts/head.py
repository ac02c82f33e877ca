"""The head of a paper (thể thức, Phụ lục I): number and symbol, place and date, type and title, quốc hiệu."""

from __future__ import annotations

import re

from documents.reading.days.dates import Dated, PartialDate, dates
from documents.reading.folding import LOWER, UPPER, fold, squeeze
from documents.reading.model import NOWHERE, Line, Read
from documents.reading.names.words import abbreviation_of, type_of_abbreviation
from documents.reading.parts.layout import Parts

_NUMBER = re.compile(r"^s ?[o06](?: ?[:.,;]\s*|\s+|(?=\d))(?P<rest>(?:[\d./_…·-]|[ol](?=[\dol/])).*)$")
_DIGITS = re.compile(
    r"^(?P<number>[0-9OolI|]{1,5}(?:[a-z](?=\s*[/-]))?|[\s.…_·]*)\s*(?P<mark>[/\\\-–—])?\s*(?P<symbol>.*)$"
)
_CAPITALS = re.compile(rf"^(?:(?:TTg|CTr|TTr|QyĐ|{UPPER}|[0-9&.])+(?!{LOWER})|[-–—/&\s])+")
_LOOKS = str.maketrans("OolI|", "00111")


def number_and_symbol(parts: Parts) -> tuple[Read[str | None], Read[str | None]]:
    """The number as it is written (None where it is blank) and the symbol."""
    for line in [*parts.head, *parts.body[:6]]:
        found = _NUMBER.match(fold(line.text))
        if found and (read := _of_number(line, line.text[found.start("rest") :])):
            return read
    nothing: Read[str | None] = Read(None, "", NOWHERE, 0.6, "không thấy số, ký hiệu")
    return nothing, nothing


def _of_number(line: Line, rest: str) -> tuple[Read[str | None], Read[str | None]] | None:
    found = _DIGITS.match(rest)
    if found is None:
        return None
    symbol, doubt = _symbol(found["symbol"])
    if not symbol and not re.match(r"\d", rest):
        return None
    digits = found["number"].strip(" .…_·")
    number = digits.translate(_LOOKS) if digits else None
    if year := re.match(r"(?:19|20)\d\d/", symbol):  # a rule-making paper carries its year: "55/2007/QĐ-UBND"
        number, digits, symbol = f"{number}/{year[0][:4]}", f"{digits}/{year[0][:4]}", symbol[5:]
    misread = f"chữ số bị nhận nhầm, «{digits}» đọc là {number}" if number and number != digits else ""
    blank = "" if number else "số còn để trống"
    raw = squeeze(line.text)
    return (
        Read(number, raw, line.place, 0.6 if misread else 0.98, misread or blank),
        Read(
            symbol or None,
            raw,
            line.place,
            0.7 if doubt else 0.98 if symbol else 0.6,
            doubt or ("" if symbol else "không có ký hiệu"),
        ),
    )


def _symbol(said: str) -> tuple[str, str]:
    """Capitals joined by dashes and slashes; blanks and other dashes are mended."""
    found = _CAPITALS.match(said.strip())
    symbol = re.sub(r"\s", "", re.sub(r"[–—]", "-", found[0])) if found else ""
    symbol = symbol.strip("-/.&")
    first = symbol.split("-")[0]
    if "-" not in symbol and "/" not in symbol and len(symbol) > 2:  # "12 KHUBND": the dash was lost
        for length in (3, 2):
            if type_of_abbreviation(symbol[:length]) and symbol[length:] in ("UBND", "HĐND", "ĐU"):
                return f"{symbol[:length]}-{symbol[length:]}", "ký hiệu thiếu gạch nối"
    right = {"QD": "QĐ", "CD": "CĐ", "TTR": "TTr", "CTR": "CTr"}
    if first in right:
        return right[first] + symbol[len(first) :], f"ký hiệu ghi «{first}», hiểu là {right[first]}"
    return symbol, ""


def place_and_date(parts: Parts) -> tuple[Read[str | None], Read[PartialDate | None]]:
    """The place and the date of issue; a part left blank stays unknown."""
    lines = [*parts.right, *parts.left, *parts.body[:6], *parts.sign_right[:3]]
    for line in lines:
        if (found := _dated(line.text)) is not None:
            place = re.sub(r",?\s+ngày$", "", squeeze(line.text[: found.start]).strip(" ,.;:-"))
            place = re.sub(r"^.*cong hoa.*$", "", place)
            said = found.doubt or _what_is_blank(found.date)
            sure = 0.98 if not said else 0.9 if not found.doubt and (found.date.year or not found.date.day) else 0.6
            where: Read[str | None] = Read(
                place or None,
                squeeze(line.text),
                line.place,
                0.97 if place else 0.6,
                "" if place else "không có địa danh",
            )
            return where, Read(found.date, squeeze(line.text[found.start :]), line.place, sure, said)
    return (
        Read(None, "", NOWHERE, 0.6, "không thấy địa danh"),
        Read(None, "", NOWHERE, 0.6, "không thấy ngày ban hành"),
    )


def _dated(text: str) -> Dated | None:
    """The date of a line that is nothing but place and date."""
    for found in dates(text):
        before, after = text[: found.start].strip(" ,"), text[found.end :].strip(" ./")
        short = (
            len(before) < 45 and len(after) < 4 and "(" not in before and re.fullmatch(r"\D*(?: \d{1,2})?\D?", before)
        )
        spelled = "ngay" in fold(found.raw) or fold(before).endswith("ngay")
        place = not before or before[0].isupper()
        if (
            short
            and spelled
            and place
            and not re.match(r"(?:can cu|thuc hien|so\b|ke hoach|tu ngay|den ngay)", fold(before))
        ):
            return found
    return None


def _what_is_blank(said: PartialDate) -> str:
    blank = [name for name, part in (("ngày", said.day), ("tháng", said.month), ("năm", said.year)) if part is None]
    return f"còn để trống {', '.join(blank)}" if blank else ""


def type_of(parts: Parts, symbol: str | None, opening: str) -> Read[str | None]:
    """The type: by its own line, else by the symbol, else by what the opening says it does."""
    short = re.split(r"[-/]", symbol or "")[0]
    by_symbol = type_of_abbreviation(short) if short else ""
    if parts.type_line is not None:
        clash = by_symbol and by_symbol != parts.type_word and abbreviation_of(parts.type_word)
        said = f"ký hiệu {symbol} lại là của {by_symbol}" if clash else ""
        return Read(parts.type_word, squeeze(parts.type_line.text), parts.type_line.place, 0.75 if said else 0.99, said)
    if by_symbol:
        return Read(by_symbol, symbol or "", NOWHERE, 0.85, "không có dòng tên loại, theo ký hiệu")
    if any(fold(line.text).startswith(("v/v", "ve viec")) for line in parts.left) or "kính gửi" in opening.lower()[:40]:
        return Read("Công văn", "", NOWHERE, 0.95, "")
    if symbol:
        return Read("Công văn", symbol, NOWHERE, 0.8, "không có tên loại, ký hiệu không có chữ viết tắt tên loại")
    done = re.search(
        r"\b(bao cao)\s+(?:ket qua|tinh hinh|so ket|tong ket)|\b(?:ban hanh|xay dung)\s+(ke hoach)\b", fold(opening)
    )
    if done:
        word = "Báo cáo" if done[1] else "Kế hoạch"
        return Read(word, "", NOWHERE, 0.6, "không có dòng tên loại, suy từ câu mở đầu")
    return Read(None, "", NOWHERE, 0.5, "không rõ loại văn bản")


def motto(parts: Parts) -> bool:
    """Whether quốc hiệu stands on it."""
    return any("conghoaxahoi" in fold(line.text).replace(" ", "") for line in parts.head)
