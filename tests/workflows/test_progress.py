"""How far a run is: seen by others while its own transaction goes on, beaten, ended, failed, dead; and the pulse."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from sqlmodel import Session

from states import acting, duties, units
from states import database as db
from states.embedded import Urls
from states.reading.pulse import pulse
from states.reading.runs import DEAD_AFTER, Outcome, Run, recent, running_now
from states.settings import Settings
from tests.world import World
from workflows import jobs, progress
from workflows.asking import NotRunAgain, PrefectSilent, recent_runs, run_again
from workflows.progress import progress as telling

NOW = datetime(2026, 11, 10, 8, tzinfo=UTC)


@pytest.fixture
def engine(database: Urls, monkeypatch: pytest.MonkeyPatch) -> Any:
    """This module's database, also for the jobs."""
    monkeypatch.setattr(db, "program_engine", lambda: db.engine(database.program))
    return db.engine(database.program)


def now_running(engine: Any, at: datetime = NOW, plan: int | None = None) -> list[Run]:
    with db.transaction(engine) as session:
        return running_now(session, plan, at)


def newest(engine: Any, at: datetime = NOW) -> Run:
    with db.transaction(engine) as session:
        return recent(session, 1, at)[0]


# ── telling ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_others_see_how_far_a_run_is_while_its_own_work_is_not_committed(engine: Any) -> None:
    with telling(engine, "consolidate", None, 34, "Tổng hợp cấp tỉnh", NOW) as tell, db.transaction(engine) as work:
        work.connection().exec_driver_sql("UPDATE unit SET phone = '0' WHERE id = 1")
        tell(17)
        (run,) = now_running(engine)
        assert (run.flow, run.words, run.done, run.total) == ("consolidate", "Tổng hợp cấp tỉnh", 17, 34)
        assert (run.outcome, run.share, run.ended_at) == (Outcome.RUNNING, 0.5, None)
        work.rollback()
    assert now_running(engine) == []
    done = newest(engine)
    assert (done.outcome, done.share, done.outcome_words) == (Outcome.DONE, 1.0, "xong")
    assert done.began_at == NOW and done.ended_at is not None and done.took < timedelta(seconds=30)


def test_a_run_that_fails_says_why_and_lets_the_error_pass(engine: Any) -> None:
    with pytest.raises(ValueError, match="mất kết nối"), telling(engine, "deliver", None, 1, "Gửi", NOW):
        raise ValueError("mất kết nối")
    run = newest(engine)
    assert (run.outcome, run.error) == (Outcome.FAILED, "mất kết nối")


def test_a_quiet_sweep_that_finds_nothing_leaves_nothing(engine: Any) -> None:
    before = newest(engine).id if _count(engine) else 0
    with telling(engine, "watch-deadlines", None, 1, "", NOW, quiet=True):
        pass
    assert not _count(engine) or newest(engine).id == before
    with telling(engine, "watch-deadlines", None, 1, "", NOW, quiet=True) as tell:
        tell(1, "Nhắc về 3 văn bản")
    assert newest(engine).words == "Nhắc về 3 văn bản"


def test_a_run_that_died_is_told_as_broken_until_the_work_is_begun_again(engine: Any) -> None:
    died = progress.Tell(engine, "fan-out-plan", None, 3, NOW)
    died(1, "Mở báo cáo cấp tỉnh")
    assert [run.outcome for run in now_running(engine, NOW + timedelta(minutes=1))] == [Outcome.RUNNING]
    later = NOW + DEAD_AFTER + timedelta(seconds=5)
    assert [run.outcome_words for run in now_running(engine, later)] == ["đứt"]
    assert now_running(engine, NOW + timedelta(hours=2)) == [], "forgotten after an hour"
    with telling(engine, "fan-out-plan", None, 3, "lần nữa", later):
        assert [run.words for run in now_running(engine, later)] == ["lần nữa"]
    with db.transaction(engine) as session:
        _, dead = recent(session, 2, later)
    assert (dead.outcome, dead.error) == (Outcome.FAILED, "Đứt giữa chừng: tiến trình đã chết")


