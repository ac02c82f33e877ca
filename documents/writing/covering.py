"""What a total covers (phạm vi số liệu): how many sent, how many in time, whose figures are missing and where they lie.

Pure. Missing units are always named: in the text by what stands in their way, in an annex where they are many.
"""

from collections.abc import Sequence
from datetime import date

from documents.writing.below import Below, Child
from documents.writing.fonts import KEEP
from documents.writing.paper import Annex, Block, Column, Paragraph, Row, Table
from states.figures import Figure, Ratio
from states.periods import vi_date

ANNEX = "Các đơn vị chưa có số liệu"
_MANY = 60
"""From so many missing units on, their names stand in an annex."""
_REFORM = date(2025, 7, 1)


def said(below: Below, day: date, period: date) -> list[Block]:
    """How complete the figures are as of a day: counts first, then every gap by name.

    `period`: the last day of what is reported on, which tells what its units were called.
    """
    if not below.children:
        return []
    made: list[Block] = [Paragraph(_counted(below, day, period), "strong")]
    gone = below.gaps
    if gone:
        made.append(Paragraph(f"Chưa có số liệu của {len(gone)} đơn vị{', gồm' if len(gone) > 1 else ''}:"))
        *others, last = _lines(gone, named=not many(below))
        made += [Paragraph(f"- {line}") for line in (*(f"{one};" for one in others), f"{last}.")]
    made += _deeper(below)
    if many(below):
        made.append(Paragraph(f"(Tên từng đơn vị nêu tại Phụ lục «{ANNEX}» kèm theo.)"))
    if again := [child.unit for child in below.children if not child.why and not child.sent]:
        told = "Báo cáo đang được sửa, số liệu trước khi sửa vẫn nằm trong tổng hợp"
        made.append(Paragraph(f"{told}: {', '.join(again)}."))
    if let_off := [child.unit for child in below.children if child.let_off]:
        made.append(Paragraph(f"Được miễn báo cáo: {', '.join(let_off)}."))
    return made


def many(below: Below) -> bool:
    """Whether there are too many gaps to be named in the text."""
    return len(below.gaps) + sum(len(names) for _, names in below.deeper) > _MANY


def annex(below: Below) -> list[Annex]:
    """Every missing unit in a row, where they are too many for the text."""
    if not many(below):
        return []
    gone = [(child.unit, child.gap_words) for child in below.gaps]
    gone += [(name, f"chưa có trong báo cáo của {above}") for above, names in below.deeper for name in names]
    rows = tuple(Row((str(number), *one)) for number, one in enumerate(gone, 1))
    heads = (Column("STT"), Column("Đơn vị"), Column("Tình trạng"))
    return [Annex(ANNEX, (Table(heads, rows, 2, "Đơn vị chưa có số liệu và tình trạng báo cáo"),))]


def kinds(level: str, day: date) -> str:
    """What units of a level are called together, before and since the communes of 1/7/2025."""
    towns = "xã, phường, thị trấn" if day < _REFORM else "xã, phường, đặc khu"
    words = {"province": "tỉnh, thành phố", "district": "huyện, quận, thị xã, thành phố", "commune": towns}
    return words.get(level, "đơn vị")


def share(part: int, whole: int) -> str:
    """ "64,21 %" of a whole that is not nothing."""
    percent = Ratio(Figure.exact(part), Figure.exact(whole)).percent()
    return "" if percent is None else f"{Figure.exact(percent).vi}{KEEP}%"


def _counted(below: Below, day: date, period: date) -> str:
    owing = below.owing
    units, total = kinds(below.children[0].level, period), len(owing)
    sent, on_time, there = (sum(found) for found in zip(*map(_marks, owing), strict=True)) if owing else (0, 0, 0)
    words = f"Đến ngày {vi_date(day)}, {sent}/{total} {units} đã gửi báo cáo"
    if total:
        words += f" ({share(sent, total)}), trong đó đúng hạn {on_time}/{total} ({share(on_time, total)})."
    words += f" Số liệu tổng hợp trong báo cáo này là của {there}/{total} {units}"
    if below.lowest != below.children[0].level and below.expected:
        words += f", bao gồm {below.covered}/{below.expected} {kinds(below.lowest, period)}"
    if there == total and not below.deeper:
        return f"{words}; không thiếu đơn vị nào."
    return f"{words}; đơn vị chưa có số liệu không được tính là số 0."


def _marks(child: Child) -> tuple[bool, bool, bool]:
    return child.sent, child.on_time, not child.why


def _lines(gone: Sequence[Child], *, named: bool) -> list[str]:
    """The gaps by what stands in the way, the most first."""
    said: list[str] = []
    by_why: dict[str, list[str]] = {}
    for child in gone:
        by_why.setdefault(child.gap_words, []).append(child.unit)
    for why, units in sorted(by_why.items(), key=lambda one: -len(one[1])):
        names = f": {', '.join(units)}" if named else ""
        said.append(f"{why[:1].upper()}{why[1:]} ({len(units)} đơn vị){names}")
    return said


def _deeper(below: Below) -> list[Block]:
    if not below.deeper:
        return []
    count = sum(len(names) for _, names in below.deeper)
    made: list[Block] = [Paragraph(f"Trong báo cáo của cấp dưới còn thiếu số liệu của {count} đơn vị:")]
    for above, names in below.deeper:
        told = "" if many(below) else f": {', '.join(names)}"
        made.append(Paragraph(f"- {above} ({len(names)} đơn vị){told}."))
    return made
