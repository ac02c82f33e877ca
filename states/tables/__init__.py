"""The rows, by subject. The keys that bind them stand in the migrations; tests hold the two equal."""

from states.tables.accounts import Account, Attempt, Identity, Preference, WebSession
from states.tables.content import (
    Contribution,
    ContributionGiven,
    Derivation,
    Explanation,
    FigureRow,
    FindingRow,
    FreeRow,
    Intake,
    Mapping,
    Revision,
    WorkingCopy,
)
from states.tables.documents import (
    Addressee,
    Document,
    ExternalDocument,
    FormVersion,
    Link,
    Receipt,
    Register,
    RegisterEntry,
    Requirement,
    RequirementLevel,
    Rule,
    Sending,
    Step,
)
from states.tables.following import (
    Delivery,
    Dispensation,
    DispensationRequest,
    FlowNote,
    Idempotency,
    Note,
    Notice,
    Outbox,
    Reminder,
    Running,
    Seen,
)
from states.tables.incoming import File, Incoming, IncomingOutcome, IncomingReading
from states.tables.log import Checkpoint, Head, Leaf, Subtree, Trace
from states.tables.people import CalendarDay, Office, Person, Succession, Token, Unit
from states.tables.restoration import Restoration
from states.tables.signatures import (
    Certificate,
    CertificateEnd,
    Keystore,
    Signature,
    SigningDownload,
    SigningIntent,
)

__all__ = [
    "Account", "Addressee", "Attempt", "CalendarDay", "Certificate", "CertificateEnd", "Checkpoint", "Contribution",
    "ContributionGiven", "Delivery", "Derivation", "Dispensation", "DispensationRequest", "Document", "Explanation",
    "ExternalDocument", "FigureRow", "File", "FindingRow", "FlowNote", "FormVersion", "FreeRow", "Head", "Idempotency",
    "Identity", "Incoming", "IncomingOutcome", "IncomingReading", "Intake", "Keystore", "Leaf", "Link", "Mapping",
    "Note", "Notice", "Office", "Outbox", "Person", "Preference", "Receipt", "Register", "RegisterEntry", "Reminder",
    "Requirement", "RequirementLevel", "Restoration", "Revision", "Rule", "Running", "Seen", "Sending", "Signature",
    "SigningDownload", "SigningIntent", "Step", "Subtree", "Succession", "Token", "Trace", "Unit", "WebSession",
    "WorkingCopy",
]  # fmt: skip
