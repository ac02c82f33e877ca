"""The way to the database: one engine per process, one transaction per act, failures in words.

PostgreSQL everywhere. `transaction()` is the only place that commits.
"""

from __future__ import annotations

import re
import select
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import errors as pg
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, DisconnectionError, InvalidRequestError
from sqlmodel import Session

from states import embedded
from states.embedded import Urls
from states.errors import DonDocError, StartupError
from states.settings import Settings, current

OLDEST_SERVER = 18


class DatabaseUnreachable(StartupError):
    """database unreachable: {why}; start PostgreSQL or unset DATABASE_URL."""


class LoginRefused(StartupError):
    """the database refuses the login: {why}; run `dondoc migrate`, or correct DATABASE_URL."""


class NotLetIn(StartupError):
    """This database lets the program's login not in yet: {why}; run `dondoc migrate`."""


class NoSuchDatabase(StartupError):
    """The server has no such database: {why}; make it (`createdb`) or correct DATABASE_URL, then run `dondoc
    migrate`.
    """


class BadDatabaseUrl(StartupError):
    """{name} is no address of a PostgreSQL database: write it as
    postgresql://user:password@host:5432/name, or unset it.
    """


class ServerTooOld(StartupError):
    """The database is PostgreSQL {found}, and Đôn Đốc needs {needed} or newer: upgrade it, or unset
    DATABASE_URL.
    """


class NotMigrated(StartupError):
    """The database's schema is at {found} and this program needs {needed}: run `dondoc migrate`."""


class OwnsItsTables(StartupError):
    """The program is connected as {user}, who {why}, so nothing would stop it from rewriting history: put
    a login that owns nothing into DATABASE_URL, the owner's into DATABASE_OWNER_URL, and run `dondoc
    migrate`.
    """


class NoRights(StartupError):
    """The login {user} is no member of the role {group}: run `dondoc migrate` with the same DATABASE_URL."""


class Busy(DonDocError):
    """Somebody else is working on the same papers at this moment: try again in a few seconds."""

    status = 503


class NoRoom(StartupError):
    """Máy chủ cơ sở dữ liệu hết chỗ (the database's server has no room left: {why}): nothing was changed; free some
    space on its disk, then try again.
    """


@contextmanager
def transaction(bind: Engine | None = None) -> Iterator[Session]:
    """One act: a session that commits at the end, and leaves nothing behind when an error leaves it.

    Rows stay readable after the commit. Raises `Busy` when a lock is not got in time, `NoRoom` when the server's disk
    is full, and `DatabaseUnreachable` when the connection is lost.
    """
    # The session rides on the connection's own transaction: a transaction of its own costs a third more per act.
    with (
        _in_words(),
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


def new_engine(url: str, limits: Settings, application: str = "dondoc", sees: str = "all") -> Engine:
    """A pooled engine of the caller's own, who disposes of it.

    Its sessions run in UTC and give up on statements and locks after the times of `limits`. `sees`: what the second
    wall shows them, everything for the program's own work, nothing ("") for requests.
    """
    options = {
        "dondoc.sees": sees,
        "timezone": "UTC",
        "statement_timeout": f"{limits.statement_seconds * 1000:.0f}",
        "lock_timeout": f"{limits.lock_seconds * 1000:.0f}",
    }
    made = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        hide_parameters=True,  # an error's words go into the log, what people wrote does not
        pool_size=limits.pool_size,
        max_overflow=limits.pool_size,
        connect_args={
            "options": " ".join(f"-c {name}={value}" for name, value in options.items()),
            "application_name": application,
            "connect_timeout": limits.connect_seconds,
        },
    )
    event.listen(made, "do_connect", _connect)
    event.listen(made, "checkout", _refuse_closed)
    return made


def check_ready(bind: Engine | None = None) -> None:
    """Refuse to work on a database that is too old, not migrated, or whose tables are ours.

    Raises the `StartupError` that says which, with its remedy.
    """
    from states import schema  # alembic takes a fifth of a second to import: only where it is asked

    with _in_words(), (bind or program_engine()).connect() as connection:
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

    with _in_words():
        return schema.migrate(owner_url, program_url or owner_url)


def check_server(connection: Connection) -> None:
    """Refuse a PostgreSQL older than the one that is tested."""
    found = connection.execute(text("SHOW server_version")).scalar_one().split()[0]
    if int(found.split(".")[0].rstrip("abcdefghijklmnopqrstuvwxyz")) < OLDEST_SERVER:
        raise ServerTooOld(found=found, needed=OLDEST_SERVER)


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


def _connect(dialect: Any, _record: Any, args: Any, kwargs: Any) -> Any:
    try:
        return dialect.connect(*args, **kwargs)
    except psycopg.OperationalError as error:
        raise _unreachable(error) from None


def _refuse_closed(connection: psycopg.Connection[Any], _record: Any, _proxy: Any) -> None:
    """Drop a pooled connection whose server has gone.

    An idle connection has nothing to say: if its socket can be read, the server has closed it.
    That costs microseconds, where asking the server would cost a round trip for every act.
    """
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    if poll.poll(0):
        raise DisconnectionError()


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except psycopg.OperationalError as error:
        raise _unreachable(error) from None
    except DBAPIError as error:
        if isinstance(error.orig, pg.LockNotAvailable | pg.DeadlockDetected | pg.SerializationFailure):
            raise Busy() from error
        if isinstance(error.orig, pg.DiskFull | pg.OutOfMemory):
            raise NoRoom(why=error.orig.diag.message_primary) from error
        if error.connection_invalidated or _never_came(error.orig):
            raise _unreachable(error.orig) from error
        raise
    except InvalidRequestError as error:
        if _CLOSED_AGAIN not in str(error):
            raise
        raise _unreachable(error) from error


# What SQLAlchemy says when connection after connection is lost between its making and its first use.
_CLOSED_AGAIN = "This connection is closed"


def _never_came(error: BaseException | None) -> bool:
    """Whether a connection was cut as it was made, of which SQLAlchemy says nothing: libpq's words have no code."""
    return isinstance(error, psycopg.OperationalError) and error.sqlstate in (None, *_SHUT)


_SHUT = ("57P01", "57P02", "57P03", "57P05")  # admin_shutdown, crash_shutdown, cannot_connect_now, idle_session_timeout


def _unreachable(error: BaseException | None) -> StartupError:
    why = " ".join(str(error).split()).rstrip(".")
    return next((kind for kind, said in _REFUSALS if re.search(said, why)), DatabaseUnreachable)(why=why)


# libpq gives no code for a failed connection, only its words.
_REFUSALS: tuple[tuple[type[StartupError], str], ...] = (
    (LoginRefused, r'authentication failed|role ".*" does not exist'),
    (NotLetIn, "permission denied for database"),
    (NoSuchDatabase, r'database ".*" does not exist'),
)
