"""A document's bundle over HTTP: for whom, as of which checkpoint, verified by the separate verifier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from api import bundles
from api.pace import Buckets
from documents.proof.verifying import packed
from documents.proof.verifying.bundles import verify
from documents.proof.verifying.words import Report
from states import database as db
from states import offices
from states.log import keys, published
from states.settings import Settings
from tests.http_world import Api, Voice, another_machine, report_of, report_text
from tests.sealing_machine import seal, sealing_machine, sent_report
from tests.world import DISTRICTS, PROVINCE, WARDS

ONE, TWO = WARDS[0], WARDS[1]
Paths = dict[str, int]


@pytest.fixture(scope="module", autouse=True)
def machine(api: Api, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with sealing_machine(api, tmp_path_factory.mktemp("home")) as there:
        yield there


@pytest.fixture(scope="module")
def papers(api: Api) -> Paths:
    """Phường Một has sent its report, Phường Hai has put its own up for signature."""
    plan, one = sent_report(api)
    two = report_of(api, plan, TWO)
    drafter = api.as_(TWO, "drafter")
    drafter.put(f"/documents/{two}/draft", {"content": report_text(events=977), "version": 0})
    drafter.step(two, "present")
    return {"plan": plan, "one": one, "two": two}


def checked(data: bytes, machine: Settings, note: str | None = None) -> Report:
    return verify(data, key=keys.of(machine).verifier.line, checkpoint=note)


def test_before_any_checkpoint_the_answer_says_when_to_come_back(api: Api, papers: Paths) -> None:
    auditor = api.as_(PROVINCE, "auditor")
    refused = auditor.say("GET", f"/documents/{papers['one']}/bundle")
    assert (refused.status_code, refused.json()["code"]) == (409, "not-sealed-yet")
    assert "dự kiến 09:17 16/12/2026" in refused.json()["detail"]
    told = auditor.get(f"/documents/{papers['one']}/proof")
    assert (told["proven_seq"], told["seq"], told["checkpoint"]) == (0, 4, None)
    assert told["next_at"] == "2026-12-16T09:17:00+07:00" and told["why_not"] == refused.json()["detail"]
    assert auditor.get("/checkpoints") == {"items": [], "next": None}


def test_the_bytes_are_verified_by_the_separate_verifier(api: Api, papers: Paths, machine: Settings) -> None:
    note = seal(api, machine)
    auditor = api.as_(PROVINCE, "auditor")
    taken = auditor.say("GET", f"/documents/{papers['one']}/bundle")
    assert taken.status_code == 200 and taken.headers["dondoc-proven-step"] == "4/4"
    assert 'filename="ho-so-chung-minh-01-bc-ubnd-phuong-mot-moc-' in taken.headers["content-disposition"]
    report = checked(taken.content, machine, note)
    assert report.whole, [line.vi for line in report.lines]
    assert any("Người ký: Hoa, Phường Một (mẫu)" in line.vi for line in report.lines)
    known = {"If-None-Match": taken.headers["etag"]}
    again = auditor.say("GET", f"/documents/{papers['one']}/bundle", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    (newest,) = auditor.get("/checkpoints")["items"]
    assert newest["note"] == note and newest["root"] in note
    assert auditor.get(f"/documents/{papers['one']}/proof")["checkpoint"] == newest


def test_what_came_after_the_checkpoint_stays_out_and_the_rest_is_proven(
    api: Api, papers: Paths, machine: Settings
) -> None:
    """A report that came back, was written anew and signed again since: the proof is of what was sealed."""
    seal(api, machine)
    supervisor, one = api.as_(DISTRICTS[0], "supervisor"), papers["one"]
    supervisor.step(one, "return", reason_code="figures-wrong", reason="Cộng sai", due_at="2026-12-20T17:00:00+07:00")
    drafter = api.as_(ONE, "drafter")
    version = drafter.get(f"/documents/{one}/draft")["version"]
    drafter.put(f"/documents/{one}/draft", {"content": report_text(events=5), "version": version})
    drafter.step(one, "present")
    api.as_(ONE, "leader").step(one, "sign")
    taken = supervisor.say("GET", f"/documents/{one}/bundle")
    assert taken.headers["dondoc-proven-step"] == "4/7"
    report = checked(taken.content, machine)
    assert report.whole, [line.vi for line in report.lines]
    seal(api, machine)
    later = supervisor.say("GET", f"/documents/{one}/bundle")
    assert later.headers["dondoc-proven-step"] == "7/7" and checked(later.content, machine).whole


def test_a_draft_is_no_proof_and_is_in_nobody_elses(api: Api, papers: Paths, machine: Settings) -> None:
    seal(api, machine)
    refused = api.as_(PROVINCE, "auditor").say("GET", f"/documents/{papers['two']}/bundle")
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing-signed")
    plan = api.as_(PROVINCE, "auditor").say("GET", f"/documents/{papers['plan']}/bundle")
    assert checked(plan.content, machine).whole
    assert b"977" not in packed.opened(plan.content)["contents.jsonl"]


def test_for_whom_it_is(api: Api, papers: Paths, machine: Settings) -> None:
    seal(api, machine)
    path = f"/documents/{papers['one']}/bundle"
    for unit, seat in ((ONE, "clerk"), (ONE, "drafter"), (DISTRICTS[0], "leader"), (PROVINCE, "supervisor")):
        assert api.as_(unit, seat).say("GET", path).status_code == 200, (unit, seat)
    assert api.as_(TWO, "leader").say("GET", path).status_code == 404
    # the plan addresses the ward, which may read it; what stands below the plan's unit is not the ward's to have
    addressed = api.as_(ONE, "leader").say("GET", f"/documents/{papers['plan']}/bundle")
    assert (addressed.status_code, addressed.json()["code"]) == (403, "not-all-in-sight")
    for seat in ("clerk", "drafter"):
        assert api.as_(ONE, seat).say("GET", "/checkpoints").status_code == 403


def test_a_lawful_change_that_waits_is_no_alarm(api: Api, papers: Paths, machine: Settings) -> None:
    """An office that ended since the last sealing: its row is not what was sealed, and nothing is wrong."""
    api.at("2026-12-17")
    seal(api, machine)
    leader = api.world.act(ONE, "leader")
    with db.transaction(db.engine(api.urls.program)) as session:
        offices.end(session, leader.office_id, api.world.today)
    auditor, path = api.as_(PROVINCE, "auditor"), f"/documents/{papers['one']}/bundle"
    refused = auditor.say("GET", path)
    assert (refused.status_code, refused.json()["code"]) == (409, "changed-since")
    seal(api, machine)
    assert checked(auditor.say("GET", path).content, machine).whole


def test_a_machine_that_knows_no_key_makes_none(api: Api, papers: Paths, machine: Settings, tmp_path: Path) -> None:
    """The web's machine may be another than the one that seals: it needs the published key alone."""
    note = seal(api, machine)
    auditor, path = api.as_(PROVINCE, "auditor"), f"/documents/{papers['one']}/bundle"
    elsewhere = machine.model_copy(update={"home": tmp_path / "web", "checkpoints": tmp_path / "moc"})
    with another_machine(api.app, settings=lambda: elsewhere):
        refused = auditor.say("GET", path)
        assert (refused.status_code, refused.json()["code"]) == (409, "no-verifier-here")
        assert not (tmp_path / "web" / keys.FILE).exists()
        (tmp_path / "moc").mkdir()
        (tmp_path / "moc" / published.FILE).write_text(keys.of(machine).verifier.line + "\n", "utf-8")
        assert checked(auditor.say("GET", path).content, machine, note).whole


