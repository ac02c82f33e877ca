"""What is kept only for a while goes after it, and not before."""

from __future__ import annotations

from datetime import timedelta

from psycopg.types.json import Jsonb
from sqlmodel import Session

from states import attempts
from tests.world import World
from workflows.clearing import ANSWERS_KEPT, clear


def test_old_answers_and_tries_go_and_new_ones_stay(session: Session) -> None:
    world = World(session)
    now, person = world.at("2026-10-05"), world.act("Phường Một", "drafter").person_id
    run = session.connection().exec_driver_sql
    for key, age in (("old", ANSWERS_KEPT + timedelta(hours=1)), ("new", ANSWERS_KEPT - timedelta(hours=1))):
        run("INSERT INTO idempotency (person_id, key, request, status, answer, at) VALUES (%s, %s, %s, 201, %s, %s)",
            (person, key, b"x", Jsonb("{}"), now - age))  # fmt: skip
        since = attempts.WINDOW * (2 if key == "old" else 0.5)
        run("INSERT INTO attempt (key, at) VALUES (%s, %s)", (key, now - since))
    assert clear(session, now) == 2
    assert [row[0] for row in run("SELECT key FROM idempotency")] == ["new"]
    assert [row[0] for row in run("SELECT key FROM attempt")] == ["new"]
