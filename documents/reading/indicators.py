"""Indicators in running text (chỉ tiêu): numerator and denominator, women of a total, percentages, counts, changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from documents.reading.folding import fold, squeeze
from documents.reading.labels import before, behind, core
from documents.reading.marking import PEOPLE, THINGS, Fraction, Marked
from documents.reading.model import Place, Read
from documents.reading.numbers import Number
from states.figures import Figure

Sex = Literal["female", "male", ""]
_NIL = re.compile(
    r"(?:khong|chua) (?:de |con |co )?(?:xay ra|phat hien|phat sinh|ghi nhan|co|tiep nhan|de xay ra)(?: ra)?\s(?:[^.;,\n]{0,20}?)"
    r"(?P<unit>truong hop|vu(?: viec)?|don thu|don\b|nan nhan)(?P<what>[^.;,\n]{0,90})"
)
_OF_IT = re.compile(r"[^.;\d]{0,40}?(?:dat|chiem|ty le|ti le|tuong duong|tuong ung|=|,|\(|:)\s*(?:ty le|ti le|tren|khoang|dat)?\s*$")
_AMONG = re.compile(r"(?:trong do|trong so do|trong tong so do|bao gom|gom|,|\()[^.;]{0,60}?$")
_CHANGE = re.compile(r"\b(?P<way>tang|giam)\s*(?:len |xuong |them )?(?:khoang |tren )?$")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: what it has is filled. `numerator` of `denominator` is of women where `sex` says so."""

    name: str
    numerator: Figure | None = None
    denominator: Figure | None = None
    percent: Figure | None = None
    sex: Sex = ""
    other: Figure | None = None
    """The other sex's numerator, where both are told of one total."""
    other_percent: Figure | None = None
    unit: str = ""
    change: Figure | None = None
    """Against the same period of last year, in points or percent as the paper says."""

    @property
    def words(self) -> str:
        """"Nữ đại biểu HĐND: 8/26, 30,8%"."""
        sex = {"female": "nữ ", "male": "nam "}.get(self.sex, "")
        said = f"{sex}{self.numerator.vi}" if self.numerator else ""
        said += f"/{self.denominator.vi}" if self.denominator else f" {self.unit}" if self.numerator and self.unit != "%" else ""
        said += f"{', ' if said else ''}{self.percent.vi}%" if self.percent else ""
        said += f"; nam {self.other.vi}" if self.other else ""
        return f"{self.name}: {said}" + (f" (so với cùng kỳ: {self.change.vi}%)" if self.change else "")


def indicators(marked: Marked, taken: set[int]) -> list[Read[Indicator]]:
    """All indicators in their order; `taken` are the offsets of numbers that events hold, and grows."""
    found = [*_fractions(marked, taken), *_women_of(marked, taken)]
    found += [*_counts(marked, taken, shared=True), *_shares(marked, taken)]
    found += [*_counts(marked, taken), *_none_at_all(marked)]
    ordered = sorted(found, key=lambda one: one[0])
    return [read for _, read in _with_changes(marked, ordered, taken)]


def _with_changes(marked: Marked, ordered: list[tuple[int, Read[Indicator]]], taken: set[int]) -> list[tuple[int, Read[Indicator]]]:
    """"tăng 2,43% so với cùng kỳ" belongs to the indicator before it in its sentence."""
    for number in marked.numbers:
        way = _CHANGE.search(marked.flow.folded[max(number.start - 24, 0) : number.start])
        if not number.percent or not way:
            continue
        start = marked.flow.sentence(number.start)[0]
        at = next((n for n in reversed(range(len(ordered))) if start <= ordered[n][0] < number.start), None)
        if at is not None:
            amount = number.figure.amount if way["way"] == "tang" else -number.figure.amount
            read = ordered[at][1]
            ordered[at] = (ordered[at][0], replace(read, value=replace(read.value, change=Figure(amount, number.figure.bound))))
    return ordered


