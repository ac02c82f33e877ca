"""Plays the accidents and compares: `make chaos`, or `python -m tests.chaos --short`.

Ends with 1 where something was lost, done twice or is otherwise wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tests.chaos import faults, races
from tests.chaos.audit import Found, compare
from tests.chaos.disk import disk_full
from tests.chaos.falsifying import falsify
from tests.chaos.forks import in_child
from tests.chaos.report import Report, Row, as_document
from tests.chaos.settling import settle
from tests.chaos.stage import Stage, stage
from tests.chaos.storm import Counted, Storm, warm

PAGE = Path("docs/chaos.md")


@dataclass(frozen=True)
class Extent:
    """How much of everything; seconds and counts."""

    kills: int
    between: int
    cuts: float
    stops: int
    away: float
    rounds: int
    fillings: int
    each: bool = True
    """Whether each thing is judged by itself, or all together at the end."""


LONG = Extent(kills=2_400, between=300, cuts=60, stops=12, away=120, rounds=200, fillings=3)
SHORT = Extent(kills=24, between=24, cuts=0, stops=1, away=0.3, rounds=1, fillings=0, each=False)


def main() -> int:
    """Run what was asked for and say what came of it."""
    asked = _arguments()
    extent = SHORT if asked.short else LONG
    changed = {
        name: getattr(asked, name)
        for name in ("kills", "away", "cuts", "stops", "rounds")
        if getattr(asked, name) is not None
    }
    extent = replace(extent, **changed)
    report, begun = Report(), time.monotonic()
    say = (lambda _: None) if asked.json else _say

    def page() -> None:
        report.seconds = time.monotonic() - begun
        if asked.write:
            PAGE.write_text(as_document(report, f"python -m tests.chaos {' '.join(sys.argv[1:])}"))

    _play(report, extent, asked.only, say, page)
    sys.stdout.write(json.dumps(report.as_json(), indent=1) if asked.json else report.as_text())
    sys.stdout.write(
        "\n" + "\n".join(report.differences[:40]) + "\n" if report.differences and not asked.json else "\n"
    )
    return 0 if report.clean else 1


def _play(
    report: Report, extent: Extent, only: list[str], say: Callable[[str], None], page: Callable[[], None]
) -> None:
    with stage(Path("/var/lib") if _root() else None) as on:
        warm(on)
        for name, act in (_ACTS if extent.each else _SHORT_ACTS).items():
            if not only or name in only:
                begun = time.monotonic()
                act(on, extent, report)
                work = sum(os.times()[:4])
                passed, work = time.monotonic() - begun, sum(os.times()[:4])
                say(f"{name}: {passed:.0f} s, {work:.0f} s of work so far, {len(report.differences)} differences")
                page()
        if not extent.each:
            report.judge("All of it, compared at the end", "once", _judged(on, chains=True))
        if not only or "proof" in only:
            _prove(on, report)
    if (not only or "disk" in only) and extent.fillings:
        _disk(extent, report)
    page()


def _kills(on: Stage, extent: Extent, report: Report) -> None:
    """kill -9 at named points and at random moments, two of every worker at once."""
    counted, last = Counted(), False
    while counted.all < extent.kills:
        until = min(counted.all + extent.between, extent.kills)
        last = until == extent.kills
        Storm(on, faults.ALL, counted=counted).rage(partial(_reached, counted, until))
        report.kills = counted.kills
        found = _judged(on, chains=last) if extent.each else Found()
        if not found.clean or last:
            report.judge("kill -9, two of every worker at once", f"{counted.all:,} kills", found, counted)
            if not found.clean:
                return


def _reached(counted: Counted, until: int) -> bool:
    """So many kills, and everybody among them: on a slow machine some come to work late."""
    return counted.all >= until and {kind for kind, _ in counted.kills} >= set(faults.ALL)


def _cuts(on: Stage, extent: Extent, report: Report) -> None:
    counted = Counted()
    cut = faults.terminations(on, extent.cuts, counted)
    report.judge("`pg_terminate_backend` while all work", f"{cut:,} connections cut", _judged_now(on, extent), counted)


def _stops(on: Stage, extent: Extent, report: Report) -> None:
    if not on.own_server:
        report.not_done.append("PostgreSQL stopped hard: the server of DATABASE_URL is not ours to kill")
        return
    counted = Counted()
    done = faults.hard_stops(on, extent.stops, counted)
    tried = ", ".join(f"{count} × {how}" for how, count in done.items() if count)
    note = "immediate shutdown, kill -9 of all its processes, kill -9 of one" if extent.stops > 1 else ""
    report.judge("PostgreSQL stopped hard while all work", tried, _judged_now(on, extent), counted, note)


def _weather(on: Stage, extent: Extent, report: Report) -> None:
    counted = Counted()
    tried = f"{faults.all_at_once(on, counted)} connections cut, no mail server"
    tried += ", PostgreSQL stopped (immediate)" if on.own_server else ""
    what = "Several at once while all work, in two seconds"
    report.judge(what, tried, _judged_now(on, extent), counted)


def _mail(on: Stage, extent: Extent, report: Report) -> None:
    counted = Counted()
    failed = faults.mail_away(on, extent.away, counted)
    found = _judged_now(on, extent)
    note = f"{failed:,} deliveries failed and were tried again"
    if found.there:
        note += f"; {found.there['mails']:,} mails arrived in all, {found.there['mails repeated']} of them repeated"
    report.judge("The mail server killed and away", f"{extent.away:.0f} s", found, counted, note)


def _prefect(on: Stage, extent: Extent, report: Report) -> None:
    """Prefect away: whoever issues a plan over HTTP is not kept waiting; the sweep does it afterwards."""
    report.not_done.append(_NO_PREFECT)
    issued = faults.prefect_away(on, extent.away)
    tried = f"{extent.away:.0f} s, {issued.plans} plans"
    note = f"the slowest answer took {issued.seconds:.1f} s; the sweep fanned all of them out"
    report.judge("Plans issued over HTTP while nobody answers for Prefect", tried, _judged_now(on, extent), None, note)


def _races(on: Stage, extent: Extent, report: Report) -> None:
    with races.serving(on):
        for race in (races.signers, races.one_key, races.windows):
            raced = in_child(partial(race, on, extent.rounds))
            answers = ", ".join(f"{count:,} × {what}" for what, count in raced.answers.items())
            tried = f"{raced.rounds} rounds of {raced.clients} at once"
            report.rows.append(Row(f"Over HTTP: {raced.name}", tried, wrong=len(raced.wrong), note=answers))
            report.differences += raced.wrong
    report.judge("All of it once more, after the races", "", _judged_now(on, extent))


def _disk(extent: Extent, report: Report) -> None:
    found: list[Found] = []
    counted = Counted()
    done = disk_full(extent.fillings, counted, lambda on: found.append(_judged(on, chains=True)))
    if done is None:
        report.not_done.append("The disk full: this machine lets nobody mount a small file system")
        return
    note = (f"PostgreSQL refused to write {done['full']:,} times and was down {done['down']:,} times; {done['done']:,} "
            f"acts acknowledged, {done['told']:,} refused, {done['unknown']:,} not done for want of room")  # fmt: skip
    there, answers = report.there, report.answers  # of the main stage
    report.judge("PostgreSQL's disk full while all work", f"{done['fillings']} times", found[0], counted, note)
    report.there, report.answers = there, answers


def _prove(on: Stage, report: Report) -> None:
    """The comparison finds what is wrong: false entries in a ledger, a step and a mail that were taken away."""
    false = in_child(lambda: falsify(on))
    found = in_child(lambda: compare(on))
    missed = [what for what, words in false.items()
              if not any(words in line for line in (*found.lost, *found.twice, *found.wrong))]  # fmt: skip
    report.rows.append(Row("The comparison itself, on false data", f"{len(false)} faults put in", wrong=len(missed),
                           note=f"found: {len(false) - len(missed)}"))  # fmt: skip
    report.differences += [f"the comparison does not find: {what}" for what in missed]


def _judged_now(on: Stage, extent: Extent) -> Found:
    return _judged(on) if extent.each else Found()


def _judged(on: Stage, *, chains: bool = False) -> Found:
    in_child(lambda: settle(on))
    return in_child(lambda: compare(on, chains=chains))


_NO_PREFECT = (
    "a real Prefect that dies and comes back: here nobody answers at its address"
    " (a run of a real Prefect is killed in tests/workflows/test_flows.py)"
)
_ACTS: dict[str, Callable[[Stage, Extent, Report], None]] = {
    "kills": _kills, "cuts": _cuts, "stops": _stops, "mail": _mail, "prefect": _prefect, "races": _races,
}  # fmt: skip
_SHORT_ACTS = {"kills": _kills, "weather": _weather, "prefect": _prefect, "races": _races}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--short", action="store_true", help="a little of everything: some ten seconds")
    parser.add_argument("--kills", type=int, help="how many workers are killed")
    parser.add_argument("--away", type=float, help="for how many seconds mail and Prefect are away")
    parser.add_argument("--cuts", type=float, help="for how many seconds connections are cut")
    parser.add_argument("--stops", type=int, help="how often PostgreSQL is stopped hard")
    parser.add_argument("--rounds", type=int, help="how many rounds each race has")
    parser.add_argument("--only", nargs="+", default=[], choices=[*_ACTS, "weather", "disk", "proof"])
    parser.add_argument("--json", action="store_true", help="the figures for a program")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE}")
    return parser.parse_args()


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


def _root() -> bool:
    return os.geteuid() == 0


if __name__ == "__main__":
    sys.exit(main())
