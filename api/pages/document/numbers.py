"""The next number of a register (số kế tiếp của sổ), to be shown before it is taken; the door gives the real one."""

from datetime import date

from sqlmodel import Session


def next_out(session: Session, issuer_id: int, day: date, series: str) -> int:
    """The number that the next paper of this issuer and series would bear; numbers used by papers are passed over."""
    keys = {"unit": issuer_id, "year": day.year, "series": series, "direction": "out"}
    return int(session.connection().exec_driver_sql(_NEXT, keys).scalar_one())


def next_in(session: Session, unit_id: int, day: date) -> int:
    """The next incoming number (số đến) of a unit."""
    keys = {"unit": unit_id, "year": day.year, "series": "đến", "direction": "in"}
    return int(session.connection().exec_driver_sql(_NEXT, keys).scalar_one())


# The count goes on from the last number; one that a paper bears already is passed over.
_NEXT = """
WITH RECURSIVE count AS (
    SELECT coalesce((SELECT last FROM register WHERE unit_id = %(unit)s AND year = %(year)s AND series = %(series)s
                        AND direction = %(direction)s), 0) + 1 AS number
    UNION ALL
    SELECT number + 1 FROM count WHERE %(direction)s = 'out' AND EXISTS (
        SELECT FROM sending s WHERE s.issuer_id = %(unit)s AND s.year = %(year)s AND s.series = %(series)s
           AND s.number = count.number))
SELECT max(number) FROM count
"""
