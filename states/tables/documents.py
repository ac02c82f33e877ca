"""Forms, what a plan requires of whom, the documents and their steps."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Computed,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from states.tables.columns import big, digest, json, moment, numbers, serial, words


class Rule(SQLModel, table=True):
    """The lifecycle's table in the database, so that a key can refuse what it doesn't allow."""

    __tablename__ = "rule"

    kind: str = Field(primary_key=True)
    from_state: str = Field(primary_key=True)
    action: str = Field(primary_key=True)
    to_state: str = Field(primary_key=True)


class FormVersion(SQLModel, table=True):
    """Biểu mẫu as it was when documents were written on it."""

    __tablename__ = "form"

    code: str = Field(primary_key=True)
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str
    title: str
    content: dict[str, Any] = json()
    digest: bytes = digest()
    kept: list[int] = numbers()  # cells that stay with their unit: no part of the total above


class ExternalDocument(SQLModel, table=True):
    """A document of a body outside the system (a ministry's công văn)."""

    __tablename__ = "external_document"

    id: int | None = serial()
    number: str
    date: date | None
    issuer: str
    title: str | None = None


class Requirement(SQLModel, table=True):
    """What a plan asks of those it addresses: a report on a form for a window, or a plan of their own."""

    __tablename__ = "requirement"
    __table_args__ = (
        UniqueConstraint("id", "kind", name="requirement_kind_key"),
        ForeignKeyConstraint(["form", "form_version"], ["form.code", "form.version"], name="requirement_form_fkey"),
        Index("requirement_plan_idx", "plan_id"),
    )

    id: int | None = serial()
    plan_id: int = big("document.id", alter="requirement_plan_id_fkey")
    kind: str
    title: str
    form: str | None = None
    form_version: int | None = None
    field: str = Field(default="", sa_column_kwargs={"server_default": ""})
    series: str = Field(default="BC", sa_column_kwargs={"server_default": "BC"})
    legal_basis: str
    urgency: str = Field(default="", sa_column_kwargs={"server_default": ""})
    period_first: date
    period_last: date  # the cut-off of the figures (chốt số liệu) is the end of this day
    created_at: datetime = moment()


class RequirementLevel(SQLModel, table=True):
    """One level of a requirement: its own deadline, and the bodies that issue, draft, receive and follow."""

    __tablename__ = "requirement_level"

    requirement_id: int = Field(foreign_key="requirement.id", primary_key=True)
    level: str = Field(primary_key=True)
    due_at: datetime = moment()
    issuer_role: str | None = None  # a committee that issues instead of the UBND
    drafter_role: str | None = None  # a Phòng that drafts
    receiver_role: str | None = None  # a Sở or Phòng of the unit above that receives
    follower_roles: list[str] = words()
    followers: list[int] = numbers()
    copies: list[str] = words()


class Addressee(SQLModel, table=True):
    """A unit that a plan addresses, alone or with all below it."""

    __tablename__ = "addressee"

    plan_id: int = big("document.id", key=True, alter="addressee_plan_id_fkey")
    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    subtree: bool = Field(default=True, sa_column_kwargs={"server_default": "true"})


class Document(SQLModel, table=True):
    """A plan or a report. A report that a fan-out opened *is* the obligation: its duty is frozen here."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("requirement_id", "unit_id", "supplement", name="document_duty_key"),
        UniqueConstraint("id", "kind", name="document_kind_key"),
        ForeignKeyConstraint(["form", "form_version"], ["form.code", "form.version"], name="document_form_fkey"),
        ForeignKeyConstraint(
            ["id", "seq", "state", "head"],
            ["step.document_id", "step.seq", "step.to_state", "step.digest"],
            name="document_head_fkey",
            deferrable=True,
            initially="DEFERRED",
            use_alter=True,
        ),
        Index("document_plan_idx", "plan_id", "path"),
        Index("document_parent_idx", "parent_id"),
        Index("document_unit_idx", "unit_id"),
        Index(
            "document_open_idx",
            "path",
            "due_at",
            postgresql_where=text("kind = 'report' AND state IN ('draft','signed','returned')"),
        ),
        Index(
            "document_receiver_idx",
            "receiver_id",
            "state",
            postgresql_where=text("state IN ('draft','signed','returned','submitted')"),
        ),
        Index(
            "document_drafter_idx",
            "drafter_id",
            "desk",
            postgresql_where=text("state IN ('draft','signed','returned')"),
        ),
        Index(
            "document_desk_idx",
            "issuer_id",
            "desk",
            postgresql_where=text("state IN ('draft','signed','returned')"),
        ),
    )

    id: int | None = serial(big=True, always=False)
    kind: str
    unit_id: int = Field(foreign_key="unit.id")  # the unit whose duty it is
    issuer_id: int = Field(foreign_key="unit.id")  # the body whose name and number it bears
    drafter_id: int = Field(foreign_key="unit.id")
    receiver_id: int | None = Field(default=None, foreign_key="unit.id")
    followers: list[int] = numbers()
    level: str
    path: str = Field(sa_column=Column(String(collation="C"), nullable=False))
    title: str
    subject: str = Field(default="", sa_column_kwargs={"server_default": ""})  # "action-month": what it is about
    field: str = Field(default="", sa_column_kwargs={"server_default": ""})  # lĩnh vực, for the signer's mandate
    series: str = Field(default="BC", sa_column_kwargs={"server_default": "BC"})
    requirement_id: int | None = Field(default=None, foreign_key="requirement.id")
    plan_id: int | None = big("document.id", null=True)  # the plan whose requirement it answers
    parent_id: int | None = big("document.id", null=True)  # the same requirement, one level up
    supplement: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    form: str | None = None
    form_version: int | None = None
    period_first: date | None = None
    period_last: date | None = None
    due_at: datetime | None = moment(null=True)  # as frozen at fan-out; dispensations are rows beside it
    legal_basis: str = Field(default="", sa_column_kwargs={"server_default": ""})
    urgency: str = Field(default="", sa_column_kwargs={"server_default": ""})
    opened_at: datetime = moment()
    # below: moved by steps only
    state: str
    seq: int
    head: bytes = digest()
    desk: str
    desk_office_id: int | None = Field(default=None, foreign_key="office.id")
    desk_since: datetime = moment()
    revision_id: int | None = big(null=True)  # the content that was signed last
    correction_due: datetime | None = moment(null=True)


class Link(SQLModel, table=True):
    """A document's relation to another one or to one outside the system."""

    __tablename__ = "link"
    __table_args__ = (
        UniqueConstraint(
            "document_id", "role", "target_id", "external_id",
            name="link_key", postgresql_nulls_not_distinct=True,
        ),
        Index("link_target_idx", "target_id"),
    )  # fmt: skip

    id: int | None = serial(big=True)
    document_id: int = big("document.id")
    role: str  # answers, parent, basis, replaces, supplements
    target_id: int | None = big("document.id", null=True)
    external_id: int | None = Field(default=None, foreign_key="external_document.id")
    note: str | None = None
    at: datetime = moment()


_STEP_DIGEST = (
    "step_digest(document_id, seq, kind, from_state, action, to_state, person_id, office_id, authority, at, "
    "reason_code, reason, revision_digest, file_digest, desk, desk_office_id, due_at, details, previous)"
)


class Step(SQLModel, table=True):
    """What happened to a document: who, in which office and authority, when, why. Append-only, chained."""

    __tablename__ = "step"
    __table_args__ = (
        UniqueConstraint("document_id", "seq", "to_state", "digest", name="step_chain_key"),
        ForeignKeyConstraint(
            ["kind", "from_state", "action", "to_state"],
            ["rule.kind", "rule.from_state", "rule.action", "rule.to_state"],
            name="step_rule_fkey",
        ),
        ForeignKeyConstraint(["document_id", "kind"], ["document.id", "document.kind"], name="step_document_fkey"),
        ForeignKeyConstraint(["office_id", "person_id"], ["office.id", "office.person_id"], name="step_office_fkey"),
        ForeignKeyConstraint(
            ["revision_id", "revision_digest"], ["revision.id", "revision.digest"], name="step_revision_fkey"
        ),
        ForeignKeyConstraint(
            ["document_id", "before", "from_state", "previous"],
            ["step.document_id", "step.seq", "step.to_state", "step.digest"],
            name="step_continues_fkey",
        ),
        Index("step_person_idx", "person_id", "at"),
        Index("step_at_idx", "at"),
        Index("step_file_idx", "file_digest", postgresql_where=text("file_digest IS NOT NULL")),
        Index(
            "step_rare_idx", "action", "at",
            postgresql_where=text(
                "action NOT IN ('open','present','sign','submit','receive','consolidate')"
            ),
        ),
    )  # fmt: skip

    document_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str
    from_state: str
    action: str
    to_state: str
    person_id: int
    office_id: int
    authority: str = Field(default="", sa_column_kwargs={"server_default": ""})
    at: datetime = moment()
    reason_code: str | None = None
    reason: str | None = None
    revision_id: int | None = big(null=True)
    revision_digest: bytes | None = digest(null=True)
    file_digest: bytes | None = digest(null=True)
    desk: str
    desk_office_id: int | None = None
    due_at: datetime | None = moment(null=True)  # of a return: until when the correction is wanted
    details: str | None = None  # canonical JSON: explained checks, the paper's own number, …
    previous: bytes = digest()
    before: int | None = Field(default=None, sa_column=Column(Integer, Computed("NULLIF(seq - 1, 0)", persisted=True)))
    digest: bytes = Field(
        default=None, sa_column=Column(LargeBinary, Computed(_STEP_DIGEST, persisted=True), nullable=False)
    )


class Register(SQLModel, table=True):
    """Sổ đăng ký văn bản: one gapless count per unit, year, series and direction."""

    __tablename__ = "register"
    __table_args__ = (UniqueConstraint("unit_id", "year", "series", "direction", name="register_key"),)

    id: int | None = serial()
    unit_id: int = Field(foreign_key="unit.id")
    year: int
    series: str
    direction: str  # out (đi), in (đến)
    opened_at_number: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    opened_by: int | None = Field(default=None, foreign_key="office.id")
    reason: str | None = None
    last: int


class RegisterEntry(SQLModel, table=True):
    """A number that was given; each hangs on the one before it, so that there is no gap."""

    __tablename__ = "register_entry"
    __table_args__ = (
        ForeignKeyConstraint(
            ["register_id", "before"],
            ["register_entry.register_id", "register_entry.number"],
            name="register_entry_gapless",
        ),
    )

    register_id: int = Field(foreign_key="register.id", primary_key=True)
    number: int = Field(primary_key=True)
    before: int | None
    document_id: int = big("document.id")
    office_id: int = Field(foreign_key="office.id")
    date: date
    at: datetime = moment()


class Sending(SQLModel, table=True):
    """One submission: which revision went out under which number, when. A correction takes a new number."""

    __tablename__ = "sending"
    __table_args__ = (
        UniqueConstraint("document_id", "no", name="sending_no_key"),
        UniqueConstraint("issuer_id", "year", "series", "number", name="sending_number_key"),
        ForeignKeyConstraint(["document_id", "seq"], ["step.document_id", "step.seq"], name="sending_step_fkey"),
    )

    id: int | None = serial(big=True)
    document_id: int = big("document.id")
    no: int
    seq: int
    revision_id: int = big("revision.id")
    issuer_id: int = Field(foreign_key="unit.id")
    year: int
    series: str
    number: int
    symbol: str  # "BC-UBND": with the number before it, the số, ký hiệu
    date: date
    sent_at: datetime = moment()
    paper: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})  # ký ngoài hệ thống
    signer: str | None = None  # as the paper names him
    recipients: list[str] = words()
    replaces: int | None = big("sending.id", null=True)


class Receipt(SQLModel, table=True):
    """The receiver's incoming number (số đến) and moment."""

    __tablename__ = "receipt"

    sending_id: int = big("sending.id", key=True)
    unit_id: int = Field(foreign_key="unit.id")
    number: int
    received_at: datetime = moment()
    office_id: int = Field(foreign_key="office.id")
