"""Where a figure comes from: one cell of one document, or of one part of it, with what it was made from."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from api.auth import Caller
from api.lists import NoSuchRevision
from api.pages.totals.cell_shown import BY_UNITS, Above, Facts, Part, Source
from api.seeing import VISIBLE, Sight, look, visible
from documents.drafting import form_of
from states import notes
from states.figures import Cell, Figure
from states.reading import before, provenance
from states.reading.links import NUMBER
from states.reading.provenance import NothingToTrace, Traced
from states.reading.signing import CURRENT


def read(session: Session, seen: Sight, cell: int, by: Caller, *, version: int | None = None,
         unit_id: int | None = None, source: int | None = None) -> Facts:  # fmt: skip
    """The cell of the document in sight, as it stands now or in `version`; with a unit's (or a source's) part of it
    alone. Raises `NothingToTrace`, `NoSuchRevision`.
    """
    if version is not None and _document_of(session, version) != seen.id:
        raise NoSuchRevision(no=version)
    root = provenance.trace(session, cell, revision_id=version, document_id=None if version else seen.id)
    if unit_id is None and source is None:
        return _facts(session, root, cell, by, root.parts)
    mine = [one for one in root.parts if _is_of(one, unit_id, source)]
    figure = Figure.total(one.figure for one in mine)
    if figure is None:
        raise NothingToTrace(cell=cell)
    first = next((one for one in mine if one.part != "row"), mine[0])
    rows = [one for one in mine if one.part == "row"]
    parts = [*_inside(session, first, cell), *rows]
    if first.part in ("own", "contribution"):  # the signature on the report covers them
        first = replace(first, signed=root.signed, revision_id=root.revision_id, digest=root.digest)
    return _facts(session, first, cell, by, parts, figure)


def _is_of(one: Traced, unit_id: int | None, source: int | None) -> bool:
    if source is not None:
        return one.revision_id == source
    return one.unit_id == unit_id and one.part not in ("own", "contribution")


def _inside(session: Session, one: Traced, cell: int) -> Sequence[Traced]:
    """What a part was made from: its own rows, or, where it is a total itself, the parts of that."""
    if one.parts or one.part == "row":
        return one.parts
    return provenance.trace(session, cell, revision_id=one.revision_id).parts


def _facts(session: Session, of: Traced, cell: int, by: Caller, parts: Sequence[Traced],
           figure: Figure | None = None) -> Facts:  # fmt: skip
    sight = look(session, of.document_id, by)
    told = _source(session, of)
    earlier = before.before(session, of.document_id) if of.part in ("whole", "total") else None
    return Facts(
        Cell(cell), form_of(session, of.document_id), figure or of.figure, of.part, told, of.revision_id, of.digest,
        of.signed, _parts(parts, told, of, cell, sight is not None), _above(session, of.document_id, cell, by),
        sight is not None, sight is not None and notes.may_talk(by.held.holder, by.outlook, sight.parties, by.day),
        earlier.total.get(Cell(cell)) if earlier else None,
    )  # fmt: skip


def _parts(parts: Sequence[Traced], told: Source, of: Traced, cell: int, seen: bool) -> tuple[Part, ...]:
    frozen = "" if of.revision_id == told.current else f"&ban={of.revision_id}"
    found = []
    for one in parts:
        pick = f"don-vi={one.unit_id}" if one.part == "whole" else f"phan={one.revision_id}"
        leads = seen and one.part in BY_UNITS and of.part in ("whole", "total")
        found.append(Part(one, f"/van-ban/{of.document_id}/o/{cell}?{pick}{frozen}" if leads else ""))
    return tuple(found)


def _document_of(session: Session, revision: int) -> int | None:
    found: int | None = session.connection().exec_driver_sql(_OF, {"id": revision}).scalar()
    return found


def _source(session: Session, of: Traced) -> Source:
    row = session.connection().exec_driver_sql(_SOURCE, {"id": of.document_id, "revision": of.revision_id}).one()
    return Source(*row)


def _above(session: Session, document: int, cell: int, by: Caller) -> tuple[Above, ...]:
    keys: dict[str, Any] = {**visible(by), "id": document, "cell": cell}
    return tuple(Above(*row) for row in session.connection().exec_driver_sql(_ABOVE, keys))


_OF = "SELECT document_id FROM revision WHERE id = %(id)s"
_SOURCE = f"""
SELECT d.id, d.title, d.unit_id, u.name, d.plan_id, d.state, {CURRENT.format("d")}, sent.number, sent.date, r.no
  FROM document d JOIN unit u ON u.id = d.unit_id JOIN revision r ON r.id = %(revision)s
  LEFT JOIN LATERAL (SELECT {NUMBER.format("n")} AS number, n.date FROM sending n
                      WHERE n.document_id = d.id AND n.revision_id = r.id ORDER BY n.no DESC LIMIT 1) sent ON true
 WHERE d.id = %(id)s
"""
# The totals up to the top that one may see and that hold a figure in this cell now.
_ABOVE = f"""
WITH RECURSIVE up AS (
    SELECT d.id, d.parent_id, 0 AS far FROM document d WHERE d.id = %(id)s
    UNION ALL SELECT d.id, d.parent_id, up.far + 1 FROM up JOIN document d ON d.id = up.parent_id)
SELECT d.id, u.name, d.plan_id, d.unit_id FROM up JOIN document d ON d.id = up.id JOIN unit u ON u.id = d.unit_id
 WHERE up.far > 0 AND {VISIBLE}
   AND EXISTS (SELECT FROM figure f WHERE f.revision_id = {CURRENT.format("d")} AND f.cell = %(cell)s)
 ORDER BY up.far DESC
"""
