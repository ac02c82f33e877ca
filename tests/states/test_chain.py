"""The chain of steps: the same digest in Python and in the database, whatever the words."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from states.digests import step_digest
from states.tables import Step
from tests.world import World


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


@pytest.fixture
def report(world: World) -> int:
    """Phường Một's report, owed to huyện An Mẫu, not written yet."""
    world.issue_plan()
    world.at("2026-12-16")
    return world.report_of("Phường Một")


WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
LETTERS = st.one_of(
    WORDS, st.sampled_from(['"', "\\", "\n\r\t\b\f", "\x01\x1f\x7f", "👩‍👧", "ệ\u0301", "\u2028", "{}[]"])
)
MOMENTS = st.datetimes(timezones=st.timezones()).filter(lambda moment: 1000 < moment.year < 9999)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.builds(
        Step, document_id=st.integers(1, 2**62), seq=st.integers(1, 2**30), kind=LETTERS, from_state=LETTERS,
        action=LETTERS, to_state=LETTERS, person_id=st.integers(1, 2**30), office_id=st.integers(1, 2**30),
        authority=LETTERS, at=MOMENTS, reason_code=st.none() | LETTERS, reason=st.none() | LETTERS,
        revision_digest=st.none() | st.binary(max_size=32), file_digest=st.none() | st.binary(max_size=32),
        desk=LETTERS, desk_office_id=st.none() | st.integers(1, 2**30), due_at=st.none() | MOMENTS,
        details=st.none() | LETTERS, previous=st.binary(max_size=32),
    )
)  # fmt: skip
def test_python_and_the_database_compute_the_same_digest(session: Session, step: Step) -> None:
    theirs = session.connection().exec_driver_sql(_DIGEST, step.model_dump()).scalar_one()
    assert bytes(theirs) == step_digest(step)


@pytest.fixture
def sent(session: Session) -> tuple[World, int]:
    """A world and its one report that was sent."""
    world = World(session, districts=False)
    world.issue_plan()
    return world, world.report("Phường Một")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=LETTERS.filter(lambda words: words.strip()))
def test_a_step_keeps_the_words_as_they_were_said(sent: tuple[World, int], words: str) -> None:
    world, report = sent
    with world.session.begin_nested() as nested:
        world.return_(report, reason=words)
        assert world.steps(report)[-1]["reason"] == words
        world.assert_chained(report)
        nested.rollback()


_DIGEST = """
SELECT step_digest(%(document_id)s, %(seq)s, %(kind)s, %(from_state)s, %(action)s, %(to_state)s, %(person_id)s,
    %(office_id)s, %(authority)s, %(at)s, %(reason_code)s, %(reason)s, %(revision_digest)s, %(file_digest)s, %(desk)s,
    %(desk_office_id)s, %(due_at)s, %(details)s, %(previous)s)
"""
