"""What befalls a connection is said in words: lost again and again, or a server without room."""

from __future__ import annotations

import time
from typing import Any

import psycopg
import pytest
from sqlalchemy import event

from states import database as db
from states.connecting import DatabaseUnreachable, NoRoom, new_engine
from states.settings import Settings


def test_a_connection_that_is_lost_before_its_first_use_again_and_again(owner_url: str, program_url: str) -> None:
    engine = new_engine(program_url, Settings())
    made = []

    @event.listens_for(engine, "connect")
    def lose(connection: psycopg.Connection[Any], _record: object) -> None:
        """As an administrator does who ends every session that he sees."""
        made.append(connection)
        with psycopg.connect(owner_url, autocommit=True) as owner:
            owner.execute("SELECT pg_terminate_backend(%s)", (connection.info.backend_pid,))
            while owner.execute(_THERE, (connection.info.backend_pid,)).fetchone():
                time.sleep(0.01)

    with pytest.raises(DatabaseUnreachable), db.transaction(engine):
        raise AssertionError("nothing is done over a closed connection")
    assert len(made) > 1, "the pool tried again"
    engine.dispose()


def test_a_server_without_room_says_so_and_changes_nothing(program_url: str) -> None:
    with pytest.raises(NoRoom, match="could not extend"), db.transaction(db.engine(program_url)) as session:
        session.connection().exec_driver_sql(_FULL)
    with db.transaction(db.engine(program_url)) as session:
        assert session.connection().exec_driver_sql("SELECT 1").scalar_one() == 1


_THERE = "SELECT 1 FROM pg_stat_activity WHERE pid = %s"
_FULL = "DO $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left' USING ERRCODE = 'disk_full'; END $$"
