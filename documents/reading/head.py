"""The head of a paper (thể thức, Phụ lục I): number and symbol, place and date, type and title, quốc hiệu."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.reading.dates import Dated, PartialDate, dates
from documents.reading.folding import LOWER, UPPER, fold, squeeze
from documents.reading.layout import Parts, joined, rest_of_type
from documents.reading.model import NOWHERE, Line, Read
from documents.reading.words import abbreviation_of, type_of_abbreviation

_NUMBER = re.compile(r"^s ?[o06](?: ?[:.,;]\s*|\s+|(?=\d))(?P<rest>(?:[\d./_…·-]|[ol](?=[\dol/])).*)$")
_DIGITS = re.compile(
    r"^(?P<number>[0-9OolI|]{1,5}(?:[a-z](?=\s*[/-]))?|[\s.…_·]*)\s*(?P<mark>[/\\\-–—])?\s*(?P<symbol>.*)$"
)
_CAPITALS = re.compile(rf"^(?:(?:TTg|CTr|TTr|QyĐ|{UPPER}|[0-9&.])+(?!{LOWER})|[-–—/&\s])+")
_BODY_BEGINS = re.compile(
    r"^\(?(?:can cu|kinh gui|kem theo|xet |theo (?:de nghi|ke hoach|cong van|chi dao|quyet dinh)|thuc hien (?:ke "
    r"hoach|cong van|"
    r"quyet dinh|nghi quyet|nghi dinh|thong tu|de an|chuong trinh|chi thi|luat|thong bao|huong dan|su chi dao|y kien|"
    r"chi dao|nhiem vu|cong dien|van ban)|"
    r"de (?:trien khai|thuc hien|tiep tuc|chuan bi)|nham |ngay \d|hom nay|phan (?:thu|i)|nam 20\d\d,|trong nam|"
    r"trong (?:thang|quy|6)|uy ban nhan dan .{0,60}(?:bao cao|ban hanh|xay dung|thong bao)|ubnd .{0,60}(?:bao cao|"
    r"ban hanh|xay dung|thong bao)|"
    r"(?:i|1|a)[.)/]\s|chu tich uy ban|hoi dong nhan dan|giam doc |quyet dinh:?$|quyet nghi:?$|"
    r"thoi gian qua|tiep tuc |luat |bo truong |chuong i|dieu 1|-\s|tren co so)"
)
_OPENS_WITH = re.compile(r"^(?:can cu|kinh gui|kem theo|\()")
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
            place = squeeze(line.text[: found.start]).strip(" ,.;:-")
            place = re.sub(r"^.*cong hoa.*$", "", place)
            said = found.doubt or _what_is_blank(found.date)
            sure = 0.98 if not said else 0.9 if not found.doubt else 0.6
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


def title_of(parts: Parts, type_word: str | None) -> tuple[Read[str | None], int]:
    """The title (trích yếu) and how many lines of the body it took."""
    if type_word == "Công văn" and (read := _subject(parts.left)):
        return read, 0
    first = rest_of_type(parts.type_line, parts.type_word) if parts.type_line else ""
    if first and parts.type_line is not None and parts.body and parts.body[0].number == parts.type_line.number:
        lines = _title_lines([parts.body[0], *parts.body[1:]], started=True)
        said = squeeze(first + " " + joined(lines[1:]))
        return _titled(said, parts.type_line), len(lines)
    if parts.type_line is None:
        return _headline(parts)
    lines = _title_lines(parts.body, started=False)
    if not lines:
        return Read(None, "", NOWHERE, 0.5, "không thấy trích yếu"), 0
    return _titled(joined(lines), lines[0]), len(lines)


def _titled(said: str, line: Line) -> Read[str | None]:
    return Read(said.strip(" ."), said, line.place, 0.95)


def _title_lines(body: Sequence[Line], started: bool) -> list[Line]:
    """Lines up to the first that begins the body; a gap ends the title unless the sentence goes on over it."""
    taken: list[Line] = []
    for line in body[:7]:
        said = fold(line.text)
        if taken and (
            _BODY_BEGINS.match(said) and line.text[:1] in "(-IA1" + line.text[:1].upper() or len(joined(taken)) > 420
        ):
            break
        if not taken and not started and _OPENS_WITH.match(said):
            break
        if taken and line.text.isupper() and not joined(taken).isupper():
            break  # whoever decides: "BAN BÍ THƯ …", "CHỦ TỊCH …"
        if taken and (
            _parted(taken[-1], line)
            or joined(taken).isupper()
            and len(joined(taken)) > 25
            and any(one.islower() for one in line.text)
        ):
            break
        taken.append(line)
    return taken


def _parted(before: Line, line: Line) -> bool:
    if before.bold and not line.bold and (before.tail or line.gap):
        return True
    ended = before.text.rstrip().endswith((".", "./.", ":"))  # behind ";" a title may go on: "…; nhiệm vụ năm 2025"
    ended = ended or before.text.rstrip().endswith(";") and not line.text[:1].islower()
    goes_on = re.search(
        r"(?:\b(?:va|cua|ve|trong|tren|cho|voi|cac|do|tai|den|tu|theo|nam|giai doan|-|phong)|,)$",
        fold(before.text).strip(),
    )
    if line.gap and not goes_on and not _begins_small(line.text):
        year = re.search(r"(?:nam|/)\s?\d{4}\)?$|\d{4}\s?-\s?\d{4}$", fold(before.text).strip())
        return bool(year) or ended or len(line.text) > 75 or before.tail and not before.bold
    return ended or len(line.text) > 220


def _begins_small(said: str) -> bool:
    """As "trên địa bàn huyện …": no sentence and no other title begins so."""
    return bool(re.match(r"(?:trên|của|tại|về|và|cho|trong|theo|giai đoạn|năm|đến|từ)\b", said.lstrip()))


def _subject(left: Sequence[Line]) -> Read[str | None] | None:
    """A công văn's "V/v …" below its number."""
    at = next((n for n, line in enumerate(left) if re.match(r"(?:v ?/ ?v|ve viec)\b", fold(line.text))), None)
    if at is None:
        return None
    lines = left[at : at + 5]
    said = re.sub(r"^(?:v\s?/\s?v\.?:?|về việc)\s*", "", joined(lines), flags=re.I)
    return Read(said.strip(" ."), joined(lines), lines[0].place, 0.95)


def _headline(parts: Parts) -> tuple[Read[str | None], int]:
    """A text without a type line (from the web): the last short line before the first sentence."""
    best, taken = None, 0
    for at, line in enumerate(parts.body[:8]):
        said = line.text.strip()
        if len(said) > 250 or _OPENS_WITH.match(fold(said)) or said.endswith((".", ";", ":")):
            break
        if len(said.split()) >= 4:
            best, taken = line, at + 1
    if best is None:
        return Read(None, "", NOWHERE, 0.4, "không thấy trích yếu"), 0
    return Read(squeeze(best.text), best.text, best.place, 0.7, "không có dòng tên loại, lấy dòng tiêu đề"), taken


def motto(parts: Parts) -> bool:
    """Whether quốc hiệu stands on it."""
    return any("conghoaxahoi" in fold(line.text).replace(" ", "") for line in parts.head)
