"""The rows, by subject. The keys that bind them stand in the migrations; tests hold the two equal."""

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
    Seen,
)
from states.tables.people import CalendarDay, Office, Person, Succession, Token, Unit

__all__ = [
    "Addressee", "CalendarDay", "Contribution", "ContributionGiven", "Delivery", "Derivation", "Dispensation",
    "DispensationRequest", "Document", "Explanation", "ExternalDocument", "FigureRow", "FindingRow", "FlowNote",
    "FormVersion", "FreeRow", "Idempotency", "Intake", "Link", "Mapping", "Note", "Notice", "Office", "Outbox",
    "Person", "Receipt",
    "Register", "RegisterEntry", "Reminder", "Requirement", "RequirementLevel", "Revision", "Rule", "Seen",
    "Sending", "Step", "Succession", "Token", "Unit", "WorkingCopy",
]  # fmt: skip
