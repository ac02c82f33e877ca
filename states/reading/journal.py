"""The journal (nhật ký): every step of every document, searched and paged, the newest first.

A page is asked for from a mark (moment, document, number of the step), so that it stays the same page while new steps
come, and the thousandth is as quick as the first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from states.errors import Invalid
from states.periods import midnight, vi_date
from states.reading.links import NUMBER
from states.reading.spoken import action_words, state_words
from states.reasons import WORDS, ReturnReason


class BadMark(Invalid):
    """Dấu trang «{text}» không đọc được (the mark of the page can't be read): start from the newest again."""


@dataclass(frozen=True, order=True)
class Mark:
    """The place of a step in the journal; `str` is what stands in an address."""

    at: datetime
    document_id: int
    seq: int

    def __str__(self) -> str:
        """As `Mark.read` reads it back, to the microsecond."""
        return f"{self.at:%Y%m%dT%H%M%S.%f%z}~{self.document_id}~{self.seq}"

    @classmethod
    def read(cls, text: str) -> "Mark":
        """The mark in an address. Raises `BadMark`."""
        try:
            at, document, seq = text.replace(" ", "+").split("~")
            return cls(datetime.strptime(at, "%Y%m%dT%H%M%S.%f%z"), int(document), int(seq))
        except ValueError:
            raise BadMark(text=text) from None


@dataclass(frozen=True)
class Asked:
    """What is looked for; what is None or empty asks nothing.

    `path`: the documents of a unit and all below, which for a supervisor is at most what he looks down on. `first` and
    `last`: local days, both inclusive. `authority`: TM., KT., TUQ. …. `outside`: papers signed outside the system
    (ký ngoài hệ thống).
    """

    path: str = "/"
    person_id: int | None = None
    actions: Sequence[str] = ()
    first: date | None = None
    last: date | None = None
    document_id: int | None = None
    authority: str | None = None
    outside: bool = False


@dataclass(frozen=True)
class Entry:
    """One step. `number` is that of the sending which it made, else of the document's newest; digests are hex.

    `office_unit` and the office's columns are as the office was given: who held it when never changes afterwards but
    for its end (`held_to`).
    """

    at: datetime
    document_id: int
    seq: int
    kind: str
    title: str
    unit_id: int
    unit: str
    number: str | None
    action: str
    from_state: str
    to_state: str
    person_id: int
    person: str
    machine: bool
    office_id: int
    office: str
    office_unit: str
    authority: str
    mandate: str | None
    fields: tuple[str, ...]
    kinds: tuple[str, ...]
    held_from: date
    held_to: date | None
    reason_code: str | None
    reason: str | None
    signer: str | None  # whom a paper names: never one of ours
    digest: str
    previous: str
    revision_digest: str | None
    file_digest: str | None

    @property
    def mark(self) -> Mark:
        """Its place in the journal."""
        return Mark(self.at, self.document_id, self.seq)

    @property
    def action_words(self) -> str:
        """What was done, in words."""
        return action_words(self.action, self.kind)

    @property
    def states_words(self) -> str:
        """From which state to which: "dự thảo → đã ký"; one word where only the desk moved."""
        before, after = state_words(self.from_state, self.kind), state_words(self.to_state, self.kind)
        return after if before == after else f"{before} → {after}"

    @property
    def reason_words(self) -> str | None:
        """The coded reason in words with the reason that was written."""
        code = WORDS.get(ReturnReason(self.reason_code)) if self.reason_code in list(ReturnReason) else self.reason_code
        return ": ".join(words for words in (code, self.reason) if words) or None

    @property
    def mandate_words(self) -> str:
        """What the office let him do at that moment: "từ 1/1/2020; lĩnh vực: đất đai; theo giấy ủy quyền số 5"."""
        until = f" đến {vi_date(self.held_to)}" if self.held_to else ""
        return "; ".join([
            f"từ {vi_date(self.held_from)}{until}",
            *([f"lĩnh vực: {', '.join(self.fields)}"] if self.fields else []),
            *([f"loại văn bản: {', '.join(self.kinds)}"] if self.kinds else []),
            *([self.mandate] if self.mandate else []),
        ])  # fmt: skip


@dataclass(frozen=True)
class Leaf:
    """A page of the journal, the newest first. `newer`, `older`: the marks of the pages beside it, None at the ends."""

    entries: tuple[Entry, ...]
    newer: Mark | None
    older: Mark | None


def journal(
    session: Session, asked: Asked, *, older_than: Mark | None = None, newer_than: Mark | None = None, limit: int = 50
) -> Leaf:
    """One page: the newest, or what is just older or just newer than a mark."""
    mark, back = (newer_than, True) if newer_than else (older_than, False)
    scope, keys = _scope(asked)
    if mark is not None:
        keys |= {"at": mark.at, "document": mark.document_id, "seq": mark.seq}
        scope += _BEYOND.format(">" if back else "<")
    sql = _PAGE.format(scope, "ASC" if back else "DESC")
    rows = session.connection().exec_driver_sql(sql, keys | {"limit": limit + 1}).all()
    entries = [Entry(*[*row[:19], tuple(row[19]), tuple(row[20]), *row[21:]]) for row in rows[:limit]]
    more = len(rows) > limit
    if back:
        entries.reverse()
    newer, older = (more, True) if back else (mark is not None, more)
    return Leaf(tuple(entries), entries[0].mark if entries and newer else None,
                entries[-1].mark if entries and older else None)  # fmt: skip


def all_entries(session: Session, asked: Asked, *, at_once: int = 2_000) -> Iterator[Entry]:
    """Everything that was asked for, read page by page, for an export; in a transaction that stays open meanwhile."""
    mark: Mark | None = None
    while True:
        leaf = journal(session, asked, older_than=mark, limit=at_once)
        yield from leaf.entries
        mark = leaf.older
        if mark is None:
            return


def per_day(session: Session, asked: Asked) -> list[tuple[date, int]]:
    """How many steps on each local day from `asked.first` to `asked.last`, days without any as well.

    For a small chart over weeks or months: it reads every step of the range. Both days must be given.
    """
    assert asked.first and asked.last, "a chart has a first and a last day"
    scope, keys = _scope(asked)
    rows = session.connection().exec_driver_sql(_PER_DAY.format(scope), keys)
    counted = {row[0]: row[1] for row in rows}
    days = [asked.first + timedelta(n) for n in range((asked.last - asked.first).days + 1)]
    return [(day, counted.get(day, 0)) for day in days]


def _scope(asked: Asked) -> tuple[str, dict[str, Any]]:
    """Only the conditions that were asked for: each search is planned for itself."""
    values: dict[str, Any] = {
        "path": asked.path if asked.path not in ("", "/") else None, "person": asked.person_id,
        "actions": list(asked.actions) or None, "on_document": asked.document_id, "authority": asked.authority,
        "begin": midnight(asked.first) if asked.first else None,
        "end": midnight(asked.last + timedelta(1)) if asked.last else None,
        "outside": asked.outside or None,
    }  # fmt: skip
    scope = "".join(sql for name, sql in _CONDITIONS.items() if values[name] is not None)
    return scope, values | {"path_end": asked.path[:-1] + "0"}


# A subtree is a range of paths ('0' comes after '/'), and its units lead to their documents.
_CONDITIONS = {
    "path": """ AND s.document_id IN (SELECT d.id FROM unit u JOIN document d ON d.unit_id = u.id
                WHERE u.path >= %(path)s AND u.path < %(path_end)s)""",
    "person": " AND s.person_id = %(person)s",
    "actions": " AND s.action = ANY (%(actions)s)",
    "on_document": " AND s.document_id = %(on_document)s",
    "authority": " AND s.authority = %(authority)s",
    "begin": " AND s.at >= %(begin)s",
    "end": " AND s.at < %(end)s",
    "outside": " AND s.action = 'register'",
}
_BEYOND = " AND (s.at, s.document_id, s.seq) {} (%(at)s, %(document)s, %(seq)s)"
_PAGE = f"""
SELECT t.at, t.document_id, t.seq, t.kind, d.title, u.id, u.name, coalesce({NUMBER.format("made")}, newest.number),
       t.action, t.from_state, t.to_state, t.person_id, p.full_name, p.machine, o.id, o.title, place.name, t.authority,
       o.mandate, o.fields, o.kinds, o.valid_from, o.valid_to, t.reason_code, t.reason,
       CASE WHEN t.action = 'register' THEN made.signer END, encode(t.digest, 'hex'), encode(t.previous, 'hex'),
       encode(t.revision_digest, 'hex'), encode(t.file_digest, 'hex')
  FROM (SELECT s.* FROM step s WHERE true {{0}}
         ORDER BY s.at {{1}}, s.document_id {{1}}, s.seq {{1}} LIMIT %(limit)s) t
  JOIN document d ON d.id = t.document_id JOIN unit u ON u.id = d.unit_id JOIN person p ON p.id = t.person_id
  JOIN office o ON o.id = t.office_id JOIN unit place ON place.id = o.unit_id
  LEFT JOIN sending made ON made.document_id = t.document_id AND made.seq = t.seq
  LEFT JOIN LATERAL (SELECT {NUMBER.format("n")} AS number FROM sending n WHERE n.document_id = t.document_id
                      ORDER BY n.no DESC LIMIT 1) newest ON true
 ORDER BY t.at {{1}}, t.document_id {{1}}, t.seq {{1}}
"""
_PER_DAY = """
SELECT (s.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, count(*) FROM step s WHERE true {0} GROUP BY 1
"""
