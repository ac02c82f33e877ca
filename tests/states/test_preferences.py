"""What a person chose, among what may be chosen."""

import pytest
from sqlmodel import Session

from states import offices, preferences
from states.preferences import BadPreference, NoSuchPreference


@pytest.fixture
def lan(session: Session) -> int:
    return offices.add_person(session, "Lan (mẫu)", sample=True)


def test_what_is_not_chosen_is_the_default(session: Session, lan: int) -> None:
    assert preferences.get(session, lan, "language") == "vi"
    chosen = preferences.all_of(session, lan)
    assert set(chosen) == set(preferences.CHOICES)
    assert (chosen["density"], chosen["notice:submit"], chosen["notice:return"]) == ("comfortable", "digest", "now")


def test_a_choice_is_kept_changed_and_taken_back(session: Session, lan: int) -> None:
    minh = offices.add_person(session, "Minh (mẫu)", sample=True)
    for value in ("off", "now", "digest"):
        preferences.put(session, lan, "notice:submit", value)
        assert preferences.get(session, lan, "notice:submit") == value
        assert preferences.all_of(session, lan)["notice:submit"] == value
        assert preferences.get(session, minh, "notice:submit") == "digest"
    assert session.connection().exec_driver_sql("SELECT count(*) FROM preference").scalar_one() == 0


def test_work_and_urgent_news_cannot_be_turned_off(session: Session, lan: int) -> None:
    for topic in ("present", "overdue", "return", "manual-reminder"):
        with pytest.raises(BadPreference, match="off"):
            preferences.put(session, lan, f"notice:{topic}", "off")
    with pytest.raises(BadPreference, match="choose one of now"):
        preferences.put(session, lan, "notice:return", "digest")


def test_only_what_is_listed_may_be_chosen(session: Session, lan: int) -> None:
    for name in ("colour", "notice:", "notice:consolidate", "Language"):
        with pytest.raises(NoSuchPreference):
            preferences.put(session, lan, name, "vi")
        with pytest.raises(NoSuchPreference):
            preferences.get(session, lan, name)
    with pytest.raises(BadPreference, match="vi, en"):
        preferences.put(session, lan, "language", "fr")


def test_a_value_of_an_older_program_is_as_good_as_none(session: Session, lan: int) -> None:
    sql = "INSERT INTO preference VALUES (%s, 'language', '\"fr\"'), (%s, 'density', '{\"a\": 1}')"
    session.connection().exec_driver_sql(sql, (lan, lan))
    chosen = preferences.all_of(session, lan)
    assert (chosen["language"], chosen["density"]) == ("vi", "comfortable")
