"""Reading in the background: two files at a time, each in a process of its own; no request waits for it.

A reading that a restart has cut off leaves its file unread; the page then offers to read it again.
"""

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Engine
from sqlmodel import Session

from api.pages import language
from documents.receiving import read_one
from states import acting, database

AT_ONCE = 2
PATIENCE = timedelta(minutes=5)
"""How long a file may be in reading before the page no longer says so."""
_READERS = ThreadPoolExecutor(AT_ONCE, "reading")


async def read_all(engine: Engine, numbers: Sequence[int], at: datetime) -> None:
    """Read these papers; whoever sent them does not wait."""
    say = language.say("vi")  # it is kept with the file, for whoever reads it later
    loop = asyncio.get_running_loop()
    opened = partial(_own_work, engine)
    await asyncio.gather(*(loop.run_in_executor(_READERS, read_one, opened, number, at, say) for number in numbers))


@contextmanager
def _own_work(engine: Engine) -> Iterator[Session]:
    """The request's office is gone by then, and a mail's papers are laid down in the name of who brought the mail."""
    with database.transaction(engine) as session, acting.reading_all(session):
        yield session
