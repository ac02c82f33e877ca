"""Rows in a ward's own words (dòng tự ghi) and the categories that the consolidating unit counts them in.

A row without a category stays listed under its unit until the consolidator says where it belongs. His word is kept, it
holds for the same words in every later report of the form, and changes no total that was cut before it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from documents.forms import Form, form, label_key
from states import contents
from states.errors import Invalid
from states.policy import Holder


class NoSuchCategory(Invalid):
    """Biểu {table} của mẫu {form} không có nhóm số {row} (no such category): choose one from the form's list."""


@dataclass(frozen=True)
class FreeRow:
    """A row that waits for a category. `suggested`: the category whose words it has most likely, 0 for none."""

    unit: str
    document_id: int
    revision_id: int
    line: int
    table: int
    label: str
    suggested: int


def unmapped(session: Session, document_id: int, at: datetime, sources: Iterable[int] | None = None) -> list[FreeRow]:
    """The rows of a total that have no category at that moment: of what it takes up now, or of the named revisions."""
    keys = {"id": document_id, "at": at, "sources": sorted(set(sources)) if sources is not None else None}
    rows = session.connection().exec_driver_sql(_UNMAPPED, keys)
    return [FreeRow(*[*row[:6], form(row[6], row[7]).table(row[4]).suggest(row[5])]) for row in rows]


def place(session: Session, document_id: int, table: int, label: str, row: int, holder: Holder, at: datetime) -> None:
    """Count this label in a category from now on, in every draft of the document's unit on its form.

    The total is summed anew by the next consolidation, or when it is put up. Raises `NoSuchCategory`, `NotADraft`,
    `NotItsDrafter`.
    """
    contents.lock_draft(session, document_id, holder)
    code, version = session.connection().exec_driver_sql(_FORM, {"id": document_id}).one()
    _check(form(code, version), table, row)
    keys = {"id": document_id, "table": table, "key": label_key(label), "row": row, "person": holder.person_id,
            "office": holder.office_id, "at": at}  # fmt: skip
    session.connection().exec_driver_sql(_PLACE, keys)


def _check(shape: Form, table: int, row: int) -> None:
    known = {(t.number, category.number) for t in shape.tables for category in t.categories}
    if (table, row) not in known:
        raise NoSuchCategory(table=table, form=shape.key, row=row)


_FORM = "SELECT form, form_version FROM document WHERE id = %(id)s"
_UNMAPPED = """
SELECT u.name, c.id, w.revision_id, w.line, w.table_no, w.label, d.form, d.form_version
  FROM document d
  JOIN free_row w ON w.revision_id = ANY (coalesce(%(sources)s::bigint[],
                     ARRAY(SELECT i.source_id FROM intake i WHERE i.document_id = d.id)))
  JOIN revision r ON r.id = w.revision_id JOIN document c ON c.id = r.document_id JOIN unit u ON u.id = c.unit_id
 WHERE d.id = %(id)s AND NOT EXISTS (
       SELECT FROM mapping m WHERE m.unit_id = d.unit_id AND m.form = d.form AND m.table_no = w.table_no
          AND m.label_key = w.label_key AND m.at <= %(at)s)
 ORDER BY u.path, w.revision_id, w.line
"""
_PLACE = """
INSERT INTO mapping (unit_id, form, table_no, label_key, row_no, person_id, office_id, at)
SELECT d.unit_id, d.form, %(table)s, %(key)s, %(row)s, %(person)s, %(office)s, %(at)s
  FROM document d WHERE d.id = %(id)s
"""
