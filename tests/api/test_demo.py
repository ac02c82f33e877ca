"""The demo's stories 1 and 2, played once: what they end with is what the five real papers say."""

import json
import secrets
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from rich.console import Console
from sqlalchemy import make_url

from api.demo import BEGINS, CannotWriteFigures, play, play_on
from api.demo.own_database import DemoIsPlaying, DemoNeedsOwner, DemoOnRealData, own_database
from api.demo.stage import DATA, Stage
from documents.signing import kept
from documents.signing.validating import validate
from states import database as db
from states.embedded import Urls
from states.settings import Settings, current
from tests.documents.signing.desk import means

Told = dict[str, Any]


@pytest.fixture(scope="module")
def played(database: Urls) -> Told:
    """Both stories on the module's database, with what was printed."""
    console = Console(file=StringIO(), width=160)
    stage = Stage(console, BEGINS, db.engine(database.program))
    stage.means = means()
    told = play_on(stage, (1, 2))
    assert isinstance(console.file, StringIO)
    return told | {"printed": console.file.getvalue(), "stage": stage}


@pytest.fixture
def lai_chau(played: Told) -> Told:
    told: Told = played["lai_chau"]
    return told


@pytest.fixture
def others(played: Told) -> Told:
    told: Told = played["others"]
    return told


# ── Lai Châu ────────────────────────────────────────────────────────────────────────────────────────────────

SEED = {
    "10401": "25", "10402": "42", "10403": "65", "20401": "39", "30101": "33", "40106": "20000000", "40206": "0",
}  # fmt: skip


def test_the_district_ends_with_the_figures_of_its_real_report(lai_chau: Told) -> None:
    assert lai_chau["totals"] == SEED
    assert lai_chau["coverage"] == (17, 17)
    assert lai_chau["province"] == SEED


def test_some_sign_with_sample_certificates_and_the_rest_plainly(played: Told, lai_chau: Told) -> None:
    with played["stage"].transaction() as session:
        of_province = kept.signatures(session, lai_chau["documents"]["province"])
        of_district = kept.signatures(session, lai_chau["documents"]["district"])
        sealed = kept.pdf_of(session, lai_chau["documents"]["province"], None)
    assert [(one.purpose, one.sample, one.in_force) for one in of_province] == [
        ("officer", True, True), ("seal", True, True),
    ]  # fmt: skip
    assert [one.in_force for one in of_district] == [False, False, True, True]  # it was reopened, and sent again
    assert sealed is not None
    assert validate(sealed, means().roots, of_province[-1].at, means().system_roots).whole
    signed = played["stage"].rows("SELECT count(DISTINCT document_id) AS n FROM signature")[0]["n"]
    assert signed == 9  # the province's plan and report, the district's report, three communes' both


def test_what_is_shared_out_is_a_sample_and_says_so(played: Told) -> None:
    data = yaml.safe_load((DATA / "lai_chau.yaml").read_text(encoding="utf-8"))
    events, men, women, sessions = map(sum, zip(*data["communes"].values(), strict=True))
    assert (len(data["communes"]), events, men, women, sessions + 5) == (17, 25, 42, 65, 39)
    assert "Số mẫu: số chia theo xã" in played["printed"]


def test_numbers_are_those_of_the_papers_and_the_committee_has_its_own_series(lai_chau: Told) -> None:
    assert (lai_chau["own_plan"], lai_chau["plan"]) == ("265/KH-UBND", "4161/KH-UBND")
    assert (lai_chau["first_number"], lai_chau["number"]) == ("24/BC-BVSTBPN", "25/BC-BVSTBPN")


def test_the_earlier_plan_is_attached_and_explained_not_doubled(played: Told, lai_chau: Told) -> None:
    plans = "SELECT unit_id FROM document WHERE kind = 'plan' AND level = 'district' AND plan_id = %(plan)s"
    assert len(played["stage"].rows(plans, plan=lai_chau["documents"]["plan"])) == 1
    assert lai_chau["attached"] == ["Huyện Phong Thổ: 265/KH-UBND"]
    assert len(lai_chau["explained"]) == 1 and "trước kế hoạch của cấp trên" in lai_chau["explained"][0]
    assert lai_chau["commune_plans"] == 17
    assert lai_chau["basis"] == "Thực hiện Kế hoạch số 265/KH-UBND ngày 12 tháng 10 năm 2023 của UBND huyện Phong Thổ"
    assert lai_chau["plans_done"] == 19  # the province's, the district's, the communes'


