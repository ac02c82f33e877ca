"""Steps: the one way in which a document moves. What may be done, and by whom, is the door's to say."""

from datetime import datetime, time

from fastapi import APIRouter, BackgroundTasks

from api.auth import Access, Acting, SignedIn, allowed
from api.deps import InTransaction, OfMachine
from api.idempotency import OnceOnly
from api.proof import prove_for_signing
from api.schemas.documents import PaperIn, StepIn, StepOut
from api.seeing import SeenDocument
from documents import drafting
from documents.signing import acts as signing
from states.errors import Invalid, Reason
from states.lifecycle import Action, Kind
from states.periods import LOCAL
from states.steps import Paper, Request, Taken, take
from workflows.asking import ask_for_fan_out

router = APIRouter(prefix="/documents", tags=["steps"])


class NameWhatYouSign(Invalid):
    """Chưa nêu bản nội dung được ký (say which content you sign): send the `revision_id` that you have read."""


class PaperMissing(Invalid):
    """Chưa có bản giấy (register is for a paper): send `paper` with what stands on it and its content."""


@router.post("/{document_id}/steps", summary="Take a step", status_code=201, dependencies=[allowed(Access.WORKING)])
def take_step(
    seen: SeenDocument, step: StepIn, session: InTransaction, by: Acting, me: SignedIn, once: OnceOnly,
    machine: OfMachine, afterwards: BackgroundTasks,
) -> StepOut:  # fmt: skip
    """A stale `seq` is answered 409 with the present state; what is missing, 422 with every reason.

    A token signs only if its person gave it that right (403 `token-may-not-sign`), and nowhere where the office asks a
    second factor of whoever signs (403 `second-factor-needed`). Who signs with a certificate, or sends for an office
    with a seal, sends its `passphrase` (422 `passphrase-needed`); a key in a token signs by
    `POST /documents/{document_id}/signing`.
    """
    if step.action == "sign":
        prove_for_signing(session, me, by.held, by.at)
    act = {"present": _present, "sign": _sign, "submit": _submit, "register": _register}.get(step.action, _step)
    taken = act(session, seen.id, step, by)
    if seen.kind is Kind.PLAN and taken.action is Action.SUBMIT:
        # After the commit, and never in its way: whoever does not answer is asked again by the sweep.
        afterwards.add_task(ask_for_fan_out, seen.id, taken.seq, machine)
    return once.keep(StepOut.of({**vars(taken), "digest": taken.digest.hex()}))


def _step(session: InTransaction, document_id: int, step: StepIn, by: Acting) -> Taken:
    return take(session, _request(document_id, step), by.held.actor, by.at)


def _submit(session: InTransaction, document_id: int, step: StepIn, by: Acting) -> Taken:
    request = _request(document_id, step)
    return signing.submit_document(session, request, by.held.actor, by.at, passphrase=_key(step))


def _request(document_id: int, step: StepIn) -> Request:
    return Request(
        document_id, Action(step.action), step.seq, reason=step.reason, reason_code=step.reason_code,
        to_office=step.to_office, due_at=step.due_at, recipients=tuple(step.recipients),
    )  # fmt: skip


def _key(step: StepIn) -> str | None:
    return step.passphrase.get_secret_value() if step.passphrase else None


def _present(session: InTransaction, document_id: int, step: StepIn, by: Acting) -> Taken:
    return drafting.present(session, document_id, by.held.actor, by.at, seq=step.seq, to_office=step.to_office)


def _sign(session: InTransaction, document_id: int, step: StepIn, by: Acting) -> Taken:
    request = Request(document_id, Action.SIGN, step.seq, revision_id=named(step.revision_id))
    return signing.sign_document(session, request, by.held.actor, by.at, passphrase=_key(step))


def named(revision_id: int | None) -> int:
    """The content that is signed: the one that was read. Raises `NameWhatYouSign`."""
    if revision_id is None:
        raise NameWhatYouSign(reasons=[Reason("revision_id", "chưa nêu", "lấy newest_revision_id của văn bản đã đọc")])
    return revision_id


def _register(session: InTransaction, document_id: int, step: StepIn, by: Acting) -> Taken:
    if step.paper is None:
        raise PaperMissing(reasons=[Reason("paper", "chưa có", "ghi đúng như trên văn bản giấy")])
    return drafting.register_paper(
        session, document_id, step.paper.content.typed(), _paper(step.paper), by.held.actor, by.at, seq=step.seq
    )


def _paper(paper: PaperIn) -> Paper:
    digest = bytes.fromhex(paper.file_digest) if paper.file_digest else None
    day = datetime.combine(paper.date, time(), LOCAL)
    return Paper(paper.number, paper.symbol, day, paper.signer, paper.arrived_at, digest)
