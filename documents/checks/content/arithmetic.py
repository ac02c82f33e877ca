"""Sums, parts and percentages: what must hold between figures, in a form's cells and in sentences alike."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from documents.checks.finding import Hit, Severity
from documents.checks.papers.amounts import Change, Share, Split
from documents.checks.papers.paper import Paper
from documents.checks.papers.sentences import sentences
from documents.checks.registry import rule
from documents.checks.said.moved import told_in
from states.figures import Figure, Match, Ratio

_SLACK = Decimal("0.02")  # two percentages, each rounded or cut at two digits


@rule(
    "part-over-whole", "refuse", "Một phần lớn hơn tổng số", "A part is larger than its whole",
    example="Nữ 41 người trong tổng số 40 người",
)  # fmt: skip
def part_over_whole(paper: Paper) -> Iterator[Hit]:
    """A part can't be more than all."""
    for one in paper.shares:
        if one.at_part and one.part and one.whole and not one.part.can_be_at_most(one.whole):
            at = one.at_part
            yield Hit(
                at.place, f"{at.label}: {one.part} lớn hơn tổng số {one.whole}",
                f"{at.label_en}: {one.part.canonical} of {one.whole.canonical}", (one.part, one.whole), cell=at.cell,
            )  # fmt: skip


@rule(
    "split-differs", "explain", "Nam và nữ cộng lại khác tổng số", "Men and women do not make the total",
    example="Nam 3.204, nữ 3.083, tổng số 6.290",
)  # fmt: skip
def split_differs(paper: Paper) -> Iterator[Hit]:
    """More than all is refused; less may be people whose sex was not asked, and is explained."""
    for one in paper.splits:
        parts = Figure.total(one.parts)
        if one.unsplit or one.whole is None or parts is None:
            continue
        fits = parts.can_be_at_most(one.whole)
        if not fits or (None not in one.parts and not parts.can_equal(one.whole)):
            yield _split(one, parts, one.whole, Severity.EXPLAIN if fits else Severity.REFUSE)


def _split(one: Split, parts: Figure, whole: Figure, severity: Severity) -> Hit:
    return Hit(
        one.at.place, f"{one.at.label}: nam và nữ cộng lại là {parts}, khác tổng số {whole}",
        f"{one.at.label_en}: the sexes make {parts.canonical}, the total says {whole.canonical}", (parts, whole),
        severity=severity, cell=one.at.cell,
    )  # fmt: skip


@rule(
    "unsplit-is-total", "explain", "Cột «chưa tách» ghi tổng số", "The column of people not split holds the total",
    example="Nam 10, nữ 20, chưa tách nam, nữ: 30",
)  # fmt: skip
def unsplit_is_total(paper: Paper) -> Iterator[Hit]:
    """Who is counted as man or woman is not counted again."""
    for one in paper.splits:
        total, told = Figure.total(one.parts), one.whole
        if one.unsplit and None not in one.parts and total and told and told.amount and told == total:
            yield Hit(
                one.at.place,
                f"{one.at.label}: ghi {told}, đúng bằng nam cộng nữ; cột này chỉ ghi số người chưa tách nam, nữ",
                f"{one.at.label_en}: {told.canonical} equals the sum of the sexes; this column takes only people not"
                " split", (told,), cell=one.at.cell,
            )  # fmt: skip


@rule(
    "percent-wrong", "explain", "Tỷ lệ khác tử số chia mẫu số", "A percentage is not its fraction",
    example="3.576/7.388 đạt 50,9%",
)  # fmt: skip
def percent_wrong(paper: Paper) -> Iterator[Hit]:
    """Compared at the digits that are stated; a bound ("trên 44%") must hold."""
    for one, ratio in _fractions(paper):
        if one.stated and ratio.matches(one.stated) is Match.WRONG:
            yield _percent(one, ratio, "")


@rule(
    "percent-truncated", "note", "Tỷ lệ bị cắt bớt, không làm tròn", "A percentage is cut, not rounded",
    example="584/2.302 chiếm 25,36%",
)  # fmt: skip
def percent_truncated(paper: Paper) -> Iterator[Hit]:
    """Tolerated, but told."""
    for one, ratio in _fractions(paper):
        if one.stated and ratio.matches(one.stated) is Match.TRUNCATED:
            yield _percent(one, ratio, " (cắt bớt, không làm tròn)")


def _fractions(paper: Paper) -> Iterator[tuple[Share, Ratio]]:
    for one in paper.shares:
        if one.part is not None and one.whole is not None and one.stated is not None:
            yield one, Ratio(one.part, one.whole)


