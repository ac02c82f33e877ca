"""A code at the door: who is asked, that there is no session before it, and what ends somebody half way."""

from datetime import datetime, timedelta

import pyotp
import pytest
from sqlmodel import Session

from states import accounts, door, offices, outside_identity, second_factor, sessions
from states.attempts import Refusal
from states.door import AGAIN, HalfWay
from states.outside_identity import Claims
from states.periods import LOCAL
from states.second_factor import USED, WRONG, NotEnrolled
from states.secret_key import SecretKey
from states.sessions import Opened
from states.signing_in import sign_in
from tests.world import World

NOW = datetime(2026, 10, 5, 8, 0, 10, tzinfo=LOCAL)
LATER = NOW + timedelta(hours=1)
STEP, MINUTE = timedelta(seconds=30), timedelta(minutes=1)
KEY = SecretKey(bytes(range(32)))
OWN, CAFE = "con mèo ngủ trưa hè", "198.51.100.20"


class Lan:
    """A drafter of a ward, with a password; her telephone when she has set it up."""

    def __init__(self, session: Session) -> None:
        self.session, world = session, World(session)
        self.ward, self.person = world.unit("W1"), world.act("W1", "drafter").person_id
        accounts.open_account(session, self.person, "lan", OWN, NOW, must_change=False)
        self.secret = ""

    def set_up(self, *, asked: bool) -> None:
        web = sessions.open_session(self.session, self.person, NOW).web
        self.secret = second_factor.enrol(self.session, self.person, KEY, "Đôn Đốc").secret
        assert isinstance(second_factor.confirm(self.session, web, self.code(NOW), KEY, NOW), Opened)
        door.choose(self.session, self.person, asked)
        sessions.end_all(self.session, self.person, NOW)

    def knock(self, at: datetime = LATER) -> Opened | HalfWay | Refusal:
        return sign_in(self.session, "lan", OWN, at, address=CAFE)

    def half(self, at: datetime = LATER) -> HalfWay:
        """After the password: what the browser keeps, as it comes back."""
        knocked = self.knock(at)
        assert isinstance(knocked, HalfWay)
        half = door.unseal(self.session, door.seal(knocked, KEY), KEY, at)
        assert half == knocked
        return knocked

    def enter(self, half: HalfWay, at: datetime = LATER, code: str = "") -> Opened | Refusal:
        return door.enter(self.session, half, code or self.code(at), KEY, at, address=CAFE)

    def code(self, at: datetime) -> str:
        return pyotp.TOTP(self.secret).at(at)

    def sessions(self, at: datetime = LATER) -> int:
        return len(sessions.of_person(self.session, self.person, at))


@pytest.fixture
def lan(session: Session) -> Lan:
    return Lan(session)


def test_nobody_is_asked_who_did_not_choose_it_and_whose_unit_does_not_ask(lan: Lan) -> None:
    assert isinstance(lan.knock(), Opened)
    lan.set_up(asked=False)
    assert isinstance(lan.knock(), Opened)


def test_the_session_begins_with_the_code_and_not_before(lan: Lan) -> None:
    lan.set_up(asked=True)
    half = lan.half()
    assert lan.sessions() == 0
    assert lan.enter(half, code="000000" if lan.code(LATER) != "000000" else "111111") is WRONG
    assert lan.sessions() == 0
    entered = lan.enter(half)
    assert isinstance(entered, Opened)
    assert (entered.web.person_id, entered.web.address) == (lan.person, CAFE)
    assert second_factor.fresh_second_factor(entered.web, LATER)
    assert lan.sessions() == 1


def test_a_code_opens_once(lan: Lan) -> None:
    lan.set_up(asked=True)
    half = lan.half()
    assert isinstance(lan.enter(half), Opened)
    assert lan.enter(half) is USED
    assert isinstance(lan.enter(half, LATER + STEP), Opened)


