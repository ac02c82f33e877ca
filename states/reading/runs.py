"""Runs of the flows as people see them (tác vụ tự động): how far, how it ended, and whether one has died (đứt)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlmodel import Session

DEAD_AFTER = timedelta(minutes=2)
"""A run says at least three times a minute that it lives; one that has been silent for so long has died."""
_SHOWN_BROKEN = timedelta(hours=1)


class Outcome(StrEnum):
    """How a run stands."""

    RUNNING = "running"  # đang chạy
    BROKEN = "broken"  # đứt: its process died; the sweep does what is left
    DONE = "done"  # xong
    FAILED = "failed"  # hỏng


WORDS = {
    Outcome.RUNNING: "đang chạy",
    Outcome.BROKEN: "đứt",
    Outcome.DONE: "xong",
    Outcome.FAILED: "hỏng",
}
FLOWS = {
    "fan-out-plan": "Triển khai kế hoạch",
    "consolidate": "Tổng hợp số liệu",
    "watch-deadlines": "Theo dõi thời hạn",
    "deliver": "Gửi thông báo",
    "seal": "Niêm phong nhật ký",
}


@dataclass(frozen=True)
class Run:
    """One run. `done` of `total` parts (levels, groups of totals, messages); `words`: what it does, or what it did."""

    id: int
    flow: str
    plan_id: int | None
    plan: str | None
    words: str
    done: int
    total: int
    began_at: datetime
    beat_at: datetime
    ended_at: datetime | None
    error: str | None
    outcome: Outcome

    @property
    def share(self) -> float:
        """How far, from 0 to 1, for a progress bar."""
        return 1.0 if self.outcome is Outcome.DONE else min(self.done / self.total, 1.0) if self.total else 0.0

    @property
    def flow_words(self) -> str:
        """The flow's name in Vietnamese."""
        return FLOWS.get(self.flow, self.flow)

    @property
    def outcome_words(self) -> str:
        """How it stands, in words."""
        return WORDS[self.outcome]

    @property
    def took(self) -> timedelta:
        """How long it has worked, as far as it told."""
        return (self.ended_at or self.beat_at) - self.began_at


def running_now(session: Session, plan_id: int | None, at: datetime) -> list[Run]:
    """Runs that have not ended, of a plan or (None) of all, the newest first.

    One that died is told for an hour, unless the same work was begun again.
    """
    keys = {"plan": plan_id, "at": at, "dead": at - DEAD_AFTER, "forgotten": at - _SHOWN_BROKEN}
    where = _LIVE + ("" if plan_id is None else " AND r.plan_id = %(plan)s") + " ORDER BY r.id DESC"
    return [_run(tuple(row)) for row in session.connection().exec_driver_sql(_RUNS.format(where), keys)]


def recent(session: Session, limit: int, at: datetime, *, before: int | None = None) -> list[Run]:
    """The newest runs, however they stand at this moment. `before`: the last one's `id` of the page before."""
    keys = {"limit": limit, "dead": at - DEAD_AFTER, "before": before}
    where = ("" if before is None else " AND r.id < %(before)s") + " ORDER BY r.id DESC LIMIT %(limit)s"
    return [_run(tuple(row)) for row in session.connection().exec_driver_sql(_RUNS.format(where), keys)]


def _run(row: tuple[Any, ...]) -> Run:
    return Run(*[*row[:-1], Outcome(row[-1])])


_LIVE = """
   AND r.ended_at IS NULL AND (r.beat_at >= %(dead)s OR r.beat_at >= %(forgotten)s AND NOT EXISTS (
        SELECT FROM running n WHERE n.flow = r.flow AND n.plan_id IS NOT DISTINCT FROM r.plan_id AND n.id > r.id))
"""
_RUNS = """
SELECT r.id, r.flow, r.plan_id, d.title, r.words, r.done, r.total, r.began_at, r.beat_at, r.ended_at, r.error,
       CASE WHEN r.ended_at IS NOT NULL THEN r.outcome WHEN r.beat_at < %(dead)s THEN 'broken' ELSE 'running' END
  FROM running r LEFT JOIN document d ON d.id = r.plan_id WHERE true {0}
"""
