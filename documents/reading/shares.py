"""Indicators told by one number: a percentage, a count of people or cases, or that there was none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.reading.folding import fold, squeeze
from documents.reading.indicator import Indicator
from documents.reading.labels import before, behind, core
from documents.reading.marking import PEOPLE, THINGS, Marked
from documents.reading.model import Read
from documents.reading.numbers import Number
from documents.reading.splits import share_behind
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
CHANGE = re.compile(r"\b(?P<way>tang|giam)\s*(?:len |xuong |them )?(?:khoang |tren )?$")
"""What leads a change against last year, folded."""


def shares(marked: Marked, taken: set[int]) -> Iterator[tuple[int, Read[Indicator]]]:
    """Percentages that belong to nothing else."""
    flow, floor = marked.flow, 0
    for number in marked.numbers:
        if not number.percent:
            continue
        start = flow.paragraph(number.start)[0]
        if number.start in taken or _is_change(marked, number):
            floor = number.end
            continue
        taken.add(number.start)
        ahead = before(flow, number.start, max(floor, start))
        after = behind(flow, number.end) if re.match(r"\s[^\W\d_]", flow.text[number.end : number.end + 2]) else ""
        label = (
            squeeze(f"{core(ahead)} {core(after)}")
            if number.start - max(floor, start) > 6
            else after or behind(flow, number.end)
        )
        floor = number.end
        said = number.doubt
        yield (
            number.start,
            Read(
                Indicator(label, percent=number.figure, unit="%"),
                number.raw,
                flow.place(number.start),
                0.6 if said else 0.9,
                said,
            ),
        )


def counts(marked: Marked, taken: set[int], *, shared: bool = False) -> Iterator[tuple[int, Read[Indicator]]]:
    """Counts of people, households, cases that nothing else took; `shared`: only those with their share in brackets."""
    flow = marked.flow
    for number in marked.numbers:
        if number.percent or number.start in taken or marked.is_money(number) or _is_change(marked, number):
            continue
        unit = marked.counted(number, PEOPLE) or marked.counted(number, THINGS)
        share = (_share_in_brackets(marked, number) or share_behind(marked, number, taken)) if shared and unit else None
        if not unit or shared and share is None:
            continue
        taken |= {number.start} | ({share.start} if share else set())
        after = behind(flow, number.end)
        women = bool(re.match(r"(?:(?!ho |do |vu |con )[^\W\d]+ ){0,2}(?:phu nu|nu\b(?! ho sinh))", fold(after))) or (
            unit.lower().startswith(("chị", "phụ nữ", "nữ"))
        )
        ahead = core(before(flow, number.start))
        after = re.split(r",?\s(?:chiếm|đạt|tỷ lệ|tỉ lệ)\s", after)[0] if share else after
        after = re.split(r",\s(?:tăng|giảm)\s", after)[0]
        bare = fold(after.strip(" )")) == fold(unit.strip())  # the unit alone tells nothing more
        label = squeeze(f"{ahead} {'' if bare else after}") if ahead else after
        label = ahead if share and len(ahead.split()) > 2 else label
        value = Indicator(
            label,
            number.figure,
            percent=share.figure if share else None,
            sex="female" if women else "",
            unit=squeeze(unit),
        )
        yield (
            number.start,
            Read(value, number.raw, flow.place(number.start), 0.6 if number.doubt else 0.85, number.doubt),
        )


def way_of(marked: Marked, number: Number) -> str:
    """ "tang" or "giam" where the number is by how much something rose or fell; «tặng» is a gift."""
    start = max(number.start - 24, 0)
    found = CHANGE.search(marked.flow.folded[start : number.start])
    if found is None or "ặ" in marked.flow.text[start + found.start() : start + found.end("way")].lower():
        return ""
    return found["way"]


def _is_change(marked: Marked, number: Number) -> bool:
    """As "giảm 06 vụ": what changed since last year is no count of its own."""
    return bool(way_of(marked, number))


def _share_in_brackets(marked: Marked, number: Number) -> Number | None:
    """As "74 người (20,33%)"."""
    for other in marked.numbers:
        between = marked.flow.folded[number.end : other.start] if other.start >= number.end else "\n"
        if other.percent and re.fullmatch(r"\s?[a-z ]{0,40}\((?:chiem |dat |ty le |ti le )*", between):
            return other
    return None


def none_at_all(marked: Marked) -> Iterator[tuple[int, Read[Indicator]]]:
    """As "không xảy ra trường hợp bạo lực gia đình nào" is a reported 0."""
    folded = marked.flow.folded
    for found in (*_NIL.finditer(folded), *_NO_HARM.finditer(folded), *_NONE.finditer(folded)):
        text = marked.flow.text
        unit = text[found.start("unit") : found.end("unit")]
        what = re.sub(r"\bnào\b ?", "", squeeze(text[found.start("what") : found.end("what")])).strip()
        what = f"{unit} {what}" if found.re is _NO_HARM else what
        value = Indicator(what or unit, Figure.exact(0), unit=unit)
        place = marked.flow.place(found.start("unit"))
        raw = squeeze(text[found.start() : found.end()].lstrip(" .;:-+\n"))
        yield found.start("unit"), Read(value, raw, place, 0.85, "ghi là không có, hiểu là 0")
