"""Sample people for a whole tree of units, set-based: five in each, named plainly as samples."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from api.demo.scene import OFFICE, SINCE
from states.opening import plan_for_growth
from states.policy import Actor


def staff(session: Session, addressees: Sequence[tuple[int, bool]], day: date) -> int:
    """Five sample people, named as such, for each unit addressed; one statement. Returns how many are new."""
    plan_for_growth(session)
    keys = {"units": [unit for unit, _ in addressees], "below": [below for _, below in addressees], "day": day,
            "since": SINCE, "seats": [part.seat for part in OFFICE], "titles": [part.title for part in OFFICE],
            "authorities": [part.authority for part in OFFICE]}  # fmt: skip
    return session.connection().exec_driver_sql(_STAFF, keys).rowcount


def who_is_who(session: Session) -> dict[tuple[int, str], Actor]:
    """Who plays which part in which unit."""
    called = {(part.seat, part.title): part.called for part in OFFICE}
    rows = session.connection().exec_driver_sql(_SAMPLES)
    return {(unit, called[seat, title]): Actor(person, office)
            for unit, seat, title, person, office in rows if (seat, title) in called}  # fmt: skip


_STAFF = """
WITH seat AS (SELECT * FROM unnest(%(seats)s::varchar[], %(titles)s::varchar[], %(authorities)s::varchar[])
                       WITH ORDINALITY AS t (seat, title, authority, rank)),
asked AS (SELECT u.path, a.below FROM unnest(%(units)s::integer[], %(below)s::boolean[]) a (unit_id, below)
            JOIN unit u ON u.id = a.unit_id),
place AS (
    SELECT u.id AS unit_id, s.*, nextval('person_id_seq') AS person_id
      FROM unit u CROSS JOIN seat s
     WHERE u.level IN ('nation','province','commune') AND u.role IS NULL
       AND u.valid_from <= %(day)s AND (u.valid_to IS NULL OR u.valid_to >= %(day)s)
       AND EXISTS (SELECT FROM asked a WHERE u.path = a.path OR a.below AND u.path LIKE a.path || '%%')
       AND NOT EXISTS (SELECT FROM office o WHERE o.unit_id = u.id AND o.seat = s.seat AND o.title = s.title)
     ORDER BY u.path, s.rank),
person AS (
    INSERT INTO person (id, full_name, email, sample)
    SELECT person_id, (ARRAY['Nguyễn Văn','Trần Thị','Lê Văn','Phạm Thị','Lò Văn','Vàng Thị'])[1 + person_id %% 6]
           || ' Mẫu ' || person_id || ' (mẫu)', 'mau.' || person_id || '@dondoc.example', true
      FROM place RETURNING id)
INSERT INTO office (person_id, unit_id, seat, title, authority, valid_from)
SELECT person_id, unit_id, seat, title, authority, %(since)s FROM place JOIN person ON person.id = place.person_id
 ORDER BY person_id
"""
_SAMPLES = """
SELECT o.unit_id, o.seat, o.title, o.person_id, o.id FROM office o JOIN person p ON p.id = o.person_id AND p.sample
 ORDER BY o.id DESC
"""
