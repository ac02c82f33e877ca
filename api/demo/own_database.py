"""A database of the demo's own, made anew for each run beside the office's: its real data are never touched."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from psycopg import sql
from sqlalchemy import Engine, make_url

from states import connecting, demo_clock
from states import database as db
from states.embedded import Urls
from states.errors import StartupError
from states.settings import Settings

NAME = "dondoc_demo"


class DemoNeedsOwner(StartupError):
    """Bản trình diễn cần một cơ sở dữ liệu riêng (the demo makes a database of its own): set DATABASE_OWNER_URL to a
    login that may create databases, or unset DATABASE_URL to play on the embedded server.
    """


class DemoMayNotCreate(StartupError):
    """The owner {owner} may not make the database {name} ({why}): let an administrator run `ALTER ROLE {owner}
    CREATEDB` once, or unset DATABASE_URL to play on the embedded server.
    """


class DemoOnRealData(StartupError):
    """The office's own database is {name}, which the demo makes anew at each run: unset DONDOC_DATABASE, or give the
    database in DATABASE_URL another name.
    """


class DemoIsPlaying(StartupError):
    """Another demo is playing on this server: wait until it has ended, then start again."""


@contextmanager
def own_database(settings: Settings, name: str = NAME) -> Iterator[tuple[Engine, str]]:
    """A new, migrated database and the program's engine on it with its address; it stays there to be looked at.

    Raises the `StartupError` that says what is missing.
    """
    if settings.database_url and not settings.database_owner_url:
        raise DemoNeedsOwner()
    demo = _urls(settings, name)
    with _alone(db.urls(settings).owner) as server:
        _make_anew(server, name)
        db.migrate(demo.owner, demo.program)
        engine = connecting.new_engine(demo.program, settings, "dondoc demo")
        try:
            yield engine, demo.program
        finally:
            engine.dispose()


def left_behind(settings: Settings, story: str, name: str = NAME) -> Urls | None:
    """Where this story was left by an earlier play; None where it is not there, or of an older version."""
    urls = _urls(settings, name)
    engine = connecting.new_engine(urls.program, settings, "dondoc demo")
    try:
        db.check_ready(engine)
        with db.transaction(engine) as session:
            return urls if demo_clock.story(session) == story else None
    except StartupError:
        return None
    finally:
        engine.dispose()


def _urls(settings: Settings, name: str) -> Urls:
    """The demo's database beside the office's. Raises `DemoOnRealData` where both bear one name."""
    office = db.urls(settings)
    if name in {make_url(url).database for url in office}:
        raise DemoOnRealData(name=name)
    return Urls(*(_in(url, name) for url in office))


@contextmanager
def _alone(owner_url: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """The owner's connection, holding the one stage of this server for as long as the demo plays."""
    plain = make_url(owner_url).set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        server = psycopg.connect(plain, autocommit=True)
    except psycopg.OperationalError as error:
        raise connecting.DatabaseUnreachable(why=" ".join(str(error).split()).rstrip(".")) from None
    with server:
        row = server.execute("SELECT pg_try_advisory_lock(hashtext('dondoc demo'))").fetchone()
        if not (row and row[0]):
            raise DemoIsPlaying()
        try:
            yield server
        finally:  # a closed connection's server process keeps its locks for another moment
            with suppress(psycopg.Error):
                server.execute("SELECT pg_advisory_unlock(hashtext('dondoc demo'))")


def _make_anew(server: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    words = {"name": sql.Identifier(name)}
    try:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {name} WITH (FORCE)").format(**words))
        server.execute(sql.SQL("CREATE DATABASE {name}").format(**words))
        server.execute(sql.SQL("REVOKE CONNECT ON DATABASE {name} FROM PUBLIC").format(**words))
    except psycopg.errors.InsufficientPrivilege as error:
        why = str(error.diag.message_primary)
        raise DemoMayNotCreate(owner=server.info.user, name=name, why=why) from None


def _in(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)
