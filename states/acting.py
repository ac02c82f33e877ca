"""Telling the database who acts and who reads: the second wall (row-level security) rests on it alone.

What is told holds until the transaction ends and never outlives it on a pooled connection. Nothing told: nothing of
business is taken, and a request reads no content. The wall itself is in states/migrations/versions/0006_walls.sql.
"""

from collections.abc import Iterator
from contextlib import contextmanager

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
    """A request was let in for this office: it acts, and nobody else but the clock does in this transaction; what is
    read is what this office sees.
    """
    session.connection().exec_driver_sql("SELECT let_in(%(office)s::integer)", {"office": office_id})


@contextmanager
def reading_all(session: Session) -> Iterator[None]:
    """The program's own work within a request: a total is the sum of all, whoever asked for it."""
    with session.begin_nested():  # an error that leaves it takes the setting back as well
        run = session.connection().exec_driver_sql  # the savepoint is made when it is first asked for
        (before,) = run("SELECT current_setting('dondoc.sees', true)").one()
        run("SELECT set_config('dondoc.sees', 'all', true)")
        yield
        run("SELECT set_config('dondoc.sees', %(before)s, true)", {"before": before or ""})
