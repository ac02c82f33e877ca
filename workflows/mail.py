"""Telling people: the steps' outbox becomes notices, notices go out through the channels that are set up."""

import os
import socket
from datetime import datetime

from notifications import outbox
from states.database import transaction
from states.days import calendar
from states.settings import current


def post(now: datetime) -> str:
    """Address what happened and deliver what is due; returns what was done, in words."""
    with transaction() as session:
        working_days = calendar(session)
        addressed = outbox.address(session, now, working_days)
    done = outbox.deliver(transaction, now, outbox.channels(current()), f"{socket.gethostname()}:{os.getpid()}", working_days)
    return f"{addressed} notices written; {done}"
