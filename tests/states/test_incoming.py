"""Papers that came in: kept once by their digest, read again and again, decided once; nothing is ever changed."""

from __future__ import annotations

import hashlib

import pytest
from psycopg import errors as pg
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from states import files, incoming
from states.incoming import AlreadyDecided, Arrival, SayWhy
from states.reading import incoming as reading
from states.reading.incoming import NoSuchPaper
from tests.world import PROVINCE, World

ONE, TWO, DISTRICT = "Phường Một", "Phường Hai", "Huyện An Mẫu"
PAPER = {"text": {"pages": 1}, "asks": 2, "paper": {
    "title": {"value": "Kết quả Tháng hành động"}, "type_word": {"value": "Báo cáo"}, "number": {"value": "25"},
    "symbol": {"value": "BC-UBND"}, "issuer": {"value": "UBND phường Một"}}}  # fmt: skip


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


def came(world: World, unit: str, data: bytes = b"mot tep", seat: str = "clerk") -> tuple[int, bool]:
    digest = files.keep(world.session, data)
    arrival = Arrival(world.unit(unit), digest, "bao-cao.txt", "text/plain", "upload")
    return incoming.arrive(world.session, arrival, world.act(unit, seat), world.now)


def test_the_same_bytes_are_kept_once_and_come_to_each_unit_once(world: World) -> None:
    assert files.keep(world.session, b"mot tep") == files.keep(world.session, b"mot tep")
    assert files.read(world.session, hashlib.sha256(b"mot tep").digest()) == b"mot tep"
    first, new = came(world, ONE)
    assert new and came(world, ONE) == (first, False)
    other, new = came(world, TWO)
    assert new and other != first
    assert world.value("SELECT count(*) FROM file WHERE digest = sha256('mot tep')") == 1
    with pytest.raises(files.NoSuchFile):
        files.read(world.session, b"\0" * 32)


def test_a_reading_stands_beside_the_one_before_and_the_last_one_is_shown(world: World) -> None:
    number, _ = came(world, ONE)
    unit = world.unit(ONE)
    assert not reading.one(world.session, number, unit).read
    incoming.note_reading(world.session, number, "một", world.now, refusal="Tệp hỏng: gửi lại.")
    assert reading.one(world.session, number, unit).refusal == "Tệp hỏng: gửi lại."
    incoming.note_reading(world.session, number, "hai", world.later(minutes=1), content=PAPER)
    found = reading.one(world.session, number, unit)
    assert (found.reader, found.refusal, found.content) == ("hai", None, PAPER)
    (row,), more = reading.papers(world.session, unit)
    assert (row.title, row.number, row.asks, row.read, more) == ("Kết quả Tháng hành động", "25", 2, True, False)


def test_what_a_file_says_is_kept_without_what_cannot_be_kept(world: World) -> None:
    number, _ = came(world, ONE)
    incoming.note_reading(world.session, number, "một", world.now, content={"a\0": ["nửa \ud800 chữ\0", 1, None, True]})
    found = reading.one(world.session, number, world.unit(ONE)).content
    assert found == {"a": ["nửa ? chữ", 1, None, True]}


def test_a_paper_is_decided_once_and_a_reason_is_needed_to_put_it_aside(world: World) -> None:
    number, _ = came(world, ONE)
    clerk, unit = world.act(ONE, "clerk"), world.unit(ONE)
    with pytest.raises(SayWhy):
        incoming.put_aside(world.session, number, "  ", clerk, world.now)
    assert reading.counts(world.session, unit) == (1, 0)
    incoming.put_aside(world.session, number, "Gửi nhầm.", clerk, world.now)
    with pytest.raises(AlreadyDecided):
        incoming.put_aside(world.session, number, "Lần nữa.", clerk, world.now)
    assert reading.counts(world.session, unit) == (0, 1)
    (row,), _more = reading.papers(world.session, unit, done=True, outcome="put_aside")
    assert row.words == "Gửi nhầm." and reading.papers(world.session, unit, done=True, outcome="draft")[0] == []


def test_a_list_is_one_units_and_is_searched_by_words_as_they_are(world: World) -> None:
    number, _ = came(world, ONE)
    incoming.note_reading(world.session, number, "một", world.now, content=PAPER)
    unit = world.unit(ONE)
    assert len(reading.papers(world.session, unit, words="tháng HÀNH động")[0]) == 1
    assert reading.papers(world.session, unit, words="100%_")[0] == []
    assert reading.papers(world.session, world.unit(TWO))[0] == []
    with pytest.raises(NoSuchPaper):
        reading.one(world.session, number, world.unit(TWO))


def test_what_a_paper_may_become_is_what_the_seat_writes_or_receives(world: World) -> None:
    world.issue_plan()
    mine = reading.owed(world.session, world.unit(ONE), "drafter")
    assert [(one.id, one.unit) for one in mine] == [(world.report_of(ONE), ONE)]
    assert mine[0].plan is not None and mine[0].plan.endswith("KH-UBND") and mine[0].form == "action-month/2"
    below = reading.owed(world.session, world.unit(DISTRICT), "clerk")
    assert {one.unit for one in below} == {ONE, TWO}
    assert reading.owed(world.session, world.unit(PROVINCE), "drafter") != []


def test_a_registered_file_is_found_by_its_digest_and_stands_behind_its_document(world: World) -> None:
    world.issue_plan()
    report = world.report_of(ONE)
    data = b"ban giay"
    digest = files.keep(world.session, data).hex()
    assert reading.registered_as(world.session, digest) is None
    number, _ = came(world, DISTRICT, data)
    world.at("2026-12-16")
    world.register(report)
    incoming.decide(world.session, number, "registered", report, {"differs": [{}]}, world.act(DISTRICT, "clerk"),
                    world.now)  # fmt: skip
    (found,) = reading.originals(world.session, report)
    assert (found.digest, found.name, found.how, found.differs) == (digest, "bao-cao.txt", "registered", 1)
    assert reading.registered_as(world.session, (b"\x01" * 32).hex()) == report


@pytest.mark.parametrize("table", ["file", "incoming", "incoming_reading", "incoming_outcome"])
def test_nothing_of_it_can_be_changed_or_deleted(world: World, table: str) -> None:
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {_A_COLUMN[table]} = {_A_COLUMN[table]}"):
        with pytest.raises(DBAPIError) as refused, world.session.begin_nested():
            world.session.connection().exec_driver_sql(statement)
        assert isinstance(refused.value.orig, pg.InsufficientPrivilege)


_A_COLUMN = {"file": "size", "incoming": "name", "incoming_reading": "reader", "incoming_outcome": "words"}
