"""Figures of a file as the rules see them: indicators, events and tables become shares, splits, gatherings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from documents.checks.papers.amounts import Amount, Change, Counted, Gathering, Share, Split, Where
from documents.checks.papers.blanks import blanks
from documents.checks.papers.fractions import fraction
from documents.checks.papers.lines import Told
from documents.checks.papers.paper import Grid, Paper
from documents.reading.events.told import Event
from documents.reading.folding import fold
from documents.reading.incoming import Incoming
from documents.reading.indicators.indicator import Indicator
from documents.reading.model import Place, Read, Text
from documents.reading.tables.squaring import ReadTable
from states.figures import Figure

LOW, HIGH = 5, 2000
"""People at one event that nobody wonders at; a form gives its own range."""
_MEETINGS = ("cuoc", "buoi", "lop", "hoi nghi", "dot", "toa dam", "hoi thao", "phien")
_AHEAD = re.compile(r"\b(?:phan dau|den nam 20\d\d|chi tieu nam)\b|(?:^|[:;,] ?)chi tieu(?: \w+){0,3}$")
_COMES = re.compile(
    r"(?:[ivxa-h\d]+\s?[.)/]\s?)?(?:(?:mot so )?(?:phuong huong|nhiem vu)|ke hoach (?:nam|thoi gian toi))\b"
)
_GROUP = re.compile(
    r"\b(?P<group>(?:nhom|clb|cau lac bo|mo hinh)(?: phong,| [a-z]+){1,8}?)"
    r"(?= (?:tai|tren|duoc|to chuc|tuyen truyen|hop|sinh hoat|va|co|trong|dinh ky)\b|[.;,]|$)"
)


def figures_of(incoming: Incoming, words: Told, text: Text | None = None) -> Paper:
    """A paper of its figures and tables alone."""
    grids = tuple(_grid(one) for one in incoming.tables)
    reports = incoming.type_word.value == "Báo cáo"  # in a plan bounds and percentages are targets
    told = [one for one in incoming.indicators if not _AHEAD.search(fold(one.value.name))
            and not (reports and _of_what_comes(one.place, words))]  # fmt: skip
    indicators = [(_where(one.value.name, one.place, one.raw), one.value) for one in told]
    whole = [(at, _whole(read, words, grids)) for (at, _), read in zip(indicators, told, strict=True)]
    return Paper(
        shares=tuple(share for at, one in whole for share in _shares(at, one) if reports or share.part),
        splits=(*(split for at, one in indicators for split in _splits(at, one)), *_splits_of_rows(incoming)),
        gatherings=(*(_event(one, words) for one in incoming.events if reports), *blanks(incoming, text)),
        changes=tuple(Change(at, one.change) for at, one in indicators if one.change),
        amounts=tuple(_bounded(incoming, indicators)) if reports else (),
        counts=tuple(count for at, one in indicators if reports for count in _counted(at, one)),
        grids=grids,
    )  # fmt: skip


def _of_what_comes(place: Place, words: Told) -> bool:
    """Whether it stands in a report's part about the tasks to come: its figures are targets."""
    at = bisect_right(words.starts, (place.page, place.line))
    return bool(at and not place.table and _COMES.match(fold(words.sentences[at - 1].section)))


def _where(label: str, place: Place, raw: str = "") -> Where:
    said = label if len(label) < 80 else label[:77] + "…"
    return Where(place.words, f"«{said or raw}»", f"«{said or raw}»")


def _whole(read: Read[Indicator], words: Told, grids: tuple[Grid, ...]) -> Indicator:
    """With the part and whole of its percentage where they stand near."""
    part, whole = fraction(read.value, read.place, words, grids)
    return replace(read.value, numerator=part, denominator=whole)


def _counted(at: Where, one: Indicator) -> Iterator[Counted]:
    if one.numerator is not None and one.denominator is None and one.numerator.is_exact:
        yield Counted(at, one.name, one.unit, one.numerator)


def _shares(at: Where, one: Indicator) -> Iterator[Share]:
    whole = one.denominator
    if one.percent is not None or (one.numerator is not None and whole is not None):
        # 100 % of a thing needs no fraction to be understood
        if one.percent is None or one.numerator is not None or one.percent.amount not in (0, 100):
            yield Share(_sexed(at, one, one.sex), one.numerator, whole, one.percent, at_part=at)
    if one.other is not None and whole is not None:
        other = {"female": "male", "male": "female"}.get(one.sex, "")
        yield Share(_sexed(at, one, other), one.other, whole, one.other_percent, at_part=at)


def _sexed(at: Where, one: Indicator, sex: str) -> Where:
    """Both sexes told of one total: each share says whose it is."""
    vi, en = {"female": ("nữ", "women"), "male": ("nam", "men")}.get(sex, ("", ""))
    return Where(at.place, f"{at.label}, {vi}", f"{at.label_en}, {en}") if one.other is not None and vi else at


def _splits(at: Where, one: Indicator) -> Iterator[Split]:
    if one.sex and one.numerator and one.other and one.denominator:
        yield Split(at, (one.numerator, one.other), one.denominator)


def _splits_of_rows(incoming: Incoming) -> Iterator[Split]:
    """Rows of tables that give men, women and all of them."""
    for read in incoming.events:
        one = read.value
        if read.place.table and one.male and one.female and one.participants:
            yield Split(_where(one.what, read.place, read.raw), (one.male, one.female), one.participants)


def _event(read: Read[Event], words: Told) -> Gathering:
    one = read.value
    people = one.participants or Figure.total([one.male, one.female])
    in_text = not read.place.table
    met = not one.per and fold(one.unit).startswith(_MEETINGS)
    return Gathering(
        _where(one.what, read.place, read.raw), events=one.count if met else None, people=people,
        low=LOW, high=HIGH, severity="note", parts=(one.male, one.female), unit=one.unit,
        group=_group(read, words) if in_text else "", told_in_text=in_text and people is not None,
    )  # fmt: skip


def _group(read: Read[Event], words: Told) -> str:
    """The club or group named last before the event's number in the sentence that begins on its line, or before it."""
    at = bisect_right(words.starts, (read.place.page, read.place.line))
    same = [one.text for one in words.sentences[max(at - 8, 0) : at] if one.place == read.place.words]
    for text in same or [one.text for one in words.sentences[max(at - 1, 0) : at]]:
        until = text.find(read.raw[:20]) if read.raw else -1
        before = fold(text[: until if until >= 0 else None])
        found = [one for one in _GROUP.finditer(before) if len(one["group"].split()) > 3]
        if found:
            return text[found[-1].start() : found[-1].end()]
    return ""


def _bounded(incoming: Incoming, indicators: list[tuple[Where, Indicator]]) -> Iterator[Amount]:
    """Each figure with a bound, once."""
    for at, one in indicators:
        for figure in (one.numerator, one.denominator, one.percent):
            if figure is not None and not figure.is_exact:
                yield Amount(at, figure)
    for read in incoming.events:
        event = read.value
        for figure in (event.count, event.participants):
            if figure is not None and not figure.is_exact:
                yield Amount(_where(event.what, read.place, read.raw), figure)


def _grid(read: Read[ReadTable]) -> Grid:
    one = read.value
    broken = read.said if "bị tách" in read.said else ""
    return Grid(one.number, one.title, one.columns, one.rows, tuple(place.words for place in one.places), one.nil,
                read.place.words, broken)  # fmt: skip
