"""People at events (người tham gia): how many at each, split by sex, counted once, exact or not."""

from __future__ import annotations

from collections.abc import Iterator

from documents.checks.finding import Hit, Severity
from documents.checks.papers.amounts import Gathering
from documents.checks.papers.paper import Paper
from documents.checks.registry import rule
from documents.reading.folding import key
from states.figures import Figure


@rule(
    "people-per-event", "explain", "Số người một cuộc khác thường", "An unusual number of people at each event",
    example="25 cuộc có 107 người",
)  # fmt: skip
def people_per_event(paper: Paper) -> Iterator[Hit]:
    """Out of the range that the form gives; for a text 5 to 2,000 at each, which is only told."""
    for one in paper.gatherings:
        if one.events is None or one.people is None or not one.high:
            continue
        if not one.low * one.events.amount <= one.people.amount <= one.high * one.events.amount:
            yield Hit(
                one.at.place,
                f"{one.at.label}: {one.people} người cho {one.events} cuộc; thường từ {one.low} đến"
                f" {Figure.exact(one.high)} người một cuộc",
                f"{one.at.label_en}: {one.people.canonical} people at {one.events.canonical} events, expected"
                f" {one.low}-{one.high} each", (one.people, one.events), severity=Severity(one.severity),
                cell=one.at.cell,
            )  # fmt: skip


@rule(
    "split-blank", "explain", "Để trống số người theo nam, nữ", "The people by sex are left blank",
    example="39 buổi, nam: (trống), nữ: (trống)",
)  # fmt: skip
def split_blank(paper: Paper) -> Iterator[Hit]:
    """A blank is no zero: nobody knows whether there was none or nobody counted."""
    for one in paper.gatherings:
        if one.given and one.given.amount and not any(part is not None for part in one.parts):
            yield Hit(
                one.at.place, f"{one.at.label}: có {one.given} nhưng để trống số người theo nam, nữ",
                f"{one.at.label_en}: {one.given.canonical} given, the people by sex left blank", (one.given,),
                severity=Severity(one.severity), cell=one.at.cell,
            )  # fmt: skip


@rule(
    "not-exact", "note", "Số liệu không chính xác, giữ nguyên cận", "A figure is not exact and stays so",
    example="trên 540 lượt người",
)  # fmt: skip
def not_exact(paper: Paper) -> Iterator[Hit]:
    """Approximate words are kept as bounds in every total."""
    for one in paper.amounts:
        if one.figure is not None and not one.figure.is_exact:
            yield Hit(
                one.at.place,
                f"{one.at.label}: «{one.figure}» không phải số chính xác, tổng hợp vẫn giữ «{one.figure}»",
                f"{one.at.label_en}: {one.figure.canonical} is not exact and stays so in every total", (one.figure,),
                cell=one.at.cell,
            )  # fmt: skip


@rule(
    "same-activity-twice", "explain", "Một hoạt động ghi hai lần", "The same activity twice",
    example="Sinh hoạt nhóm … 17 cuộc; sinh hoạt nhóm … 10 cuộc",
)  # fmt: skip
def same_activity_twice(paper: Paper) -> Iterator[Hit]:
    """Rows of one table with one name and level; in a text events of one club with two counts."""
    yield from _rows_twice(paper)
    seen: dict[tuple[str, str], Gathering] = {}
    for one in paper.gatherings:
        if one.told_in_text and one.group and one.events:
            first = seen.setdefault((key(one.group), one.unit), one)
            if first.at.place != one.at.place:
                yield _group_twice(first, one)


def _group_twice(first: Gathering, second: Gathering) -> Hit:
    both = (f"{first.events} {first.unit}", f"{second.events} {second.unit}")
    return Hit(
        second.at.place,
        f"Hoạt động của «{second.group}» được kể hai lần: {both[0]} ({first.at.place}) và {both[1]}"
        f" ({second.at.place}); xem có tính trùng không",
        f"Activities of one group are told twice: {first.events and first.events.canonical} and"
        f" {second.events and second.events.canonical} events; are they counted twice?",
        both, first.at.place, Severity.NOTE,
    )  # fmt: skip


def _rows_twice(paper: Paper) -> Iterator[Hit]:
    seen: dict[tuple[int, str, str], int] = {}
    for line in paper.filled.found.lines if paper.filled else ():
        number = seen.setdefault((line.table, line.key, line.level), line.number)
        if number != line.number:
            yield Hit(
                f"rows.{line.number}",
                f"Biểu {line.table}: dòng {line.number} trùng tên với dòng {number}, «{line.label}»",
                f"Table {line.table}: rows {number} and {line.number} name the same activity",
                (number, line.number), f"rows.{number}",
            )  # fmt: skip


@rule(
    "people-not-split", "note", "Không tách nam, nữ trong báo cáo về giới", "People are not told by sex",
    example="18 cuộc có trên 540 lượt người tham dự",
)  # fmt: skip
def people_not_split(paper: Paper) -> Iterator[Hit]:
    """Once for a paper: where all people at events stand without their sex."""
    told = [one for one in paper.gatherings if one.told_in_text and one.people is not None]
    gender = paper.title and any(word in paper.title.value.lower() for word in ("giới", "phụ nữ"))
    if gender and told and not any(part is not None for one in told for part in one.parts):
        yield Hit(
            told[0].at.place,
            f"{len(told)} hoạt động ghi số người tham dự mà không tách nam, nữ (đầu tiên: {told[0].at.label})",
            f"{len(told)} activities tell their people without the sexes", (told[0].people,),
        )  # fmt: skip
