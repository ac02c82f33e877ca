"""A small province that works with `dondoc` alone: its tree, its people, its plan and what a commune reports."""

from __future__ import annotations

import dataclasses
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from documents import drafting
from states import database as db
from states import offices
from states.embedded import Urls
from states.periods import LOCAL, local_day
from states.policy import Actor
from tests.api.command_line import Cli

TODAY = local_day(datetime.now(LOCAL))
TREE = """registry,code,name,level,parent_registry,parent_code,valid_from
cli,T,Tỉnh Thử,province,vn,0,2020-01-01
cli,M,Xã Một,commune,cli,T,2020-01-01
cli,H,Xã Hai,commune,cli,T,2020-01-01
"""
ORDER: dict[str, Any] = {
    "title": "Kế hoạch Tháng hành động năm 2026 (mẫu)", "unit": "Tỉnh Thử", "subject": "action-month",
    "addressees": ["Tỉnh Thử"], "recipients": ["UBND các xã"],
    "content": {
        "texts": {"purpose": "Nâng cao nhận thức.", "budget": "Trong dự toán."},
        "tasks": [{"number": 1, "title": "Tọa đàm", "due": "2026-12-15"}], "assignees": [{"name": "Trạm Y tế (mẫu)"}],
    },
    "requirements": [{
        "title": "Báo cáo Tháng hành động (mẫu)", "form": "action-month", "form_version": 2,
        "window": {"kind": "action_month", "year": 2026}, "legal_basis": "Kế hoạch mẫu",
        "levels": {"commune": {"due": TODAY - timedelta(days=7)}, "province": {"due": TODAY + timedelta(days=7)}},
    }],
}  # fmt: skip
ROWS = {"rows": [{"table": 1, "row": 2, "label": "Tọa đàm", "values": {"1": "2", "2": "3", "3": "4"}}], "nil": [2, 3],
        "texts": {"direction": "Đã ban hành kế hoạch.", "results": "Đạt yêu cầu."}}  # fmt: skip


@dataclasses.dataclass
class Office(Cli):
    """The small province with its people, and its plan issued from a file."""

    seats: dict[tuple[str, str], int] = dataclasses.field(default_factory=dict)
    plan: int = 0
    opened: dict[str, int] = dataclasses.field(default_factory=dict)

    def report(self, unit: str) -> int:
        (found,) = [one["document_id"] for one in self.json("plan", "reports", self.plan) if one["unit"] == unit]
        return int(found)

    def step(self, document: int, unit: str, seat: str, *words: object) -> Any:
        return self.json("step", document, *words, "--office", self.seats[unit, seat])

    def write(self, document: int, unit: str) -> None:
        with db.transaction(db.engine(self.urls.program)) as session:
            person = session.connection().exec_driver_sql(
                "SELECT person_id FROM office WHERE id = %s", (self.seats[unit, "drafter"],)).scalar_one()  # fmt: skip
            by = offices.holder(session, Actor(person, self.seats[unit, "drafter"]), TODAY).holder
            drafting.save(session, document, ROWS, 0, by, datetime.now(LOCAL))

    def send(self, unit: str) -> int:
        document = self.report(unit)
        self.write(document, unit)
        self.step(document, unit, "drafter", "present")
        self.step(document, unit, "leader", "sign")
        self.step(document, unit, "clerk", "submit", "--recipient", "UBND tỉnh", "--recipient", "Lưu: VT")
        return document


def founded(database: Urls, folder: Path) -> Office:
    """The province imported, its people given their seats, its plan issued: all from the command line."""
    (folder / "tree.csv").write_text(TREE, encoding="utf-8")
    (folder / "plan.yaml").write_text(yaml.safe_dump(ORDER, allow_unicode=True), encoding="utf-8")
    made = Office(database)
    assert made.json("units", "import", folder / "tree.csv") == {"added": 3}
    for unit in ("Tỉnh Thử", "Xã Một", "Xã Hai"):
        for seat in ("drafter", "leader", "clerk", "supervisor"):
            person = made.json("people", "add", f"{seat} {unit} (mẫu)")["person"]
            more = ("--authority", "KT.", "--kind", "plan", "--kind", "report") if seat == "leader" else ()
            given = made.json("people", "office", person, unit, seat, "Chức vụ mẫu", "2026-01-01", *more)
            made.seats[unit, seat] = given["office"]
    who = [word for seat in ("drafter", "leader", "clerk") for word in (f"--{seat}", made.seats["Tỉnh Thử", seat])]
    issued = json.loads(made.process("plan", "issue", folder / "plan.yaml", *who, "--json").stdout)
    made.plan, made.opened = issued["plan"], issued["opened"]
    assert issued["number"] == "01/KH-UBND"
    return made
