"""Units, who succeeded whom, people and the offices they hold; working-day overrides."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Index, String, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from states.tables.columns import digest, json_object, moment, serial, words


class Unit(SQLModel, table=True):
    """Đơn vị: a place of the tree or a body in it. Known by (registry, code), for codes are used again."""

    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("registry", "code", name="unit_registry_code_key"),
        Index("unit_path_idx", "path"),
        Index("unit_parent_idx", "parent_id"),
        Index("unit_name_idx", "name_key"),
        Index("unit_body_idx", "parent_id", "role", postgresql_where=text("role IS NOT NULL")),
    )

    id: int | None = serial(always=False)
    registry: str
    code: str
    name: str
    name_key: str  # normal form, to compare
    search_key: str  # without diacritics, to find
    kind: str  # tinh, thanh_pho, quan, huyen, thi_xa, xa, phuong, thi_tran, dac_khu, committee, department, …
    level: str  # nation, province, district, commune, village; body for committees and departments
    role: str | None = None  # what a body is for, the same word in each unit: "ban_vstbpn", "so_noi_vu"
    symbol: str = Field(default="UBND", sa_column_kwargs={"server_default": "UBND"})
    parent_id: int | None = Field(default=None, foreign_key="unit.id")
    path: str = Field(sa_column=Column(String(collation="C"), nullable=False))  # "/1/25/300/": identities
    depth: int
    valid_from: date
    valid_to: date | None = None  # the last day, inclusive
    latitude: float | None = None
    longitude: float | None = None
    phone: str | None = None
    small: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})  # four eyes: told, not refused
    paper: dict[str, Any] = json_object()  # thể thức: {"parent_line": "" | words, "place": words}
    totp_to_sign: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})  # from whoever signs
    totp_to_enter: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})  # from all who work here
    # a certificate of whoever signs for it, and a seal on what it sends
    signature_required: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})


class Succession(SQLModel, table=True):
    """Which new unit has land of which old one; `divided` where one old unit went to several."""

    __tablename__ = "succession"
    __table_args__ = (Index("succession_new_idx", "new_id"),)

    old_id: int = Field(foreign_key="unit.id", primary_key=True)
    new_id: int = Field(foreign_key="unit.id", primary_key=True)
    kind: str
    doubt: str | None = None


class Person(SQLModel, table=True):
    """A person, or the program itself (machine), which can never sign."""

    __tablename__ = "person"
    __table_args__ = (Index("person_email_key", "email", unique=True),)

    id: int | None = serial(always=False)
    full_name: str
    email: str | None = None
    phone: str | None = None
    machine: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    sample: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})


class Office(SQLModel, table=True):
    """A person in a seat of a unit between two dates, with the authority he signs by (thẩm quyền ký)."""

    __tablename__ = "office"
    __table_args__ = (
        UniqueConstraint("id", "person_id", name="office_person_key"),
        Index("office_unit_idx", "unit_id", "seat"),
        Index("office_person_idx", "person_id"),
    )

    id: int | None = serial(always=False)
    person_id: int = Field(foreign_key="person.id")
    unit_id: int = Field(foreign_key="unit.id")
    seat: str  # drafter, leader, clerk, supervisor, auditor, admin, clock
    title: str  # "Phó Chủ tịch"
    authority: str = Field(default="", sa_column_kwargs={"server_default": ""})  # TM., KT., TL., TUQ., Q.
    fields: list[str] = words()  # lĩnh vực he may sign in; empty: all
    kinds: list[str] = words()  # plan, report; empty: both
    mandate: str | None = None  # the decision or authorisation that gives the office
    stands_for: int | None = Field(default=None, foreign_key="office.id")  # a substitute for dates of absence
    valid_from: date
    valid_to: date | None = None


class Token(SQLModel, table=True):
    """A bearer token; only its SHA-256 is kept."""

    __tablename__ = "token"
    __table_args__ = (UniqueConstraint("digest", name="token_digest_key"),)

    id: int | None = serial()
    person_id: int = Field(foreign_key="person.id")
    name: str
    digest: bytes = digest()
    created_at: datetime = moment()
    expires_at: datetime | None = moment(null=True)
    revoked_at: datetime | None = moment(null=True)
    may_sign: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})  # its holder showed a code


class CalendarDay(SQLModel, table=True):
    """A day that differs from the rule (nghỉ bù, làm bù), with the announcement it comes from."""

    __tablename__ = "calendar_day"

    day: date = Field(primary_key=True)
    off: bool
    source: str
    announced: bool = Field(default=True, sa_column_kwargs={"server_default": "true"})
