"""What the same unit said one period before (kỳ trước): its last signed document in the same form."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session

from states.driver import one_or_none
from states.figures import BadFigure, Cell, Figure
from states.reading.links import NUMBER


@dataclass(frozen=True)
class Before:
    """The last signed document of the period before, in whatever version of the form.

    `total`: its figures as they were signed. `own`: those that the unit itself wrote, where the total also covers
    others. Percentages that were stated are among them. `content`: as it was signed, for its words.
    """

    document_id: int
    title: str
    form_version: int
    first: date
    last: date
    number: str | None
    dated: date | None
    content: dict[str, Any] = field(repr=False)
    total: dict[Cell, Figure] = field(repr=False)
    own: dict[Cell, Figure] = field(repr=False)

    @property
    def texts(self) -> dict[str, str]:
        """Its words by section."""
        return {code: str(words) for code, words in (self.content.get("texts") or {}).items() if words}


def before(session: Session, document_id: int) -> Before | None:
    """The period before a document; None where the unit has signed none in this form, or the document has no period.

    The unit's predecessors don't count: what a merged unit says is not what this one said.
    """
    row = one_or_none(session, _BEFORE, {"id": document_id})
    if row is None:
        return None
    number, title, version, first, last, said, dated, revision, content, own_id, own_content, summed = row
    total = _figures(session, revision, content)
    own = _figures(session, own_id, own_content) if own_id else {} if summed else total
    return Before(number, title, version, first, last, said, dated, content, total, own)


def _figures(session: Session, revision: int, content: dict[str, Any]) -> dict[Cell, Figure]:
    """What adds up stands as rows; a stated percentage only in the content."""
    found: dict[Cell, Figure] = {}
    for cell, value in (content.get("figures") or {}).items():
        try:
            found[Cell(cell)] = Figure.from_canonical(str(value))
        except BadFigure:
            continue
    for cell, amount, bound in session.connection().exec_driver_sql(_FIGURES, {"revision": revision}):
        found[Cell(cell)] = Figure.of(amount, bound)
    return found


# The content that was signed last: a report that came back meanwhile said so too.
_BEFORE = f"""
SELECT b.id, b.title, b.form_version, b.period_first, b.period_last, sent.number, sent.date, r.id, r.content,
       own.id, own.content, EXISTS (SELECT FROM derivation v WHERE v.revision_id = r.id)
  FROM document d
  JOIN document b ON b.unit_id = d.unit_id AND b.kind = d.kind AND b.form = d.form AND b.id <> d.id
   AND b.supplement = 0 AND b.period_last < d.period_last AND b.period_first < d.period_first
   AND b.revision_id IS NOT NULL AND b.state <> 'withdrawn'
  JOIN revision r ON r.id = b.revision_id
  LEFT JOIN LATERAL (SELECT o.id, o.content FROM derivation v JOIN revision o ON o.id = v.source_id AND o.part = 'own'
                      WHERE v.revision_id = r.id LIMIT 1) own ON true
  LEFT JOIN LATERAL (SELECT {NUMBER.format("s")} AS number, s.date FROM sending s WHERE s.document_id = b.id
                      ORDER BY s.no DESC LIMIT 1) sent ON true
 WHERE d.id = %(id)s
 ORDER BY b.subject = d.subject DESC, b.period_last DESC, b.id DESC LIMIT 1
"""
_FIGURES = "SELECT cell, amount, bound FROM figure WHERE revision_id = %(revision)s AND line = 0"
