"""Sessions in the browser: found by their secret, ended by time, by their person, or by a new secret."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session

from states import accounts, offices, sessions
from states.errors import Refused
from states.offices import NewOffice
from states.periods import LOCAL
from states.sessions import IDLE, WHOLE, NoSuchSession, NotYourOffice, Opened
from tests.world import World

NOW = datetime(2026, 10, 5, 7, 30, tzinfo=LOCAL)
SECOND = timedelta(seconds=1)


@pytest.fixture
def lan(session: Session) -> int:
    person = offices.add_person(session, "Lan (mẫu)", sample=True)
    accounts.open_account(session, person, "lan", None, NOW)
    return person


def opened(session: Session, person: int, at: datetime = NOW) -> Opened:
    return sessions.open_session(session, person, at, agent="Firefox\n152", address="203.0.113.7")


def test_the_secret_finds_it_and_is_kept_nowhere(session: Session, lan: int) -> None:
    one = opened(session, lan)
    assert sessions.find(session, one.secret, NOW) == one.web
    assert (one.web.agent, one.web.address, one.web.office_id) == ("Firefox152", "203.0.113.7", None)
    assert len(one.secret) == 43  # 32 bytes in base64url
    kept = session.connection().exec_driver_sql("SELECT w::text FROM web_session w").scalars().all()
    assert not [row for row in kept if one.secret in row]
    for other in ("", "x" * 43, one.secret + "=", one.secret[:-1], "\ud800", "\0"):
        assert sessions.find(session, other, NOW) is None


def test_four_hours_without_a_sign_end_it(session: Session, lan: int) -> None:
    one = opened(session, lan)
    assert sessions.find(session, one.secret, NOW + IDLE - SECOND)
    assert sessions.find(session, one.secret, NOW + IDLE) is None


def test_twelve_hours_end_it_in_any_case(session: Session, lan: int) -> None:
    one, at = opened(session, lan), NOW
    while at < NOW + WHOLE:
        web = sessions.find(session, one.secret, at)
        assert web is not None
        sessions.touch(session, web, at)
        at += timedelta(hours=3)
    assert sessions.find(session, one.secret, NOW + WHOLE - SECOND)
    assert sessions.find(session, one.secret, NOW + WHOLE) is None


def test_a_sign_of_life_is_written_once_a_minute(session: Session, lan: int) -> None:
    one = opened(session, lan)
    for seconds, seen in ((59, 0), (60, 60), (100, 60), (120, 120)):
        at = NOW + seconds * SECOND
        web = sessions.find(session, one.secret, at)
        assert web is not None
        sessions.touch(session, web, at)
        again = sessions.find(session, one.secret, at)
        assert again is not None
        assert again.seen_at == NOW + seen * SECOND


def test_who_holds_one_office_acts_in_it(session: Session) -> None:
    world = World(session)
    clerk = world.act("W1", "clerk")
    accounts.open_account(session, clerk.person_id, "minh", None, NOW)
    assert opened(session, clerk.person_id).web.office_id == clerk.office_id


def test_who_holds_two_chooses_and_only_among_his_own(session: Session) -> None:
    world = World(session)
    clerk, stranger = world.act("W1", "clerk"), world.act("W1", "leader")
    until = date(2026, 12, 31)
    new = NewOffice(clerk.person_id, world.unit("W2"), "clerk", "Văn thư", date(2026, 1, 1), valid_to=until)
    second = offices.give(session, new)
    accounts.open_account(session, clerk.person_id, "minh", None, NOW)
    one = opened(session, clerk.person_id)
    assert one.web.office_id is None
    assert sessions.choose_office(session, one.web, second, NOW).unit == "Phường Hai"
    found = sessions.find(session, one.secret, NOW)
    assert found is not None
    assert found.office_id == second
    for not_his in (stranger.office_id, 1, 999_999):
        with pytest.raises(NotYourOffice):
            sessions.choose_office(session, found, not_his, NOW)
    with pytest.raises(NotYourOffice):  # no longer his
        sessions.choose_office(session, found, second, NOW + timedelta(days=90))


def test_one_ends_his_own_sessions_one_by_one_or_all(session: Session, lan: int) -> None:
    minh = offices.add_person(session, "Minh (mẫu)", sample=True)
    accounts.open_account(session, minh, "minh", None, NOW)
    first, second, third = (opened(session, lan, NOW + n * SECOND) for n in range(3))
    strangers, at = opened(session, minh), NOW + timedelta(minutes=1)
    assert sessions.of_person(session, lan, at) == [third.web, second.web, first.web]
    with pytest.raises(NoSuchSession):
        sessions.end(session, lan, strangers.web.id, at)
    sessions.end(session, lan, third.web.id, at)
    assert sessions.of_person(session, lan, at) == [second.web, first.web]
    assert sessions.end_all(session, lan, at, but=first.web.id) == 1
    assert sessions.of_person(session, lan, at) == [first.web]
    assert sessions.end_all(session, lan, at) == 1
    assert sessions.find(session, first.secret, at) is None
    assert sessions.find(session, strangers.secret, at) == strangers.web


def test_a_new_secret_goes_on_with_the_old_hours(session: Session, lan: int) -> None:
    one, later = opened(session, lan), NOW + timedelta(hours=3)
    two = sessions.rotate(session, one.web, later, second_factor=True)
    assert sessions.find(session, one.secret, later) is None
    assert two.secret != one.secret
    assert (two.web.opened_at, two.web.expires_at) == (one.web.opened_at, one.web.expires_at)
    assert (two.web.seen_at, two.web.second_factor_at) == (later, later)
    assert sessions.rotate(session, two.web, later).web.second_factor_at == later
    with pytest.raises(NoSuchSession):
        sessions.rotate(session, one.web, later)


def test_who_has_no_open_account_gets_no_session(session: Session, lan: int) -> None:
    accounts.close_account(session, lan, NOW)
    with pytest.raises(Refused, match="đã đóng"):
        opened(session, lan)
    with pytest.raises(Refused, match="tài khoản"):
        opened(session, offices.add_person(session, "Minh (mẫu)", sample=True))


def test_whether_one_has_just_signed_in(session: Session, lan: int) -> None:
    web = opened(session, lan).web
    assert web.newly_opened(NOW + timedelta(minutes=5) - SECOND)
    assert not web.newly_opened(NOW + timedelta(minutes=5))
