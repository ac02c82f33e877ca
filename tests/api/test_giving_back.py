"""Files that come back from a token: each costs the machine something, so one person's come at a pace."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from api import giving_back
from api.pace import Buckets, TooManyRequests
from documents.signing.errors import IntentGone
from states.policy import Actor

AT = datetime(2026, 12, 16, 2, tzinfo=UTC)


def test_one_persons_files_are_judged_at_a_pace_and_nobody_elses_wait(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    monkeypatch.setattr(giving_back, "_given", Buckets(lambda: clock[0]))

    def give_back(person: int) -> None:
        giving_back.accept(session, "x" * 30, b"%PDF-", Actor(person, 1), AT)

    for _ in range(giving_back.A_MINUTE):
        with pytest.raises(IntentGone):
            give_back(7)
    with pytest.raises(TooManyRequests):
        give_back(7)
    with pytest.raises(IntentGone):
        give_back(8)
    clock[0] = 60 / giving_back.A_MINUTE + 0.001
    with pytest.raises(IntentGone):
        give_back(7)
