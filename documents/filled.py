"""What a document says in its form (nội dung theo biểu mẫu): figures, rows, what is reported as «Không».

Reading never raises for what people wrote, but gives every reason; the figures that add up are asked for by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from documents.forms import CellSpec, Content, Form, label_key
from states.errors import Invalid, Reason
from states.figures import BadFigure, Cell, Figure, Ratio
from states.sentences import Sentence


class BadContent(Invalid):
    """Nội dung có {count} chỗ chưa đúng: {first}"""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table as the officer wrote it; row 0 is free text not yet mapped to a category."""

    number: int
    """Place in ``content["rows"]``, from 1."""
    table: int
    row: int
    label: str
    level: str
    """Cấp triển khai: who carried it out."""
    values: Mapping[int, Figure] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The label in its normal form, for mappings and for finding it twice."""
        return label_key(self.label)


@dataclass(frozen=True, slots=True)
class Read:
    """A content understood in its form, as far as it can be; `reasons` tell what could not."""

    stated: Mapping[Cell, Figure]
    """Figures as written under ``figures``, percentages included."""
    lines: tuple[Line, ...]
    nil: frozenset[int]
    reasons: tuple[Reason, ...]

    @property
    def sums(self) -> dict[Cell, Figure]:
        """Sums of the mapped rows by category."""
        result: dict[Cell, Figure] = {}
        for line in self.lines:
            for column, figure in line.values.items() if line.row else ():
                cell = Cell.of(line.table, line.row, column)
                result[cell] = result[cell] + figure if cell in result else figure
        return result

    @property
    def figures(self) -> dict[Cell, Figure]:
        """Sums of rows, overruled by what is stated: a consolidated total covers more than its own rows."""
        return {**self.sums, **self.stated}


def read(content: Content, form: Form) -> Read:
    """Understand a content in its form; never raises for what people wrote, but gives every reason."""
    reasons: list[Reason] = []
    if content.get("form") != form.key:
        other = Sentence("nội dung theo mẫu «{other}», không phải «{form}»", other=content.get("form"), form=form.key)
        reasons.append(Reason("form", other))
    stated = dict(_stated(_part(content, "figures", dict, reasons), form, reasons))
    lines = tuple(_lines(_part(content, "rows", list, reasons), form, reasons))
    nil = [n for n in _part(content, "nil", list, reasons) if _may_be_nil(n, form, reasons)]
    return Read(stated, lines, frozenset(nil), tuple(reasons))


def figures_of(content: Content, form: Form) -> dict[Cell, Figure]:
    """The figures that add up, by cell; `BadContent` names every place that is wrong.

    Percentages and free rows are left out (`stated_of`, `free_rows`). A table reported as "Không" gives a
    reported 0 in each of its cells; a cell that nobody wrote is missing and stands nowhere.
    """
    found = _sound(content, form)
    zeros = {s.cell: Figure.exact(0) for s in form.cells() if s.cell.table in found.nil}
    return zeros | {cell: f for cell, f in found.figures.items() if form.specs[cell].adds}


def stated_of(content: Content, form: Form) -> dict[Cell, Figure]:
    """The figures that must not be summed, such as stated percentages, by cell."""
    return {cell: f for cell, f in _sound(content, form).figures.items() if not form.specs[cell].adds}


def free_rows(content: Content, form: Form) -> tuple[Line, ...]:
    """The rows that have no category yet, in order; they stay under their unit until one is given."""
    return tuple(line for line in _sound(content, form).lines if line.row == 0)


def ratios_of(figures: Mapping[Cell, Figure], form: Form) -> dict[Cell, Ratio]:
    """The percentage cells of a form as ratios of (summed) figures; where a part is missing, none."""
    ratios = {}
    for rule in (r for r in form.identities if r.kind == "percent"):
        for row in form.table(rule.table).categories:
            part = figures.get(Cell.of(rule.table, row.number, rule.part))
            whole = figures.get(Cell.of(rule.table, row.number, rule.whole))
            cell = Cell.of(rule.table, row.number, rule.stated)
            if part and whole and cell in form.specs and row.number in (rule.rows or (row.number,)):
                ratios[cell] = Ratio(part, whole)
    return ratios


def _sound(content: Content, form: Form) -> Read:
    found = read(content, form)
    if found.reasons:
        raise bad_content(found.reasons)
    return found


def bad_content(reasons: tuple[Reason, ...] | list[Reason]) -> BadContent:
    """All that is wrong in a content, as one error."""
    return BadContent(reasons=reasons, count=len(reasons), first=reasons[0].message)


def _part(content: Content, name: str, kind: type, reasons: list[Reason]) -> Any:
    part = content.get(name, kind())
    if isinstance(part, kind):
        return part
    reasons.append(Reason(name, Sentence("phần «{name}» của nội dung không đúng dạng", name=name)))
    return kind()


def _stated(figures: Mapping[str, object], form: Form, reasons: list[Reason]) -> Iterator[tuple[Cell, Figure]]:
    for key, value in figures.items():
        spec = form.specs.get(Cell(key)) if re.fullmatch(r"[1-9][0-9]{4,6}", key) else None
        if spec is None or not spec.is_number or not spec.cell.row:
            unknown = Sentence("mẫu {form} không có ô số liệu {cell}", form=form.key, cell=key)
            reasons.append(Reason(f"figures.{key}", unknown))
        elif isinstance(figure := _figure(spec, value), Figure):
            yield spec.cell, figure
        elif figure:
            reasons.append(Reason(f"figures.{key}", Sentence("{cell}: {wrong}", cell=spec.label, wrong=figure)))


def _lines(rows: list[Any], form: Form, reasons: list[Reason]) -> Iterator[Line]:
    for number, row in enumerate(rows, 1):
        place = f"rows.{number}"
        table, category = (row.get("table"), row.get("row", 0)) if isinstance(row, dict) else (None, None)
        if not (isinstance(table, int) and isinstance(category, int) and (table, category) in form.places):
            keys = {"form": form.key, "table": table, "row": category}
            reasons.append(Reason(place, Sentence("mẫu {form} không có biểu {table}, dòng {row}", **keys)))
            continue
        values: dict[int, Figure] = {}
        texts: dict[int, str] = {}
        for column, value in _part(row, "values", dict, reasons).items():
            wrong = _put(value, form.specs.get(_in_row(table, category, column)), values, texts)
            if wrong:
                words = Sentence("dòng {row}, cột {column}: {wrong}", row=number, column=column, wrong=wrong)
                reasons.append(Reason(f"{place}.values.{column}", words))
        yield Line(number, table, category, str(row.get("label", "")), str(row.get("level", "")), values, texts)


def _in_row(table: int, row: int, column: str) -> Cell:
    return Cell(table * 10_000 + row * 100 + int(column)) if re.fullmatch("[1-9][0-9]?", column) else Cell(0)


def _put(value: object, spec: CellSpec | None, values: dict[int, Figure], texts: dict[int, str]) -> str:
    """Keep one value of a row as figure or text; say what is wrong with it, or ""."""
    if spec is None:
        return Sentence("biểu này không có cột đó")
    if not spec.is_number:
        texts[spec.cell.column] = str(value)
        return ""
    figure = _figure(spec, value)
    if isinstance(figure, Figure):
        values[spec.cell.column] = figure
        return ""
    return figure


def _figure(spec: CellSpec, value: object) -> Figure | str:
    """The figure of a stored value, "" for a blank, or what is wrong with it."""
    if value is None or value == "":
        return ""
    if not isinstance(value, str):
        return Sentence("số liệu phải là chuỗi ký tự, không phải {value}", value=repr(value))
    try:
        figure = Figure.from_canonical(value)
    except BadFigure as error:
        return Sentence("{wrong}", wrong=error)
    return misfit(spec, figure) or figure


_CURRENCY = {"đ", "đồng", "vnđ", "vnd"}


def misfit(spec: CellSpec, figure: Figure, unit: str = "") -> str:
    """Why a figure can't stand in a cell of this type, or ""."""
    if figure.amount < 0 and not spec.signed:
        return Sentence("{figure} là số âm", figure=figure)
    if spec.type == "percent":
        return Sentence("{figure} % lớn hơn 100 %", figure=figure) if abs(figure.amount) > 100 else ""
    if not figure.is_whole:
        return Sentence(
            "{figure} không phải số nguyên; nếu phẩy là dấu nhóm ba chữ số thì ghi liền, không dấu", figure=figure
        )
    if unit == "%" or (spec.type == "count" and unit in _CURRENCY):
        kind = spec.unit or Sentence("số lượng")
        return Sentence("ô này ghi theo {kind}, không ghi theo {unit}", kind=kind, unit=unit)
    return ""


def _may_be_nil(number: object, form: Form, reasons: list[Reason]) -> bool:
    allowed = any(t.number == number and t.nil_allowed for t in form.tables)
    if not allowed:
        words = Sentence("biểu {table} không thể báo cáo «Không» cho cả biểu", table=number)
        reasons.append(Reason(f"nil.{number}", words))
    return allowed
