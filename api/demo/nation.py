"""Story 3, the nation in 2026: one Action Month plan to 34 provinces and 3,321 communes, and every report back up.

The weeks pass on a simulated clock: wards draft, sign and send through the real door, the ladder reminds, provinces
and the nation consolidate, and in the end a national figure is followed down to the ward that gave it. People and
figures are samples; the units are the real ones. The same seed gives the same figures.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from api.demo import simulation
from api.demo.simulation import Act, Days, Fate, Life, Staff
from api.demo.stage import OFFICE, SINCE, Stage
from documents.forms import form
from states import periods, units
from states.errors import DonDocError
from states.figures import Cell, Figure
from states.lifecycle import Kind
from states.opening import plan_for_growth
from states.policy import Actor
from states.reading import coverage
from states.reading.board import summary_by
from states.reading.provenance import Traced, trace, trace_down
from workflows import consolidation, deadlines, fanout
from workflows.planning import LevelOrder, PlanOrder, RequirementOrder

NATION = 1
YEAR = 2026
TITLE = f"Tháng hành động vì bình đẳng giới và phòng, chống bạo lực trên cơ sở giới năm {YEAR} (mẫu)"
BASIS = "Chương trình phòng ngừa và ứng phó với bạo lực trên cơ sở giới giai đoạn 2021 - 2025 (mẫu)"
TRACED = Cell.of(1, 2, 3)
"""The figure that is followed down: women at talks and club meetings."""


class TotalsDiffer(DonDocError):
    """Tổng toàn quốc ở ô {cell} là {total}, nhưng cộng nội dung đã ký của các xã, phường là {sum}: the totals differ."""


def play(stage: Stage, *, provinces: Sequence[str] = (), seed: int = YEAR) -> dict[str, Any]:
    """Play the year; returns its figures. `provinces` ("vn2:12") plays only these, with all their communes.

    Raises `TotalsDiffer` where the national total is not what the wards signed.
    """
    stage.heading(f"3. Cả nước, {YEAR}: Tháng hành động, hai cấp")
    story = Nation(stage, seed)
    with stage.timed("nation: people"):
        story.settle(provinces)
    with stage.timed("nation: plan and fan-out"):
        story.issue_plan()
    with stage.timed("nation: plans below"):
        story.plans_below()
    with stage.timed("nation: weeks"):
        story.weeks()
    with stage.timed("nation: check and trace"):
        return story.end()


@dataclass
class Nation:
    """The story as it goes: what was opened, who is late by fate, what boards showed, what each evening took up."""

    stage: Stage
    seed: int
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
        calendar, window = self.stage.calendar(), periods.action_month(YEAR)
        due = calendar.due_after_cut_off(window, 3)
        self.days = Days(calendar, date(YEAR, 12, 1), calendar.earliest_due(window), due)

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
        self.stage.at(date(YEAR, 10, 1))
        with self.stage.transaction() as session:
            if provinces:
                places = [units.one(session, name, self.stage.today) for name in provinces]
                self.addressees = ((NATION, False), *((place.id, True) for place in places))
            self.figures["people"] = staff(session, self.addressees, self.stage.today)
            self.stage.people |= _people(session)
        self.stage.say(f"{self.figures['people']:,} vị trí mẫu đã có người")

    def issue_plan(self) -> None:
        """The nation's sample office issues the plan; the fan-out opens every owed report."""
        stage = self.stage
        self.plan = stage.draft_plan(self._order())
        stage.write(self.plan, _PLAN_TEXT)
        stage.send(self.plan, "UBND các tỉnh, thành phố", words="Đã xem (mẫu).")
        self.figures["opened"] = stage.fan_out(self.plan).opened
        stage.say(f"Kế hoạch đã ban hành; mở báo cáo phải gửi: {self.figures['opened']}")

    def plans_below(self) -> None:
        """Provinces issue their own plans, then the communes theirs: each opens when the one above is issued."""
        for level, first, last in (("province", date(YEAR, 10, 5), date(YEAR, 10, 16)),
                                   ("commune", date(YEAR, 10, 19), date(YEAR, 11, 10))):  # fmt: skip
            days = self.days.between(first, last)
            acts = [act for life in self._lives("plan", level) for act in simulation.plan(
                life, life.chance.choice(days), _PLAN_TEXT, fans_out(life.document))]  # fmt: skip
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
            acts = list(simulation.report(life, fate, self.days, simulation.figures(life.chance)))
            self.fates[fate] += 1
            self.sent_late += any(act.sends and act.at.date() > self.days.due for act in acts[:4])
            yield from acts

    def _of_provinces(self) -> Iterable[Act]:
        """A province has figures of its own (its launch, its banners); one in ten signs a day or two late."""
        for life in self._lives("report", "province"):
            late = life.chance.choice((1, 2)) if life.chance.random() < 0.1 else life.chance.choice((-1, 0, 0))
            yield simulation.writing(life, self.days.after(self.days.due, 2), simulation.own_figures(life.chance))
            yield from simulation.sending(life, self.days.after(self.province_due, late))

    def _nation_sends(self) -> None:
        """The highest total: taken up on the last evening, signed and sent to the Government on the last day."""
        stage = self.stage
        self.report = stage.owed(self.plan, NATION)
        stage.at(self.nation_due)
        stage.write(self.report, {"texts": simulation.TEXTS})
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
                self.boards.append(_board(session, self.plan, now))

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

    def _board_days(self) -> tuple[date, ...]:
        return (self.days.send_from, self.days.after(self.days.due, 1), self.province_due)

    # ── the end: what it came to ────────────────────────────────────────────────────────────────────────────

    def end(self) -> dict[str, Any]:
        """Check the national total against what was signed below, then tell everything in figures."""
        with self.stage.transaction() as session:
            totals = totals_of(session, self.report)
            check(session, self.plan, totals)
            covered = coverage.of_total(session, self.report)
            self.boards.append(_board(session, self.plan, self.stage.now))
            traced = follow(session, self.report)
            plans = dict(session.connection().exec_driver_sql(_PLANS, {"plan": self.plan}).tuples().all())
            steps = session.connection().exec_driver_sql(_STEPS, {"plan": self.plan}).scalar_one()
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
        window, due_at = periods.action_month(YEAR), self.days.calendar.due_at
        reports = {"nation": self.nation_due, "province": self.province_due, "commune": self.days.due}
        plans = {"province": date(YEAR, 10, 20), "commune": date(YEAR, 11, 13)}
        return PlanOrder(
            NATION, f"Kế hoạch {TITLE}", self.addressees,
            [RequirementOrder(Kind.REPORT, f"Báo cáo kết quả {TITLE}", "action-month", 2, window,
                              [LevelOrder(level, due_at(day)) for level, day in reports.items()], BASIS),
             RequirementOrder(Kind.PLAN, f"Kế hoạch {TITLE}", "plan", 1, window,
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
        return random.Random(f"{self.seed}/pace/{province}").triangular(0.2, 2.6, 0.6)


_PLAN_TEXT = {
    "texts": {"purpose": "Nâng cao nhận thức về bình đẳng giới, phòng ngừa bạo lực trên cơ sở giới (mẫu).",
              "budget": "Từ dự toán được giao (mẫu)."},
    "tasks": [{"number": 1, "title": "Tổ chức lễ phát động", "due": f"{YEAR}-11-15"},
              {"number": 2, "title": "Báo cáo kết quả", "due": f"{YEAR}-12-18"}],
    "assignees": [{"name": "Cơ quan tham mưu (mẫu)", "asked": False}],
}  # fmt: skip
_LEVELS = {"province": "tỉnh", "commune": "xã"}


# ── people ──────────────────────────────────────────────────────────────────────────────────────────────────


def staff(session: Session, addressees: Sequence[tuple[int, bool]], day: date) -> int:
    """Five sample people, named as such, for each unit addressed; one statement. Returns how many are new."""
    plan_for_growth(session)
    keys = {"units": [unit for unit, _ in addressees], "below": [below for _, below in addressees], "day": day,
            "since": SINCE, "seats": [part.seat for part in OFFICE], "titles": [part.title for part in OFFICE],
            "authorities": [part.authority for part in OFFICE]}  # fmt: skip
    return session.connection().exec_driver_sql(_STAFF, keys).rowcount


def _people(session: Session) -> dict[tuple[int, str], Actor]:
    """Who plays which part in which unit."""
    called = {(part.seat, part.title): part.called for part in OFFICE}
    rows = session.connection().exec_driver_sql(_SAMPLES)
    return {(unit, called[seat, title]): Actor(person, office)
            for unit, seat, title, person, office in rows if (seat, title) in called}  # fmt: skip


def fans_out(plan: int) -> Callable[[Session, datetime], object]:
    """What follows when this plan is issued."""
    return lambda session, at: fanout.fan_out(session, plan, at)


# ── what it came to ─────────────────────────────────────────────────────────────────────────────────────────


def totals_of(session: Session, report: int) -> dict[Cell, Figure]:
    """The figures of the content that was signed."""
    rows = session.connection().exec_driver_sql(_TOTALS, {"report": report})
    return {Cell(cell): Figure(amount, bound) for cell, amount, bound in rows}


def check(session: Session, plan: int, totals: dict[Cell, Figure]) -> None:
    """Add up the signed contents of the wards and the provinces' own parts anew, from their JSON, not from rows.

    Raises `TotalsDiffer` where a national figure is not that sum.
    """
    summed = {Cell(cell): amount for cell, amount in session.connection().exec_driver_sql(_SIGNED, {"plan": plan})}
    for cell in totals.keys() | summed.keys():
        total = totals[cell].amount if cell in totals else 0
        if total != summed.get(cell, 0):
            raise TotalsDiffer(cell=int(cell), total=total, sum=summed.get(cell, 0))


def follow(session: Session, report: int) -> list[dict[str, Any]]:
    """One national figure down to a ward's row, each time by the biggest part."""
    node, path = trace(session, TRACED, document_id=report), []
    while node.parts:
        path.append(_told(node))
        biggest = max(node.parts, key=lambda part: (part.figure.amount, -part.unit_id))
        node = biggest if biggest.part in ("row", "own") else trace_down(session, TRACED, revision_id=biggest.revision_id)
    return [*path, _told(node)]


def _told(node: Traced) -> dict[str, Any]:
    signed = node.signed
    return {
        "unit": node.unit, "level": node.level, "part": node.part, "figure": str(node.figure), "words": node.words,
        "document": node.document_id, "revision": node.revision_id, "digest": node.digest, "parts": len(node.parts),
        "adds_up": node.adds_up, "signed_by": signed.words if signed else None,
        "signed_at": signed.at.isoformat() if signed else None,
    }  # fmt: skip


def _board(session: Session, plan: int, now: datetime) -> dict[str, Any]:
    """The wards' board by province, the worst first, and the counts of the whole."""
    parts = [part for part in summary_by(session, plan, NATION, now, level="commune") if part.counts.expected]
    lines = [{"unit": part.name, "expected": part.counts.expected, "received": part.counts.received,
              "on_time": part.counts.on_time, "standings": _standings([part.counts.standings])} for part in parts]
    lines.sort(key=lambda line: (line["received"] / line["expected"], line["on_time"] / line["expected"], line["unit"]))
    whole = {name: sum(line[name] for line in lines) for name in ("expected", "received", "on_time")}
    return {"at": now.isoformat(), **whole, "standings": _standings(part.counts.standings for part in parts),
            "provinces": lines}  # fmt: skip


def _standings(counts: Iterable[Any]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for count in counts:
        found.update({standing.value: number for standing, number in count.items()})
    return dict(sorted(found.items()))


_STAFF = """
WITH seat AS (SELECT * FROM unnest(%(seats)s::varchar[], %(titles)s::varchar[], %(authorities)s::varchar[])
                       WITH ORDINALITY AS t (seat, title, authority, rank)),
asked AS (SELECT u.path, a.below FROM unnest(%(units)s::integer[], %(below)s::boolean[]) a (unit_id, below)
            JOIN unit u ON u.id = a.unit_id),
place AS (
    SELECT u.id AS unit_id, s.*, nextval('person_id_seq') AS person_id
      FROM unit u CROSS JOIN seat s
     WHERE u.level IN ('nation','province','commune') AND u.role IS NULL
       AND u.valid_from <= %(day)s AND (u.valid_to IS NULL OR u.valid_to >= %(day)s)
       AND EXISTS (SELECT FROM asked a WHERE u.path = a.path OR a.below AND u.path LIKE a.path || '%%')
       AND NOT EXISTS (SELECT FROM office o WHERE o.unit_id = u.id AND o.seat = s.seat AND o.title = s.title)
     ORDER BY u.path, s.rank),
person AS (
    INSERT INTO person (id, full_name, email, sample)
    SELECT person_id, (ARRAY['Nguyễn Văn','Trần Thị','Lê Văn','Phạm Thị','Lò Văn','Vàng Thị'])[1 + person_id %% 6]
           || ' Mẫu ' || person_id || ' (mẫu)', 'mau.' || person_id || '@dondoc.example', true
      FROM place RETURNING id)
INSERT INTO office (person_id, unit_id, seat, title, authority, valid_from)
SELECT person_id, unit_id, seat, title, authority, %(since)s FROM place JOIN person ON person.id = place.person_id
 ORDER BY person_id
"""
_SAMPLES = """
SELECT o.unit_id, o.seat, o.title, o.person_id, o.id FROM office o JOIN person p ON p.id = o.person_id AND p.sample
 ORDER BY o.id DESC
"""
_LIVES = """
SELECT d.id, d.unit_id, d.receiver_id, u.code FROM document d JOIN unit u ON u.id = d.unit_id
 WHERE d.plan_id = %(plan)s AND d.kind = %(kind)s AND d.level = %(level)s AND {} ORDER BY d.path
"""
_PLANS = "SELECT state, count(*) FROM document WHERE plan_id = %(plan)s AND kind = 'plan' GROUP BY state ORDER BY state"
_STEPS = """
SELECT count(*) FROM step s JOIN document d ON d.id = s.document_id WHERE d.plan_id = %(plan)s OR d.id = %(plan)s
"""
_TOTALS = """
SELECT f.cell, f.amount, f.bound FROM document d JOIN figure f ON f.revision_id = d.revision_id WHERE d.id = %(report)s
"""
# The signed JSON of each ward that stands in a total, and each province's own part, cell by cell.
_SIGNED = """
WITH content AS (
    SELECT r.content FROM document d JOIN revision r ON r.id = (
        SELECT s.revision_id FROM sending s WHERE s.document_id = d.id ORDER BY s.no DESC LIMIT 1)
     WHERE d.plan_id = %(plan)s AND d.kind = 'report' AND d.level = 'commune' AND d.state = 'consolidated'
    UNION ALL
    SELECT (SELECT r.content FROM revision r WHERE r.document_id = d.id AND r.part = 'own' ORDER BY r.no DESC LIMIT 1)
      FROM document d WHERE d.plan_id = %(plan)s AND d.kind = 'report' AND d.level = 'province' AND d.supplement = 0
       AND d.state = 'consolidated')
SELECT (line ->> 'table')::integer * 10000 + (line ->> 'row')::integer * 100 + value.key::integer,
       sum(regexp_replace(value.value, '[^0-9.-]', '', 'g')::numeric)
  FROM content, jsonb_array_elements(content -> 'rows') line, jsonb_each_text(line -> 'values') value
 GROUP BY 1
"""
