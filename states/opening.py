"""Opening documents: one plan by hand, or a whole level of owed reports in one statement.

The natural key (requirement, unit, supplement) makes each of these safe to run again: what is there stays.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from states.acting import tell, tell_clock
from states.errors import Invalid, NotFound
from states.lifecycle import Kind
from states.policy import CLOCK, Actor

_FIRST_STEP = """
    (document_id, seq, kind, from_state, action, to_state, person_id, office_id, authority, at, desk, previous)
SELECT id, 1, kind, 'none', 'open', 'draft', %(person)s, %(office)s, '', %(at)s, 'drafter', '\\x00'::bytea FROM opened
"""


def _head(identity: str, kind: str) -> str:
    """The head of a new document is its first step's digest: the same function gives it before the step is there."""
    return f"""step_digest({identity}, 1, {kind}, 'none', 'open', 'draft', %(person)s::integer, %(office)s::integer,
        '', %(at)s, null, null, null, null, 'drafter', null, null, null, '\\x00'::bytea)"""


@dataclass(frozen=True)
class NewDocument:
    """A document opened by hand: a plan, or a report that nobody owes. Dates are local days."""

    kind: Kind
    unit_id: int
    title: str
    series: str
    issuer_id: int | None = None
    drafter_id: int | None = None
    receiver_id: int | None = None
    subject: str = ""
    field: str = ""
    form: str | None = None
    form_version: int | None = None
    period_first: date | None = None
    period_last: date | None = None
    legal_basis: str = ""


class NoSuchUnit(NotFound):
    """Không có đơn vị số {unit} (no such unit): look it up with `dondoc units find`."""


class NothingToSupplement(Invalid):
    """Báo cáo này chưa gửi (this report is not sent yet): late figures go into its draft, not into a supplement."""


def open_document(session: Session, new: NewDocument, actor: Actor, at: datetime) -> int:
    """Open one document in its drafting unit's hands; returns its number. Raises `NoSuchUnit`."""
    tell(session, actor.office_id)
    keys = {f.name: getattr(new, f.name) for f in fields(new)} | _who(actor, at) | {"kind": new.kind.value}
    row = session.connection().exec_driver_sql(_OPEN_ONE, keys).one_or_none()
    if row is None:
        raise NoSuchUnit(unit=new.unit_id)
    return int(row[0])


def open_level(session: Session, requirement_id: int, level: str, parent_depth: int | None, at: datetime) -> int:
    """Open the reports that one level owes for a requirement; returns how many were not there yet.

    `parent_depth`: the depth in the tree of the next higher level that owes one too (None at the top).
    """
    plan_for_growth(session)
    keys = {"requirement": requirement_id, "level": level, "depth": parent_depth} | _who(CLOCK, at)
    return _count(session, _OPEN_LEVEL, keys)


def open_child_plans(
    session: Session, parent_id: int, requirement_id: int, level: str, parent_depth: int, basis: str, at: datetime
) -> int:
    """Open the plans that the units just below an issued plan must issue themselves; returns how many.

    `basis`: the legal basis that their drafts begin with, naming the plan above with its number and date.
    """
    plan_for_growth(session)
    keys = {"parent": parent_id, "requirement": requirement_id, "level": level, "depth": parent_depth,
            "basis": basis} | _who(CLOCK, at)  # fmt: skip
    return _count(session, _OPEN_PLANS, keys)


def open_supplement(session: Session, document_id: int, at: datetime) -> int:
    """Open a numbered supplement (báo cáo bổ sung) of a total that is already sent; returns its number."""
    tell_clock(session)
    keys = {"id": document_id} | _who(CLOCK, at)
    row = session.connection().exec_driver_sql(_OPEN_SUPPLEMENT, keys).one_or_none()
    if row is None:
        raise NothingToSupplement()
    return int(row[0])


def plan_for_growth(session: Session) -> None:
    """Have the keys' checks planned for tables about to grow; a plan made on an empty table scans all of it."""
    run = session.connection().exec_driver_sql
    run("DISCARD PLANS")
    run("SET LOCAL enable_seqscan = off")


