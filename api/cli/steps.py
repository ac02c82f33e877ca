"""`dondoc step`: any step of the table, in an office of one's own; without an action, what may be done now."""

from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import Session

from api.cli.certificates import asked
from api.cli.common import DOCUMENT_HELP, AsJson, Office, acting, database, kind_of, moment, now
from api.cli.orders import paper_of, read
from api.cli.tables import plain, say, show
from documents import drafting
from states.errors import Invalid
from states.lifecycle import Action, Kind
from states.offices import Held
from states.reasons import ReturnReason
from states.steps import Request, Taken, allowed, take
from workflows import jobs


class PaperMissing(Invalid):
    """Chưa có bản giấy (register is for a paper): name a file with what stands on it, `--paper FILE`."""


def step(
    document: Annotated[int, typer.Argument(help=DOCUMENT_HELP)],
    office: Office,
    action: Annotated[Action | None, typer.Argument(help="Left out: shows what this office may do now.")] = None,
    reason: Annotated[str | None, typer.Option(help="In words: for return, reopen, send_back, recall, ...")] = None,
    code: Annotated[ReturnReason | None, typer.Option(help="Of a return or reopening, beside its words.")] = None,
    due: Annotated[str | None, typer.Option(help='For return, reopen: until when, 2026-12-18 or "... 11:00".')] = None,
    to: Annotated[int | None, typer.Option(help="Office that acts next; assign needs one.")] = None,
    recipient: Annotated[list[str] | None, typer.Option(help="For submit: nơi nhận; may be repeated.")] = None,
    paper: Annotated[Path | None, typer.Option(help="For register: YAML, see docs/running.md.", exists=True,
                                               dir_okay=False)] = None,
    seq: Annotated[int | None, typer.Option(help="The step you were looking at; refused if it moved.")] = None,
    revision: Annotated[int | None, typer.Option(help="For sign: the content you read; else the newest.")] = None,
    passphrase: Annotated[str | None, typer.Option(envvar="DONDOC_PASSPHRASE", help="For sign, submit: of the "
                                                   "certificate, asked for where there is one.")] = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Take one step with a plan or report.

    Without an action it shows what this office may do with it now, and what stands in the way.
    """
    with database() as session:
        kind, held = kind_of(session, document), acting(session, office)
        if action is None:
            _show_allowed(session, document, held, as_json=as_json)
            return
        until = moment(session, due) if due else None
        request = Request(document, action, seq, reason, code, to, until, revision, tuple(recipient or ()))
        taken = _take(session, request, held, paper, passphrase)
    done, words = plain(taken), f"{taken.action.value}: {taken.state.value}, step {taken.seq} {taken.number or ''}"
    if kind == Kind.PLAN and taken.action is Action.SUBMIT:
        opened = jobs.fan_out(document, now())
        done |= {"opened": opened.opened, "plans": opened.plans}
        words += f"; {opened.reports} reports and {opened.plans} plans were opened"
    say(done, words.strip(), as_json=as_json)


def _take(session: Session, request: Request, held: Held, paper: Path | None, passphrase: str | None) -> Taken:
    at, document, actor = now(), request.document_id, held.actor
    if request.action is Action.PRESENT:
        return drafting.present(session, document, actor, at, seq=request.seq, to_office=request.to_office)
    if request.action in (Action.SIGN, Action.SUBMIT):
        return _signed(session, request, held, passphrase)
    if request.action is not Action.REGISTER:
        return take(session, request, actor, at)
    if paper is None:
        raise PaperMissing()
    said, content = paper_of(session, read(paper), at)
    return drafting.register_paper(session, document, content, said, actor, at, seq=request.seq)


def _signed(session: Session, request: Request, held: Held, passphrase: str | None) -> Taken:
    """With a certificate where there is one, its passphrase asked for; plainly where there is none."""
    from documents.signing import acts  # loads the signing library: only where it is needed

    at, actor = now(), held.actor
    if request.action is Action.SIGN:
        way = acts.way_to_sign(session, request.document_id, actor, at)
    else:
        way = acts.way_to_submit(session, request.document_id, at)
    said = asked(passphrase) if way.kind == "local" else None
    act = acts.sign_document if request.action is Action.SIGN else acts.submit_document
    return act(session, request, actor, at, said)


def _show_allowed(session: Session, document: int, held: Held, *, as_json: bool) -> None:
    found: list[dict[str, Any]] = [
        {"action": action.value, "reasons": reasons,
         "way": "; ".join(f"{reason.place}: {reason.message}" for reason in reasons)}
        for action, reasons in allowed(session, document, held.actor, now())
    ]  # fmt: skip
    show(found, {"action": "Có thể làm", "way": "Còn vướng"}, as_json=as_json, title=f"{held.title}, {held.unit}")
