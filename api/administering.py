"""What an administrator may touch: units, offices and people of the part of the tree that he sits on top of."""

from sqlmodel import Session

from api.auth import Caller
from states import units
from states.errors import Refused


class NotYourTree(Refused):
    """«{what}» không thuộc phạm vi quản trị của bạn (not in your part of the tree): ask the administrator above."""


def check_unit(session: Session, unit_id: int, by: Caller) -> None:
    """Refuse a unit that is not below the administrator's own. Raises `NoSuchUnit`, `NotYourTree`."""
    place = units.get(session, unit_id)
    if not place.path.startswith(by.held.path):
        raise NotYourTree(what=place.name)


def check_person(session: Session, person_id: int, by: Caller) -> None:
    """Refuse a person who ever held an office elsewhere; one who holds none yet is anybody's to place."""
    elsewhere = session.connection().exec_driver_sql(_ELSEWHERE, {"person": person_id, "path": by.held.path}).scalar()
    if elsewhere is not None:
        raise NotYourTree(what=elsewhere)


def check_office(session: Session, office_id: int, by: Caller) -> None:
    """Refuse an office outside the administrator's part of the tree, or that is not there."""
    if not session.connection().exec_driver_sql(_INSIDE, {"office": office_id, "path": by.held.path}).scalar():
        raise NotYourTree(what=office_id)


def check_new_units(session: Session, by: Caller) -> None:
    """Refuse units that this transaction wrote outside the administrator's part of the tree."""
    outside = session.connection().exec_driver_sql(_WRITTEN_OUTSIDE, {"path": by.held.path}).scalar()
    if outside is not None:
        raise NotYourTree(what=outside)


def check_nation(by: Caller) -> None:
    """What holds for everybody is decided at the root."""
    if by.held.unit_id != units.ROOT:
        raise NotYourTree(what="Việt Nam")


_ELSEWHERE = """
SELECT u.name FROM office o JOIN unit u ON u.id = o.unit_id
 WHERE o.person_id = %(person)s AND NOT u.path LIKE %(path)s || '%%' LIMIT 1
"""
_INSIDE = """
SELECT EXISTS (SELECT FROM office o JOIN unit u ON u.id = o.unit_id
                WHERE o.id = %(office)s AND u.path LIKE %(path)s || '%%')
"""
_WRITTEN_OUTSIDE = """
SELECT name FROM unit WHERE xmin = pg_current_xact_id()::xid AND NOT path LIKE %(path)s || '%%' LIMIT 1
"""
