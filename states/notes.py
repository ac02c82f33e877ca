"""Talk beside a document that moves nothing (trao đổi): questions and answers, comments on a place, notes of calls.

Who may talk: whoever sits as drafter, leader, clerk or supervisor in one of the document's units (its own, the one
that issues, drafts, receives or follows), and supervisors and leaders above it in the tree. Auditors read and never
write. Nothing said is ever changed or taken back. Who is asked by a question is told in `states.reading.talk`.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from states.acting import tell
from states.errors import Invalid, NotFound, Refused
from states.facts import NoSuchDocument
from states.periods import local_day, vi_date
from states.policy import Holder, Parties
from states.reading.scope import SEEN

WORKING = ("drafter", "leader", "clerk", "supervisor")
LONGEST = 4_000
"""Letters in one note."""


class NotYoursToTalk(Refused):
    """Bạn không giữ vị trí nào ở văn bản này (no seat here): choose the office in which you work on it or watch it."""


class NoSuchQuestion(NotFound):
    """Không có câu hỏi số {question} (no such question): open the document and look at its questions."""


class NothingSaid(Invalid):
    """Chưa có nội dung (nothing was written): write a question, an answer or a note, then send it."""


class TooLong(Invalid):
    """Nội dung dài {length} ký tự, quá {longest} (too long): say it shorter, or in a document of its own."""


class NotItsRevision(Invalid):
    """Bản {revision} không thuộc văn bản này (a revision of another document): open the document again."""


class PromisedTooEarly(Invalid):
    """Ngày hẹn {promised} trước ngày gọi {day} (promised before the call): give the day that was promised."""


def ask(
    session: Session, document_id: int, words: str, holder: Holder, at: datetime, *, place: str | None = None,
    revision_id: int | None = None,
) -> int:  # fmt: skip
    """Ask about a document, a cell or paragraph of it (`place`) as it stood in a revision; returns the note's number.

    Raises `NoSuchDocument`, `NotYoursToTalk`, `NothingSaid`, `TooLong`, `NotItsRevision`.
    """
    return _say(session, document_id, _Note("question", words, place, revision_id), holder, at)


def comment(
    session: Session, document_id: int, words: str, holder: Holder, at: datetime, *, place: str | None = None,
    revision_id: int | None = None,
) -> int:  # fmt: skip
    """Remark on a document or a place of it, without asking and without returning it. Raises as `ask` does."""
    return _say(session, document_id, _Note("comment", words, place, revision_id), holder, at)


def call(
    session: Session, document_id: int, words: str, holder: Holder, at: datetime, *, promised: date | None = None
) -> int:
    """Note a telephone call about a document, with the local day by which it was promised.

    Raises as `ask` does, and `PromisedTooEarly`.
    """
    if promised is not None and promised < local_day(at):
        raise PromisedTooEarly(promised=vi_date(promised), day=vi_date(local_day(at)))
    return _say(session, document_id, _Note("call", words, promised=promised), holder, at)


def answer(session: Session, question_id: int, words: str, holder: Holder, at: datetime) -> int:
    """Answer a question: whoever may talk about its document may, and one answer closes it.

    Who asked may answer himself, which takes the question back. Raises as `ask` does, and `NoSuchQuestion`.
    """
    asked = session.connection().exec_driver_sql(_QUESTION, {"id": question_id}).scalar_one_or_none()
    if asked is None:
        raise NoSuchQuestion(question=question_id)
    try:
        return _say(session, asked, _Note("answer", words, answers=question_id), holder, at)
    except NoSuchDocument as error:
        raise NoSuchQuestion(question=question_id) from error


def may_talk(holder: Holder, outlook: str, parties: Parties, day: date) -> bool:
    """Whether this office may talk about the document on that day; `outlook`: the path that it looks down on."""
    if holder.machine or holder.seat not in WORKING or not holder.holds_on(day):
        return False
    named = {parties.unit_id, parties.issuer_id, parties.drafter_id, parties.receiver_id, *parties.followers}
    return holder.unit_id in named or holder.seat in ("supervisor", "leader") and parties.path.startswith(outlook)


@dataclass(frozen=True)
class _Note:
    """What is said."""

    kind: str
    words: str
    place: str | None = None
    revision_id: int | None = None
    promised: date | None = None
    answers: int | None = None


def _say(session: Session, document_id: int, note: _Note, holder: Holder, at: datetime) -> int:
    _refuse_strangers(session, document_id, holder, local_day(at))
    words = unicodedata.normalize("NFC", note.words).strip()
    if not words:
        raise NothingSaid()
    if len(words) > LONGEST:
        raise TooLong(length=len(words), longest=LONGEST)
    keys: dict[str, Any] = vars(note) | {"id": document_id, "words": words, "office": holder.office_id, "at": at}
    tell(session, holder.office_id)
    said = session.connection().exec_driver_sql(_SAY, keys).scalar_one_or_none()
    if said is None:
        raise NotItsRevision(revision=note.revision_id)
    return int(said)


def _refuse_strangers(session: Session, document_id: int, holder: Holder, day: date) -> None:
    """What may not be seen is not there; what may be seen may still be not his to talk about."""
    keys = {"id": document_id, "seer": holder.unit_id, "seat": holder.seat}
    row = session.connection().exec_driver_sql(_PARTIES, keys).one_or_none()
    if row is None:
        raise NoSuchDocument(document=document_id)
    unit, issuer, drafter, receiver, followers, path, outlook = row
    if not may_talk(holder, outlook, Parties(unit, issuer, drafter, receiver, tuple(followers), path), day):
        raise NotYoursToTalk()


# A department's supervisor looks down on the tree of the unit that it belongs to.
_PARTIES = f"""
SELECT d.unit_id, d.issuer_id, d.drafter_id, d.receiver_id, d.followers, d.path, me.outlook
  FROM document d JOIN (
    SELECT u.path, coalesce(above.path, u.path) AS outlook FROM unit u
      LEFT JOIN unit above ON above.id = u.parent_id AND u.level = 'body' AND %(seat)s = 'supervisor'
     WHERE u.id = %(seer)s) me ON true
 WHERE d.id = %(id)s AND (%(seat)s = 'auditor' OR {
    SEEN.replace("%(seer_path)s", "me.path").replace("%(seer_outlook)s", "me.outlook")
})
"""
_QUESTION = "SELECT document_id FROM note WHERE id = %(id)s AND kind = 'question'"
_SAY = """
INSERT INTO note (document_id, office_id, kind, place, words, promised, at, answers, revision_id)
SELECT %(id)s, %(office)s, %(kind)s, %(place)s, %(words)s, %(promised)s::date, %(at)s, %(answers)s::bigint,
       %(revision_id)s::bigint
 WHERE %(revision_id)s::bigint IS NULL
    OR EXISTS (SELECT FROM revision r WHERE r.id = %(revision_id)s AND r.document_id = %(id)s)
RETURNING id
"""
