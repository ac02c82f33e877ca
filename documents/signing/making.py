"""The files of a signature, from the document's content: served to be signed, signed, numbered, sealed."""

import io
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from sqlmodel import Session

from documents.signing import fields, pades, pictures
from documents.signing.certificates import Certificate, revoked
from documents.signing.keys import Key
from documents.signing.names import NUMBER, OFFICER, SEAL
from documents.signing.pades import Evidence, NotSigned
from documents.signing.pictures import Picture
from documents.signing.trust import Means
from documents.signing.validating import good_stamp
from documents.writing import house
from documents.writing.composing import compose_to_sign
from states.facts import Facts
from states.reading.signing import Signature

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Made:
    """A signed file; `stamped_at`: what its time stamp says, None without one."""

    data: bytes
    stamped_at: datetime | None
    level: str


def served(session: Session, facts: Facts, revision_id: int, at: datetime, means: Means) -> bytes:
    """The PDF of a revision as its leader is about to sign it, certified, number and day still open."""
    holder = facts.holder
    signature = Signature(facts.seq + 1, at, holder.name, holder.title, holder.authority, False, holder.person_id)
    paper = compose_to_sign(session, facts.document_id, revision_id, signature)
    return fields.prepare(paper, means.system, at)


def signed(session: Session, prepared: bytes, facts: Facts, certificate: Certificate, key: Key, at: datetime,
           means: Means) -> Made:  # fmt: skip
    """The officer's signature, between title and name."""
    body, _ = house.issuer(session, facts.parties.issuer_id)
    drawn = pictures.officer(facts.holder.name, facts.holder.title, body.full_name, at, sample=certificate.sample)
    return _made(session, lambda: _writer(prepared), OFFICER, key, drawn, at, means)


def numbered(data: bytes, number: str, day: date) -> bytes:
    """The signed file with its number and day filled in, where there is no seal."""
    writer, output = _writer(data), io.BytesIO()
    fields.fill(writer, number, day)
    writer.write(output)
    return _read_back(output.getvalue(), number)


def sealed(session: Session, data: bytes, number: str, day: date, facts: Facts, certificate: Certificate, key: Key,
           at: datetime, means: Means) -> Made:  # fmt: skip
    """The signed file with its number and day, and the seal over the left third of the signature."""
    body, _ = house.issuer(session, facts.parties.issuer_id)

    def filled() -> Any:
        writer = _writer(data)
        fields.fill(writer, number, day)
        return writer

    drawn = pictures.seal(body.full_name, at, sample=certificate.sample)
    made = _made(session, filled, SEAL, key, drawn, at, means)
    _read_back(made.data, number)
    return made


def _read_back(data: bytes, number: str) -> bytes:
    """Before anybody keeps it: what was made opens, and bears its number."""
    try:
        said = fields.values(data).get(NUMBER)
    except Exception as error:  # it begins with what came from outside, which may break a parser in any way
        raise NotSigned(why=type(error).__name__) from error
    if said != number:
        raise NotSigned(why="tệp làm ra không mang số (the file that was made does not bear its number)")
    return data


def _made(session: Session, begin: Callable[[], Any], name: str, key: Key, drawn: Picture, at: datetime,
          means: Means) -> Made:  # fmt: skip
    evidence = means.evidence(at, revoked(session), key)
    if evidence.stamper is not None:
        try:
            return _stamped(begin, name, key, drawn, at, evidence, means)
        except Exception as error:  # what the server of others answers may break a parser in any way
            # Nobody is kept from signing because their clock is down; the level says that there is no stamp.
            _log.warning("signed without a time stamp: %s: %s", type(error).__name__, error)
    plain = Evidence(evidence.context)
    return Made(pades.sign(begin(), name, key, at, plain, drawn), None, plain.level)


def _stamped(begin: Callable[[], Any], name: str, key: Key, drawn: Picture, at: datetime, evidence: Evidence,
             means: Means) -> Made:  # fmt: skip
    """Raises where the stamp would not be believed: it would take the signature's credit away for good."""
    data = pades.sign(begin(), name, key, at, evidence, drawn)
    moment = good_stamp(data, name, means.roots)
    if moment is None:
        raise ValueError("the stamp is not good")
    return Made(data, moment, evidence.level)


def _writer(data: bytes) -> Any:
    return IncrementalPdfFileWriter(io.BytesIO(data))
