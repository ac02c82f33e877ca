"""A signed file that comes back from a token: judged a few times a minute for one person, since each judging costs a
second of the processor, and a hostile file more.
"""

from datetime import datetime

from sqlmodel import Session

from api.pace import Buckets, TooManyRequests
from documents.signing import token
from states.policy import Actor
from states.settings import current
from states.steps import Taken

A_MINUTE = 10


def accept(session: Session, nonce: str, data: bytes, actor: Actor, at: datetime) -> Taken:
    """`token.accept_returned`; raises `TooManyRequests` besides, on a machine that has limits."""
    wait = _given.take(str(actor.person_id), A_MINUTE if current().session_requests_per_minute else 0)
    if wait:
        raise TooManyRequests(seconds=int(wait) + 1)
    return token.accept_returned(session, nonce, data, actor, at)


_given = Buckets()