def test_a_long_step_beats_while_it_works(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "BEAT_SECONDS", 0.05)
    with telling(engine, "consolidate", None, 1, "một câu lệnh dài", NOW):
        first, waited = newest(engine).beat_at, threading.Event()
        for _ in range(100):
            if newest(engine).beat_at > first:
                break
            waited.wait(0.05)
        assert newest(engine).beat_at > first
    ended = newest(engine)
    waited.wait(0.15)
    assert newest(engine) == ended, "it beats no more"


def test_a_plan_that_does_not_exist_is_not_told_and_the_work_goes_on(
    engine: Any, caplog: pytest.LogCaptureFixture
) -> None:
    before = _count(engine)
    with telling(engine, "consolidate", 10**9, 1, "x", NOW) as tell:
        tell(1)
    assert _count(engine) == before
    assert "not told" in caplog.text


# ── what the jobs tell ──────────────────────────────────────────────────────────────────────────────────────


def test_a_fan_out_and_a_consolidation_are_told_for_their_plan(engine: Any) -> None:
    with db.transaction(engine) as session:
        world = World(session)
        plan = world.draft_plan()
        world.write_plan(plan)
        world.send(plan)
    jobs.fan_out(plan, world.now)
    told = newest(engine)
    assert (told.flow, told.plan_id, told.done, told.total) == ("fan-out-plan", plan, 3, 3)
    assert told.words == "Đã mở 7 báo cáo, 0 kế hoạch cấp dưới"
    with db.transaction(engine) as session:
        here = world.on(session)
        here.plan = plan
        here.report("W1")
    jobs.consolidate(plan, "district", world.now)
    told = newest(engine)
    assert (told.flow, told.plan_id, told.outcome) == ("consolidate", plan, Outcome.DONE)
    assert told.words == "Tổng hợp cấp huyện: 1 báo cáo vào 1 bản tổng hợp, còn thiếu 3"
    assert told.plan == "Kế hoạch Tháng hành động năm 2026 (mẫu)"
    jobs.watch(world.at("2026-12-16", 8))
    assert newest(engine).flow == "watch-deadlines" and newest(engine).words.startswith("Nhắc về ")
    runs = _count(engine)
    jobs.watch(world.now)
    assert _count(engine) == runs, "nothing was climbed twice, so nothing is told"


# ── the pulse ───────────────────────────────────────────────────────────────────────────────────────────────


def test_the_pulse_changes_with_what_a_board_shows_and_only_in_its_part(engine: Any) -> None:
    with db.transaction(engine) as session:
        world = World(session)
        world.staff(world.unit("MG"), "thêm")
        plan = world.issue_plan()
        paths = {code: units.get(session, world.unit(code)).path for code in ("MG", "AM", "BM")}

    def pulses() -> dict[str, str]:
        with db.transaction(engine) as session:
            return {code: pulse(session, plan, path) for code, path in paths.items()}

    def done(act: Any) -> set[str]:
        before = pulses()
        assert pulses() == before, "nothing happened"
        with db.transaction(engine) as session:
            here = world.on(session)
            here.plan = plan
            act(here)
        after = pulses()
        return {code for code in paths if before[code] != after[code]}

    assert done(lambda w: w.write(w.report_of("W1"))) == set(), "a saved draft is no step"
    assert done(lambda w: w.present(w.report_of("W1"))) == {"MG", "AM"}
    assert {"MG", "BM"} <= done(lambda w: _extended(w, "W3"))
    assert "MG" in done(lambda w: _note(w.session, w.report_of("W1"), w))
    before = pulses()
    with telling(engine, "consolidate", plan, 2, "x", world.now) as tell:
        begun = pulses()
        tell(1)
        further = pulses()
    assert len({before["MG"], begun["MG"], further["MG"], pulses()["MG"]}) >= 3
    assert pulses()["MG"] != further["MG"]


def test_the_pulse_tells_a_commit_that_came_out_of_its_order(engine: Any) -> None:
    with db.transaction(engine) as session:
        world = World(session)
        plan = world.issue_plan()
        path = units.get(session, world.unit("MG")).path
        one, other = world.report_of("W1"), world.report_of("W2")
    tokens = []
    with db.transaction(engine) as slow:
        _note(slow, one, world)
        with db.transaction(engine) as quick:
            _note(quick, other, world)
        with db.transaction(engine) as session:
            tokens.append(pulse(session, plan, path))
    with db.transaction(engine) as session:
        tokens.append(pulse(session, plan, path))
    assert tokens[0] != tokens[1], "the earlier number was committed later, and is told all the same"


