"""Certificates, what somebody was about to sign, and what a step was signed with (chứng thư số, chữ ký số)."""

from datetime import datetime

from sqlalchemy import (
    ARRAY,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from states.tables.columns import big, digest, moment, serial


class Certificate(SQLModel, table=True):
    """Chứng thư số: an officer's for one of his offices, or the seal of a unit. Registered once, never edited."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("digest", name="certificate_digest_key"),
        UniqueConstraint("id", "purpose", name="certificate_purpose_key"),
        Index("certificate_office_idx", "office_id", postgresql_where=text("office_id IS NOT NULL")),
        Index("certificate_unit_idx", "unit_id", "purpose"),
    )

    id: int | None = serial()
    purpose: str  # officer, seal
    office_id: int | None = Field(default=None, foreign_key="office.id")
    unit_id: int = Field(foreign_key="unit.id")
    der: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    digest: bytes = digest()
    subject: str
    issuer: str
    serial: str  # in hex
    valid_from: datetime = moment()
    valid_to: datetime = moment()
    chain: list[bytes] = Field(
        default_factory=list, sa_column=Column(ARRAY(LargeBinary), nullable=False, server_default="{}")
    )
    store: str  # local, token
    registered_by: int = Field(foreign_key="office.id")
    at: datetime = moment()


class CertificateEnd(SQLModel, table=True):
    """An administrator ended a certificate: lost token, office left. What it signed before stays signed."""

    __tablename__ = "certificate_end"

    certificate_id: int = Field(foreign_key="certificate.id", primary_key=True)
    at: datetime = moment()
    reason: str
    office_id: int = Field(foreign_key="office.id")


class Keystore(SQLModel, table=True):
    """The key of a certificate as PKCS#12 under a passphrase that is kept nowhere; destroyed when it ends."""

    __tablename__ = "keystore"

    certificate_id: int = Field(foreign_key="certificate.id", primary_key=True)
    pkcs12: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class SigningIntent(SQLModel, table=True):
    """What somebody was about to sign: content, served file, certificate, until when. Written before it is signed."""

    __tablename__ = "signing_intent"
    __table_args__ = (
        UniqueConstraint("nonce", name="signing_intent_nonce_key"),
        UniqueConstraint(
            "id", "document_id", "purpose", "certificate_id", "content_digest", name="signing_intent_whole_key"
        ),
        ForeignKeyConstraint(
            ["revision_id", "content_digest"], ["revision.id", "revision.digest"], name="signing_intent_content_fkey"
        ),
        ForeignKeyConstraint(
            ["certificate_id", "purpose"], ["certificate.id", "certificate.purpose"],
            name="signing_intent_certificate_fkey",
        ),
        Index("signing_intent_document_idx", "document_id"),
        Index("signing_intent_file_idx", "prepared_digest"),
    )  # fmt: skip

    id: int | None = serial(big=True)
    document_id: int = big("document.id")
    revision_id: int = big()
    seq: int
    purpose: str
    office_id: int = Field(foreign_key="office.id")
    certificate_id: int
    prepared_digest: bytes = Field(sa_column=Column(LargeBinary, ForeignKey("file.digest"), nullable=False))
    content_digest: bytes = digest()
    nonce: bytes = digest()  # of the secret that names it outside
    at: datetime = moment()
    expires_at: datetime = moment()


class SigningDownload(SQLModel, table=True):
    """What went out to a token is handed out once."""

    __tablename__ = "signing_download"

    intent_id: int = big("signing_intent.id", key=True)
    at: datetime = moment()


class Signature(SQLModel, table=True):
    """Chữ ký số of a step: whose certificate, over which content, in which file, how it is dated."""

    __tablename__ = "signature"
    __table_args__ = (
        UniqueConstraint("intent_id", name="signature_intent_key"),
        ForeignKeyConstraint(
            ["document_id", "seq"], ["step.document_id", "step.seq"], name="signature_step_fkey"
        ),
        ForeignKeyConstraint(
            ["intent_id", "document_id", "purpose", "certificate_id", "content_digest"],
            ["signing_intent.id", "signing_intent.document_id", "signing_intent.purpose",
             "signing_intent.certificate_id", "signing_intent.content_digest"], name="signature_intent_fkey",
        ),
        Index("signature_certificate_idx", "certificate_id"),
        Index("signature_file_idx", "file_digest"),
    )  # fmt: skip

    document_id: int = big(key=True)
    seq: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    purpose: str = Field(sa_column=Column(String, primary_key=True))
    intent_id: int = big()
    certificate_id: int
    file_digest: bytes = Field(sa_column=Column(LargeBinary, ForeignKey("file.digest"), nullable=False))
    content_digest: bytes = digest()
    signed_at: datetime = moment()
    timestamp_at: datetime | None = moment(null=True)
    level: str  # B-B, B-T with a time stamp, B-LT with chain and revocation beside it