def test_codes_are_not_guessed_at_the_door(lan: Lan) -> None:
    lan.set_up(asked=True)
    half, wrong = lan.half(), "000000" if lan.code(LATER) != "000000" else "111111"
    for _ in range(5):
        assert lan.enter(half, code=wrong) is WRONG
    waiting = lan.enter(half)
    assert isinstance(waiting, Refusal) and waiting.wait == MINUTE
    assert isinstance(lan.enter(lan.half(LATER + MINUTE), LATER + MINUTE), Opened)  # the password forgot nothing of it


def test_half_way_ends_in_five_minutes_with_another_password_and_with_the_account(session: Session, lan: Lan) -> None:
    lan.set_up(asked=True)
    sealed = door.seal(lan.half(), KEY)
    assert door.unseal(session, sealed, KEY, LATER + 5 * MINUTE - STEP)
    for at in (LATER + 5 * MINUTE, LATER - STEP):
        assert door.unseal(session, sealed, KEY, at) is None
    assert door.unseal(session, sealed[:-1] + bytes([sealed[-1] ^ 1]), KEY, LATER) is None
    assert door.unseal(session, sealed, SecretKey(bytes(32)), LATER) is None
    assert door.unseal(session, b"", KEY, LATER) is None
    accounts.reset_password(session, lan.person, LATER)
    assert door.unseal(session, sealed, KEY, LATER) is None
    accounts.close_account(session, lan.person, LATER)
    assert door.unseal(session, sealed, KEY, LATER) is None


def test_a_unit_asks_everybody_who_sits_in_it_today(session: Session, lan: Lan) -> None:
    lan.set_up(asked=False)
    door.ask_in(session, lan.ward, True)
    assert isinstance(lan.enter(lan.half()), Opened)
    assert door.asked_by(session, lan.person, LATER) == ["Phường Một"]
    (held,) = offices.of_person(session, lan.person, LATER.date())
    offices.end(session, held.office_id, LATER.date())
    assert isinstance(lan.half(), HalfWay)
    tomorrow = LATER + timedelta(days=1)
    assert isinstance(lan.knock(tomorrow), Opened)


def test_whoever_has_none_sets_it_up_at_the_door(session: Session, lan: Lan) -> None:
    door.ask_in(session, lan.ward, True)
    half = lan.half()
    told = door.to_set_up(session, half, "Đôn Đốc")
    assert told is not None and told.secret == half.secret and half.secret not in repr(half)
    assert not second_factor.in_force(session, lan.person)  # nothing is kept before the first code
    lan.secret = half.secret
    assert lan.enter(half, code="1") is WRONG
    other = lan.half()
    assert other.secret != half.secret
    assert isinstance(lan.enter(half), Opened)
    assert second_factor.in_force(session, lan.person)
    assert lan.enter(other) is AGAIN  # whoever was half way beside her sets up nothing
    assert door.to_set_up(session, lan.half(), "Đôn Đốc") is None


def test_an_administrator_helps_whoever_lost_the_telephone(session: Session, lan: Lan) -> None:
    lan.set_up(asked=True)
    half = lan.half()
    second_factor.remove(session, lan.person, LATER)
    assert lan.enter(half) is AGAIN
    assert isinstance(lan.knock(), Opened)  # the choice went with it …
    door.ask_in(session, lan.ward, True)
    assert lan.half().secret  # … and where the unit asks, another is set up


def test_who_comes_by_a_provider_is_not_asked(session: Session, lan: Lan) -> None:
    door.ask_in(session, lan.ward, True)
    outside_identity.link(session, lan.person, "https://login.example", "7f3c", NOW)
    claims = Claims("https://login.example", "7f3c", None)
    assert isinstance(outside_identity.enter(session, claims, LATER), Opened)


def test_one_chooses_it_only_with_a_second_factor(session: Session, lan: Lan) -> None:
    with pytest.raises(NotEnrolled):
        door.choose(session, lan.person, True)
    lan.set_up(asked=True)
    assert accounts.get(session, lan.person).code_to_enter
    door.choose(session, lan.person, False)
    assert isinstance(lan.knock(), Opened)
