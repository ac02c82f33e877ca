"""What a document says: working copy, revisions, figures, and what each total was made from."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Index, Integer, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.types import UserDefinedType
from sqlmodel import Field, SQLModel

from states.tables.columns import big, digest, json, moment, numbers, serial, words


class Xid8(UserDefinedType[str]):
    """PostgreSQL's 64-bit transaction number."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "xid8"


class WorkingCopy(SQLModel, table=True):
    """The one mutable text of a draft; its version refuses a lost update."""

    __tablename__ = "working_copy"

    document_id: int = big("document.id", key=True)
    content: dict[str, Any] = json()
    version: int
    authors: list[int] = numbers()  # persons who changed it since the last signature
    updated_at: datetime = moment()
    updated_by: int = Field(foreign_key="person.id")


class Revision(SQLModel, table=True):
    """Content that was cut and never changes, with the SHA-256 of its canonical JSON (RFC 8785)."""

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("document_id", "no", name="revision_no_key"),
        UniqueConstraint("id", "digest", name="revision_digest_key"),
    )

    id: int | None = serial(big=True, always=False)
    document_id: int = big("document.id")
    no: int
    part: str  # whole (put up for signature), own figures, contribution, total (what a consolidation made)
    content: dict[str, Any] = json()
    digest: bytes = digest()
    authors: list[int] = numbers()
    cut_at: datetime = moment()
    cut_by: int = Field(foreign_key="person.id")
    covered: int = Field(default=1, sa_column_kwargs={"server_default": "1"})  # leaf units whose figures stand in it
    expected: int = Field(default=1, sa_column_kwargs={"server_default": "1"})  # leaf units that should
    xid: str = Field(
        default=None, sa_column=Column(Xid8(), nullable=False, server_default=text("pg_current_xact_id()"))
    )


class FigureRow(SQLModel, table=True):
    """One reported figure. No row: not reported, which is not zero. No foreign key: a trigger checks."""

    __tablename__ = "figure"

    revision_id: int = big(key=True)
    cell: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    line: int = Field(default=0, sa_column=Column(Integer, primary_key=True, server_default="0"))
    amount: Decimal
    bound: int = Field(default=0, sa_column=Column(SmallInteger, nullable=False, server_default="0"))


class FreeRow(SQLModel, table=True):
    """A table row in the ward's own words, with no category of the form until a consolidator maps it."""

    __tablename__ = "free_row"

    revision_id: int = big("revision.id", key=True)
    line: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    table_no: int
    label: str
    label_key: str


class Mapping(SQLModel, table=True):
    """A consolidator's word that a free-text row belongs to a category; kept, the newest holds."""

    __tablename__ = "mapping"
    __table_args__ = (Index("mapping_idx", "unit_id", "form", "table_no", "label_key", "at"),)

    id: int | None = serial(big=True)
    unit_id: int = Field(foreign_key="unit.id")
    form: str
    table_no: int
    label_key: str
    row_no: int
    person_id: int = Field(foreign_key="person.id")
    office_id: int = Field(foreign_key="office.id")
    at: datetime = moment()


class Derivation(SQLModel, table=True):
    """A total's revision was made from this revision: a child's, the unit's own part, a contribution."""

    __tablename__ = "derivation"
    __table_args__ = (Index("derivation_source_idx", "source_id"),)

    revision_id: int = big(key=True)
    source_id: int = big(key=True)


class Intake(SQLModel, table=True):
    """A revision that stands in a draft's total now; frozen as derivation when the draft is cut."""

    __tablename__ = "intake"

    document_id: int = big("document.id", key=True)
    source_id: int = big("revision.id", key=True)
    taken_at: datetime = moment()


class Contribution(SQLModel, table=True):
    """Số liệu đóng góp: what a post, school or body inside the unit is asked for. Who is asked is never late."""

    __tablename__ = "contribution"
    __table_args__ = (UniqueConstraint("document_id", "assignee_key", name="contribution_key"),)

    id: int | None = serial(big=True)
    document_id: int = big("document.id")
    assignee: str
    assignee_key: str
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    asked_only: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})  # đề nghị
    due_at: datetime | None = moment(null=True)
    task: str = Field(default="", sa_column=Column(String, nullable=False, server_default=""))
    asked_at: datetime = moment()
    asked_by: int = Field(foreign_key="office.id")


class ContributionGiven(SQLModel, table=True):
    """What came: who gave it, by which way, who took it down, when. The newest holds."""

    __tablename__ = "contribution_given"
    __table_args__ = (Index("contribution_given_idx", "contribution_id", "id"),)

    id: int | None = serial(big=True)
    contribution_id: int = big("contribution.id")
    revision_id: int = big("revision.id")
    given_by: str
    channel: str  # program, phone, paper, message
    taken_by: int = Field(foreign_key="office.id")
    at: datetime = moment()


class FindingRow(SQLModel, table=True):
    """What a check found when a revision was cut; without a revision, what does not come from the content
    (a child plan older than its parent)."""

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint(
            "document_id", "revision_id", "code", "place",
            name="finding_key", postgresql_nulls_not_distinct=True,
        ),
    )  # fmt: skip

    id: int | None = serial(big=True)
    document_id: int = big("document.id")
    revision_id: int | None = big("revision.id", null=True)
    code: str
    severity: str
    place: str
    message: str
    at: datetime = moment()
    message_en: str = Field(default="", sa_column_kwargs={"server_default": ""})
    disagree: list[str] = words()  # the values that disagree, the one at `place` first
    other_place: str = Field(default="", sa_column_kwargs={"server_default": ""})


class Explanation(SQLModel, table=True):
    """The drafter's words on an «explain» finding; the signer sees them."""

    __tablename__ = "explanation"
    __table_args__ = (Index("explanation_idx", "document_id", "code", "place"),)

    id: int | None = serial(big=True)
    document_id: int = big("document.id")
    code: str
    place: str
    words: str
    person_id: int = Field(foreign_key="person.id")
    office_id: int = Field(foreign_key="office.id")
    at: datetime = moment()
