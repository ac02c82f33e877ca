"""The way to the database: one engine per process, one transaction per act.

PostgreSQL everywhere. `transaction()` is the only place that commits.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from urllib.parse import urlsplit

from sqlalchemy import Connection, Engine, make_url, text
from sqlmodel import Session

from states import embedded
from states.connecting import check_server, in_words, new_engine
from states.embedded import Urls
from states.errors import StartupError
from states.settings import Settings, current


class BadDatabaseUrl(StartupError):
    """{name} is no address of a PostgreSQL database: write it as
    postgresql://user:password@host:5432/name, or unset it.
    """


class OwnsItsTables(StartupError):
    """The program is connected as {user}, who {why}, so nothing would stop it from rewriting history: put
    a login that owns nothing into DATABASE_URL, the owner's into DATABASE_OWNER_URL, and run `dondoc
    migrate`.
    """


@contextmanager
def transaction(bind: Engine | None = None) -> Iterator[Session]:
    """One act: a session that commits at the end, and leaves nothing behind when an error leaves it.

    Rows stay readable after the commit. Raises `Busy` when a lock is not got in time, `NoRoom` when the server's disk
    is full, and `DatabaseUnreachable` when the connection is lost.
    """
    # The session rides on the connection's own transaction: a transaction of its own costs a third more per act.
    with (
        in_words(),
        (bind or program_engine()).begin() as connection,
        Session(connection, expire_on_commit=False) as session,
    ):
        yield session
        session.flush()


@cache
def program_engine() -> Engine:
    """The engine of this process's settings, as the login that owns nothing."""
    return engine(urls(current()).program)


def urls(settings: Settings) -> Urls:
    """Where the database is: named in the environment, else on the embedded server, which is started now.

    Without DATABASE_OWNER_URL the owner's address is the program's own, which only suits `migrate`.
    """
    if settings.database_url is None:
        return embedded.ensure_running(settings)
    _check_url("DATABASE_URL", settings.database_url)
    owner = settings.database_owner_url or settings.database_url
    _check_url("DATABASE_OWNER_URL", owner)
    return Urls(owner=owner, program=settings.database_url)


@cache
def request_engine() -> Engine:
    """The engine of this process's settings for requests: they read nothing of what the second wall hides until
    somebody is let in (`states.acting.tell_caller`).
    """
    return blind_engine(urls(current()).program)


@cache
def engine(url: str) -> Engine:
    """This process's engine for the program's own work at `url`, always the same one; connects when first used."""
    return new_engine(url, current())


@cache
def blind_engine(url: str) -> Engine:
    """The same for requests."""
    return new_engine(url, current(), sees="")


def check_ready(bind: Engine | None = None) -> None:
    """Refuse to work on a database that is too old, not migrated, or whose tables are ours.

    Raises the `StartupError` that says which, with its remedy.
    """
    from states import schema  # alembic takes a fifth of a second to import: only where it is asked

    with in_words(), (bind or program_engine()).connect() as connection:
        check_server(connection)
        _check_login(connection)
        schema.check_version(connection)
        schema.check_membership(connection)


def migrate(owner_url: str, program_url: str | None = None) -> str:
    """Bring the schema up to date as its owner, and give the program's login its rights.

    The login and its password are those of `program_url`. May be run again, and by two at once.
    Returns the version that the schema is at now.
    """
    from states import schema

    with in_words():
        return schema.migrate(owner_url, program_url or owner_url)


def _check_login(connection: Connection) -> None:
    found = connection.execute(
        text("""
        SELECT current_user AS name, rolsuper OR rolbypassrls AS super,
               EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                       WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm')
                         AND pg_has_role(c.relowner, 'USAGE')) AS owner
        FROM pg_roles WHERE rolname = current_user""")
    ).one()
    if found.super or found.owner:
        why = "is a superuser" if found.super else "owns its tables"
        raise OwnsItsTables(user=found.name, why=why)


def _check_url(name: str, url: str) -> None:
    try:
        readable = urlsplit(url).scheme.startswith("postgres") and make_url(url) is not None
    except ValueError:  # a port that is no number
        readable = False
    if not readable:
        raise BadDatabaseUrl(name=name)
