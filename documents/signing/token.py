"""Signing with a token (thiết bị ký) and its browser plug-in: the file goes out once, and what comes back is judged."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from documents import drafting
from documents.signing import acts, certificates, intents, making, returned
from documents.signing.intents import Begun, Intent
from documents.signing.trust import Means, means
from states import files
from states.errors import Refused
from states.policy import Actor
from states.settings import current
from states.steps import Request, Taken, ready, take

OPEN_FOR = timedelta(minutes=15)
"""How long a file that went out may come back."""


class NotYourSigning(Refused):
    """Lượt ký này của người khác (this signing was begun by somebody else): mở văn bản và chuẩn bị lượt của bạn."""


@dataclass(frozen=True)
class Prepared:
    """A signing that waits for its file: `nonce` names it outside, `digest` (hex) is the file's that goes out."""

    id: int
    nonce: str
    expires_at: datetime
    name: str
    size: int
    digest: str


def prepare_for_token(session: Session, request: Request, actor: Actor, at: datetime, *,
                      by: Means | None = None) -> Prepared:  # fmt: skip
    """Make the file that the officer's token is to sign, and write down what he is about to sign.

    Raises what the door and the certificate say against it, `KeySigns` where his key is kept here.
    """
    certificate = acts.token_of(acts.way_to_sign(session, request.document_id, actor, at, by=by))
    revision = request.revision_id or drafting.put_up(session, request.document_id, actor, at)
    facts = ready(session, replace(request, revision_id=revision), actor, at)
    assert facts.content_digest is not None
    data = making.served(session, facts, revision, at, by or means(current()))
    begun = Begun(facts.document_id, revision, facts.seq, "officer", actor.office_id, certificate.id,
                  files.keep(session, data), facts.content_digest)  # fmt: skip
    number, nonce = intents.write(session, begun, at, at + OPEN_FOR)
    name = f"van-ban-{facts.document_id}-de-ky.pdf"
    return Prepared(number, nonce, at + OPEN_FOR, name, len(data), hashlib.sha256(data).hexdigest())


def open_intent(session: Session, nonce: str, at: datetime) -> Intent:
    """A signing that is still open, by its secret name. Raises `IntentGone`, `IntentExpired`, `IntentUsed`."""
    return intents.find(session, nonce, at)


def download(session: Session, nonce: str, at: datetime) -> bytes:
    """The file that is to be signed, once. Raises as `open_intent`, and `DownloadSpent`."""
    intent = intents.find(session, nonce, at)
    intents.hand_out(session, intent, at)
    return files.read(session, intent.prepared_digest)


def accept_returned(session: Session, nonce: str, data: bytes, actor: Actor, at: datetime, *,
                    by: Means | None = None) -> Taken:  # fmt: skip
    """Take the step with the file that came back, if it is what went out with the officer's signature and nothing else.

    Raises as `open_intent`, `NotReturnedRight` with what is wrong with it, `TooLarge`, and what the door says now.
    """
    tools = by or means(current())
    intent = intents.find(session, nonce, at, lock=True)
    if actor != intent.actor:
        raise NotYourSigning()
    certificate = certificates.get(session, intent.certificate_id)
    whose = certificates.whose_of(session, certificate.office_id, certificate.unit_id)
    context = tools.context(at, certificate.der, certificates.revoked(session), certificate.chain)
    certificates.refuse_unfit(certificate.der, whose, context, at, ended_at=certificate.ended_at)
    wanted = returned.Wanted(files.read(session, intent.prepared_digest), certificate.der, intent.at, at)
    accepted = returned.judge(data, wanted, tools, certificates.revoked(session), certificate.chain)
    request = acts.sign_request(intent, files.keep(session, data))
    taken = take(session, request, actor, at)
    assert request.file_digest is not None
    intents.sign(session, intent.id, taken, request.file_digest, at, accepted.stamped_at, accepted.level)
    return taken
