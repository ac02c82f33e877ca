"""People who come by an identity provider: linked once by an e-mail it vouches for, then by issuer and subject."""

from datetime import datetime

import pytest
from sqlmodel import Session

from states import accounts, offices, outside_identity
from states.attempts import Refusal
from states.outside_identity import NO_ACCOUNT, UNKNOWN, BadIdentity, Claims, LinkTaken
from states.periods import LOCAL
from states.sessions import Opened

NOW = datetime(2026, 10, 5, 8, tzinfo=LOCAL)
ISSUER = "https://dinhdanh.mau.example"
LANS = Claims(ISSUER, "7f3c", "Lan@Mau.example", email_verified=True)


@pytest.fixture
def lan(session: Session) -> int:
    return person(session, "lan", "lan@mau.example")


def person(session: Session, name: str, email: str | None) -> int:
    made = offices.add_person(session, f"{name} (mẫu)", email=email, sample=True)
    accounts.open_account(session, made, name, None, NOW)
    return made


def enter(session: Session, claims: Claims) -> Opened | Refusal:
    return outside_identity.enter(session, claims, NOW, agent="Firefox", address="203.0.113.7")


def test_the_first_time_by_verified_email_then_by_subject(session: Session, lan: int) -> None:
    first = enter(session, LANS)
    assert isinstance(first, Opened)
    assert first.web.person_id == lan
    assert outside_identity.of_person(session, lan) == [(ISSUER, "7f3c", NOW)]
    again = enter(session, Claims(ISSUER, "7f3c", "married@mau.example", email_verified=True))
    assert isinstance(again, Opened)
    assert again.web.person_id == lan


@pytest.mark.usefixtures("lan")
def test_an_email_that_nobody_vouches_for_links_nothing(session: Session) -> None:
    assert enter(session, Claims(ISSUER, "7f3c", "lan@mau.example")) is UNKNOWN
    assert enter(session, Claims(ISSUER, "7f3c", "lan@mau.example", email_verified="false")) is UNKNOWN  # type: ignore[arg-type]
    assert enter(session, Claims(ISSUER, "7f3c", None, email_verified=True)) is UNKNOWN
    assert enter(session, Claims(ISSUER, "7f3c", "other@mau.example", email_verified=True)) is UNKNOWN


@pytest.mark.usefixtures("lan")
def test_an_email_of_two_persons_means_nobody(session: Session) -> None:
    person(session, "lan2", "LAN@mau.example")
    assert enter(session, LANS) is UNKNOWN


def test_an_address_given_to_somebody_else_later_opens_nothing(session: Session, lan: int) -> None:
    assert isinstance(enter(session, LANS), Opened)
    assert enter(session, Claims(ISSUER, "9999", "lan@mau.example", email_verified=True)) is UNKNOWN
    other = Claims("https://khac.example", "7f3c", "lan@mau.example", email_verified=True)
    assert isinstance(enter(session, other), Opened)  # another provider that knows her
    assert len(outside_identity.of_person(session, lan)) == 2


def test_an_administrator_links_and_unlinks(session: Session, lan: int) -> None:
    minh = person(session, "minh", None)
    outside_identity.link(session, minh, ISSUER, "7f3c", NOW)
    outside_identity.link(session, minh, ISSUER, "7f3c", NOW)
    with pytest.raises(LinkTaken):
        outside_identity.link(session, lan, ISSUER, "7f3c", NOW)
    entered = enter(session, LANS)
    assert isinstance(entered, Opened)
    assert entered.web.person_id == minh  # what an administrator said counts, not the e-mail
    outside_identity.unlink(session, ISSUER, "7f3c")
    assert outside_identity.find(session, ISSUER, "7f3c") is None
    for issuer, subject in (("", "7f3c"), (ISSUER, ""), (ISSUER, "x" * 256)):
        with pytest.raises(BadIdentity):
            outside_identity.link(session, minh, issuer, subject, NOW)


def test_letters_count(session: Session, lan: int) -> None:
    outside_identity.link(session, lan, ISSUER, "aB", NOW)
    assert outside_identity.find(session, ISSUER, "ab") is None
    assert outside_identity.find(session, ISSUER + "/", "aB") is None


def test_who_has_no_open_account_stays_outside(session: Session, lan: int) -> None:
    accounts.close_account(session, lan, NOW)
    assert enter(session, LANS) is NO_ACCOUNT
    offices.add_person(session, "Minh (mẫu)", email="minh@mau.example", sample=True)
    assert enter(session, Claims(ISSUER, "m", "minh@mau.example", email_verified=True)) is NO_ACCOUNT
