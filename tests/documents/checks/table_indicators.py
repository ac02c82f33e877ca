"""Right tables in which much only looks like a sum (bảng chỉ tiêu): stocks beside flows, people who are both, rates and
averages in rows and columns, plans that are passed, blanks and «Không», small figures that fit by chance."""

from __future__ import annotations

from random import Random

from documents.checks.papers.paper import Grid

Row = tuple[str, str, str, str]
"""Number, name, unit, kind."""


def right_table(random: Random) -> Grid:
    """One table in which every figure is right."""
    rows, make = _rows(random), random.choice((_years, _months, _plans, _people))
    columns, cells = make(random, rows)
    unit = random.random() < 0.7
    heads = ("TT", "Chỉ tiêu", *(("ĐVT",) * unit), *columns)
    lines = tuple((mark, name, *((of,) * unit), *row) for (mark, name, of, _), row in zip(rows, cells, strict=True))
    places = tuple(f"bảng 1, ô {n + 2},1" for n in range(len(lines)))
    return Grid(1, "Số liệu", heads, lines, places, False, "trang 2, dòng 1")


def _rows(random: Random) -> list[Row]:
    """Blocks of indicators; what stands below need not make what stands above."""
    blocks: list[list[tuple[str, str, str]]] = [
        [("Hộ gia đình", "hộ", "stock"), ("Hộ nghèo", "hộ", "less"), ("Hộ cận nghèo", "hộ", "less")],
        [("Số cuộc kiểm tra", "cuộc", "flow")], [("Trẻ sinh ra", "trẻ", "flow"), ("Con thứ ba", "trẻ", "less")],
        [("Tỷ lệ hộ nghèo", "%", "rate")], [("Tỷ số giới tính khi sinh", "bé trai/100 bé gái", "rate")],
        [("Thu nhập bình quân", "triệu đồng", "rate")], [("Người được vay vốn", "người", "flow")],
        [("Người được giúp đỡ", "người", "flow"), ("Trong đó: phụ nữ", "người", "less"),
         ("Trong đó: người cao tuổi", "người", "less")],
        [("Tảo hôn", "cặp", "none")], [("Tổng số thẻ bảo hiểm", "thẻ", "stock")],
        [("Lượt khám", "lượt", "flow"), ("- Tại trạm", "lượt", "less"), ("- Lưu động", "lượt", "less")],
    ]  # fmt: skip
    dotted = random.random() < 0.5
    made = []
    for n, block in enumerate(random.sample(blocks, random.randint(4, len(blocks))), 1):
        for k, (name, unit, kind) in enumerate(block):
            made.append((f"{n}" if not k else f"{n}.{k}" if dotted else "", name, unit, kind))
    return made


def _figures(random: Random, rows: list[Row], many: int) -> list[list[float]]:
    """By row and column; what stands below is less than its row."""
    made: list[list[float]] = []
    top: list[float] = []
    small = random.random() < 0.4
    for _, _, _, kind in rows:
        if kind == "less":
            made.append([random.randint(0, int(one)) for one in top])
        elif kind == "rate":
            made.append([round(random.uniform(1, 120), 1) for _ in range(many)])
        else:
            start = random.randint(0, 6) if small else random.randint(30, 4000)
            top = [max(0, start + random.randint(-3, 9)) for _ in range(many)] if kind != "none" else [0] * many
            made.append(top)
    return made


def _said(figure: float, kind: str = "") -> str:
    if kind == "none":
        return "Không"
    return f"{figure:.1f}".replace(".", ",") if kind == "rate" else f"{int(figure):,}".replace(",", ".")


def _years(random: Random, rows: list[Row]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    figures = _figures(random, rows, 2)
    cells: list[tuple[str, ...]] = []
    for (_, _, _, kind), (then, now) in zip(rows, figures, strict=True):
        moved = now - then
        sign = "+" if moved > 0 else "-" if moved < 0 else ""
        cells.append((_said(then, kind), _said(now, kind), sign + _said(abs(moved), kind) if kind != "none" else "-"))
    return ("Năm 2024", "Năm 2025", "Tăng, giảm"), cells


def _months(random: Random, rows: list[Row]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """A stock is that of the last month; a rate of the quarter is its own."""
    cells: list[tuple[str, ...]] = []
    for (_, _, _, kind), months in zip(rows, _figures(random, rows, 3), strict=True):
        above = cells[-1] if kind == "less" else None
        own = months[-1] if kind == "stock" else round(sum(months) / 3, 1) if kind == "rate" else sum(months)
        if kind == "less" and above and above[3] == above[2] != above[0]:
            own = months[-1]
        cells.append(tuple(_said(one, kind) for one in (*months, own)))
    heads = ("Tháng 1", "Tháng 2", "Tháng 3", random.choice(("Tổng", "Quý I")))
    return tuple(f"Thực hiện|{head}" for head in heads), cells


def _plans(random: Random, rows: list[Row]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The result may pass the plan, the half year's is less than the year's, the rate is of the plan."""
    cells: list[tuple[str, ...]] = []
    for (_, _, _, kind), (plan, done) in zip(rows, _figures(random, rows, 2), strict=True):
        rate = f"{100 * done / plan:.1f}".replace(".", ",") if plan and kind != "none" else "-"
        cells.append((_said(plan, kind), _said(done, kind), rate, random.choice(("98,2", "104,0", "100,0", "91,7"))))
    return ("Kế hoạch năm", "Thực hiện", "Tỷ lệ (%)", "So cùng kỳ (%)"), cells


def _people(random: Random, rows: list[Row]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Women, minorities and party members of one total: some are several."""
    cells: list[tuple[str, ...]] = []
    for (_, _, _, kind), (whole,) in zip(rows, _figures(random, rows, 1), strict=True):
        parts = [random.randint(0, int(whole)) for _ in range(3)]
        blank = kind == "rate" or random.random() < 0.1
        cells.append((_said(whole, kind), *("" if blank else _said(one, kind) for one in parts)))
    heads = random.choice((("Tổng số", "Nữ", "Dân tộc thiểu số", "Đảng viên"), ("Số người|Tổng", "Số người|Nữ",
             "Số người|Người cao tuổi", "Số người|Hộ nghèo")))  # fmt: skip
    return heads, cells
