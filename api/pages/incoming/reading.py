"""Reading in the background: two files at a time, each in a process of its own; no request waits for it.

A reading that a restart has cut off leaves its file unread; the page then offers to read it again.
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Engine

from api.pages import language
from documents.receiving import read_one
from states import database

AT_ONCE = 2
PATIENCE = timedelta(minutes=5)
"""How long a file may be in reading before the page no longer says so."""
_READERS = ThreadPoolExecutor(AT_ONCE, "reading")


async def read_all(engine: Engine, numbers: Sequence[int], at: datetime) -> None:
    """Read these papers; whoever sent them does not wait."""
    say = language.say("vi")  # it is kept with the file, for whoever reads it later
    loop = asyncio.get_running_loop()
    opened = partial(database.transaction, engine)
    await asyncio.gather(*(loop.run_in_executor(_READERS, read_one, opened, number, at, say) for number in numbers))
