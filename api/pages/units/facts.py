"""What the pages of units tell: the tree opened as far as asked, a unit's facts, who sits where as of a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from states import offices, units
from states.names import short_name
from states.offices import Held
from states.reading.alphabet import order_key
from states.units import Place

SEATS_IN_ORDER = ("leader", "drafter", "clerk", "supervisor", "auditor", "admin", "clock")


@dataclass(frozen=True)
class Node:
    """A unit in the tree: how many there are just below it, by level; `children` None where it is not opened."""

    place: Place
    counts: Mapping[str, int]
    children: tuple["Node", ...] | None = None


@dataclass(frozen=True)
class Facts:
    """What is known of a unit beside its place. `latitude`, `longitude`: degrees (WGS 84)."""

    kind: str
    role: str | None
    symbol: str
    phone: str | None
    latitude: float | None
    longitude: float | None
    small: bool
    totp_to_sign: bool
    totp_to_enter: bool
    signature_required: bool


@dataclass(frozen=True)
class Seated:
    """Somebody in an office, with how to reach him and whom he stands for ("name, title")."""

    held: Held
    email: str | None
    phone: str | None
    stands_for: str | None


def tree(session: Session, root: Place, day: date, opened: Sequence[int] = ()) -> Node:
    """The unit with those just below it, and further down along `opened` (identities)."""
    run = session.connection().exec_driver_sql
    counted: dict[int, dict[str, int]] = {}
    for parent, level, number in run(_COUNTS, {"ids": [root.id, *opened], "day": day}):
        counted.setdefault(parent, {})[level] = number
    return _node(session, root, day, set(opened) | {root.id}, counted)


def _node(session: Session, place: Place, day: date, opened: set[int], counted: Mapping[int, dict[str, int]]) -> Node:
    if place.id not in opened:
        return Node(place, counted.get(place.id, {}))
    below = in_order(units.children(session, place.id, day))
    return Node(place, counted.get(place.id, {}), tuple(_node(session, one, day, opened, counted) for one in below))


def in_order(places: Iterable[Place]) -> list[Place]:
    """By level from above, committees and departments first, then by name in Vietnamese order."""
    ranks = {level: n for n, level in enumerate(("body", *units.LEVELS))}
    return sorted(places, key=lambda one: (ranks[one.level], order_key(short_name(one.name)), one.code))


def facts(session: Session, unit_id: int) -> Facts:
    """The rest of the unit's row."""
    return Facts(*session.connection().exec_driver_sql(_FACTS, {"id": unit_id}).one())


def ancestors(session: Session, place: Place) -> list[tuple[int, str]]:
    """Identity and name of each unit above, from the root down."""
    ids = [int(part) for part in place.path.strip("/").split("/")][:-1]
    return [(row[0], row[1]) for row in session.connection().exec_driver_sql(_NAMES, {"ids": ids})]


def with_code(session: Session, words: str, day: date) -> list[Place]:
    """The units of that code, or registry:code, valid on the day."""
    registry, _, code = words.rpartition(":")
    keys = {"registry": registry.strip(), "code": code.strip(), "day": day}
    return [units.get(session, one) for one in session.connection().exec_driver_sql(_BY_CODE, keys).scalars()]


def seated(session: Session, unit_id: int, day: date) -> list[Seated]:
    """Who sits where on the day, leaders first."""
    more = {row[0]: row[1:] for row in session.connection().exec_driver_sql(_MORE, {"id": unit_id})}
    found = [Seated(held, *more[held.office_id]) for held in offices.of_unit(session, unit_id, day)]
    return sorted(found, key=lambda one: (SEATS_IN_ORDER.index(one.held.seat), one.held.office_id))


def other_times(session: Session, unit_id: int, day: date) -> list[Mapping[str, Any]]:
    """Offices of the unit that are not held on the day: to come first, then those that ended, the latest first."""
    rows = session.connection().exec_driver_sql(_OTHER_TIMES, {"id": unit_id, "day": day}).mappings()
    return [dict(row) for row in rows]


def below_by_level(session: Session, path: str, day: date) -> dict[str, int]:
    """How many units of each level there are below a path on the day, itself included."""
    rows = session.connection().exec_driver_sql(_BELOW, {"path": path, "day": day})
    return {row[0]: row[1] for row in rows}


def known_fields(session: Session) -> list[str]:
    """The fields of work (lĩnh vực) that offices and plans name."""
    return list(session.connection().exec_driver_sql(_FIELDS).scalars())


_VALID = "{0}.valid_from <= %(day)s AND ({0}.valid_to IS NULL OR {0}.valid_to >= %(day)s)"
# Counted for the units that are opened and for each one just below them.
_COUNTS = f"""
SELECT c.parent_id, c.level, count(*) FROM unit c
 WHERE (c.parent_id = ANY(%(ids)s) OR c.parent_id IN (SELECT p.id FROM unit p WHERE p.parent_id = ANY(%(ids)s)))
   AND {_VALID.format("c")} GROUP BY 1, 2
"""
_FACTS = """
SELECT kind, role, symbol, phone, latitude, longitude, small, totp_to_sign, totp_to_enter,
       signature_required
  FROM unit WHERE id = %(id)s
"""
_NAMES = "SELECT id, name FROM unit WHERE id = ANY(%(ids)s) ORDER BY depth"
_BY_CODE = f"""
SELECT u.id FROM unit u WHERE u.code = %(code)s AND %(registry)s IN ('', u.registry) AND {_VALID.format("u")}
 ORDER BY u.path LIMIT 50
"""
_MORE = """
SELECT o.id, p.email, p.phone, absent.full_name || ', ' || other.title
  FROM office o JOIN person p ON p.id = o.person_id
  LEFT JOIN office other ON other.id = o.stands_for LEFT JOIN person absent ON absent.id = other.person_id
 WHERE o.unit_id = %(id)s
"""
_OTHER_TIMES = """
SELECT o.id AS office_id, p.full_name AS person, o.seat, o.title, o.authority, o.valid_from, o.valid_to,
       o.valid_from > %(day)s AS coming
  FROM office o JOIN person p ON p.id = o.person_id
 WHERE o.unit_id = %(id)s AND (o.valid_from > %(day)s OR o.valid_to < %(day)s)
 ORDER BY coming DESC, o.valid_to DESC NULLS FIRST, o.id DESC LIMIT 100
"""
_BELOW = f"SELECT u.level, count(*) FROM unit u WHERE u.path LIKE %(path)s || '%%' AND {_VALID.format('u')} GROUP BY 1"
_FIELDS = """
SELECT DISTINCT f FROM (SELECT unnest(fields) AS f FROM office UNION SELECT field FROM document WHERE kind = 'plan') x
 WHERE f <> '' ORDER BY f LIMIT 100
"""
