"""Units that stand out in a total (đơn vị nổi bật): most events, most people, nothing to report, below a target. Pure.

Only where several units reported, and only what their own figures say; the lowest are not called so, since wards differ
in size: named are those that reported «Không» and those below a target that is a share.
"""

from collections.abc import Mapping, Sequence

from documents.filled import ratios_of
from documents.forms import Form, Table
from documents.writing.below import Below, Child
from documents.writing.main_figures import Part, people, reached
from documents.writing.told_figures import value_words
from states.figures import Cell, Figure

_ENOUGH, _NAMED, _LISTED = 5, 3, 10


def lines(form: Form, below: Below, parts: Sequence[Part]) -> list[str]:
    """Sentences on units by name; none where fewer than five units reported."""
    there = [child for child in below.children if not child.why]
    if len(there) < _ENOUGH:
        return []
    first = next((part.table for part in parts if part.table.layout == "rows"), None)
    said = [*_most(first, there), *_nothing(first, there)] if first else []
    return said + [line for part in parts if part.table.layout == "fields" for line in _short(form, part, there)]


def _most(table: Table, there: Sequence[Child]) -> list[str]:
    """The three with the most people, where there is a third that is not level with a fourth."""
    counted = {child.unit: found.total for child in there if (found := people(table, child.figures))}
    ranked = sorted(counted.items(), key=lambda one: -one[1].amount)
    if len(ranked) <= _NAMED or ranked[_NAMED - 1][1].amount == ranked[_NAMED][1].amount:
        return []
    named = "; ".join(f"{unit} ({total.vi} lượt)" for unit, total in ranked[:_NAMED])
    return [f"- Đơn vị có nhiều lượt người tham gia nhất: {named}."]


def _nothing(table: Table, there: Sequence[Child]) -> list[str]:
    """Those that reported the whole table as «Không»: a report, not a gap."""
    quiet = [child.unit for child in there if _is_nil(table, child.figures)]
    return [f"- Báo cáo không phát sinh hoạt động: {_list(quiet)}."] if quiet else []


def _is_nil(table: Table, figures: Mapping[Cell, Figure]) -> bool:
    here = [figure for cell, figure in figures.items() if cell.table == table.number]
    return bool(here) and all(figure == Figure.exact(0) for figure in here)


def _short(form: Form, part: Part, there: Sequence[Child]) -> list[str]:
    """For each share with a national target, the units that are below it."""
    said: list[str] = []
    targets = {one.label: one.target for one in part.indicators if one.target}
    for one in (c for c in part.table.categories if c.label in targets):
        target = targets[one.label]
        assert target is not None  # only such were kept
        wanted = Figure.from_canonical(target.value)
        short = [
            f"{child.unit} ({value_words(ratio)})"
            for child in there
            for cell, ratio in ratios_of(child.figures, form).items()
            if (cell.table, cell.row) == (part.table.number, one.number) and reached(ratio, wanted) is False
        ]
        said += [f"- {one.label}: {len(short)} đơn vị chưa đạt mục tiêu: {_list(short)}."] if short else []
    return said


def _list(names: Sequence[str]) -> str:
    more = f" và {len(names) - _LISTED} đơn vị khác" if len(names) > _LISTED else ""
    return f"{', '.join(names[:_LISTED])}{more}"
