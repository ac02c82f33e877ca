"""Fanning a plan out: what it requires of whom becomes documents, level by level, each level one transaction's work.

Every function here may be run again: a unit that has its document keeps it, and nothing is opened twice. A flow that
was killed half-way is simply run again by the sweep.
"""

from dataclasses import dataclass, field
from datetime import datetime

from psycopg.types.json import Jsonb
from sqlmodel import Session

from documents.writing.letterhead import Body, cite
from states.acting import tell_clock
from states.errors import Conflict
from states.lifecycle import Kind
from states.opening import open_child_plans, open_level
from workflows.planning import LEVELS


class NotIssued(Conflict):
    """Kế hoạch {plan} chưa ban hành (the plan is not issued): it fans out when its clerk has numbered and sent it."""


@dataclass(frozen=True)
class Task:
    """One level of one requirement, to be opened in one transaction."""

    plan_id: int
    requirement_id: int
    kind: Kind
    level: str
    above: str | None


@dataclass
class FannedOut:
    """What a fan-out did: reports opened by level, child plans opened, earlier plans attached."""

    plan_id: int
    opened: dict[str, int] = field(default_factory=dict)
    plans: int = 0
    attached: list[str] = field(default_factory=list)

    @property
    def reports(self) -> int:
        """All reports opened in this run."""
        return sum(self.opened.values())

    @property
    def words(self) -> str:
        """What was opened, for whoever watches the run."""
        return f"Đã mở {self.reports} báo cáo, {self.plans} kế hoạch cấp dưới"


def to_fan_out(session: Session) -> list[int]:
    """Issued plans whose fan-out is not noted as done: what the sweep starts again."""
    return list(session.connection().exec_driver_sql(_UNDONE).scalars())


def tasks(session: Session, plan_id: int) -> list[Task]:
    """The levels that an issued plan opens, from the top down. Raises `NotIssued`."""
    run = session.connection().exec_driver_sql
    plan = run(_PLAN, {"plan": plan_id}).one_or_none()
    if plan is None or plan[0] not in ("submitted", "consolidated"):
        raise NotIssued(plan=plan_id)
    level, inherited = plan[1], plan[2]
    found: list[Task] = []
    for requirement, kind, levels in run(_REQUIREMENTS, {"plan": plan_id, "inherited": inherited}):
        ordered = sorted(levels, key=LEVELS.index)
        if kind == Kind.PLAN:
            below = [name for name in ordered if LEVELS.index(name) > LEVELS.index(level)]
            found += [Task(plan_id, requirement, Kind.PLAN, below[0], level)] if below else []
        else:
            pairs = zip([None, *ordered], ordered, strict=False)
            found += [Task(plan_id, requirement, Kind.REPORT, name, above) for above, name in pairs]
    return found


def open_task(session: Session, task: Task, now: datetime, done: FannedOut) -> None:
    """Open one level: the owed reports, or the plans that the units just below must issue."""
    if task.kind is Kind.REPORT:
        depth = _depth(session, task.requirement_id, task.above) if task.above else None
        opened = open_level(session, task.requirement_id, task.level, depth, now)
        done.opened[task.level] = done.opened.get(task.level, 0) + opened
        return
    done.attached += _attach_earlier(session, task, now)
    basis, depth = _basis(session, task.plan_id)
    done.plans += open_child_plans(session, task.plan_id, task.requirement_id, task.level, depth, basis, now)


def note_done(session: Session, done: FannedOut, now: datetime) -> None:
    """Note the fan-out as done, so that the sweep leaves it alone."""
    keys = {"subject": str(done.plan_id), "at": now,
            "done": Jsonb({"opened": done.opened, "plans": done.plans, "attached": done.attached})}  # fmt: skip
    session.connection().exec_driver_sql(_NOTE, keys)


def fan_out(session: Session, plan_id: int, now: datetime) -> FannedOut:
    """The whole fan-out in the caller's transaction (flows take one transaction per level)."""
    done = FannedOut(plan_id)
    for task in tasks(session, plan_id):
        open_task(session, task, now, done)
    note_done(session, done, now)
    return done


def _attach_earlier(session: Session, task: Task, now: datetime) -> list[str]:
    """A child plan issued before its parent answers it all the same: attached, with an «explain», not doubled."""
    tell_clock(session)
    keys = {"parent": task.plan_id, "requirement": task.requirement_id, "level": task.level, "at": now}
    return [f"{name}: {number}" for name, number in session.connection().exec_driver_sql(_ATTACH, keys)]


def _basis(session: Session, plan_id: int) -> tuple[str, int]:
    number, day, unit, level, depth = session.connection().exec_driver_sql(_CITED, {"plan": plan_id}).one()
    return f"Thực hiện {cite('Kế hoạch', number, day, Body(unit, level).short_name)}", depth


