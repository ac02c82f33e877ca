"""What a document says: the one working copy of a draft, and the revisions that are cut from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb
from sqlmodel import Session

from states.acting import tell
from states.digests import canonical, content_digest
from states.driver import one_or_none
from states.errors import Conflict, Refused
from states.facts import Facts, NoSuchDocument
from states.figures import Figure
from states.lifecycle import State
from states.policy import Actor, Holder


class EditedMeanwhile(Conflict):
    """Bản dự thảo đã được người khác lưu (version {version}): both texts are kept, compare them, then save again."""


class NotADraft(Refused):
    """Văn bản đang ở trạng thái {state}, không sửa được: take the signature back (revise) or recall it first."""


class NotItsDrafter(Refused):
    """Only the drafting unit and the leader of the issuing unit write this draft."""


@dataclass(frozen=True)
class Draft:
    """The working copy as it is now; version 0 is one that nobody has written yet."""

    content: dict[str, Any]
    version: int
    authors: tuple[int, ...]


@dataclass(frozen=True)
class FreeLine:
    """A table row in the ward's own words, with its figures by column."""

    line: int
    table: int
    label: str
    label_key: str
    figures: Mapping[int, Figure]


@dataclass(frozen=True)
class FindingOf:
    """A finding as the door keeps it: code, severity (refuse, explain, note), place and words."""

    code: str
    severity: str
    place: str
    message: str
    message_en: str = ""
    disagree: tuple[str, ...] = ()
    """The values that disagree, the one at `place` first."""
    other_place: str = ""


def draft(session: Session, document_id: int) -> Draft:
    """The working copy; empty where nobody has written yet."""
    row = session.connection().exec_driver_sql(_DRAFT, {"id": document_id}).one_or_none()
    return Draft(row[0], row[1], tuple(row[2])) if row else Draft({}, 0, ())


def save_draft(
    session: Session, document_id: int, content: Mapping[str, Any], version: int, holder: Holder, at: datetime
) -> int:
    """Save over `version`; returns the new one. Raises `EditedMeanwhile` with the other text, so none is lost."""
    lock_draft(session, document_id, holder)
    canonical(content)  # refuses what has no canonical form, before it is stored
    keys = {"id": document_id, "content": Jsonb(dict(content)), "version": version, "person": holder.person_id,
            "at": at}  # fmt: skip
    saved = one_or_none(session, _SAVE, keys)
    if saved is None:
        now = draft(session, document_id)
        raise EditedMeanwhile(version=now.version, present={"version": now.version, "content": now.content})
    return int(saved[0])


def lock_draft(session: Session, document_id: int, holder: Holder | None = None) -> None:
    """Lock a document whose content may still change; refuse any other."""
    state = _lock_as_writer(session, document_id, holder)
    if state not in (State.DRAFT, State.RETURNED):
        raise NotADraft(state=state.value)


def cut(
    session: Session, document_id: int, part: str, content: Mapping[str, Any], figures: Mapping[Any, Figure],
    by: Actor, at: datetime, *, authors: Iterable[int] = (), free: Sequence[FreeLine] = (),
    sources: Iterable[int] = (), findings: Iterable[FindingOf] = (), covered: int = 1, expected: int = 1,
) -> int:  # fmt: skip
    """Cut an immutable revision: content, its digest, figures as rows, what it was made from, what was found.

    `part`: whole (put up for signature), own, contribution. Equal content is not cut twice in a row. Returns its id.
    """
    run = session.connection().exec_driver_sql
    tell(session, by.office_id)
    whole = bound(document_id, content)
    keys = {"document": document_id, "part": part, "content": Jsonb(whole), "digest": content_digest(whole),
            "authors": sorted(set(authors)), "at": at, "by": by.person_id, "covered": covered,
            "expected": expected}  # fmt: skip
    revision = int(run(_CUT, keys).scalar_one())
    rows = [(revision, cell, 0, f.amount, f.bound) for cell, f in figures.items()]
    rows += [
        (revision, line.table * 10_000 + column, line.line, f.amount, f.bound)
        for line in free
        for column, f in line.figures.items()
    ]
    _copy(session, "figure (revision_id, cell, line, amount, bound)", rows)
    _copy(session, "free_row (revision_id, line, table_no, label, label_key)",
          [(revision, line.line, line.table, line.label, line.label_key) for line in free])  # fmt: skip
    _copy(session, "derivation (revision_id, source_id)", [(revision, s) for s in sorted(set(sources))])
    _copy(session, "finding (document_id, revision_id, code, severity, place, message, message_en, disagree,"
                   " other_place, at)",
          [(document_id, revision, f.code, f.severity, f.place, f.message, f.message_en, list(f.disagree),
            f.other_place, at) for f in findings])  # fmt: skip
    return revision