def _percent(one: Share, ratio: Ratio, how: str) -> Hit:
    computed = _shown(ratio.percent())
    said = f"ghi {one.stated} %, nhưng {ratio.part}/{ratio.whole} là {computed} %{how}"
    stated = one.stated.canonical if one.stated else ""
    return Hit(
        one.at.place, f"{one.at.label}: {said}",
        f"{one.at.label_en}: states {stated} %, {ratio.part.canonical}/{ratio.whole.canonical} is {ratio.percent()} %",
        (one.stated, computed), cell=one.at.cell,
    )  # fmt: skip


@rule(
    "percent-without-fraction", "note", "Tỷ lệ không có tử số, mẫu số", "A percentage without its fraction",
    example="Tiêm phòng uốn ván đạt 99,9%",
)  # fmt: skip
def percent_without_fraction(paper: Paper) -> Iterator[Hit]:
    """Percentages do not add up: the unit above can't consolidate them."""
    for one in paper.shares:
        if one.stated is not None and (one.part is None or one.whole is None):
            yield Hit(
                one.at.place,
                f"{one.at.label}: ghi {one.stated} % mà không có tử số, mẫu số nên không tổng hợp lên cấp trên được",
                f"{one.at.label_en}: {one.stated.canonical} % without numerator and denominator can't be consolidated",
                (one.stated,), cell=one.at.cell,
            )  # fmt: skip


@rule(
    "change-unchecked", "note", "Mức thay đổi không đối chiếu được", "A change that can't be compared",
    example="tăng 2,43% so với cùng kỳ",
)  # fmt: skip
def change_unchecked(paper: Paper) -> Iterator[Hit]:
    """No figures of the period before; in a text nobody knows whether points or percent are meant, unless it tells the
    change in numbers as well."""
    told = {stated for said in sentences(paper) for stated in told_in(said.text)} if paper.changes else set()
    for one in paper.changes:
        if (one.now is None or not one.then) and abs(one.stated.amount) not in told:
            yield Hit(
                one.at.place,
                f"{one.at.label}: mức thay đổi {one.stated} không đối chiếu được vì thiếu số liệu kỳ trước"
                " (điểm phần trăm hay phần trăm?)",
                f"{one.at.label_en}: the change {one.stated.canonical} can't be compared: no figures of the period"
                " before (points or percent?)", (one.stated,), cell=one.at.cell,
            )  # fmt: skip


@rule(
    "change-relative", "explain", "Mức thay đổi tính theo phần trăm của kỳ trước",
    "A change in percent of the period before, not in points", example="từ 25 % lên 30 % ghi là tăng 20 %",
)  # fmt: skip
def change_relative(paper: Paper) -> Iterator[Hit]:
    """A change of a percentage is meant in percentage points."""
    for one, points, relative in _compared(paper):
        if abs(points - one.stated.amount) > _SLACK and abs(relative - one.stated.amount) <= _SLACK:
            yield _changed(one, points)


@rule(
    "change-wrong", "explain", "Mức thay đổi khác số liệu hai kỳ", "A change is not that of both periods",
    example="từ 22,94 % lên 25,37 % ghi là tăng 3 %",
)  # fmt: skip
def change_wrong(paper: Paper) -> Iterator[Hit]:
    """Neither in points nor in percent."""
    for one, points, relative in _compared(paper):
        if abs(points - one.stated.amount) > _SLACK and abs(relative - one.stated.amount) > _SLACK:
            yield _changed(one, points)


def _compared(paper: Paper) -> Iterator[tuple[Change, Decimal, Decimal]]:
    for one in paper.changes:
        if one.now is not None and one.then:
            yield one, one.now - one.then, 100 * (one.now - one.then) / one.then


def _changed(one: Change, points: Decimal) -> Hit:
    assert one.now is not None and one.then is not None
    moved = f"{_shown(round(one.then, 2))} % đến {_shown(round(one.now, 2))} % là {_shown(round(points, 2))}"
    return Hit(
        one.at.place, f"{one.at.label}: ghi {one.stated}, nhưng từ {moved} điểm phần trăm",
        f"{one.at.label_en}: states {one.stated.canonical}, from {one.then:.2f} % to {one.now:.2f} % makes"
        f" {points:.2f} points", (one.stated, _shown(round(points, 2))), cell=one.at.cell,
    )  # fmt: skip


def _shown(value: Decimal | None) -> str:
    return "không tính được" if value is None else Figure(value).vi
