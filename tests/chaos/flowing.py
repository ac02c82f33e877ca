"""Work that goes through Prefect while it is killed and away: plans issued over HTTP, reports sent, totals asked for.

Prefect opens what a plan requires and takes figures up; what it was not there for, its own sweep finds when it is back.
"""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial

from states.database import transaction
from tests.chaos import forks, races
from tests.chaos.audit import compare
from tests.chaos.clock import SERVERS
from tests.chaos.found import Found
from tests.chaos.ledger import Ledger, read
from tests.chaos.prefect_parts import PATIENCE, Parts, prefect
from tests.chaos.settling import settle
from tests.chaos.stage import Stage, looking
from tests.chaos.voices import Voices
from tests.world import WARDS
from workflows import jobs

AFTER = 30.0
"""Seconds of work after the return."""
PACE = {True: 15.0, False: 3.0}
"""Seconds between two plans while Prefect is there (each of its runs is a process of seconds), and while not."""
NUMBER = SERVERS + 8


@dataclass
class Flowed:
    """What came of one storm: plans issued and how many of them while it was away; the longest wait for an answer;
    runs cut in the middle; seconds from its return until nothing was left to do; whether the worker outlived it."""

    part: str
    away: float
    plans: int = 0
    while_away: int = 0
    slowest: float = 0.0
    cut: int = 0
    back: float = 0.0
    outlived: bool = True
    wrong: list[str] = field(default_factory=list)


def flows_storm(on: Stage, part: str, away: float) -> tuple[Flowed, Found]:
    """Kill a part of Prefect («server», «worker») amid its runs, leave it away, start it again, let it finish; then
    compare.
    """
    done = Flowed(part, away)
    with prefect(on) as parts, races.serving(on):
        worker = forks.start(partial(_work, on), on.faults)
        try:
            _storm(on, parts, done)
        finally:
            os.kill(worker, signal.SIGTERM)
            os.waitpid(worker, 0)
        _finish(parts, on, done)
    if on.faults.exists():
        done.wrong.append(on.faults.read_text()[-3000:])
    told = [line for line in read(on.ledgers / f"flowing-{NUMBER}.jsonl") if line["said"] == "done"]
    issued = [line for line in told if line["what"] == "http submit"]
    done.plans, done.slowest = len(issued), max((line["seconds"] for line in issued), default=0.0)
    done.while_away = sum(not line["there"] for line in issued)
    forks.in_child(lambda: settle(on))
    found = forks.in_child(lambda: compare(on, chains=True))
    found.twice += forks.in_child(lambda: _twice(on))
    found.wrong += done.wrong
    return done, found


def _storm(on: Stage, parts: Parts, done: Flowed) -> None:
    (on.home / "there").touch()
    done.cut = _amid_runs(parts)
    (on.home / "there").unlink()
    parts.kill(done.part)
    time.sleep(done.away)
    done.outlived = done.part == "worker" or parts.is_up("worker")
    parts.start(done.part)
    if not done.outlived:
        parts.start("worker")
    (on.home / "there").touch()
    time.sleep(AFTER)


def _amid_runs(parts: Parts) -> int:
    """Returns when plans were fanned out and totals made, and a consolidation runs; how many runs there are then."""
    begun, asked = time.monotonic(), 0.0
    while time.monotonic() < begun + PATIENCE:
        if time.monotonic() > asked + 8:
            parts.ask("consolidate")
            asked = time.monotonic()
        worked = parts.runs("fan-out-plan", "COMPLETED") > 2 and parts.runs("consolidate", "COMPLETED") > 1
        if worked and parts.runs("consolidate", "RUNNING"):
            return 1 + parts.runs("fan-out-plan", "RUNNING")
        time.sleep(0.05)
    raise TimeoutError("Prefect made no total")


def _finish(parts: Parts, on: Stage, done: Flowed) -> None:
    """Nobody works any more: Prefect's own sweep and consolidation do what is left."""
    begun = asked = time.monotonic() - 20
    while left := forks.in_child(lambda: _left(on)):
        if time.monotonic() > begun + PATIENCE:
            done.wrong.append(f"{left} not done {PATIENCE:.0f} s after Prefect's {done.part} was back")
            break
        if time.monotonic() > asked + 15:
            for flow in ("watch-deadlines", "consolidate"):
                parts.ask(flow)
            asked = time.monotonic()
        time.sleep(3)
    done.back = time.monotonic() - begun - 20


def _left(on: Stage) -> str:
    """What is still to be done, in words; empty when nothing is."""
    on.enter()
    plans, totals = jobs.undone(), jobs.ready(on.clock.now(NUMBER))
    return f"{len(plans)} plans, {len(totals)} levels" if plans or totals else ""


def _work(on: Stage) -> None:
    """Until told to end: a plan issued over HTTP, the wards' reports of an older one sent."""
    over: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: over.append(number))
    voices, ledger = Voices(on), Ledger(on.ledgers / f"flowing-{NUMBER}.jsonl")
    clerk, due = voices.secret("MG", "clerk"), 0.0
    while not over:
        there = (on.home / "there").exists()
        if time.monotonic() > due:
            due = time.monotonic() + PACE[there]
            _issue(on, voices, ledger, clerk, there)
        _send(on, ledger)
        time.sleep(0.3)


def _issue(on: Stage, voices: Voices, ledger: Ledger, clerk: str, there: bool) -> None:
    with transaction() as session:
        here = on.cast.on(session, on.clock.now(SERVERS + 9))
        plan = here.draft_plan()
        here.write_plan(plan)
        here.present(plan)
        here.sign(plan)
    begun = time.monotonic()
    voices.step(plan, "submit", clerk)
    seconds = time.monotonic() - begun
    seq = voices.see(plan, clerk)["seq"]
    ledger.write("done", what="http submit", document=plan, seq=seq, there=there, seconds=seconds)


def _send(on: Stage, ledger: Ledger) -> None:
    """The four wards' reports of a plan that Prefect has opened: then a level is complete, and may be taken up."""
    with looking() as run:
        plan = run(_OPENED).scalar()
    for unit in WARDS if plan else ():
        with transaction() as session:
            here = on.cast.on(session, on.clock.now(NUMBER))
            here.plan = plan
            report = here.report_of(unit)
            here.write(report, 1)  # as often as it was saved
            taken = here.send(report)
        ledger.write("done", what="submit", document=report, seq=taken.seq, digest=taken.digest.hex(),
                     number=taken.number)  # fmt: skip


def _twice(on: Stage) -> list[str]:
    """Each report opened by one fan-out, taken up by one consolidation."""
    on.enter()
    with looking() as run:
        opened: Counter[str] = Counter()
        for plan, levels in run("SELECT subject, done -> 'opened' FROM flow_note WHERE flow = 'fan_out'"):
            opened[plan] += sum((levels or {}).values())
        again = list(run(_TAKEN_UP_TWICE).scalars())
    return [f"plan {plan} opened {count} reports" for plan, count in opened.items() if count > 7] + [
        f"report {report} taken up twice" for report in again
    ]


_OPENED = """
SELECT plan_id FROM document WHERE kind = 'report' AND level = 'commune' AND plan_id IS NOT NULL
 GROUP BY plan_id HAVING count(*) = 4 AND every(state = 'draft') ORDER BY plan_id LIMIT 1
"""
_TAKEN_UP_TWICE = "SELECT document_id FROM step WHERE action = 'consolidate' GROUP BY 1 HAVING count(*) > 1"
