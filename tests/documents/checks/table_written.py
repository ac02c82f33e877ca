"""A made table as it is read from a paper (bảng được đọc), and one with a figure changed."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from documents.checks.papers.paper import Grid
from tests.documents.checks.table_grammar import TOTALS, Made, Place

PLACES = ("Thôn", "Xã", "Ấp", "Khu phố", "Bản", "Đơn vị")


def grid(made: Made, random: Random, number: int = 1) -> Grid:
    """As it is read from a paper: in this or that way of writing numbers, with or without a counter and notes."""
    counter, dots, note = any(made.marks) or random.random() < 0.6, random.random() < 0.7, random.random() < 0.3
    heads = ("TT",) * counter + (random.choice(PLACES) if "Xã" not in made.heads else "Đơn vị", *made.heads)
    merged = random.random() < 0.3
    rows = []
    for n, (mark, name) in enumerate(zip(made.marks, made.names, strict=True)):
        lead: tuple[str, ...] = (mark, name) if counter else (f"{mark} {name}".strip() if mark in "-" else name,)
        if counter and name in TOTALS and merged:
            lead = (name, "")
        cells = tuple(_written(made, n, at, dots) for at in range(len(made.heads)))
        rows.append((*lead, *cells, *([random.choice(("", "Tốt"))] if note else [])))
    columns = (*heads, *(("Ghi chú",) if note else ()))
    return Grid(number, "Số liệu", columns, tuple(rows), tuple(f"bảng {number}, ô {n + 2},1" for n in range(len(rows))),
                False, "trang 2, dòng 1")  # fmt: skip


def _written(made: Made, row: int, column: int, dots: bool) -> str:
    figure = made.figures[row][column]
    if figure is None:
        return ""
    if column in made.rates:
        return f"{figure:.1f}".replace(".", ",")
    if not figure and dots:
        return "-"
    said = f"{figure:,}".replace(",", "." if dots else "")
    return f"+{said}" if made.heads[column].endswith("Tăng, giảm") and figure > 0 and dots else said


def changed(made: Made, random: Random) -> tuple[str, Place]:
    """Change one figure that an identity holds to: two digits changed about, or some more; its kind and place."""
    held = [(kind, [at for at in cells if made.figures[at[0]][at[1]] is not None]) for kind, cells in made.held]
    kind, cells = random.choice([(kind, cells) for kind, cells in held if len(cells) > 1])
    row, column = random.choice(cells)
    was = made.figures[row][column] or Decimal(0)
    made.figures[row][column] = _slipped(was, random, column in made.rates)
    return kind, (row, column)


def _slipped(was: Decimal, random: Random, rate: bool) -> Decimal:
    digits = str(abs(was))
    pairs = [n for n in range(len(digits) - 1) if digits[n : n + 2].isdigit() and digits[n] != digits[n + 1] != "0"]
    if pairs and random.random() < 0.5:
        n = pairs[0]
        now = Decimal(digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :])
    else:
        now = abs(was) + random.choice((2, 9) if rate else (1, 2, 3, 10, 100))
    return now if was >= 0 else -now
