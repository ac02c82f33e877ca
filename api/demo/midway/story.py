"""The nation's weeks up to the moment, and where each province has come by then."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from psycopg.types.json import Jsonb

from api.demo import show, simulation
from api.demo.midway import courses
from api.demo.midway.acts import Way, of_ward
from api.demo.midway.courses import Course, Reach
from api.demo.nation import reports
from api.demo.nation.story import Nation, fans_out
from api.demo.nation.told import NATION
from api.demo.simulation import Act, Life
from states.periods import LOCAL
from workflows import consolidation

MOMENT = datetime(2026, 12, 29, 9, 20, tzinfo=LOCAL)
"""Where the play stops: the wards' deadline was seven working days ago, the provinces' is in two."""

QUANG_NGAI, HO_CHI_MINH = "51", "79"
FOCAL = (QUANG_NGAI, HO_CHI_MINH, "01", "12", "46", "48")
"""Provinces whose wards' own plans are signed in the program; elsewhere they came on paper (which plays faster)."""
ON_PAPER = ("04", "08", "11", "20", "44", "66", "86")
"""Where most wards still report on paper."""
SENT, PRESENTED, SIGNED = ("12", "46", "48", "22"), ("31", "24", "37"), ("42", "92")
"""Provinces that have sent their totals, or have them on the leader's or the clerk's desk; the others draft."""
_SHARE = {HO_CHI_MINH: 0.8, "01": 0.93, "12": 1.0, "46": 1.0, "48": 1.0, "22": 1.0}


