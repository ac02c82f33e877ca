"""`dondoc cert`: whose certificates sign here; test ones for trying things out."""

from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import Session

from api.cli.common import UNIT_HELP, AsJson, Office, Within, acting, database, now, today
from api.cli.tables import say, show
from states import units
from states.errors import Invalid
from states.settings import current

app = typer.Typer(help="Certificates (chứng thư số): register, issue test ones, end, list.", no_args_is_help=True)
For = Annotated[int | None, typer.Option("--for", help="The officer's office, by its number in `people list`.")]
Seal = Annotated[str | None, typer.Option("--seal", help="The unit whose seal it is: " + UNIT_HELP)]
Passphrase = Annotated[
    str | None,
    typer.Option(envvar="DONDOC_PASSPHRASE", help="Asked for where it isn't said; kept nowhere."),
]
_COLUMNS = {"id": "Số", "kind": "Loại", "name": "Tên trong chứng thư", "holder": "Của", "store": "Khóa ở",
            "valid_to": "Hết hạn", "ended": "Kết thúc", "sample": "Chữ ký thử"}  # fmt: skip


class WhoseIsIt(Invalid):
    """Chưa nêu chứng thư của ai (say whose it is): `--for OFFICE` of an officer, or `--seal UNIT`."""


class RealOnesOnly(Invalid):
    """Ở đây chỉ nhận chứng thư thật (a real authority is trusted here): test certificates are for trying out only."""


@app.command()
def register(
    file: Annotated[Path, typer.Argument(help="PKCS#12 (.p12), or with --token PEM or DER.", exists=True,
                                         dir_okay=False)],
    office: Office,
    for_: For = None,
    seal: Seal = None,
    within: Within = None,
    token: Annotated[bool, typer.Option("--token", help="Its key stays in the officer's token.")] = False,
    passphrase: Passphrase = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Register a certificate: of an officer for one of his offices, or a unit's seal."""
    from documents.signing import certificates, trust  # loads the signing library: only where it is needed

    said = None if token else asked(passphrase)
    with database() as session:
        by, whose = acting(session, office).actor, _whose(session, for_, seal, within)
        new = certificates.New(file.read_bytes(), *whose, "token" if token else "local", said)
        number = certificates.register(session, new, by, now(), trust.means(current()))
        _told(session, number, as_json=as_json)


@app.command()
def test(
    office: Office, for_: For = None, seal: Seal = None, within: Within = None, passphrase: Passphrase = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Let the test authority issue one and register it: no legal signature, and it says so on every page."""
    from documents.signing import certificates, trust

    means = trust.means(current())
    if not means.sample:
        raise RealOnesOnly()
    said = asked(passphrase, new=True)
    with database() as session:
        by, (officer, unit) = acting(session, office).actor, _whose(session, for_, seal, within)
        number = certificates.issue_test(session, means, said, by, now(), office_id=officer, unit_id=unit)
        _told(session, number, as_json=as_json)


@app.command()
def end(
    number: Annotated[int, typer.Argument(help="By its number in `cert list`.")],
    reason: Annotated[str, typer.Option(help="Why: lost token, office left, ...")],
    office: Office,
    as_json: AsJson = False,
) -> None:
    """End a certificate: it signs nothing from now on. What it has signed stays signed."""
    from documents.signing import certificates

    with database() as session:
        certificates.end(session, number, reason, acting(session, office).actor, now())
    say({"certificate": number, "ended": now()}, f"Chứng thư {number} đã kết thúc.", as_json=as_json)


@app.command("list")
def list_(
    unit: Annotated[str | None, typer.Option(help="Only this unit and all below it: " + UNIT_HELP)] = None,
    within: Within = None,
    as_json: AsJson = False,
) -> None:
    """All certificates, with those that have ended."""
    from documents.signing import certificates

    with database() as session:
        path = units.one(session, unit, today(), within=within).path if unit else "/"
        found = [_row(session, one) for one in certificates.below(session, path)]
    show(found, _COLUMNS, as_json=as_json)


@app.command()
def require(
    unit: Annotated[str, typer.Argument(help=UNIT_HELP)],
    within: Within = None,
    no: Annotated[bool, typer.Option("--no", help="Ask it no longer.")] = False,
    as_json: AsJson = False,
) -> None:
    """A unit asks a certificate of whoever signs for it, and a seal on what it sends."""
    from documents.signing import certificates

    with database() as session:
        found = units.one(session, unit, today(), within=within)
        certificates.require(session, found.id, not no)
    words = f"{found.name}: {'không còn yêu cầu' if no else 'yêu cầu'} ký số."
    say({"unit": found.id, "required": not no}, words, as_json=as_json)


def asked(passphrase: str | None, *, new: bool = False) -> str:
    """The passphrase of a certificate, asked for without showing it where it isn't said."""
    words = "Mật khẩu của chứng thư số"
    return passphrase or str(typer.prompt(words, hide_input=True, confirmation_prompt=new, err=True))


def _whose(session: Session, office: int | None, unit: str | None, within: str | None) -> tuple[int | None, int | None]:
    if (office is None) == (unit is None):
        raise WhoseIsIt()
    return office, units.one(session, unit, today(), within=within).id if unit else None


def _told(session: Session, number: int, *, as_json: bool) -> None:
    from documents.signing import certificates
    from documents.signing.names import NO_LEGAL_VALUE

    found = certificates.get(session, number)
    words = f"Chứng thư {number}: {found.subject}" + (f"\n{NO_LEGAL_VALUE}" if found.sample else "")
    say(_row(session, found), words, as_json=as_json)


def _row(session: Session, one: Any) -> dict[str, Any]:
    from documents.signing import certificates

    whose = certificates.whose_of(session, one.office_id, one.unit_id)
    return {
        "id": one.id, "kind": one.purpose, "name": one.name, "subject": one.subject, "issuer": one.issuer,
        "holder": f"{whose.person}, {whose.title}" if whose.person else whose.unit, "office": one.office_id,
        "unit": one.unit_id, "serial": one.serial, "store": one.store, "valid_from": one.valid_from,
        "valid_to": one.valid_to, "ended": one.ended_at, "why": one.ended_why, "sample": one.sample,
        "digest": one.digest.hex(),
    }  # fmt: skip