def test_many_at_once_and_too_often_are_answered_in_words(
    api: Api, papers: Paths, machine: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal(api, machine)
    voice, path = api.as_(PROVINCE, "auditor"), f"/documents/{papers['one']}/bundle"
    monkeypatch.setattr(bundles, "PATIENCE_SECONDS", 0.05)
    for _ in range(bundles.AT_ONCE):
        bundles._turns.acquire()
    try:
        busy = voice.say("GET", path)
    finally:
        for _ in range(bundles.AT_ONCE):
            bundles._turns.release()
    assert (busy.status_code, busy.json()["code"]) == (503, "two-at-work")
    monkeypatch.setattr(bundles, "_taken", Buckets())
    limited = machine.model_copy(update={"session_requests_per_minute": 1000})
    with another_machine(api.app, settings=lambda: limited):
        assert _statuses(voice, path) == [200] * 2 + [429]


def _statuses(voice: Voice, path: str) -> list[int]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bundles, "A_MINUTE", 2)
        return [voice.say("GET", path).status_code for _ in range(3)]


def test_a_row_that_was_tampered_with_gives_no_bundle(api: Api, papers: Paths, machine: Settings) -> None:
    seal(api, machine)
    with psycopg.connect(api.urls.owner) as owner:  # around the program, with all rights
        owner.execute("SET session_replication_role = replica")
        owner.execute("UPDATE sending SET symbol = 'X' WHERE document_id = %s", (papers["one"],))
    refused = api.as_(PROVINCE, "auditor").say("GET", f"/documents/{papers['one']}/bundle")
    assert (refused.status_code, refused.json()["code"]) == (409, "not-as-logged")
