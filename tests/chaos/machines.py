"""The program's own timetable as workers: plans issued and fanned out, totals made, people told."""

from __future__ import annotations

import random
import time
from typing import Any

from states.database import transaction
from states.errors import DonDocError
from tests.chaos.stage import looking
from tests.chaos.worker import Worker
from workflows import jobs, mail


class Planner(Worker):
    """Issues plans, asks for their fan-out, and finishes what others left half done: the sweep."""

    kind = "planner"

    def act(self) -> None:
        try:
            left = jobs.undone()
        except DonDocError:
            time.sleep(0.05)
            return
        for plan in left:
            self._fan_out(plan)
        if not left:
            self._issue()

    def look(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        with looking() as run:
            if asked["what"] == "issue":
                row = run(_ISSUED, asked).one_or_none()
                return {"plan": row[0], "seq": 1} if row else None
            row = run(_FANNED, asked).one_or_none()
        return {} if row else None

    def _fan_out(self, plan: int) -> None:
        at = self.now()
        self.say(lambda: {"opened": jobs.fan_out(plan, at).reports}, what="fan_out", plan=plan, at=at)

    def _issue(self) -> None:
        at = self.now()

        def issued() -> dict[str, Any]:
            with transaction() as session:
                here = self.stage.cast.on(session, at)
                plan = here.draft_plan()
                here.write_plan(plan)
                number = here.send(plan).number
            return {"plan": plan, "number": number}

        self.say(issued, what="issue", at=at)
        time.sleep(0.3)  # the offices below must come after


class Totals(Worker):
    """The machine that consolidates: what is ready, else whatever was sent."""

    kind = "totals"

    def act(self) -> None:
        try:
            with looking() as run:
                waiting = list(run(_SENT))
        except DonDocError:
            waiting = []
        if not waiting:
            time.sleep(0.15)
            return
        plan, level = random.choice(waiting)
        at = self.now()

        def taken() -> dict[str, Any]:
            done = jobs.consolidate(plan, level, at)
            return {"reports": done.reports, "totals": done.totals}

        self.say(taken, what="consolidate", plan=plan, level=level, at=at)

    def look(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        with looking() as run:
            row = run(_NOTED, asked).one_or_none()
        return {"reports": row[0]} if row else None


class Postman(Worker):
    """Tells people: steps become notices, notices become mails."""

    kind = "postman"

    def act(self) -> None:
        self.say(lambda: {"words": mail.post(self.now())}, what="post")
        time.sleep(0.15)


_ISSUED = "SELECT document_id FROM step WHERE at = %(at)s::timestamptz AND action = 'open' AND kind = 'plan'"
_FANNED = "SELECT 1 FROM flow_note WHERE flow = 'fan_out' AND subject = %(plan)s::text AND at = %(at)s::timestamptz"
_NOTED = "SELECT done -> 'reports' FROM flow_note WHERE flow = 'consolidate' AND at = %(at)s::timestamptz"
_SENT = """
SELECT DISTINCT p.plan_id, p.level FROM document c JOIN document p ON p.id = c.parent_id
 WHERE c.state = 'submitted' AND p.state IN ('draft','returned') LIMIT 20
"""
