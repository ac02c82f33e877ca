"""Putting a draft up for signature: its figures summed, its checks run, its content cut as a revision.

A ward's own report is its rows. A report that others' figures went into is the sum of those, of the unit's own
rows and of its contributions; each part is a revision of its own, so that every cell can be followed down.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from documents.checks import Finding, check
from documents.checks.of_draft import Taken as TakenUp
from documents.checks.of_draft import check_draft
from documents.filled import figures_of, free_rows
from documents.forms import Form, form
from documents.gathering import gather
from documents.mapping import unmapped
from documents.typed import enter
from states import contents, sums
from states.contents import FindingOf, FreeLine
from states.digests import content_digest
from states.driver import one_or_none
from states.errors import Conflict
from states.figures import Cell, Figure
from states.lifecycle import Action
from states.policy import Actor, Holder
from states.steps import Paper, Request, Taken, refuse_strangers, take

_OWN = ("form", "figures", "rows", "nil")


class NothingWritten(Conflict):
    """Bản dự thảo chưa có nội dung (the draft is still empty): write it, then put it up for signature."""


@dataclass(frozen=True)
class _Draft:
    """What is cut: the document's form, what was written, whose revisions it takes in, who wrote it."""

    document_id: int
    form: Form
    content: dict[str, Any]
    authors: tuple[int, ...]
    sources: tuple[int, ...]
    covered: int
    expected: int
    missing: tuple[str, ...]


def save(
    session: Session, document_id: int, typed: Mapping[str, Any], version: int, holder: Holder, at: datetime
) -> tuple[int, list[str]]:
    """Save what was typed; returns the new version and how each typed number was understood.

    Raises `BadContent` naming every place that can't be read, `EditedMeanwhile` with the other text.
    """
    entered = enter(dict(typed), form_of(session, document_id))
    saved = contents.save_draft(session, document_id, entered.content, version, holder, at)
    return saved, [echo.words for echo in entered.echoes]


def put_up(session: Session, document_id: int, by: Actor, at: datetime) -> int:
    """Cut the draft as it is now; returns the revision, the last one where nothing has changed since.

    Findings are kept with the revision: the door refuses a signature while one of them stands unanswered.
    """
    contents.lock_draft(session, document_id)
    draft = _read(session, document_id)
    if draft.sources:
        sources = draft.sources + _own_part(session, draft, by, at)
        figures = sums.of_sources(session, document_id, sources, at)
        content = draft.content | {"figures": _stored(figures), "coverage": _coverage(draft)}
        if words := gather(session, draft.sources, draft.form):
            content["gathered"] = words
        free: list[FreeLine] = []
    else:
        sources, content = (), draft.content
        figures = figures_of(content, draft.form)
        free = free_lines(content, draft.form)
    if same := _last(session, document_id, "whole", content, sources):
        return same
    found = _found(session, draft, content, sources, at)
    return contents.cut(session, document_id, "whole", content, figures, by, at, authors=draft.authors, free=free,
                        sources=sources, findings=found, covered=draft.covered, expected=draft.expected)  # fmt: skip


def present(session: Session, document_id: int, actor: Actor, at: datetime, *, seq: int | None = None,
            to_office: int | None = None) -> Taken:  # fmt: skip
    """Put up for signature and lay it on the leader's desk (trình ký)."""
    refuse_strangers(session, document_id, Action.PRESENT, actor, at)
    revision = put_up(session, document_id, actor, at)
    request = Request(document_id, Action.PRESENT, seq, to_office=to_office, revision_id=revision)
    return take(session, request, actor, at)


def sign(session: Session, document_id: int, actor: Actor, at: datetime, *, seq: int | None = None,
         revision_id: int | None = None) -> Taken:  # fmt: skip
    """Sign the content that was put up (ký); without `revision_id` the newest, put up now where nobody did."""
    if revision_id is None:
        refuse_strangers(session, document_id, Action.SIGN, actor, at)
        revision_id = put_up(session, document_id, actor, at)
    return take(session, Request(document_id, Action.SIGN, seq, revision_id=revision_id), actor, at)


def register_paper(
    session: Session, document_id: int, typed: Mapping[str, Any], paper: Paper, actor: Actor, at: datetime,
    *, seq: int | None = None,
) -> Taken:  # fmt: skip
    """Register a paper signed outside the system, with its figures as the receiver's clerk reads them."""
    contents.lock_draft(session, document_id)
    refuse_strangers(session, document_id, Action.REGISTER, actor, at)
    shape = form_of(session, document_id)
    content = enter(dict(typed), shape).content
    found = [replace(_kept(f), severity="note") for f in check(shape, content)]
    revision = contents.cut(session, document_id, "whole", content, figures_of(content, shape), actor, at,
                            authors=[actor.person_id], free=free_lines(content, shape), findings=found)  # fmt: skip
    request = Request(document_id, Action.REGISTER, seq, paper=paper, revision_id=revision)
    return take(session, request, actor, at)