def test_committee_reports_phong_drafts_so_receives(played: Told, lai_chau: Told) -> None:
    names = """SELECT i.name AS issuer, w.name AS drafter, r.name AS receiver FROM document d
               JOIN unit i ON i.id = d.issuer_id JOIN unit w ON w.id = d.drafter_id JOIN unit r ON r.id = d.receiver_id
               WHERE d.id = %(id)s"""
    (row,) = played["stage"].rows(names, id=lai_chau["documents"]["district"])
    assert [name.split()[0] for name in row.values()] == ["Ban", "Phòng", "Sở"]


def test_one_is_late_one_returned_one_on_paper(lai_chau: Told) -> None:
    assert lai_chau["gaps"] == ["Xã Pa Vây Sử (chưa gửi)"]
    assert lai_chau["sent_late"] == {"unit": "Xã Pa Vây Sử", "working_days": 2}
    assert [(line["unit"], line["standing"], line["days_late"]) for line in lai_chau["late"]] == [
        ("Xã Pa Vây Sử", "overdue", 1)
    ]
    assert lai_chau["board"] | {"rate": 0, "on_time_rate": 0, "standings": {}} == {
        "expected": 18, "received": 16, "on_time": 16, "rate": 0, "on_time_rate": 0, "standings": {},
    }  # fmt: skip
    assert lai_chau["returned"]["numbers"] == ["229/BC-UBND", "230/BC-UBND"]
    assert lai_chau["paper"] == {"unit": "Xã Mồ Sì San", "number": "41/BC-UBND"}


def test_people_are_reminded_before_on_and_after_the_day(lai_chau: Told) -> None:
    reminded = lai_chau["reminded"]
    assert reminded["before-5"] == 18 and reminded["before-2"] >= 17 and reminded["before-1"] >= 17
    assert reminded["on-the-day"] == 9  # nobody who had sent by then
    assert reminded["after-1"] == 1


def test_a_reopened_report_makes_the_totals_above_stale_until_they_are_made_again(lai_chau: Told) -> None:
    assert lai_chau["stale"] == ["Tỉnh Lai Châu", "Huyện Phong Thổ"]
    assert [(cell["cell"], cell["old"], cell["new"]) for cell in lai_chau["difference"]] == [
        (10401, "24", "25"), (10402, "40", "42"), (10403, "62", "65"),
    ]  # fmt: skip
    assert lai_chau["stale_after"] == []


def test_a_figure_of_the_province_is_followed_down_to_seventeen_communes(lai_chau: Told) -> None:
    root = lai_chau["trace"]
    (district,) = root["parts"]
    assert (root["figure"], district["figure"], root["adds_up"]) == ("65", "65", True)
    assert sum(int(part["figure"]) for part in district["parts"]) == 65
    signed = [part["signed"] for part in district["parts"]]
    assert len(signed) == 17 and sum("ký ngoài hệ thống" in words for words in signed) == 1


def test_missing_is_printed_as_missing(played: Told) -> None:
    assert "░░ chưa gửi ░░" in played["printed"] and "░ chưa có số ░" in played["printed"]


# ── the other four ──────────────────────────────────────────────────────────────────────────────────────────


def test_bach_dang_is_one_child_of_its_quan(others: Told) -> None:
    told = others["hai_ba_trung"]
    assert told["own_plan"] == "150/KH-UBND"
    said = {"10201": "1", "10202": "42", "10203": "55", "20101": "~4", "20201": "2"}
    nil = {key: "0" for key in told["figures"] if key.startswith("3")}
    assert told["figures"] == said | nil and nil  # «Không» is a reported nothing
    assert told["coverage"][0] == 1 and len(told["gaps"]) == told["coverage"][1] - 1 == 14
    assert {key: told["total"][key] for key in said} == said
    assert "tần suất" in told["refused"]