# ── Prefect's own runs ──────────────────────────────────────────────────────────────────────────────────────


class Answers(BaseHTTPRequestHandler):
    """A few of Prefect's answers, in its own shape; the real one is spoken with in test_flows."""

    asked: list[dict[str, Any]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append({"path": self.path, **body})
        flows = [{"id": "f1", "name": "consolidate"}]
        self._say(flows if "flows/" in self.path else {"id": "new"} if "create" in self.path else [self._run()])

    def do_GET(self) -> None:
        if self.path.endswith("/gone"):
            self.send_error(404)
        else:
            self._say(self._run() | ({"deployment_id": None} if self.path.endswith("/by-hand") else {}))

    def _run(self) -> dict[str, Any]:
        return {"id": "r1", "flow_id": "f1", "name": "wise-owl", "state_type": "CRASHED", "state_name": "Crashed",
                "state": {"message": "killed"}, "start_time": "2026-11-10T01:00:00Z", "end_time": None,
                "total_run_time": 1.5, "parameters": {"plan_id": 7, "now": "2026-01-01"},
                "deployment_id": "d1"}  # fmt: skip

    def _say(self, answer: Any) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing to the tests' output."""


@contextmanager
def prefect() -> Iterator[Settings]:
    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Settings(PREFECT_API_URL=f"http://127.0.0.1:{server.server_port}/api")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_prefects_runs_are_told_in_words_and_run_again_at_the_present_moment() -> None:
    with prefect() as settings:
        (run,) = recent_runs(settings, 20).runs
        assert (run.flow, run.state_words, run.message, run.again) == ("consolidate", "đứt", "killed", True)
        assert run.began_at == datetime(2026, 11, 10, 1, tzinfo=UTC) and run.ended_at is None
        assert Answers.asked[0]["limit"] == 20 and "SCHEDULED" not in str(Answers.asked[0]["flow_runs"])
        assert run_again("r1", settings, NOW) == "new"
        assert Answers.asked[-1]["parameters"] == {"plan_id": 7}
        assert Answers.asked[-1]["idempotency_key"] == "again-r1-2026-11-10T08:00"
        for lost in ("gone", "by-hand"):
            with pytest.raises(NotRunAgain):
                run_again(lost, settings, NOW)


def test_a_prefect_that_does_not_answer_is_told_in_words() -> None:
    nowhere = Settings(PREFECT_API_URL="http://127.0.0.1:9/api", prefect_seconds=0.5)
    silent = recent_runs(nowhere)
    assert silent.runs == () and silent.silent is not None and "Prefect không trả lời" in silent.silent
    with pytest.raises(PrefectSilent):
        run_again("r1", nowhere, NOW)


def _count(engine: Any) -> int:
    with db.transaction(engine) as session:
        return int(session.connection().exec_driver_sql("SELECT count(*) FROM running").scalar_one())


def _extended(world: World, unit: str) -> None:
    report = world.report_of(unit)
    until = world.document(report)["due_at"] + timedelta(days=2)
    above = world.session.connection().exec_driver_sql(
        "SELECT receiver_id FROM document WHERE id = %s", (report,)).scalar_one()  # fmt: skip
    holder = replace(world.holder(above, "supervisor"))
    duties.grant(world.session, report, "extension", until, "Mưa lũ", holder, world.now)


def _note(session: Session, document: int, world: World) -> None:
    above = (
        "SELECT o.id FROM office o JOIN document d ON d.receiver_id = o.unit_id"
        " WHERE o.seat = 'supervisor' AND d.id = %s LIMIT 1"
    )
    office = session.connection().exec_driver_sql(above, (document,)).scalar_one()
    acting.tell(session, office)
    session.connection().exec_driver_sql(
        "INSERT INTO note (document_id, office_id, kind, words, at) VALUES (%s, %s, 'call', 'Đã gọi', %s)",
        (document, office, world.now),
    )
