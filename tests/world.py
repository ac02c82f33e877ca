"""A small named province for the tests: tỉnh Mẫu Giang, two districts, four wards, and who sits where.

Everything in it is a sample and says so: units in the registry "mau", people "(mẫu)". Three levels as
before 1/7/2025, or two (`World(session, districts=False)`: the wards stand just below the province), both
valid on every day from 2020 on. The test moves the clock: `world.now` is the moment of each act,
`world.at(day, hour)` sets it.
"""

from __future__ import annotations

import copy
import csv
import io
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session

from documents import drafting
from states import offices, periods, units
from states.digests import FIRST, step_digest
from states.lifecycle import Action, Kind
from states.periods import LOCAL
from states.policy import Actor, Holder
from states.steps import Paper, Request, Taken, take
from states.tables import Step
from states.taking_up import TakenUp, take_up
from workflows.fanout import fan_out
from workflows.planning import LevelOrder, PlanOrder, RequirementOrder, draft_plan

PROVINCE, DISTRICTS = "Tỉnh Mẫu Giang", ("Huyện An Mẫu", "Huyện Bình Mẫu")
WARDS = ("Phường Một", "Phường Hai", "Phường Ba", "Phường Bốn")
WINDOW = periods.action_month(2026)

_SINCE = date(2020, 1, 1)
_COLUMNS = "registry,code,name,level,role,symbol,parent_registry,parent_code,valid_from".split(",")
_TREE = (
    # code, name, level, parent, role, symbol
    ("MG", PROVINCE, "province", "", "", "UBND"),
    ("MG-SO", "Sở Lao động Mẫu Giang", "body", "MG", "so_ld", "SLĐ"),
    ("AM", DISTRICTS[0], "district", "MG", "", "UBND"),
    ("AM-PH", "Phòng Lao động An Mẫu", "body", "AM", "phong_ld", "PLĐ"),
    ("AM-BAN", "Ban VSTBPN An Mẫu", "body", "AM", "ban_vstbpn", "BVSTBPN"),
    ("BM", DISTRICTS[1], "district", "MG", "", "UBND"),
    ("BM-PH", "Phòng Lao động Bình Mẫu", "body", "BM", "phong_ld", "PLĐ"),
    ("BM-BAN", "Ban VSTBPN Bình Mẫu", "body", "BM", "ban_vstbpn", "BVSTBPN"),
    ("W1", WARDS[0], "commune", "AM", "", "UBND"),
    ("W2", WARDS[1], "commune", "AM", "", "UBND"),
    ("W3", WARDS[2], "commune", "BM", "", "UBND"),
    ("W4", WARDS[3], "commune", "BM", "", "UBND"),
)
_BODIES: dict[str, Any] = {"issuer_role": "ban_vstbpn", "drafter_role": "phong_ld", "receiver_role": "so_ld"}
_STAFF = (
    # how a test calls the person: first name, seat, title, authority
    ("chair", "Dũng", "leader", "Chủ tịch", "TM."),
    ("leader", "Hoa", "leader", "Phó Chủ tịch", "KT."),
    ("drafter", "Lan", "drafter", "Công chức tham mưu", ""),
    ("clerk", "Minh", "clerk", "Văn thư", ""),
    ("supervisor", "Tâm", "supervisor", "Cán bộ theo dõi", ""),
)


