"""Signing and sending with certificates, through the door: file, step and signature in one transaction.

Who has no certificate signs as before, unless his office asks for one. What the door checks (mandate, four eyes, order
of steps) it checks here too, and before anything is signed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from documents import drafting
from documents.signing import certificates, intents, kept, making
from documents.signing.certificates import Certificate
from documents.signing.errors import (
    CertificateChanged,
    KeySigns,
    OutOfOrder,
    PassphraseNeeded,
    SignatureRequired,
    TokenSigns,
)
from documents.signing.intents import Begun, Intent
from documents.signing.kept import SignedFile
from documents.signing.keys import Key
from documents.signing.making import Made
from documents.signing.trust import Means, means
from documents.signing.unlocking import unlock
from documents.writing import house
from states import files
from states.driver import one_or_none
from states.errors import DonDocError
from states.facts import Facts, NoSuchDocument
from states.lifecycle import Action
from states.policy import Actor
from states.registers import Numbered
from states.sentences import InBoth
from states.settings import current
from states.steps import Request, Taken, refuse_strangers, take

AT_ONCE = timedelta(minutes=1)
"""How long what is signed here may take from its intent on."""


@dataclass(frozen=True)
class Way:
    """How a step will be signed: plain, local (by passphrase), token, or refused with `why`."""

    kind: str
    certificate: Certificate | None = None
    why: DonDocError | None = None


def way_to_sign(session: Session, document_id: int, actor: Actor, at: datetime, *, by: Means | None = None) -> Way:
    """How this office would sign this document now. Raises `NoSuchDocument`."""
    issuer = _issuer(session, document_id)
    found = certificates.of_office(session, actor.office_id, at)
    if found is None:
        return _without(session, issuer, "chữ ký của lãnh đạo", "a certificate of whoever signs")
    return _with(session, found, at, by)


def way_to_submit(session: Session, document_id: int, at: datetime, *, by: Means | None = None) -> Way:
    """How this document would go out now: numbered in its signed file and sealed, or plainly."""
    issuer = _issuer(session, document_id)
    if kept.signed_file(session, document_id) is None:
        return _without(session, issuer, "chữ ký của lãnh đạo", "a paper signed by certificate")
    found = certificates.seal_of(session, issuer, at)
    if found is None:
        return _without(session, issuer, "con dấu số", "the office's seal")
    return _with(session, found, at, by)


def sign_document(session: Session, request: Request, actor: Actor, at: datetime, passphrase: str | None = None, *,
                  by: Means | None = None) -> Taken:  # fmt: skip
    """Sign: with the officer's certificate where he has one, its key opened by his passphrase; else plainly.

    Without `revision_id` the newest content, put up now where nobody did. Raises what the door raises, and what stands
    in the way of a signature (documents.signing.errors).
    """
    way = way_to_sign(session, request.document_id, actor, at, by=by)
    certificate = usable(way)
    key = unlock(session, certificate, passphrase, at) if certificate else None
    return sign_with(session, request, actor, at, certificate, key, by=by)


def sign_with(session: Session, request: Request, actor: Actor, at: datetime, certificate: Certificate | None,
              key: Key | None, *, by: Means | None = None) -> Taken:  # fmt: skip
    """The same with a key that is open already, for several documents in a row. Raises `CertificateChanged`."""
    if request.revision_id is None:
        request = replace(request, revision_id=drafting.put_up(session, request.document_id, actor, at))
    if certificate is None:
        return take(session, request, actor, at)
    key = _its(certificate, key)
    tools = by or means(current())

    def make(facts: Facts, _: Numbered | None) -> tuple[Begun, Made]:
        assert request.revision_id is not None and facts.content_digest is not None
        prepared = making.served(session, facts, request.revision_id, at, tools)
        begun = _begun(facts, request.revision_id, facts.content_digest, certificate, files.keep(session, prepared))
        return begun, making.signed(session, prepared, facts, certificate, key, at, tools)

    return _taken(session, request, actor, at, make)


def submit_document(session: Session, request: Request, actor: Actor, at: datetime, passphrase: str | None = None, *,
                    by: Means | None = None) -> Taken:  # fmt: skip
    """Number and send: number and day go into the signed file, the seal on it where the unit has one; else plainly.

    Who may not send it tries no passphrase of that unit's seal.
    """
    refuse_strangers(session, request.document_id, Action.SUBMIT, actor, at)
    certificate = usable(way_to_submit(session, request.document_id, at, by=by))
    key = unlock(session, certificate, passphrase, at) if certificate else None
    return send_with(session, request, actor, at, certificate, key, by=by)


def send_with(session: Session, request: Request, actor: Actor, at: datetime, certificate: Certificate | None,
              key: Key | None, *, by: Means | None = None) -> Taken:  # fmt: skip
    """The same with a seal that is open already. Raises `CertificateChanged`."""
    _hold(session, request.document_id)
    signed = kept.signed_file(session, request.document_id)
    if signed is None:
        return take(session, request, actor, at)
    if signed.signed_at > at:
        why = InBoth("số và con dấu không được có trước chữ ký.", "number and seal come after the signature.")
        raise OutOfOrder(why=why)
    if certificate is None:
        return take(session, request, actor, at, lambda facts, given: _numbered(session, signed, given))
    key = _its(certificate, key)
    tools = by or means(current())

    def make(facts: Facts, given: Numbered | None) -> tuple[Begun, Made]:
        assert given is not None and facts.revision_id is not None
        begun = _begun(facts, facts.revision_id, signed.content_digest, certificate, signed.file_digest)
        data, number = files.read(session, signed.file_digest), f"{given.number:02d}"
        return begun, making.sealed(session, data, number, given.date, facts, certificate, key, at, tools)

    return _taken(session, request, actor, at, make)


def sign_request(intent: Intent, file: bytes) -> Request:
    """The step that a signing leads to, with the file that came back (its digest)."""
    return Request(intent.document_id, Action.SIGN, intent.seq, revision_id=intent.revision_id, file_digest=file)


def _its(certificate: Certificate, key: Key | None) -> Key:
    """The key that was opened, if it is this certificate's: another may have been registered meanwhile."""
    if key is None:
        raise PassphraseNeeded()
    if key.der != certificate.der:
        raise CertificateChanged()
    return key


