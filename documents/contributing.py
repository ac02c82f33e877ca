"""Contributions inside a unit (số liệu đóng góp): asked for by a plan's assignees, given in any way, kept as content.

A plan's tasks name posts, bodies and others who can only be asked («đề nghị»). Each may owe a small contribution to its
unit's report. What comes by phone or on paper is entered for them, with who gave it and who took it; every giving is a
revision of its own, and the signature of the unit's report covers it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from documents.drafting import form_of, free_lines
from documents.filled import figures_of
from documents.forms import label_key
from documents.typed import enter
from states import contents
from states.errors import Conflict, Invalid, NotFound
from states.periods import midnight
from states.policy import Actor, Holder

CHANNELS = ("program", "phone", "paper", "message")


class NoSuchContribution(NotFound):
    """Không có số liệu đóng góp số {contribution} (no such contribution): look at the report's list again."""


class AlreadyAsked(Conflict):
    """{assignee} đã được giao đóng góp cho báo cáo này (asked already): it is in the report's list."""


class BadContribution(Invalid):
    """Số liệu đóng góp chưa nhận được (the contribution can't be taken): {why}."""


@dataclass(frozen=True)
class Contribution:
    """What one assignee owes to a report, and what he gave last.

    `asked_only`: only asked («đề nghị»), never late. `in_draft`: it stands in what the report would sum now. `signed`:
    the signature on the report's current content covers it.
    """

    id: int
    assignee: str
    task: str
    unit_id: int | None
    asked_only: bool
    due_at: datetime | None
    asked_at: datetime
    asked_by: str
    revision_id: int | None
    given_by: str | None
    channel: str | None
    taken_by: str | None
    given_at: datetime | None
    first_given_at: datetime | None
    times: int
    in_draft: bool
    signed: bool

    def late(self, now: datetime) -> bool:
        """Whether it came, or has still not come, after its day; who is only asked is never late."""
        if self.asked_only or self.due_at is None:
            return False
        return (self.first_given_at or now) > self.due_at


def ask(
    session: Session, document_id: int, assignee: str, holder: Holder, at: datetime, task: str = "",
    due_at: datetime | None = None, *, asked_only: bool = False, unit_id: int | None = None,
) -> int:  # fmt: skip
    """Ask somebody for a contribution to a report in drafting; returns its number.

    Raises `AlreadyAsked`, `BadContribution` without a name, `NotADraft`, `NotItsDrafter`.
    """
    contents.lock_draft(session, document_id, holder)
    asked = _ask(session, document_id, assignee, holder, at, task, due_at, asked_only, unit_id)
    if asked is None:
        raise AlreadyAsked(assignee=assignee)
    return asked


def ask_all_from_plan(
    session: Session, plan_id: int, report_id: int, holder: Holder, at: datetime, due_at: datetime | None = None
) -> list[int]:
    """Ask every assignee that the unit's own plan names, with his tasks; who was asked already is passed over.

    `due_at` holds for those whom the plan gives no day of their own; a day ends at 24:00 (Asia/Ho_Chi_Minh). Who is
    only asked («đề nghị») is told by the plan, else by its form. Returns the new contributions' numbers.
    """
    contents.lock_draft(session, report_id, holder)
    plan = session.connection().exec_driver_sql(_PLAN, {"plan": plan_id}).scalar() or {}
    polite = {label_key(known.name) for known in form_of(session, plan_id).assignees if known.asked}
    named = [entry for entry in plan.get("assignees") or () if label_key(str(entry.get("name") or ""))]
    asked = [
        _ask(session, report_id, entry["name"], holder, at, _tasks(entry), _due(entry) or due_at,
             bool(entry.get("asked", label_key(entry["name"]) in polite)), None)
        for entry in named
    ]  # fmt: skip
    return [number for number in asked if number is not None]


def give(
    session: Session, contribution_id: int, typed: Mapping[str, Any], given_by: str, channel: str, holder: Holder,
    at: datetime,
) -> int:  # fmt: skip
    """Take what was given, in place of what the same assignee gave before; returns the revision cut from it.

    `holder` takes it in: the report's drafter, its leader, or an officer of the contributing body itself. Only while
    the report is a draft. Raises `NoSuchContribution`, `BadContribution`, `BadContent`, `NotADraft`, `NotItsDrafter`.
    """
    document_id, unit_id = _of(session, contribution_id)
    if channel not in CHANNELS or not given_by.strip():
        raise BadContribution(why=f"ghi rõ ai cung cấp và bằng cách nào ({', '.join(CHANNELS)})")
    own_body = unit_id is not None and holder.unit_id == unit_id and holder.seat in ("drafter", "leader")
    contents.lock_draft(session, document_id, None if own_body else holder)
    shape = form_of(session, document_id)
    content = enter(dict(typed), shape).content
    figures, free = figures_of(content, shape), free_lines(content, shape)
    if not figures and not free:
        raise BadContribution(why="chưa có số liệu nào; nếu không phát sinh thì ghi «Không»")
    by = Actor(holder.person_id, holder.office_id)
    revision = contents.cut(session, document_id, "contribution", content, figures, by, at,
                            authors=[holder.person_id], free=free, covered=0, expected=0)  # fmt: skip
    keys = {"contribution": contribution_id, "document": document_id, "revision": revision, "channel": channel,
            "given_by": given_by.strip(), "office": holder.office_id, "person": holder.person_id, "at": at}  # fmt: skip
    for statement in (_SWAP, _GIVE, _AUTHOR):
        session.connection().exec_driver_sql(statement, keys)
    return revision


