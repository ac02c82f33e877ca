"""Restored from a backup (phục hồi): when, from which, and up to which content nothing takes any more rows."""

from datetime import datetime

from sqlalchemy import BigInteger, Column
from sqlmodel import Field, SQLModel

from states.tables.columns import digest, moment, serial


class Restoration(SQLModel, table=True):
    """One restoration of this database. `backup_digest`: SHA-256 of the dump that it was made from."""

    __tablename__ = "restoration"

    id: int | None = serial()
    at: datetime = moment()
    backup_at: datetime = moment()
    backup_digest: bytes = digest()
    revision_id: int = Field(sa_column=Column(BigInteger, nullable=False))