def form_of(session: Session, document_id: int) -> Form:
    """The form, in the version that the document was opened with."""
    row = session.connection().exec_driver_sql(_FORM, {"id": document_id}).one()
    return form(row[0], row[1])


def _read(session: Session, document_id: int) -> _Draft:
    row = one_or_none(session, _READ, {"id": document_id})
    assert row is not None  # it was locked just before
    code, form_version, written, version, authors, sources, covered, expected, missing = row
    if not version and not sources:
        raise NothingWritten()
    shape = form(code, form_version)
    content = {"form": shape.key, **(written or {})}
    return _Draft(document_id, shape, content, tuple(authors), tuple(sources), covered, expected, tuple(missing))


def _own_part(session: Session, draft: _Draft, by: Actor, at: datetime) -> tuple[int, ...]:
    """The unit's own figures as a revision of their own, where it has any."""
    own = {key: draft.content[key] for key in _OWN if key in draft.content}
    figures, free = figures_of(own, draft.form), free_lines(own, draft.form)
    if not figures and not free:
        return ()
    same = _last(session, draft.document_id, "own", own, ())
    return (same or contents.cut(session, draft.document_id, "own", own, figures, by, at, authors=draft.authors,
                                 free=free, covered=0, expected=0),)  # fmt: skip


def _last(
    session: Session, document_id: int, part: str, content: Mapping[str, Any], sources: tuple[int, ...]
) -> int | None:
    """The newest revision of this part, where it says the same and was made from the same."""
    digest = content_digest(contents.bound(document_id, content))
    keys = {"id": document_id, "part": part, "digest": digest, "sources": sorted(set(sources))}
    row = one_or_none(session, _SAME, keys)
    return row[0] if row else None


def _found(
    session: Session, draft: _Draft, content: Mapping[str, Any], sources: tuple[int, ...], at: datetime
) -> list[FindingOf]:
    """What the checks find; in a total each row that waits for a category by its own name, not as a bad cell."""
    waiting = unmapped(session, draft.document_id, at, sources) if sources else ()
    taken = TakenUp(sources, draft.covered, draft.expected, draft.missing, waiting)
    return [_kept(one) for one in check_draft(session, draft.document_id, draft.form, content, at, taken)]


def _kept(one: Finding) -> FindingOf:
    """A finding as the door keeps it."""
    return FindingOf(one.code, one.severity.value, one.place, one.message, one.message_en, one.values, one.other_place)


def free_lines(content: Mapping[str, Any], shape: Form) -> list[FreeLine]:
    """The rows in the writer's own words, as a revision keeps them."""
    lines = free_rows(content, shape)
    return [FreeLine(line.number, line.table, line.label, line.key, dict(line.values)) for line in lines]


def _stored(figures: Mapping[Cell, Figure]) -> dict[str, str]:
    return {str(int(cell)): figure.canonical for cell, figure in figures.items()}


def _coverage(draft: _Draft) -> dict[str, Any]:
    return {"covered": draft.covered, "expected": draft.expected, "missing": list(draft.missing)}


_FORM = "SELECT form, form_version FROM document WHERE id = %(id)s"
# Covered and expected are what the program's last total says; a report without children covers its own unit.
_READ = """
SELECT d.form, d.form_version, w.content, coalesce(w.version, 0), coalesce(w.authors, '{}'),
       ARRAY(SELECT i.source_id FROM intake i WHERE i.document_id = d.id ORDER BY i.source_id),
       coalesce(t.covered, 1), coalesce(t.expected, 1),
       ARRAY(SELECT u.name FROM document c JOIN unit u ON u.id = c.unit_id
              WHERE c.parent_id = d.id AND c.supplement = 0 AND c.state <> 'consolidated'
                AND NOT EXISTS (SELECT FROM dispensation x WHERE x.document_id = c.id AND x.in_time
                                   AND x.kind IN ('waiver','cancellation'))
              ORDER BY u.name)
  FROM document d LEFT JOIN working_copy w ON w.document_id = d.id
  LEFT JOIN LATERAL (SELECT r.covered, r.expected FROM revision r WHERE r.document_id = d.id AND r.part = 'total'
                      ORDER BY r.no DESC LIMIT 1) t ON true
 WHERE d.id = %(id)s
"""
# A draft that was saved again is cut again, even if it says the same: who saved it is its author.
_SAME = """
SELECT r.id FROM revision r WHERE r.document_id = %(id)s AND r.part = %(part)s
   AND r.no = (SELECT max(no) FROM revision WHERE document_id = %(id)s AND part = %(part)s) AND r.digest = %(digest)s
   AND ARRAY(SELECT source_id FROM derivation v WHERE v.revision_id = r.id ORDER BY source_id) = %(sources)s::bigint[]
   AND NOT EXISTS (SELECT FROM working_copy w WHERE r.part = 'whole' AND w.document_id = r.document_id
                      AND w.updated_at > r.cut_at)
"""
