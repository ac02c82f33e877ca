"""Stories told through `dondoc`: what a keeper and an office do from the command line, and what it answers.

Most commands run in this process through the console script's own function; a few as real processes.
"""

import dataclasses
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from sqlmodel import Session

from api.cli import main, tables
from api.cli.orders import BadOrder, order_of, paper_of
from documents import drafting
from states import database as db
from states import offices, settings
from states.embedded import Urls
from states.errors import Reason
from states.figures import Figure
from states.lifecycle import Kind
from states.periods import LOCAL, action_month, local_day
from states.policy import Actor
from states.reading.standings import Standing
from tests.world import PROVINCE, World
from workflows.planning import LevelOrder, draft_plan

TODAY = local_day(datetime.now(LOCAL))
TREE = """registry,code,name,level,parent_registry,parent_code,valid_from
cli,T,Tỉnh Thử,province,vn,0,2020-01-01
cli,M,Xã Một,commune,cli,T,2020-01-01
cli,H,Xã Hai,commune,cli,T,2020-01-01
"""
ORDER = {
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
CELL = "10201"  # talks held


@dataclasses.dataclass
class Cli:
    """`dondoc` on one database; `code` is how the command must end."""

    urls: Urls

    def say(self, *words: object, code: int = 0) -> str:
        """What it prints on stdout, or where it refuses, what it says on stderr."""
        with (
            pytest.MonkeyPatch.context() as patch,
            redirect_stdout(io.StringIO()) as out,
            redirect_stderr(io.StringIO()) as err,
        ):
            patch.setenv("DATABASE_URL", self.urls.program)
            patch.setenv("DATABASE_OWNER_URL", self.urls.owner)
            patch.setattr(sys, "argv", ["dondoc", *map(str, words)])
            _forget()
            try:
                with pytest.raises(SystemExit) as end:
                    main()
            finally:
                _forget()
        assert (end.value.code or 0) == code, out.getvalue() + err.getvalue()
        return err.getvalue() if code in (1, 2) else out.getvalue()

    def json(self, *words: object, code: int = 0) -> Any:
        return json.loads(self.say(*words, "--json", code=code))

    def process(self, *words: object, code: int = 0) -> subprocess.CompletedProcess[str]:
        """The console script itself, as a shell starts it."""
        command = [str(Path(sys.executable).with_name("dondoc")), *map(str, words)]
        variables = {"DATABASE_URL": self.urls.program, "DATABASE_OWNER_URL": self.urls.owner,
                     "DONDOC_PREFECT_PORT": "1", "DONDOC_HOME": "/nonexistent"}  # fmt: skip
        done = subprocess.run(command, env=os.environ | variables, capture_output=True, text=True, timeout=60)
        assert done.returncode == code, done.stdout + done.stderr
        return done


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


@pytest.fixture(scope="module")
def office(database: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("cli")
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
    yield made


def test_migrate_prepares_an_empty_database_and_says_so_again(empty_database: Urls) -> None:
    cli = Cli(empty_database)
    assert "run `dondoc migrate`" in cli.say("units", "find", "lai chau", code=2)
    first, second = cli.process("migrate").stdout, cli.say("migrate")
    assert "units, 6 forms" in first and "new: 0 units, 0 forms" in second
    assert [unit["name"] for unit in cli.json("units", "find", "lai chau", "--level", "province")] == ["Tỉnh Lai Châu"]


def test_a_plan_of_the_action_month_goes_down_from_a_file(office: Office) -> None:
    assert office.opened == {"province": 1, "commune": 2}
    asked = office.json("plan", "reports", office.plan)
    assert [one["unit"] for one in asked] == ["Tỉnh Thử", "Xã Một", "Xã Hai"]
    (row,) = _rows(office, "SELECT period_first, period_last FROM document WHERE id = %s", office.report("Xã Một"))
    assert row == (action_month(2026).first, action_month(2026).last)


def test_who_is_late_is_shown_reminded_and_ends_with_four_where_it_is_asked(office: Office) -> None:
    found = json.loads(office.process("late", office.plan, "--check", "--json", code=4).stdout)
    assert "Xã Hai" in [line["unit"] for line in found]
    shown = office.say("late", office.plan)
    assert "chưa bắt đầu" in shown and "not_started" not in shown
    assert office.json("late", office.plan, "--unit", "Tỉnh Thử", code=0)
    assert office.say("plan", "show", office.plan).count("1 quá hạn") == 2  # and the province is not
    told = office.json("remind", office.plan, "--office", office.seats["Tỉnh Thử", "supervisor"], "--words", "Gửi sớm")
    assert len(told["told"]) == len(found)
    foreign = office.seats["Xã Hai", "supervisor"]
    assert "receiver's supervisors" in office.say("remind", office.plan, "--office", foreign, code=1)


def test_a_report_goes_up_and_is_traced_audited_reopened_and_sent_again(office: Office, tmp_path: Path) -> None:
    one = office.send("Xã Một")
    two = _register(office, tmp_path)
    done = office.json("consolidate", office.plan, "province")
    assert (done["reports"], done["totals"], done["gaps"]) == (2, 1, {})
    total = office.report("Tỉnh Thử")

    assert "2 đơn vị" in office.json("propose", total)["results"]
    assert "Những kết quả đã đạt được (results)" in office.say("propose", total)

    traced = office.json("trace", total, CELL)
    assert (traced["figure"]["amount"], sorted(part["unit"] for part in traced["parts"])) == ("7", ["Xã Hai", "Xã Một"])
    shown = office.say("trace", total, CELL)
    assert "7 Tỉnh Thử" in shown and "Ông Giấy (mẫu) (ký ngoài hệ thống)" in shown

    revision = traced["revision_id"]
    assert {found["document_id"] for found in office.json("audit", "in-total", revision)} == {one, two}
    actions = [event["what"] for event in office.json("audit", "timeline", one) if event["topic"] == "step"]
    assert actions == ["open", "present", "sign", "submit", "consolidate"]
    leader = _rows(office, "SELECT person_id FROM office WHERE id = %s", office.seats["Xã Một", "leader"])[0][0]
    (signed,) = office.json("audit", "signed", leader, TODAY, TODAY)
    assert (signed["document_id"], signed["authority"]) == (one, "KT.")
    assert "ký ngoài hệ thống" in office.say("audit", "exceptions", TODAY, TODAY)
    assert office.json("audit", "exceptions", TODAY, TODAY)[0]["kind"] == "signed-elsewhere"
    assert office.json("audit", "check", one) == []
    assert "không có sai lệch" in office.say("audit", "check", one)

    why = ("--reason", "Số nữ sai", "--code", "figures-wrong", "--due", f"{TODAY + timedelta(days=2)} 11:00")
    assert office.step(one, "Tỉnh Thử", "supervisor", "reopen", *why)["state"] == "returned"
    shown = office.say("audit", "stale", office.plan)
    assert "Xã Một đã mở lại" in shown and "Cause(" not in shown
    assert office.json("audit", "stale", office.plan)[0]["causes"][0]["why"] == "reopened"
    (corrected,) = _rows(office, "SELECT due_at FROM step WHERE document_id = %s AND action = 'reopen'", one)
    assert corrected[0].astimezone(LOCAL).hour == 11


def test_a_leader_names_who_writes_and_a_refusal_shows_its_reasons(office: Office) -> None:
    total, by = office.report("Tỉnh Thử"), office.seats["Tỉnh Thử", "leader"]
    refused = office.say("step", total, "assign", "--office", by, code=1)
    assert "người nhận việc" in refused and "chọn một người" in refused
    drafter = office.seats["Tỉnh Thử", "drafter"]
    assert office.step(total, "Tỉnh Thử", "leader", "assign", "--to", drafter)["action"] == "assign"
    (desk,) = _rows(office, "SELECT desk, desk_office_id FROM document WHERE id = %s", total)
    assert desk == ("drafter", drafter)
    offered = office.json("step", total, "--office", by)
    assert {one["action"] for one in offered} >= {"assign", "sign"}


def test_a_plan_that_is_sent_step_by_step_is_fanned_out_too(office: Office) -> None:
    with db.transaction(db.engine(office.urls.program)) as session:
        order = order_of(session, ORDER | {"title": "Kế hoạch thứ hai (mẫu)", "subject": "khác"})
        drafter = office.seats["Tỉnh Thử", "drafter"]
        person = session.connection().exec_driver_sql("SELECT person_id FROM office WHERE id = %s", (drafter,)).scalar()
        actor, at = Actor(int(person or 0), drafter), datetime.now(LOCAL)
        plan = draft_plan(session, order, actor, at)
        drafting.save(
            session, plan, cast(dict[str, Any], ORDER["content"]), 0, offices.holder(session, actor, TODAY).holder, at
        )
    office.step(plan, "Tỉnh Thử", "drafter", "present")
    office.step(plan, "Tỉnh Thử", "leader", "sign")
    sent = office.step(plan, "Tỉnh Thử", "clerk", "submit", "--recipient", "UBND các xã")
    assert (sent["number"], sent["opened"]) == ("02/KH-UBND", {"province": 1, "commune": 2})


def test_an_office_is_given_for_a_kind_and_in_anothers_stead_and_ends(office: Office) -> None:
    stands_for = office.seats["Xã Hai", "leader"]
    person = office.json("people", "add", "Người thay (mẫu)", "--email", "thay@example.vn")["person"]
    words = ("--authority", "KT.", "--kind", "report", "--field", "bình đẳng giới", "--stands-for", stands_for)
    given = office.json("people", "office", person, "cli:H", "leader", "Quyền", "2026-01-01", *words)["office"]
    kept = _rows(office, "SELECT kinds, fields, stands_for FROM office WHERE id = %s", given)
    assert kept == [(["report"], ["bình đẳng giới"], stands_for)]
    assert "Quyền" in office.say("people", "list", "Xã Hai")
    office.json("people", "end", given, TODAY)
    later = office.json("people", "list", "Xã Hai", "--day", TODAY + timedelta(days=1))
    assert given not in [held["office_id"] for held in later]
    assert office.json("people", "token", person, "máy thử")["token"].startswith("dd_")


def test_units_are_shown_as_of_a_day(office: Office) -> None:
    assert {unit["name"] for unit in office.json("units", "children", "Tỉnh Thử")} == {"Xã Một", "Xã Hai"}
    successors = office.json("units", "successors", "vn3:21439", "--day", "2025-06-30")
    assert [one["name"] for one in successors] == ["Phường Đức Phổ"]


def test_a_job_without_prefect_says_so_beside_its_json(office: Office) -> None:
    done = office.process("flow", "run", "watch-deadlines", "--json")
    assert json.loads(done.stdout)["fanned_out"] == []
    assert "Prefect does not answer" in done.stderr
    assert "Deadlines watched" in office.say("flow", "run", "watch-deadlines", "--plain")
    assert "No level is ready" in office.say("flow", "run", "consolidate", "--plain")
    assert "together" in office.say("flow", "run", "consolidate", "--plan", office.plan, "--plain", code=2)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("plan show 999999", 1, "Không có kế hoạch số 999999"),
        ("trace 999999 10201", 1, "999999"),
        ("audit check 999999", 1, "999999"),
        ("audit timeline 999999999999999999999", 1, "no such document"),
        ("audit signed 1 hôm-nay 2026-12-31", 1, "không phải ngày"),
        ("people office 999999 cli:H leader Ông 2026-01-01", 1, "một số bạn nêu"),
        ("people list Nơi-không-có", 1, "dondoc units find"),
        ("step 1 sign --office 999999", 1, "999999"),
        ("plan issue /nowhere.yaml --drafter 1 --leader 1 --clerk 1", 2, "does not exist"),
        ("flow run sleep", 2, "sleep"),
        ("dance", 2, "dance"),
    ],
)
def test_what_is_wrong_is_a_sentence_and_a_code(office: Office, words: str, code: int, said: str) -> None:
    answer = office.say(*words.split(), code=code)
    assert said.lower() in answer.lower() and "Traceback" not in answer


