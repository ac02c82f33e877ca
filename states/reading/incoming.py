"""Papers that came in, to be listed and looked at: which wait, what was read in them, what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from states.duties import IN_FORCE
from states.errors import NotFound
from states.names import search_form

PER_PAGE = 30
OWED = 500
"""Open documents that are listed at once; the others are looked for by name."""


class NoSuchPaper(NotFound):
    """Không có văn bản đến số {incoming} ở đơn vị này (no such paper here): xem danh sách «Nhận văn bản»."""


@dataclass(frozen=True)
class Row:
    """A paper in the list. `read`: a reader has ended, well or with `refusal`; `asks`: fields it is not sure of."""

    id: int
    name: str
    size: int
    came_by: str
    arrived_at: datetime
    person: str
    read: bool
    refusal: str | None
    type_word: str | None
    title: str | None
    number: str | None
    symbol: str | None
    issuer: str | None
    asks: int
    outcome: str | None
    document_id: int | None
    words: str | None
    decided_at: datetime | None


@dataclass(frozen=True)
class One:
    """One paper with its last reading and its outcome. `digest`: of its bytes, hex."""

    id: int
    unit_id: int
    digest: str
    size: int
    name: str
    media_type: str
    came_by: str
    arrived_at: datetime
    person: str
    reader: str | None
    read_at: datetime | None
    content: dict[str, Any] | None
    refusal: str | None
    outcome: str | None
    document_id: int | None
    confirmed: dict[str, Any] | None
    words: str | None
    decided_by: str | None
    decided_at: datetime | None

    @property
    def read(self) -> bool:
        """Whether a reader has ended."""
        return self.read_at is not None


@dataclass(frozen=True)
class Owed:
    """A document that a paper may fill or be registered as. `plan`: number and symbol of the plan that it answers."""

    id: int
    title: str
    unit_id: int
    unit: str
    registry: str
    code: str
    path: str
    form: str
    kind: str
    state: str
    seq: int
    version: int
    plan: str | None
    first: date | None
    last: date | None
    due_at: datetime | None
    series: str


@dataclass(frozen=True)
class Original:
    """The file that a document was registered from or its draft was filled from."""

    digest: str
    name: str
    size: int
    pages: int
    how: str
    at: datetime
    person: str
    differs: int


def papers(
    session: Session, unit_id: int, *, done: bool = False, words: str = "", outcome: str = "", page: int = 1
) -> tuple[list[Row], bool]:
    """A page of a unit's papers, the latest first, and whether there are more; `words`: of name, title or issuer."""
    keys = {"unit": unit_id, "done": done, "words": f"%{_bare(words)}%" if words else None,
            "outcome": outcome or None, "limit": PER_PAGE + 1, "skip": (page - 1) * PER_PAGE}  # fmt: skip
    rows = [Row(*row) for row in session.connection().exec_driver_sql(_LIST, keys)]
    return rows[:PER_PAGE], len(rows) > PER_PAGE


def counts(session: Session, unit_id: int) -> tuple[int, int]:
    """How many papers of a unit wait, and how many are done."""
    row = session.connection().exec_driver_sql(_COUNTS, {"unit": unit_id}).one()
    return int(row[0]), int(row[1])


def one(session: Session, incoming_id: int, unit_id: int) -> One:
    """One paper of this unit. Raises `NoSuchPaper`, for another unit's too."""
    row = session.connection().exec_driver_sql(_ONE, {"id": incoming_id, "unit": unit_id}).one_or_none()
    if row is None:
        raise NoSuchPaper(incoming=incoming_id)
    return One(*row)


def owed(
    session: Session, unit_id: int, seat: str, *, asked: int | None = None, words: str = "",
    unit: tuple[str, str] = ("", ""), limit: int = OWED,
) -> list[Owed]:  # fmt: skip
    """The open documents that a paper may become here: those that a drafter writes, or that a clerk may register.

    However many there are, the one that is `asked` for and those of the paper's own `unit` (registry, code) are among
    them; `words`: only those of such a unit or title.
    """
    keys = {"unit": unit_id, "clerk": seat == "clerk", "limit": limit, "asked": asked, "registry": unit[0],
            "code": unit[1], "title": f"%{_bare(words)}%",
            "words": f"%{_bare(search_form(words))}%" if words.strip() else None}  # fmt: skip
    return [Owed(*row) for row in session.connection().exec_driver_sql(_OWED, keys)]


def unit_of(session: Session, registry: str, code: str) -> int | None:
    """The unit that the reader means."""
    keys = {"registry": registry, "code": code}
    found = session.connection().exec_driver_sql(_UNIT, keys).scalar()
    return int(found) if found is not None else None


def registered_as(session: Session, digest: str) -> int | None:
    """The document that a file was registered as already, if any."""
    keys = {"digest": bytes.fromhex(digest)}
    found = session.connection().exec_driver_sql(_REGISTERED, keys).scalar()
    return int(found) if found is not None else None


def originals(session: Session, document_id: int) -> Sequence[Original]:
    """The kept files that stand behind a document, the last first."""
    rows = session.connection().exec_driver_sql(_ORIGINALS, {"id": document_id})
    return [Original(*row) for row in rows]


def _bare(words: str) -> str:
    return words.strip().lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


