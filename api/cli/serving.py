"""`dondoc demo`, `dondoc serve`, `dondoc migrate`."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.common import console
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
    """Play the whole story on real units, in a database of its own, and print its boards."""
    from api.demo import play  # loads a good part of the program: only where it is asked for

    play(console, json_file)


def serve() -> None:
    """Start everything and say where it is; Ctrl-C stops it."""
    from api.serve import serve as run

    run(current(), console)


def migrate() -> None:
    """Bring the database up to date, as the owner of its tables, and load the units and forms that ship."""
    urls = database.urls(current())
    version = database.migrate(urls.owner, urls.program)
    with database.transaction(database.engine(urls.program)) as session:
        new = prepare(session)
    console.print(f"The database is at version {version}; new: {new['units']} units, {new['forms']} forms.")
