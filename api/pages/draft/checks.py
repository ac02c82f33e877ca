"""What is to be put right in a draft before it can be signed: the documents' checks on the working copy, live.

The same checks run when the draft is put up; what they refuse, and what nobody has explained, keeps a signature away.
What only the period before brings to light is told besides, and keeps nothing away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from api.pages.draft.facts import Facts
from api.pages.draft.merge import Say
from api.pages.draft.post import Heard
from api.pages.draft.sheet import Sheet
from documents.checks import Finding, Severity, check
from documents.checks.of_draft import Taken as TakenUp
from documents.checks.of_draft import check_draft
from documents.filled import read
from documents.forms import Form
from documents.gathering import gather
from documents.mapping import FreeRow, unmapped
from states import sums
from states.explaining import GIVEN_FOR
from states.figures import Cell, Figure
from states.reading.before import Before


@dataclass(frozen=True)
class Mark:
    """One finding at its field. `field`: its name, or that of the section's element; `explained`: the last words."""

    code: str
    severity: str
    place: str
    message: str
    field: str
    table: int | None
    explained: str | None = None
    told_only: bool = False

    @property
    def blocks(self) -> bool:
        """Whether it keeps a signature away."""
        return not self.told_only and (self.severity == "refuse" or self.severity == "explain" and not self.explained)


@dataclass(frozen=True)
class Taken:
    """What others' figures make in this report now: by units below and contributions, per cell; rows that wait."""

    figures: Mapping[Cell, Figure]
    gathered: Mapping[str, list[dict[str, Any]]]
    waiting: tuple[FreeRow, ...]
    sources: tuple[int, ...]


def taken_in(session: Session, found: Facts, at: datetime) -> Taken:
    """What the draft takes up now; nothing for a report of a unit alone."""
    if not found.takes_in or found.form is None:
        return Taken({}, {}, (), ())
    sources = tuple(session.connection().exec_driver_sql(_INTAKE, {"id": found.id}).scalars())
    return Taken(sums.of_sources(session, found.id, sources, at), gather(session, sources, found.form),
                 tuple(unmapped(session, found.id, at)), sources)  # fmt: skip


def marks(
    session: Session, found: Facts, heard: Heard, sheet: Sheet, taken: Taken, before: Before | None, say: Say,
    language: str, at: datetime,
) -> list[Mark]:  # fmt: skip
    """Everything that the checks find in a content, the worst first, each at its field of the sheet.

    Fields that can't be read stand first; what is missing there only because of that is not told besides.
    """
    form = found.form
    assert form is not None  # a page without a form has no fields
    whole = _whole(heard.content, form, taken)
    now = check_draft(session, found.id, form, whole, at, TakenUp(taken.sources))
    then = _of_before(form, whole, taken, before, {(f.code, f.place) for f in now})
    if taken.waiting:
        loose = {f"figures.{int(cell)}" for cell in form.specs if cell.row == 0}
        now = [f for f in now if f.place not in loose]
    words = _explained(session, found.id, now)
    made = [_waits(row, say) for row in taken.waiting]
    for one in (*now, *then):
        message = one.message_en if language == "en" else one.message
        made.append(Mark(
            one.code, one.severity.value if one in now else "note", one.place, message,
            _field(one.place, heard.where, sheet, form), _table(one.place, whole), words.get((one.code, one.place)),
            one not in now,
        ))  # fmt: skip
    return _unread(heard.unread, sheet, form, say) + [one for one in made if one.field not in heard.unread]


def _whole(content: Mapping[str, Any], form: Form, taken: Taken) -> dict[str, Any]:
    """The content as it would be put up: with others' figures, where there are any."""
    if not taken.sources:
        return {"form": form.key, **content}
    own = {cell: figure for cell, figure in read(content, form).figures.items() if form.specs[cell].adds}
    total = dict(taken.figures)
    for cell, figure in own.items():
        total[cell] = total[cell] + figure if cell in total else figure
    return {"form": form.key, **content, "figures": {str(int(cell)): f.canonical for cell, f in total.items()}}


