"""The second factor: set up, confirmed, asked when signing, each code good for once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from sqlmodel import Session

from states import accounts, clock, offices, second_factor, secret_key, sessions
from states import database as db
from states.attempts import Refusal
from states.embedded import Urls
from states.periods import LOCAL
from states.second_factor import USED, WRONG, AlreadyEnrolled, NotEnrolled
from states.secret_key import OtherKey, SecretKey
from states.sessions import Opened
from tests.world import World

NOW = datetime(2026, 10, 5, 8, 0, 10, tzinfo=LOCAL)
STEP = timedelta(seconds=30)
KEY = SecretKey(bytes(range(32)))


class Phone:
    """A person with an account, a session and a telephone."""

    def __init__(self, session: Session, name: str = "lan", person: int | None = None) -> None:
        self.person = person or offices.add_person(session, "Lan (mẫu)", sample=True)
        accounts.open_account(session, self.person, name, None, NOW)
        self.opened = sessions.open_session(session, self.person, NOW)
        self.secret = ""

    def enrol(self, session: Session) -> None:
        self.secret = second_factor.enrol(session, self.person, KEY, "Đôn Đốc").secret

    def confirm(self, session: Session, at: datetime = NOW) -> Opened | Refusal:
        return self._keep(second_factor.confirm(session, self.opened.web, self.code(at), KEY, at))

    def verify(self, session: Session, at: datetime, code: str = "") -> Opened | Refusal:
        return self._keep(second_factor.verify(session, self.opened.web, code or self.code(at), KEY, at))

    def code(self, at: datetime) -> str:
        return pyotp.TOTP(self.secret).at(at)

    def wrong(self, at: datetime) -> str:
        near = {self.code(at + n * STEP) for n in range(-1, 2)}
        return next(code for code in ("000000", "111111", "222222", "333333") if code not in near)

    def _keep(self, answer: Opened | Refusal) -> Opened | Refusal:
        self.opened = answer if isinstance(answer, Opened) else self.opened
        return answer


@pytest.fixture
def lan(session: Session) -> Phone:
    phone = Phone(session)
    phone.enrol(session)
    return phone


def test_it_is_in_force_when_its_first_code_was_seen(session: Session, lan: Phone) -> None:
    before = lan.opened
    assert not second_factor.in_force(session, lan.person)
    assert lan.confirm(session) is lan.opened
    assert second_factor.in_force(session, lan.person)
    assert lan.opened.web.has_factor
    assert second_factor.fresh_second_factor(lan.opened.web, NOW)
    assert sessions.find(session, before.secret, NOW) is None  # the secret of the session is another one


def test_the_telephone_reads_whose_it_is(session: Session) -> None:
    enrolment = second_factor.enrol(session, Phone(session).person, KEY, "Đôn Đốc")
    uri = urlsplit(enrolment.uri)
    assert (uri.scheme, uri.netloc) == ("otpauth", "totp")
    assert parse_qs(uri.query)["secret"] == [enrolment.secret]
    assert parse_qs(uri.query)["issuer"] == ["Đôn Đốc"]
    assert uri.path.endswith(":lan")
    assert enrolment.secret not in repr(enrolment)


def test_the_database_holds_it_sealed_for_this_person(session: Session, lan: Phone) -> None:
    sql = "SELECT totp_secret FROM account WHERE person_id = %s"
    kept = session.connection().exec_driver_sql(sql, (lan.person,)).scalar_one()
    assert lan.secret.encode() not in kept
    assert secret_key.unseal(KEY, kept, f"account {lan.person}") == lan.secret
    minh = Phone(session, "minh")
    stolen = "UPDATE account SET totp_secret = %s WHERE person_id = %s"
    session.connection().exec_driver_sql(stolen, (kept, minh.person))
    with pytest.raises(OtherKey):
        second_factor.confirm(session, minh.opened.web, lan.code(NOW), KEY, NOW)


def test_a_code_is_good_one_step_early_or_late(session: Session, lan: Phone) -> None:
    lan.confirm(session)
    at = NOW + timedelta(hours=1)
    assert lan.verify(session, at, lan.code(at - 2 * STEP)) is WRONG
    assert lan.verify(session, at, lan.code(at + 2 * STEP)) is WRONG
    code = lan.code(at - STEP)
    assert isinstance(lan.verify(session, at, f"{code[:3]} {code[3:]}"), Opened)
    assert isinstance(lan.verify(session, at, lan.code(at + STEP)), Opened)


def test_no_code_is_accepted_twice_nor_one_before_it(session: Session, lan: Phone) -> None:
    lan.confirm(session)
    assert lan.verify(session, NOW) is USED  # the one that confirmed
    at = NOW + timedelta(hours=1)
    assert isinstance(lan.verify(session, at), Opened)
    assert lan.verify(session, at + STEP, lan.code(at)) is USED
    assert lan.verify(session, at, lan.code(at - STEP)) is USED
    assert isinstance(lan.verify(session, at + STEP), Opened)


def test_it_is_fresh_for_five_minutes_and_for_this_session_only(session: Session, lan: Phone) -> None:
    elsewhere = sessions.open_session(session, lan.person, NOW).web
    lan.confirm(session)
    web = lan.opened.web
    assert second_factor.fresh_second_factor(web, NOW + timedelta(minutes=5) - timedelta(seconds=1))
    assert not second_factor.fresh_second_factor(web, NOW + timedelta(minutes=5))
    assert not second_factor.fresh_second_factor(elsewhere, NOW)
    assert not second_factor.fresh_second_factor(None, NOW)


def test_guessing_is_slowed_down(session: Session, lan: Phone) -> None:
    lan.confirm(session)
    at = NOW + timedelta(hours=1)
    for code in (lan.wrong(at), " ", "abcdef", "１２３４５", "9" * 5000):
        assert lan.verify(session, at, code) is WRONG
    refusal = lan.verify(session, at)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.wait) == ("wait", timedelta(minutes=1))
    assert isinstance(lan.verify(session, at + timedelta(minutes=1)), Opened)


def test_one_that_is_in_force_is_not_replaced(session: Session, lan: Phone) -> None:
    lan.enrol(session)  # not confirmed yet: begun anew
    lan.confirm(session)
    with pytest.raises(AlreadyEnrolled):
        lan.enrol(session)
    with pytest.raises(AlreadyEnrolled):
        lan.confirm(session, NOW + STEP)


def test_an_administrator_removes_a_lost_one(session: Session, lan: Phone) -> None:
    lan.confirm(session)
    second_factor.remove(session, lan.person, NOW)
    assert not second_factor.in_force(session, lan.person)
    assert sessions.find(session, lan.opened.secret, NOW) is None
    with pytest.raises(NotEnrolled):
        lan.verify(session, NOW + STEP)
    lan.enrol(session)


def test_without_one_there_is_nothing_to_show(session: Session) -> None:
    minh = Phone(session, "minh")
    with pytest.raises(NotEnrolled):
        second_factor.verify(session, minh.opened.web, "123456", KEY, NOW)
    with pytest.raises(NotEnrolled):
        second_factor.confirm(session, minh.opened.web, "123456", KEY, NOW)


def test_an_office_asks_for_it_or_its_person_does(session: Session) -> None:
    world = World(session)
    ward = world.unit("W1")
    leader = Phone(session, "hoa", world.act("W1", "leader").person_id)
    assert not second_factor.needs_second_factor(session, leader.person, ward)
    second_factor.ask_to_sign(session, ward, True)
    assert second_factor.needs_second_factor(session, leader.person, ward)
    assert not second_factor.needs_second_factor(session, leader.person, world.unit("W2"))
    second_factor.ask_to_sign(session, ward, False)
    leader.enrol(session)
    assert not second_factor.needs_second_factor(session, leader.person, ward)
    leader.confirm(session)
    assert second_factor.needs_second_factor(session, leader.person, ward)


def test_of_two_uses_of_one_code_at_once_one_counts(database: Urls) -> None:
    engine, gate = db.engine(database.program), Barrier(2)
    with db.transaction(engine) as session:
        phone = Phone(session, "tuan")
        phone.enrol(session)
        assert isinstance(phone.confirm(session), Opened)
        windows = [sessions.open_session(session, phone.person, NOW).web for _ in range(2)]

    for round_ in range(1, 6):
        at = NOW + timedelta(hours=1) + 10 * round_ * STEP

        def use(web: sessions.WebSession, at: datetime = at) -> Opened | Refusal:
            gate.wait()
            with db.transaction(engine) as session:
                return second_factor.verify(session, web, phone.code(at), KEY, at)

        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(use, windows))
        assert [isinstance(answer, Opened) for answer in answers].count(True) == 1
        assert USED in answers
        windows = [got.web if isinstance(got, Opened) else web for got, web in zip(answers, windows, strict=True)]


def test_the_write_itself_lets_one_win(database: Urls) -> None:
    """Without the queue before it: the second waits for the row, and then finds the step taken."""
    engine, gate = db.engine(database.program), Barrier(2)
    with db.transaction(engine) as session:
        phone = Phone(session, "dung")
        phone.enrol(session)
        phone.confirm(session)
        kept = session.connection().exec_driver_sql(
            "SELECT totp_secret, totp_last FROM account WHERE person_id = %s", (phone.person,)).one()  # fmt: skip
    keys = {"person": phone.person, "step": kept[1] + 1, "sealed": kept[0], "at": NOW}

    def write(_: int) -> bool:
        with db.transaction(engine) as session:
            gate.wait()
            return session.connection().exec_driver_sql(second_factor._VERIFY, keys).one_or_none() is not None

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(write, range(2))) == [False, True]


def test_a_telephone_shows_the_worlds_time_also_on_the_demos_turned_clock(
    session: Session, lan: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program is at the demo's moment, telephones 36 days before it: their code opens, the demo's does not."""
    ahead = timedelta(days=36)
    monkeypatch.setattr(clock, "_ahead", lambda: ahead)
    assert second_factor.confirm(session, lan.opened.web, lan.code(NOW), KEY, NOW) == WRONG
    assert isinstance(second_factor.confirm(session, lan.opened.web, lan.code(NOW - ahead), KEY, NOW), Opened)