# ── what stands in a file ───────────────────────────────────────────────────────────────────────────────────


def _order(**more: Any) -> dict[str, Any]:
    """The order for the tests' world, with one thing in its requirement other than it should be."""
    (asked,) = ORDER["requirements"]
    levels = {"commune": {"due": "2026-12-18"}, "province": {"due": "2026-12-22 11:00"}}
    requirement = {**asked, "levels": levels, **more}  # type: ignore[dict-item]
    return {**ORDER, "unit": PROVINCE, "addressees": [PROVINCE], "requirements": [requirement]}


def test_an_order_is_read_with_its_days_and_hours(database: Urls) -> None:
    with _world(database) as world:
        order = order_of(world.session, _order(kind="report", periodic=True))
    (asked,) = order.requirements
    assert (asked.kind, asked.series, asked.periodic) == (Kind.REPORT, "BC", True)
    ends = datetime(2026, 12, 19, tzinfo=LOCAL), datetime(2026, 12, 22, 11, tzinfo=LOCAL)
    assert asked.levels == [LevelOrder("commune", ends[0]), LevelOrder("province", ends[1])]
    assert order.addressees == [(order.unit_id, True)]


@pytest.mark.parametrize(
    ("window", "first", "last"),
    [
        ({"kind": "action_month", "year": 2026}, "2026-11-15", "2026-12-15"),
        ({"first": date(2026, 3, 1), "last": "2026-03-31", "label": "Tháng Ba"}, "2026-03-01", "2026-03-31"),
        ({"kind": "custom", "first": "2026-03-01", "last": "2026-03-31"}, "2026-03-01", "2026-03-31"),
        ({"kind": "campaign", "first": "12-20", "last": "01-10", "year": 2027}, "2026-12-20", "2027-01-10"),
        ({"kind": "quarter", "year": 2026, "index": 3}, "2026-06-15", "2026-09-14"),
        ({"kind": "year", "year": 2026}, "2025-12-15", "2026-12-14"),
    ],
)
def test_every_window_that_the_api_takes_is_read_from_a_file(
    database: Urls, window: dict[str, Any], first: str, last: str
) -> None:
    with _world(database) as world:
        (asked,) = order_of(world.session, _order(window=window)).requirements
    assert (asked.window.first.isoformat(), asked.window.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"window": {"kind": "action_month"}}, "requirements.0.window"),
        ({"window": {"kind": "year", "yaer": 2026}}, "requirements.0.window"),
        ({"window": {"first": "2026-03-01", "last": "hôm nay"}}, "requirements.0.window"),
        ({"window": 2026}, "requirements.0.window"),
        ({"form": "no-such-form"}, "requirements.0.form"),
        ({"perodic": True}, "requirements.0"),
        ({"urgency": "gấp"}, "requirements.0.urgency"),
        ({"levels": {"commune": {"due": "thứ Sáu"}}}, "requirements.0.levels.commune"),
        ({"levels": {"commune": {}}}, "requirements.0.levels.commune.due"),
        ({"levels": {"commune": {"due": "2026-12-18", "role": "x"}}}, "requirements.0.levels.commune"),
        ({"levels": ["commune"]}, "requirements.0"),
    ],
)
def test_a_wrong_place_in_an_order_is_named(database: Urls, more: dict[str, Any], place: str) -> None:
    with _world(database) as world, pytest.raises(BadOrder) as refused:
        order_of(world.session, _order(**more))
    assert refused.value.fields["place"] == place
    assert "Error" not in refused.value.message and "object" not in refused.value.message


