"""What befalls the machine while everybody works: connections cut, PostgreSQL stopped hard, mail and Prefect away.
Nobody is killed by us then; whatever goes wrong must end in words and lose nothing.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

from states.database import transaction
from tests.chaos import races
from tests.chaos.clock import SERVERS
from tests.chaos.forks import in_child
from tests.chaos.stage import Stage
from tests.chaos.storm import Counted, Storm
from tests.chaos.voices import Voices

ALL = ("officer", "planner", "totals", "postman", "server", "client", "sealer", "sequencer")
HOW = ("immediate", "kill all", "kill one")


def terminations(on: Stage, seconds: float, counted: Counted) -> int:
    """pg_terminate_backend for somebody some twenty times a second; returns how many connections were cut."""
    cut = 0
    owner = on.owner()
    name = owner.info.dbname

    def tick() -> None:
        nonlocal cut
        if random.random() < 0.1:
            cut += len(owner.execute(_TERMINATE, (name, owner.info.backend_pid)).fetchall())

    try:
        Storm(on, ALL, counted=counted).work(seconds, tick)
    finally:
        owner.close()
    return cut


def hard_stops(on: Stage, stops: int, counted: Counted, *, apart: float = 2.0) -> dict[str, int]:
    """PostgreSQL stopped without a goodbye while everybody works, and started again; returns how often, by way."""
    done = dict.fromkeys(HOW, 0)
    next_at = time.monotonic() + apart

    def tick() -> None:
        nonlocal next_at
        if time.monotonic() < next_at or sum(done.values()) >= stops:
            return
        how = HOW[sum(done.values()) % len(HOW)]
        on.stop_hard(how)
        on.recover()
        done[how] += 1
        next_at = time.monotonic() + apart

    while sum(done.values()) < stops:
        Storm(on, ALL, counted=counted).work((stops - sum(done.values())) * (apart + 1) + apart, tick)
    return done


def all_at_once(on: Stage, counted: Counted) -> int:
    """The short form: no mail server, connections cut, then PostgreSQL stopped, all within two seconds; returns how
    many connections were cut.
    """
    on.stop_smtp()
    cut, stopped, begun, owner = 0, not on.own_server, time.monotonic(), on.owner()

    def tick() -> None:
        nonlocal cut, stopped
        if time.monotonic() - begun < 0.8:
            cut += len(owner.execute(_TERMINATE, (owner.info.dbname, owner.info.backend_pid)).fetchall())
        elif not stopped:
            stopped = True
            on.stop_hard("immediate")
            on.recover()

    Storm(on, ALL, each=1, counted=counted).work(1.8, tick)
    owner.close()
    on.start_smtp()
    return cut


def mail_away(on: Stage, seconds: float, counted: Counted) -> int:
    """The mail server killed, and away for so long while everybody works; returns how many deliveries failed."""
    on.stop_smtp()
    Storm(on, ALL, counted=counted).work(seconds)
    on.start_smtp()
    with on.owner() as owner:
        row = owner.execute("SELECT count(*) FROM delivery WHERE outcome = 'failed'").fetchone()
    return int(row[0]) if row else 0


@dataclass
class Issued:
    """Plans that were issued, and the longest that anybody waited for the answer."""

    plans: int = 0
    seconds: float = 0.0


def prefect_away(on: Stage, seconds: float) -> Issued:
    """Plans issued over HTTP while nothing answers at Prefect's address; for so long."""
    with races.serving(on):
        return in_child(lambda: _issue_over_http(on, seconds))


def _issue_over_http(on: Stage, seconds: float) -> Issued:
    voices, done = Voices(on), Issued()
    end = time.monotonic() + seconds
    clerk = voices.secret("MG", "clerk")
    while time.monotonic() < end:
        now = on.clock.now(SERVERS + 9)
        with transaction() as session:
            here = on.cast.on(session, now)
            plan = here.draft_plan()
            here.write_plan(plan)
            here.present(plan)
            here.sign(plan)
        begun = time.monotonic()
        voices.step(plan, "submit", clerk)
        done.plans, done.seconds = done.plans + 1, max(done.seconds, time.monotonic() - begun)
        time.sleep(0.2)
    return done


_TERMINATE = """
SELECT pg_terminate_backend(pid) FROM (
    SELECT pid FROM pg_stat_activity WHERE datname = %s AND pid <> %s AND backend_type = 'client backend'
     ORDER BY random() LIMIT 1) one
"""
