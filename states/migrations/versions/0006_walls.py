"""The second wall: row-level security that fails closed, and roles that own nothing."""

from importlib import resources

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    sql = resources.files("states.migrations.versions").joinpath("0006_walls.sql").read_text("utf-8")
    # Handed to the driver as it is: several statements, and per cents that are no placeholders.
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(sql)


def downgrade() -> None:
    raise RuntimeError("A wall is not taken down by a program: restore a backup instead.")
