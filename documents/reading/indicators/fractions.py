"""Indicators told as a fraction ("8/26, đạt 30,8%"): of women, of men, of both, or of anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from documents.reading.figures.labels import before, behind, core
from documents.reading.figures.marking import PEOPLE, PLACES, THINGS, Fraction, Marked
from documents.reading.figures.naming import named
from documents.reading.figures.numbers import Number
from documents.reading.folding import fold, squeeze
from documents.reading.indicators.indicator import Indicator, Sex
from documents.reading.indicators.wholes import fits
from documents.reading.model import Read

_OF_IT = re.compile(
    r"[^.;\d]{0,40}?(?:dat|chiem|ty le|ti le|tuong duong|tuong ung|=|,|\(|:)\s*(?:ty le|ti le|tren|khoang|dat)?\s*$"
)

_NO_FIGURE = re.compile(r"\b(?:tu |duoi |tren )?\d+(?: - \d+| den \d+)? (?:tuoi|thang (?:dau|cuoi) nam)\b")
"""Ages and halves of a year."""
_SHARED = re.compile(r"\d\s?%\s(?P<what>[^%.;:\n()]{2,60}?)\s\($")
"""As "100% ấp (06/06 ấp) tổ chức …": the name stands on both sides of the bracket."""
_FIELD = re.compile(r"^(?:(?:Về|Trong) l|L)ĩnh vực [^:]{3,60}: ")
"""What leads to the names of a whole paragraph and is part of none."""
_ARE_WOMEN = re.compile(r"(?<=\w\w) là (?:phụ )?nữ$", re.IGNORECASE)
"""As "05/07 hiệu trưởng là nữ"."""
_NEAR = 100
"""Letters within which the percentage of a fraction stands; twice as many where ages are told between."""
_VERB = re.compile(r"\b(?:chi dao|huong dan|da co|co|da|tai|cho|thanh lap|van dong|to chuc|ra mat|duy tri|den nay)\s*$")
"""What is done for the units that a fraction counts: they, behind it, are its name, not what stands before."""


def fractions(marked: Marked, taken: set[int]) -> list[tuple[int, Read[Indicator]]]:
    """All fractions with what they tell, by offset; their percentages are taken."""
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
    part, whole = fraction.part.figure.amount, fraction.whole.figure.amount
    if percent is None and 1 <= whole <= 12 and whole < part <= 31:
        return None  # a day and its month ("Ngày Dân số, 26/12")
    unit = marked.counted(fraction.whole, PEOPLE) or marked.counted(fraction.whole, THINGS)
    value = Indicator(
        label, fraction.part.figure, fraction.whole.figure, percent.figure if percent else None, sex, unit=unit
    )
    sure = 0.93
    if fraction.part.figure.amount > fraction.whole.figure.amount:
        sure, said = 0.6, "tử số lớn hơn mẫu số"
    raw = squeeze(
        flow.text[fraction.start : percent.end if percent and percent.start > fraction.start else fraction.end]
    )
    return Read(value, raw, flow.place(fraction.start), sure, said)


def _name_of_fraction(
    marked: Marked, fraction: Fraction, floor: int, last: tuple[int, Read[Indicator]] | None
) -> tuple[str, Sex, str]:
    flow = marked.flow
    ahead = before(flow, fraction.start, floor)
    after = behind(flow, fraction.end)
    if closed := _SHARED.search(flow.text, max(floor, fraction.start - 80), fraction.start):
        end = flow.text.find(")", fraction.end, flow.paragraph(fraction.end)[1]) + 1
        return squeeze(f"{closed['what']} {behind(flow, end) if end else ''}"), "", ""
    sex_behind = _sex_at(after)
    if sex_behind and len(after.split()) > 1:
        return core(after), sex_behind, ""
    if are := _ARE_WOMEN.search(after):
        return core(after[: are.start()]), "female", ""
    sex = _sex_in(ahead)
    same = last is not None and flow.paragraph(last[0]) == flow.paragraph(fraction.start)
    done = PLACES.match(fold(after)) and _VERB.search(flow.folded[floor : fraction.start])
    if not sex and done and len(after.split()) > 2:
        return core(after), "", ""
    heading = _heading(marked, fraction.start)
    if sex and len(core(ahead).split()) <= 2 and heading:
        return heading, sex, ""
    if not sex and same and last is not None and last[1].value.sex and len(ahead.split()) <= 4:
        return f"{last[1].value.name}, {ahead}", last[1].value.sex, "hiểu là nữ như số trước đó"
    if not sex and not sex_behind:
        return named(marked, fraction.start, fraction.end, marked.unit(fraction.whole)) or core(after), "", ""
    if len(core(ahead)) < 4 or fraction.start - flow.paragraph(fraction.start)[0] < 4:
        return core(after), sex or sex_behind, ""
    return core(_FIELD.sub("", ahead)), sex, ""


def _heading(marked: Marked, at: int) -> str:
    """As "Mẫu giáo" of "+ Mẫu giáo: Tỷ lệ Nam …"."""
    start = marked.flow.paragraph(at)[0]
    found = re.match(r"[^:]{3,60}:", marked.flow.text[start:at])
    return core(squeeze(found[0].strip(" :-+*•"))).strip(" :-+*") if found else ""


def _sex_in(label: str) -> Sex:
    """Women (or men) are counted where the word leads the label or ends it; "nữ hộ sinh" are only named."""
    label = label.rsplit(": ", 1)[-1]  # behind the field's name ("Lĩnh vực chính trị: nữ …")
    said = fold(core(label))
    real = label.lower()
    if (
        re.match(
            r"(?:so |ti le |ty le |so luong )?(?:can bo |lao dong |dai bieu |hoc sinh |dang vien |cong chuc |vien "
            r"chuc |tre em )?nu\b(?! ho sinh)",
            said,
        )
        and "nữ" in real
        or said.startswith("nu ")
    ):
        return "female"
    if re.search(r"\bnu$", said) or re.match(r"(?:so )?(?:phu nu|chi em) (?:la|tham gia|giu|dam nhiem|trong)\b", said):
        return "female"
    return (
        "male"
        if re.search(r"\bnam$", said)
        and real.rstrip().endswith("nam")
        or re.match(r"nam\b", said)
        and real.startswith("nam")
        else ""
    )


def _sex_at(after: str) -> Sex:
    said = fold(after)
    if re.match(
        r"(?:dong chi |nguoi |dai bieu |can bo |lao dong |dang vien )?(?:la )?(?:nu\b(?! ho sinh)|phu nu)", said
    ):
        return "female"
    return ""


def _percent_of(marked: Marked, fraction: Fraction, taken: set[int]) -> Number | None:
    """The percentage of this fraction, of two that stand so the one that it makes."""
    told = list(_percents(marked, fraction, taken))
    part, whole = fraction.part.figure.amount, fraction.whole.figure.amount
    share = next((one for one in told if fits(part, whole, one.figure)), told[0] if told else None)
    taken |= {share.start} if share else set()
    return share


def _percents(marked: Marked, fraction: Fraction, taken: set[int]) -> Iterator[Number]:
    """Percentages behind a fraction ("đạt 50,9%"), or before a bracket that holds it."""
    flow = marked.flow
    for number in marked.numbers_between(fraction.start - _NEAR, fraction.end + 2 * _NEAR):
        if not number.percent or number.start in taken:
            continue
        between = flow.folded[fraction.end : number.start] if number.start >= fraction.end else ""
        between = _NO_FIGURE.sub("", between)
        if number.start >= fraction.end and len(between) < 90 and "\n" not in between and _free(between):
            yield number
        if (
            number.end <= fraction.start
            and fraction.start - number.end < 50
            and "(" in flow.text[number.end : fraction.start]
            and ")" not in flow.text[number.end : fraction.start]
        ):
            yield number


def _free(between: str) -> bool:
    return not re.search(r"[;]|\.\s|\d", between) and bool(
        _OF_IT.match(between + " ")
        or re.search(r"(?:dat|chiem|ty le|ti le|\(|=|:|,|-)\s*(?:ty le |ti le )?$", between)
        or len(between.strip()) < 3
    )


def _paired(
    marked: Marked, last: tuple[int, Read[Indicator]], fraction: Fraction, read: Read[Indicator]
) -> Read[Indicator] | None:
    """Men and women of one total in one paragraph are one indicator, of the women."""
    one, two = last[1].value, read.value
    if {one.sex, two.sex} != {"male", "female"} or one.denominator != two.denominator:
        return None
    if marked.flow.paragraph(last[0]) != marked.flow.paragraph(fraction.start):
        return None
    women, men = (two, one) if two.sex == "female" else (one, two)
    value = replace(women, other=men.numerator, other_percent=men.percent)
    return replace(last[1], value=value, raw=f"{last[1].raw}; {read.raw}")
