"""The demo's stage: a simulated clock, sample people in real units, and acts that read as sentences.

Every act goes through the same functions that the API and the flows use; nothing here writes a state by itself.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from sqlalchemy import Engine, RowMapping
from sqlmodel import Session

from documents import drafting
from states import contents, database, offices, registers, steps, units
from states.calendar import Calendar
from states.days import calendar
from states.lifecycle import Action
from states.offices import NewOffice
from states.periods import LOCAL
from states.policy import Actor
from states.reading import board as boards
from states.reading.standings import Board
from states.steps import Paper, Request, Taken
from workflows import consolidation, deadlines, fanout, planning
from workflows.consolidation import Consolidated
from workflows.deadlines import Watched
from workflows.fanout import FannedOut
from workflows.planning import PlanOrder

DATA = Path(__file__).with_name("data")
SINCE = date(2023, 1, 1)
"""The first day of every sample office."""


@dataclass(frozen=True)
class Part:
    """A part for a sample person: what a story calls him, his seat, title and signing authority."""

    called: str
    seat: str
    title: str
    authority: str = ""


OFFICE = (
    Part("chair", "leader", "Chủ tịch", "TM."),
    Part("vice", "leader", "Phó Chủ tịch", "KT."),
    Part("drafter", "drafter", "Công chức tham mưu"),
    Part("clerk", "clerk", "Văn thư"),
    Part("supervisor", "supervisor", "Công chức theo dõi"),
)
"""A people's committee (UBND)."""

DEPARTMENT = (
    Part("vice", "leader", "Phó Trưởng phòng", "KT."),
    Part("drafter", "drafter", "Chuyên viên"),
    Part("clerk", "clerk", "Văn thư"),
    Part("supervisor", "supervisor", "Chuyên viên theo dõi"),
)
"""A department (Phòng, Sở)."""

COMMITTEE = (
    Part("vice", "leader", "Trưởng Ban, Phó Chủ tịch UBND"),
    Part("drafter", "drafter", "Thư ký Ban"),
    Part("clerk", "clerk", "Văn thư"),
)
"""A committee (Ban): its head is the Vice-chair of the unit that it advises."""

_FIRST_NAMES = ("Nguyễn Văn", "Trần Thị", "Lê Văn", "Phạm Thị", "Lò Văn", "Vàng Thị")


