"""Opening a keystore: one passphrase, tried by one person at a time, and each wrong one makes the next wait longer."""

import math
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from documents.signing import keys
from documents.signing.certificates import Certificate
from documents.signing.errors import NoSuchCertificate, PassphraseNeeded, Waiting, WrongPassphrase
from documents.signing.keys import BadKeystore, Key
from states import attempts
from states.attempts import Count
from states.driver import one_or_none


def unlock(session: Session, certificate: Certificate, passphrase: str | None, at: datetime) -> Key:
    """The key of a certificate. Raises `PassphraseNeeded`, `WrongPassphrase`, `Waiting`.

    A wrong passphrase is counted in a transaction of its own, for the caller's is rolled back by the refusal.
    """
    if not passphrase:
        raise PassphraseNeeded()
    count = Count(attempts.key("keystore", certificate.id))
    if (refusal := attempts.refused(session, [count], at)) is not None:
        raise Waiting(minutes=math.ceil((refusal.wait or timedelta()) / timedelta(minutes=1)))
    row = one_or_none(session, "SELECT pkcs12 FROM keystore WHERE certificate_id = %(id)s", {"id": certificate.id})
    if row is None:
        raise NoSuchCertificate(number=certificate.id)
    try:
        key = keys.unpack(bytes(row[0]), passphrase)
    except BadKeystore:
        _count(session, count, at)
        raise WrongPassphrase() from None
    attempts.forget(session, count.key)
    return key


def _count(session: Session, count: Count, at: datetime) -> None:
    bind = session.get_bind()
    engine: Engine = bind.engine if isinstance(bind, Connection) else bind
    with Session(engine) as own, own.begin():
        attempts.failed(own, [count], at)