def _depth(session: Session, requirement_id: int, level: str) -> int | None:
    keys = {"requirement": requirement_id, "level": level}
    depth = session.connection().exec_driver_sql(_DEPTH, keys).scalar()
    return int(depth) if depth is not None else None


_PLAN = "SELECT state, level, requirement_id FROM document WHERE id = %(plan)s AND kind = 'plan'"
_REQUIREMENTS = """
SELECT r.id, r.kind, array_agg(l.level) FROM requirement r JOIN requirement_level l ON l.requirement_id = r.id
 WHERE r.plan_id = %(plan)s OR r.id = %(inherited)s AND r.kind = 'plan' GROUP BY r.id, r.kind ORDER BY r.id
"""
# A plan that was attached to one above it after its own fan-out has its child plans still to open.
_UNDONE = """
SELECT d.id FROM document d WHERE d.kind = 'plan' AND d.state IN ('submitted','consolidated')
   AND NOT EXISTS (SELECT FROM flow_note n WHERE n.flow = 'fan_out' AND n.subject = d.id::text
                      AND n.at >= coalesce((SELECT max(l.at) FROM link l WHERE l.document_id = d.id
                                               AND l.role = 'answers'), n.at))
   AND (d.requirement_id IS NOT NULL OR EXISTS (SELECT FROM requirement r WHERE r.plan_id = d.id))
 ORDER BY length(d.path), d.id
"""
_NOTE = "INSERT INTO flow_note (flow, subject, at, done) VALUES ('fan_out', %(subject)s, %(at)s, %(done)s)"
_DEPTH = """
SELECT u.depth FROM document d JOIN unit u ON u.id = d.unit_id
 WHERE d.requirement_id = %(requirement)s AND d.level = %(level)s LIMIT 1
"""
_CITED = """
SELECT to_char(s.number, 'FM9900') || '/' || s.symbol, s.date, u.name, u.level, place.depth
  FROM sending s JOIN document d ON d.id = s.document_id JOIN unit u ON u.id = d.issuer_id
  JOIN unit place ON place.id = d.unit_id WHERE s.document_id = %(plan)s ORDER BY s.no DESC LIMIT 1
"""
_ATTACH = """
WITH above AS (SELECT d.*, s.date FROM document d JOIN sending s ON s.document_id = d.id WHERE d.id = %(parent)s
                ORDER BY s.no DESC LIMIT 1),
root AS (SELECT plan_id FROM requirement WHERE id = %(requirement)s),
earlier AS (
    SELECT DISTINCT ON (d.unit_id) d.id, d.unit_id, s.date, to_char(s.number, 'FM9900') || '/' || s.symbol AS number
      FROM document d CROSS JOIN above LEFT JOIN sending s ON s.document_id = d.id
     WHERE d.kind = 'plan' AND d.requirement_id IS NULL AND d.level = %(level)s AND d.state <> 'withdrawn'
       AND d.id <> above.id AND d.path LIKE above.path || '%%' AND d.subject = above.subject AND d.subject <> ''
       AND d.period_first <= above.period_last AND d.period_last >= above.period_first
       AND NOT EXISTS (SELECT FROM document o WHERE o.requirement_id = %(requirement)s AND o.unit_id = d.unit_id)
     ORDER BY d.unit_id, s.no DESC NULLS LAST, d.id),
attached AS (
    UPDATE document d SET requirement_id = %(requirement)s, plan_id = root.plan_id, parent_id = %(parent)s
      FROM earlier e, root WHERE d.id = e.id RETURNING d.id),
linked AS (
    INSERT INTO link (document_id, role, target_id, note, at)
    SELECT id, 'answers', %(parent)s, 'ban hành trước kế hoạch của cấp trên', %(at)s FROM attached
    ON CONFLICT DO NOTHING),
found AS (
    INSERT INTO finding (document_id, code, severity, place, message, message_en, disagree, at)
    SELECT e.id, 'child-before-parent', 'explain', 'legal_basis',
           'Kế hoạch ' || coalesce(e.number, '') || ' ngày ' || to_char(e.date, 'FMDD/FMMM/YYYY')
           || ' ban hành trước kế hoạch của cấp trên ngày ' || to_char(above.date, 'FMDD/FMMM/YYYY'),
           'The plan ' || coalesce(e.number, '') || ' of ' || to_char(e.date, 'FMDD/FMMM/YYYY')
           || ' is older than the plan above of ' || to_char(above.date, 'FMDD/FMMM/YYYY'),
           ARRAY[to_char(e.date, 'FMDD/FMMM/YYYY'), to_char(above.date, 'FMDD/FMMM/YYYY')], %(at)s
      FROM earlier e JOIN attached USING (id) CROSS JOIN above WHERE e.date < above.date
    ON CONFLICT DO NOTHING)
SELECT u.name, coalesce(e.number, 'dự thảo') FROM earlier e JOIN unit u ON u.id = e.unit_id
"""