_LAST = """
  LEFT JOIN LATERAL (SELECT x.reader, x.content, x.refusal, x.at FROM incoming_reading x WHERE x.incoming_id = i.id
                      ORDER BY x.id DESC LIMIT 1) r ON true
  LEFT JOIN incoming_outcome o ON o.incoming_id = i.id
"""
_SAID = "r.content #>> '{{paper,{},value}}'"
_LIST = f"""
SELECT i.id, i.name, f.size, i.came_by, i.arrived_at, p.full_name, r.at IS NOT NULL, r.refusal,
       {_SAID.format("type_word")}, {_SAID.format("title")}, {_SAID.format("number")}, {_SAID.format("symbol")},
       {_SAID.format("issuer")}, coalesce((r.content ->> 'asks')::integer, 0), o.outcome, o.document_id, o.words, o.at
  FROM incoming i JOIN file f ON f.digest = i.file_digest JOIN person p ON p.id = i.person_id {_LAST}
 WHERE i.unit_id = %(unit)s AND (o.incoming_id IS NOT NULL) = %(done)s
   AND (%(outcome)s::varchar IS NULL OR o.outcome = %(outcome)s)
   AND (%(words)s::varchar IS NULL OR lower(concat_ws(' ', i.name, {_SAID.format("title")},
        {_SAID.format("issuer")}, {_SAID.format("number")})) LIKE %(words)s)
 ORDER BY coalesce(o.at, i.arrived_at) DESC, i.id DESC LIMIT %(limit)s OFFSET %(skip)s
"""
_COUNTS = """
SELECT count(*) FILTER (WHERE o.incoming_id IS NULL), count(o.incoming_id)
  FROM incoming i LEFT JOIN incoming_outcome o ON o.incoming_id = i.id WHERE i.unit_id = %(unit)s
"""
_ONE = f"""
SELECT i.id, i.unit_id, encode(i.file_digest, 'hex'), f.size, i.name, i.media_type, i.came_by, i.arrived_at,
       p.full_name, r.reader, r.at, r.content, r.refusal, o.outcome, o.document_id, o.confirmed, o.words,
       w.full_name, o.at
  FROM incoming i JOIN file f ON f.digest = i.file_digest JOIN person p ON p.id = i.person_id {_LAST}
  LEFT JOIN person w ON w.id = o.person_id
 WHERE i.id = %(id)s AND i.unit_id = %(unit)s
"""
# A duty that was waived or cancelled asks for nothing; the drafter's own ones, or the ones that come to this clerk.
_OWED = f"""
SELECT d.id, d.title, d.unit_id, u.name, u.registry, u.code, d.path, d.form || '/' || d.form_version, d.kind, d.state,
       d.seq, coalesce(w.version, 0), s.number || '/' || s.symbol, d.period_first, d.period_last,
       coalesce(d.correction_due, {IN_FORCE}), d.series
  FROM document d JOIN unit u ON u.id = d.unit_id LEFT JOIN working_copy w ON w.document_id = d.id
  LEFT JOIN LATERAL (SELECT n.number, n.symbol FROM sending n WHERE n.document_id = d.plan_id
                      ORDER BY n.no DESC LIMIT 1) s ON true
 WHERE d.state IN ('draft','returned')
   AND CASE WHEN %(clerk)s THEN d.receiver_id = %(unit)s ELSE d.drafter_id = %(unit)s END
   AND NOT EXISTS (SELECT FROM dispensation x WHERE x.document_id = d.id AND x.kind IN ('waiver','cancellation'))
   AND (%(words)s::varchar IS NULL OR u.search_key LIKE %(words)s OR lower(d.title) LIKE %(title)s
        OR d.id = %(asked)s)
 ORDER BY d.id IS DISTINCT FROM %(asked)s::bigint, (u.registry, u.code) <> (%(registry)s, %(code)s), 16 NULLS LAST,
       d.path, d.id LIMIT %(limit)s
"""
_UNIT = "SELECT id FROM unit WHERE registry = %(registry)s AND code = %(code)s"
_REGISTERED = """
SELECT document_id FROM step WHERE action = 'register' AND file_digest = %(digest)s ORDER BY at LIMIT 1
"""
# By way of «Nhận văn bản», or kept with the step that registered it.
_ORIGINALS = """
SELECT encode(i.file_digest, 'hex'), i.name, f.size, coalesce((r.content #>> '{text,pages}')::integer, 0)
           * (i.media_type = 'application/pdf')::integer, o.outcome, o.at, p.full_name,
       coalesce(jsonb_array_length(o.confirmed -> 'differs'), 0)
  FROM incoming_outcome o JOIN incoming i ON i.id = o.incoming_id JOIN file f ON f.digest = i.file_digest
  JOIN person p ON p.id = o.person_id
  LEFT JOIN LATERAL (SELECT x.content FROM incoming_reading x WHERE x.incoming_id = i.id AND x.content IS NOT NULL
                      ORDER BY x.id DESC LIMIT 1) r ON true
 WHERE o.document_id = %(id)s
UNION ALL
SELECT encode(s.file_digest, 'hex'), '', f.size, 0, 'registered', s.at, p.full_name, 0
  FROM step s JOIN file f ON f.digest = s.file_digest JOIN person p ON p.id = s.person_id
 WHERE s.document_id = %(id)s AND s.action = 'register'
   AND NOT EXISTS (SELECT FROM incoming_outcome o JOIN incoming i ON i.id = o.incoming_id
                    WHERE o.document_id = s.document_id AND i.file_digest = s.file_digest)
 ORDER BY 6 DESC
"""
