"""What was said beside a document (trao đổi), in threads, and the questions that wait for somebody's answer."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from states.periods import midnight
from states.policy import Holder
from states.reading.signing import CURRENT

REMEMBERED = timedelta(days=92)
"""A question that nobody has answered for a quarter asks nobody any more; it stays beside its document."""


@dataclass(frozen=True)
class Said:
    """One note: question, answer, comment or call. `place`: the cell or paragraph that it is about.

    `revision_no`: of the revision that was looked at; `outdated`: another one has taken its place meanwhile.
    """

    id: int
    kind: str
    at: datetime
    person_id: int
    person: str
    title: str
    unit: str
    words: str
    place: str | None
    revision_id: int | None
    revision_no: int | None
    outdated: bool
    promised: date | None


@dataclass(frozen=True)
class Thread:
    """A note with its answers (only a question has any), in order."""

    first: Said
    answers: tuple[Said, ...] = ()

    @property
    def open(self) -> bool:
        """A question that nobody has answered."""
        return self.first.kind == "question" and not self.answers


@dataclass(frozen=True)
class Question:
    """A question that waits for an answer, with the document that it is about."""

    id: int
    document_id: int
    kind: str
    title: str
    unit: str
    state: str
    place: str | None
    revision_id: int | None
    words: str
    at: datetime
    person: str
    person_title: str
    from_unit: str


def threads(session: Session, document_id: int) -> list[Thread]:
    """Everything said beside a document, the newest thread first, its answers in order."""
    found: dict[int, Thread] = {}
    for answers, *row in session.connection().exec_driver_sql(_SAID, {"id": document_id}):
        said = Said(*row)
        if answers is None:
            found[said.id] = Thread(said)
        else:
            found[answers] = replace(found[answers], answers=(*found[answers].answers, said))
    return list(reversed(found.values()))


def asked_of(session: Session, holder: Holder, day: date, *, limit: int = 50) -> list[Question]:
    """The open questions that an office is asked (câu hỏi gửi tới tôi), the oldest first; none of his own.

    One rule: a question goes to the other side of the desk. Whoever wrote the document asks upwards: the drafter asks
    the leaders of the issuing unit, or, once it has been sent (returned and reopened too), the supervisors and
    leaders of the unit that receives. Everybody else asks who wrote it: the drafters of the drafting unit; and a
    question that comes from outside the writing unit is asked of the leaders who may sign it, too. It stays with
    those whom it was asked of, wherever the document goes meanwhile.
    """
    keys = {"unit": holder.unit_id, "seat": holder.seat, "person": holder.person_id, "kinds": list(holder.kinds),
            "fields": list(holder.fields), "oldest": midnight(day) - REMEMBERED, "limit": limit}  # fmt: skip
    if not holder.holds_on(day):
        return []
    return [Question(*row) for row in session.connection().exec_driver_sql(_ASKED, keys)]


_SAID = f"""
SELECT n.answers, n.id, n.kind, n.at, p.id, p.full_name, o.title, u.name, n.words, n.place, n.revision_id, r.no,
       n.revision_id IS DISTINCT FROM {CURRENT.format("d")} AND n.revision_id IS NOT NULL, n.promised
  FROM note n JOIN document d ON d.id = n.document_id
  JOIN office o ON o.id = n.office_id JOIN person p ON p.id = o.person_id JOIN unit u ON u.id = o.unit_id
  LEFT JOIN revision r ON r.id = n.revision_id
 WHERE n.document_id = %(id)s ORDER BY n.at, n.id
"""
# Of a question (note q) about a document (d) asked by an office (asker): which seats of which units it is asked of.
_WROTE = "asker.seat = 'drafter' AND asker.unit_id = d.drafter_id"
_WAS_OUT = """
    coalesce((SELECT s.to_state FROM step s WHERE s.document_id = q.document_id AND s.at < q.at
               ORDER BY s.seq DESC LIMIT 1) IN ('submitted','returned','consolidated'), false)
    AND d.receiver_id IS NOT NULL
"""
ASKED_OF = f"""
SELECT d.issuer_id AS unit_id, 'leader' AS seat WHERE {_WROTE} AND NOT ({_WAS_OUT})
UNION ALL
SELECT d.receiver_id, upward.seat FROM (VALUES ('supervisor'), ('leader')) upward (seat) WHERE {_WROTE} AND {_WAS_OUT}
UNION ALL
SELECT d.drafter_id, 'drafter' WHERE NOT ({_WROTE})
UNION ALL
SELECT d.issuer_id, 'leader' WHERE asker.unit_id NOT IN (d.unit_id, d.issuer_id, d.drafter_id)
"""
OPEN = "NOT EXISTS (SELECT FROM note a WHERE a.answers = q.id)"
_ASKED = f"""
SELECT q.id, d.id, d.kind, d.title, u.name, d.state, q.place, q.revision_id, q.words, q.at, p.full_name, asker.title,
       home.name
  FROM note q JOIN document d ON d.id = q.document_id JOIN office asker ON asker.id = q.office_id
  JOIN person p ON p.id = asker.person_id JOIN unit home ON home.id = asker.unit_id JOIN unit u ON u.id = d.unit_id
 WHERE q.kind = 'question' AND q.at > %(oldest)s AND {OPEN} AND p.id <> %(person)s
   AND %(unit)s IN (d.drafter_id, d.issuer_id, d.receiver_id)
   AND EXISTS (SELECT FROM ({ASKED_OF}) t WHERE t.unit_id = %(unit)s AND t.seat = %(seat)s)
   AND (%(seat)s <> 'leader' OR %(unit)s IS DISTINCT FROM d.issuer_id
        OR (%(fields)s::varchar[] = '{{}}' OR d.field = ANY (%(fields)s))
           AND (%(kinds)s::varchar[] = '{{}}' OR d.kind = ANY (%(kinds)s)))
 ORDER BY q.at, q.id LIMIT %(limit)s
"""