def _hold(session: Session, document_id: int) -> None:
    """Nobody takes its signature back, nor signs it anew, between reading the signed file and sending it."""
    session.connection().exec_driver_sql(_HOLD, {"id": document_id})


def _taken(session: Session, request: Request, actor: Actor, at: datetime,
           make: Callable[[Facts, Numbered | None], tuple[Begun, Made]]) -> Taken:  # fmt: skip
    """The step with the file that is made for it, and the signature beside it."""
    held: list[tuple[int, bytes, Made]] = []

    def keep(facts: Facts, given: Numbered | None) -> bytes:
        begun, made = make(facts, given)
        intent, _ = intents.write(session, begun, at, at + AT_ONCE)
        held.append((intent, files.keep(session, made.data), made))
        return held[0][1]

    taken = take(session, request, actor, at, keep)
    ((intent, digest, made),) = held
    intents.sign(session, intent, taken, digest, at, made.stamped_at, made.level)
    return taken


def _numbered(session: Session, signed: SignedFile, given: Numbered | None) -> bytes:
    assert given is not None
    data = files.read(session, signed.file_digest)
    return files.keep(session, making.numbered(data, f"{given.number:02d}", given.date))


def _begun(facts: Facts, revision_id: int, content: bytes, certificate: Certificate, prepared: bytes) -> Begun:
    return Begun(facts.document_id, revision_id, facts.seq, certificate.purpose, facts.holder.office_id, certificate.id,
                 prepared, content)  # fmt: skip


def usable(way: Way) -> Certificate | None:
    """The certificate whose key is kept here, None where the step is taken plainly. Raises what refuses it."""
    if way.why is not None:
        raise way.why
    if way.kind == "token":
        raise TokenSigns()
    return way.certificate


def token_of(way: Way) -> Certificate:
    """The certificate of a way that leads through a token. Raises what refuses it, `KeySigns` where it doesn't."""
    if way.why is not None:
        raise way.why
    if way.kind != "token" or way.certificate is None:
        raise KeySigns()
    return way.certificate


def _with(session: Session, found: Certificate, at: datetime, by: Means | None) -> Way:
    tools = by or means(current())
    whose = certificates.whose_of(session, found.office_id, found.unit_id)
    try:
        context = tools.context(at, found.der, certificates.revoked(session), found.chain)
        certificates.refuse_unfit(found.der, whose, context, at)
    except DonDocError as error:
        return Way("refused", found, error)
    return Way(found.store, found)


def _without(session: Session, unit_id: int, what: str, english: str) -> Way:
    if not certificates.required(session, unit_id):
        return Way("plain")
    body, _ = house.issuer(session, unit_id)
    return Way("refused", why=SignatureRequired(unit=body.full_name, what=InBoth(what, english)))


def _issuer(session: Session, document_id: int) -> int:
    row = one_or_none(session, "SELECT issuer_id FROM document WHERE id = %(id)s", {"id": document_id})
    if row is None:
        raise NoSuchDocument(document=document_id)
    return int(row[0])


_HOLD = "SELECT FROM document WHERE id = %(id)s FOR NO KEY UPDATE"
