"""What an administrator writes about units and people beside offices: telephone, e-mail, who may sign how."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from states import door, second_factor
from states.errors import Conflict, Invalid
from states.offices import BadPerson

_LONGEST_PHONE = 40


class EmailTaken(Conflict):
    """Địa chỉ «{email}» là của {person} (the e-mail address is somebody else's): choose that person, or correct it."""


class BadPhone(Invalid):
    """«{phone}» không phải số điện thoại (no telephone number): write digits, spaces, + and dots only."""


@dataclass(frozen=True)
class Person:
    """A person as found by name: with the offices held today, in words."""

    id: int
    name: str
    email: str | None
    phone: str | None
    offices: str


def change_unit(session: Session, unit_id: int, *, phone: str, small: bool, totp: bool, enter: bool) -> None:
    """A unit's telephone, whether its drafter may sign (đơn vị nhỏ), whether signing, and signing in, take a code."""
    keys = {"id": unit_id, "phone": checked_phone(phone), "small": small}
    session.connection().exec_driver_sql(_UNIT, keys)
    second_factor.ask_to_sign(session, unit_id, totp)
    door.ask_in(session, unit_id, enter)


def change_contact(session: Session, person_id: int, *, email: str, phone: str) -> None:
    """A person's e-mail and telephone. Raises `BadPerson`, `BadPhone`, `EmailTaken`."""
    refuse_taken(session, email, person_id)
    keys = {"id": person_id, "email": email or None, "phone": checked_phone(phone)}
    session.connection().exec_driver_sql(_CONTACT, keys)


def refuse_taken(session: Session, email: str, person_id: int | None = None) -> None:
    """An e-mail address belongs to one person. Raises `EmailTaken`, `BadPerson`."""
    if not email:
        return
    name, _, host = email.partition("@")
    if not name or not host or "@" in host or any(mark.isspace() for mark in email) or len(email) > 200:
        raise BadPerson(why=f"«{email}» không phải địa chỉ thư điện tử (no e-mail address)")
    other = session.connection().exec_driver_sql(_TAKEN, {"email": email, "person": person_id}).scalar()
    if other is not None:
        raise EmailTaken(email=email, person=other)


def checked_phone(phone: str) -> str | None:
    """The number as it is kept: None where it is empty. Raises `BadPhone`."""
    if phone and (len(phone) > _LONGEST_PHONE or not all(mark.isdecimal() or mark in " +.()-/" for mark in phone)):
        raise BadPhone(phone=phone[:_LONGEST_PHONE])
    return phone or None


def find_people(session: Session, ids: list[int], day: Any) -> list[Person]:
    """People by number, in that order, with what they hold on the day."""
    rows = {row[0]: Person(*row) for row in session.connection().exec_driver_sql(_PEOPLE, {"ids": ids, "day": day})}
    return [rows[one] for one in ids if one in rows]


_UNIT = "UPDATE unit SET phone = %(phone)s, small = %(small)s WHERE id = %(id)s"
_CONTACT = "UPDATE person SET email = %(email)s, phone = %(phone)s WHERE id = %(id)s"
_TAKEN = """
SELECT full_name FROM person WHERE email = %(email)s AND id IS DISTINCT FROM %(person)s::integer
"""
_PEOPLE = """
SELECT p.id, p.full_name, p.email, p.phone, coalesce(string_agg(o.title || ', ' || u.name, '; ' ORDER BY o.id), '')
  FROM person p
  LEFT JOIN office o ON o.person_id = p.id AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
  LEFT JOIN unit u ON u.id = o.unit_id
 WHERE p.id = ANY(%(ids)s) AND NOT p.machine GROUP BY p.id
"""
