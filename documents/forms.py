"""Forms (biểu mẫu) as data with versions, and what a document's content says in them.

The data stand in `documents/form_data/*.yaml`; a version once used never changes, its digest proves it.
Content of a document is JSON: ``form``, ``figures`` {cell: canonical figure}, ``rows`` of tables with
free labels, ``nil`` (tables reported as "Không"), ``texts``; a plan also has ``tasks`` and ``assignees``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

import rfc8785
import yaml
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError, model_validator

from states.errors import Invalid
from states.figures import Cell
from states.lifecycle import Kind
from states.names import search_form

Content = Mapping[str, Any]
FORM_DATA = Path(__file__).with_name("form_data")


class BadForm(Invalid):
    """The form {what} cannot be read: {why}."""


class UnknownForm(Invalid):
    """There is no form «{what}»; known forms: {known}."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(_Data):
    """A column (cột) of a table: what stands in it and how it adds up."""

    number: int = Field(ge=1, le=99)
    code: str
    name: str
    group: str = ""
    """The heading above it ("Số người tham gia")."""
    sex: Literal["male", "female", "unknown"] | None = None
    unit: str = ""
    type: Literal["count", "money", "percent", "text", "duration"] = "count"
    nature: Literal["flow", "stock"] = "flow"
    """A flow is counted over the window, a stock taken at the cut-off; both add across units."""
    source: Literal["own", "children", "both"] = "both"
    """own: never carried to the unit above; children: from units below, a lowest unit gives its own."""
    add: Literal["flow", "stock", "text", "none"] | None = None
    required: bool = False
    signed: bool = False
    """Whether a negative amount has a meaning (a change against last year)."""


class Target(_Data):
    """A national target line (chỉ tiêu) for an indicator, with its source."""

    year: int
    value: str
    source: str


class Category(_Data):
    """A row of the form: an activity category (nhóm hoạt động) or, in a table of fields, an indicator."""

    number: int = Field(ge=1, le=99)
    code: str
    label: str
    synonyms: tuple[str, ...] = ()
    unit: str = ""
    nature: Literal["flow", "stock"] | None = None
    source: Literal["own", "children", "both"] | None = None
    columns: tuple[int, ...] | None = None
    targets: tuple[Target, ...] = ()


class Table(_Data):
    """A table (biểu). `rows` has free rows mapped to categories, `fields` one row per indicator."""

    number: int = Field(ge=1, le=999)
    code: str
    layout: Literal["rows", "fields"]
    title: str
    columns: tuple[Column, ...]
    categories: tuple[Category, ...]
    nil_allowed: bool = False
    """Whether the whole table may be reported as "Không"."""

    @model_validator(mode="after")
    def _numbers_are_unique(self) -> Table:
        _unique(f"biểu {self.number}", [c.number for c in self.columns], [c.code for c in self.columns])
        _unique(f"biểu {self.number}", [c.number for c in self.categories], [c.code for c in self.categories])
        unknown = {n for row in self.categories for n in row.columns or ()} - {c.number for c in self.columns}
        if unknown:
            raise ValueError(f"biểu {self.number}: no column {sorted(unknown)}")
        return self

    def suggest(self, label: str) -> int:
        """The category a free label most likely belongs to (longest synonym found in it), else 0."""
        said = f" {label_key(label)} "
        found = [(len(key), c.number) for c in self.categories for key in _keys(c) if f" {key} " in said]
        return max(found, key=lambda hit: (hit[0], -hit[1]))[1] if found else 0


class Section(_Data):
    """A part of free text (mục); `gather` asks a consolidation to collect it under the units' names."""

    code: str
    title: str
    required: bool = False
    gather: bool = False


class TaskGroup(_Data):
    """A group of tasks (nhóm nhiệm vụ) of a plan."""

    number: int
    code: str
    title: str


class Assignee(_Data):
    """Who carries a plan's tasks out (phân công); one who is only asked (đề nghị) is never late."""

    number: int
    code: str
    name: str
    type: Literal["post", "body"]
    """A post (công chức) inside the unit, or a body beside it."""
    asked: bool = False


class Rule(_Data):
    """An identity that must hold; `documents.checks.papers.of_form` knows what each kind means."""

    kind: Literal[
        "part", "split", "split-blank", "unsplit", "percent", "percent-only", "change", "per-event",
        "due", "assigned", "given",
    ]  # fmt: skip
    table: int = 0
    rows: tuple[int, ...] = ()
    part: int = 0
    whole: int = 0
    parts: tuple[int, ...] = ()
    total: int = 0
    stated: int = 0
    events: int = 0
    given: int = 0
    low: int = 0
    high: int = 0
    severity: Literal["refuse", "explain", "note"] = "explain"


@dataclass(frozen=True, slots=True)
class CellSpec:
    """What one cell holds, its column and row taken together."""

    cell: Cell
    label: str
    type: str
    unit: str
    nature: str
    source: str
    add: str
    required: bool
    signed: bool

    @property
    def is_number(self) -> bool:
        """Whether a figure stands here."""
        return self.type in ("count", "money", "percent")

    @property
    def adds(self) -> bool:
        """Whether figures of this cell may be summed."""
        return self.add in ("flow", "stock")

    @property
    def carried(self) -> bool:
        """Whether the sum goes up to the unit above."""
        return self.adds and self.source != "own"


