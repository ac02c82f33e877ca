"""What the demo prints, and the same as plain data: tables, boards, differences, traces.

Only lateness is loud; what is done is pale; what nobody has sent is hatched and never a zero.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from api.demo.stage import Stage
from documents.forms import Form
from documents.forms import Table as FormTable
from states.figures import Cell, Figure
from states.periods import local
from states.reading.provenance import Traced
from states.reading.staleness import Difference
from states.reading.standings import Board, Counts, Line, Standing

NOT_SENT = "[dim]░░ chưa gửi ░░[/]"
NO_FIGURE = "[dim]░ chưa có số ░[/]"
LEVELS = {"nation": "trung ương", "province": "tỉnh", "district": "huyện", "commune": "xã", "body": "cơ quan"}

# icon, words, style
_STANDINGS: Mapping[Standing, tuple[str, str, str]] = {
    Standing.NOT_STARTED: ("○", "chưa bắt đầu", ""),
    Standing.DRAFTING: ("✎", "đang soạn", ""),
    Standing.PRESENTED: ("✍", "chờ ký", ""),
    Standing.SIGNED_NOT_SENT: ("✉", "đã ký, chưa gửi", ""),
    Standing.RETURNED: ("↩", "bị trả lại", "yellow"),
    Standing.REOPENED: ("↻", "đang sửa", "yellow"),
    Standing.OVERDUE: ("⚠", "QUÁ HẠN, chưa gửi", "bold red"),
    Standing.SENT_ON_TIME: ("✓", "đúng hạn", "dim"),
    Standing.SENT_LATE: ("✓", "gửi chậm", "red"),
    Standing.CONSOLIDATED: ("✓", "đã tổng hợp", "dim"),
    Standing.WAIVED: ("–", "được miễn", "dim"),
    Standing.CANCELLED: ("–", "không còn phải gửi", "dim"),
}
_DESKS = {"drafter": "soạn thảo", "leader": "lãnh đạo", "clerk": "văn thư", "receiver": "nơi nhận", "archive": ""}

# ── boards ──────────────────────────────────────────────────────────────────────────────────────────────────


def board(told: Board, title: str) -> Table:
    """The whole board of a part of the tree, with rate and on-time rate on its face."""
    table = late(told.lines, title)
    table.caption, table.caption_justify = rates(told.counts), "left"
    return table


def late(lines: Sequence[Line], title: str) -> Table:
    """These lines of a board, in their order: who, how it stands, until when, where the paper lies."""
    table = Table(title=title, title_justify="left")
    for name in ("Đơn vị", "Tình trạng", "Hạn", "Gửi", "Số", "Chậm", "Đang ở"):
        table.add_column(name, justify="right" if name == "Chậm" else "left")
    for line in lines:
        table.add_row(*_board_row(line), style=_STANDINGS[line.standing][2])
    return table


def rates(told: Counts) -> str:
    """Expected, received, on time in words: "18 phải gửi · 17 đã gửi (94 %) · 15 đúng hạn (83 %)"."""
    return (f"{told.expected} phải gửi · {told.received} đã gửi ({_percent(told.rate)}) · "
            f"{told.on_time} đúng hạn ({_percent(told.on_time_rate)})")  # fmt: skip


def counts(told: Counts) -> dict[str, Any]:
    """The same as data."""
    return {"expected": told.expected, "received": told.received, "on_time": told.on_time, "rate": told.rate,
            "on_time_rate": told.on_time_rate,
            "standings": {standing.value: number for standing, number in told.standings.items()}}  # fmt: skip


def line_data(line: Line) -> dict[str, Any]:
    """A line of a board as data."""
    return {"document": line.document_id, "unit": line.unit, "standing": line.standing.value,
            "deadline": local(line.must_by).isoformat(), "days_late": line.days_late, "desk": line.desk,
            "hours_on_desk": round(line.hours, 1), "number": line.number}  # fmt: skip


def _board_row(line: Line) -> tuple[str, ...]:
    icon, words, _ = _STANDINGS[line.standing]
    sent = f"{local(line.sent_at):%d/%m %H:%M}" if line.sent_at and line.received else ""
    number = (line.number or "") + (" (ký ngoài)" if line.paper else "") if line.received else ""
    late_by = f"{line.days_late} ngày" if line.days_late else ""
    desk = _DESKS[line.desk] + (f", {line.hours:.0f} giờ làm việc" if line.hours >= 1 else "")
    # the deadline of a day is the midnight that ends it
    day = local(line.must_by) - timedelta(microseconds=1)
    return (line.unit, f"{icon} {words}", f"{day:%d/%m}", sent, number, late_by, desk)


def _percent(rate: float | None) -> str:
    return "–" if rate is None else f"{rate:.0%}".replace("%", " %")


# ── totals ──────────────────────────────────────────────────────────────────────────────────────────────────


def tables(stage: Stage, document: int, form: Form, title: str) -> list[Table]:
    """The consolidated tables of a total: each figure, what of it is the unit's own, who carried it out, coverage."""
    figures, own, level = _figures(stage, document), _own(stage, document), stage.document(document)["level"]
    words = {cell: _with_own(figure, own.get(cell)) for cell, figure in figures.items()}
    covered, expected = coverage_of(stage, document)
    return in_form(form, words, title, f"Phủ {covered}/{expected} đơn vị cơ sở",
                   lambda cells: _carried_out(cells, figures, own, level))  # fmt: skip


