"""The demo's clock, kept in the database that the demo made and refused on any other: no office's clock is turned."""

from datetime import datetime, timedelta

from psycopg.types.json import Jsonb
from sqlalchemy import Engine
from sqlmodel import Session

from states.errors import StartupError
from states.settings import Settings


class NotADemo(StartupError):
    """DONDOC_DEMO_AHEAD is set, but the demo did not make this database: an office's clock can't be turned. Unset it,
    or name the demo's database (DONDOC_DATABASE=dondoc_demo).
    """


def mark(session: Session, at: datetime, story: str) -> None:
    """Keep that the demo made this database, which story it played, and the moment at which it ended."""
    session.connection().exec_driver_sql(_MARK, {"at": at, "done": Jsonb({"story": story})})


def story(session: Session) -> str | None:
    """The story that was played to its end here; None where the demo did not make this database."""
    found: str | None = session.connection().exec_driver_sql(_STORY).scalar()
    return found


def standing_at(session: Session) -> datetime | None:
    """The moment of the story, or the last thing done since; None where the demo did not make this database."""
    found: datetime | None = session.connection().exec_driver_sql(_AT).scalar()
    return found


def ahead(session: Session, now: datetime) -> timedelta | None:
    """How far the demo's clock must be ahead of the real `now` (aware) to go on where the story stands."""
    at = standing_at(session)
    return at - now if at else None


def refuse_real_office(settings: Settings, engine: Engine) -> None:
    """Raise `NotADemo` where the clock is to be turned on a database that is not the demo's."""
    if settings.demo_ahead is None:
        return
    with Session(engine) as session:
        if standing_at(session) is None:
            raise NotADemo()


_MARK = "INSERT INTO flow_note (flow, subject, at, done) VALUES ('demo', 'clock', %(at)s, %(done)s)"
_STORY = "SELECT done ->> 'story' FROM flow_note WHERE flow = 'demo' AND subject = 'clock' ORDER BY id DESC LIMIT 1"
_AT = """
SELECT greatest(max(n.at), (SELECT max(s.at) FROM step s)) FROM flow_note n
 WHERE n.flow = 'demo' AND n.subject = 'clock' HAVING count(*) > 0
"""
