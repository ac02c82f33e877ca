"""Rows of a table against themselves (các cột của một dòng): parts that make the total, changes that are differences.

Heads say which columns belong together (Nam, Nữ and Tổng; «Loại 1», «Loại 2» and «Cộng» under one head; «Tăng, giảm»);
that they add up is learnt: where most rows hold, the one that does not is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.registry import rule
from documents.checks.tables.meaning import Column, Meaning, amount, at_column, meaning
from documents.checks.tables.nesting import is_total
from documents.checks.tables.time_columns import is_span
from documents.reading.folding import fold
from documents.reading.tables.into_form import TOTALS
from states.figures import Figure

_WITHIN = "trong do"
_MOST = 8
"""Columns that one total is made of at most, and counted columns before a change that are looked at."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """Columns that should make a total; `least`: how many rows must hold before another is told."""

    total: int
    parts: tuple[int, ...]
    least: int
    change: int | None = None
    """The column «Tăng, giảm», where the total is the later period and the parts the earlier and the change."""


@dataclass(frozen=True, slots=True)
class _Held:
    """Rows that hold and say something, rows that do not; whether each row has all its parts, or no figure at all."""

    good: list[int]
    bad: list[int]
    whole: bool


@rule("row-parts-differ", "explain", "Các cột thành phần cộng lại khác cột tổng", "Sub-columns do not make the total",
      example="Tổng 41; trong đó: người cao tuổi 26, người khuyết tật 14")  # fmt: skip
def row_parts_differ(paper: Paper) -> Iterator[Hit]:
    """Men and women of one total; columns «Trong đó», or under the head of «Cộng», that are all of it in the other
    rows. A blank part says nothing: its row is left out, and with it the row of totals."""
    told = {one.at.place for one in paper.splits}
    for grid in paper.grids:
        table = meaning(grid)
        for one in {(one.total, one.parts): one for one in _identities(table)}.values():
            for at in _broken(table, one):
                if grid.places[at] not in told:
                    yield _hit(table, one, at)


@rule("change-column-differs", "explain", "Cột tăng, giảm khác hiệu của hai kỳ",
      "A change in a row is not the difference of both periods",
      example="quý III/2024: 182, quý III/2025: 160, tăng giảm: -32; các dòng khác đều khớp")  # fmt: skip
def change_column_differs(paper: Paper) -> Iterator[Hit]:
    """The two columns whose difference it is in the other rows, two at least."""
    for grid in paper.grids:
        table = meaning(grid)
        for change in table.of(Column.CHANGE):
            if one := _best(table, _changes(table, change)):
                for at in _broken(table, one):
                    yield _changed(table, one, at)


def _identities(table: Meaning) -> Iterator[_Parts]:
    """Of each group of parts the total that most rows hold with."""
    names = [tuple(fold(part).strip() for part in name.split("|")) for name in table.grid.columns]
    counts = table.of(Column.COUNT, Column.TARGET)
    groups: dict[tuple[str, ...], list[int]] = {}
    for at, name in enumerate(names):
        if name[-1] in ("nam", "nu"):
            groups.setdefault(("", *name[:-1]), []).append(at)
        elif len(name) > 1 and name[-2].startswith(_WITHIN) and at in counts:
            groups.setdefault(name[:-1], []).append(at)
    for group, parts in groups.items():
        found = _of_sexes(names, parts) if not group[0] else _within(names, parts)
        if len(parts) > 1 and (one := _best(table, found)):
            yield one
    for at in (at for at in counts if names[at][-1] in TOTALS):
        if one := _best(table, _around(names, counts, at)):
            yield one


def _of_sexes(names: list[tuple[str, ...]], parts: list[int]) -> list[_Parts]:
    """The column «Tổng» under the same head, with which nothing else can be meant, or the one just before."""
    totals = [at for at in range(len(names) if len(parts) == 2 else 0) if names[at][-1] in TOTALS]
    alike = [at for at in totals if names[at][:-1] == names[parts[0]][:-1] != ()]
    beside = [at for at in totals if at in (parts[0] - 1, parts[-1] + 1)]
    return [_Parts(at, tuple(parts), 0) for at in alike] or [_Parts(at, tuple(parts), 1) for at in beside]


def _within(names: list[tuple[str, ...]], parts: list[int]) -> list[_Parts]:
    """«Trong đó» need not tell all: two rows must hold first."""
    before = [at for at in range(parts[0]) if at == parts[0] - 1 or names[at][-1] in TOTALS]
    return [_Parts(at, tuple(parts), 2) for at in before]


def _around(names: list[tuple[str, ...]], counts: list[int], total: int) -> list[_Parts]:
    """Under the same head all others that count; without a head what stands side by side right before or behind it."""
    head = names[total][:-1]
    same = [at for at in counts if at != total and names[at][: len(head)] == head] if head else []
    if head:
        return [_Parts(total, tuple(same), 2)] if len(same) > 1 and not _odd(names, same) else []
    before, behind = [at for at in counts if at < total], [at for at in counts if at > total]
    runs = [before[-many:] for many in range(2, min(_MOST, len(before)) + 1)]
    runs += [behind[:many] for many in range(2, min(_MOST, len(behind)) + 1)]
    return [_Parts(total, tuple(run), 3) for run in runs if not _odd(names, run)]


def _odd(names: list[tuple[str, ...]], parts: list[int]) -> bool:
    """Both sexes alone, which are looked at as such; months, which have a rule of their own."""
    return {names[at][-1] for at in parts} == {"nam", "nu"} or all(is_span(names[at][-1]) for at in parts)


def _changes(table: Meaning, change: int) -> list[_Parts]:
    counts = [at for at in table.of(Column.COUNT, Column.TARGET) if at < change][-_MOST:]
    return [_Parts(later, (before, change), 2, change) for later, before in permutations(counts, 2)]


def _best(table: Meaning, found: list[_Parts]) -> _Parts | None:
    return max(found, key=lambda one: len(_held(table, one).good), default=None)


def _broken(table: Meaning, one: _Parts) -> list[int]:
    """The rows to tell; with the row of totals where no part is blank."""
    held = _held(table, one)
    own = [at for at in held.bad if not is_total(table.grid.rows[at])]
    if len(held.good) < one.least or len(own) > max(len(held.good) // 2, not one.least):
        return []
    return held.bad if held.whole else own


def _held(table: Meaning, one: _Parts) -> _Held:
    good, bad, whole = [], [], True
    for at, row in enumerate(table.grid.rows):
        total, parts = table.amount(at, one.total), _parts(row, one)
        if total is None or parts is None:
            told = any(amount(row[n]) for n in (one.total, *one.parts))
            whole = whole and not told
        elif total != sum(parts):
            bad += [at] * (not table.is_rate(at))
        elif sum(map(bool, parts)) > (one.least > 0) or not one.least:
            good.append(at)  # one part alone makes its total of any meaning
    return _Held(good, bad, whole)


def _parts(row: tuple[str, ...], one: _Parts) -> list[Decimal] | None:
    """None where one is blank or words, or all are dashes."""
    parts = [amount(row[n]) for n in one.parts]
    known = [part for part in parts if part is not None]
    dashes = all(row[n].strip() in ("-", "–", "—") for n in one.parts)
    return known if len(known) == len(parts) and not dashes else None


def _hit(table: Meaning, one: _Parts, at: int) -> Hit:
    grid, label = table.grid, table.name(at)
    row = grid.rows[at]
    total, parts = Figure(table.amount(at, one.total) or Decimal(0)), _parts(row, one) or []
    made, said = Figure(sum(parts, Decimal(0))), " + ".join(row[n] for n in one.parts)
    return Hit(at_column(grid.places[at], one.total), f"Bảng {grid.number}, «{label}»: cột tổng ghi {total}, các cột"
               f" thành phần cộng lại là {made} ({said})", f"Table {grid.number}, «{label}»: the total says"
               f" {total.canonical}, its parts make {made.canonical}", (total, made))  # fmt: skip


def _changed(table: Meaning, one: _Parts, at: int) -> Hit:
    grid, label = table.grid, table.name(at)
    (before, change), now = one.parts, table.amount(at, one.total) or Decimal(0)
    stated, made = table.amount(at, change) or Decimal(0), now - (table.amount(at, before) or Decimal(0))
    said = f"{grid.rows[at][before]} đến {grid.rows[at][one.total]}"
    return Hit(at_column(grid.places[at], change), f"Bảng {grid.number}, «{label}»: cột tăng, giảm ghi"
               f" {Figure(stated)}, nhưng từ {said} là {Figure(made)}", f"Table {grid.number}, «{label}»: the change"
               f" says {stated}, the figures make {made}", (Figure(stated), Figure(made)))  # fmt: skip
