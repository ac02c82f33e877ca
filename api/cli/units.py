"""`dondoc units`: the tree of units, as of a day."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.common import AsJson, database, day, say, show
from states import units

app = typer.Typer(help="Units (đơn vị) as of a day: find, show, import.", no_args_is_help=True)
Day = Annotated[str | None, typer.Option("--day", help="As of this day (2026-12-18); today without it.")]
_COLUMNS = {"id": "Số", "registry": "Danh mục", "code": "Mã", "name": "Tên", "parent_name": "Thuộc", "level": "Cấp",
            "valid_from": "Từ", "valid_to": "Đến"}  # fmt: skip


@app.command("import")
def import_(file: Annotated[Path, typer.Argument(help="CSV with a heading line.")], as_json: AsJson = False) -> None:
    """Import committees, departments, villages or any other tree; all of the file or nothing."""
    with database() as session:
        added = units.import_csv(session, file)
    say({"added": added}, f"{added} units imported.", as_json=as_json)


@app.command()
def find(words: str, on: Day = None, level: str | None = None, as_json: AsJson = False) -> None:
    """Units whose name has these words, with or without diacritics."""
    with database() as session:
        found = units.find(session, words, day(on), level=level)
    show(found, _COLUMNS, as_json=as_json)


@app.command()
def children(name: str, on: Day = None, within: str | None = None, as_json: AsJson = False) -> None:
    """The units just below one, named by its name or by registry:code."""
    with database() as session:
        above = units.one(session, name, day(on), within=within)
        found = units.children(session, above.id, day(on))
    show(found, _COLUMNS, as_json=as_json, title=above.name)


@app.command()
def successors(name: str, on: Day = None, within: str | None = None, as_json: AsJson = False) -> None:
    """The new units that have land of an old one: same, merged or divided."""
    with database() as session:
        old = units.one(session, name, day(on), within=within)
        found = [{"new": f"{new.registry}:{new.code}", "name": new.name, "within": new.parent_name, "kind": kind,
                  "doubt": doubt} for new, kind, doubt in units.successors(session, old.id)]  # fmt: skip
    show(found, {"new": "Mã", "name": "Đơn vị mới", "within": "Thuộc", "kind": "Cách", "doubt": "Nghi vấn"},
         as_json=as_json, title=f"{old.name} ({old.parent_name})")  # fmt: skip
