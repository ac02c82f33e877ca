"""`dondoc people account`: what a person signs in with on the pages; how the first administrator gets in."""

from typing import Annotated

import typer
from sqlmodel import Session

from api.cli.common import AsJson, database, now
from api.cli.tables import say
from states import accounts
from states.errors import Invalid


class NameTheAccount(Invalid):
    """Chưa nêu tên đăng nhập (say the name to sign in with): `dondoc people account 12 lan.nguyen`."""


def register(app: typer.Typer) -> None:
    """Hang the command below `people`."""
    app.command()(account)


def account(
    person: Annotated[int, typer.Argument(help="By number; `people add` says it.")],
    name: Annotated[str | None, typer.Argument(help="To sign in with: Latin letters, digits, . _ @ + -")] = None,
    reset: Annotated[bool, typer.Option("--reset", help="Give a new password to an account that there is.")] = False,
    as_json: AsJson = False,
) -> None:
    """Open a person's account, or with --reset give him a new password.

    The temporary password is shown once; it opens the page that changes it, for a week.
    """
    with database() as session:
        if not reset:
            _open(session, person, name)
        secret = accounts.reset_password(session, person, now())
        signs_in_as = accounts.get(session, person).name
    told = {"person": person, "name": signs_in_as, "password": secret}
    say(told, f"{signs_in_as}: {secret} (to be changed at first entry, within 7 days)", as_json=as_json)


def _open(session: Session, person: int, name: str | None) -> None:
    if name is None:
        raise NameTheAccount()
    accounts.open_account(session, person, name, None, now())
