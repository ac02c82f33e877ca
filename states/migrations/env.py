"""Alembic's entry: runs on the connection that `states.schema` hands over, inside its transaction."""

from alembic import context
from sqlmodel import SQLModel

import states.tables  # noqa: F401  (fills the metadata)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    compare_type=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
