"""Rows as they come over the wire: COPY in text, in one snapshot that all processes share."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

Connection = psycopg.Connection[Any]
Row = list[str | None]
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
    """A query's rows as text, None for NULL; the columns must be cast to text where that is not what COPY writes."""
    with connection.cursor().copy(f"COPY ({query}) TO STDOUT".encode()) as copy:
        for block in copy:
            text = str(block, "utf-8")[:-1]
            marks = text.count("\\")
            if marks == text.count("\\N"):  # nothing but NULLs, or nothing at all, which is most rows
                yield [None if field == "\\N" else field for field in text.split("\t")]
            else:
                yield [_unescaped(field) for field in text.split("\t")]


def all_of(connection: Connection, query: str) -> list[tuple[Any, ...]]:
    """A small answer, typed."""
    return connection.execute(query.encode()).fetchall()


def _unescaped(field: str | None) -> str | None:
    if field == "\\N":
        return None
    return _ESCAPE.sub(_escaped, field) if field and "\\" in field else field


def _escaped(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[1], found[1])


_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
