"""`dondoc units`: the tree of units, as of a day."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.common import LEVEL_HELP, UNIT_HELP, AsJson, Day, Within, database, day
from api.cli.tables import say, show
from states import units

app = typer.Typer(help="Units (đơn vị) as of a day: find, show, import.", no_args_is_help=True)
Unit = Annotated[str, typer.Argument(help=UNIT_HELP)]
_COLUMNS = {"id": "Số", "registry": "Danh mục", "code": "Mã", "name": "Tên", "parent_name": "Thuộc", "level": "Cấp",
            "valid_from": "Từ", "valid_to": "Đến"}  # fmt: skip


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV, UTF-8, with a heading line.", exists=True, dir_okay=False)],
    as_json: AsJson = False,
) -> None:
    """Import departments, villages or any other tree.

    All of the file or nothing. Columns: registry, code, name, level, parent_registry, parent_code, valid_from; and if
    there: kind, role, symbol, valid_to, latitude, longitude, phone, small.
    """
    with database() as session:
        added = units.import_csv(session, file)
    say({"added": added}, f"{added} units imported.", as_json=as_json)


@app.command()
def find(
    words: Annotated[str, typer.Argument(help="A name or a part of it.")], on: Day = None, as_json: AsJson = False,
    level: Annotated[str | None, typer.Option(help="Only of this level: " + LEVEL_HELP)] = None,
) -> None:  # fmt: skip
    """Units by name, with or without diacritics."""
    with database() as session:
        found = units.find(session, words, day(on), level=level)
    show(found, _COLUMNS, as_json=as_json)


@app.command()
def children(name: Unit, on: Day = None, within: Within = None, as_json: AsJson = False) -> None:
    """The units just below one."""
    with database() as session:
        above = units.one(session, name, day(on), within=within)
        found = units.children(session, above.id, day(on))
    show(found, _COLUMNS, as_json=as_json, title=above.name)


@app.command()
def successors(name: Unit, on: Day = None, within: Within = None, as_json: AsJson = False) -> None:
    """What an old unit has become: same, merged, divided.

    Ask as of a day on which the old one was there: --day 2025-06-30.
    """
    with database() as session:
        old = units.one(session, name, day(on), within=within)
        found = [{"new": f"{new.registry}:{new.code}", "name": new.name, "within": new.parent_name, "kind": kind,
                  "doubt": doubt} for new, kind, doubt in units.successors(session, old.id)]  # fmt: skip
    show(found, {"new": "Mã", "name": "Đơn vị mới", "within": "Thuộc", "kind": "Cách", "doubt": "Nghi vấn"},
         as_json=as_json, title=f"{old.name} ({old.parent_name})")  # fmt: skip
