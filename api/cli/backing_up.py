"""`dondoc backup`, `dondoc restore`: the whole database into a folder, and back into an empty one."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.common import now
from api.cli.tables import console
from states import database
from states.settings import current

_SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add the commands to the program's own."""
    app.command()(backup)
    app.command()(restore)


def backup(folder: Annotated[Path, typer.Argument(help="A new folder, one for each backup.")]) -> None:
    """Write the whole database into a folder, while everybody works on.

    With a manifest: digest, counts, the newest checkpoint, and what must be kept elsewhere.
    """
    from states.backup import back_up  # alembic and the like: only where it is asked for

    settings = current()
    made = back_up(database.urls(settings).owner, folder, settings, console.print)
    console.print(f"{folder}: {made.size:,} bytes, {made.counts.get('document', 0):,} documents, "
                  f"{made.counts.get('step', 0):,} steps, of {made.at:%d/%m/%Y %H:%M:%S} UTC.")  # fmt: skip
    console.print(f"SHA-256 {made.digest}", highlight=False)
    console.print("Not in it, to be kept apart from it:")
    for what in made.not_in_it:
        console.print(f"- {what}", highlight=False, markup=False)


def restore(folder: Annotated[Path, typer.Argument(help="What `dondoc backup` made.")]) -> None:
    """Restore a backup into a new, empty database, and verify everything in it.

    The database is the one of DATABASE_URL (DATABASE_OWNER_URL), or of a new DONDOC_HOME. Ends with 4 where
    something is not as it was written.
    """
    from states.restoring import restore as run

    done = run(database.urls(current()), folder, now(), console.print)
    documents = done.manifest.counts.get("document", 0)
    console.print(f"Restored as of {done.manifest.at:%d/%m/%Y %H:%M:%S} UTC, schema {done.version}: {documents:,} "
                  f"documents, everything verified, {len(done.faults)} faults.")  # fmt: skip
    for fault in done.faults[:_SHOWN]:
        console.print(f"- {fault}", highlight=False, markup=False)
    if done.manifest.checkpoint:
        console.print("The log's newest checkpoint in it; hold it against the newest one that was kept outside:")
        console.print(done.manifest.checkpoint, highlight=False, markup=False)
    console.print("Now put back what is not in a backup: secret.key, log.key, signing keys, .env.")
    if done.faults:
        raise typer.Exit(4)