def _count(session: Session, sql: str, keys: dict[str, Any]) -> int:
    tell_clock(session)
    opened = session.connection().exec_driver_sql(sql, keys).scalar_one()
    session.connection().exec_driver_sql("SET LOCAL enable_seqscan = on")
    return int(opened)


def _who(actor: Actor, at: datetime) -> dict[str, Any]:
    return {"person": actor.person_id, "office": actor.office_id, "at": at}


_STEPPED = f"""
stepped AS (INSERT INTO step {_FIRST_STEP} RETURNING document_id)
"""
_NEXT = "nextval('document_id_seq')"
_COLUMNS = """
    (id, kind, unit_id, issuer_id, drafter_id, receiver_id, followers, level, path, title, subject, field, series,
     requirement_id, plan_id, parent_id, supplement, form, form_version, period_first, period_last, due_at,
     legal_basis, urgency, opened_at, state, seq, head, desk, desk_since)
"""
_OPEN_ONE = f"""
WITH new AS (SELECT {_NEXT} AS id, u.id AS unit_id, u.level, u.path FROM unit u WHERE u.id = %(unit_id)s),
opened AS (INSERT INTO document {_COLUMNS}
    SELECT id, %(kind)s, unit_id, coalesce(%(issuer_id)s, unit_id), coalesce(%(drafter_id)s, unit_id),
           %(receiver_id)s::integer, '{{}}', level, path, %(title)s, %(subject)s, %(field)s, %(series)s, null, null,
           null, 0, %(form)s::varchar, %(form_version)s::integer, %(period_first)s::date, %(period_last)s::date, null,
           %(legal_basis)s, '', %(at)s, 'draft', 1, {_head("id", "%(kind)s")}, 'drafter', %(at)s
      FROM new RETURNING id, kind),
{_STEPPED} SELECT document_id FROM stepped
"""
# What each addressed unit of the level owes: found by path below the addressees, valid when the window ends.
_OWED = """
SELECT DISTINCT ON (u.id) u.id AS unit_id, u.path, u.level, u.parent_id AS above_id, r.id AS requirement_id,
       r.kind, r.plan_id, r.title, r.form, r.form_version, r.field, r.series, r.urgency, r.legal_basis,
       r.period_first, r.period_last, l.due_at, l.issuer_role, l.drafter_role, l.receiver_role, l.follower_roles,
       l.followers, plan.issuer_id AS asker_id, plan.unit_id AS asker_unit_id, plan.subject,
       CASE WHEN %(depth)s::integer IS NOT NULL
            THEN split_part(u.path, '/', %(depth)s::integer + 2)::integer END AS parent_unit_id
  FROM requirement r
  JOIN requirement_level l ON l.requirement_id = r.id AND l.level = %(level)s
  JOIN document plan ON plan.id = r.plan_id
  JOIN addressee a ON a.plan_id = r.plan_id
  JOIN unit top ON top.id = a.unit_id
  JOIN unit u ON u.level = l.level AND (u.id = top.id OR a.subtree AND u.path LIKE top.path || '%%')
   AND u.valid_from <= r.period_last AND (u.valid_to IS NULL OR u.valid_to >= r.period_last)
 WHERE r.id = %(requirement)s
"""
_BODY = """
LEFT JOIN unit {0} ON {0}.parent_id = {1} AND {0}.role = {2} AND {0}.valid_from <= o.period_last
      AND ({0}.valid_to IS NULL OR {0}.valid_to >= o.period_last)
"""
# LIMIT 1 keeps this a look into the key's index, also where the tables were counted before they grew.
_DUTY = """
SELECT id, unit_id FROM document WHERE requirement_id = o.requirement_id AND unit_id = {0} AND supplement = 0 LIMIT 1
"""
# Names in the office's order: who issues, who drafts, who receives (a body of the unit above, else that unit).
_PLACED = f"""
SELECT {_NEXT} AS id, o.*, coalesce(issuer.id, o.unit_id) AS issuer_id, coalesce(drafter.id, o.unit_id) AS drafter_id,
       p.id AS parent_document,
       CASE WHEN o.unit_id = o.asker_unit_id THEN NULL
            ELSE coalesce(receiver.id, p.unit_id, o.asker_id) END AS receiver_id,
       o.followers || ARRAY(SELECT b.id FROM unit b WHERE cardinality(o.follower_roles) > 0
                             AND b.parent_id = coalesce(p.unit_id, o.asker_unit_id)
                             AND b.role = ANY (o.follower_roles)) AS all_followers
  FROM owed o
  LEFT JOIN LATERAL ({_DUTY.format("o.parent_unit_id")}) p ON true
  {_BODY.format("issuer", "o.unit_id", "o.issuer_role")}
  {_BODY.format("drafter", "o.unit_id", "o.drafter_role")}
  {_BODY.format("receiver", "coalesce(p.unit_id, o.asker_unit_id)", "o.receiver_role")}
  LEFT JOIN LATERAL ({_DUTY.format("o.unit_id")}) there ON true
 WHERE there.id IS NULL
"""
_OPEN_LEVEL = f"""
WITH owed AS ({_OWED}), placed AS ({_PLACED}),
opened AS (INSERT INTO document {_COLUMNS}
    SELECT id, kind, unit_id, issuer_id, drafter_id, receiver_id, all_followers, level, path, title, subject, field,
           series, requirement_id, plan_id, parent_document, 0, form, form_version, period_first, period_last, due_at,
           legal_basis, urgency, %(at)s, 'draft', 1, {_head("id", "kind")}, 'drafter', %(at)s
      FROM placed ON CONFLICT ON CONSTRAINT document_duty_key DO NOTHING RETURNING id, kind),
{_STEPPED} SELECT count(*) FROM stepped
"""
# The plan of each unit just below an issued plan; its basis names that plan with number and date.
_OPEN_PLANS = f"""
WITH owed AS ({_OWED}), placed AS ({_PLACED}),
opened AS (INSERT INTO document {_COLUMNS}
    SELECT w.id, w.kind, w.unit_id, w.issuer_id, w.drafter_id, w.receiver_id, w.all_followers, w.level, w.path, w.title,
           w.subject, w.field, w.series, w.requirement_id, w.plan_id, above.id, 0, w.form, w.form_version,
           w.period_first, w.period_last, w.due_at, %(basis)s, w.urgency, %(at)s, 'draft', 1,
           {_head("w.id", "w.kind")}, 'drafter', %(at)s
      FROM placed w JOIN document above ON above.id = %(parent)s
     WHERE w.path LIKE above.path || '%%' AND w.unit_id <> above.unit_id
    ON CONFLICT ON CONSTRAINT document_duty_key DO NOTHING RETURNING id, kind),
{_STEPPED} SELECT count(*) FROM stepped
"""
_OPEN_SUPPLEMENT = f"""
WITH sent AS (SELECT d.*, (SELECT max(supplement) FROM document s WHERE s.requirement_id = d.requirement_id
                              AND s.unit_id = d.unit_id) + 1 AS next
                FROM document d WHERE d.id = %(id)s AND d.kind = 'report' AND d.requirement_id IS NOT NULL
                 AND d.state IN ('signed','submitted','consolidated')),
new AS (SELECT {_NEXT} AS new_id, sent.* FROM sent),
opened AS (INSERT INTO document {_COLUMNS}
    SELECT new_id, kind, unit_id, issuer_id, drafter_id, receiver_id, followers, level, path,
           title || ' (bổ sung lần ' || next || ')', subject, field, series, requirement_id, plan_id, parent_id, next,
           form, form_version, period_first, period_last, due_at, legal_basis, urgency, %(at)s, 'draft', 1,
           {_head("new_id", "kind")}, 'drafter', %(at)s
      FROM new ON CONFLICT ON CONSTRAINT document_duty_key DO NOTHING RETURNING id, kind),
linked AS (INSERT INTO link (document_id, role, target_id, at) SELECT id, 'supplements', %(id)s, %(at)s FROM opened),
{_STEPPED} SELECT document_id FROM stepped
"""
