"""How the database is connected to, and what is wrong where it can't be, in words (kết nối cơ sở dữ liệu)."""

import re
import select
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import errors as pg
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, DisconnectionError, InvalidRequestError

from states.errors import DonDocError, StartupError
from states.settings import Settings

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


class ServerTooOld(StartupError):
    """The database is PostgreSQL {found}, and Đôn Đốc needs {needed} or newer: upgrade it, or unset
    DATABASE_URL.
    """


class NotMigrated(StartupError):
    """The database's schema is at {found} and this program needs {needed}: run `dondoc migrate`."""


class NoRights(StartupError):
    """The login {user} is no member of the role {group}: run `dondoc migrate` with the same DATABASE_URL."""


class Busy(DonDocError):
    """Somebody else is working on the same papers at this moment: try again in a few seconds."""

    status = 503


class NoRoom(StartupError):
    """Máy chủ cơ sở dữ liệu hết chỗ (the database's server has no room left: {why}): nothing was changed; free some
    space on its disk, then try again.
    """


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


def check_server(connection: Connection) -> None:
    """Refuse a PostgreSQL older than the one that is tested."""
    found = connection.execute(text("SHOW server_version")).scalar_one().split()[0]
    if int(found.split(".")[0].rstrip("abcdefghijklmnopqrstuvwxyz")) < OLDEST_SERVER:
        raise ServerTooOld(found=found, needed=OLDEST_SERVER)


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
def in_words() -> Iterator[None]:
    """What PostgreSQL and its driver raise, as errors of ours: `Busy`, `NoRoom`, `DatabaseUnreachable` and its kin."""
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
