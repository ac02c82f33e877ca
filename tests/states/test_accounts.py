"""Accounts opened, passwords changed and reset, accounts closed."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from states import accounts, offices, passwords, sessions, tokens
from states.accounts import BadAccount, NameTaken, NoSuchAccount
from states.attempts import Refusal
from states.passwords import BadPassword
from states.periods import LOCAL
from states.sessions import Opened
from states.signing_in import sign_in

NOW = datetime(2026, 10, 5, 8, tzinfo=LOCAL)
FIRST, OWN, NEXT = "mưa rơi trên mái tôn", "con mèo ngủ trưa hè", "gió đưa cành trúc la đà"


@pytest.fixture
def lan(session: Session) -> int:
    return offices.add_person(session, "Nguyễn Thị Lan (mẫu)", sample=True)


def signed_in(session: Session, name: str, password: str, at: datetime = NOW) -> Opened:
    entered = sign_in(session, name, password, at, address="203.0.113.7")
    assert isinstance(entered, Opened)
    return entered


def test_the_first_password_opens_only_its_own_change(session: Session, lan: int) -> None:
    opened = accounts.open_account(session, lan, " Lan.Nguyen ", FIRST, NOW)
    assert (opened.name, opened.must_change, opened.has_password) == ("lan.nguyen", True, True)
    web = signed_in(session, "lan.nguyen", FIRST).web
    assert web.must_change
    changed = accounts.change_password(session, web, FIRST, OWN, NOW)
    assert isinstance(changed, Opened)
    assert not changed.web.must_change
    assert not signed_in(session, "LAN.nguyen", OWN).web.must_change
    assert isinstance(sign_in(session, "lan.nguyen", FIRST, NOW), Refusal)


def test_one_account_a_person_and_one_person_a_name(session: Session, lan: int) -> None:
    accounts.open_account(session, lan, "lan", None, NOW)
    minh = offices.add_person(session, "Minh (mẫu)", sample=True)
    with pytest.raises(NameTaken, match="«lan»"):
        accounts.open_account(session, minh, "Lan", None, NOW)
    with pytest.raises(BadAccount, match="đã có tài khoản «lan»"):
        accounts.open_account(session, lan, "lan2", None, NOW)


def test_who_may_have_none(session: Session, lan: int) -> None:
    with pytest.raises(BadAccount, match="tác vụ tự động"):
        accounts.open_account(session, 1, "clock", None, NOW)
    with pytest.raises(BadAccount, match="không có người"):
        accounts.open_account(session, 999_999, "nobody", None, NOW)
    for name in ("", "lan nguyễn", "-lan", "x" * 201, "a\0b"):
        with pytest.raises(BadAccount, match="chữ không dấu"):
            accounts.open_account(session, lan, name, None, NOW)


def test_an_account_without_password_is_entered_by_no_password(session: Session, lan: int) -> None:
    assert not accounts.open_account(session, lan, "lan", None, NOW).must_change
    assert isinstance(sign_in(session, "lan", "", NOW), Refusal)


def test_a_changed_password_ends_all_other_sessions(session: Session, lan: int) -> None:
    accounts.open_account(session, lan, "lan", OWN, NOW, must_change=False)
    here, there = signed_in(session, "lan", OWN), signed_in(session, "lan", OWN)
    changed = accounts.change_password(session, here.web, OWN, NEXT, NOW)
    assert isinstance(changed, Opened)
    assert [sessions.find(session, opened.secret, NOW) for opened in (here, there)] == [None, None]
    assert sessions.of_person(session, lan, NOW) == [changed.web]


def test_a_password_is_changed_by_who_knows_the_old_one(session: Session, lan: int) -> None:
    accounts.open_account(session, lan, "lan", OWN, NOW, must_change=False)
    web = signed_in(session, "lan", OWN).web
    for _ in range(5):
        assert accounts.change_password(session, web, FIRST, NEXT, NOW) == accounts.WRONG_PASSWORD
    waiting = accounts.change_password(session, web, OWN, NEXT, NOW)
    assert isinstance(waiting, Refusal)
    assert (waiting.code, waiting.wait) == ("wait", timedelta(minutes=1))
    assert isinstance(accounts.change_password(session, web, OWN, NEXT, NOW + timedelta(minutes=1)), Opened)


@pytest.mark.parametrize("bad", [OWN, "Nguyễn Thị Lan 85", "ngắn"])
def test_a_bad_new_password_changes_nothing(session: Session, lan: int, bad: str) -> None:
    accounts.open_account(session, lan, "lan", OWN, NOW, must_change=False)
    web = signed_in(session, "lan", OWN).web
    with pytest.raises(BadPassword):
        accounts.change_password(session, web, OWN, bad, NOW)
    assert signed_in(session, "lan", OWN)


def test_a_reset_password_is_good_for_a_week_and_must_be_changed(session: Session, lan: int) -> None:
    accounts.open_account(session, lan, "lan", OWN, NOW, must_change=False)
    old = signed_in(session, "lan", OWN)
    given = accounts.reset_password(session, lan, NOW)
    assert sessions.find(session, old.secret, NOW) is None
    assert signed_in(session, "lan", given).web.must_change
    late = sign_in(session, "lan", given, NOW + timedelta(days=7))
    assert isinstance(late, Refusal)
    assert late.code == "expired"
    assert isinstance(sign_in(session, "lan", OWN, NOW), Refusal)


def test_a_reset_forgives_failed_tries(session: Session, lan: int) -> None:
    accounts.open_account(session, lan, "lan", OWN, NOW, must_change=False)
    for _ in range(5):
        sign_in(session, "lan", FIRST, NOW, address="203.0.113.7")
    assert signed_in(session, "lan", accounts.reset_password(session, lan, NOW))


def test_a_closed_account_lets_nobody_in_and_ends_what_was_open(session: Session, lan: int) -> None:
    accounts.open_account(session, lan, "lan", OWN, NOW, must_change=False)
    opened, token = signed_in(session, "lan", OWN), tokens.issue(session, lan, "máy", NOW)
    accounts.close_account(session, lan, NOW)
    assert sessions.find(session, opened.secret, NOW) is None
    assert tokens.verify(session, token, NOW) is None
    refusal = sign_in(session, "lan", OWN, NOW)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "closed"
    with pytest.raises(NoSuchAccount):
        accounts.close_account(session, lan, NOW)
    with pytest.raises(NoSuchAccount):
        accounts.reset_password(session, lan, NOW)


def test_a_reopened_account_begins_without_password(session: Session, lan: int) -> None:
    accounts.open_account(session, lan, "lan", OWN, NOW, must_change=False)
    accounts.close_account(session, lan, NOW)
    accounts.reopen_account(session, lan)
    assert isinstance(sign_in(session, "lan", OWN, NOW), Refusal)
    assert signed_in(session, "lan", accounts.reset_password(session, lan, NOW)).web.must_change


def test_no_secret_is_shown_by_accident(session: Session, lan: int) -> None:
    accounts.open_account(session, lan, "lan", OWN, NOW, must_change=False)
    opened = signed_in(session, "lan", OWN)
    sql = "SELECT password FROM account WHERE person_id = %s"
    kept = session.connection().exec_driver_sql(sql, (lan,)).scalar_one()
    assert passwords.verify(OWN, kept).right
    shown = repr(opened) + repr(accounts.get(session, lan))
    assert opened.secret not in shown
    assert kept not in shown