def test_a_file_that_is_no_order_is_told_with_its_line(office: Office, tmp_path: Path) -> None:
    file, who = tmp_path / "plan.yaml", ("--drafter", 1, "--leader", 1, "--clerk", 1)
    for text, said in (("title: [a\nunit: b", "dòng 2"), ("", "docs/running.md"), ("title: a", "kế hoạch.unit")):
        file.write_text(text, encoding="utf-8")
        assert said in office.say("plan", "issue", file, *who, code=1)


def test_a_plan_from_a_file_may_only_address_its_own(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(yaml.safe_dump({**ORDER, "addressees": ["Tỉnh Lai Châu"]}, allow_unicode=True), encoding="utf-8")
    who = [word for seat in ("drafter", "leader", "clerk") for word in (f"--{seat}", office.seats["Tỉnh Thử", seat])]
    refused = office.say("plan", "issue", file, *who, code=1)
    assert "không trực thuộc Tỉnh Thử" in refused and "chọn đơn vị trực thuộc" in refused


def test_a_paper_that_lacks_something_is_told(database: Urls) -> None:
    with _world(database) as world, pytest.raises(BadOrder, match="bản giấy.signer"):
        paper_of(world.session, {"number": 7, "symbol": "BC-UBND", "date": "2026-12-01"}, world.now)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "có"),
        ([], ""),
        (["a", Standing.OVERDUE], "a, overdue"),
        ({Standing.OVERDUE: 2, "x": None}, "overdue: 2, x: "),
        (datetime(2026, 12, 18, 17, tzinfo=LOCAL), "18/12/2026 17:00"),
        (datetime(2026, 12, 19, tzinfo=LOCAL), "18/12/2026 24:00"),
        (date(2026, 12, 18), "18/12/2026"),
        (timedelta(days=2, hours=3), "2 ngày 3 giờ"),
        (Decimal("1.5"), "1.5"),
        (b"\x01", "01"),
        (Figure.exact(7), "7"),
        (Reason("ô 10201", "trống"), "place: ô 10201, message: trống, remedy: "),
    ],
)
def test_a_table_shows_words_and_never_what_python_writes(value: object, shown: str) -> None:
    assert tables.cell(value) == shown


