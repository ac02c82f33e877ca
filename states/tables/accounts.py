"""Who gets in, and what he chose: accounts, identities of a provider, sessions, tries that failed, preferences."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from states.tables.columns import big, digest, json, moment, serial


class Account(SQLModel, table=True):
    """Tài khoản: one a person. No password: he only comes by an identity provider."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("name", name="account_name_key"),)

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    name: str  # small letters
    password: str | None = None  # argon2's own string
    must_change: bool = Field(default=True, sa_column_kwargs={"server_default": "true"})
    changed_at: datetime = moment()
    totp_secret: bytes | None = Field(default=None, sa_column=Column(LargeBinary))  # encrypted
    totp_since: datetime | None = moment(null=True)  # none: not confirmed, not in force
    totp_last: int | None = big(null=True)  # the time step of the last accepted code
    totp_to_enter: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})  # by his own choice
    closed_at: datetime | None = moment(null=True)
    created_at: datetime = moment()


class Identity(SQLModel, table=True):
    """A person as an identity provider knows him (OIDC: iss and sub)."""

    __tablename__ = "identity"

    issuer: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    at: datetime = moment()


class WebSession(SQLModel, table=True):
    """Phiên đăng nhập: the cookie holds the secret, this row its SHA-256. Never deleted."""

    __tablename__ = "web_session"
    __table_args__ = (
        UniqueConstraint("digest", name="web_session_digest_key"),
        Index("web_session_person_idx", "person_id", postgresql_where=text("ended_at IS NULL")),
    )

    id: int | None = serial()
    digest: bytes = digest()
    person_id: int = Field(foreign_key="person.id")
    office_id: int | None = Field(default=None, foreign_key="office.id")
    opened_at: datetime = moment()
    seen_at: datetime = moment()
    expires_at: datetime = moment()
    ended_at: datetime | None = moment(null=True)
    second_factor_at: datetime | None = moment(null=True)
    agent: str = Field(default="", sa_column_kwargs={"server_default": ""})
    address: str = Field(default="", sa_column_kwargs={"server_default": ""})


class Attempt(SQLModel, table=True):
    """A try that failed, under a key that tells neither name nor address."""

    __tablename__ = "attempt"
    __table_args__ = (Index("attempt_idx", "key", "at"),)

    id: int | None = serial(big=True)
    key: str
    at: datetime = moment()


class Preference(SQLModel, table=True):
    """What a person chose, by name: language, density, how he is told of a topic."""

    __tablename__ = "preference"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    name: str = Field(primary_key=True)
    value: Any = json()
