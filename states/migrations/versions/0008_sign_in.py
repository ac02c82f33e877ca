"""A second factor at the door: chosen by a person, or asked by his unit."""

from importlib import resources

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    sql = resources.files("states.migrations.versions").joinpath("0008_sign_in.sql").read_text("utf-8")
    # Handed to the driver as it is: several statements, and per cents that are no placeholders.
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(sql)


def downgrade() -> None:
    raise RuntimeError("Who is asked for a code at the door stays asked: drop the database instead.")