class Form(_Data):
    """One version of a form; `key` ("action-month/2") names it in a document's content."""

    code: str
    version: int = Field(ge=1)
    kind: Kind
    title: str
    title_en: str
    source: str
    tables: tuple[Table, ...] = ()
    sections: tuple[Section, ...] = ()
    task_groups: tuple[TaskGroup, ...] = ()
    assignees: tuple[Assignee, ...] = ()
    identities: tuple[Rule, ...] = ()
    _data: dict[str, Any] = PrivateAttr(default_factory=dict)

    @classmethod
    def of(cls, data: dict[str, Any]) -> Form:
        """Check and freeze a form's data; `BadForm` names the field."""
        try:
            form = cls.model_validate(data)
        except ValidationError as error:
            first = error.errors()[0]
            why = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
            raise BadForm(what=f"{data.get('code')}/{data.get('version')}", why=why) from error
        form._data.update(data)
        return form

    @model_validator(mode="after")
    def _numbers_are_unique(self) -> Form:
        _unique("form", [t.number for t in self.tables], [t.code for t in self.tables])
        _unique("sections", [s.code for s in self.sections])
        for rule in self.identities:
            named = {rule.part, rule.whole, rule.total, rule.stated, rule.events, *rule.parts} - {0}
            if rule.table and not named <= {c.number for c in self.table(rule.table).columns}:
                raise ValueError(f"identity {rule.kind} of table {rule.table} names a missing column")
        return self

    @property
    def key(self) -> str:
        """The name used in content: code/version."""
        return f"{self.code}/{self.version}"

    @property
    def data(self) -> dict[str, Any]:
        """The data as written, for the row that keeps the form beside its documents."""
        return self._data

    def digest(self) -> bytes:
        """SHA-256 over the RFC 8785 form of the data."""
        return hashlib.sha256(rfc8785.dumps(self._data)).digest()

    def table(self, number: int) -> Table:
        """A table by number; KeyError where there is none."""
        return {t.number: t for t in self.tables}[number]

    @cached_property
    def specs(self) -> Mapping[Cell, CellSpec]:
        """Every cell of the form, text included and row 0 of free rows too."""
        return {spec.cell: spec for table in self.tables for spec in _specs(table)}

    @cached_property
    def places(self) -> frozenset[tuple[int, int]]:
        """Every (table, row) of the form; row 0 is the place of free rows."""
        return frozenset((cell.table, cell.row) for cell in self.specs)

    def cells(self) -> tuple[CellSpec, ...]:
        """The cells that add up, with labels; free rows (row 0) have lines of their own and are not here."""
        return tuple(spec for spec in self.specs.values() if spec.adds and spec.cell.row)

    def cell_label(self, cell: int) -> str:
        """The cell in words: "Biểu 1, «Lao động tổng vệ sinh, …», cột Nam"."""
        spec = self.specs.get(Cell(cell))
        return spec.label if spec else f"ô {int(cell)} (không có trong mẫu {self.key})"

    @property
    def indicators(self) -> tuple[Table, ...]:
        """The tables whose rows are indicators (chỉ tiêu theo lĩnh vực)."""
        return tuple(table for table in self.tables if table.layout == "fields")


@cache
def load_forms() -> Mapping[tuple[str, int], Form]:
    """All forms that ship with the program, by code and version."""
    forms: dict[tuple[str, int], Form] = {}
    for path in sorted(FORM_DATA.glob("*.yaml")):
        made = Form.of(yaml.safe_load(path.read_text(encoding="utf-8")))
        if path.stem != f"{made.code}-{made.version}" or (made.code, made.version) in forms:
            raise BadForm(what=path.name, why="the file must be named after its code and version, once")
        forms[made.code, made.version] = made
    return forms


def form(code: str, version: int | None = None) -> Form:
    """A form by code and version (the newest without one), or by key "code/version"."""
    name, _, stated = code.partition("/")
    wanted = int(stated) if stated.isdecimal() else version
    found = [f for (c, v), f in load_forms().items() if c == name and wanted in (None, v)]
    if not found:
        known = ", ".join(f.key for f in load_forms().values())
        raise UnknownForm(what=f"{name}/{wanted or ''}", known=known)
    return max(found, key=lambda f: f.version)


def label_key(label: str) -> str:
    """A label without case, tone marks and punctuation: scans lose marks ("Toa đàm tu vấn")."""
    return " ".join(re.findall(r"[a-z0-9]+", search_form(label)))


def _specs(table: Table) -> Iterator[CellSpec]:
    free = [Category(number=1, code="", label="dòng chưa xếp nhóm")] if table.layout == "rows" else []
    for row in [*table.categories, *free]:
        number = row.number if row.code else 0
        for column in table.columns:
            if row.columns is None or column.number in row.columns:
                yield _spec(table, row, number, column)


def _spec(table: Table, row: Category, number: int, column: Column) -> CellSpec:
    nature = row.nature or column.nature
    by_type = {"percent": "none", "text": "text", "duration": "text"}
    heading = f"{column.group}, {column.name}" if column.group else column.name
    return CellSpec(
        cell=Cell.of(table.number, number, column.number),
        label=f"Biểu {table.number}, «{row.label}», cột {heading}",
        type=column.type,
        unit=row.unit or column.unit,
        nature=nature,
        source=row.source or column.source,
        add=column.add or by_type.get(column.type, nature),
        required=column.required,
        signed=column.signed,
    )


def _keys(category: Category) -> list[str]:
    return [label_key(words) for words in (category.label, *category.synonyms)]


def _unique(place: str, *lists: list[Any]) -> None:
    for values in lists:
        if len(set(values)) != len(values):
            raise ValueError(f"{place}: a number or code stands twice in {values}")
