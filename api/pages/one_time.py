"""An act of a page's form, once: a hidden key that is new with each form, claimed in the act's own transaction.

A form that is sent twice (a second press, "send again" of the browser) finds the key used and gets what the first
one made. A refused act leaves no key behind.
"""

import secrets
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb
from sqlmodel import Session

_PREFIX = "page:"


def new_key() -> str:
    """The key for one form."""
    return secrets.token_urlsafe(16)


def claim(session: Session, person_id: int, key: str, at: datetime) -> tuple[bool, Any]:
    """Whether this is the first time, else what the first one kept. An empty key is always the first."""
    if not key:
        return True, None
    keys = _keys(person_id, key) | {"at": at}
    run = session.connection().exec_driver_sql
    if run(_CLAIM, keys).one_or_none() is not None:
        return True, None
    return False, run(_FIND, keys).scalar()


def keep(session: Session, person_id: int, key: str, made: Any) -> None:
    """Keep what the act made, for whoever sends the form again."""
    session.connection().exec_driver_sql(_KEEP, _keys(person_id, key) | {"made": Jsonb(made)})


def _keys(person_id: int, key: str) -> dict[str, Any]:
    return {"person": person_id, "key": _PREFIX + key[:100]}


_CLAIM = """
INSERT INTO idempotency (person_id, key, request, at) VALUES (%(person)s, %(key)s, ''::bytea, %(at)s)
ON CONFLICT DO NOTHING RETURNING key
"""
_FIND = "SELECT answer FROM idempotency WHERE person_id = %(person)s AND key = %(key)s"
_KEEP = "UPDATE idempotency SET answer = %(made)s WHERE person_id = %(person)s AND key = %(key)s"
