"""A total laid out by the units it was made from (biểu tổng hợp theo đơn vị): who brought what, and who nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from states import driver
from states.adding import parts
from states.figures import Cell, Figure
from states.reading.coverage import WHY, TotalCoverage, of_total
from states.reading.signing import CURRENT
from states.reading.staleness import NoTotalYet


@dataclass(frozen=True)
class UnitPart:
    """One line of the table. `part`: whole (a unit's signed report), own (the unit's own figures), contribution.

    `figures` is None where nothing of the unit stands in the total, and `why` then says so in words: never a zero.
    `let_off`: it was waived or cancelled, so nothing is missing.
    """

    unit_id: int
    unit: str
    part: str
    document_id: int
    number: str | None
    figures: Mapping[Cell, Figure] | None
    why: str | None = None
    let_off: bool = False
    revision_id: int | None = None  # what of it stands in the total


@dataclass(frozen=True)
class ByUnit:
    """A total as it stands now. `total` is what is signed, else the newest sum; it is the sum of the parts unless the
    unit has stated another figure."""

    document_id: int
    revision_id: int
    digest: str
    signed: bool
    form: str
    form_version: int
    parts: tuple[UnitPart, ...]
    total: Mapping[Cell, Figure]
    coverage: TotalCoverage = field(repr=False)


def by_unit(session: Session, document_id: int, revision_id: int | None = None, *, table: int | None = None) -> ByUnit:
    """The lines in the order of the tree, the unit's own last; as they stand now, or in an earlier revision.

    `table`: only the figures of one table of the form (0: none). The coverage is always today's. Raises `NoTotalYet`
    where nothing was summed.
    """
    row = driver.one_or_none(session, _CURRENT, {"id": document_id, "revision": revision_id})
    if row is None:
        raise NoTotalYet()
    covered = of_total(session, document_id)
    why = {gap.document_id: (WHY[gap.why], gap in covered.waived) for gap in (*covered.gaps, *covered.waived)}
    first, last = (0, 2**31 - 1) if table is None else (table * 10_000, table * 10_000 + 9_999)
    keys = {"id": document_id, "revision": row[0], "first": first, "last": last}
    figures: dict[int, dict[Cell, Figure]] = {}
    for source, cell, amount, bound in driver.rows(session, _FIGURES, keys):
        figures.setdefault(source, {})[Cell(cell)] = Figure.of(amount, bound)
    lines = tuple(_part(line, figures, why) for line in driver.rows(session, _PARTS, keys))
    total = {Cell(cell): Figure.of(amount, bound) for cell, amount, bound in driver.rows(session, _TOTAL, keys)}
    return ByUnit(*[document_id, *row, lines, total, covered])


def _part(row: tuple[Any, ...], figures: dict[int, dict[Cell, Figure]], why: dict[int, tuple[str, bool]]) -> UnitPart:
    unit_id, unit, part, document, number, source = row
    if source is not None:
        return UnitPart(unit_id, unit, part, document, number, figures.get(source, {}), revision_id=source)
    words, let_off = why.get(document, (WHY["not-sent"], False))
    return UnitPart(unit_id, unit, part, document, number, None, words, let_off)


_CURRENT = f"""
SELECT r.id, encode(r.digest, 'hex'),
       CASE WHEN %(revision)s::bigint IS NULL THEN d.state IN ('signed','submitted','consolidated') ELSE
         EXISTS (SELECT FROM step s WHERE s.document_id = d.id AND s.revision_id = r.id AND s.action = 'sign') END,
       d.form, d.form_version
  FROM document d JOIN revision r ON r.id = coalesce(%(revision)s, {CURRENT.format("d")}) AND r.document_id = d.id
 WHERE d.id = %(id)s AND d.kind = 'report' AND EXISTS (SELECT FROM derivation v WHERE v.revision_id = r.id)
"""
_TOTAL = """
SELECT cell, sum(amount), bit_or(bound) FROM figure
 WHERE revision_id = %(revision)s AND cell BETWEEN %(first)s AND %(last)s GROUP BY cell ORDER BY cell
"""
_FIGURES = f"""
WITH pairs AS (SELECT %(id)s::bigint AS document_id, v.source_id FROM derivation v WHERE v.revision_id = %(revision)s)
SELECT source_id, cell, sum(amount), bit_or(bound)
  FROM ({parts("pairs", "(SELECT r.cut_at FROM revision r WHERE r.id = %(revision)s)")}) part
 WHERE cell BETWEEN %(first)s AND %(last)s GROUP BY source_id, cell
"""
# Every unit that owes a report just below, and whatever else was taken up: supplements, own figures, contributions.
_PARTS = """
WITH source AS (
    SELECT s.id, s.part, s.document_id FROM derivation v JOIN revision s ON s.id = v.source_id
     WHERE v.revision_id = %(revision)s),
line AS (
    SELECT c.id AS document_id, c.unit_id, c.path, c.supplement, s.id AS source_id, 'whole' AS part, 0 AS rank
      FROM document c LEFT JOIN source s ON s.document_id = c.id AND s.part = 'whole'
     WHERE c.parent_id = %(id)s AND c.kind = 'report' AND (c.supplement = 0 OR s.id IS NOT NULL)
    UNION ALL
    SELECT c.id, c.unit_id, c.path, c.supplement, s.id, s.part, CASE s.part WHEN 'own' THEN 2 ELSE 1 END
      FROM source s JOIN document c ON c.id = s.document_id
     WHERE NOT (s.part = 'whole' AND c.parent_id IS NOT DISTINCT FROM %(id)s))
SELECT u.id, CASE l.part WHEN 'contribution' THEN coalesce(given.assignee, u.name)
             ELSE u.name || CASE WHEN l.supplement > 0 THEN ' (bổ sung lần ' || l.supplement || ')' ELSE '' END END,
       l.part, l.document_id, sent.number, l.source_id
  FROM line l JOIN unit u ON u.id = l.unit_id
  LEFT JOIN LATERAL (SELECT c.assignee FROM contribution_given g JOIN contribution c ON c.id = g.contribution_id
                      WHERE g.revision_id = l.source_id LIMIT 1) given ON l.part = 'contribution'
  LEFT JOIN LATERAL (SELECT to_char(n.number, 'FM99900') || '/' || n.symbol AS number FROM sending n
                      WHERE n.document_id = l.document_id ORDER BY n.no DESC LIMIT 1) sent ON l.part = 'whole'
 ORDER BY l.rank, string_to_array(trim('/' FROM l.path), '/')::integer[], l.supplement, l.source_id
"""
