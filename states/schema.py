"""The schema's version and the rights on it: what `dondoc migrate` does, and what a start checks.

Three roles: the owner (of the tables), the group `dondoc_program` (may do what the program needs,
can't log in, owns nothing), and the program's login, a member of the group. Roles belong to the
whole server, so everything here may be run again, and by several databases at the same time.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import ProgrammingError

from states.connecting import NoRights, NotMigrated, check_server, new_engine
from states.errors import StartupError
from states.settings import current

GROUP = "dondoc_program"
_TRIES = 20


class MayNotCreateRoles(StartupError):
    """The owner {owner} may not create the role {role}: let an administrator run `{statement}` once, then
    run `dondoc migrate` again.
    """


class MayNotGrant(StartupError):
    """The owner {owner} may not give {role} its rights, for somebody else made the role or the database: let an
    administrator run `{statement}` once, then run `dondoc migrate` again.
    """


class MayNotMigrate(StartupError):
    """The owner {owner} may not change this database ({why}): let an administrator run `ALTER DATABASE {database}
    OWNER TO {owner}` once, or put the owner's address into DATABASE_OWNER_URL; then run `dondoc migrate` again.
    """


def migrate(owner_url: str, program_url: str) -> str:
    """Make the roles, upgrade the schema to its head, give rights; return the version it is at now.

    Raises `MayNotCreateRoles`, `MayNotGrant`, `MayNotMigrate`, each with what an administrator does about it.
    """
    owner, login = (make_url(url).username for url in (owner_url, program_url))
    ensure_group(owner_url)
    _upgrade(owner_url)
    if login and login != owner:
        _again(lambda: _ensure_login(owner_url, program_url))
    return head()


def ensure_group(owner_url: str) -> None:
    """Make the program's group where the server has none yet. Raises `MayNotCreateRoles`."""
    _again(lambda: _ensure_role(owner_url, GROUP, "NOLOGIN"))


def head() -> str:
    """The version that this program's code needs."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head() or "empty"


def check_version(connection: Connection) -> None:
    """Raise `NotMigrated` unless the schema is at the head."""
    known = connection.execute(text("SELECT to_regclass('alembic_version') IS NOT NULL")).scalar_one()
    may = known and connection.execute(text("SELECT has_table_privilege('alembic_version', 'SELECT')")).scalar_one()
    if known and not may:
        raise NoRights(user=_user(connection), group=GROUP)
    found = MigrationContext.configure(connection).get_current_revision() if known else None
    if found != head():
        raise NotMigrated(found=found or "nothing", needed=head())


def check_membership(connection: Connection) -> None:
    """Raise `NoRights` unless the login may do what the program's role may."""
    member = connection.execute(
        text("SELECT coalesce(pg_has_role(to_regrole(:group), 'USAGE'), false)"), {"group": GROUP}
    ).scalar_one()
    if not member:
        raise NoRights(user=_user(connection), group=GROUP)


def alembic_config() -> Config:
    """Alembic's settings, made here so that no file of its own has to be found at run time."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _upgrade(owner_url: str) -> None:
    unlimited = current().model_copy(update={"statement_seconds": 0.0})
    owner = new_engine(owner_url, unlimited, "dondoc migrate")
    try:
        with owner.begin() as connection:
            check_server(connection)
            # One migration at a time; the other one then finds nothing to do.
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('dondoc migrate'))"))
            config = alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.execute(text(f"GRANT SELECT ON alembic_version TO {GROUP}"))
    except (psycopg.errors.InsufficientPrivilege, ProgrammingError) as error:
        cause = error.orig if isinstance(error, ProgrammingError) else error
        if isinstance(cause, psycopg.errors.InsufficientPrivilege):
            url = make_url(owner_url)
            why = cause.diag.message_primary
            raise MayNotMigrate(owner=url.username, why=why, database=url.database) from error
        raise
    finally:
        owner.dispose()


def _ensure_login(owner_url: str, program_url: str) -> None:
    url = make_url(program_url)
    login, password = url.username or "", url.password or ""
    _ensure_role(owner_url, login, "LOGIN", password)
    names = {"group": sql.Identifier(GROUP), "login": sql.Identifier(login)}
    with _connect(owner_url) as server:
        if not _true(server, "SELECT pg_has_role(%s, %s, 'MEMBER')", login, GROUP):
            _grant(server, login, sql.SQL("GRANT {group} TO {login}").format(**names))
        if not _true(server, "SELECT has_database_privilege(%s, current_database(), 'CONNECT')", login):
            database = sql.Identifier(server.info.dbname)
            _grant(server, GROUP, sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, names["group"]))


def _grant(server: psycopg.Connection[tuple[object, ...]], role: str, statement: sql.Composed) -> None:
    try:
        server.execute(statement)
    except psycopg.errors.InsufficientPrivilege:
        raise MayNotGrant(owner=server.info.user, role=role, statement=statement.as_string(server)) from None


def _ensure_role(owner_url: str, role: str, kind: str, password: str = "") -> None:
    with _connect(owner_url) as server:
        known = _true(server, "SELECT to_regrole(quote_ident(%s)) IS NOT NULL", role)
        statement = sql.SQL("{} ROLE {} " + kind).format(sql.SQL("ALTER" if known else "CREATE"), sql.Identifier(role))
        if known and not password:
            return
        if password:
            # Sent as a digest, so that no server log can hold the password.
            digest = server.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
            statement += sql.SQL(" PASSWORD {}").format(sql.Literal(digest))
        try:
            server.execute(statement)
        except psycopg.errors.InsufficientPrivilege:
            if not known:
                words = f"CREATE ROLE {role} {kind}" + (f"; GRANT {GROUP} TO {role}" if password else "")
                raise MayNotCreateRoles(owner=server.info.user, role=role, statement=words) from None
            server.rollback()  # made by an administrator, who then also sees to its password


def _connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, connect_timeout=current().connect_seconds)


def _again(act: Callable[[], None]) -> None:
    """Do `act` again where another database's migration touched the same role at the same moment."""
    clashes = psycopg.errors.UniqueViolation, psycopg.errors.DuplicateObject, psycopg.errors.InternalError_
    for left in reversed(range(_TRIES)):
        try:
            return act()
        except clashes:
            if not left:
                raise
            time.sleep(random.uniform(0.01, 0.1))


def _true(server: psycopg.Connection[tuple[object, ...]], question: str, *values: str) -> bool:
    row = server.execute(question.encode(), values).fetchone()
    return bool(row and row[0])


def _user(connection: Connection) -> str:
    return str(connection.execute(text("SELECT current_user")).scalar_one())
