"""What is kept only for a while, cleared by the sweep: tries that no longer count, answers nobody asks for again."""

from datetime import datetime, timedelta

from sqlmodel import Session

from states import attempts

ANSWERS_KEPT = timedelta(days=30)
"""How long the answer to an Idempotency-Key is kept: far longer than anybody repeats a request."""


def clear(session: Session, now: datetime) -> int:
    """Delete what is too old; returns how many rows. What is bound to the audit is never touched."""
    answers = session.connection().exec_driver_sql(_ANSWERS, {"before": now - ANSWERS_KEPT}).rowcount
    return attempts.clear(session, now) + answers


_ANSWERS = "DELETE FROM idempotency WHERE at < %(before)s"
