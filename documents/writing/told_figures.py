"""Main figures in words and in one table (so với kỳ trước, so với mục tiêu): plain sentences of an office. Pure."""

import re
from collections.abc import Iterable, Sequence

from documents.writing.fonts import KEEP
from documents.writing.grids import percent_words
from documents.writing.main_figures import PERSONS, Indicator, Part, People, Value
from documents.writing.paper import MISSING, Column, Row, Table
from states.figures import Figure, Ratio

_FEW = 6
"""So many figures of a table stand in its sentence; more than that are read in the table."""
_PEOPLE = "Số người"
_PERIODS = ("Kỳ này", "Kỳ trước")
_SIGNS = {"": "", ">=": f"≥{KEEP}", ">": f">{KEEP}", "<=": f"≤{KEEP}", "<": f"<{KEEP}", "~": f"≈{KEEP}"}
NO_LAST = "Chưa có số liệu kỳ trước để so sánh."


def sentences(parts: Iterable[Part], compared: bool) -> list[str]:
    """A sentence a table, with what rose and fell where there is a last period."""
    return [f"- {part.table.title}: {told}." for part in parts if (told := _sentence(part, compared))]


def judged(parts: Iterable[Part]) -> list[str]:
    """What is said of targets, one sentence each: met, not met, or without figures."""
    aims = [one for part in parts for one in part.indicators if one.target or one.planned]
    return [f"- {one.label}: {', '.join(_judgements(one))}." for one in aims]


def moved(parts: Iterable[Part]) -> list[str]:
    """Only what rose or fell, for the sums of each table."""
    said = []
    for part in parts:
        whole = _counted(part) if len(_counted(part)) == 1 else []
        people = [one for one in part.indicators if one not in _counted(part)]
        sums = whole + (people if people and change(people[0].now, people[0].before) else [])
        told = [_told(one, True, alone=one in whole) for one in sums if change(one.now, one.before)]
        said += [f"- {part.table.title}: {'; '.join(told)}."] if told else []
    return said


def compared_table(
    parts: Sequence[Part], last: bool, compared: bool, covered: tuple[str, str] = ("", "")
) -> Table:  # fmt: skip
    """All main figures: this period, the last, the change where both cover the same, targets where the form has any.

    `covered`: how many units stand in each period ("61/95 đơn vị"), where a reader must not set one against the other.
    """
    now, before = (f"{name} ({units})" if units else name for name, units in zip(_PERIODS, covered, strict=True))
    aims = any(one.target for part in parts for one in part.indicators)
    plans = any(one.planned for part in parts for one in part.indicators)
    columns = [Column("STT"), Column("Nội dung"), Column("Đơn vị tính"), Column(now, numeric=True)]
    columns += [Column(before, numeric=True)] if last else []
    if compared:
        columns += [Column(name, "Tăng (+), giảm (-)", True) for name in ("Số lượng", "Tỷ lệ (%)")]
    columns += [Column("Chỉ tiêu kế hoạch (%)", numeric=True)] if plans else []
    columns += [Column("Mục tiêu quốc gia"), Column("Đánh giá")] if aims else []
    rows: list[Row] = []
    for part in parts:
        rows.append(Row((part.table.title,), "heading"))
        rows += [_row(number, one, (last, compared, plans, aims)) for number, one in enumerate(part.indicators, 1)]
    return Table(tuple(columns), tuple(rows), 2, "Kết quả chủ yếu, so với kỳ trước và mục tiêu")


def change(now: Value | None, before: Value | None) -> str:
    """ "tăng 12 (3,5 %)"; nothing where it can't be told exactly."""
    by = _moved(now, before)
    if by is None:
        return ""
    if by.amount == 0:
        return "bằng kỳ trước"
    way = "tăng" if by.amount > 0 else "giảm"
    size = Figure(abs(by.amount)).vi
    if isinstance(now, Ratio):
        return f"{way} {size} điểm phần trăm"
    part = _percent_of(by, before).lstrip("+-")
    return f"{way} {size}{f' ({part}{KEEP}%)' if part else ''}"


def value_words(value: Value | None) -> str:
    """ "1.234", "25,37 % (584/2.302)"; "…" where nothing was reported."""
    if value is None:
        return MISSING
    if isinstance(value, Ratio):
        percent = percent_words(value)
        return MISSING if percent == MISSING else f"{percent}{KEEP}% ({value.part.vi}/{value.whole.vi})"
    return value.vi


def _sentence(part: Part, compared: bool) -> str:
    """What was done and for how many people; a long table's indicators are read in the table."""
    counted = _counted(part)
    there = [one for one in counted if one.now is not None and not one.target]
    sums = {c.name for c in part.table.columns}
    told = _rows_told(there, compared, sums) if len(there) <= _FEW else []
    if part.people:
        told.append(_people(part.people, next(o for o in part.indicators if o.unit == PERSONS), compared))
    return "; ".join(told)


def _rows_told(there: Sequence[Indicator], compared: bool, sums: set[str]) -> list[str]:
    """The figures of one row together: "sinh hoạt câu lạc bộ 17 cuộc, 420 lượt người, trong đó nữ 300 lượt người"."""
    told: list[str] = []
    for at, one in enumerate(there):
        if at and one.of and there[at - 1].label == one.label:
            name = f"{one.of} " if one.of.startswith("trong đó") or one.unit == "%" else ""
            told[-1] += f", {name}{_amount(one, compared)}"
        else:
            told.append(_told(one, compared, alone=one.label in sums))
    return told


