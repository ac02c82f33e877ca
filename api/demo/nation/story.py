"""The story as it goes: October's plans, December's reports day by day, the totals of the last days."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from api.demo import simulation
from api.demo.nation import people, reports, told
from api.demo.nation.told import NATION
from api.demo.scene import OFFICE
from api.demo.simulation import Act, Days, Do, Fate, Life, Staff
from api.demo.stage import Stage
from documents.forms import form
from states import periods, units
from states.lifecycle import Kind
from states.reading import coverage
from workflows import consolidation, deadlines, fanout
from workflows.planning import LevelOrder, PlanOrder, RequirementOrder

YEAR = 2026
BASIS = "Chương trình phòng ngừa và ứng phó với bạo lực trên cơ sở giới giai đoạn 2021 - 2025 (mẫu)"


@dataclass
class Nation:
    """The story as it goes: what was opened, who is late by fate, what boards showed, what each evening took up."""

    stage: Stage
    seed: int
    year: int = YEAR
    plan: int = 0
    addressees: tuple[tuple[int, bool], ...] = ((NATION, True),)
    days: Days = field(init=False)
    report: int = 0
    acts: int = 0
    sent_late: int = 0
    fates: Counter[Fate] = field(default_factory=Counter)
    reminders: Counter[str] = field(default_factory=Counter)
    runs: list[dict[str, Any]] = field(default_factory=list)
    boards: list[dict[str, Any]] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Dates by working days: due for communes 3 working days after the cut-off, then 5, then 4."""
        calendar, window = self.stage.calendar(), periods.action_month(self.year)
        due = calendar.due_after_cut_off(window, 3)
        self.days = Days(calendar, date(self.year, 12, 1), calendar.earliest_due(window), due)

    @property
    def title(self) -> str:
        """What the plan and its reports are about."""
        return f"Tháng hành động vì bình đẳng giới và phòng, chống bạo lực trên cơ sở giới năm {self.year} (mẫu)"

    @property
    def plan_text(self) -> dict[str, Any]:
        """What stands in every plan of the year."""
        tasks = [{"number": 1, "title": "Tổ chức lễ phát động", "due": f"{self.year}-11-15"},
                 {"number": 2, "title": "Báo cáo kết quả", "due": f"{self.year}-12-18"}]  # fmt: skip
        return _PLAN_TEXT | {"tasks": tasks}

    @property
    def province_due(self) -> date:
        """Five working days to consolidate and sign."""
        return self.days.after(self.days.due, 5)

    @property
    def nation_due(self) -> date:
        """Four more."""
        return self.days.after(self.province_due, 4)

    # ── October: people, the plan, the plans below ──────────────────────────────────────────────────────────

    def settle(self, provinces: Sequence[str]) -> None:
        """Sample people for every unit that the plan addresses, in one statement."""
        self.stage.at(date(self.year, 10, 1))
        with self.stage.transaction() as session:
            if provinces:
                places = [units.one(session, name, self.stage.today) for name in provinces]
                self.addressees = ((NATION, False), *((place.id, True) for place in places))
            self.figures["people"] = people.staff(session, self.addressees, self.stage.today)
            self.stage.people |= people.who_is_who(session)
        self.stage.say(f"{told.number(self.figures['people'])} người mẫu nhận việc")

    def issue_plan(self) -> None:
        """The nation's sample office issues the plan; the fan-out opens every owed report."""
        stage = self.stage
        self.plan = stage.draft_plan(self._order())
        stage.write(self.plan, self.plan_text)
        stage.send(self.plan, "UBND các tỉnh, thành phố", words="Đã xem (mẫu).")
        self.figures["opened"] = stage.fan_out(self.plan).opened
        opened = ", ".join(f"{told.number(n)} cấp {_LEVELS[level]}" for level, n in self.figures["opened"].items())
        stage.say(f"Kế hoạch đã ban hành; mở báo cáo phải gửi: {opened}")

    def plans_below(self) -> None:
        """Provinces issue their own plans, then the communes theirs: each opens when the one above is issued."""
        for level, first, last in (("province", date(self.year, 10, 5), date(self.year, 10, 16)),
                                   ("commune", date(self.year, 10, 19), date(self.year, 11, 10))):  # fmt: skip
            days = self.days.between(first, last)
            acts = [act for life in self._lives("plan", level) for act in simulation.plan(
                life, life.chance.choice(days), self.plan_text, fans_out(life.document))]  # fmt: skip
            self._go_through(days, acts, f"Kế hoạch riêng của cấp {_LEVELS[level]}")

    # ── December: the reports ───────────────────────────────────────────────────────────────────────────────

    def weeks(self) -> None:
        """The wards write, sign and send; the provinces consolidate from the day after the wards' deadline."""
        acts = [*self._of_wards(), *self._of_provinces()]
        days = self.days.between(self.days.write_from, self.days.after(self.nation_due, -2))
        self._go_through(days, acts, "Báo cáo: soạn, trình, ký, gửi, tiếp nhận")
        supplements = [act for life in self._lives("report", "province", "d.supplement > 0 AND d.state = 'draft'")
                       for act in simulation.sending(life, self.days.after(self.nation_due, -1))]  # fmt: skip
        self._go_through([self.days.after(self.nation_due, -1)], supplements, "Báo cáo bổ sung của tỉnh")
        self._nation_sends()

    def _of_wards(self) -> Iterable[Act]:
        for life in self._lives("report", "commune"):
            fate = simulation.fate_of(life.chance, self._pace(life.above))
            typed = reports.figures(life.chance)
            acts = list(simulation.report(life, fate, self.days, typed, reports.corrected(typed)))
            self.fates[fate] += 1
            self.sent_late += any(act.sends and act.at.date() > self.days.due for act in acts[:4])
            yield from acts

    def _of_provinces(self) -> Iterable[Act]:
        """A province has figures of its own (its launch, its banners); one in ten signs a day or two late."""
        for life in self._lives("report", "province"):
            late = life.chance.choice((1, 2)) if life.chance.random() < 0.1 else life.chance.choice((-1, 0, 0))
            yield simulation.writing(life, self.days.after(self.days.due, 2), reports.own_figures(life.chance))
            yield from simulation.sending(life, self.days.after(self.province_due, late))

    def _nation_sends(self) -> None:
        """The highest total: taken up on the last evening, signed and sent to the Government on the last day."""
        stage = self.stage
        self.report = stage.owed(self.plan, NATION)
        stage.at(self.nation_due)
        stage.write(self.report, {"texts": reports.TEXTS})
        stage.send(self.report, "Chính phủ (mẫu)", "Lưu: VT.", words="Đã đối chiếu (mẫu).")

    def _go_through(self, days: Sequence[date], acts: Iterable[Act], title: str) -> None:
        """Day by day: the morning's look at the deadlines, what people do, the evening's consolidation."""
        by_day: dict[date, list[Act]] = {}
        for act in acts:
            by_day.setdefault(act.at.date(), []).append(act)
        total = sum(map(len, by_day.values()))
        with self.stage.progress(title, total) as step:
            for day in days:
                self._morning(day)
                simulation.perform(by_day.pop(day, ()), self.stage.transaction, step)
                self._evening(day)
        assert not by_day, f"acts outside the days: {sorted(by_day)}"
        self.acts += total

    def _morning(self, day: date) -> None:
        stage = self.stage
        now = stage.at(day, 7, 30)
        with stage.transaction() as session:
            for rung, documents in deadlines.watch(session, now, self.days.calendar).climbed.items():
                self.reminders[rung] += documents
            if day in self._board_days():
                self.boards.append(told.board(session, self.plan, now))

    def _evening(self, day: date) -> None:
        """From the day after the wards' deadline on: every level that is complete, or whose deadline has passed."""
        if day <= self.days.due:
            return
        now = self.stage.at(day, 17, 30)
        with self.stage.transaction() as session:
            ready = [level for plan, level in consolidation.ready(session, now) if plan == self.plan]
        for level in ready:
            with self.stage.transaction() as session:
                done = consolidation.consolidate(session, self.plan, level, now)
            self.runs.append({"day": day.isoformat(), "level": level, "totals": done.totals, "reports": done.reports,
                              "supplements": done.supplements, "missing": done.missing})  # fmt: skip
            self.stage.say(f"Tổng hợp cấp {_LEVELS[level]}: {told.number(done.reports)} báo cáo vào {done.totals} tổng,"
                           f" thiếu {done.missing}, mở {done.supplements} báo cáo bổ sung")  # fmt: skip

    def _board_days(self) -> tuple[date, ...]:
        return (self.days.send_from, self.days.after(self.days.due, 1), self.province_due)

    # ── the end: what it came to ────────────────────────────────────────────────────────────────────────────

    def end(self) -> dict[str, Any]:
        """Check the national total against what was signed below, then tell everything in figures."""
        with self.stage.transaction() as session:
            totals = told.totals_of(session, self.report)
            told.check(session, self.plan, totals)
            covered = coverage.of_total(session, self.report)
            self.boards.append(told.board(session, self.plan, self.stage.now))
            traced = told.follow(session, self.report)
            plans = dict(session.connection().exec_driver_sql(_PLANS, {"plan": self.plan}).tuples().all())
            steps = session.connection().exec_driver_sql(_STEPS, {"plan": self.plan}).scalar_one()
        rungs = ", ".join(f"{rung} {told.number(count)}" for rung, count in self.reminders.items())
        self.stage.say(f"Đôn đốc theo thang (văn bản): {rungs}")
        shape = form("action-month", 2)
        return {
            **self.figures, "plan": self.plan, "report": self.report, "plans": plans, "acts": self.acts, "steps": steps,
            "simulated": {fate.value: self.fates[fate] for fate in Fate}, "simulated_late": self.sent_late,
            "boards": self.boards, "reminders": dict(self.reminders), "runs": self.runs,
            "coverage": {"provinces": [covered.children.received, covered.children.expected],
                         "wards": [covered.wards.received, covered.wards.expected],
                         "gaps": [gap.words for gap in covered.gaps]},
            "totals": [{"cell": int(cell), "label": shape.cell_label(cell), "value": str(figure)}
                       for cell, figure in sorted(totals.items())],
            "trace": traced,
        }  # fmt: skip

    # ── below ───────────────────────────────────────────────────────────────────────────────────────────────

    def _order(self) -> PlanOrder:
        window, due_at = periods.action_month(self.year), self.days.calendar.due_at
        reports = {"nation": self.nation_due, "province": self.province_due, "commune": self.days.due}
        plans = {"province": date(self.year, 10, 20), "commune": date(self.year, 11, 13)}
        return PlanOrder(
            NATION, f"Kế hoạch {self.title}", self.addressees,
            [RequirementOrder(Kind.REPORT, f"Báo cáo kết quả {self.title}", "action-month", 2, window,
                              [LevelOrder(level, due_at(day)) for level, day in reports.items()], BASIS),
             RequirementOrder(Kind.PLAN, f"Kế hoạch {self.title}", "plan", 1, window,
                              [LevelOrder(level, due_at(day)) for level, day in plans.items()], BASIS, series="KH")],
            subject="action-month", field="bình đẳng giới", legal_basis=BASIS, window=window,
        )  # fmt: skip

    def _lives(self, kind: str, level: str, which: str = "d.supplement = 0") -> list[Life]:
        """The documents that a level owes, each with its people and a chance of its own."""
        rows = self.stage.rows(_LIVES.format(which), plan=self.plan, kind=kind, level=level)
        return [Life(row["id"], row["unit_id"], row["receiver_id"], self._staff(row["unit_id"]),
                     self._staff(row["receiver_id"]), random.Random(f"{self.seed}/{kind}/{row['code']}"))
                for row in rows]  # fmt: skip

    def _staff(self, unit: int) -> Staff:
        return {part.called: self.stage.who(unit, part.called) for part in OFFICE}

    def _pace(self, province: int) -> float:
        """How much more than usual comes late in a province: some are twice as slow, some half."""
        return random.Random(f"{self.seed}/pace/{province}").triangular(0.2, 2.3, 0.5)


_PLAN_TEXT = {
    "texts": {"purpose": "Nâng cao nhận thức về bình đẳng giới, phòng ngừa bạo lực trên cơ sở giới (mẫu).",
              "budget": "Từ dự toán được giao (mẫu)."},
    "assignees": [{"name": "Cơ quan tham mưu (mẫu)", "asked": False}],
}  # fmt: skip
_LEVELS = {"nation": "trung ương", "province": "tỉnh", "commune": "xã"}


def fans_out(plan: int) -> Do:
    """What follows when this plan is issued."""
    return lambda session, at: fanout.fan_out(session, plan, at)


_LIVES = """
SELECT d.id, d.unit_id, d.receiver_id, u.code FROM document d JOIN unit u ON u.id = d.unit_id
 WHERE d.plan_id = %(plan)s AND d.kind = %(kind)s AND d.level = %(level)s AND {} ORDER BY d.path
"""
_PLANS = "SELECT state, count(*) FROM document WHERE plan_id = %(plan)s AND kind = 'plan' GROUP BY state ORDER BY state"
_STEPS = """
SELECT count(*) FROM step s JOIN document d ON d.id = s.document_id WHERE d.plan_id = %(plan)s OR d.id = %(plan)s
"""
