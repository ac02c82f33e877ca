"""The door itself: every no alike, tries counted, waits that grow and end, and two at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlmodel import Session

from states import accounts, attempts, offices, passwords, sessions
from states import database as db
from states.attempts import FREE, WIDE, Count, Refusal
from states.door import HalfWay
from states.embedded import Urls
from states.periods import LOCAL
from states.sessions import Opened
from states.signing_in import WRONG, sign_in

NOW = datetime(2026, 10, 5, 8, tzinfo=LOCAL)
OWN = "con mèo ngủ trưa hè"
OFFICE, CAFE = "203.0.113.7", "198.51.100.20"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def lan(session: Session) -> int:
    return account(session, "lan")


def account(session: Session, name: str) -> int:
    person = offices.add_person(session, "Nguyễn Thị Lan (mẫu)", sample=True)
    accounts.open_account(session, person, name, OWN, NOW, must_change=False)
    return person


def knock(session: Session, at: datetime, address: str, name: str = "lan", password: str = "sai") -> Opened | Refusal:
    entered = sign_in(session, name, password, at, address=address)
    assert not isinstance(entered, HalfWay)  # nobody here is asked for a code: tests/states/test_door.py
    return entered


def wait(answer: Opened | Refusal) -> timedelta | None:
    assert isinstance(answer, Refusal)
    return answer.wait


@pytest.mark.usefixtures("lan")
def test_every_no_is_the_same_no(session: Session) -> None:
    for name in ("lan", "nobody", "Lan ", "", "a\0b", "\ud800", "x" * 10_000):
        assert knock(session, NOW, OFFICE, name) is WRONG


@pytest.mark.usefixtures("lan")
def test_an_unknown_name_takes_the_same_work(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []
    real = passwords.HASHER.verify_and_update

    def counted(password: str | bytes, kept: str | bytes) -> tuple[bool, str | None]:
        compared.append(str(kept))
        return real(password, kept)

    monkeypatch.setattr(passwords.HASHER, "verify_and_update", counted)
    for name in ("lan", "nobody"):
        knock(session, NOW, OFFICE, name)
    mine, nobodys = compared
    assert mine != nobodys
    assert mine.split("$")[:4] == nobodys.split("$")[:4]  # argon2id, version and figures


def test_waits_grow_are_told_in_words_and_end(session: Session, lan: int) -> None:
    at = NOW
    for _ in range(FREE):
        assert knock(session, at, OFFICE) is WRONG
    for minutes in (1, 2, 4, 8, 15, 15):
        refusal = knock(session, at, OFFICE, password=OWN)
        assert isinstance(refusal, Refusal)
        assert refusal.wait == minutes * MINUTE
        assert refusal.words == f"Đã thử sai nhiều lần; thử lại sau {minutes} phút."
        at += minutes * MINUTE
        assert knock(session, at, OFFICE) is WRONG
    entered = knock(session, at + 15 * MINUTE, OFFICE, password=OWN)
    assert isinstance(entered, Opened)
    assert entered.web.person_id == lan


@pytest.mark.usefixtures("lan")
def test_tries_during_a_wait_do_not_prolong_it(session: Session) -> None:
    for _ in range(FREE):
        knock(session, NOW, OFFICE)
    assert [wait(knock(session, NOW + timedelta(seconds=s), OFFICE)) for s in (1, 30)] == [
        timedelta(seconds=59), timedelta(seconds=30),
    ]  # fmt: skip
    assert isinstance(knock(session, NOW + MINUTE, OFFICE, password=OWN), Opened)


@pytest.mark.usefixtures("lan")
def test_a_right_password_forgets_the_wrong_ones(session: Session) -> None:
    for _ in range(3):
        for _ in range(FREE - 1):
            assert knock(session, NOW, OFFICE) is WRONG
        assert isinstance(knock(session, NOW, OFFICE, password=OWN), Opened)


@pytest.mark.usefixtures("lan")
def test_after_a_day_all_is_forgotten_and_cleared(session: Session) -> None:
    for _ in range(FREE):
        knock(session, NOW, OFFICE)
    tomorrow = NOW + timedelta(days=1)
    assert all(knock(session, tomorrow, OFFICE) is WRONG for _ in range(FREE))
    assert attempts.clear(session, tomorrow) == 3 * FREE
    assert attempts.clear(session, tomorrow) == 0


@pytest.mark.usefixtures("lan")
def test_nobody_is_kept_out_from_elsewhere(session: Session) -> None:
    """A stranger with many addresses tries all day: Lan gets in from a new address, and from her office."""
    assert isinstance(knock(session, NOW, OFFICE, password=OWN), Opened)
    storm(session, name="lan", tries=10 * WIDE)
    assert knock(session, NOW, CAFE) is WRONG  # one free try in place of five …
    assert wait(knock(session, NOW, CAFE, password=OWN)) == MINUTE  # … and the wait is for her own mistake there
    assert isinstance(knock(session, NOW + MINUTE, CAFE, password=OWN), Opened)
    for _ in range(FREE - 1):  # at her office she has all her tries
        assert knock(session, NOW, OFFICE) is WRONG
    assert isinstance(knock(session, NOW, OFFICE, password=OWN), Opened)


def test_one_who_tries_many_names_makes_only_newcomers_wait(session: Session, lan: int) -> None:
    account(session, "minh")
    assert isinstance(knock(session, NOW, OFFICE, password=OWN), Opened)
    address = Count(attempts.key("address", attempts.network(OFFICE)))
    attempts.failed(session, [address] * WIDE, NOW)
    assert wait(knock(session, NOW, OFFICE, "minh", OWN)) == MINUTE
    assert isinstance(knock(session, NOW, CAFE, "minh", OWN), Opened)
    assert isinstance(knock(session, NOW, OFFICE, password=OWN), Opened)
    forgotten = NOW + timedelta(days=31)
    attempts.failed(session, [address] * WIDE, forgotten)
    sessions.end_all(session, lan, NOW)
    assert wait(knock(session, forgotten, OFFICE, password=OWN)) == MINUTE


@pytest.mark.usefixtures("lan")
def test_one_subscribers_addresses_are_one(session: Session) -> None:
    for host in range(FREE):
        knock(session, NOW, f"2001:db8:1:2::{host:x}")
    assert wait(knock(session, NOW, "2001:db8:1:2:ffff::1")) == MINUTE
    assert knock(session, NOW, "2001:db8:1:3::1") is WRONG
    assert attempts.network("::ffff:203.0.113.7") == OFFICE
    assert attempts.network("testclient") == "testclient"


@pytest.mark.usefixtures("lan")
def test_what_was_typed_is_nowhere(session: Session) -> None:
    knock(session, NOW, OFFICE, name="mật khẩu gõ nhầm ô")
    keys = session.connection().exec_driver_sql("SELECT key FROM attempt").scalars().all()
    assert len(keys) == 3
    assert not [key for key in keys if "mật" in key or OFFICE in key]


def test_weak_figures_are_renewed_at_the_door(session: Session, lan: int) -> None:
    old = PasswordHash((Argon2Hasher(2, 16, 1),)).hash(OWN)
    session.connection().exec_driver_sql("UPDATE account SET password = %s WHERE person_id = %s", (old, lan))
    assert isinstance(knock(session, NOW, OFFICE, password=OWN), Opened)
    sql = "SELECT password FROM account WHERE person_id = %s"
    kept = session.connection().exec_driver_sql(sql, (lan,)).scalar_one()
    assert "m=8,t=1,p=1" in kept
    assert isinstance(knock(session, NOW, OFFICE, password=OWN), Opened)


def test_many_tries_at_once_are_one_after_the_other(database: Urls) -> None:
    engine, gate = db.engine(database.program), Barrier(8)
    with db.transaction(engine) as session:
        account(session, "tuan")

    def guess(_: int) -> Opened | Refusal:
        gate.wait()
        with db.transaction(engine) as session:
            return knock(session, NOW, OFFICE, "tuan")

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(8)))
    assert answers.count(WRONG) == FREE
    assert len([answer for answer in answers if answer is not WRONG and wait(answer) == MINUTE]) == 8 - FREE


def test_a_refused_try_counts_though_nobody_got_in(database: Urls) -> None:
    engine = db.engine(database.program)
    with db.transaction(engine) as session:
        account(session, "dung")
    for _ in range(FREE):
        with db.transaction(engine) as session:
            assert knock(session, NOW, OFFICE, "dung") is WRONG
    with db.transaction(engine) as session:
        assert wait(knock(session, NOW, OFFICE, "dung", OWN)) == MINUTE


def test_who_signs_in_while_his_password_is_reset_is_out(database: Urls, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reset comes between the comparison and the new session: the old password opens nothing."""
    engine = db.engine(database.program)
    with db.transaction(engine) as session:
        person = account(session, "hoa")
    real = passwords.verify

    def reset_meanwhile(*given: Any) -> passwords.Verdict:
        verdict = real(*given)
        with db.transaction(engine) as other:
            accounts.reset_password(other, person, NOW)
        return verdict

    monkeypatch.setattr(passwords, "verify", reset_meanwhile)
    with db.transaction(engine) as session:
        assert knock(session, NOW, OFFICE, "hoa", OWN) is WRONG
        assert sessions.of_person(session, person, NOW) == []


def storm(session: Session, name: str, tries: int) -> None:
    """As if so many tries with one name had failed, each from an address of its own."""
    attempts.failed(session, [Count(attempts.key("name", name))] * tries, NOW)