# ── a/b ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _fractions(marked: Marked, taken: set[int]) -> list[tuple[int, Read[Indicator]]]:
    found: list[tuple[int, Read[Indicator]]] = []
    floor = 0
    for fraction in marked.fractions:
        read = _of_fraction(marked, fraction, floor, found[-1] if found else None, taken)
        floor = fraction.end
        if read is None:
            continue
        if found and (pair := _paired(marked, found[-1], fraction, read)):
            found[-1] = (found[-1][0], pair)
        else:
            found.append((fraction.start, read))
    return found


def _of_fraction(
    marked: Marked, fraction: Fraction, floor: int, last: tuple[int, Read[Indicator]] | None, taken: set[int]
) -> Read[Indicator] | None:
    flow = marked.flow
    label, sex, said = _name_of_fraction(marked, fraction, floor, last)
    percent = _percent_of(marked, fraction, taken)
    unit = marked.counted(fraction.whole, PEOPLE) or marked.counted(fraction.whole, THINGS)
    value = Indicator(label, fraction.part.figure, fraction.whole.figure, percent.figure if percent else None, sex, unit=unit)
    sure = 0.93
    if fraction.part.figure.amount > fraction.whole.figure.amount:
        sure, said = 0.6, "tử số lớn hơn mẫu số"
    raw = squeeze(flow.text[fraction.start : percent.end if percent and percent.start > fraction.start else fraction.end])
    return Read(value, raw, flow.place(fraction.start), sure, said)


def _name_of_fraction(
    marked: Marked, fraction: Fraction, floor: int, last: tuple[int, Read[Indicator]] | None
) -> tuple[str, Sex, str]:
    flow = marked.flow
    ahead = before(flow, fraction.start, floor)
    after = behind(flow, fraction.end)
    sex_behind = _sex_at(after)
    if sex_behind and len(after.split()) > 1:
        return core(after), sex_behind, ""
    sex = _sex_in(ahead)
    same = last is not None and flow.paragraph(last[0]) == flow.paragraph(fraction.start)
    heading = _heading(marked, fraction.start)
    if sex and len(core(ahead).split()) <= 2 and heading:
        return heading, sex, ""
    if not sex and same and last is not None and last[1].value.sex and len(ahead.split()) <= 4:
        return f"{last[1].value.name}, {ahead}", last[1].value.sex, "hiểu là nữ như số trước đó"
    if len(core(ahead)) < 4 or fraction.start - flow.paragraph(fraction.start)[0] < 4:
        return core(after), sex or sex_behind, ""
    return core(ahead), sex, ""


def _heading(marked: Marked, at: int) -> str:
    """"Mẫu giáo" of "+ Mẫu giáo: Tỷ lệ Nam …"."""
    start = marked.flow.paragraph(at)[0]
    found = re.match(r"[^:]{3,60}:", marked.flow.text[start:at])
    return core(squeeze(found[0].strip(" :-+*•"))).strip(" :-+*") if found else ""


def _sex_in(label: str) -> Sex:
    """Women (or men) are counted where the word leads the label or ends it; "nữ hộ sinh" are only named."""
    said = fold(core(label))
    real = label.lower()
    if re.match(r"(?:so |ti le |ty le |so luong )?(?:can bo |lao dong |dai bieu |hoc sinh |dang vien |cong chuc |vien chuc |tre em )?nu\b(?! ho sinh)", said) and "nữ" in real or said.startswith("nu "):
        return "female"
    if re.search(r"\bnu$", said) or re.match(r"(?:so )?(?:phu nu|chi em) (?:la|tham gia|giu|dam nhiem|trong)\b", said):
        return "female"
    return "male" if re.search(r"\bnam$", said) and real.rstrip().endswith("nam") or re.match(r"nam\b", said) and real.startswith("nam") else ""


