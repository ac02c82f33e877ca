"""What the pages of certificates tell: a unit's, one person's, and those that soon run out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from api.pages.signing.words import SOON, standing
from api.pages.units import facts as unit_facts
from documents.signing import certificates
from documents.signing.certificates import Certificate
from states.offices import Held


@dataclass(frozen=True)
class Line:
    """A certificate with whose it is: title, "" for a seal; how it stands now."""

    certificate: Certificate
    title: str
    standing: str


@dataclass(frozen=True)
class Ending:
    """A certificate that runs out within `SOON`, and where its like is to be registered."""

    name: str
    unit: str
    unit_id: int
    seal: bool
    valid_to: datetime


def of_unit(session: Session, unit_id: int, at: datetime) -> list[Line]:
    """Those in force first, then those that sign nothing any more, the newest first."""
    found = certificates.of_unit(session, unit_id, at, ended=True)
    titles = _titles(session, [one.office_id for one in found if one.office_id])
    lines = [Line(one, titles.get(one.office_id or 0, ""), standing(one, at)) for one in found]
    return sorted(lines, key=lambda one: (one.standing in ("ended", "expired"), -one.certificate.id))


def of_offices(session: Session, held: Sequence[Held], at: datetime) -> list[tuple[Held, Certificate]]:
    """The certificate in force of each office that has one."""
    found = [(one, certificates.of_office(session, one.office_id, at)) for one in held]
    return [(one, certificate) for one, certificate in found if certificate is not None]


def signers(session: Session, unit_id: int, day: date) -> list[Held]:
    """Who signs for the unit on that day."""
    return [one.held for one in unit_facts.seated(session, unit_id, day) if one.held.seat == "leader"]


def mine_ending(session: Session, person_id: int, at: datetime) -> list[Ending]:
    """A person's certificates that run out soon and that no newer one follows."""
    return _ending(session, "p.id = %(key)s", person_id, at)


def ending_below(session: Session, path: str, at: datetime) -> list[Ending]:
    """The same of a whole part of the tree, seals among them, the soonest first."""
    return _ending(session, "u.path LIKE %(key)s || '%%'", path, at)


def _ending(session: Session, where: str, key: int | str, at: datetime) -> list[Ending]:
    keys = {"key": key, "at": at, "soon": at + SOON}
    return [Ending(*row) for row in session.connection().exec_driver_sql(_ENDING.format(where=where), keys)]


def _titles(session: Session, offices: Sequence[int]) -> dict[int, str]:
    sql = "SELECT id, title FROM office WHERE id = ANY(%(ids)s)"
    return {row[0]: row[1] for row in session.connection().exec_driver_sql(sql, {"ids": list(offices)})}


_ENDING = """
SELECT coalesce(p.full_name, u.name), u.name, u.id, c.purpose = 'seal', c.valid_to
  FROM certificate c JOIN unit u ON u.id = c.unit_id LEFT JOIN office o ON o.id = c.office_id
  LEFT JOIN person p ON p.id = o.person_id
 WHERE {where} AND c.valid_to > %(at)s AND c.valid_to <= %(soon)s
   AND (o.id IS NULL OR o.valid_to IS NULL OR o.valid_to >= (%(at)s AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)
   AND NOT EXISTS (SELECT FROM certificate_end e WHERE e.certificate_id = c.id)
   AND NOT EXISTS (SELECT FROM certificate n WHERE n.valid_to > c.valid_to AND n.purpose = c.purpose
                      AND n.unit_id = c.unit_id AND n.office_id IS NOT DISTINCT FROM c.office_id
                      AND NOT EXISTS (SELECT FROM certificate_end e WHERE e.certificate_id = n.id))
 ORDER BY c.valid_to, c.id
"""
