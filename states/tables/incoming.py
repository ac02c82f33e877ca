"""Paper that came in: files by their digest, what was read in them, what an officer made of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from states.tables.columns import big, json, json_object, moment, serial


class File(SQLModel, table=True):
    """Tệp: the bytes as they came, known by their SHA-256; never changed, never deleted."""

    __tablename__ = "file"

    digest: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    size: int
    bytes_: bytes = Field(sa_column=Column("bytes", LargeBinary, nullable=False))


class Incoming(SQLModel, table=True):
    """Văn bản đến, chưa vào sổ: a file that came to a unit; the same file comes to one unit once."""

    __tablename__ = "incoming"
    __table_args__ = (
        UniqueConstraint("unit_id", "file_digest", name="incoming_key"),
        Index("incoming_arrived_idx", "unit_id", "arrived_at"),
        Index("incoming_file_idx", "file_digest"),
    )

    id: int | None = serial(big=True)
    unit_id: int = Field(foreign_key="unit.id")
    file_digest: bytes = Field(foreign_key="file.digest")
    name: str
    media_type: str
    came_by: str  # upload, folder
    person_id: int = Field(foreign_key="person.id")
    office_id: int = Field(foreign_key="office.id")
    arrived_at: datetime = moment()


class IncomingReading(SQLModel, table=True):
    """What a reader found in it, or a sentence why it can't be read; a newer reader adds a newer row."""

    __tablename__ = "incoming_reading"
    __table_args__ = (Index("incoming_reading_idx", "incoming_id", "id"),)

    id: int | None = serial(big=True)
    incoming_id: int = big("incoming.id")
    reader: str
    content: dict[str, Any] | None = json(null=True)
    refusal: str | None = None
    at: datetime = moment()


class IncomingOutcome(SQLModel, table=True):
    """What became of it: draft, registered, put_aside. `confirmed`: each field as read and as it was let stand."""

    __tablename__ = "incoming_outcome"
    __table_args__ = (Index("incoming_outcome_document_idx", "document_id"),)

    incoming_id: int = big("incoming.id", key=True)
    outcome: str
    document_id: int | None = big("document.id", null=True)
    confirmed: dict[str, Any] = json_object()
    words: str = Field(default="", sa_column_kwargs={"server_default": ""})
    person_id: int = Field(foreign_key="person.id")
    office_id: int = Field(foreign_key="office.id")
    at: datetime = moment()