class World:
    """The province on one session, with a clock, and what its people do in sentences."""

    def __init__(self, session: Session, *, districts: bool = True) -> None:
        self.session = session
        self.levels = ("province", "district", "commune") if districts else ("province", "commune")
        self.plan = 0
        self.units: dict[str, int] = {}
        self.people: dict[tuple[int, str], Actor] = {}
        self.at("2026-10-05", 8)
        self._settle(districts)

    # ── the clock ───────────────────────────────────────────────────────────────────────────────────────────

    now: datetime

    def at(self, day: str | date, hour: int = 9, minute: int = 0) -> datetime:
        """Set the clock (Asia/Ho_Chi_Minh); returns the moment."""
        on = date.fromisoformat(day) if isinstance(day, str) else day
        self.now = datetime(on.year, on.month, on.day, hour, minute, tzinfo=LOCAL)
        return self.now

    def later(self, **by: float) -> datetime:
        """Move the clock on: ``world.later(days=1)``."""
        self.now += timedelta(**by)
        return self.now

    @property
    def today(self) -> date:
        return self.now.astimezone(LOCAL).date()

    def on(self, session: Session) -> World:
        """The same world seen through another session, with a clock of its own."""
        twin = copy.copy(self)
        twin.session = session
        return twin

    # ── who and what ────────────────────────────────────────────────────────────────────────────────────────

    def unit(self, name: str) -> int:
        """A unit by its name ("Phường Một") or its code ("W1")."""
        return self.units[name]

    def act(self, unit: str | int, seat: str) -> Actor:
        """Who acts there as chair (TM.), leader (the Vice-chair, KT.), drafter, clerk, supervisor."""
        return self.people[self.units[unit] if isinstance(unit, str) else unit, seat]

    def holder(self, unit: str | int, seat: str) -> Holder:
        """The same person's office as the policy sees it."""
        return offices.holder(self.session, self.act(unit, seat), self.today).holder

    def report_of(self, unit: str, plan: int | None = None) -> int:
        """The report that a unit owes under the plan (the last one issued)."""
        return self._owed("report", unit, plan)

    def plan_of(self, unit: str, plan: int | None = None) -> int:
        """The plan that a unit must issue itself under the plan above."""
        return self._owed("plan", unit, plan)

    def document(self, document: int) -> Mapping[str, Any]:
        """The document's row."""
        (row,) = self.rows("SELECT * FROM document WHERE id = %s", document)
        return row

    def state(self, document: int) -> str:
        return str(self.document(document)["state"])

    def steps(self, document: int) -> list[Mapping[str, Any]]:
        """Its steps in order, as rows."""
        return self.rows("SELECT * FROM step WHERE document_id = %s ORDER BY seq", document)

    def trace(self, document: int) -> list[str]:
        """Its actions in order."""
        return [str(step["action"]) for step in self.steps(document)]

    def desk(self, document: int) -> tuple[str, int | None]:
        """Whose desk it lies on, and the office that was named."""
        row = self.document(document)
        return row["desk"], row["desk_office_id"]

    def assert_chained(self, document: int) -> None:
        """Every step continues the last, by number, state and digest, and the document stands at the last."""
        previous, state = FIRST, "none"
        trail = [Step(**row) for row in self.steps(document)]
        for seq, step in enumerate(trail, 1):
            assert (step.seq, step.from_state, step.previous) == (seq, state, previous)
            assert step_digest(step) == step.digest
            previous, state = step.digest, step.to_state
        now = self.document(document)
        assert (now["seq"], now["state"], now["head"]) == (len(trail), state, previous)
        self.session.connection().exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")

    def sendings(self, document: int) -> list[Mapping[str, Any]]:
        return self.rows("SELECT * FROM sending WHERE document_id = %s ORDER BY no", document)

    def rows(self, sql: str, *values: Any) -> list[Mapping[str, Any]]:
        """A question in SQL, its answer as mappings."""
        found = self.session.connection().exec_driver_sql(sql, values)
        return [dict(row) for row in found.mappings()]

    def value(self, sql: str, *values: Any) -> Any:
        """A question with one answer."""
        return self.session.connection().exec_driver_sql(sql, values).scalar_one()

    # ── a plan goes down ────────────────────────────────────────────────────────────────────────────────────

    def draft_plan(self, *, plans: bool = False, bodies: bool = False, field: str = "") -> int:
        """The province's plan, still a draft: reports from all levels; `plans`: also a plan of each unit.

        `bodies`: in the districts the committee issues and the Phòng drafts; the Sở receives.
        """
        order = PlanOrder(
            self.units[PROVINCE], "Kế hoạch Tháng hành động năm 2026 (mẫu)", [(self.units[PROVINCE], True)],
            [self._reports(bodies), *([self._plans()] if plans else [])], subject="action-month", field=field,
        )  # fmt: skip
        return draft_plan(self.session, order, self.act(PROVINCE, "drafter"), self.now)

    def issue_plan(self, *, plans: bool = False, bodies: bool = False, field: str = "") -> int:
        """The province's plan drafted, presented, signed, issued and fanned out; returns its number."""
        plan = self.draft_plan(plans=plans, bodies=bodies, field=field)
        self.write_plan(plan)
        self.send(plan)
        fan_out(self.session, plan, self.now)
        self.plan = plan
        return plan

    def write_plan(self, plan: int) -> int:
        """The drafter writes a plan's text; returns the draft's version."""
        texts = {"purpose": "Nâng cao nhận thức về bình đẳng giới.", "budget": "Từ dự toán được giao."}
        tasks = [{"number": 1, "title": "Tổ chức tọa đàm", "due": "2026-12-15"}]
        assignees = [{"name": "Trạm Y tế (mẫu)", "asked": False}]
        return self._save(plan, {"texts": texts, "tasks": tasks, "assignees": assignees}, None)

    # ── a report comes up ───────────────────────────────────────────────────────────────────────────────────

    def write(self, report: int, events: int = 2, men: int = 3, women: int = 4, *, as_: Actor | None = None,
              free: str | None = None) -> int:  # fmt: skip
        """The drafter writes talks held, men and women present (with `free`: in a row of his own words)."""
        label: dict[str, Any] = {"label": free} if free else {"row": 2, "label": "Tọa đàm"}
        row = {"table": 1, "values": {"1": str(events), "2": str(men), "3": str(women)}, **label}
        texts = {"direction": "Đã ban hành kế hoạch.", "results": "Đạt yêu cầu."}
        return self._save(report, {"rows": [row], "nil": [2, 3], "texts": texts}, as_)

    def present(self, document: int, *, as_: Actor | None = None, seq: int | None = None) -> Taken:
        """Trình ký: what is written is put up for signature."""
        return drafting.present(self.session, document, as_ or self._who(document, "drafter"), self.now, seq=seq)

    def sign(self, document: int, *, as_: Actor | None = None, seq: int | None = None) -> Taken:
        """The Vice-chair signs what was put up last."""
        return self.take(document, Action.SIGN, as_, seq=seq, revision_id=self.newest(document))

    def submit(self, document: int, *, as_: Actor | None = None, seq: int | None = None) -> Taken:
        """The clerk numbers, dates and sends it."""
        return self.take(document, Action.SUBMIT, as_, seq=seq, recipients=("Như trên",))

    def send(self, document: int) -> Taken:
        """Present, sign and submit what was written."""
        self.present(document)
        self.sign(document)
        return self.submit(document)

    def report(self, unit: str, events: int = 2, men: int = 3, women: int = 4) -> int:
        """A unit writes and sends its report; returns its number."""
        report = self.report_of(unit)
        self.write(report, events, men, women)
        self.send(report)
        return report

    def register(self, report: int, number: int = 7, *, day: str | None = None, as_: Actor | None = None,
                 signer: str = "Phạm Văn Giấy (mẫu)") -> Taken:  # fmt: skip
        """The receiver's clerk registers a paper signed outside the system."""
        written = datetime.combine(date.fromisoformat(day), self.now.timetz()) if day else self.now
        paper = Paper(number, "BC-UBND", written, signer, self.now, b"\x01" * 32)
        row = {"table": 1, "row": 2, "label": "Tọa đàm", "values": {"1": "1", "2": "1", "3": "1"}}
        actor = as_ or self._who(report, "receiver_clerk")
        return drafting.register_paper(self.session, report, {"rows": [row]}, paper, actor, self.now)

    def receive(self, document: int, **more: Any) -> Taken:
        """The receiver's clerk enters it into the incoming register."""
        return self.take(document, Action.RECEIVE, **more)

    def return_(self, report: int, *, due: datetime | None = None, code: str = "figures-wrong",
                reason: str = "Số nữ chưa khớp", **more: Any) -> Taken:  # fmt: skip
        """The receiver returns it with a coded reason and a correction date (three days on)."""
        until = due or self.now + timedelta(days=3)
        return self.take(report, Action.RETURN, reason=reason, reason_code=code, due_at=until, **more)

    def reopen(self, report: int, *, due: datetime | None = None, code: str = "figures-wrong",
               reason: str = "Số liệu sai", **more: Any) -> Taken:  # fmt: skip
        """The receiver reopens a consolidated report."""
        until = due or self.now + timedelta(days=3)
        return self.take(report, Action.REOPEN, reason=reason, reason_code=code, due_at=until, **more)

    def recall(self, report: int, reason: str = "Gửi nhầm bản", **more: Any) -> Taken:
        return self.take(report, Action.RECALL, reason=reason, **more)

    def withdraw(self, document: int, reason: str = "Không còn phù hợp", **more: Any) -> Taken:
        return self.take(document, Action.WITHDRAW, reason=reason, **more)

    def revise(self, document: int, **more: Any) -> Taken:
        return self.take(document, Action.REVISE, **more)

    def consolidate(self, unit: str) -> TakenUp:
        """The clock takes up what the units below have sent into this unit's draft."""
        return take_up(self.session, [self.report_of(unit)], self.now)

    def take(self, document: int, action: Action, as_: Actor | None = None, **more: Any) -> Taken:
        """Any step, by the person whose seat the table names unless `as_` says who."""
        actor = as_ or self._who(document, _SEAT[action])
        return take(self.session, Request(document, action, **more), actor, self.now)

    def newest(self, document: int) -> int | None:
        """The content that was put up last."""
        found = self.value("SELECT max(id) FROM revision WHERE document_id = %s AND part = 'whole'", document)
        return int(found) if found is not None else None

    # ── below ───────────────────────────────────────────────────────────────────────────────────────────────

    def _settle(self, districts: bool) -> None:
        above = {"AM": "MG", "BM": "MG"} if not districts else {}
        tree = [row for row in _TREE if districts or not row[0].startswith(("AM", "BM"))]
        lines = [("mau", *row[:3], *row[4:], "mau", above.get(row[3], row[3]), _SINCE) for row in tree]
        lines[0] = (*lines[0][:6], "", "", _SINCE)  # the province stands below the nation
        self._import(lines)
        for row in self.rows("SELECT id, code, name FROM unit WHERE registry = 'mau'"):
            self.units[row["code"]] = self.units[row["name"]] = row["id"]
        self._seat([(self.units[code], name) for code, name, *_ in tree])

    def _import(self, lines: Sequence[tuple[Any, ...]]) -> None:
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerows([_COLUMNS, *lines])
        with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
            file.write(text.getvalue())
            file.flush()
            units.import_csv(self.session, Path(file.name))

    def staff(self, unit_id: int, name: str) -> None:
        """Give a unit its five sample people."""
        self._seat([(unit_id, name)])

    def _seat(self, places: Sequence[tuple[int, str]]) -> None:
        """The five people of each unit, in two statements: one by one they cost as much as the rest of a test."""
        seats = [(unit, name, *one) for unit, name in places for one in _STAFF]
        names = [f"{first}, {name} (mẫu)" for _, name, _, first, *_ in seats]
        people = [row["id"] for row in self.rows(_PEOPLE, names)]
        held = self.rows(_OFFICES, _SINCE, people, *([row[n] for row in seats] for n in (0, 4, 5, 6)))
        for (unit, _, called, *_), row in zip(seats, held, strict=True):
            self.people[unit, called] = Actor(row["person_id"], row["id"])

    def _who(self, document: int, seat: str) -> Actor:
        """Who holds the seat that this document means."""
        row = self.document(document)
        unit, called = _STANDS.get(seat, ("issuer_id", seat))
        return self.people[row[unit], called]

    def _owed(self, kind: str, unit: str, plan: int | None) -> int:
        found = "SELECT id FROM document WHERE plan_id = %s AND unit_id = %s AND kind = %s AND supplement = 0"
        return int(self.value(found, plan or self.plan, self.units[unit], kind))

    def _save(self, document: int, typed: Mapping[str, Any], as_: Actor | None) -> int:
        actor = as_ or self._who(document, "drafter")
        holder = offices.holder(self.session, actor, self.today).holder
        version = self.session.connection().exec_driver_sql(
            "SELECT version FROM working_copy WHERE document_id = %s", (document,)).scalar() or 0  # fmt: skip
        return drafting.save(self.session, document, typed, version, holder, self.now)[0]

    def _reports(self, bodies: bool) -> RequirementOrder:
        due = {"commune": 19, "district": 23, "province": 29}  # midnight that ends 18, 22, 28 December
        levels = [LevelOrder(level, datetime(2026, 12, due[level], tzinfo=LOCAL)) for level in self.levels]
        if bodies:
            levels = [replace(level, **_BODIES) if level.level == "district" else level for level in levels]
        title = "Báo cáo Tháng hành động (mẫu)"
        return RequirementOrder(Kind.REPORT, title, "action-month", 2, WINDOW, levels, "Kế hoạch mẫu")

    def _plans(self) -> RequirementOrder:
        days = {"district": 20, "commune": 25}
        levels = [LevelOrder(level, datetime(2026, 10, days[level], tzinfo=LOCAL)) for level in self.levels[1:]]
        title = "Kế hoạch Tháng hành động (mẫu)"
        return RequirementOrder(Kind.PLAN, title, "plan", 1, WINDOW, levels, "Kế hoạch mẫu", series="KH")


