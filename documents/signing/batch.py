"""Forty documents, one passphrase (ký hàng loạt): the key is opened once, each document is signed by itself."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from documents.signing import acts, kept
from documents.signing.acts import Way
from documents.signing.keys import Key
from documents.signing.trust import Means
from documents.signing.unlocking import unlock
from states.driver import rows
from states.errors import DonDocError
from states.policy import Actor
from states.steps import Request, Taken

Factory = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True)
class Row:
    """A document as it is confirmed: the content that was put up last by its digest (hex), the step it stands at."""

    document_id: int
    revision_id: int
    seq: int
    title: str
    unit: str
    content_digest: str


@dataclass(frozen=True)
class Done:
    """What became of one: the step, or why there is none. Digests in hex; `number` of `of`."""

    document_id: int
    taken: Taken | None
    error: DonDocError | None
    content_digest: str | None
    file_digest: str | None
    number: int
    of: int


def to_confirm(session: Session, documents: Sequence[int]) -> list[Row]:
    """What somebody is about to sign, in the order in which it was named; those without a content are left out."""
    found = {row[0]: Row(*row) for row in rows(session, _ROWS, {"ids": list(documents)})}
    return [found[one] for one in documents if one in found]


def sign_many(factory: Factory, requests: Sequence[Request], actor: Actor, passphrase: str | None,
              now: Callable[[], datetime], *, by: Means | None = None) -> Iterator[Done]:  # fmt: skip
    """Sign one after the other, telling of each; one that is refused does not hold up the others.

    `factory` gives a transaction that commits at its end. Before the first: `WrongPassphrase`, `Waiting`,
    `PassphraseNeeded`, and what refuses the certificate.
    """
    if not requests:
        return
    with factory() as session:
        way = acts.way_to_sign(session, requests[0].document_id, actor, now(), by=by)
        key = _opened(session, way, passphrase, now())
    for number, request in enumerate(requests, 1):
        yield _one(factory, request, actor, key, now, number, len(requests), by)


def _opened(session: Session, way: Way, passphrase: str | None, at: datetime) -> Key | None:
    certificate = acts.usable(way)
    return unlock(session, certificate, passphrase, at) if certificate else None


def _one(factory: Factory, request: Request, actor: Actor, key: Key | None, now: Callable[[], datetime], number: int,
         of: int, by: Means | None) -> Done:  # fmt: skip
    try:
        with factory() as session:
            at = now()
            certificate = acts.usable(acts.way_to_sign(session, request.document_id, actor, at, by=by))
            taken = acts.sign_with(session, request, actor, at, certificate, key, by=by)
            shown = [one for one in kept.signatures(session, taken.document_id) if one.seq == taken.seq]
    except DonDocError as error:
        return Done(request.document_id, None, error, None, None, number, of)
    file = shown[0].file_digest if shown else None
    return Done(taken.document_id, taken, None, shown[0].content_digest if shown else None, file, number, of)


_ROWS = """
SELECT d.id, r.id, d.seq, d.title, u.name, encode(r.digest, 'hex')
  FROM document d JOIN unit u ON u.id = d.unit_id
  JOIN LATERAL (SELECT r.id, r.digest FROM revision r WHERE r.document_id = d.id AND r.part = 'whole'
                 ORDER BY r.no DESC LIMIT 1) r ON true
 WHERE d.id = ANY(%(ids)s)
"""
