"""What the same unit's signed report said one period before (kỳ trước), as of a moment, so that a paper stays the same.

`states.reading.before` tells what stands now; a paper that was signed compares with what stood when it was cut.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from documents.forms import form
from documents.writing.letterhead import day_words
from documents.writing.material import Material
from documents.writing.taken_figures import by_unit
from states.driver import one_or_none
from states.figures import Cell, Figure
from states.reading.links import NUMBER


@dataclass(frozen=True)
class LastPeriod:
    """The last report before: what it is cited by, its figures that add up, how many units stood in it.

    `by_unit`: the figures of each unit just below, by the unit's id.
    """

    words: str
    figures: Mapping[Cell, Figure]
    covered: int
    expected: int
    by_unit: Mapping[int, Mapping[Cell, Figure]]


def last_period(session: Session, material: Material) -> LastPeriod | None:
    """The report of the period before in the same form; None where none was signed by then."""
    row = one_or_none(session, _BEFORE, {"id": material.facts.id, "at": material.cut_at})
    if row is None or material.facts.form is None:
        return None
    document, revision, version, number, dated, covered, expected, cut_at, sources = row
    known = form(material.facts.form.code, version).specs.keys() & material.facts.form.specs.keys()
    rows = session.connection().exec_driver_sql(_FIGURES, {"revision": revision})
    figures = {Cell(cell): Figure.of(amount, bound) for cell, amount, bound in rows if Cell(cell) in known}
    units = {
        unit: {cell: figure for cell, figure in said.items() if cell in known}
        for unit, said in by_unit(session, document, sources, cut_at).items() if unit is not None
    }  # fmt: skip
    return LastPeriod(_cited(number, dated), figures, covered, expected, units)


def _cited(number: str | None, dated: date | None) -> str:
    given = " ".join(filter(None, (f"số {number}" if number else "", day_words(dated, 0) if dated else "")))
    return f"Báo cáo {given or 'kỳ trước'}"


# What was signed last by then and had not been taken back.
_BEFORE = f"""
SELECT b.id, r.id, b.form_version, sent.number, sent.date, r.covered, r.expected, r.cut_at,
       ARRAY(SELECT v.source_id FROM derivation v WHERE v.revision_id = r.id ORDER BY 1)
  FROM document d
  JOIN document b ON b.unit_id = d.unit_id AND b.kind = d.kind AND b.form = d.form AND b.id <> d.id
   AND b.supplement = 0 AND b.period_last < d.period_last AND b.period_first < d.period_first
  JOIN LATERAL (SELECT s.to_state FROM step s WHERE s.document_id = b.id AND s.at <= %(at)s
                 ORDER BY s.seq DESC LIMIT 1) stood ON stood.to_state IN ('signed','submitted','consolidated')
  JOIN LATERAL (SELECT s.revision_id FROM step s WHERE s.document_id = b.id AND s.at <= %(at)s
                   AND s.action IN ('sign','register') ORDER BY s.seq DESC LIMIT 1) signed ON true
  JOIN revision r ON r.id = signed.revision_id
  LEFT JOIN LATERAL (SELECT {NUMBER.format("s")} AS number, s.date FROM sending s WHERE s.document_id = b.id
                        AND s.sent_at <= %(at)s ORDER BY s.no DESC LIMIT 1) sent ON true
 WHERE d.id = %(id)s
 ORDER BY b.subject = d.subject DESC, b.period_last DESC, b.id DESC LIMIT 1
"""
_FIGURES = "SELECT cell, amount, bound FROM figure WHERE revision_id = %(revision)s AND line = 0"