def bound(document_id: int, content: Mapping[str, Any]) -> dict[str, Any]:
    """Content as it is cut: it names its document, so that two wards that say the same have two digests."""
    return {**content, "document": document_id}


def forget_authors(session: Session, facts: Facts, *_: Any) -> None:
    """After a signature nobody has changed the content since the last signature."""
    session.connection().exec_driver_sql(_FORGET, {"id": facts.document_id})


def explain(
    session: Session, document_id: int, code: str, place: str, words: str, holder: Holder, at: datetime
) -> None:
    """Keep the drafter's words on an «explain» finding; the signer sees them."""
    _lock_as_writer(session, document_id, holder)
    keys = {"id": document_id, "code": code, "place": place, "words": words, "person": holder.person_id,
            "office": holder.office_id, "at": at}  # fmt: skip
    session.connection().exec_driver_sql(_EXPLAIN, keys)


def _lock_as_writer(session: Session, document_id: int, holder: Holder | None) -> State:
    row = one_or_none(session, _LOCK, {"id": document_id})
    if row is None:
        raise NoSuchDocument(document=document_id)
    writers = (("drafter", row[1]), ("leader", row[2]), ("clerk", row[3]))
    if holder and (holder.seat, holder.unit_id) not in writers:
        raise NotItsDrafter()
    if holder:
        tell(session, holder.office_id)
    return State(row[0])


def _copy(session: Session, into: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if not rows:
        return
    marks = ", ".join(["%s"] * len(rows[0]))
    values = ", ".join([f"({marks})"] * len(rows))
    flat = tuple(value for row in rows for value in row)
    session.connection().exec_driver_sql(f"INSERT INTO {into} VALUES {values} ON CONFLICT DO NOTHING", flat)


_DRAFT = "SELECT content, version, authors FROM working_copy WHERE document_id = %(id)s"
_LOCK = "SELECT state, drafter_id, issuer_id, receiver_id FROM document WHERE id = %(id)s FOR NO KEY UPDATE"
# Nothing is saved where another version stands than the one that was read.
_SAVE = """
INSERT INTO working_copy AS w (document_id, content, version, authors, updated_at, updated_by)
SELECT %(id)s, %(content)s, 1, ARRAY[%(person)s::integer], %(at)s, %(person)s
 WHERE %(version)s = 0 OR EXISTS (SELECT FROM working_copy WHERE document_id = %(id)s)
ON CONFLICT (document_id) DO UPDATE SET content = excluded.content, version = w.version + 1,
    authors = ARRAY(SELECT DISTINCT unnest(w.authors || excluded.authors) ORDER BY 1),
    updated_at = excluded.updated_at, updated_by = excluded.updated_by
 WHERE w.version = %(version)s RETURNING w.version
"""
_FORGET = "UPDATE working_copy SET authors = '{}' WHERE document_id = %(id)s"
_CUT = """
INSERT INTO revision (document_id, no, part, content, digest, authors, cut_at, cut_by, covered, expected)
SELECT %(document)s, coalesce(max(no), 0) + 1, %(part)s, %(content)s, %(digest)s, %(authors)s, %(at)s, %(by)s,
       %(covered)s, %(expected)s
  FROM revision WHERE document_id = %(document)s
RETURNING id
"""
_EXPLAIN = """
INSERT INTO explanation (document_id, code, place, words, person_id, office_id, at)
VALUES (%(id)s, %(code)s, %(place)s, %(words)s, %(person)s, %(office)s, %(at)s)
"""
