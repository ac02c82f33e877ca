"""Two revisions of a document side by side, with the words that stand at each place: explained, asked, returned."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from api import lists
from api.auth import Caller
from api.pages.document.shown import form_of
from api.seeing import Sight
from documents.changes import Part
from documents.comparing import compare, count
from documents.forms import Form
from states import contents
from states.reading import talk, timeline
from states.reading.timeline import Event

DRAFT = "nhap"
"""Stands in an address for the draft as it is now."""


@dataclass(frozen=True)
class Reason:
    """Words that somebody gave at a place: `kind` explained, question, comment, return."""

    kind: str
    words: str
    person: str


@dataclass(frozen=True)
class Comparison:
    """What changed from `old` to `new` (rows of revisions; `new` may be the draft), and the words by place.

    `returned`: the last return between the two: what the new one answers.
    """

    old: Mapping[str, Any]
    new: Mapping[str, Any]
    parts: Sequence[Part]
    reasons: Mapping[str, Sequence[Reason]]
    returned: Event | None
    all: Sequence[Mapping[str, Any]]
    form: Form | None
    has_draft: bool

    @property
    def total(self) -> int:
        """All changes."""
        return count(list(self.parts))

    def number(self, *kinds: str) -> int:
        """How many of these kinds."""
        return sum(change.kind in kinds for part in self.parts for change in part.changes)

    def at(self, place: str) -> Sequence[Reason]:
        """The words at a place, else at the row or table that it is in."""
        for here in (place, place.partition(".values.")[0]):
            if here in self.reasons:
                return self.reasons[here]
        return ()


def comparison(
    session: Session, seen: Sight, by: Caller, old: str | None, new: str | None
) -> Comparison | None:  # fmt: skip
    """The two that were asked for, else the last two; None where there are no two. Raises `NoSuchRevision`."""
    row = lists.document(session, seen.id)
    cut = [one for one in lists.revisions(session, seen.id) if one["part"] == "whole"]
    writes = (seen.is_ours(by) or by.held.seat == "auditor") and row["draft_version"] > 0
    if (old is None or new is None) and len(cut) < 2:
        return None
    first = _revision(session, seen, old or str(cut[-2]["no"]), writes)
    second = _revision(session, seen, new or str(cut[-1]["no"]), writes)
    form = form_of(row)
    parts = compare(first["content"], second["content"], form)
    return Comparison(first, second, parts, _reasons(session, seen.id), _returned(session, seen, first, second), cut,
                      form, writes)  # fmt: skip


def _revision(session: Session, seen: Sight, no: str, writes: bool) -> Mapping[str, Any]:
    if no == DRAFT and writes:
        return {"no": None, "content": contents.draft(session, seen.id).content, "cut_at": None, "cut_by": ""}
    if not no.isdecimal() or len(no) > 9:
        raise lists.NoSuchRevision(no=no[:40])
    return lists.revision(session, seen.id, int(no))[0]


def _reasons(session: Session, document_id: int) -> dict[str, list[Reason]]:
    found: dict[str, list[Reason]] = {}
    rows = session.connection().exec_driver_sql(_EXPLAINED, {"id": document_id})
    for kind, place, words, person, details in rows:
        where = place or json.loads(details or "{}").get("place")
        if where:
            found.setdefault(str(where), []).append(Reason(kind, words, person))
    for thread in talk.threads(session, document_id):
        if thread.first.place:
            said = Reason(thread.first.kind, thread.first.words, thread.first.person)
            found.setdefault(thread.first.place, []).append(said)
    return found


def _returned(session: Session, seen: Sight, old: Mapping[str, Any], new: Mapping[str, Any]) -> Event | None:
    until = new["cut_at"]
    back = [
        one for one in timeline.timeline(session, seen.id)
        if one.topic == "step" and one.what in ("return", "reopen", "send_back") and old["cut_at"]
        and one.at >= old["cut_at"] and (until is None or one.at <= until)
    ]  # fmt: skip
    return back[-1] if back else None


_EXPLAINED = """
SELECT 'explained', e.place, e.words, p.full_name, NULL FROM explanation e JOIN person p ON p.id = e.person_id
 WHERE e.document_id = %(id)s
UNION ALL
SELECT 'return', NULL, s.reason, p.full_name, s.details FROM step s JOIN person p ON p.id = s.person_id
 WHERE s.document_id = %(id)s AND s.action IN ('return','reopen') AND s.details LIKE '%%"place"%%'
"""
