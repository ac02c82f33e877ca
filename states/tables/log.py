"""The log (nhật ký niêm phong): digests that wait, leaves in their order, subtrees' hashes, signed checkpoints."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, Integer
from sqlmodel import Field, SQLModel

from states.tables.columns import digest, moment, serial


class Trace(SQLModel, table=True):
    """Dấu vết: the digest of a row that was written, waiting for its place in the log. Triggers write it."""

    __tablename__ = "trace"

    id: int | None = serial(big=True)
    kind: str
    key: str
    digest: bytes = digest()


class Leaf(SQLModel, table=True):
    """A digest with its place in the log, for good; places count from 0 without gaps."""

    __tablename__ = "leaf"
    __table_args__ = (Index("leaf_key_idx", "kind", "key"),)

    position: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    kind: str
    key: str
    digest: bytes = digest()


class Subtree(SQLModel, table=True):
    """The hash over leaves `place`·2^height up to the next place; height 8, 16, ..."""

    __tablename__ = "subtree"

    height: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    place: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    hash: bytes = digest()


class Head(SQLModel, table=True):
    """Where each document stands: at height 0 the leaf of its newest sealed step, above it hashes over 2^height."""

    __tablename__ = "head"

    height: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    place: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    hash: bytes = digest()


class Checkpoint(SQLModel, table=True):
    """Mốc niêm phong: the signed root over the first `size` leaves; the note is what outsiders keep."""

    __tablename__ = "checkpoint"
    __table_args__ = (Index("checkpoint_at_idx", "at"),)

    size: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    root: bytes = digest()
    note: str
    at: datetime = moment()
