"""Telling the database who acts: the second wall (row-level security) rests on it alone.

What is told holds until the transaction ends and never outlives it on a pooled connection. Nothing told: nothing of
business is taken. The wall itself is in states/migrations/versions/0006_walls.sql.
"""

from sqlmodel import Session

from states.policy import CLOCK

TELL = "set_config('dondoc.office', %(office)s::text, true)"
"""For a statement that reads what a step needs anyway: a round trip less. Wants the key `office`."""


def tell(session: Session, office_id: int) -> None:
    """From here on this office acts, until another is told."""
    session.connection().exec_driver_sql(f"SELECT {TELL}", {"office": office_id})


def tell_clock(session: Session) -> None:
    """From here on the program itself acts (tác vụ tự động)."""
    tell(session, CLOCK.office_id)


def tell_caller(session: Session, office_id: int) -> None:
    """A request was let in for this office: it acts, and nobody else but the clock does in this transaction."""
    session.connection().exec_driver_sql(_CALLER, {"office": office_id})


_CALLER = f"SELECT {TELL}, set_config('dondoc.caller', %(office)s::text, true)"
