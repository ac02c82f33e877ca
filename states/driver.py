"""Rows straight from the driver, inside the session's transaction.

Each statement costs SQLAlchemy a description of its columns, which for the door's wide reading takes longer than the
statement itself. Errors leave here as everywhere else: wrapped, so that `states.database` puts them into words.
"""

from collections.abc import Mapping
from typing import Any

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session


def one_or_none(session: Session, statement: str, keys: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """The first row that a statement gives, or None; the same parameters as `exec_driver_sql`."""
    found: tuple[Any, ...] | None = _asked(session, statement, keys).fetchone()
    return found


def rows(session: Session, statement: str, keys: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """All rows that a statement gives; the same parameters as `exec_driver_sql`."""
    found: list[tuple[Any, ...]] = _asked(session, statement, keys).fetchall()
    return found


def _asked(session: Session, statement: str, keys: Mapping[str, Any]) -> psycopg.Cursor[Any]:
    connection: Any = session.connection().connection.driver_connection
    try:
        answer: psycopg.Cursor[Any] = connection.execute(statement, keys)
    except psycopg.Error as error:
        raise DBAPIError.instance(
            statement, dict(keys), error, psycopg.Error, hide_parameters=True, connection_invalidated=connection.closed
        ) from error
    return answer
