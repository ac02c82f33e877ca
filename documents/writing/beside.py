"""What lies beside a document as of a moment: what it answers and rests on, who gets it, who signs it, what it asks."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from documents.filled import read
from documents.forms import form
from documents.writing.letterhead import Body, cite, short_issuer, type_of
from documents.writing.material import Material
from states.driver import one_or_none
from states.figures import Figure
from states.periods import LOCAL, vi_date
from states.reading.links import NUMBER

_BLANK = "……/…… ngày …… tháng …… năm ……"


@dataclass(frozen=True)
class Cited:
    """A document that is cited: of the system, or from outside."""

    kind: str | None
    number: str | None
    day: date | None
    issuer: str
    title: str | None

    @property
    def words(self) -> str:
        """As a paper cites it, without its title; a plan that bears no number yet has room for it, for the clerk."""
        type_word = {"plan": "Kế hoạch", "report": "Báo cáo"}.get(self.kind or "") or type_of(self.number or "")
        if self.kind == "plan" and self.number is None:
            return f"{type_word} số {_BLANK} của {short_issuer(self.issuer)}"
        return cite(type_word, self.number, self.day, short_issuer(self.issuer) if self.kind else self.issuer)


@dataclass(frozen=True)
class Asked:
    """What a plan asks of one level: a report or a plan, over which days, until when."""

    title: str
    level: str
    first: date
    last: date
    due_at: datetime

    @property
    def due_words(self) -> str:
        """The deadline; a midnight is the end of the day before it."""
        due = self.due_at.astimezone(LOCAL)
        if (due.hour, due.minute) == (0, 0):
            return f"Hết ngày {vi_date((due - timedelta(days=1)).date())}"
        return f"{due.hour} giờ {due.minute:02d} ngày {vi_date(due.date())}"


def answered(session: Session, material: Material) -> list[Cited]:
    """The plans that a document carries out: the one that asks for it, then those of its own unit."""
    keys = {"id": material.facts.id, "at": material.moment}
    return list(dict.fromkeys(Cited(*row) for row in session.connection().exec_driver_sql(_ANSWERED, keys)))


def planned(session: Session, material: Material) -> dict[str, Figure]:
    """The targets of those plans in per cent by the indicator's code; the unit's own plan speaks last."""
    found: dict[str, Figure] = {}
    keys = {"id": material.facts.id, "at": material.cut_at}
    for code, version, content in session.connection().exec_driver_sql(_PLANNED, keys):
        shape = form(code, version)
        table = next((table for table in shape.tables if table.code == "targets"), None)
        for line in read(content, shape).lines if table else ():
            row = next((c for c in table.categories if c.number == line.row), None) if table else None
            if row and table and line.table == table.number and (figure := line.values.get(1)):
                found[row.code] = figure
    return found


def bases(session: Session, material: Material) -> list[Cited]:
    """The documents that are named as its basis (căn cứ), in the order in which they were."""
    keys = {"id": material.facts.id, "at": material.moment}
    return [Cited(*row) for row in session.connection().exec_driver_sql(_BASES, keys)]


def asks(session: Session, material: Material) -> list[Asked]:
    """What a plan asks of whom, from the top level down."""
    rows = session.connection().exec_driver_sql(_ASKS, {"id": material.facts.id})
    return [Asked(*row) for row in rows]


def recipients(session: Session, material: Material) -> list[str]:
    """Nơi nhận: those it was sent to, else those whom the requirement and the addressees name."""
    if material.sent and material.sent.recipients:
        return list(material.sent.recipients)
    receiver = material.facts.receiver
    named = [receiver.short_name] if receiver else []
    for name, level, kind in session.connection().exec_driver_sql(_NAMED, {"id": material.facts.id}):
        named.append(name if kind == "copy" else Body(name, level).short_name)
    if material.facts.kind == "plan":
        named += _levels_below(session, material)
    return list(dict.fromkeys(named))


def signer(session: Session, material: Material, office_id: int | None) -> tuple[str, str, str]:
    """Who is to sign a draft: authority, title and name; the name only where it is known who it will be.

    `office_id`: the office that is about to sign; else the one on whose desk it lies; else the Vice-chair who may.
    """
    day = material.moment.astimezone(LOCAL).date()
    keys = {"id": material.facts.id, "office": office_id, "day": day}
    row = one_or_none(session, _SIGNER, keys)
    return (row[0], row[1], row[2] if row[3] else "") if row else ("", "", "")


def _levels_below(session: Session, material: Material) -> list[str]:
    before = (material.facts.period_last or material.moment.astimezone(LOCAL).date()) < date(2025, 7, 1)
    towns = "xã, phường, thị trấn" if before else "xã, phường, đặc khu"
    words = {"province": "UBND các tỉnh, thành phố", "district": "UBND các huyện, quận, thị xã, thành phố",
             "commune": f"UBND các {towns}"}  # fmt: skip
    levels = {asked.level for asked in asks(session, material)} - {material.facts.level}
    return [said for level, said in words.items() if level in levels]


# The newest number that a document bore at the moment.
_NUMBERED = f"""
    LEFT JOIN LATERAL (SELECT {NUMBER.format("s")} AS number, s.date FROM sending s WHERE s.document_id = d.id
                          AND s.sent_at <= %(at)s ORDER BY s.no DESC LIMIT 1) s ON true