def test_nguyen_nghiem_answers_duc_pho_and_asks_its_ten(others: Told) -> None:
    told = others["duc_pho"]
    assert (told["plan"], told["own_plan"]) == ("74/KH-UBND", "45/KH-UBND")
    assert told["basis"] == "Thực hiện Kế hoạch số 74/KH-UBND ngày 11 tháng 4 năm 2024 của UBND thị xã Đức Phổ"
    assert (told["asked"], told["asked_only"]) == (10, 2)
    assert {"phone", "paper"} <= set(told["given"].values())
    assert told["late"] == ["Công chức Tư pháp - Hộ tịch"]  # the Mặt trận gave nothing either, and is only asked
    assert told["figures"]["40101"] == "0" and told["figures"]["50101"] == "96"


def test_nhon_hung_keeps_its_bounds_and_its_money(others: Told) -> None:
    told = others["nhon_hung"]
    assert (told["plan"], told["own_plan"], told["report"]) == ("1018/KH-UBND", "37/KH-UBND", "236/BC-UBND")
    assert told["stated"] == {
        "10101": "18", "10102": ">540", "10201": "17", "10202": "~420", "10301": "15", "10302": "~375",
        "10401": "1", "10402": "82", "10501": "1", "10502": "50", "20102": "5", "20103": "2", "20202": "15",
        "20203": "5", "20302": "27", "20303": "9", "30102": "250", "30103": "137", "30301": "72",
        "30306": "4267000000", "30401": "10", "30406": "50000000", "40101": "0", "50105": "95", "50205": "99.5",
        "50305": "99.9", "50405": "99.9", "80106": "30000000",
    }  # fmt: skip
    assert told["early"].startswith("gửi 31/10/2024, trước khi hết kỳ số liệu 14/12/2024")


def test_an_giang_says_what_it_says_and_the_cut_percentage_is_told(others: Told) -> None:
    told = others["an_giang"]
    assert told["figures"] == {"10101": ">780", "10102": ">25000", "20102": "2302", "20103": "584"}
    assert (told["plan"], told["stated_percent"], told["computed_percent"]) == ("58/KH-UBND", "25.36", "25.37")
    assert "percent-truncated" in {found["code"] for found in told["noted"]}
    assert told["basis_note"] == "kế hoạch ban hành trước văn bản hướng dẫn 42 ngày"


def test_the_figures_can_be_written_as_json(played: Told) -> None:
    told = {name: value for name, value in played.items() if name != "stage"}
    again = json.loads(json.dumps(told, ensure_ascii=False))
    assert again["lai_chau"]["totals"] == SEED
    assert len(again["timings"]) > 10


# ── a database of its own ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def name(owner_url: str) -> Iterator[str]:
    """A name for a demo's database that is gone after the test."""
    made = f"dondoc_test_demo_{secrets.token_hex(4)}"
    yield made
    with psycopg.connect(_plain(owner_url), autocommit=True) as owner:
        owner.execute(f'DROP DATABASE IF EXISTS "{made}" WITH (FORCE)'.encode())


@pytest.fixture
def settings(database: Urls) -> Settings:
    return current().model_copy(update={"database_url": database.program, "database_owner_url": database.owner})


def test_each_run_has_a_new_database_and_the_office_keeps_its_own(settings: Settings, name: str) -> None:
    for _ in range(2):
        with own_database(settings, name) as (engine, url):
            assert make_url(url).database == name
            with db.transaction(engine) as session:
                run = session.connection().exec_driver_sql
                assert run("SELECT count(*) FROM person WHERE sample").scalar_one() == 0
                run("INSERT INTO person (full_name, sample) VALUES ('Mẫu', true)")


def test_it_refuses_what_could_hurt_in_words(settings: Settings, name: str) -> None:
    with pytest.raises(DemoNeedsOwner, match="DATABASE_OWNER_URL"):
        with own_database(settings.model_copy(update={"database_owner_url": None}), name):
            pass
    office = str(make_url(settings.database_url or "").database)
    with pytest.raises(DemoOnRealData, match=office):
        with own_database(settings, office):
            pass


def test_two_demos_do_not_play_on_one_stage(settings: Settings, name: str) -> None:
    with own_database(settings, name):
        with pytest.raises(DemoIsPlaying):
            with own_database(settings, name):
                pass


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def test_a_file_that_cannot_be_written_is_said_before_the_play(tmp_path: Path) -> None:
    with pytest.raises(CannotWriteFigures, match="another file"):
        play(Console(file=StringIO()), tmp_path / "nowhere" / "figures.json")