def state_of(session: Session, document_id: int) -> list[Contribution]:
    """Every contribution of a report: asked of whom and until when, given by whom, taken by whom, how."""
    rows = session.connection().exec_driver_sql(_STATE, {"id": document_id})
    return [Contribution(*row) for row in rows]


def _ask(
    session: Session, document_id: int, assignee: str, holder: Holder, at: datetime, task: str,
    due_at: datetime | None, asked_only: bool, unit_id: int | None,
) -> int | None:  # fmt: skip
    if not label_key(assignee):
        raise BadContribution(why="chưa ghi tên người hoặc đơn vị đóng góp")
    keys = {"document": document_id, "assignee": assignee.strip(), "key": label_key(assignee), "unit": unit_id,
            "asked_only": asked_only, "due": due_at, "task": task, "at": at, "office": holder.office_id}  # fmt: skip
    return session.connection().exec_driver_sql(_ASK, keys).scalar()


def _tasks(entry: Mapping[str, Any]) -> str:
    tasks = entry.get("tasks") or entry.get("task") or ""
    return "; ".join(map(str, tasks)) if isinstance(tasks, list) else str(tasks)


def _due(entry: Mapping[str, Any]) -> datetime | None:
    """The end of the day that the plan names (2026-12-15); words that are no day give none."""
    try:
        return midnight(date.fromisoformat(str(entry.get("due"))) + timedelta(days=1))
    except ValueError:
        return None


def _of(session: Session, contribution_id: int) -> tuple[int, int | None]:
    row = session.connection().exec_driver_sql(_OF, {"id": contribution_id}).one_or_none()
    if row is None:
        raise NoSuchContribution(contribution=contribution_id)
    return row[0], row[1]


_ASK = """
INSERT INTO contribution (document_id, assignee, assignee_key, unit_id, asked_only, due_at, task, asked_at, asked_by)
VALUES (%(document)s, %(assignee)s, %(key)s, %(unit)s, %(asked_only)s, %(due)s, %(task)s, %(at)s, %(office)s)
ON CONFLICT ON CONSTRAINT contribution_key DO NOTHING RETURNING id
"""
# The plan as it was signed; one that is still written, as it was put up or saved last.
_PLAN = """
SELECT coalesce(r.content, w.content) FROM document d LEFT JOIN revision r ON r.id = d.revision_id
  LEFT JOIN working_copy w ON w.document_id = d.id WHERE d.id = %(plan)s AND d.kind = 'plan'
"""
_OF = "SELECT document_id, unit_id FROM contribution WHERE id = %(id)s"
_SWAP = """
WITH older AS (DELETE FROM intake i USING contribution_given g
    WHERE g.contribution_id = %(contribution)s AND i.document_id = %(document)s AND i.source_id = g.revision_id)
INSERT INTO intake (document_id, source_id, taken_at) VALUES (%(document)s, %(revision)s, %(at)s)
"""
_GIVE = """
INSERT INTO contribution_given (contribution_id, revision_id, given_by, channel, taken_by, at)
VALUES (%(contribution)s, %(revision)s, %(given_by)s, %(channel)s, %(office)s, %(at)s)
"""
# Who enters figures is an author of the report (four eyes), and what was put up before is no longer its newest content.
_AUTHOR = """
INSERT INTO working_copy AS w (document_id, content, version, authors, updated_at, updated_by)
VALUES (%(document)s, '{}', 0, ARRAY[%(person)s], %(at)s, %(person)s)
ON CONFLICT (document_id) DO UPDATE SET updated_at = excluded.updated_at, updated_by = excluded.updated_by,
    authors = (SELECT array_agg(DISTINCT a ORDER BY a) FROM unnest(w.authors || excluded.authors) a)
"""
_STATE = """
SELECT c.id, c.assignee, c.task, c.unit_id, c.asked_only, c.due_at, c.asked_at, asker.full_name, g.revision_id,
       g.given_by, g.channel, taker.full_name, g.at, g.first_at, coalesce(g.times, 0),
       EXISTS (SELECT FROM intake i WHERE i.document_id = c.document_id AND i.source_id = g.revision_id),
       EXISTS (SELECT FROM document d JOIN derivation v ON v.revision_id = d.revision_id
                WHERE d.id = c.document_id AND v.source_id = g.revision_id)
  FROM contribution c JOIN office ask ON ask.id = c.asked_by JOIN person asker ON asker.id = ask.person_id
  LEFT JOIN LATERAL (
      SELECT g.*, min(g.at) OVER () AS first_at, count(*) OVER () AS times FROM contribution_given g
       WHERE g.contribution_id = c.id ORDER BY g.id DESC LIMIT 1) g ON true
  LEFT JOIN office take ON take.id = g.taken_by LEFT JOIN person taker ON taker.id = take.person_id
 WHERE c.document_id = %(id)s ORDER BY c.asked_only, c.id
"""
