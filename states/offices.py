"""People and the offices they hold (chức vụ, vị trí): all questions are asked as of a moment.

Rows are never edited: an office that changes ends (`valid_to`) and another begins, so that what somebody could do
on a day years ago can still be told.
"""

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from states import driver
from states.errors import Conflict, Invalid, NotFound
from states.lifecycle import Kind
from states.periods import LOCAL
from states.policy import Actor, Holder, signs

AUTHORITIES = ("", "TM.", "KT.", "TL.", "TUQ.", "Q.")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.?[^@\s]*")
SEATS = ("drafter", "leader", "clerk", "supervisor", "auditor", "admin")


class NoSuchHolder(NotFound):
    """Nobody holds the seat {seat} in {unit} on {day}: give somebody the office first (`dondoc people add`)."""


class BadPerson(Invalid):
    """Chưa thêm được người này (the person can't be added): {why}"""


class BadOffice(Invalid):
    """The office can't be given: {why}"""


class ActedAfterwards(Conflict):
    """Người giữ vị trí này còn xử lý văn bản đến ngày {day} (the holder acted in this office until then): kết thúc từ
    ngày đó trở đi; văn bản nào ký không đúng thẩm quyền thì thu hồi (end it with that day or later; withdraw what was
    signed without authority).
    """


@dataclass(frozen=True)
class NewOffice:
    """An office as it is given. `authority`: how its holder signs (Nghị định 30/2020, Điều 13): TM. for a body, KT.
    for the head by a deputy, TL. by order, TUQ. by a written mandate, Q. acting. Empty `fields`, `kinds`: all."""

    person_id: int
    unit_id: int
    seat: str
    title: str
    valid_from: date
    authority: str = ""
    fields: Sequence[str] = ()
    kinds: Sequence[str] = ()
    mandate: str | None = None
    stands_for: int | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Held:
    """An office with its holder's and unit's names, as pages and lists show it."""

    office_id: int
    person_id: int
    person: str
    unit_id: int
    unit: str
    seat: str
    title: str
    authority: str
    fields: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    mandate: str | None = None
    valid_from: date = date.min
    valid_to: date | None = None
    path: str = dataclasses.field(default="", repr=False)
    level: str = ""

    @property
    def actor(self) -> Actor:
        """Whom the door asks for."""
        return Actor(self.person_id, self.office_id)

    @property
    def holder(self) -> Holder:
        """What the policy asks for."""
        return Holder(self.person_id, self.office_id, self.unit_id, self.seat, self.title, self.authority, self.fields,
                      self.kinds, self.mandate, self.valid_from, self.valid_to, False, self.person)  # fmt: skip


def add_person(session: Session, full_name: str, *, email: str | None = None, phone: str | None = None,
               sample: bool = False) -> int:  # fmt: skip
    """Add a person; returns his number. Raises `BadPerson`."""
    if not full_name.strip():
        raise BadPerson(why="họ tên trống (a name is needed)")
    if email is not None and not _EMAIL.fullmatch(email):
        raise BadPerson(why=f"«{email}» không phải địa chỉ thư điện tử (no e-mail address)")
    keys = {"name": full_name, "email": email, "phone": phone, "sample": sample}
    return int(session.connection().exec_driver_sql(_PERSON, keys).scalar_one())


def give(session: Session, new: NewOffice) -> int:
    """Give an office; returns its number. Raises `BadOffice` in words."""
    if new.seat not in SEATS:
        raise BadOffice(why=f"không có vị trí «{new.seat}», dùng một trong: {', '.join(SEATS)}")
    if new.authority not in AUTHORITIES:
        raise BadOffice(why=f"không có thẩm quyền ký «{new.authority}», dùng một trong: {', '.join(AUTHORITIES[1:])}")
    if new.authority == "TUQ." and not new.mandate:
        raise BadOffice(why="ký TUQ. cần văn bản ủy quyền (mandate)")
    if new.valid_to is not None and new.valid_to < new.valid_from:
        raise BadOffice(why=f"ngày kết thúc {new.valid_to} trước ngày bắt đầu {new.valid_from}")
    keys = {**vars(new), "fields": list(new.fields), "kinds": list(new.kinds)}
    return int(session.connection().exec_driver_sql(_GIVE, keys).scalar_one())


