"""Cells, rows and sections of a form (ô, dòng, mục): filled, known to the form, not against each other."""

from __future__ import annotations

from collections.abc import Iterator

from documents.checks.finding import Hit, Severity
from documents.checks.papers.paper import Filled, Paper
from documents.checks.registry import rule
from documents.filled import Line
from states.figures import Figure


@rule("bad-value", "refuse", "Giá trị không đọc được theo biểu mẫu", "A value that the form can't take",
      example="số cuộc: «mười»")  # fmt: skip
def bad_value(paper: Paper) -> Iterator[Hit]:
    """What the form has no place for, or can't be a figure."""
    if (filled := paper.filled) is None:
        return
    for reason in filled.found.reasons:
        yield Hit(reason.place, reason.message, reason.message)
    for code in sorted(_texts(filled).keys() - {section.code for section in filled.form.sections}):
        yield Hit(f"texts.{code}", f"mẫu {filled.form.key} không có mục «{code}»",
                  f"Form {filled.form.key} has no section {code}")  # fmt: skip


@rule("required-missing", "refuse", "Thiếu số liệu bắt buộc", "A required figure is missing",
      example="Hội nghị tập huấn, số cuộc: (trống)")  # fmt: skip
def required_missing(paper: Paper) -> Iterator[Hit]:
    """A row that is filled has its required columns; where nothing happened, 0."""
    for one in paper.amounts:
        if one.figure is None:
            yield Hit(one.at.place, f"{one.at.label}; nếu không phát sinh thì ghi 0",
                      f"{one.at.label_en} is missing", cell=one.at.cell)  # fmt: skip


@rule(
    "table-blank", "refuse", "Biểu để trống", "A table is blank", example="Biểu 3 không có dòng nào, không ghi «Không»"
)
def table_blank(paper: Paper) -> Iterator[Hit]:
    """«Không» is a report of nothing; a blank is none."""
    for filled, number, written in _tables(paper):
        if not written and number not in filled.found.nil:
            yield Hit(
                f"tables.{number}", f"Biểu {number} để trống; nhập số liệu hoặc chọn «Không»",
                f"Table {number} is blank; enter figures or report nil",
                severity=Severity.EXPLAIN if filled.consolidated else Severity.REFUSE,
            )  # fmt: skip


@rule("nil-contradicted", "refuse", "Báo «Không» nhưng có số liệu", "Reported nil beside figures",
      example="Biểu 3: «Không»; băng rôn: 33")  # fmt: skip
def nil_contradicted(paper: Paper) -> Iterator[Hit]:
    """One of both is wrong."""
    for filled, number, written in _tables(paper):
        if number in filled.found.nil and any(figure.amount for figure in written):
            yield Hit(
                f"tables.{number}", f"Biểu {number} báo cáo «Không» nhưng vẫn có số liệu; bỏ một trong hai",
                f"Table {number} says nil and has figures; drop one of them",
                ("Không", next(figure for figure in written if figure.amount)),
            )  # fmt: skip


@rule("rows-differ", "refuse", "Số tổng khác các dòng cộng lại", "A figure is not the sum of its rows",
      example="Tổng 33, các dòng cộng lại 30")  # fmt: skip
def rows_differ(paper: Paper) -> Iterator[Hit]:
    """Where a table has rows, the figures stated beside them are their sums."""
    filled = paper.filled
    if filled is None or filled.consolidated:
        return
    in_rows, sums = {line.table for line in filled.found.lines}, filled.found.sums
    for cell, stated in filled.found.stated.items():
        total = sums.get(cell)
        if cell.table in in_rows and stated != total:
            made = "không có" if total is None else str(total)
            yield Hit(
                f"figures.{int(cell)}",
                f"{filled.form.cell_label(cell)}: ghi {stated} nhưng các dòng cộng lại là {made}",
                f"Cell {int(cell)}: states {stated.canonical}, its rows make "
                + (total.canonical if total else "nothing"), (stated, made), cell=cell,
            )  # fmt: skip


@rule("row-unmapped", "note", "Dòng chưa xếp nhóm", "A row without a category",
      example="«Loa phát thanh» chưa thuộc nhóm nào của mẫu")  # fmt: skip
def row_unmapped(paper: Paper) -> Iterator[Hit]:
    """In a ward told with a suggestion; in a total the consolidator must say where it belongs."""
    for unit, words, table, place in paper.below.waiting if paper.below else ():
        yield Hit(
            place, f"{unit}: dòng «{words}» chưa xếp vào nhóm nào của biểu {table}; xếp nhóm rồi trình lại",
            f"{unit}: the row «{words}» of table {table} has no category; give it one, then put the report up again",
            severity=Severity.REFUSE,
        )  # fmt: skip
    if paper.filled is None or (paper.below and paper.below.waiting):
        return
    for line in paper.filled.found.lines:
        if line.row == 0:
            yield _unmapped(paper.filled, line)


def _unmapped(filled: Filled, line: Line) -> Hit:
    table = filled.form.table(line.table)
    hint = table.suggest(line.label)
    label = next((c.label for c in table.categories if c.number == hint), "")
    said = f"Biểu {line.table}, dòng {line.number} «{line.label}» chưa xếp nhóm"
    return Hit(
        f"rows.{line.number}", said + (f"; gợi ý nhóm {hint}, «{label}»" if label else ""),
        f"Table {line.table}, row {line.number} has no category yet", (hint,),
    )  # fmt: skip


@rule("text-missing", "explain", "Mục bắt buộc để trống", "A required section is blank",
      example="Mục «Đánh giá kết quả đạt được» để trống")  # fmt: skip
def text_missing(paper: Paper) -> Iterator[Hit]:
    """The sections that the form asks for."""
    if (filled := paper.filled) is None:
        return
    for section in filled.form.sections:
        if section.required and not str(_texts(filled).get(section.code) or "").strip():
            yield Hit(f"texts.{section.code}", f"Mục «{section.title}» để trống", f"Section {section.code} is blank")


def _texts(filled: Filled) -> dict[str, object]:
    texts = filled.content.get("texts")
    return dict(texts) if isinstance(texts, dict) else {}


def _tables(paper: Paper) -> Iterator[tuple[Filled, int, list[Figure]]]:
    """Tables that may be reported as «Không», with what is written in them."""
    for table in paper.filled.form.tables if paper.filled else ():
        if paper.filled and table.nil_allowed:
            yield paper.filled, table.number, written(paper.filled, table.number)


def written(filled: Filled, table: int) -> list[Figure]:
    """All figures of one table."""
    lines = [line for line in filled.found.lines if line.table == table]
    in_rows = [figure for line in lines for figure in line.values.values()]
    return in_rows + [figure for cell, figure in filled.found.stated.items() if cell.table == table]
