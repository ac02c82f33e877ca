"""Signatures (chữ ký số): certificates, intents, signed files and what each step was signed with."""

from importlib import resources

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    sql = resources.files("states.migrations.versions").joinpath("0004_signatures.sql").read_text("utf-8")
    # Handed to the driver as it is: several statements, and per cents that are no placeholders.
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(sql)


def downgrade() -> None:
    raise RuntimeError("What was signed is not dropped: restore a backup instead.")
