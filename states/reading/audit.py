"""The questions of auditors (người kiểm tra): who signed what, with what authority, and what was out of the ordinary.

Everything is asked as of the moment of the step: offices are rows with dates, never edited, so that what somebody could
sign years ago can be told again from them and set against what he did.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from states.offices import Held
from states.policy import Holder, signs
from states.reading.links import NUMBER


@dataclass(frozen=True)
class Signed:
    """A content that a person signed, in which office and by what authority then. `number` is that of the sending that
    this signature went out with, if it did. `voided`: taken back (revise) before it was sent."""

    document_id: int
    seq: int
    at: datetime
    kind: str
    title: str
    issuer: str
    office_id: int
    office: str
    office_unit: str
    authority: str
    mandate: str | None
    field: str
    revision_id: int
    revision_digest: str
    number: str | None
    dated: date | None
    voided: bool


@dataclass(frozen=True)
class SigningMoment:
    """A signature on a document, and every leader of the issuing unit on that day: None, or why he could not sign."""

    seq: int
    at: datetime
    person_id: int
    office_id: int
    could: tuple[tuple[Held, str | None], ...]


@dataclass(frozen=True)
class Exceptional:
    """One thing out of the ordinary; `kind` is one of `EXCEPTIONS`."""

    kind: str
    document_id: int
    title: str
    unit_id: int
    unit: str
    at: datetime
    person: str
    words: str
    seq: int | None
    words_en: str | None = None
    """The same in English, where the engine noted both."""


EXCEPTIONS = {
    "outside-mandate": "ký ngoài thẩm quyền, lĩnh vực hoặc thời gian giữ chức vụ",
    "signed-elsewhere": "ký ngoài hệ thống",
    "explained": "ký khi có điểm kiểm tra đã giải trình",
    "granted-late": "gia hạn hoặc miễn sau khi hết hạn",
    "reopened": "mở lại sau tổng hợp",
    "drafter-signs": "người ký cũng là người soạn",
    "child-before-parent": "ban hành trước kế hoạch của cấp trên",
    "number-out-of-order": "số và ngày của bản giấy không theo thứ tự",
}


def signed_by(session: Session, person_id: int, first: date, last: date) -> list[Signed]:
    """Everything that a person signed from `first` to `last` (local days, both inclusive), in order."""
    rows = session.connection().exec_driver_sql(_SIGNED_BY, {"person": person_id, "first": first, "last": last})
    return [Signed(*row) for row in rows]


def who_could_have_signed(session: Session, document_id: int) -> list[SigningMoment]:
    """For each signature on a document, the leaders of the issuing unit on that very day and what each could sign."""
    moments: dict[tuple[Any, ...], list[tuple[Held, str | None]]] = {}
    for row in session.connection().exec_driver_sql(_COULD, {"id": document_id}):
        could = moments.setdefault(tuple(row[:4]), [])
        if row[6] is not None:
            held = Held(*[*row[6:14], tuple(row[14]), tuple(row[15]), *row[16:]])
            could.append((held, signs(held.holder, row[4], row[5])))
    return [SigningMoment(*[*moment, tuple(could)]) for moment, could in moments.items()]


def exceptions(
    session: Session, first: date, last: date, path: str = "/", *, kinds: Collection[str] = ()
) -> list[Exceptional]:
    """What was out of the ordinary between two local days in the units below `path`, in order of time.

    `kinds`: only these of `EXCEPTIONS`. Each names its document and step (`document_id`, `seq`), to be opened.
    """
    rows = session.connection().exec_driver_sql(_EXCEPTIONS, {"first": first, "last": last, "path": path})
    return [found for found in _judged(tuple(row) for row in rows) if not kinds or found.kind in kinds]


def by_kind(found: Iterable[Exceptional]) -> dict[str, int]:
    """How many there are of each kind, in the order of `EXCEPTIONS`, for the filters above the list."""
    counted = Counter(one.kind for one in found)
    return {kind: counted[kind] for kind in EXCEPTIONS}


def _judged(rows: Iterator[tuple[Any, ...]]) -> Iterator[Exceptional]:
    """Signatures are judged here, by the same words as the door; only those that fail are exceptions."""
    for row in rows:
        found = Exceptional(*[*row[:9], (row[9] or {}).get("words_en")])
        if found.kind != "signature":
            yield found
        elif why := _why_not(row[9]):
            yield Exceptional(*["outside-mandate", *row[1:7], f"{found.words}: {why}", row[8]])


def _why_not(facts: dict[str, Any]) -> str | None:
    holder = Holder(
        0, 0, facts["unit"], facts["seat"], facts["title"], "", tuple(facts["fields"]), tuple(facts["kinds"]), None,
        date.fromisoformat(facts["from"]), date.fromisoformat(facts["to"]) if facts["to"] else None,
    )  # fmt: skip
    if not holder.holds_on(date.fromisoformat(facts["day"])):
        return f"{holder.title} không giữ chức vụ vào ngày ký"
    if (holder.seat, holder.unit_id) != ("leader", facts["issuer"]):
        return f"{holder.title} không phải lãnh đạo của đơn vị ban hành"
    return "chương trình không ký văn bản" if facts["machine"] else signs(holder, facts["kind"], facts["field"])


_BETWEEN = "({0} AT TIME ZONE 'Asia/Ho_Chi_Minh')::date BETWEEN %(first)s AND %(last)s"
_SIGNED_BY = f"""
SELECT s.document_id, s.seq, s.at, s.kind, d.title, issuer.name, o.id, o.title, place.name, s.authority, o.mandate,
       d.field, s.revision_id, encode(s.revision_digest, 'hex'), {NUMBER.format("sent")}, sent.date,
       coalesce(after.action = 'revise', false)
  FROM step s JOIN document d ON d.id = s.document_id JOIN unit issuer ON issuer.id = d.issuer_id
  JOIN office o ON o.id = s.office_id JOIN unit place ON place.id = o.unit_id
  LEFT JOIN LATERAL (
      SELECT n.seq, n.action FROM step n WHERE n.document_id = s.document_id AND n.seq > s.seq
         AND n.action IN ('revise','submit','withdraw') ORDER BY n.seq LIMIT 1) after ON true
  LEFT JOIN sending sent ON sent.document_id = s.document_id AND sent.seq = after.seq
 WHERE s.person_id = %(person)s AND s.action = 'sign' AND {_BETWEEN.format("s.at")}
 ORDER BY s.at, s.document_id, s.seq