def _sex_at(after: str) -> Sex:
    said = fold(after)
    if re.match(r"(?:dong chi |nguoi |dai bieu |can bo |lao dong |dang vien )?(?:la )?(?:nu\b(?! ho sinh)|phu nu)", said):
        return "female"
    return ""


def _percent_of(marked: Marked, fraction: Fraction, taken: set[int]) -> Number | None:
    """The percentage of this fraction: behind it ("đạt 50,9%"), or before a bracket that holds it."""
    flow = marked.flow
    for number in marked.numbers:
        if not number.percent or number.start in taken:
            continue
        between = flow.folded[fraction.end : number.start] if number.start >= fraction.end else ""
        if number.start >= fraction.end and len(between) < 75 and "\n" not in between and _free(between):
            taken.add(number.start)
            return number
        if number.end <= fraction.start and fraction.start - number.end < 50 and "(" in flow.text[number.end : fraction.start] and ")" not in flow.text[number.end : fraction.start]:
            taken.add(number.start)
            return number
    return None


def _free(between: str) -> bool:
    return not re.search(r"[;]|\.\s|\d", between) and bool(_OF_IT.match(between + " ") or re.search(r"(?:dat|chiem|ty le|ti le|\(|=|:|,|-)\s*(?:ty le |ti le )?$", between) or len(between.strip()) < 3)


def _paired(marked: Marked, last: tuple[int, Read[Indicator]], fraction: Fraction, read: Read[Indicator]) -> Read[Indicator] | None:
    """Men and women of one total in one paragraph are one indicator, of the women."""
    one, two = last[1].value, read.value
    if {one.sex, two.sex} != {"male", "female"} or one.denominator != two.denominator:
        return None
    if marked.flow.paragraph(last[0]) != marked.flow.paragraph(fraction.start):
        return None
    women, men = (two, one) if two.sex == "female" else (one, two)
    value = replace(women, other=men.numerator, other_percent=men.percent)
    return replace(last[1], value=value, raw=f"{last[1].raw}; {read.raw}")


# ── of N, women M ───────────────────────────────────────────────────────────────────────────────────────────


def _women_of(marked: Marked, taken: set[int]) -> Iterator[tuple[int, Read[Indicator]]]:
    """"1.260 người, trong đó lao động nữ là 504 người"."""
    flow, numbers = marked.flow, marked.numbers
    for at, number in enumerate(numbers):
        if at == 0 or number.percent or number.start in taken or marked.is_money(number):
            continue
        whole = numbers[at - 1]
        between = flow.folded[whole.end : number.start]
        counted = marked.counted(whole, PEOPLE) or "trong do" in between
        if whole.percent or whole.start in taken or not counted or "\n" in between or len(between) > 170:
            continue
        if not _AMONG.search(between) or not _tells_women(marked, whole, number) or number.figure.amount > whole.figure.amount:
            continue
        taken |= {whole.start, number.start}
        percent = _percent_behind(marked, number, taken)
        value = Indicator(core(before(flow, whole.start)), number.figure, whole.figure, percent.figure if percent else None, "female",
                          unit=marked.counted(whole, PEOPLE))  # fmt: skip
        raw = squeeze(flow.text[whole.start : percent.end if percent else number.end])
        yield whole.start, Read(value, raw, flow.place(whole.start), 0.93)


def _tells_women(marked: Marked, whole: Number, number: Number) -> bool:
    text, folded = marked.flow.text, marked.flow.folded
    ahead = folded[whole.end : number.start]
    found = re.search(r"\b(?:nu\b(?! ho sinh)|phu nu|(?:tre em|be|em|chau|hoc sinh) gai)\b", ahead[-70:])
    if found and not re.search(r"\d", ahead):
        return True
    after = re.match(r"\s?(?:[^\W\d]+\s){0,3}?(?:nu\b(?! ho sinh)|phu nu|gai\b)", folded[number.end : number.end + 35])
    return bool(after) and "trong do" in ahead or bool(re.match(r"\s?n[ữữ]\b", text[number.end : number.end + 4]))


