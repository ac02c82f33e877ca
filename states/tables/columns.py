"""Column types that SQLModel has no short word for."""

from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Column, DateTime, ForeignKey, Identity, Integer, LargeBinary, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field


def serial(*, big: bool = False, always: bool = True) -> Any:
    """A primary key that the database counts."""
    return Field(
        default=None,
        sa_column=Column(BigInteger if big else Integer, Identity(always=always), primary_key=True),
    )


def big(target: str | None = None, *, null: bool = False, key: bool = False, alter: str | None = None) -> Any:
    """A bigint, often a reference to a document or revision; `alter` names a key that closes a circle."""
    references = [ForeignKey(target, use_alter=alter is not None, name=alter)] if target else []
    column: Column[int] = Column(BigInteger, *references, nullable=null, primary_key=key, autoincrement=False)
    return Field(default=None, sa_column=column) if null else Field(sa_column=column)


def moment(*, null: bool = False) -> Any:
    """A moment: aware, kept by the database in UTC, shown to people in Asia/Ho_Chi_Minh."""
    column: Column[datetime] = Column(DateTime(timezone=True), nullable=null)
    return Field(default=None, sa_column=column) if null else Field(sa_column=column)


def digest(*, null: bool = False) -> Any:
    """SHA-256, 32 bytes."""
    return Field(default=None, sa_column=Column(LargeBinary, nullable=null))


def words() -> Any:
    """A list of short texts; never null."""
    return Field(default_factory=list, sa_column=Column(ARRAY(String), nullable=False, server_default="{}"))


def numbers() -> Any:
    """A list of identities; never null."""
    return Field(default_factory=list, sa_column=Column(ARRAY(Integer), nullable=False, server_default="{}"))


def json(*, null: bool = False) -> Any:
    """A JSON value, kept as jsonb."""
    return Field(default=None, sa_column=Column(JSONB(none_as_null=True), nullable=null))


def json_object() -> Any:
    """A JSON object, kept as jsonb; never null, empty where nothing is said."""
    return Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default="{}"))
