"""What a paper is about (trích yếu): below its type, behind it, or "V/v …" below the number of a công văn."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.reading.days.period_days import of_data
from documents.reading.folding import fold, squeeze
from documents.reading.model import NOWHERE, Line, Read
from documents.reading.parts.layout import Parts, joined, rest_of_type

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
_LETTER = re.compile(
    r"^(?:phuc dap|tra loi|tiep theo|de nghi tai|thi hanh|tiep nhan|theo tinh than|qua .{0,40}thuc hien|sau .{0,40}"
    r"thuc hien|trien khai(?: thuc hien)?) (?:.{0,40}\b)?(?:cong van|van ban|ke hoach|quyet dinh|nghi quyet|luat|"
    r"chi thi|chuong trinh|cong dien|thong bao|huong dan|to trinh|nghi dinh)\b"
)
"""How a letter's first sentence begins that answers or carries out another paper."""
_REPORTS = re.compile(r"\d\s?/\S*[a-z]{2}.*\b(?:bao cao|ban hanh|xay dung|thong bao|trinh)\b[^.;]{0,60}:$")
"""A whole paragraph that names a paper's number and goes on to what is reported."""
_CENTRED = 0.012
"""By how much of the page's width the middles of two centred lines may differ."""
_OF_PERIOD = re.compile(
    r"(?:\d{1,2} thang|quy|thang \d|nam|dot|hoc ky|giai doan|tuan)\b[^.,;:]{0,40}\b20\d\d(?: ?- ?20\d\d)?$"
)
"""A line that is nothing but the period: below a title in capitals it is its end, in small letters too."""
_OPENS_WITH = re.compile(r"^(?:can cu|kinh gui|kem theo|\()")


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
        if taken and line.text[:1].isupper() and (_LETTER.match(said) or _REPORTS.search(said)):
            break
        if not taken and not started and _OPENS_WITH.match(said):
            break
        if taken and (of_data(said) or _plain_behind(taken[-1], line)):
            break
        if taken and line.text.isupper() and not joined(taken).isupper():
            break  # whoever decides: "BAN BÍ THƯ …", "CHỦ TỊCH …"
        if (
            taken
            and not _OF_PERIOD.match(said)
            and (
                _parted(taken[-1], line)
                or joined(taken).isupper()
                and len(joined(taken)) > 25
                and any(one.islower() for one in line.text)
            )
        ):
            break
        taken.append(line)
    return taken


def _plain_behind(before: Line, line: Line) -> bool:
    """Whether bold and centring end together: a bold line in the middle, a plain one that begins a paragraph."""
    if not before.bold or line.bold or before.box is None or line.box is None:
        return False
    middles = [(one[0] + one[2]) / 2 for one in (before.box, line.box)]
    return abs(middles[0] - middles[1]) > _CENTRED and line.text[:1].isupper()


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