def end(session: Session, office_id: int, last_day: date) -> None:
    """End an office with that day, inclusive.

    Raises `BadOffice`, and `ActedAfterwards`: what was lawful when it was done is not made unlawful later.
    """
    keys = {"id": office_id, "day": last_day}
    run = session.connection().exec_driver_sql
    run(_STILL, keys)
    acted = run(_LAST_ACT, keys).scalar()
    if acted is not None and acted > last_day:
        raise ActedAfterwards(day=f"{acted:%d/%m/%Y}")
    if not run(_END, keys).rowcount:
        raise BadOffice(why="không có vị trí này, hoặc nó đã kết thúc sớm hơn")


def of_person(session: Session, person_id: int, day: date) -> list[Held]:
    """The offices that a person holds on a day; he names the one he acts in."""
    return _held(session, "o.person_id = %(key)s", person_id, day)


def of_unit(session: Session, unit_id: int, day: date) -> list[Held]:
    """Who sits where in a unit on a day."""
    return _held(session, "o.unit_id = %(key)s", unit_id, day)


def holder(session: Session, actor: Actor, day: date) -> Held:
    """The office that an actor names, if he holds it on that day."""
    for held in of_person(session, actor.person_id, day):
        if held.office_id == actor.office_id:
            return held
    raise NoSuchHolder(seat=actor.office_id, unit="…", day=day)


def in_seat(session: Session, unit_id: int, seat: str, day: date) -> Held:
    """The first holder of a seat in a unit on a day. Raises `NoSuchHolder`."""
    for held in of_unit(session, unit_id, day):
        if held.seat == seat:
            return held
    raise NoSuchHolder(seat=seat, unit=unit_id, day=day)


def who_could_sign(session: Session, document_id: int, at: datetime) -> list[tuple[Held, str | None]]:
    """The leaders of a document's issuing unit at a moment: each with None, or why he could not have signed it."""
    day = at.astimezone(LOCAL).date()
    kind, subject_field, issuer = (
        session.connection()
        .exec_driver_sql("SELECT kind, field, issuer_id FROM document WHERE id = %(id)s", {"id": document_id})
        .one()
    )
    leaders = [held for held in of_unit(session, issuer, day) if held.seat == "leader"]
    return [(held, signs(held.holder, Kind(kind).value, subject_field)) for held in leaders]


def _held(session: Session, where: str, key: int, day: date) -> list[Held]:
    return [_one(row) for row in driver.rows(session, _HELD.format(where=where), {"key": key, "day": day})]


def _one(row: tuple[Any, ...]) -> Held:
    *who, fields, kinds, mandate, first, last, path, level = row
    return Held(*[*who, tuple(fields), tuple(kinds), mandate, first, last, path, level])


_PERSON = """
INSERT INTO person (full_name, email, phone, sample) VALUES (%(name)s, %(email)s, %(phone)s, %(sample)s) RETURNING id
"""
_GIVE = """
INSERT INTO office (person_id, unit_id, seat, title, authority, fields, kinds, mandate, stands_for, valid_from,
                    valid_to)
VALUES (%(person_id)s, %(unit_id)s, %(seat)s, %(title)s, %(authority)s, %(fields)s, %(kinds)s, %(mandate)s,
        %(stands_for)s, %(valid_from)s, %(valid_to)s) RETURNING id
"""
# Waits for whoever acts in it at this moment: his step holds the row that it refers to.
_STILL = "SELECT FROM office WHERE id = %(id)s FOR UPDATE"
_LAST_ACT = """
SELECT max((s.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)
  FROM office o JOIN step s ON s.person_id = o.person_id AND s.office_id = o.id WHERE o.id = %(id)s
"""
_END = """
UPDATE office SET valid_to = %(day)s WHERE id = %(id)s AND valid_from <= %(day)s
   AND (valid_to IS NULL OR valid_to > %(day)s)
"""
_HELD = """
SELECT o.id, p.id, p.full_name, u.id, u.name, o.seat, o.title, o.authority, o.fields, o.kinds, o.mandate, o.valid_from,
       o.valid_to, u.path, u.level
  FROM office o JOIN person p ON p.id = o.person_id JOIN unit u ON u.id = o.unit_id
 WHERE {where} AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
 ORDER BY o.unit_id, o.seat, o.id
"""