"""
_COULD = """
SELECT s.seq, s.at, s.person_id, s.office_id, d.kind, d.field,
       o.id, p.id, p.full_name, u.id, u.name, o.seat, o.title, o.authority, o.fields, o.kinds, o.mandate, o.valid_from,
       o.valid_to, u.path
  FROM step s JOIN document d ON d.id = s.document_id JOIN unit u ON u.id = d.issuer_id
  LEFT JOIN office o ON o.unit_id = d.issuer_id AND o.seat = 'leader'
   AND o.valid_from <= (s.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
   AND (o.valid_to IS NULL OR o.valid_to >= (s.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)
  LEFT JOIN person p ON p.id = o.person_id
 WHERE s.document_id = %(id)s AND s.action = 'sign' ORDER BY s.seq, o.id
"""
# Thousands of signatures are in order, and these are not brought out; who is in doubt is judged by the door's words.
_DAY = "(t.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
_IN_ORDER = f"""
    o.unit_id = d.issuer_id AND o.seat = 'leader' AND NOT p.machine AND o.valid_from <= {_DAY}
    AND coalesce(o.valid_to >= {_DAY}, true) AND (o.kinds = '{{}}' OR d.kind = ANY (o.kinds))
    AND (o.fields = '{{}}' OR d.field = ANY (o.fields))
"""
_EXCEPTIONS = f"""
WITH taken AS (
    SELECT s.*, s.details::jsonb AS said FROM step s JOIN document d ON d.id = s.document_id
     WHERE s.action IN ('sign','register','reopen') AND {_BETWEEN.format("s.at")}
       AND d.path LIKE %(path)s || '%%'),
found AS (
    SELECT 'signature' AS kind, t.document_id, t.seq, t.at, t.office_id,
           concat_ws(' ', nullif(t.authority, ''), o.title) AS words,
           jsonb_build_object('unit', o.unit_id, 'seat', o.seat, 'title', o.title, 'fields', o.fields, 'kinds', o.kinds,
               'from', o.valid_from, 'to', o.valid_to, 'day', (t.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
               'issuer', d.issuer_id, 'kind', d.kind, 'field', d.field, 'machine', p.machine) AS facts
      FROM taken t JOIN document d ON d.id = t.document_id JOIN office o ON o.id = t.office_id
      JOIN person p ON p.id = t.person_id WHERE t.action = 'sign' AND NOT ({_IN_ORDER})
    UNION ALL
    SELECT 'signed-elsewhere', t.document_id, t.seq, t.at, t.office_id,
           {NUMBER.format("s")} || ' ngày ' || to_char(s.date, 'FMDD/FMMM/YYYY') || ', người ký: ' || s.signer, NULL
      FROM taken t JOIN sending s USING (document_id, seq) WHERE t.action = 'register'
    UNION ALL
    SELECT 'explained', t.document_id, t.seq, t.at, t.office_id,
           coalesce(f.message, code) || ': ' || coalesce(e.words, ''),
           jsonb_build_object('words_en', nullif(f.message_en, '') || ': ' || coalesce(e.words, ''))
      FROM taken t CROSS JOIN LATERAL jsonb_array_elements_text(t.said -> 'explained') code
      LEFT JOIN finding f ON f.document_id = t.document_id AND f.code = code AND f.severity = 'explain'
       AND (f.revision_id IS NULL OR f.revision_id = t.revision_id)
      LEFT JOIN LATERAL (
          SELECT e.words FROM explanation e WHERE e.document_id = t.document_id AND e.code = code AND e.at <= t.at
             AND e.place = f.place ORDER BY e.at DESC, e.id DESC LIMIT 1) e ON true
     WHERE t.action = 'sign'
    UNION ALL
    SELECT 'drafter-signs', t.document_id, t.seq, t.at, t.office_id, 'đơn vị nhỏ: báo, không chặn', NULL
      FROM taken t WHERE t.action = 'sign' AND t.said ? 'drafter_signs'
    UNION ALL
    SELECT 'reopened', t.document_id, t.seq, t.at, t.office_id, t.reason_code || ': ' || t.reason, NULL
      FROM taken t WHERE t.action = 'reopen'
    UNION ALL
    SELECT 'granted-late', x.document_id, NULL, x.at, x.office_id,
           CASE x.kind WHEN 'waiver' THEN 'miễn báo cáo'
                ELSE 'gia hạn đến ' || to_char(x.until AT TIME ZONE 'Asia/Ho_Chi_Minh', 'HH24:MI DD/MM/YYYY') END
           || ': ' || x.reason, NULL
      FROM dispensation x
     WHERE NOT x.in_time AND x.kind IN ('extension','waiver') AND {_BETWEEN.format("x.at")}
    UNION ALL
    SELECT 'child-before-parent', f.document_id, NULL, f.at, s.office_id, f.message,
           jsonb_build_object('words_en', nullif(f.message_en, ''))
      FROM finding f JOIN step s ON s.document_id = f.document_id AND s.seq = 1
     WHERE f.code = 'child-before-parent' AND {_BETWEEN.format("f.at")}
    UNION ALL
    SELECT 'number-out-of-order', t.document_id, t.seq, t.at, t.office_id,
           {NUMBER.format("s")} || ' ngày ' || to_char(s.date, 'FMDD/FMMM/YYYY') || ', nhưng ' || other.words, NULL
      FROM taken t JOIN sending s USING (document_id, seq)
      JOIN LATERAL (
          SELECT {NUMBER.format("o")} || ' ngày ' || to_char(o.date, 'FMDD/FMMM/YYYY') AS words FROM sending o
           WHERE o.issuer_id = s.issuer_id AND o.year = s.year AND o.series = s.series
             AND (o.number < s.number AND o.date > s.date OR o.number > s.number AND o.date < s.date)
           ORDER BY abs(o.number - s.number), o.number LIMIT 1) other ON true
     WHERE t.action = 'register')
SELECT f.kind, d.id, d.title, u.id, u.name, f.at, p.full_name, f.words, f.seq, f.facts
  FROM found f JOIN document d ON d.id = f.document_id JOIN unit u ON u.id = d.unit_id
  JOIN office o ON o.id = f.office_id JOIN person p ON p.id = o.person_id
 WHERE d.path LIKE %(path)s || '%%'
 ORDER BY f.at, d.id, f.kind, f.seq
"""
