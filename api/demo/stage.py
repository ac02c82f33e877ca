"""The demo's stage: what people do with a plan or a report, in acts that read as sentences.

Every act goes through the same functions that the API and the flows use; nothing here writes a state by itself.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import RowMapping
from sqlmodel import Session

from api.demo.orchestra import Prefect
from api.demo.scene import COMMITTEE as COMMITTEE
from api.demo.scene import DATA as DATA
from api.demo.scene import DEPARTMENT as DEPARTMENT
from api.demo.scene import DIRECTORATE as DIRECTORATE
from api.demo.scene import OFFICE as OFFICE
from api.demo.scene import SINCE as SINCE
from api.demo.scene import Scene
from api.demo.scene import progress as progress
from documents import drafting
from documents.signing import acts as signing
from documents.signing.sample import SAMPLE_PASSPHRASE
from documents.signing.trust import Means
from states import contents, offices, steps
from states.days import calendar
from states.lifecycle import Action
from states.policy import Actor
from states.reading import board as boards
from states.reading.standings import Board
from states.steps import Paper, Request, Taken
from workflows import consolidation, deadlines, fanout, planning
from workflows.consolidation import Consolidated
from workflows.deadlines import Watched
from workflows.fanout import FannedOut
from workflows.planning import PlanOrder


class Stage(Scene):
    """Where the stories are played: the scene with the acts that its people do."""

    prefect: Prefect | None = None
    means: Means | None = None
    """What people sign with who have a certificate; without it the play issues none."""

    # ── a plan goes down ────────────────────────────────────────────────────────────────────────────────────

    def draft_plan(self, order: PlanOrder, by: Actor | None = None) -> int:
        """Draft a plan as ordered; returns its document."""
        with self.transaction() as session:
            return planning.draft_plan(session, order, by or self.who(order.unit_id, "drafter"), self.now)

    def fan_out(self, plan: int) -> FannedOut:
        """Fan an issued plan out: by Prefect where the play has one, else in one transaction per level, as its flow."""
        if self.prefect:
            if done := self.prefect.fan_out(plan, self.now, self.transaction):
                return done
            self.console.print("Prefect chưa trả lời, triển khai trực tiếp (Prefect did not answer: run plainly).")
        done = FannedOut(plan)
        with self.transaction() as session:
            tasks = fanout.tasks(session, plan)
        for task in tasks:
            with self.transaction() as session:
                fanout.open_task(session, task, self.now, done)
        with self.transaction() as session:
            fanout.note_done(session, done, self.now)
        return done

    def sweep(self) -> list[FannedOut]:
        """Finish every fan-out that was not noted as done; a plan that was attached fans out in its turn."""
        done: list[FannedOut] = []
        while True:
            with self.transaction() as session:
                undone = fanout.to_fan_out(session)
            if not undone:
                return done
            done += [self.fan_out(plan) for plan in undone]

    # ── a document's life ───────────────────────────────────────────────────────────────────────────────────

    def write(self, document: int, typed: Mapping[str, Any]) -> list[str]:
        """The drafter saves what he typed; returns how each typed number was understood."""
        with self.transaction() as session:
            by = self._seat(session, document, "drafter_id", "drafter")
            holder = offices.holder(session, by, self.today).holder
            version = contents.draft(session, document).version
            return drafting.save(session, document, typed, version, holder, self.now)[1]

    def present(self, document: int, words: str = "") -> list[str]:
        """Trình ký; with `words` the drafter explains every finding that asks for it. Returns what was explained."""
        with self.transaction() as session:
            by = self._seat(session, document, "drafter_id", "drafter")
            drafting.present(session, document, by, self.now)
            return self._explain(session, document, by, words) if words else []

    def explain(self, document: int, words: str) -> list[str]:
        """The drafter explains what was found on a document that is out already."""
        with self.transaction() as session:
            by = self._seat(session, document, "drafter_id", "drafter")
            return self._explain(session, document, by, words)

    def sign(self, document: int, called: str = "vice") -> Taken:
        """The Vice-chair (or who is named) signs what was put up, with his certificate if he has one."""
        with self.transaction() as session:
            by, request = self._seat(session, document, "issuer_id", called), Request(document, Action.SIGN)
            return signing.sign_document(session, request, by, self.now, SAMPLE_PASSPHRASE, by=self.means)

    def submit(self, document: int, *recipients: str) -> Taken:
        """Văn thư gives number and date, seals and sends it; for a plan this is «ban hành»."""
        with self.transaction() as session:
            by = self._seat(session, document, "issuer_id", "clerk")
            request = Request(document, Action.SUBMIT, recipients=recipients)
            return signing.submit_document(session, request, by, self.now, SAMPLE_PASSPHRASE, by=self.means)

    def send(self, document: int, *recipients: str, words: str = "", called: str = "vice") -> Taken:
        """Present, sign and submit what was written, within one morning."""
        self.present(document, words)
        self.later(minutes=90)
        self.sign(document, called)
        self.later(minutes=30)
        return self.submit(document, *recipients)

    def receive(self, document: int) -> Taken:
        """The receiver's clerk enters it into the incoming register."""
        with self.transaction() as session:
            by = self._seat(session, document, "receiver_id", "clerk")
            return steps.take(session, Request(document, Action.RECEIVE), by, self.now)

    def give_back(self, report: int, code: str, reason: str, until: str) -> Taken:
        """The receiver returns a report with a coded reason, words and a day to answer by."""
        return self._back(report, Action.RETURN, code, reason, until)

    def reopen(self, report: int, code: str, reason: str, until: str) -> Taken:
        """The receiver reopens a report that was consolidated; every total above becomes stale."""
        return self._back(report, Action.REOPEN, code, reason, until)

    def register(self, report: int, typed: Mapping[str, Any], paper: Paper) -> Taken:
        """The receiver's clerk registers a paper that was signed outside the system."""
        with self.transaction() as session:
            by = self._seat(session, report, "receiver_id", "clerk")
            return drafting.register_paper(session, report, typed, paper, by, self.now)

    def watch(self) -> Watched:
        """One look at all deadlines, as the flow takes it: reminders and escalations."""
        with self.transaction() as session:
            return deadlines.watch(session, self.now, calendar(session))

    def close_plans(self) -> int:
        """Plans whose last required report is in become consolidated; returns how many."""
        with self.transaction() as session:
            return consolidation.close_plans(session, self.now)

    def consolidate(self, plan: int, level: str) -> Consolidated:
        """Take up what was sent into the totals of one level."""
        with self.transaction() as session:
            return consolidation.consolidate(session, plan, level, self.now)

    # ── questions ───────────────────────────────────────────────────────────────────────────────────────────

    def owed(self, plan: int, unit_id: int, kind: str = "report") -> int:
        """The document that a unit owes under a plan."""
        with self.transaction() as session:
            keys = {"plan": plan, "unit": unit_id, "kind": kind}
            return int(session.connection().exec_driver_sql(_OWED, keys).scalar_one())

    def document(self, document: int) -> RowMapping:
        """A document's row."""
        with self.transaction() as session:
            return _document(session, document)

    def board(self, plan: int, place: int) -> Board:
        """The board of a plan for a unit with all below it."""
        with self.transaction() as session:
            return boards.board(session, plan, place, self.now, calendar(session))

    # ── below ───────────────────────────────────────────────────────────────────────────────────────────────

    def _seat(self, session: Session, document: int, relation: str, called: str) -> Actor:
        return self.who(_document(session, document)[relation], called)

    def _explain(self, session: Session, document: int, by: Actor, words: str) -> list[str]:
        holder = offices.holder(session, by, self.today).holder
        found = session.connection().exec_driver_sql(_TO_EXPLAIN, {"id": document}).all()
        for code, place, _ in found:
            contents.explain(session, document, code, place, words, holder, self.now)
        return [message for _, _, message in found]

    def _back(self, report: int, action: Action, code: str, reason: str, until: str) -> Taken:
        due = self.calendar().due_at(date.fromisoformat(until))
        with self.transaction() as session:
            by = self._seat(session, report, "receiver_id", "supervisor")
            request = Request(report, action, reason=reason, reason_code=code, due_at=due)
            return steps.take(session, request, by, self.now)


def _document(session: Session, document: int) -> RowMapping:
    found = session.connection().exec_driver_sql("SELECT * FROM document WHERE id = %(id)s", {"id": document})
    return found.mappings().one()


_OWED = """
SELECT id FROM document WHERE plan_id = %(plan)s AND unit_id = %(unit)s AND kind = %(kind)s AND supplement = 0
"""
_TO_EXPLAIN = """
SELECT f.code, f.place, f.message FROM finding f
 WHERE f.document_id = %(id)s AND f.severity = 'explain'
   AND (f.revision_id IS NULL OR f.revision_id = (SELECT max(id) FROM revision r
                                                   WHERE r.document_id = %(id)s AND r.part = 'whole'))
   AND NOT EXISTS (SELECT FROM explanation e WHERE e.document_id = f.document_id AND e.code = f.code
                      AND e.place = f.place)
 ORDER BY f.id
"""