"""
# A plan of the unit itself counts from its signature on; who links to one says which it is.
_PLANS = """
target AS (
    SELECT 1 AS rank, CASE d.kind WHEN 'plan' THEN coalesce(d.parent_id, d.plan_id) ELSE d.plan_id END AS id,
           NULL::bigint AS external_id, 0 AS link FROM document d WHERE d.id = %(id)s
    UNION ALL SELECT 2, l.target_id, l.external_id, l.id FROM link l
     WHERE l.document_id = %(id)s AND l.role = 'answers' AND l.at <= %(at)s
    UNION ALL SELECT 3, p.id, NULL, 0 FROM document d
      JOIN document p ON p.plan_id = d.plan_id AND p.unit_id = d.unit_id AND p.kind = 'plan' AND p.supplement = 0
      JOIN LATERAL (SELECT s.to_state FROM step s WHERE s.document_id = p.id AND s.at <= %(at)s
                     ORDER BY s.seq DESC LIMIT 1) stood ON stood.to_state IN ('signed','submitted','consolidated')
     WHERE d.id = %(id)s AND d.kind = 'report'
       AND NOT EXISTS (SELECT FROM link l WHERE l.document_id = d.id AND l.role = 'answers' AND l.at <= %(at)s))
"""
_ANSWERED = f"""
WITH {_PLANS}
SELECT d.kind, coalesce(s.number, e.number), coalesce(s.date, e.date), coalesce(u.name, e.issuer),
       coalesce(d.title, e.title)
  FROM target t LEFT JOIN document d ON d.id = t.id LEFT JOIN external_document e ON e.id = t.external_id
  LEFT JOIN unit u ON u.id = d.issuer_id {_NUMBERED}
 WHERE coalesce(t.id, t.external_id) IS NOT NULL ORDER BY t.rank, t.link
"""
_PLANNED = f"""
WITH {_PLANS}
SELECT d.form, d.form_version, r.content FROM target t JOIN document d ON d.id = t.id AND d.kind = 'plan'
   AND d.form <> ''
  JOIN LATERAL (SELECT s.revision_id FROM step s WHERE s.document_id = d.id AND s.at <= %(at)s
                   AND s.action IN ('sign','register') ORDER BY s.seq DESC LIMIT 1) signed ON true
  JOIN revision r ON r.id = signed.revision_id ORDER BY t.rank, t.link
"""
_BASES = f"""
SELECT d.kind, coalesce(s.number, e.number), coalesce(s.date, e.date), coalesce(u.name, e.issuer),
       coalesce(d.title, e.title)
  FROM link l LEFT JOIN document d ON d.id = l.target_id LEFT JOIN external_document e ON e.id = l.external_id
  LEFT JOIN unit u ON u.id = d.issuer_id {_NUMBERED}
 WHERE l.document_id = %(id)s AND l.role = 'basis' AND l.at <= %(at)s ORDER BY l.id
"""
_ASKS = """
SELECT r.title, l.level, r.period_first, r.period_last, l.due_at
  FROM requirement r JOIN requirement_level l ON l.requirement_id = r.id WHERE r.plan_id = %(id)s
 ORDER BY r.id, array_position(ARRAY['nation','province','district','commune','village','body'], l.level::text)
"""
_NAMED = """
SELECT u.name, u.level, 'unit' FROM document d JOIN unit u ON u.id = ANY (d.followers) WHERE d.id = %(id)s
UNION ALL
SELECT c.name, '', 'copy' FROM document d JOIN requirement_level l ON l.requirement_id = d.requirement_id
   AND l.level = d.level CROSS JOIN LATERAL unnest(l.copies) AS c(name) WHERE d.id = %(id)s
UNION ALL
SELECT u.name, u.level, 'unit' FROM document d JOIN addressee a ON a.plan_id = d.id JOIN unit u ON u.id = a.unit_id
 WHERE d.id = %(id)s AND a.unit_id <> d.unit_id
"""
# A deputy before the head, as papers are signed; only the office that is named, or the only one, is sure to sign.
_SIGNER = """
SELECT o.authority, o.title, p.full_name,
       o.id = coalesce(%(office)s::integer, d.desk_office_id) OR count(*) OVER () = 1
  FROM document d JOIN office o ON o.unit_id = d.issuer_id AND o.seat = 'leader' JOIN person p ON p.id = o.person_id
 WHERE d.id = %(id)s AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
   AND (o.kinds = '{}' OR d.kind = ANY (o.kinds)) AND (o.fields = '{}' OR d.field = ANY (o.fields))
 ORDER BY o.id = %(office)s::integer DESC NULLS LAST, o.id = d.desk_office_id DESC NULLS LAST,
          o.authority = 'KT.' DESC, o.id LIMIT 1
"""
