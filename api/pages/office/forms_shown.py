"""A form as people know it: merged heads, rows, how each cell adds up; its versions and where it is used."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlmodel import Session

from api.auth import Caller
from api.seeing import VISIBLE, visible
from documents.forms import CellSpec, Form, Table, load_forms
from states.figures import Cell


@dataclass(frozen=True)
class Head:
    """A heading of a table: over how many columns, how many lines high."""

    words: str
    wide: int = 1
    tall: int = 1
    unit: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a table: its label and a cell per column, None where the row has none."""

    label: str
    unit: str
    synonyms: tuple[str, ...]
    cells: tuple[CellSpec | None, ...]
    targets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grid:
    """A table as it is printed. `heads`: one line, or two where columns stand in groups."""

    table: Table
    heads: tuple[tuple[Head, ...], ...]
    rows: tuple[Row, ...]


def grids(form: Form) -> list[Grid]:
    """The tables of a form."""
    return [Grid(table, _heads(table), tuple(_rows(form, table))) for table in form.tables]


def way(spec: CellSpec) -> str:
    """How a cell adds up: `sum`, `stock`, `kept`, `percent`, `text`, `none`."""
    if spec.type == "percent":
        return "percent"
    if not spec.adds:
        return "text" if spec.add == "text" else "none"
    return "kept" if not spec.carried else "stock" if spec.nature == "stock" else "sum"


def versions(code: str) -> list[Form]:
    """All versions of a form, the newest first."""
    return sorted((one for one in load_forms().values() if one.code == code), key=lambda one: -one.version)


def before(form: Form) -> Form | None:
    """The version before."""
    return next((one for one in versions(form.code) if one.version < form.version), None)


def used_by(session: Session, by: Caller, form: Form) -> list[Mapping[str, Any]]:
    """The plans that one may see which ask for this form, or are written on it; the newest first."""
    keys = {**visible(by), "code": form.code, "version": form.version}
    return [dict(row) for row in session.connection().exec_driver_sql(_USED, keys).mappings()]


def how_often(session: Session) -> dict[str, int]:
    """How many documents are written on each form version, by key."""
    return {f"{code}/{version}": number for code, version, number in session.connection().exec_driver_sql(_OFTEN)}


def _heads(table: Table) -> tuple[tuple[Head, ...], ...]:
    groups = [(group, list(some)) for group, some in groupby(table.columns, key=lambda one: one.group)]
    if not any(group for group, _ in groups):
        return (tuple(Head(one.name, unit=one.unit) for one in table.columns),)
    top, below = [], []
    for group, some in groups:
        if group:
            top.append(Head(group, wide=len(some)))
            below += [Head(one.name, unit=one.unit) for one in some]
        else:
            top += [Head(one.name, tall=2, unit=one.unit) for one in some]
    return tuple(top), tuple(below)


def _rows(form: Form, table: Table) -> Iterator[Row]:
    for one in table.categories:
        cells = tuple(form.specs.get(Cell.of(table.number, one.number, column.number)) for column in table.columns)
        targets = tuple(f"{t.value} ({t.year}; {t.source})" for t in one.targets)
        yield Row(one.label, one.unit, one.synonyms, cells, targets)


_USED = f"""
SELECT d.id, d.title, d.state, u.name AS unit, d.period_first, d.period_last
  FROM document d JOIN unit u ON u.id = d.unit_id
 WHERE d.kind = 'plan' AND {VISIBLE} AND d.plan_id IS NULL
   AND (d.form = %(code)s AND d.form_version = %(version)s OR EXISTS (
        SELECT FROM requirement r WHERE r.plan_id = d.id AND r.form = %(code)s AND r.form_version = %(version)s))
 ORDER BY coalesce(d.period_last, d.opened_at::date) DESC, d.id DESC LIMIT 30
"""
_OFTEN = "SELECT form, form_version, count(*)::integer FROM document WHERE form IS NOT NULL GROUP BY 1, 2"
