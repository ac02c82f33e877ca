"""`dondoc people`: people, the offices they hold, their tokens."""

from typing import Annotated

import typer

from api.cli.common import AsJson, database, day, now, say, show
from states import offices, tokens, units

app = typer.Typer(help="People and the offices they hold.", no_args_is_help=True)
_COLUMNS = {"office_id": "Vị trí", "person": "Họ tên", "unit": "Đơn vị", "seat": "Ghế", "title": "Chức vụ",
            "authority": "Thẩm quyền", "valid_from": "Từ", "valid_to": "Đến"}  # fmt: skip


@app.command()
def add(name: str, email: str | None = None, phone: str | None = None, as_json: AsJson = False) -> None:
    """Add a person."""
    with database() as session:
        person = offices.add_person(session, name, email=email, phone=phone)
    say({"person": person}, f"{name} is person {person}.", as_json=as_json)


@app.command()
def office(
    person: int, unit: str, seat: str, title: str, since: str, authority: str = "", mandate: str | None = None,
    field: Annotated[list[str] | None, typer.Option(help="May sign only in this field; may be repeated.")] = None,
    until: str | None = None, within: str | None = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Give a person an office in a unit: seat is drafter, leader, clerk, supervisor, auditor or admin."""
    with database() as session:
        place = units.one(session, unit, day(since), within=within)
        new = offices.NewOffice(person, place.id, seat, title, day(since), authority, tuple(field or ()), (), mandate,
                                None, day(until) if until else None)  # fmt: skip
        given = offices.give(session, new)
    say({"office": given}, f"Office {given}: {title}, {place.name}.", as_json=as_json)


@app.command()
def end(office_id: int, last_day: str) -> None:
    """End an office with that day."""
    with database() as session:
        offices.end(session, office_id, day(last_day))


@app.command("list")
def list_(unit: str, on: str | None = None, within: str | None = None, as_json: AsJson = False) -> None:
    """Who sits where in a unit, as of a day."""
    with database() as session:
        place = units.one(session, unit, day(on), within=within)
        held = offices.of_unit(session, place.id, day(on))
    show(held, _COLUMNS, as_json=as_json, title=place.name)


@app.command()
def token(person: int, name: str, as_json: AsJson = False) -> None:
    """Give a person a bearer token for the API; it is shown once and kept only as a digest."""
    with database() as session:
        secret = tokens.issue(session, person, name, now())
    say({"token": secret}, secret, as_json=as_json)