def _waits(row: FreeRow, say: Say) -> Mark:
    message = say(_("%(unit)s: dòng «%(label)s» chưa xếp vào nhóm nào của biểu %(table)s")) % vars(row)
    place = f"rows.{row.revision_id}.{row.line}"
    return Mark("row-unmapped", Severity.REFUSE.value, place, message, "free-rows", row.table)


def _of_before(
    form: Form, whole: Mapping[str, Any], taken: Taken, before: Before | None, known: set[tuple[str, str]]
) -> list[Finding]:
    """What only the period before brings to light."""
    if before is None or before.form_version != form.version:
        return []
    found = check(form, whole, before.content, consolidated=bool(taken.sources))
    return [one for one in found if (one.code, one.place) not in known]


def _field(place: str, where: Mapping[str, str], sheet: Sheet, form: Form) -> str:
    """The name of the field, or of the nearest thing on the page, where a finding is put right."""
    part, *rest = place.split(".")
    if place in where and part != "figures":
        return where[place]
    if part == "figures" and rest and rest[0].isdecimal():
        return _of_cell(Cell(rest[0]), sheet, form)
    if part == "tables":
        return f"table.{rest[0]}"
    if part == "texts":
        return f"t.{rest[0]}"
    if part == "rows":
        return where.get(f"rows.{rest[0]}", "free-rows") if len(rest) != 2 or rest[1] == "values" else "free-rows"
    return part


def _of_cell(cell: Cell, sheet: Sheet, form: Form) -> str:
    grid = any(table.number == cell.table and table.layout == "rows" for table in form.tables)
    if not grid:
        return f"f.{int(cell)}"
    row = next((row for row in sheet.rows_of(cell.table) if row.category == cell.row), None)
    return f"{row.name}.v{cell.column}" if row else f"table.{cell.table}"


def _table(place: str, content: Mapping[str, Any]) -> int | None:
    part, *rest = place.split(".")
    if part == "figures" and rest[0].isdecimal():
        return Cell(rest[0]).table
    if part == "tables":
        return int(rest[0])
    rows = content.get("rows") or []
    if part == "rows" and rest[0].isdecimal() and 1 <= int(rest[0]) <= len(rows):
        return int(rows[int(rest[0]) - 1]["table"])
    return None


def _explained(session: Session, document_id: int, found: Iterable[Finding]) -> dict[tuple[str, str], str]:
    """The words on each finding, unless they were given for other values than are there now."""
    values = {(one.code, one.place): list(one.values) for one in found}
    rows = session.connection().exec_driver_sql(_EXPLAINED, {"id": document_id})
    return {(code, place): words for code, place, words, given_for in rows
            if given_for is None or given_for == values.get((code, place))}  # fmt: skip


def _unread(unread: Mapping[str, str], sheet: Sheet, form: Form, say: Say) -> list[Mark]:
    return [
        Mark("unread", "refuse", name, f"{_named(name, sheet, form, say)}: {why}", name, _table_of(name))
        for name, why in unread.items()
    ]


def _named(name: str, sheet: Sheet, form: Form, say: Say) -> str:
    """A field as the checks name it."""
    if name.startswith("f."):
        return form.cell_label(int(name[2:]))
    start, column = name.rsplit(".v", 1)
    row = next(row for row in sheet.rows if row.name == start)
    heading = next((c.name for c in form.table(row.table).columns if c.number == int(column)), column)
    said = {"table": row.table, "row": row.label, "column": heading}
    return say(_("Biểu %(table)s, dòng «%(row)s», cột %(column)s")) % said


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


def _table_of(name: str) -> int:
    number = name.split(".")[1]
    return Cell(number).table if name.startswith("f.") else int(number)


_INTAKE = "SELECT source_id FROM intake WHERE document_id = %(id)s ORDER BY source_id"
_EXPLAINED = f"""
SELECT DISTINCT ON (e.code, e.place) e.code, e.place, e.words, {GIVEN_FOR}
  FROM explanation e WHERE e.document_id = %(id)s ORDER BY e.code, e.place, e.id DESC
"""