def in_form(
    form: Form, words: Mapping[Cell, str], title: str, coverage: str,
    carried_out: Callable[[Sequence[Cell]], str] | None = None,
) -> list[Table]:  # fmt: skip
    """A form's tables with what stands in its cells; a row that nobody reported is left out, a blank is hatched."""
    shown = [table for table in (_table(of, words, carried_out) for of in form.tables) if table.row_count]
    if shown:
        shown[0].title = f"[bold]{title}[/]\n{shown[0].title}"
        shown[-1].caption = coverage
    return shown


def _table(of: FormTable, words: Mapping[Cell, str], carried_out: Callable[[Sequence[Cell]], str] | None) -> Table:
    table = Table(title=f"Biểu {of.number}. {of.title}", title_justify="left", caption_justify="left")
    columns = [column for column in of.columns if column.type in ("count", "money", "percent")]
    table.add_column("Nội dung", max_width=44)
    for column in columns:
        table.add_column(column.name, justify="right")
    if carried_out:
        table.add_column("Cấp triển khai")
    for row in of.categories:
        cells = [Cell.of(of.number, row.number, column.number) for column in columns]
        if any(cell in words for cell in cells):
            shown = [words.get(cell, NO_FIGURE) for cell in cells]
            table.add_row(row.label, *shown, *([carried_out(cells)] if carried_out else []))
    return table


def _with_own(total: Figure, own: Figure | None) -> str:
    return total.vi if own is None or own == total else f"{total.vi} [dim](riêng {own.vi})[/]"


def _carried_out(cells: Sequence[Cell], total: Mapping[Cell, Figure], own: Mapping[Cell, Figure], level: str) -> str:
    mine = any(own[cell].amount for cell in cells if cell in own)
    below = any(total[cell].amount != (own[cell].amount if cell in own else 0) for cell in cells if cell in total)
    here = [f"cấp {LEVELS.get(level, level)}"] if mine else []
    return " và ".join([*here, *(["cấp dưới"] if below else [])])


def by_unit(stage: Stage, document: int, form: Form, cells: Sequence[Cell], title: str) -> Table:
    """The reports below a total, unit by unit; what is not sent is hatched, never a zero."""
    table = Table(title=title, title_justify="left")
    table.add_column("Đơn vị")
    for cell in cells:
        column = next(c for c in form.table(cell.table).columns if c.number == cell.column)
        table.add_column(f"B{cell.table} {column.name}", justify="right")
    table.add_column("Số")
    found: dict[str, dict[int, str]] = {}
    notes: dict[str, str] = {}
    for row in stage.rows(_BELOW, id=document, cells=[int(cell) for cell in cells]):
        figures = found.setdefault(row["name"], {})
        notes[row["name"]] = row["number"] if row["sent"] else NOT_SENT
        if row["cell"]:
            figures[row["cell"]] = Figure.of(row["amount"], row["bound"]).vi
    for name, figures in found.items():
        empty = NOT_SENT if notes[name] == NOT_SENT else NO_FIGURE
        table.add_row(
            name, *(figures.get(int(cell), empty) for cell in cells), "" if empty == NOT_SENT else notes[name]
        )
    return table


def figures_of(stage: Stage, document: int) -> dict[str, str]:
    """The figures that stand in a document now, cell → canonical text."""
    return {str(int(cell)): figure.canonical for cell, figure in sorted(_figures(stage, document).items())}


def coverage_of(stage: Stage, document: int) -> tuple[int, int]:
    """Leaf units covered and expected, as the document says on its face."""
    row = stage.rows(_COVERAGE, id=document)[0]
    return row["covered"], row["expected"]


def changes(told: Difference, form: Form, title: str) -> Table:
    """A total before and after, cell by cell, and who accepted it."""
    accepted = f"Chấp nhận: {told.accepted.words}" if told.accepted else "Chưa ai ký bản mới"
    table = Table("Ô", "Trước", "Sau", title=title, caption=accepted, title_justify="left", caption_justify="left")
    for changed in told.cells:
        old, new = (figure.vi if figure else NO_FIGURE for figure in (changed.old, changed.new))
        table.add_row(form.cell_label(changed.cell), f"[dim]{old}[/]", f"[bold]{new}[/]")
    return table


