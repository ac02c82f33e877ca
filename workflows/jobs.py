"""What the flows do, as plain functions: each does its work in its own transactions and may be run again at any time.

Prefect runs them on a timetable (`workflows.flows`); without Prefect the command line runs the same functions.
`now` is always given from outside.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime

from psycopg.types.json import Jsonb

from states.database import transaction
from states.days import calendar
from states.reading.spoken import KINDS
from states.reading.spoken import LEVELS as LEVEL_WORDS
from workflows import clearing, consolidation, deadlines, fanout
from workflows.consolidation import Consolidated
from workflows.fanout import FannedOut, Task
from workflows.progress import Tell, progress


@dataclass
class Swept:
    """What a sweep found undone and did."""

    fanned_out: list[FannedOut] = field(default_factory=list)
    watched: deadlines.Watched | None = None


def tasks_of(plan_id: int) -> list[Task]:
    """The levels that an issued plan opens, from the top down."""
    with transaction() as session:
        return fanout.tasks(session, plan_id)


def open_one(task: Task, now: datetime, done: FannedOut) -> None:
    """Open one level in one transaction."""
    with transaction() as session:
        fanout.open_task(session, task, now, done)


def finish(done: FannedOut, now: datetime) -> None:
    """Note a fan-out as done; it was whole, for each of its levels has been committed."""
    with transaction() as session:
        fanout.note_done(session, done, now)


def fan_out(plan_id: int, now: datetime) -> FannedOut:
    """Fan one issued plan out, one transaction per level."""
    done, levels = FannedOut(plan_id), tasks_of(plan_id)
    with telling_fan_out(plan_id, levels, now) as tell:
        for number, task in enumerate(levels):
            tell(number, opening(task))
            open_one(task, now, done)
        finish(done, now)
        if levels:
            tell(len(levels), done.words)
    return done


def telling_fan_out(plan_id: int, levels: list[Task], now: datetime) -> AbstractContextManager[Tell]:
    """Tells how far a fan-out is; one that has nothing to open says nothing."""
    return progress(None, "fan-out-plan", plan_id, len(levels), "Triển khai kế hoạch", now, quiet=not levels)


def opening(task: Task) -> str:
    """What a fan-out is doing at one level, in words."""
    return f"Mở {KINDS[task.kind]} {LEVEL_WORDS.get(task.level, task.level)}"


def undone() -> list[int]:
    """Issued plans whose fan-out never came to its end."""
    with transaction() as session:
        return fanout.to_fan_out(session)


def sweep(now: datetime) -> Swept:
    """The backstop: finish every fan-out that was asked for and not done, then climb the ladder of reminders."""
    swept = Swept()
    while plans := undone():  # a child plan that was attached fans out in its turn
        swept.fanned_out += [fan_out(plan_id, now) for plan_id in plans]
    swept.watched = watch(now)
    return swept


def watch(now: datetime) -> "deadlines.Watched":
    """One look at all deadlines: reminders, escalations; and what is kept only for a while goes."""
    with progress(None, "watch-deadlines", None, 1, "", now, quiet=True) as tell:
        with transaction() as session:
            done = deadlines.watch(session, now, calendar(session))
            clearing.clear(session, now)
        if done.climbed:
            tell(1, f"Nhắc về {sum(done.climbed.values())} văn bản, {done.notices} thông báo")
    return done


def ready(now: datetime) -> list[tuple[int, str]]:
    """(plan, level) whose totals wait for a run."""
    with transaction() as session:
        return consolidation.ready(session, now)


def consolidate(plan_id: int, level: str, now: datetime, unit_path: str = "/") -> Consolidated:
    """Take up one level of one plan, and note what was done with the gaps by name."""
    doing = f"Tổng hợp {LEVEL_WORDS.get(level, level)}"
    with progress(None, "consolidate", plan_id, 0, doing, now) as tell, transaction() as session:
        done = consolidation.consolidate(session, plan_id, level, now, unit_path=unit_path, tell=tell)
        note = {"level": level, "totals": done.totals, "reports": done.reports, "supplements": done.supplements,
                "gaps": done.gaps}  # fmt: skip
        keys = {"subject": str(plan_id), "at": now, "done": Jsonb(note)}
        session.connection().exec_driver_sql(_NOTE, keys)
        tell(max(done.totals, 1), f"{doing}: {done.reports} báo cáo vào {done.totals} bản tổng hợp, "
             f"còn thiếu {done.missing}", total=max(done.totals, 1))  # fmt: skip
    return done


_NOTE = "INSERT INTO flow_note (flow, subject, at, done) VALUES ('consolidate', %(subject)s, %(at)s, %(done)s)"
