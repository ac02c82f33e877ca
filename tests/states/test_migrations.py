"""The migrations, run on an empty database, give what the models say; nothing is ignored."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.dialects.postgresql import base
from sqlalchemy.types import UserDefinedType
from sqlmodel import SQLModel

import states.tables  # noqa: F401  (fills the metadata)
from states import database as db
from states import schema
from states.embedded import Urls


class Xid8(UserDefinedType[int]):
    """The number of a transaction: SQLAlchemy has no name for it."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "xid8"


@pytest.fixture
def migrated(empty_database: Urls, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """The owner's connection to a database that was empty and is at the head now."""
    monkeypatch.setitem(base.ischema_names, "xid8", Xid8)
    db.migrate(empty_database.owner, empty_database.program)
    engine = create_engine(make_url(empty_database.owner).set(drivername="postgresql+psycopg"))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_up_from_an_empty_database_equals_the_models(migrated: Connection) -> None:
    options = {"compare_type": True, "compare_server_default": True}
    context = MigrationContext.configure(migrated, opts=options)
    assert compare_metadata(context, SQLModel.metadata) == []
    assert context.get_current_revision() == schema.head()


def test_the_comparison_would_see_a_difference(migrated: Connection) -> None:
    migrated.execute(text("ALTER TABLE step ADD COLUMN forgotten integer"))
    migrated.execute(text("ALTER TABLE sending DROP CONSTRAINT sending_number_key"))
    context = MigrationContext.configure(migrated, opts={"compare_type": True})
    assert {difference[0] for difference in compare_metadata(context, SQLModel.metadata)} == {
        "remove_column", "add_constraint",
    }  # fmt: skip


def test_every_table_has_a_key_and_a_right_for_the_program(migrated: Connection) -> None:
    bare = migrated.execute(
        text("""
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> 'alembic_version'
           AND (NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)
                OR NOT has_table_privilege('dondoc_program', c.oid, 'SELECT'))""")
    )
    assert bare.scalars().all() == []


def test_the_migrations_are_one_line() -> None:
    assert ScriptDirectory.from_config(schema.alembic_config()).get_heads() == [schema.head()]