def _figures(stage: Stage, document: int) -> dict[Cell, Figure]:
    return _read(stage.rows(_FIGURES, id=document))


def _own(stage: Stage, document: int) -> dict[Cell, Figure]:
    return _read(stage.rows(_OWN, id=document))


def _read(rows: Sequence[Mapping[Any, Any]]) -> dict[Cell, Figure]:
    return {Cell(row["cell"]): Figure.of(row["amount"], row["bound"]) for row in rows}


# ── traces, timing ──────────────────────────────────────────────────────────────────────────────────────────


def trace(root: Traced, title: str) -> Tree:
    """A figure with what it was made from, down to the wards; each signed content with its signer and digest."""
    tree = Tree(Text.from_markup(f"[bold]{title}[/]\n") + _traced(root))
    _grow(tree, root)
    return tree


def trace_data(root: Traced) -> dict[str, Any]:
    """The same as data."""
    return {"unit": root.unit, "level": root.level, "part": root.part, "figure": root.figure.canonical,
            "document": root.document_id, "digest": root.digest,
            "signed": root.signed.words if root.signed else None, "adds_up": root.adds_up,
            "parts": [trace_data(part) for part in root.parts]}  # fmt: skip


def timings(told: Sequence[tuple[str, float]]) -> Table:
    """How long each stage took, by the real clock."""
    table = Table(title="Thời gian từng đoạn (giây)", title_justify="left", show_footer=True)
    table.add_column("Đoạn", footer="Cộng")
    table.add_column("Giây", justify="right", footer=f"{sum(seconds for _, seconds in told):.1f}")
    for name, seconds in told:
        table.add_row(name, f"{seconds:.2f}")
    return table


def _grow(tree: Tree, node: Traced) -> None:
    for part in _branches(node):
        _grow(tree.add(_traced(part)), part)


def _branches(node: Traced) -> Iterator[Traced]:
    """A leaf's only row is said on the leaf's own line."""
    return iter(()) if len(node.parts) == 1 and not node.parts[0].parts else iter(node.parts)


def _traced(node: Traced) -> Text:
    line = Text.assemble((node.figure.vi, "bold"), f"  {node.unit}")
    parts = {"own": "số riêng của đơn vị", "contribution": "số đóng góp", "nil": "Không", "row": node.words}
    if node.part in parts:
        line.append(f" · {parts[node.part]} {node.words if node.part == 'contribution' else ''}".rstrip(), "italic")
    if node.signed:
        line.append(f"  {node.signed.words}, {local(node.signed.at):%d/%m/%Y}", "dim")
    return line.append(f"  {node.digest[:12]}", "dim cyan")


_FIGURES = """
SELECT f.cell, sum(f.amount) AS amount, bit_or(f.bound) AS bound FROM document d
  JOIN figure f ON f.revision_id = coalesce(d.revision_id, (SELECT max(r.id) FROM revision r
       WHERE r.document_id = d.id AND r.part IN ('total','whole')))
 WHERE d.id = %(id)s GROUP BY f.cell
"""
_OWN = """
SELECT f.cell, sum(f.amount) AS amount, bit_or(f.bound) AS bound FROM document d
  JOIN derivation v ON v.revision_id = d.revision_id JOIN revision r ON r.id = v.source_id AND r.part = 'own'
  JOIN figure f ON f.revision_id = r.id WHERE d.id = %(id)s GROUP BY f.cell
"""
_COVERAGE = """
SELECT r.covered, r.expected FROM document d
  JOIN revision r ON r.id = coalesce(d.revision_id, (SELECT max(x.id) FROM revision x
       WHERE x.document_id = d.id AND x.part IN ('total','whole'))) WHERE d.id = %(id)s
"""
_BELOW = """
SELECT u.name, c.state IN ('submitted','consolidated') AS sent, f.cell, f.amount, f.bound,
       to_char(s.number, 'FM9900') || '/' || s.symbol || CASE WHEN s.paper THEN ' (ký ngoài)' ELSE '' END AS number
  FROM document c JOIN unit u ON u.id = c.unit_id
  LEFT JOIN LATERAL (SELECT * FROM sending s WHERE s.document_id = c.id ORDER BY no DESC LIMIT 1) s ON true
  LEFT JOIN LATERAL (SELECT f.cell, sum(f.amount) AS amount, bit_or(f.bound) AS bound FROM figure f
      WHERE f.revision_id = c.revision_id AND c.state IN ('submitted','consolidated') AND f.cell = ANY (%(cells)s)
      GROUP BY f.cell) f ON true
 WHERE c.parent_id = %(id)s AND c.supplement = 0 ORDER BY u.path
"""
