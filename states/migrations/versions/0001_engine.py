"""The engine: units, people, documents, steps, figures, registers, notices, and the walls around them."""

from importlib import resources

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    sql = resources.files("states.migrations.versions").joinpath("0001_engine.sql").read_text("utf-8")
    # Handed to the driver as it is: several statements, and per cents that are no placeholders.
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(sql)


def downgrade() -> None:
    raise RuntimeError("The first migration is not undone: drop the database instead.")
