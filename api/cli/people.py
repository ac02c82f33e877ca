"""`dondoc people`: people, the offices they hold, their tokens."""

from typing import Annotated

import typer

from api.cli.common import UNIT_HELP, AsJson, Day, Within, database, day, now
from api.cli.tables import say, show
from states import offices, tokens, units
from states.lifecycle import Kind
from states.offices import AUTHORITIES, SEATS

app = typer.Typer(help="People and the offices they hold.", no_args_is_help=True)
Person = Annotated[int, typer.Argument(help="By number; `people add` says it.")]
Unit = Annotated[str, typer.Argument(help=UNIT_HELP)]
_COLUMNS = {"office_id": "Vị trí", "person": "Họ tên", "unit": "Đơn vị", "seat": "Ghế", "title": "Chức vụ",
            "authority": "Thẩm quyền", "valid_from": "Từ", "valid_to": "Đến"}  # fmt: skip


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Full name.")],
    email: Annotated[str | None, typer.Option(help="Where messages go.")] = None,
    phone: Annotated[str | None, typer.Option(help="For those who call.")] = None,
    as_json: AsJson = False,
) -> None:
    """Add a person; says the number."""
    with database() as session:
        person = offices.add_person(session, name, email=email, phone=phone)
    say({"person": person}, f"{name} is person {person}.", as_json=as_json)


@app.command()
def office(
    person: Person,
    unit: Unit,
    seat: Annotated[str, typer.Argument(help=", ".join(SEATS))],
    title: Annotated[str, typer.Argument(help="Chức vụ, as it stands under a signature.")],
    since: Annotated[str, typer.Argument(help="First day, 2026-01-01.")],
    authority: Annotated[str, typer.Option(help=f"How a leader signs: {', '.join(AUTHORITIES[1:])}")] = "",
    mandate: Annotated[str | None, typer.Option(help="The paper that gives the right; TUQ. needs one.")] = None,
    field: Annotated[list[str] | None, typer.Option(help="May sign only in this field; may be repeated.")] = None,
    kind: Annotated[list[Kind] | None, typer.Option(help="May sign only this kind; may be repeated.")] = None,
    stands_for: Annotated[int | None, typer.Option(help="Office whose holder is absent meanwhile.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day; open without it.")] = None,
    within: Within = None,
    as_json: AsJson = False,
) -> None:
    """Give a person an office in a unit; says its number."""
    with database() as session:
        place = units.one(session, unit, day(since), within=within)
        kinds = tuple(one.value for one in kind or ())
        last = day(until) if until else None
        new = offices.NewOffice(person, place.id, seat, title, day(since), authority, tuple(field or ()), kinds,
                                mandate, stands_for, last)  # fmt: skip
        given = offices.give(session, new)
    say({"office": given}, f"Office {given}: {title}, {place.name}.", as_json=as_json)


@app.command()
def end(
    office_id: Annotated[int, typer.Argument(metavar="office", help="By number, see `people list`.")],
    last_day: Annotated[str, typer.Argument(help="2026-12-31, itself included.")],
    as_json: AsJson = False,
) -> None:
    """End an office with that day."""
    with database() as session:
        offices.end(session, office_id, day(last_day))
    say({"office": office_id, "valid_to": last_day}, f"Office {office_id} ends on {last_day}.", as_json=as_json)


@app.command("list")
def list_(unit: Unit, on: Day = None, within: Within = None, as_json: AsJson = False) -> None:
    """Who sits where in a unit, as of a day."""
    with database() as session:
        place = units.one(session, unit, day(on), within=within)
        held = offices.of_unit(session, place.id, day(on))
    show(held, _COLUMNS, as_json=as_json, title=place.name)


@app.command()
def token(
    person: Person, name: Annotated[str, typer.Argument(help="What it is for: a machine, a program.")],
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Give a person a bearer token for the API.

    It is shown once and kept only as a digest.
    """
    with database() as session:
        secret = tokens.issue(session, person, name, now())
    say({"token": secret}, secret, as_json=as_json)
