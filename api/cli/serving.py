"""`dondoc demo`, `dondoc show`, `dondoc serve`, `dondoc migrate`."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.tables import console
from states import database
from states.settings import current
from workflows.preparing import prepare


def register(app: typer.Typer) -> None:
    """Add the commands to the program's own."""
    app.command()(demo)
    app.command()(show)
    app.command()(serve)
    app.command()(migrate)


def demo(
    json_file: Annotated[Path | None, typer.Option("--json", help="Also write the figures into this file.")] = None,
    midway: Annotated[bool, typer.Option("--midway", help="Stop in the middle of the reporting weeks.")] = False,
) -> None:
    """Play the whole story on real units, print its boards.

    In a database of its own (dondoc_demo); needs no set-up.
    """
    from api.demo import MIDWAY, WHOLE, play  # loads a good part of the program: only where it is asked for

    play(console, json_file, MIDWAY if midway else WHOLE)


def show(
    anew: Annotated[bool, typer.Option("--anew", help="Play the story anew: what was done since is gone.")] = False,
) -> None:
    """Show the pages on the demo's data, in the middle of the reporting weeks; Ctrl-C stops it.

    Plays them into a database of their own (dondoc_demo) the first time; anybody can be signed in as.
    """
    from api.demo.showing import show as run

    run(current(), console, anew=anew)


def serve() -> None:
    """Start everything, say where it is; Ctrl-C stops it."""
    from api.serve import serve as run

    run(current(), console)


def migrate() -> None:
    """Prepare the database, or bring it up to date.

    As the owner of its tables (DATABASE_OWNER_URL); loads the units and forms that ship. Twice does no harm.
    """
    urls = database.urls(current())
    version = database.migrate(urls.owner, urls.program)
    with database.transaction(database.engine(urls.program)) as session:
        new = prepare(session)
    console.print(f"The database is at version {version}; new: {new['units']} units, {new['forms']} forms.")