def test_a_name_with_brackets_stays_whole(capsys: pytest.CaptureFixture[str]) -> None:
    tables.show([{"name": "Kế hoạch [bold]"}], {"name": "Tên"}, as_json=False, title="[1]")
    assert "Kế hoạch [bold]" in (told := capsys.readouterr().out) and "[1]" in told


# ── below ───────────────────────────────────────────────────────────────────────────────────────────────────


def _register(office: Office, folder: Path) -> int:
    """The province's clerk registers the paper of the commune that works outside the system."""
    said = {"number": 7, "symbol": "BC-UBND", "date": TODAY, "signer": "Ông Giấy (mẫu)", "content": {
        "rows": [{"table": 1, "row": 2, "label": "Tọa đàm", "values": {"1": "5", "2": "1", "3": "1"}}]}}  # fmt: skip
    (folder / "paper.yaml").write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    report, clerk = office.report("Xã Hai"), office.seats["Tỉnh Thử", "clerk"]
    assert "--paper FILE" in office.say("step", report, "register", "--office", clerk, code=1)
    taken = office.step(report, "Tỉnh Thử", "clerk", "register", "--paper", folder / "paper.yaml")
    assert (taken["state"], taken["number"]) == ("submitted", "07/BC-UBND")
    return report


@contextmanager
def _world(urls: Urls) -> Iterator[World]:
    """The tests' province, gone afterwards."""
    with db.engine(urls.program).connect() as connection, Session(connection) as session:
        yield World(session)


def _rows(office: Office, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with db.transaction(db.engine(office.urls.program)) as session:
        return [tuple(row) for row in session.connection().exec_driver_sql(sql, values)]


def _forget() -> None:
    """Each command reads its settings anew, as a process would."""
    settings.current.cache_clear()
    db.program_engine.cache_clear()
    db.request_engine.cache_clear()
