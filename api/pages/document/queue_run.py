"""Many steps after one confirmation: each by itself, and what became of them told at the end, or as they are taken."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from fastapi.responses import HTMLResponse, StreamingResponse
from sqlalchemy import Engine
from sqlmodel import Session
from starlette.responses import Response

from api import deps, lists
from api.pages import typed
from api.pages.board.live import message
from api.pages.document.words import TOOLS
from api.pages.shell import Visit, tried
from api.seeing import look
from documents.signing import batch
from documents.signing.batch import Done
from documents.signing.errors import PassphraseNeeded, Waiting, WrongPassphrase
from states import database
from states.errors import DonDocError
from states.facts import NoSuchDocument
from states.lifecycle import Action
from states.steps import Request, Taken

TOGETHER = 50
"""So many at most are confirmed at once: more nobody reads."""
STREAM = "text/event-stream"
KEY_REFUSED = (PassphraseNeeded, Waiting, WrongPassphrase)
"""What stops all of them before the first: asked again, with the list as it was."""


@dataclass(frozen=True)
class Mark:
    """One that was confirmed: document, step and content as they were read; `said`: as it came."""

    document_id: int
    seq: int
    revision_id: int
    said: str = ""

    @property
    def to_sign(self) -> Request:
        """The signature that was confirmed."""
        return Request(self.document_id, Action.SIGN, self.seq, revision_id=self.revision_id or -1)


@dataclass(frozen=True)
class Outcome:
    """What became of one."""

    document_id: int
    title: str
    unit: str
    taken: Taken | None
    error: DonDocError | None


def mark(said: object) -> Mark:
    """Read back what a line sent; what is none names the document 0."""
    number, seq, revision = (typed.number(part, 2**63 - 1) or 0 for part in (str(said).split(".") + ["", ""])[:3])
    return Mark(number, seq, revision, str(said)[:40])


def each(session: Session, visit: Visit, marks: Sequence[Mark], act: Callable[[Mark], Taken]) -> list[Outcome]:
    """Every one in a savepoint of its own. Raises `KEY_REFUSED` where the first is refused for its key."""
    found: list[Outcome] = []
    for one in _once(marks):
        row = _seen(session, visit, one)
        if row is None:
            found.append(_unknown(one))
            continue
        taken, error = tried(session, partial(act, one))
        if isinstance(error, KEY_REFUSED) and not any(before.taken for before in found):
            raise error
        found.append(Outcome(one.document_id, row["title"], row["unit"], taken, error))
    return found


def signed_with_key(
    visit: Visit, session: Session, bind: Engine, marks: Sequence[Mark], passphrase: str | None
) -> Response:  # fmt: skip
    """Sign each with the key that one passphrase opens, in a transaction of its own. Raises `KEY_REFUSED`.

    Told one by one to whoever listens; else all at the end.
    """
    known, unknown = _known(session, visit, marks)
    requests = [one.to_sign for one in _once(marks) if one.document_id in known]
    signing = batch.sign_many(partial(database.transaction, bind), requests, visit.me.actor, passphrase,
                              deps.machine(visit.request).now)  # fmt: skip
    first = next(signing, None)  # opens the key: what refuses it is raised here, before an answer has begun
    told = chain([first], signing) if first else signing
    if STREAM in visit.request.headers.get("accept", ""):
        quiet = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(_telling(visit, told, known, unknown), media_type=STREAM, headers=quiet)
    return done(visit, [*(_outcome(one, known) for one in told), *unknown], Action.SIGN)


def done(visit: Visit, outcomes: Sequence[Outcome], action: Action) -> HTMLResponse:
    """The page that says what became of each."""
    refused = [one for one in outcomes if one.error]
    status = 422 if refused and len(refused) == len(outcomes) else 200
    return visit.page("queues/done.html", status, **_facts(outcomes, action))


def _telling(
    visit: Visit, signing: Iterator[Done], known: dict[int, tuple[str, str]], unknown: list[Outcome]
) -> Iterator[str]:  # fmt: skip
    """One message each; the last brings the page's inside. Who has gone meanwhile stops it after the one at hand."""
    outcomes: list[Outcome] = []
    for one in signing:
        outcomes.append(_outcome(one, known))
        yield message(json.dumps({"n": one.number, "of": one.of}))
    yield message(visit.part("queues/outcomes_part.html", **_facts([*outcomes, *unknown], Action.SIGN)), event="xong")


def _facts(outcomes: Sequence[Outcome], action: Action) -> dict[str, object]:
    return {"outcomes": outcomes, "refused": [one for one in outcomes if one.error], "action": action, **TOOLS}


def _outcome(one: Done, known: dict[int, tuple[str, str]]) -> Outcome:
    return Outcome(one.document_id, *known[one.document_id], one.taken, one.error)


def _known(
    session: Session, visit: Visit, marks: Sequence[Mark]
) -> tuple[dict[int, tuple[str, str]], list[Outcome]]:  # fmt: skip
    """Those that he may see, with title and unit; and what is said of the others."""
    known, unknown = {}, []
    for one in _once(marks):
        row = _seen(session, visit, one)
        if row is None:
            unknown.append(_unknown(one))
        else:
            known[one.document_id] = (str(row["title"]), str(row["unit"]))
    return known, unknown


def _seen(session: Session, visit: Visit, one: Mark) -> lists.Row | None:
    there = one.document_id and look(session, one.document_id, visit.by) is not None
    return lists.document(session, one.document_id) if there else None


def _unknown(one: Mark) -> Outcome:
    return Outcome(one.document_id, "", "", None, NoSuchDocument(document=one.said))


def _once(marks: Sequence[Mark]) -> list[Mark]:
    return list(dict.fromkeys(marks))[:TOGETHER]
