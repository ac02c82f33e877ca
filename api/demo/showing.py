"""`dondoc show`: the middle of life to be looked at: the program as it serves, on the demo's database and clock."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from sqlmodel import Session

from api import demo
from api.demo.own_database import NAME, left_behind
from api.serve import alone, run
from states import database, demo_clock, embedded
from states.embedded import Urls
from states.embedded_install import prepare_home
from states.errors import StartupError
from states.periods import local
from states.settings import Settings

STORY = "midway"


class NothingToShow(StartupError):
    """The demo's story is not in its database: play it first (`dondoc show --anew`)."""


def show(settings: Settings, console: Console, *, anew: bool = False, name: str = NAME) -> None:
    """Play the story where it is not there yet (`anew`: in any case), then start everything on it until Ctrl-C.

    The clock goes on where the story, or whoever acted since, has left it. Prefect is its own, with files of its own:
    an office's runs never come here. Raises the `StartupError` that says what failed.
    """
    settings = settings.model_copy(update={"prefect_api_url": None, "prefect_database_url": None})
    with alone(settings) as home:
        try:
            urls, room = _stage(settings, home, console, anew, name)
            with Session(database.engine(urls.program)) as session:
                ahead = demo_clock.ahead(session, datetime.now(UTC))
            if ahead is None:
                raise NothingToShow()
            words = _words(datetime.now(UTC) + ahead)
            run(settings.model_copy(update={"demo_ahead": ahead}), urls, room, console, words)
            database.engine(urls.program).dispose()
        finally:
            if settings.database_url is None:
                embedded.stop(settings)
    console.print("Everything is stopped.")


def _stage(settings: Settings, home: Path, console: Console, anew: bool, name: str) -> tuple[Urls, Path]:
    """The database that the story stands in, and the folder of this show's own Prefect and logs."""
    room = home / "show"
    console.print("Looking for the demo's database …")
    urls = None if anew else left_behind(settings, STORY, name)
    if urls is None:
        shutil.rmtree(room / "prefect", ignore_errors=True)  # it remembers runs on plans that are gone
        demo.play(console, None, demo.MIDWAY, settings=settings, name=name)
        urls = left_behind(settings, STORY, name)
    if urls is None:
        raise NothingToShow()
    return urls, prepare_home(room)


def _words(now: datetime) -> dict[str, str]:
    return {
        "Sign in": "as any of the sample people, without a password",
        "Its clock": f"{local(now):%H:%M on %d/%m/%Y} (Asia/Ho_Chi_Minh), and runs on; so does the timetable of flows",
    }