class Midway(Nation):
    """The campaign of 2026 as far as the moment."""

    @property
    def province_due(self) -> date:
        """The last working day of the year."""
        return date(2026, 12, 31)

    @property
    def nation_due(self) -> date:
        """A week later."""
        return date(2027, 1, 8)

    def weeks(self) -> None:
        """What happened before the moment; what would come after it is left out."""
        acts = [act for act in (*self._of_wards(), *self._of_provinces()) if act.at < MOMENT]
        days = self.days.between(self.days.write_from, MOMENT.date())
        self._go_through(days, acts, "Báo cáo: soạn, trình, ký, gửi, đến lúc dừng")

    def told(self) -> dict[str, Any]:
        """The boards' counts at the moment, and how many reports were taken how far."""
        places = {"nation": NATION, "quang_ngai": self.stage.unit("vn2:51"), "ho_chi_minh": self.stage.unit("vn2:79")}
        boards = {name: show.counts(self.stage.board(self.plan, place).counts) for name, place in places.items()}
        return {"plan": self.plan, "moment": MOMENT.isoformat(), "acts": self.acts, "boards": boards,
                "reached": dict(self.reached), "reminders": dict(self.reminders)}  # fmt: skip

    def plans_below(self) -> None:
        """The provinces' own plans; the wards' in the program where a province has come so far, else on paper."""
        for level, first, last in (("province", date(self.year, 10, 5), date(self.year, 10, 16)),
                                   ("commune", date(self.year, 10, 19), date(self.year, 11, 10))):  # fmt: skip
            days = self.days.between(first, last)
            acts = [act for life in self._lives("plan", level) for act in self._plan(life, life.chance.choice(days))]
            self._go_through(days, acts, f"Kế hoạch riêng, cấp {level}")

    # ── below ───────────────────────────────────────────────────────────────────────────────────────────────

    def __post_init__(self) -> None:
        """The wards that the data name; where each province is."""
        super().__post_init__()
        self.named = courses.named()
        self.reached: Counter[str] = Counter()
        self.codes = {row["id"]: row["code"] for row in self.stage.rows(_PROVINCES)}
        wards = self.stage.rows(_WARDS)
        self.names = {row["id"]: row["name"] for row in wards}
        self.first = {row["parent_id"]: row["id"] for row in reversed(wards)}

    def _plan(self, life: Life, day: date) -> Iterator[Act]:
        """Issued and fanned out; from a ward that is not with the program yet it comes as a paper."""
        if self.codes.get(life.above, FOCAL[0]) in FOCAL:
            yield from simulation.plan(life, day, self.plan_text, fans_out(life.document))
            yield simulation.receiving(life, day)
            return
        at = datetime(day.year, day.month, day.day, 14, life.chance.randrange(60), tzinfo=LOCAL)
        register, issued = simulation.registering(life, self.plan_text, "KH-UBND"), fans_out(life.document)
        yield Act(at, life.document, life.above, lambda s, moment: (register(s, moment), issued(s, moment)))

    def _of_wards(self) -> Iterable[Act]:
        for life in self._lives("report", "commune"):
            course = self._course(life)
            self.reached[course.reaches.value] += 1
            typed = reports.figures(life.chance)
            life.entered = self.codes[life.above] in FOCAL
            yield from of_ward(Way(life, course, self.days, typed, reports.corrected(typed)))

    def _course(self, life: Life) -> Course:
        code = self.codes[life.above]
        if known := self.named.get((code, self.names[life.unit])):
            return known
        if code == QUANG_NGAI:
            return Course(Reach.SENT, life.chance.choices((-2, -1, 0), (2, 3, 4))[0])
        if code not in SENT and life.unit == self.first[life.above]:
            return Course(Reach.DRAFTING, 5, until=8)  # so that no level is complete before the day after tomorrow
        share = _SHARE.get(code) or random.Random(f"{self.seed}/share/{code}").triangular(0.62, 0.99, 0.93)
        course = courses.by_chance(life.chance, share, 0.7 if code in ON_PAPER else 0.01)
        return replace(course, day=min(course.day, 4)) if code in SENT else course

    def _of_provinces(self) -> Iterable[Act]:
        """Own figures first; then some send, some wait for a signature or a number."""
        for life in self._lives("report", "province"):
            code = self.codes[life.unit]
            if life.chance.random() < 0.25 and code not in (*SENT, *PRESENTED, *SIGNED, *FOCAL):
                continue
            day = self.days.after(self.days.due, life.chance.randint(2, 4))
            yield simulation.writing(life, day, reports.own_figures(life.chance))
            acts = list(simulation.sending(life, self.days.after(self.days.due, 5 if code in SENT else 6)))
            yield from acts[: 4 if code in SENT else 1 if code in PRESENTED else 2 if code in SIGNED else 0]

    def _evening(self, day: date) -> None:
        """Everywhere two and four working days after the deadline; then only where the province goes on drafting."""
        counted = self.days.calendar.working_days_between(self.days.due, day)
        if counted in (2, 4):
            self._consolidate(day, "/")
        elif counted == 6:
            idle = (*SENT, *PRESENTED, *SIGNED, QUANG_NGAI, HO_CHI_MINH)
            for row in self.stage.rows(_TOTALS, plan=self.plan):
                if row["code"] not in idle:
                    self._consolidate(day, row["path"])

    def _consolidate(self, day: date, path: str) -> None:
        now = self.stage.at(day, 17, 30)
        with self.stage.transaction() as session:
            done = consolidation.consolidate(session, self.plan, "province", now, unit_path=path)
            told = {"level": "province", "totals": done.totals, "reports": done.reports,
                    "supplements": done.supplements, "gaps": done.gaps}  # fmt: skip
            keys = {"plan": str(self.plan), "at": now, "done": Jsonb(told)}
            session.connection().exec_driver_sql(_NOTE, keys)

    def _board_days(self) -> tuple[date, ...]:
        return ()


_PROVINCES = "SELECT id, code FROM unit WHERE registry = 'vn2' AND level = 'province' ORDER BY code"
_TOTALS = """
SELECT u.code, u.path FROM document d JOIN unit u ON u.id = d.unit_id
 WHERE d.plan_id = %(plan)s AND d.kind = 'report' AND d.level = 'province' AND d.supplement = 0 ORDER BY u.code
"""
_WARDS = "SELECT id, name, parent_id FROM unit WHERE registry = 'vn2' AND level = 'commune' ORDER BY code"
_NOTE = "INSERT INTO flow_note (flow, subject, at, done) VALUES ('consolidate', %(plan)s, %(at)s, %(done)s)"
