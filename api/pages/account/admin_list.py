"""Accounts as an administrator finds them: the people of his part of the tree, with or without one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from states.names import search_form
from states.periods import local_day

PAGE = 50


@dataclass(frozen=True)
class Row:
    """A person, one of his offices (the first in the tree), how many more, and his account."""

    person_id: int
    name: str
    title: str | None
    unit: str | None
    more: int
    account: str | None
    state: str
    factor: bool


def find(session: Session, path: str, words: str, state: str, at: datetime, page: int) -> list[Row]:
    """A page of them (from 0), one row more where there is a next; `state`: one of `STATES` or "" for all."""
    bare = search_form(words)
    keys = {"path": path, "day": local_day(at), "words": f"%{words.strip()}%", "search": f"%{bare}%", "state": state,
            "limit": PAGE + 1, "offset": page * PAGE}  # fmt: skip
    return [Row(*row) for row in session.connection().exec_driver_sql(_FIND, keys)]


def counts(session: Session, path: str, day: date) -> Mapping[str, int]:
    """How many people of the tree there are by the state of their account."""
    rows = session.connection().exec_driver_sql(_COUNTS, {"path": path, "day": day})
    return {str(state): int(n) for state, n in rows}


def asking_units(session: Session, path: str) -> list[tuple[int, str, str | None]]:
    """Units of the tree that ask a second factor of whoever signs: number, name, unit above."""
    rows = session.connection().exec_driver_sql(_ASKING, {"path": path})
    return [(number, name, above) for number, name, above in rows]


def asking_at_door(session: Session, path: str, day: date) -> list[tuple[int, str, int]]:
    """Units of the tree that ask a code when signing in: number, name, how many of their people have none set up."""
    rows = session.connection().exec_driver_sql(_AT_DOOR, {"path": path, "day": day})
    return [(number, name, without) for number, name, without in rows]


STATES = ("none", "open", "first", "closed")
_STATE = """CASE WHEN a.person_id IS NULL THEN 'none' WHEN a.closed_at IS NOT NULL THEN 'closed'
            WHEN a.must_change THEN 'first' ELSE 'open' END"""
# Who holds an office below the path, or none anywhere yet: he is anybody's to place.
_HELD = """
SELECT o.person_id, o.title, u.name AS unit, u.path, u.search_key, o.id,
       row_number() OVER (PARTITION BY o.person_id ORDER BY u.path, o.id) AS nth,
       count(*) OVER (PARTITION BY o.person_id) AS held
  FROM office o JOIN unit u ON u.id = o.unit_id
 WHERE u.path LIKE %(path)s || '%%' AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
"""
_FIND = f"""
WITH held AS ({_HELD})
SELECT p.id, p.full_name, h.title, h.unit, coalesce(h.held, 1) - 1, a.name, {_STATE}, a.totp_since IS NOT NULL
  FROM person p LEFT JOIN held h ON h.person_id = p.id AND h.nth = 1 LEFT JOIN account a ON a.person_id = p.id
 WHERE NOT p.machine AND (h.person_id IS NOT NULL OR NOT EXISTS (SELECT FROM office o WHERE o.person_id = p.id))
   AND (%(words)s = '%%' OR p.full_name ILIKE %(words)s OR a.name ILIKE %(words)s OR p.email ILIKE %(words)s
        OR h.search_key LIKE %(search)s)
   AND %(state)s IN ('', {_STATE})
 ORDER BY string_to_array(trim('/' FROM h.path), '/')::integer[] NULLS FIRST, h.id, p.id
 LIMIT %(limit)s OFFSET %(offset)s
"""
_COUNTS = f"""
SELECT {_STATE}, count(*) FROM person p LEFT JOIN account a ON a.person_id = p.id
 WHERE NOT p.machine AND (NOT EXISTS (SELECT FROM office o WHERE o.person_id = p.id) OR EXISTS (
       SELECT FROM office o JOIN unit u ON u.id = o.unit_id WHERE o.person_id = p.id AND u.path LIKE %(path)s || '%%'
          AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s))) GROUP BY 1
"""
_AT_DOOR = """
SELECT u.id, u.name, count(DISTINCT a.person_id)
  FROM unit u LEFT JOIN office o ON o.unit_id = u.id
   AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
  LEFT JOIN account a ON a.person_id = o.person_id AND a.closed_at IS NULL AND a.totp_since IS NULL
 WHERE u.totp_to_enter AND u.path LIKE %(path)s || '%%'
 GROUP BY u.id ORDER BY string_to_array(trim('/' FROM u.path), '/')::integer[]
"""
_ASKING = """
SELECT u.id, u.name, a.name FROM unit u LEFT JOIN unit a ON a.id = u.parent_id
 WHERE u.totp_to_sign AND u.path LIKE %(path)s || '%%' ORDER BY string_to_array(trim('/' FROM u.path), '/')::integer[]
"""
