"""The demo's scene: a simulated clock, the demo's database, a voice, and sample people in real units."""

import time
from collections.abc import Callable, Iterator, Sequence
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

from states import database, offices, registers, units
from states.calendar import Calendar
from states.days import calendar
from states.offices import NewOffice
from states.periods import LOCAL
from states.policy import Actor

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
"""A district's department (Phòng)."""

DIRECTORATE = (Part("vice", "leader", "Phó Giám đốc", "KT."), *DEPARTMENT[1:])
"""A province's department (Sở)."""

COMMITTEE = (
    Part("vice", "leader", "Trưởng Ban, Phó Chủ tịch UBND"),
    Part("drafter", "drafter", "Thư ký Ban"),
    Part("clerk", "clerk", "Văn thư"),
)
"""A committee (Ban): its head is the Vice-chair of the unit that it advises."""

_FIRST_NAMES = ("Nguyễn Văn", "Trần Thị", "Lê Văn", "Phạm Thị", "Lò Văn", "Vàng Thị")


@dataclass
class Scene:
    """Where and when the stories are played. `engine`: the demo's database; without one the program's own.

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

    def staff(self, *unit_ids: int, parts: Sequence[Part] = OFFICE, same_as: int | None = None) -> None:
        """Give units sample people, named as such, in these seats; those of `same_as` hold the like seats here too."""
        with self.transaction() as session:
            for unit_id in unit_ids:
                for part in parts:
                    known = self.people.get((same_as or 0, part.called))
                    person = known.person_id if known else self._person(session)
                    new = NewOffice(person, unit_id, part.seat, part.title, SINCE, part.authority)
                    self.people[unit_id, part.called] = Actor(person, offices.give(session, new))

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

    # ── questions ───────────────────────────────────────────────────────────────────────────────────────────

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

    def _person(self, session: Session) -> int:
        self._count += 1
        name = f"{_FIRST_NAMES[self._count % len(_FIRST_NAMES)]} Mẫu {self._count} (mẫu)"
        return offices.add_person(session, name, email=f"mau{self._count}@dondoc.example", sample=True)


@contextmanager
def progress(console: Console, title: str, total: int) -> Iterator[Callable[..., None]]:
    """A bar on this console; yields what moves it on."""
    columns = (TextColumn("{task.description:<46}"), BarColumn(30), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(title, total=total)
        yield lambda by=1: bar.advance(task, by)
