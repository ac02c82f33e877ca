"""What all commands share: the words of their options, the database, who acts, days and hours as they are typed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Annotated

import typer
from psycopg import errors as pg
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from states import clock
from states.database import check_ready, transaction
from states.days import calendar
from states.errors import Invalid, NotFound
from states.facts import NoSuchDocument
from states.offices import Held, of_person
from states.periods import LOCAL

AsJson = Annotated[bool, typer.Option("--json", help="JSON for scripts instead of a table.")]
Office = Annotated[
    int,
    typer.Option("--office", envvar="DONDOC_OFFICE_ID", help="The office you act in, by its number in `people list`."),
]
Day = Annotated[str | None, typer.Option("--day", "--on", help="As of this day (2026-12-18); today without it.")]
Within = Annotated[str | None, typer.Option("--within", help="A unit above it, where several bear the same name.")]
Part = Annotated[str | None, typer.Option("--unit", help="Only this unit and all below it, by name or registry:code.")]
PLAN_HELP = "The plan, by its number (`plan issue` says it)."
DOCUMENT_HELP = "The plan or report, by its number (`plan reports` shows it)."
UNIT_HELP = "By name, or registry:code (vn2:00070)."
LEVEL_HELP = "nation, province, district, commune, village or body."


class BadDay(Invalid):
    """«{text}» không phải ngày (not a day): write it as 2026-12-18."""


class BadMoment(Invalid):
    """«{text}» không phải ngày hoặc giờ (no day or hour): write it as 2026-12-18, or "2026-12-18 11:00"."""


class NamesNothing(NotFound):
    """Một số bạn nêu không có (a number that you named is nobody's): look at `people list`, `units find` or `late`."""


class NotKeepable(Invalid):
    """Một giá trị không lưu được (a value can't be kept as it is): check the words, days and numbers."""


class NoSuchOffice(Invalid):
    """Không có vị trí số {office} đang giữ hôm nay (nobody holds this office today): see `dondoc people list`."""


@contextmanager
def database() -> Iterator[Session]:
    """One transaction on the office's database; refuses one that is not ready, in words."""
    check_ready()
    try:
        with transaction() as session:
            yield session
    except DBAPIError as error:
        if isinstance(error.orig, pg.ForeignKeyViolation):
            raise NamesNothing() from error
        if isinstance(error.orig, pg.IntegrityError | pg.DataError):
            raise NotKeepable() from error
        raise


def now() -> datetime:
    """This moment."""
    return clock.now()


def today() -> date:
    """This day in Vietnam."""
    return now().astimezone(LOCAL).date()


def day(text: str | None) -> date:
    """A day as it is typed, today where none is."""
    try:
        return date.fromisoformat(text) if text else today()
    except ValueError:
        raise BadDay(text=text) from None


def moment(session: Session, said: object) -> datetime:
    """Until when: a day ends at 24:00, an hour is that hour (đột xuất)."""
    if isinstance(said, datetime) and said.tzinfo:
        return said
    on, _, hour = str(said).replace("T", " ").strip().partition(" ")
    try:
        return calendar(session).due_at(date.fromisoformat(on), time.fromisoformat(hour) if hour else None)
    except ValueError:
        raise BadMoment(text=said) from None


def kind_of(session: Session, document: int) -> str:
    """Whether it is a plan or a report. Raises `NoSuchDocument`."""
    found = session.connection().exec_driver_sql("SELECT kind FROM document WHERE id = %s", (document,)).scalar()
    if found is None:
        raise NoSuchDocument(document=document)
    return str(found)


def acting(session: Session, office_id: int) -> Held:
    """The office that the command acts in, held today."""
    row = session.connection().exec_driver_sql("SELECT person_id FROM office WHERE id = %s", (office_id,)).scalar()
    for held in of_person(session, row, today()) if row is not None else []:
        if held.office_id == office_id:
            return held
    raise NoSuchOffice(office=office_id)
