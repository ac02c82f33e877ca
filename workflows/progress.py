"""How far a run is (tiến độ), told in short transactions of its own while the work's own transaction goes on.

Telling never stops the work: where the database does not take a word, the log has it and the work goes on.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from states import database
from states.errors import DonDocError

log = logging.getLogger("dondoc.progress")

BEAT_SECONDS = 20.0
"""How often a run says that it lives; `states.reading.runs` takes a silence of two minutes for its death."""


class Tell:
    """What the work calls: ``tell(3, "cấp xã")``. The row is written at the first word, so idle sweeps leave none."""

    def __init__(self, bind: Engine | str | None, flow: str, plan_id: int | None, total: int, now: datetime) -> None:
        self._bind = database.engine(bind) if isinstance(bind, str) else bind
        self._keys: dict[str, Any] = {"flow": flow, "plan": plan_id, "total": total, "words": "", "done": 0}
        self._began, self._clock = now, time.monotonic()
        self._row: int | None = None
        self._lock = threading.Lock()

    def __call__(self, done: int, words: str | None = None, *, total: int | None = None) -> None:
        """`done` parts of the total are done; `words`: what is being done now, or was done, in Vietnamese."""
        said = {"done": done, "words": words, "total": total}
        with self._lock:
            self._keys |= {name: value for name, value in said.items() if value is not None}
            self._write(_BEGIN if self._row is None else _TELL)

    def beat(self) -> None:
        """Say that the run lives."""
        with self._lock:
            if self._row is not None:
                self._write(_BEAT)

    def end(self, outcome: str, error: str | None = None) -> None:
        """The run is over; a run that said nothing leaves nothing, unless it failed."""
        with self._lock:
            if self._row is None and error is not None:
                self._write(_BEGIN)
            if self._row is not None:
                self._keys |= {"outcome": outcome, "error": error}
                self._write(_END)

    @property
    def moment(self) -> datetime:
        """The moment of the run's beginning, and the time that has passed since."""
        return self._began + timedelta(seconds=time.monotonic() - self._clock)

    def _write(self, sql: str) -> None:
        try:
            with database.transaction(self._bind) as session:
                self._written(session, sql)
        except (DonDocError, SQLAlchemyError) as error:
            log.warning("the progress of %s was not told (%s)", self._keys["flow"], type(error).__name__)

    def _written(self, session: Session, sql: str) -> None:
        run = session.connection().exec_driver_sql
        keys = self._keys | {"began": self._began, "at": self.moment, "id": self._row}
        if sql is _BEGIN:
            run(_CLOSE_DEAD, keys | {"dead": self.moment - timedelta(minutes=2)})
            self._row = run(_BEGIN, keys).scalar_one()
        else:
            run(sql, keys)


@contextmanager
def progress(
    bind: Engine | str | None, flow: str, plan_id: int | None, total: int, words: str, now: datetime, *,
    quiet: bool = False,
) -> Iterator[Tell]:  # fmt: skip
    """Tell how far a run is to whoever watches: ``with progress(None, "consolidate", plan, 34, "…", now) as tell:``.

    `bind`: an engine or address, None for the process's own. `now`: when it begins; later moments are reckoned from
    it. `quiet`: say nothing before the work itself has something to say, as sweeps that mostly find nothing to do.
    An error passes through, and the run is told as failed with its words.
    """
    tell, over = Tell(bind, flow, plan_id, total, now), threading.Event()
    if not quiet:
        tell(0, words)
    beating = threading.Thread(target=_beat, args=(tell, over), name=f"beat {flow}", daemon=True)
    beating.start()
    try:
        yield tell
    except BaseException as error:
        over.set()
        tell.end("failed", (str(error) or type(error).__name__)[:500])
        raise
    else:
        over.set()
        tell.end("done")
    finally:
        beating.join()


def _beat(tell: Tell, over: threading.Event) -> None:
    while not over.wait(BEAT_SECONDS):
        tell.beat()


# Whoever begins the same work again closes what died over it.
_CLOSE_DEAD = """
UPDATE running SET ended_at = beat_at, outcome = 'failed', error = 'Đứt giữa chừng: tiến trình đã chết'
 WHERE flow = %(flow)s AND plan_id IS NOT DISTINCT FROM %(plan)s::bigint AND ended_at IS NULL AND beat_at < %(dead)s
"""
_BEGIN = """
INSERT INTO running (flow, plan_id, words, done, total, began_at, beat_at)
VALUES (%(flow)s, %(plan)s, %(words)s, %(done)s, %(total)s, %(began)s, %(at)s) RETURNING id
"""
_TELL = "UPDATE running SET words = %(words)s, done = %(done)s, total = %(total)s, beat_at = %(at)s WHERE id = %(id)s"
_BEAT = "UPDATE running SET beat_at = %(at)s WHERE id = %(id)s"
_END = """
UPDATE running SET words = %(words)s, done = %(done)s, total = %(total)s, beat_at = %(at)s, ended_at = %(at)s,
       outcome = %(outcome)s, error = %(error)s WHERE id = %(id)s
"""
