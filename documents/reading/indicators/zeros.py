"""Indicators reported as nothing (không có, không xảy ra): a zero that is told in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.reading.figures.marking import Marked
from documents.reading.figures.naming import below_topic, noun
from documents.reading.folding import squeeze
from documents.reading.indicators.indicator import Indicator
from documents.reading.model import Read
from states.figures import Figure

_NIL = re.compile(
    r"(?:khong|chua) (?:de |con |co )?(?:xay ra|phat hien|phat sinh|ghi nhan|co|tiep nhan|de xay ra)(?: "
    r"ra)?\s(?:[^.;,\n]{0,20}?)"
    r"(?P<unit>truong hop|vu(?: viec)?|don thu|don\b|nan nhan|tai bien|tai nan|tu vong|khieu nai|to cao)"
    r"(?P<what>[^.;,\n]{0,90})"
)
_NO_HARM = re.compile(
    r"(?:^|[.;:\n])\s?(?:- )?(?:khong|chua) (?:de |con )?co (?P<unit>tre em|hoc sinh|phu nu|tre|nguoi) "
    r"(?P<what>(?:nao )?(?:bi|mac|vi pham|tu vong|bo hoc|tao hon)\b[^.;,\n]{0,80})",
    re.MULTILINE,
)
"""That nobody suffered it; what leads the clause, for «100% xã không có trẻ em bị …» is a goal."""
_NONE = re.compile(
    r"(?:^|[.;\n])\s?(?:[-+] )?(?P<what>(?:tong )?so (?P<unit>vu(?: viec)?|truong hop|nguoi|don thu|nan nhan)\b"
    r"[^.;:,\n\d]{2,80}): (?:khong|khong co)(?=\s?[.;\n]|$)",
    re.MULTILINE,
)
"""As "Số vụ phải xử lý hình sự: Không."."""
_CASES = re.compile(r"truong hop|vu|don\b(?! thu)|don thu")
_HOW = re.compile(r"(?:do|sau|trong|tại|ở|vì|khi|trên)\s")
_LABEL_NIL = re.compile(
    r"(?:(?<=[;\n])|(?<=\. )|^)\s?(?P<mark>[-+] )?(?P<what>[^.;:,\n\d]{4,90}): (?P<unit>khong(?: co| xay ra)?|"
    r"chua xay ra)"
    r"(?=\s?[.;\n]|\s?$)",
    re.MULTILINE,
)
"""As "phản ứng nặng: không có"."""
_NO_COUNT = re.compile(
    r"kho khan|kien nghi|de xuat|ton tai|han che|vuong mac|ngan sach|kinh phi|nguon|\bvon\b|so tien|noi dung|y kien|"
    r"ghi chu|ly do|xa hoi hoa|nguyen nhan|giai phap|bien dong|thay doi|san pham truyen thong|hoat dong"
)


def none_at_all(marked: Marked) -> Iterator[tuple[int, Read[Indicator]]]:
    """As "không xảy ra trường hợp bạo lực gia đình nào" is a reported 0."""
    folded = marked.flow.folded
    for found in (*_NIL.finditer(folded), *_NO_HARM.finditer(folded), *_NONE.finditer(folded)):
        text = marked.flow.text
        unit = text[found.start("unit") : found.end("unit")]
        what = re.sub(r"\bnào\b ?", "", squeeze(text[found.start("what") : found.end("what")])).strip()
        what = re.split(r"\s(?:và|nhưng|cũng) (?=chưa|không|cũng)", what)[0]
        alone = not what or _HOW.match(what) or not _CASES.match(found["unit"])
        what = f"{unit} {what}".strip() if found.re is not _NONE and alone else what
        name = below_topic(marked, found.start("unit"), what) if what == unit else what
        value = Indicator(name, Figure.exact(0), unit=unit)
        place = marked.flow.place(found.start("unit"))
        raw = squeeze(text[found.start() : found.end()].lstrip(" .;:-+\n"))
        yield found.start("unit"), Read(value, raw, place, 0.85, "ghi là không có, hiểu là 0")
    yield from _labelled(marked)


def _labelled(marked: Marked) -> Iterator[tuple[int, Read[Indicator]]]:
    """As "phản ứng nặng: không có"; a numbered heading is a section, not a count."""
    flow = marked.flow
    told = {one.end() for one in _NONE.finditer(flow.folded)}
    for found in _LABEL_NIL.finditer(flow.folded):
        at = found.start("what")
        if _NO_COUNT.search(found["what"]) or found.end() in told or _is_section(flow.text[flow.paragraph(at)[0] : at]):
            continue
        name = noun(flow.text[at : found.end("what")])
        raw = squeeze(flow.text[at : found.end()])
        value = Indicator(below_topic(marked, at, name) if len(name.split()) < 3 else name, Figure.exact(0))
        yield at, Read(value, raw, flow.place(at), 0.82, "ghi là không có, hiểu là 0")


def _is_section(said: str) -> bool:
    """Whether only the number of a heading stands here ("3. ")."""
    return bool(re.fullmatch(r"\s*(?:[IVX]+|\d+(?:\.\d+)*|[a-zđ])[.)/]\s*", said))
