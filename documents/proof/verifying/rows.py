"""What a line of evidence means: its columns by name. The verifier's own table, not the bundle's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]

COLUMNS = {name: tuple(columns.split()) for name, columns in {
    "unit": "id registry code name kind level role symbol parent_id path depth valid_from valid_to small totp_to_sign"
            " signature_required",
    "person": "id full_name machine sample",
    "office": "id person_id unit_id seat title authority fields kinds mandate stands_for valid_from valid_to",
    "form": "id kind title digest kept",
    "document": "id kind unit_id issuer_id drafter_id receiver_id followers level path title subject field series"
                " requirement_id plan_id parent_id supplement form form_version period_first period_last due_at"
                " legal_basis urgency opened_at",
    "revision": "id document_id no part digest authors cut_at cut_by covered expected xid",
    "derivation": "id sources",
    "free_row": "id table_no label label_key",
    "mapping": "id unit_id form table_no label_key row_no person_id office_id at",
    "sending": "id document_id no seq revision_id issuer_id year series number symbol date sent_at paper signer"
               " recipients replaces",
    "receipt": "id unit_id number received_at office_id",
    "dispensation": "id document_id kind until reason office_id at in_time request_id",
    "contribution": "id document_id assignee assignee_key unit_id asked_only due_at task asked_at asked_by",
    "contribution_given": "id contribution_id revision_id given_by channel taken_by at",
    "file": "id size",
    "certificate": "id purpose office_id unit_id digest subject issuer serial valid_from valid_to chain store"
                   " registered_by at",
    "certificate_end": "id at reason office_id",
    "signing_intent": "id document_id revision_id seq purpose office_id certificate_id prepared_digest content_digest"
                      " nonce at expires_at",
    "heads": "id root",
    "signature": "id intent_id certificate_id file_digest content_digest signed_at timestamp_at level",
}.items()}  # fmt: skip
STEP = tuple(
    "document_id seq kind from_state action to_state person_id office_id authority at reason_code reason"
    " revision_digest file_digest desk desk_office_id due_at details previous".split()
)


@dataclass
class Evidence:
    """Rows by kind and key; steps by document, in their order, each with its digest."""

    rows: dict[str, dict[str, Row]] = field(default_factory=lambda: {name: {} for name in COLUMNS})
    steps: dict[str, list[Row]] = field(default_factory=dict)
    positions: dict[int, bytes] = field(default_factory=dict)
    standing: dict[str, bytes] = field(default_factory=dict)
    """By document the hash of the leaf of its last step here."""
    ends: bool = False
    """Whether these are the last steps that there were."""
    ended: int = -1
    """The place of the row that ended the sealing."""
    lacking: set[tuple[str, str]] = field(default_factory=set)
    """Units and persons that were to be named and are not in the bundle."""
    changed: set[tuple[str, str]] = field(default_factory=set)
    """Kind and key of rows that were changed lawfully after they were written."""

    def of(self, kind: str, key: object) -> Row | None:
        """A row, None where the bundle does not have it."""
        return self.rows[kind].get(str(key)) if key is not None else None

    def name(self, kind: str, key: object) -> str:
        """A unit's or a person's name."""
        row = self.of(kind, key)
        if row is None and key is not None:
            self.lacking.add((kind, str(key)))
        return str(row["full_name" if kind == "person" else "name"]) if row else f"? ({kind} {key})"


def put(evidence: Evidence, line: Sequence[Any], digest: str) -> tuple[str, str]:
    """Take a line in; returns the kind and key of its leaf. Raises ValueError where it has no known form."""
    if line[0] == "dondoc-step/1" and len(line) == len(STEP) + 1:
        step = dict(zip(STEP, line[1:], strict=True))
        step["digest"] = digest
        evidence.steps.setdefault(str(step["document_id"]), []).append(step)
        return "step", f"{step['document_id']}:{step['seq']}"
    kind, key = str(line[1]), str(line[2])
    columns = COLUMNS.get(kind)
    if line[0] != "dondoc-row/1" or columns is None or len(line) != len(columns) + 2:
        raise ValueError(kind)
    if key in evidence.rows[kind]:
        raise ValueError(f"{kind} {key} twice")
    evidence.rows[kind][key] = dict(zip(columns, line[2:], strict=True))
    return kind, key