def _counted(part: Part) -> list[Indicator]:
    return [one for one in part.indicators if one.unit != PERSONS or part.table.layout == "fields"]


def _told(one: Indicator, compared: bool, alone: bool) -> str:
    said = _amount(one, compared)
    if alone and one.unit != "%":
        return said
    if one.unit == PERSONS and one.label.startswith(_PEOPLE):
        return said.replace(PERSONS, _counted_people(one.label), 1)
    name = f"{one.label}: {one.of}" if one.of and one.unit == "%" else one.label
    return f"{_small(name)} {said}"


def _amount(one: Indicator, compared: bool) -> str:
    amount = value_words(one.now) + (f" {one.unit}" if one.unit not in ("", "%") else "")
    moved = f", {change(one.now, one.before)}" if compared and change(one.now, one.before) else ""
    return f"{amount}{moved}"


def _people(found: People, one: Indicator, compared: bool) -> str:
    moved = f", {change(one.now, one.before)}" if compared and change(one.now, one.before) else ""
    told = f"{found.total.vi} {_counted_people(one.label)}{moved}"
    if found.women:
        among = " số đã tách nam, nữ" if found.unsplit and found.unsplit.amount else ""
        percent = percent_words(found.share) if found.share else MISSING
        part = "" if percent == MISSING else f" ({percent}{KEEP}%{among})"
        told += f", trong đó nữ {found.women.vi} lượt{part}"
    return told


def _counted_people(label: str) -> str:
    """ "Số người tham gia" counts "lượt người tham gia"."""
    rest = label.removeprefix(_PEOPLE).strip() if label.startswith(_PEOPLE) else ""
    return f"{PERSONS} {rest}".rstrip()


def _judgements(one: Indicator) -> list[str]:
    said = [value_words(one.now) if one.now is not None else "chưa có số liệu để đánh giá"]
    if one.now is None:
        return said
    if one.planned:
        said.append(f"{_verdict(one.meets_plan)} chỉ tiêu kế hoạch {one.planned.vi}{KEEP}%")
    if one.target:
        wanted = _target_words(one)
        said.append(f"{_verdict(one.meets)} mục tiêu {wanted} theo {one.target.source}")
    return said


def _verdict(meets: bool | None) -> str:
    return "chưa đủ căn cứ để đối chiếu với" if meets is None else "đạt" if meets else "chưa đạt"


def _target_words(one: Indicator) -> str:
    assert one.target is not None  # asked only of such
    wanted = Figure.from_canonical(one.target.value)
    amount = Figure(wanted.amount).vi
    return f"{wanted.vi.replace(amount, f'{amount}{KEEP}%')} đến năm {one.target.year}"


def _target_sign(one: Indicator) -> str:
    """ "≥ 60 % (2025)"."""
    assert one.target is not None  # asked only of such
    sign = re.match("[<>=~]*", one.target.value)
    amount = Figure(Figure.from_canonical(one.target.value).amount).vi
    return f"{_SIGNS[sign[0] if sign else '']}{amount}{KEEP}% ({one.target.year})"


def _row(number: int, one: Indicator, shown: tuple[bool, bool, bool, bool]) -> Row:
    last, compared, plans, aims = shown
    cells = [str(number), one.named, one.unit, _cell(one.now)]
    cells += [_cell(one.before)] if last else []
    if compared:
        by = _moved(one.now, one.before)
        points = f"{KEEP}điểm" if by and isinstance(one.now, Ratio) else ""
        cells += [_signed(by) + points, "" if points else _percent_of(by, one.before)]
    if plans:
        cells.append(one.planned.vi if one.planned else "")
    if aims:
        cells += [_target_sign(one) if one.target else "", _short_verdict(one)]
    return Row(tuple(cells))


def _cell(value: Value | None) -> str:
    return value_words(value).replace(f"{KEEP}%", "")


def _short_verdict(one: Indicator) -> str:
    if not one.target:
        return ""
    return "chưa có số liệu" if one.now is None else {True: "đạt", False: "chưa đạt", None: "…"}[one.meets]


def _signed(by: Figure | None) -> str:
    return "" if by is None else f"{'+' if by.amount > 0 else ''}{by.vi}"


def _moved(now: Value | None, before: Value | None) -> Figure | None:
    """The difference of two exact figures, or of two shares in percentage points."""
    if isinstance(now, Ratio) and isinstance(before, Ratio):
        there, was = now.percent(), before.percent()
        return None if there is None or was is None else Figure(there - was)
    if isinstance(now, Figure) and isinstance(before, Figure) and now.is_exact and before.is_exact:
        return Figure(now.amount - before.amount)
    return None


def _percent_of(by: Figure | None, before: Value | None) -> str:
    """The change in per cent of the last period's figure; nothing where that was 0."""
    if by is None or not isinstance(before, Figure) or not before.amount:
        return ""
    percent = Ratio(by, before).percent(1)
    return "" if percent is None else f"{'+' if percent > 0 else ''}{Figure(percent).vi}"


def _small(label: str) -> str:
    """A label inside a sentence; what begins with a proper word in capitals keeps them."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
