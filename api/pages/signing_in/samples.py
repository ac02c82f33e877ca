"""The demo's sample people (người mẫu), whom the sign-in page offers: those who have something to do, and any other.

Only where the machine says that it shows the demo (DONDOC_DEMO_AHEAD), and only people who are samples.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from api import browser
from api.deps import InTransaction
from api.pages.plain import Looking
from api.pages.signing_in.entering import welcome
from states import accounts, sessions
from states.accounts import NoSuchAccount
from states.errors import Refused
from states.names import search_form
from states.settings import Settings

router = APIRouter()


class NotASample(Refused):
    """Chỉ người mẫu của bản trình diễn vào được theo cách này (only sample people, only in the demo): sign in with
    your name and password.
    """


@dataclass(frozen=True)
class Sample:
    """A sample person in one of his offices; `note`: what he has to do, a key of the page's words."""

    person_id: int
    name: str
    seat: str
    title: str
    unit: str
    level: str
    note: str


def offered(machine: Settings) -> bool:
    """Whether this machine shows the demo."""
    return machine.demo_ahead is not None


def useful(session: Session, day: date) -> list[tuple[str, list[Sample]]]:
    """Some to begin with, by level: each seat once, of those wards that have something on that desk."""
    rows = session.connection().exec_driver_sql(_USEFUL, {"day": day})
    people = [Sample(*row) for row in rows]
    groups = {"nation": "nation", "province": "province", "commune": "commune"}
    keep = {"auditor", "admin"}
    found = [(name, [one for one in people if one.level == level and one.seat not in keep])
             for level, name in groups.items()]  # fmt: skip
    return [(name, part) for name, part in [*found, ("keep", [one for one in people if one.seat in keep])] if part]


def find(session: Session, words: str, day: date, limit: int = 30) -> list[Sample]:
    """Sample people by name, title or unit, with or without diacritics; those higher up first."""
    bare = search_form(words)
    keys = {"day": day, "words": f"%{words.strip()}%", "search": f"%{bare}%", "ends": f"% {bare}", "limit": limit}
    return [Sample(*row) for row in session.connection().exec_driver_sql(_FIND, keys)]


@router.post("/dang-nhap/mau", include_in_schema=False)
def enter_as_sample(
    looking: Looking, session: InTransaction, person: Annotated[int, Form(ge=1, le=2**31 - 1)],
    den: Annotated[str, Form(max_length=2000)] = "",
) -> RedirectResponse:  # fmt: skip
    """One click. Raises `NotASample` for everybody else, and wherever this is not the demo."""
    if not offered(looking.machine) or not _is_sample(session, person):
        raise NotASample()
    _give_account(session, person, looking.now)
    request = looking.request
    opened = sessions.open_session(session, person, looking.now, agent=browser.agent(request),
                                   address=browser.address(request))  # fmt: skip
    return welcome(looking, session, opened, den)


def _is_sample(session: Session, person_id: int) -> bool:
    sql = "SELECT sample AND NOT machine FROM person WHERE id = %(person)s"
    return bool(session.connection().exec_driver_sql(sql, {"person": person_id}).scalar())


def _give_account(session: Session, person_id: int, at: datetime) -> None:
    """A session needs an account: one without a password, which nobody else can enter by."""
    try:
        accounts.get(session, person_id)
    except NoSuchAccount:
        accounts.open_account(session, person_id, f"mau-{person_id}", None, at)


_HELD = """
  FROM office o JOIN person p ON p.id = o.person_id AND p.sample AND NOT p.machine JOIN unit u ON u.id = o.unit_id
 WHERE o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
"""
# The province that the demo's story is about (Quảng Ngãi), else the first one that has people; in it the desks of
# wards on which something lies, the longest first.
_USEFUL = f"""
WITH home AS (
  SELECT u.id, u.path FROM unit u WHERE u.level = 'province' AND EXISTS (
         SELECT FROM office o JOIN person p ON p.id = o.person_id AND p.sample WHERE o.unit_id = u.id)
   ORDER BY (u.registry, u.code) = ('vn2', '51') DESC, u.id LIMIT 1),
waiting AS (
  SELECT d.unit_id, CASE WHEN d.state = 'returned' THEN 'returned' WHEN d.state = 'signed' THEN 'signed'
         WHEN d.desk = 'leader' THEN 'presented' ELSE 'drafting' END AS note, d.desk, d.desk_since
    FROM document d JOIN home ON d.path LIKE home.path || '%%'
   WHERE d.kind = 'report' AND d.state IN ('draft', 'signed', 'returned')),
held AS (
  SELECT p.id, p.full_name, o.seat, o.title, o.authority, u.id AS unit_id, u.name AS unit, u.level, u.path {_HELD}
     AND (u.level = 'nation' OR u.path LIKE (SELECT path FROM home) || '%%')),
offered AS (
  SELECT h.*, w.note, w.desk_since,
         CASE WHEN h.seat IN ('auditor', 'admin') THEN h.seat
              WHEN h.level IN ('nation', 'province') THEN h.level || ' ' || h.seat
              WHEN h.level = 'commune' AND h.seat IN ('drafter', 'leader', 'clerk')
              THEN h.seat || ' ' || coalesce(w.note, '') END AS place
    FROM held h LEFT JOIN waiting w ON w.unit_id = h.unit_id AND w.desk = h.seat AND h.level = 'commune'),
chosen AS (
  SELECT DISTINCT ON (place) * FROM offered
   WHERE place IS NOT NULL AND (seat <> 'leader' OR authority = 'KT.')
     AND (level <> 'nation' OR seat IN ('supervisor', 'leader', 'auditor', 'admin'))
     AND (level <> 'commune' OR note IS NOT NULL OR NOT EXISTS (SELECT FROM waiting))
   ORDER BY place, level = 'nation' DESC, desk_since, path, id)
SELECT id, full_name, seat, title, unit, level, coalesce(note, '') FROM chosen
 ORDER BY path, array_position(ARRAY['supervisor','leader','drafter','clerk','auditor','admin']::varchar[], seat),
          note, id LIMIT 14
"""
_FIND = f"""
SELECT p.id, p.full_name, o.seat, o.title, u.name, u.level, '' {_HELD}
   AND (p.full_name ILIKE %(words)s OR o.title ILIKE %(words)s OR u.search_key LIKE %(search)s)
 ORDER BY u.search_key LIKE %(ends)s DESC,
          array_position(ARRAY['nation','province','district','body','commune']::varchar[], u.level), u.path,
          array_position(ARRAY['supervisor','leader','drafter','clerk','auditor','admin']::varchar[], o.seat), p.id
 LIMIT %(limit)s
"""
