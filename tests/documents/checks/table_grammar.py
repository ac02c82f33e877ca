"""A small grammar of tables (văn phạm của bảng): random heads, orders, groups and totals, every figure right, and the
sums that hold in them, so that one figure can be changed and looked for.

As reports have them: by village, by indicator with sub-rows, in groups with or without figures of their own; the total
first, last or not at all; columns of both sexes, of classes, of a plan and its share, of two periods and the change.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from random import Random

TOTALS = ("Cộng", "Tổng cộng", "Tổng số", "Tổng", "TỔNG CỘNG", "Toàn xã", "Toàn huyện", "Cộng toàn xã", "Toàn tỉnh")
HEADS = ("Trẻ em dưới 16 tuổi", "Hộ nghèo", "Người tham gia", "Lao động", "Phụ nữ 15-49 tuổi", "Người cao tuổi")
COUNTED = ("Số hộ", "Số cuộc", "Nhân khẩu", "Số vụ", "Số lớp", "Số thẻ cấp", "Kinh phí (nghìn đồng)")
CLASSES = ("Loại 1", "Loại 2", "Loại 3", "Mầm non", "Tiểu học", "Ngoài nhà trường")
Place = tuple[int, int]


@dataclass
class Made:
    """A table as it grows: heads, each row's number, name and figures (None: a text), and what must hold in it."""

    heads: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    figures: list[list[Decimal | None]] = field(default_factory=list)
    headings: bool = False
    """Groups have no figures of their own."""
    small: bool = False
    """Figures below 8, as of cases and events."""
    additive: list[bool] = field(default_factory=list)
    """Of each column."""
    rates: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Columns of rates: part and whole."""
    held: list[tuple[str, tuple[Place, ...]]] = field(default_factory=list)
    """Kind of identity and its cells, by row and column of figures."""


def table(random: Random) -> Made:
    """One right table."""
    made = Made()
    _rows(random, made)
    made.small = random.random() < 0.25
    for _ in range(random.randint(1, 3)):
        random.choice((_count, _sexes, _classes, _share, _plan, _periods, _overlapping, _plain_parts))(random, made)
    _totals(random, made)
    _row_identities(made)
    return made


def _rows(random: Random, made: Made) -> None:
    """Leaves first; groups and sub-rows get their figures from them."""
    kind = random.choice(("flat", "flat", "flat", "groups", "headings", "sub"))
    if kind == "flat":
        many = random.randint(4, 14)
        made.names = [f"Mẫu {chr(65 + n)}" for n in range(many)]
        numbered = random.random() < 0.7
        made.marks = [str(n + 1) if numbered else "" for n in range(many)]
        return
    made.headings = kind == "headings"
    for n, roman in enumerate(("I", "II", "III")[: random.randint(2, 3)]):
        made.names += [f"Nhóm {chr(65 + n)}", *(f"Mẫu {chr(65 + n)}{k}" for k in range(random.randint(2, 5)))]
        size = len(made.names) - len(made.marks) - 1
        first, below = (str(n + 1), f"{n + 1}." + "{k}") if kind == "sub" else (roman, "{k}")
        made.marks += [first, *(below.format(k=k + 1) for k in range(size))]


def _free(random: Random, made: Made, low: int = 12, high: int = 900) -> list[Decimal | None]:
    low, high = (low > 30, 7) if made.small else (low, high)
    return [Decimal(random.randint(low, high)) for _ in made.names]


def _add(made: Made, head: str, column: list[Decimal | None], additive: bool = True) -> int:
    while head in made.heads:
        head += " khác"
    made.heads.append(head)
    made.additive.append(additive)
    for row, figure in enumerate(column):
        if row == len(made.figures):
            made.figures.append([])
        made.figures[row].append(figure)
    return len(made.heads) - 1


def _count(random: Random, made: Made) -> None:
    _add(made, random.choice(COUNTED), _free(random, made))


def _parts(random: Random, made: Made, head: str, leaves: list[str], total: str) -> None:
    """Parts and their total, which stands first or last."""
    columns = [_free(random, made, 3, 400) for _ in leaves]
    rows = range(len(made.names))
    summed: list[Decimal | None] = [sum((one[n] or Decimal(0) for one in columns), Decimal(0)) for n in rows]
    before = random.random() < 0.5
    at = [_add(made, head + total, summed)] if before else []
    parts = [_add(made, head + leaf, one) for leaf, one in zip(leaves, columns, strict=True)]
    whole = at[0] if at else _add(made, head + total, summed)
    made.held.append(("row", tuple((-1, n) for n in (whole, *parts))))


def _sexes(random: Random, made: Made) -> None:
    _parts(random, made, _head(random, made), ["Nam", "Nữ"], random.choice(("Tổng", "Tổng số", "Cộng")))


def _classes(random: Random, made: Made) -> None:
    leaves = random.sample(CLASSES, random.randint(2, 4))
    _parts(random, made, _head(random, made), leaves, random.choice(("Tổng", "Tổng số", "Cộng")))


def _plain_parts(random: Random, made: Made) -> None:
    if not made.heads:
        _parts(random, made, "", random.sample(CLASSES, random.randint(2, 4)), random.choice(("Tổng số", "Cộng")))


def _head(random: Random, made: Made) -> str:
    taken = {head.split("|")[0] for head in made.heads}
    return random.choice([head for head in HEADS if head not in taken]) + "|"


def _overlapping(random: Random, made: Made) -> None:
    """Who may be both; nothing adds up across, nothing is larger than all."""
    head, whole = _head(random, made), _free(random, made, 60, 900)
    _add(made, f"{head}Tổng số", whole)
    for leaf in ("Nữ", "Dân tộc thiểu số", "Đảng viên")[: random.randint(1, 3)]:
        _add(made, f"{head}{leaf}", [Decimal(random.randint(0, int(one or 0))) for one in whole])


def _share(random: Random, made: Made) -> None:
    all_of = _free(random, made, 40, 900)
    some = [Decimal(random.randint(int(one or 0) // 3, int(one or 0))) for one in all_of]
    whole = _add(made, random.choice(("Phải tiêm", "Tổng số học sinh", "Trẻ trong diện")), all_of)
    part = _add(made, random.choice(("Đã tiêm", "Học sinh nữ", "Được khám")), [*some])
    _rate(made, "Tỷ lệ (%)", part, whole)


def _plan(random: Random, made: Made) -> None:
    """A plan may be passed."""
    asked = _free(random, made, 40, 900)
    done = [Decimal(int((one or 0) * random.randint(70, 130) / 100)) for one in asked]
    whole, part = _add(made, "Kế hoạch", asked), _add(made, "Thực hiện", [*done])
    _rate(made, "Tỷ lệ % so KH", part, whole)


def _rate(made: Made, head: str, part: int, whole: int) -> None:
    at = _add(made, head, [None] * len(made.figures), additive=False)
    made.rates[at] = (part, whole)
    made.held.append(("rate", ((-1, at), (-1, part), (-1, whole))))


def _periods(random: Random, made: Made) -> None:
    head = _head(random, made)
    then, now = _free(random, made), _free(random, made)
    before, later = _add(made, f"{head}Năm 2024", then), _add(made, f"{head}Năm 2025", now)
    moved: list[Decimal | None] = [(b or Decimal(0)) - (a or Decimal(0)) for a, b in zip(then, now, strict=True)]
    made.held.append(("change", ((-1, _add(made, f"{head}Tăng, giảm", moved)), (-1, before), (-1, later))))


def _totals(random: Random, made: Made) -> None:
    """Groups are what their rows make; then the total, first or last, or none."""
    groups = [n for n, name in enumerate(made.names) if name.startswith("Nhóm")]
    ends = [*groups[1:], len(made.names)] if groups else []
    below = {at: list(range(at + 1, end)) for at, end in zip(groups, ends, strict=True)}
    for at, rows in below.items():
        if made.headings:
            made.figures[at] = [None] * len(made.heads)
        else:
            _sum(made, at, rows)
    leaves = [n for n in range(len(made.names)) if n not in groups]
    tops = leaves if made.headings or not groups else groups
    if (where := random.choice(("first", "last", "last", "none"))) != "none":
        at = 0 if where == "first" else len(made.names)
        shift = where == "first"
        made.names.insert(at, random.choice(TOTALS))
        made.marks.insert(at, "")
        made.figures.insert(at, [Decimal(0)] * len(made.heads))
        made.held = [(kind, tuple((row + shift * (row >= 0), n) for row, n in cells)) for kind, cells in made.held]
        _sum(made, at, [n + shift for n in tops], "total")


def _sum(made: Made, at: int, rows: list[int], kind: str = "group") -> None:
    for column, additive in enumerate(made.additive):
        if additive:
            made.figures[at][column] = sum((made.figures[n][column] or Decimal(0) for n in rows), Decimal(0))
            made.held.append((kind, tuple((n, column) for n in (at, *rows))))


def _row_identities(made: Made) -> None:
    """Rates are computed at last; what holds in each row is told for each."""
    for at, (part, whole) in made.rates.items():
        for row in made.figures:
            over, under = row[part], row[whole]
            rate = 100 * over / under if over is not None and under else None
            row[at] = rate and rate.quantize(Decimal("0.1"), ROUND_HALF_UP)
    across = [(kind, cells) for kind, cells in made.held if cells[0][0] < 0]
    made.held = [(kind, cells) for kind, cells in made.held if cells[0][0] >= 0]
    made.held += [
        (kind, tuple((row, n) for _, n in cells))
        for kind, cells in across
        for row in range(len(made.names))
        if made.figures[row][cells[0][1]] is not None
    ]