@dataclass
class Stage:
    """Where the stories are played. `engine`: the demo's database; without one the program's own.

    `now` is the simulated moment (aware); `timings` gathers (stage, seconds) in the order played.
    """

    console: Console
    now: datetime
    engine: Engine | None = None
    timings: list[tuple[str, float]] = field(default_factory=list)
    people: dict[tuple[int, str], Actor] = field(default_factory=dict)
    _count: int = 0

    # ── the clock, the bar, the transaction ─────────────────────────────────────────────────────────────────

    def at(self, day: str | date, hour: int = 8, minute: int = 0) -> datetime:
        """Set the clock (Asia/Ho_Chi_Minh): ``stage.at("2023-12-18", 9)``."""
        on = date.fromisoformat(day) if isinstance(day, str) else day
        self.now = datetime(on.year, on.month, on.day, hour, minute, tzinfo=LOCAL)
        return self.now

    def later(self, **by: float) -> datetime:
        """Move the clock on: ``stage.later(hours=2)``."""
        self.now += timedelta(**by)
        return self.now

    @property
    def today(self) -> date:
        """The simulated day, local."""
        return self.now.astimezone(LOCAL).date()

    def transaction(self) -> AbstractContextManager[Session]:
        """One act on the demo's database."""
        return database.transaction(self.engine)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Measure a stage of the play by the real clock."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.timings.append((name, time.perf_counter() - begun))

    def progress(self, title: str, total: int) -> AbstractContextManager[Callable[..., None]]:
        """A bar for work longer than a second; yields what moves it on: ``step()``, ``step(5)``."""
        return progress(self.console, title, total)

    def heading(self, words: str) -> None:
        """Say what is played now."""
        self.console.rule(f"[bold]{words}")

    def say(self, words: str) -> None:
        """Tell one thing that happened, on the simulated day."""
        self._tell(f"[dim]{self.today:%d/%m/%Y}[/]", words)

    def note(self, words: str) -> None:
        """Tell more of what was said last."""
        self._tell("", f"[dim]·[/] {words}")

    # ── units and people ────────────────────────────────────────────────────────────────────────────────────

    def bodies(self, file: Path) -> int:
        """Import committees and departments from a CSV file; returns how many were new."""
        with self.transaction() as session:
            return units.import_csv(session, file)

    def unit(self, name: str) -> int:
        """The one unit of this name or "registry:code" on the simulated day."""
        with self.transaction() as session:
            return units.one(session, name, self.today).id

    def below(self, unit_id: int, level: str) -> dict[str, int]:
        """The units of a level just below one: code → unit."""
        with self.transaction() as session:
            return {u.code: u.id for u in units.children(session, unit_id, self.today) if u.level == level}

    def staff(self, *unit_ids: int, parts: Sequence[Part] = OFFICE) -> None:
        """Give units sample people, named as such, in these seats."""
        with self.transaction() as session:
            for unit_id in unit_ids:
                for part in parts:
                    self.people[unit_id, part.called] = self._person(session, unit_id, part)

    def who(self, unit_id: int, called: str) -> Actor:
        """Who plays that part in that unit."""
        return self.people[unit_id, called]

    def starts_at(self, unit_id: int, series: str, number: int) -> None:
        """An office that starts with the program keeps counting: its register opens at this number."""
        with self.transaction() as session:
            registers.open_register(
                session, unit_id, self.today.year, series, at_number=number,
                office_id=self.who(unit_id, "clerk").office_id, reason="đếm tiếp sổ giấy của năm (mẫu)",
            )  # fmt: skip

    # ── a plan goes down ────────────────────────────────────────────────────────────────────────────────────

    def draft_plan(self, order: PlanOrder, by: Actor | None = None) -> int:
        """Draft a plan as ordered; returns its document."""
        with self.transaction() as session:
            return planning.draft_plan(session, order, by or self.who(order.unit_id, "drafter"), self.now)

    def fan_out(self, plan: int) -> FannedOut:
        """Fan an issued plan out, one transaction per level, as the flow does."""
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
        """The Vice-chair (or who is named) signs what was put up."""
        with self.transaction() as session:
            return drafting.sign(session, document, self._seat(session, document, "issuer_id", called), self.now)

    def submit(self, document: int, *recipients: str) -> Taken:
        """Văn thư gives number and date and sends it; for a plan this is «ban hành»."""
        with self.transaction() as session:
            by = self._seat(session, document, "issuer_id", "clerk")
            request = Request(document, Action.SUBMIT, recipients=recipients)
            return steps.take(session, request, by, self.now)

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

    def rows(self, sql: str, **keys: Any) -> list[RowMapping]:
        """A question in SQL, its answer as mappings."""
        with self.transaction() as session:
            return list(session.connection().exec_driver_sql(sql, keys).mappings())

    def calendar(self) -> Calendar:
        """The working calendar of the demo's database."""
        with self.transaction() as session:
            return calendar(session)

    # ── below ───────────────────────────────────────────────────────────────────────────────────────────────

    def _tell(self, day: str, words: str) -> None:
        row = Table.grid(padding=(0, 2))
        row.add_column(width=10)
        row.add_row(day, words)
        self.console.print(row, highlight=False)

    def _person(self, session: Session, unit_id: int, part: Part) -> Actor:
        self._count += 1
        name = f"{_FIRST_NAMES[self._count % len(_FIRST_NAMES)]} Mẫu {self._count} (mẫu)"
        person = offices.add_person(session, name, email=f"mau{self._count}@dondoc.example", sample=True)
        new = NewOffice(person, unit_id, part.seat, part.title, SINCE, part.authority)
        return Actor(person, offices.give(session, new))

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


@contextmanager
def progress(console: Console, title: str, total: int) -> Iterator[Callable[..., None]]:
    """A bar on this console; yields what moves it on."""
    columns = (TextColumn("{task.description:<46}"), BarColumn(30), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(title, total=total)
        yield lambda by=1: bar.advance(task, by)


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
