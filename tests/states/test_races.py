"""Two people at once, with real commits: one act counts, the other is told what has happened."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from states import database as db
from states.embedded import Urls
from states.lifecycle import Action
from states.policy import Actor
from states.steps import NoSuchWay, Request, Stale, Taken, take
from tests.world import World

ROUNDS = 20


@pytest.fixture
def world(database: Urls) -> World:
    """A world whose plan is issued and committed; look at it through a session of one's own."""
    with db.transaction(db.engine(database.program)) as session:
        world = World(session)
        world.issue_plan()
        world.write(world.report_of("Phường Một"))
        world.present(world.report_of("Phường Một"))
        world.report("Phường Hai")
        return world


def test_two_leaders_sign_at_once_and_one_signature_counts(database: Urls, world: World) -> None:
    engine, gate = db.engine(database.program), Barrier(2)
    leaders = (world.act("W1", "leader"), world.act("W1", "chair"))
    with db.transaction(engine) as session:
        report = world.on(session).report_of("Phường Một")
        content = world.on(session).newest(report)

    def sign(leader: Actor, seq: int) -> Taken | Stale:
        gate.wait()
        try:
            with db.transaction(engine) as session:
                request = Request(report, Action.SIGN, seq, revision_id=content)
                return take(session, request, leader, world.now)
        except Stale as stale:
            return stale

    with ThreadPoolExecutor(2) as pool:
        for _ in range(ROUNDS):
            with db.transaction(engine) as session:
                seq = world.on(session).document(report)["seq"]
            first, second = pool.map(sign, leaders, (seq, seq))
            assert isinstance(first, Taken) != isinstance(second, Taken)
            stale = second if isinstance(first, Taken) else first
            assert isinstance(stale, Stale)
            assert stale.present == {"document": report, "state": "signed", "seq": seq + 1, "desk": "clerk"}
            with db.transaction(engine) as session:
                world.on(session).revise(report)

    with db.transaction(engine) as session:
        now = world.on(session)
        assert now.trace(report)[2:] == ["sign", "revise"] * ROUNDS
        now.assert_chained(report)


def test_who_waits_at_the_door_finds_the_document_moved(database: Urls, world: World) -> None:
    """The second comes while the first has not committed yet, and waits for the row: it then reads what is there."""
    engine, reading = db.engine(database.program), Event()
    with db.transaction(engine) as session:
        report = world.on(session).report_of("Phường Một")

    def chair_signs() -> None:
        with db.transaction(engine) as session:
            chair = world.on(session)
            content, seq = chair.newest(report), chair.document(report)["seq"]
            reading.set()
            chair.take(report, Action.SIGN, world.act("W1", "chair"), seq=seq, revision_id=content)

    with ThreadPoolExecutor(1) as pool:
        with db.transaction(engine) as session:
            world.on(session).sign(report)
            waiting = pool.submit(chair_signs)
            reading.wait()
            wait_for_a_lock(world.on(session))
        with pytest.raises(Stale):
            waiting.result()
    with db.transaction(engine) as session:
        assert world.on(session).trace(report) == ["open", "present", "sign"]


def test_a_return_and_a_recall_at_once(database: Urls, world: World) -> None:
    engine, gate = db.engine(database.program), Barrier(2)
    with db.transaction(engine) as session:
        report = world.on(session).report_of("Phường Hai")

    def act(what: str) -> str:
        gate.wait()
        try:
            with db.transaction(engine) as session:
                here = world.on(session)
                here.recall(report) if what == "recall" else here.return_(report)
                return what
        except (Stale, NoSuchWay):
            return "told"

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(act, ("recall", "return")))
    assert sorted(answers)[-1] == "told" and len(set(answers)) == 2
    with db.transaction(engine) as session:
        now = world.on(session)
        assert now.trace(report)[4:] == [answer for answer in answers if answer != "told"]
        now.assert_chained(report)


def wait_for_a_lock(world: World) -> None:
    """Until another session of this database waits for a row that we hold."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    while not world.value(asked):
        world.session.connection().exec_driver_sql("SELECT pg_sleep(0.01)")
