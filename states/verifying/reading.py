"""Rows as they come over the wire: text as PostgreSQL writes it, in one snapshot that all processes share."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.types.string import TextLoader

Connection = psycopg.Connection[Any]
Row = Sequence[str | None]
_OPTIONS = (
    "-c timezone=UTC -c datestyle=ISO -c bytea_output=hex -c statement_timeout=0 -c lock_timeout=10000"
    " -c max_parallel_workers_per_gather=0 -c work_mem=64MB -c default_transaction_read_only=on"
    " -c dondoc.sees=all"
)
SESSION = (
    "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL bytea_output = 'hex';"
    " SET LOCAL dondoc.sees = 'all'"
)
"""What a connection of somebody else's needs before it is read from, until its transaction ends."""


@contextmanager
def opened(url: str, snapshot: str | None = None) -> Iterator[Connection]:
    """A connection of our own in one snapshot: a new one, or the one that another process exported."""
    with psycopg.connect(url, options=_OPTIONS, application_name="dondoc audit") as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        if snapshot:
            connection.execute(f"SET TRANSACTION SNAPSHOT '{snapshot}'".encode())
        yield connection


def rows(connection: Connection, query: str) -> Iterator[Row]:
    """A query's rows as they come, each column as the text that PostgreSQL writes, None for NULL."""
    with connection.cursor() as cursor:
        for kind in _KINDS:
            cursor.adapters.register_loader(kind, TextLoader)
        yield from cursor.stream(query.encode(), size=_AT_ONCE)


def all_of(connection: Connection, query: str) -> list[tuple[Any, ...]]:
    """A small answer, typed."""
    return connection.execute(query.encode()).fetchall()


_AT_ONCE = 500
_KINDS = [oid for kind in psycopg.adapters.types for oid in (kind.oid, kind.array_oid) if oid]
"""Every type that psycopg would make something else of; what it does not know stays text."""
