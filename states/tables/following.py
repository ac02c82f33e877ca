"""Deadlines moved by rows, people told, what was seen, said and run."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, DateTime, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from states.tables.columns import big, json, moment, serial


class DispensationRequest(SQLModel, table=True):
    """A unit asks for more time (gia hạn) or to be let off (miễn báo cáo)."""

    __tablename__ = "dispensation_request"
    __table_args__ = (Index("dispensation_request_idx", "document_id"),)

    id: int | None = serial(big=True)
    document_id: int = big("document.id")
    kind: str  # extension, waiver
    until: datetime | None = moment(null=True)
    reason: str
    office_id: int = Field(foreign_key="office.id")
    at: datetime = moment()


class Dispensation(SQLModel, table=True):
    """The answer from above, or a duty moved or cancelled because its plan was. Counts if `in_time`."""

    __tablename__ = "dispensation"
    __table_args__ = (
        UniqueConstraint("request_id", name="dispensation_answers_once"),
        Index("dispensation_idx", "document_id"),
    )

    id: int | None = serial(big=True)
    document_id: int = big("document.id")
    kind: str  # extension, waiver, amendment, cancellation, refusal
    until: datetime | None = moment(null=True)
    reason: str
    office_id: int = Field(foreign_key="office.id")
    at: datetime = moment()
    in_time: bool  # granted before the deadline then in force
    request_id: int | None = big("dispensation_request.id", null=True)


class Outbox(SQLModel, table=True):
    """A step of which nobody has been told yet; written in the step's own transaction, by its trigger."""

    __tablename__ = "outbox"

    document_id: int = big(key=True)
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})


class Notice(SQLModel, table=True):
    """One thing to tell one person; its key keeps it from being said twice."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("key", name="notice_key"),
        Index("notice_send_after_idx", "send_after"),
    )

    id: int | None = serial(big=True)
    key: str
    document_id: int | None = big("document.id", null=True)
    person_id: int = Field(foreign_key="person.id")
    topic: str
    data: dict[str, Any] = Field(
        default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default=text("'{}'"))
    )
    urgent: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    created_at: datetime = moment()
    send_after: datetime = moment()


class Delivery(SQLModel, table=True):
    """An attempt to tell; claimed by inserting the row, ended by its outcome. Failures keep their text."""

    __tablename__ = "delivery"

    notice_id: int = big("notice.id", key=True)
    channel: str = Field(primary_key=True)
    attempt: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    claimed_at: datetime = moment()
    worker: str
    outcome: str | None = None  # sent, failed, dead
    error: str | None = None
    ended_at: datetime | None = moment(null=True)
    retry_at: datetime | None = moment(null=True)


class Reminder(SQLModel, table=True):
    """A rung of the ladder that was climbed: once per document and deadline."""

    __tablename__ = "reminder"

    document_id: int = big("document.id", key=True)
    deadline: datetime = Field(sa_column=Column(DateTime(timezone=True), primary_key=True))
    rung: str = Field(primary_key=True)
    at: datetime = moment()
    office_id: int = Field(foreign_key="office.id")


class Seen(SQLModel, table=True):
    """How far a person has seen a document; the first by the unit itself says that it was opened."""

    __tablename__ = "seen"

    document_id: int = big("document.id", key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    seq: int
    at: datetime = moment()


class Note(SQLModel, table=True):
    """A call, question, answer or comment beside a document; `answers` the question that an answer is for."""

    __tablename__ = "note"
    __table_args__ = (
        Index("note_idx", "document_id"),
        Index("note_answers_idx", "answers", postgresql_where=text("answers IS NOT NULL")),
        Index("note_at_idx", "at"),
    )

    id: int | None = serial(big=True)
    document_id: int = big("document.id")
    office_id: int = Field(foreign_key="office.id")
    kind: str  # call, question, answer, comment
    place: str | None = None
    words: str
    promised: date | None = None
    at: datetime = moment()
    answers: int | None = big("note.id", null=True)
    revision_id: int | None = big("revision.id", null=True)  # what was looked at


class FlowNote(SQLModel, table=True):
    """What a run of a flow did, in figures."""

    __tablename__ = "flow_note"
    __table_args__ = (Index("flow_note_idx", "flow", "subject"),)

    id: int | None = serial(big=True)
    flow: str
    subject: str
    at: datetime = moment()
    done: dict[str, Any] = json()


class Running(SQLModel, table=True):
    """A run that shows how far it is (tác vụ đang chạy); `beat_at` tells a living one from one that was killed."""

    __tablename__ = "running"
    __table_args__ = (
        Index("running_now_idx", "plan_id", postgresql_where=text("ended_at IS NULL")),
        Index("running_began_idx", "began_at"),
    )

    id: int | None = serial(big=True)
    flow: str
    plan_id: int | None = big("document.id", null=True)
    words: str = Field(default="", sa_column_kwargs={"server_default": ""})
    done: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    total: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    began_at: datetime = moment()
    beat_at: datetime = moment()
    ended_at: datetime | None = moment(null=True)
    outcome: str | None = None  # done, failed
    error: str | None = None


class Idempotency(SQLModel, table=True):
    """A caller's key for one act, with the answer it got, so that saying it twice does it once."""

    __tablename__ = "idempotency"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    key: str = Field(primary_key=True)
    request: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    status: int | None = None
    answer: Any = json(null=True)
    at: datetime = moment()
