"""Where a figure comes from: a cell of any total followed down, level by level, to the wards' own rows.

What is shown under a cell always adds up to it, amount and bound: parts are read from the derivation that was frozen
with the revision, and a free row counts where the unit of the total had mapped it when the revision was cut.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from states.adding import parts
from states.errors import NotFound
from states.figures import Cell, Figure
from states.reading.signing import CURRENT, SIGNED, Signature, signature, signed_sql


class NothingToTrace(NotFound):
    """Ô {cell} của văn bản này không có số liệu (no figure stands in this cell): nothing was reported, not zero."""


@dataclass(frozen=True)
class Traced:
    """A figure and what it was made from.

    `part`: whole (a unit's signed content), total (summed, not signed yet), own (the unit's own figures), contribution
    (given inside the unit), row (a table row in the ward's words), stated, nil («Không»). `line`: the row's number.
    """

    part: str
    figure: Figure
    words: str
    unit_id: int
    unit: str
    level: str
    document_id: int
    revision_id: int
    digest: str
    line: int | None = None
    signed: Signature | None = None
    parts: tuple["Traced", ...] = ()

    @property
    def adds_up(self) -> bool:
        """Whether at every level what is shown makes the figure above it; false only where rows were tampered with."""
        total = Figure.total(part.figure for part in self.parts)
        return total in (None, self.figure) and all(part.adds_up for part in self.parts)

    def leaves(self) -> Iterator["Traced"]:
        """What the figure is made of in the end."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


@dataclass(frozen=True)
class InTotal:
    """A revision whose figures stand in a total, with the step that signed it; `depth` 1 is just below the total."""

    depth: int
    revision_id: int
    document_id: int
    part: str
    digest: str
    title: str
    unit_id: int
    unit: str
    level: str
    number: str | None
    leaf: bool
    signed: Signature | None

    @property
    def paper(self) -> bool:
        """Whether it was signed outside the system (ký ngoài hệ thống)."""
        return self.signed is not None and self.signed.paper


def trace(
    session: Session, cell: int, *, revision_id: int | None = None, document_id: int | None = None,
    at_level: str | None = None,
) -> Traced:  # fmt: skip
    """What a cell is made of, one level down; with `at_level` ("commune") at once by the units of that level.

    Names a revision, or a document for what stands there now. A part that ends above `at_level` (a unit's own figures,
    a paper) is shown itself, so that the sum holds. Raises `NothingToTrace`.
    """
    root = _tree(session, cell, revision_id, document_id, 1 if at_level is None else 99)
    return root if at_level is None else replace(root, parts=tuple(_at(root.parts, at_level)))


def trace_down(
    session: Session, cell: int, *, revision_id: int | None = None, document_id: int | None = None
) -> Traced:
    """The same through all levels, down to the cells and rows of the wards. Raises `NothingToTrace`."""
    return _tree(session, cell, revision_id, document_id, 99)


def documents_in_total(session: Session, revision_id: int) -> list[InTotal]:
    """Every document whose figures stand in a total, down to the wards: which content, signed by whom and when."""
    rows = session.connection().exec_driver_sql(_IN_TOTAL, {"revision": revision_id, "document": None, "depth": 99})
    return [_in_total(tuple(row)) for row in rows]


def _in_total(row: tuple[Any, ...]) -> InTotal:
    return InTotal(*[*row[:11], signature(iter(row[11:]))])


# ── the tree ────────────────────────────────────────────────────────────────────────────────────────────────


def _tree(session: Session, cell: int, revision: int | None, document: int | None, depth: int) -> Traced:
    keys = {"revision": revision, "document": document, "depth": depth, "cell": int(cell)}
    below: dict[tuple[int, ...], list[tuple[Traced, tuple[int, ...]]]] = {}
    for row in session.connection().exec_driver_sql(_TRACE, keys):
        path, node = _node(tuple(row), Cell(cell))
        below.setdefault(path[:-1], []).append((node, path))
    if () not in below:
        raise NothingToTrace(cell=cell)
    return _grown(below[()], below)


def _grown(roots: Sequence[tuple[Traced, tuple[int, ...]]], below: dict[tuple[int, ...], Any]) -> Traced:
    """The root with its parts; the free rows of a leaf are parts of it themselves."""
    first, path = roots[0]
    if first.line is None:
        return _with_parts(first, path, below)
    total = Figure.total(node.figure for node, _ in roots)
    assert total is not None
    return replace(first, part="whole", figure=total, line=None, words="", parts=tuple(node for node, _ in roots))


def _with_parts(node: Traced, path: tuple[int, ...], below: dict[tuple[int, ...], Any]) -> Traced:
    if node.line is not None or path not in below:
        return node
    return replace(node, parts=tuple(_with_parts(child, at, below) for child, at in below[path]))


def _at(parts: Sequence[Traced], level: str) -> Iterator[Traced]:
    """The parts at a level; what has none below it is shown itself."""
    for part in parts:
        below = [p for p in part.parts if p.part not in _ENDS]
        if part.part in _ENDS or part.level == level or not below:
            yield replace(part, parts=())
        else:
            yield from _at(part.parts, level)


def _node(row: tuple[Any, ...], cell: Cell) -> tuple[tuple[int, ...], Traced]:
    path, part, line, amount, bound, words, unit_id, unit, level, document, revision, digest, content = row[:13]
    node = Traced(
        "row" if line else part, Figure.of(amount, bound), words or "", unit_id, unit, level, document, revision,
        digest, line or None, signature(iter(row[13:])),
    )  # fmt: skip
    written = tuple(_written(node, content, cell)) if content is not None and not line else ()
    return tuple(path), replace(node, parts=written)


def _written(leaf: Traced, content: dict[str, Any], cell: Cell) -> Iterator[Traced]:
    """What a leaf's own content says in a cell: a stated figure overrules the rows of its table."""
    if content["stated"]:
        yield replace(leaf, part="stated", words="", figure=Figure.from_canonical(content["stated"]))
        return
    found = False
    for number, row in enumerate(content["rows"] or (), 1):
        value = (row.get("values") or {}).get(str(cell.column))
        if (row.get("table"), row.get("row", 0)) == (cell.table, cell.row) and value:
            found = True
            figure = Figure.from_canonical(value)
            yield replace(leaf, part="row", words=str(row.get("label", "")), line=number, figure=figure)
    if not found and cell.table in (content["nil"] or ()):
        yield replace(leaf, part="nil", words="Không")


_ENDS = ("own", "contribution", "row", "stated", "nil")

# From the total down what was frozen with each revision; the path of numbers names each place in the tree.
_DOWN = f"""
RECURSIVE tree AS (
    SELECT r.id AS revision_id, r.document_id, r.part, r.digest, r.cut_at, ARRAY[r.id] AS path, 0 AS depth,
           NULL::bigint AS document_above, NULL::timestamptz AS cut_above
      FROM revision r
     WHERE r.id = coalesce(%(revision)s::bigint,
                           (SELECT {CURRENT.format("d")} FROM document d WHERE d.id = %(document)s))
    UNION ALL
    SELECT s.id, s.document_id, s.part, s.digest, s.cut_at, t.path || s.id, t.depth + 1, t.document_id, t.cut_at
      FROM tree t JOIN derivation v ON v.revision_id = t.revision_id JOIN revision s ON s.id = v.source_id
     WHERE t.depth < %(depth)s)
"""
_LEAF = "NOT EXISTS (SELECT FROM derivation v WHERE v.revision_id = t.revision_id)"
_TRACE = f"""
WITH {_DOWN},
taken AS (SELECT DISTINCT document_above AS document_id, revision_id AS source_id, cut_above FROM tree WHERE depth > 0),
shown AS (
    SELECT t.*, f.line, f.amount, f.bound FROM tree t JOIN figure f USING (revision_id)
     WHERE t.depth = 0 AND f.cell = %(cell)s
    UNION ALL
    SELECT t.*, f.line, f.amount, f.bound FROM tree t
      JOIN ({parts("taken", "p.cut_above")}) f ON f.document_id = t.document_above AND f.source_id = t.revision_id
     WHERE t.depth > 0 AND f.cell = %(cell)s)
SELECT t.path, t.part, t.line, t.amount, t.bound, coalesce(w.label, given.words), u.id, u.name, d.level, d.id,
       t.revision_id, encode(t.digest, 'hex'),
       CASE WHEN {_LEAF} THEN jsonb_build_object('rows', r.content -> 'rows', 'nil', r.content -> 'nil',
                                                 'stated', r.content -> 'figures' -> %(cell)s::text) END,
       {SIGNED}
  FROM shown t JOIN revision r ON r.id = t.revision_id JOIN document d ON d.id = t.document_id
  JOIN unit u ON u.id = d.unit_id
  LEFT JOIN free_row w ON w.revision_id = t.revision_id AND w.line = t.line AND t.line > 0
  LEFT JOIN LATERAL (
      SELECT c.assignee || ' (' || g.given_by || ')' AS words FROM contribution_given g
        JOIN contribution c ON c.id = g.contribution_id
       WHERE t.part = 'contribution' AND c.document_id = t.document_id AND g.revision_id = t.revision_id
       ORDER BY g.id LIMIT 1) given ON true
  {signed_sql("t.document_id", "t.revision_id")}
 ORDER BY t.depth, u.path, t.part, t.revision_id, t.line
"""
_IN_TOTAL = f"""
WITH {_DOWN}
SELECT t.depth, t.revision_id, d.id, t.part, encode(t.digest, 'hex'), d.title, u.id, u.name, d.level, sent.number,
       {_LEAF} AS leaf, {SIGNED}
  FROM tree t JOIN document d ON d.id = t.document_id JOIN unit u ON u.id = d.unit_id
  LEFT JOIN LATERAL (
      SELECT to_char(s.number, 'FM99900') || '/' || s.symbol AS number FROM sending s
       WHERE s.document_id = t.document_id AND s.revision_id = t.revision_id ORDER BY s.no DESC LIMIT 1) sent ON true
  {signed_sql("t.document_id", "t.revision_id")}
 WHERE t.depth > 0
 ORDER BY t.depth, u.path, t.revision_id
"""
