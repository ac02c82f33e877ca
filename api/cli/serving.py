"""`dondoc demo`, `dondoc serve`, `dondoc migrate`."""

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
    app.command()(serve)
    app.command()(migrate)


def demo(
    json_file: Annotated[Path | None, typer.Option("--json", help="Also write the figures into this file.")] = None,
) -> None:
    """Play the whole story on real units, print its boards.

    In a database of its own (dondoc_demo); needs no set-up.
    """
    from api.demo import play  # loads a good part of the program: only where it is asked for

    play(console, json_file)


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