def _percent_behind(marked: Marked, number: Number, taken: set[int]) -> Number | None:
    for other in marked.numbers:
        between = marked.flow.folded[number.end : other.start] if other.start >= number.end else "\n"
        if other.percent and other.start not in taken and len(between) < 45 and "\n" not in between and not re.search(r"[;\d]|\.\s", between):
            taken.add(other.start)
            return other
    return None


# ── percentages and counts alone ────────────────────────────────────────────────────────────────────────────


def _shares(marked: Marked, taken: set[int]) -> Iterator[tuple[int, Read[Indicator]]]:
    flow, floor = marked.flow, 0
    for number in marked.numbers:
        if not number.percent:
            continue
        start = flow.paragraph(number.start)[0]
        is_change = _CHANGE.search(flow.folded[max(number.start - 24, 0) : number.start])
        if number.start in taken or is_change:
            floor = number.end
            continue
        taken.add(number.start)
        ahead = before(flow, number.start, max(floor, start))
        after = behind(flow, number.end) if re.match(r"\s[^\W\d_]", flow.text[number.end : number.end + 2]) else ""
        label = squeeze(f"{core(ahead)} {core(after)}") if number.start - max(floor, start) > 6 else after or behind(flow, number.end)
        floor = number.end
        said = number.doubt
        yield number.start, Read(Indicator(label, percent=number.figure, unit="%"), number.raw, flow.place(number.start), 0.6 if said else 0.9, said)


def _counts(marked: Marked, taken: set[int], *, shared: bool = False) -> Iterator[tuple[int, Read[Indicator]]]:
    """Counts of people, households, cases that nothing else took; `shared`: only those with their share in brackets."""
    flow = marked.flow
    for number in marked.numbers:
        if number.percent or number.start in taken or marked.is_money(number):
            continue
        unit = marked.counted(number, PEOPLE) or marked.counted(number, THINGS)
        share = _share_in_brackets(marked, number) if shared and unit else None
        if not unit or shared and share is None:
            continue
        taken |= {number.start} | ({share.start} if share else set())
        after = behind(flow, number.end)
        women = bool(re.match(r"(?:[^\W\d]+ )?(?:phu nu|nu\b(?! ho sinh))", fold(after))) or fold(unit).startswith(("chi", "phu nu", "nu"))
        ahead = core(before(flow, number.start))
        label = squeeze(f"{ahead} {after}") if ahead else after
        label = ahead if share else label
        value = Indicator(label, number.figure, percent=share.figure if share else None, sex="female" if women else "", unit=squeeze(unit))
        yield number.start, Read(value, number.raw, flow.place(number.start), 0.6 if number.doubt else 0.85, number.doubt)


def _share_in_brackets(marked: Marked, number: Number) -> Number | None:
    """"74 người (20,33%)"."""
    for other in marked.numbers:
        between = marked.flow.folded[number.end : other.start] if other.start >= number.end else "\n"
        if other.percent and re.fullmatch(r"\s?[a-z ]{0,40}\((?:chiem |dat |ty le |ti le )*", between):
            return other
    return None


def _none_at_all(marked: Marked) -> Iterator[tuple[int, Read[Indicator]]]:
    """"không xảy ra trường hợp bạo lực gia đình nào" is a reported 0."""
    for found in _NIL.finditer(marked.flow.folded):
        text = marked.flow.text
        unit = text[found.start("unit") : found.end("unit")]
        what = re.sub(r"\s+nào\b", "", squeeze(text[found.start("what") : found.end("what")])).strip()
        value = Indicator(what or unit, Figure.exact(0), unit=unit)
        place: Place = marked.flow.place(found.start())
        yield found.start(), Read(value, squeeze(text[found.start() : found.end()]), place, 0.85, "ghi là không có, hiểu là 0")
