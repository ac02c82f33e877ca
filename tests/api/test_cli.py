"""Stories told through `dondoc`: what a keeper and an office do from the command line, and what it answers."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml

from api.cli.orders import order_of
from documents import drafting
from states import database as db
from states import offices
from states.embedded import Urls
from states.periods import LOCAL, action_month
from states.policy import Actor
from tests.api.cli_office import ORDER, TODAY, Office, founded
from tests.api.command_line import Cli
from workflows.planning import draft_plan

CELL = "10201"  # talks held


@pytest.fixture(scope="module")
def office(database: Urls, tmp_path_factory: pytest.TempPathFactory) -> Office:
    return founded(database, tmp_path_factory.mktemp("cli"))


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
    (row,) = office.rows("SELECT period_first, period_last FROM document WHERE id = %s", office.report("Xã Một"))
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
    leader = office.rows("SELECT person_id FROM office WHERE id = %s", office.seats["Xã Một", "leader"])[0][0]
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
    (corrected,) = office.rows("SELECT due_at FROM step WHERE document_id = %s AND action = 'reopen'", one)
    assert corrected[0].astimezone(LOCAL).hour == 11


def test_a_leader_names_who_writes_and_a_refusal_shows_its_reasons(office: Office) -> None:
    total, by = office.report("Tỉnh Thử"), office.seats["Tỉnh Thử", "leader"]
    refused = office.say("step", total, "assign", "--office", by, code=1)
    assert "người nhận việc" in refused and "chọn một người" in refused
    drafter = office.seats["Tỉnh Thử", "drafter"]
    assert office.step(total, "Tỉnh Thử", "leader", "assign", "--to", drafter)["action"] == "assign"
    (desk,) = office.rows("SELECT desk, desk_office_id FROM document WHERE id = %s", total)
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
        drafting.save(session, plan, ORDER["content"], 0, offices.holder(session, actor, TODAY).holder, at)
    office.step(plan, "Tỉnh Thử", "drafter", "present")
    office.step(plan, "Tỉnh Thử", "leader", "sign")
    sent = office.step(plan, "Tỉnh Thử", "clerk", "submit", "--recipient", "UBND các xã")
    assert (sent["number"], sent["opened"]) == ("02/KH-UBND", {"province": 1, "commune": 2})


def test_an_office_is_given_for_a_kind_and_in_anothers_stead_and_ends(office: Office) -> None:
    stands_for = office.seats["Xã Hai", "leader"]
    person = office.json("people", "add", "Người thay (mẫu)", "--email", "thay@example.vn")["person"]
    words = ("--authority", "KT.", "--kind", "report", "--field", "bình đẳng giới", "--stands-for", stands_for)
    given = office.json("people", "office", person, "cli:H", "leader", "Quyền", "2026-01-01", *words)["office"]
    kept = office.rows("SELECT kinds, fields, stands_for FROM office WHERE id = %s", given)
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
