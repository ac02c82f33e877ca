"""Paper in and out: files as they came, what was read in them; the values that findings set against each other."""

from importlib import resources

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    sql = resources.files("states.migrations.versions").joinpath("0003_paper.sql").read_text("utf-8")
    # Handed to the driver as it is: several statements, and per cents that are no placeholders.
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(sql)


def downgrade() -> None:
    raise RuntimeError("Files that came in are not dropped: restore a backup instead.")
