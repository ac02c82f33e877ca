"""A delivering worker in a process of its own: `python worker_process.py DATABASE SMTP_PORT NAME NOW [START]`.

Where a file START is named it says that it is ready by a file `ready-NAME` beside it, and waits; delivers once, and
prints what it did.
"""

import sys
import time
from datetime import datetime
from functools import partial
from pathlib import Path

from notifications.email import EmailChannel
from notifications.outbox import deliver
from states import database as db
from states.calendar import Calendar

if __name__ == "__main__":
    url, port, name, now, *start = sys.argv[1:]
    calendar = Calendar.vietnam()
    calendar.is_quiet(datetime.fromisoformat(now))  # what is counted once, before the race
    if start:
        Path(start[0]).with_name(f"ready-{name}").touch()
        while not Path(start[0]).exists():
            time.sleep(0.002)
    channel = EmailChannel("127.0.0.1", int(port), sender="dondoc@mau.example", seconds=60)
    make_session = partial(db.transaction, db.engine(url))
    done = deliver(make_session, datetime.fromisoformat(now), [channel], name, calendar)
    sys.stdout.write(f"{done.sent} {done.failed} {done.dead}\n")