_PEOPLE = """
INSERT INTO person (full_name, sample)
SELECT name, true FROM unnest(%s::text[]) WITH ORDINALITY AS given(name, place) ORDER BY place RETURNING id
"""
_OFFICES = """
INSERT INTO office (person_id, unit_id, seat, title, authority, fields, kinds, valid_from)
SELECT person, unit, seat, title, authority, '{}', '{}', %s
  FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::text[])
       WITH ORDINALITY AS given(person, unit, seat, title, authority, place)
 ORDER BY place RETURNING id, person_id
"""
_STANDS = {
    "drafter": ("drafter_id", "drafter"),
    "receiver": ("receiver_id", "supervisor"),
    "receiver_clerk": ("receiver_id", "clerk"),
}
_SEAT = {
    Action.ASSIGN: "leader", Action.PRESENT: "drafter", Action.SEND_BACK: "leader", Action.SIGN: "leader",
    Action.REVISE: "drafter", Action.SUBMIT: "clerk", Action.REGISTER: "receiver_clerk",
    Action.RECEIVE: "receiver_clerk", Action.RETURN: "receiver", Action.RECALL: "leader",
    Action.CONSOLIDATE: "receiver", Action.REOPEN: "receiver", Action.WITHDRAW: "leader",
}  # fmt: skip
