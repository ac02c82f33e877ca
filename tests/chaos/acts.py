"""The acts of the storm, each tried, judged and written into the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.chaos import faults, races
from tests.chaos.audit import compare
from tests.chaos.disk import disk_full
from tests.chaos.falsifying import falsify
from tests.chaos.flowing import flows_storm
from tests.chaos.forks import in_child
from tests.chaos.found import Found
from tests.chaos.report import Report, Row
from tests.chaos.settling import settle
from tests.chaos.stage import Stage, stage
from tests.chaos.storm import Counted, Storm


@dataclass(frozen=True)
class Extent:
    """How much of everything; seconds and counts."""

    kills: int
    between: int
    cuts: float
    stops: int
    away: float
    """Seconds that the mail server and Prefect are away."""
    rounds: int
    fillings: int
    each: bool = True
    """Whether each thing is judged by itself, or all together at the end."""


LONG = Extent(kills=2_400, between=300, cuts=60, stops=12, away=180, rounds=200, fillings=3)
SHORT = Extent(kills=24, between=24, cuts=0, stops=1, away=0.3, rounds=1, fillings=0, each=False)


def _kills(on: Stage, extent: Extent, report: Report) -> None:
    """kill -9 at named points and at random moments, two of every worker at once."""
    counted, last = Counted(), False
    while counted.all < extent.kills:
        until = min(counted.all + extent.between, extent.kills)
        last = until == extent.kills
        Storm(on, faults.ALL, counted=counted).rage(partial(_reached, counted, until))
        report.kills = counted.kills
        found = judged(on, chains=last) if extent.each else Found()
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


def _nobody_there(on: Stage, extent: Extent, report: Report) -> None:
    """Prefect away: whoever issues a plan over HTTP is not kept waiting; the sweep does it afterwards."""
    issued = faults.prefect_away(on, extent.away)
    tried = f"{extent.away:.0f} s, {issued.plans} plans"
    note = f"the slowest answer took {issued.seconds:.1f} s; the sweep fanned all of them out"
    report.judge("Plans issued over HTTP while nobody answers for Prefect", tried, _judged_now(on, extent), None, note)


def prefect(part: str, extent: Extent, report: Report, folder: Path | None) -> None:
    """A real Prefect: its server, or its worker, killed amid their runs, away, and started again."""
    there, answers = report.there, report.answers  # of the main stage
    with stage(folder) as on:
        done, found = flows_storm(on, part, extent.away)
    tried = f"{done.away:.0f} s, {done.plans} plans issued over HTTP, {done.while_away} of them meanwhile"
    outlived = "" if part == "worker" else "; its worker outlived it" if done.outlived else (
        "; its worker ended with it and was started again")  # fmt: skip
    note = (f"{done.cut} runs cut{outlived}; the slowest answer took {done.slowest:.1f} s; Prefect itself had done all"
            f" that was left {done.back:.0f} s after the last of the work; {found.there['totals']} totals")  # fmt: skip
    report.judge(f"{PARTS[part]}: kill -9 amid its runs, and away", tried, found, None, note)
    report.there, report.answers = there or report.there, answers or report.answers


def _races(on: Stage, extent: Extent, report: Report) -> None:
    with races.serving(on):
        for race in (races.signers, races.one_key, races.windows):
            raced = in_child(partial(race, on, extent.rounds))
            answers = ", ".join(f"{count:,} × {what}" for what, count in raced.answers.items())
            tried = f"{raced.rounds} rounds of {raced.clients} at once"
            report.rows.append(Row(f"Over HTTP: {raced.name}", tried, wrong=len(raced.wrong), note=answers))
            report.differences += raced.wrong
    report.judge("All of it once more, after the races", "", _judged_now(on, extent))


def disk(extent: Extent, report: Report) -> None:
    found: list[Found] = []
    counted = Counted()
    done = disk_full(extent.fillings, counted, lambda on: found.append(judged(on, chains=True)))
    if done is None:
        report.not_done.append("The disk full: this machine lets nobody mount a small file system")
        return
    note = (f"PostgreSQL refused to write {done['full']:,} times and was down {done['down']:,} times; {done['done']:,} "
            f"acts acknowledged, {done['told']:,} refused, {done['unknown']:,} not done for want of room")  # fmt: skip
    there, answers = report.there, report.answers  # of the main stage
    report.judge("PostgreSQL's disk full while all work", f"{done['fillings']} times", found[0], counted, note)
    report.there, report.answers = there, answers


def prove(on: Stage, report: Report) -> None:
    """The comparison finds what is wrong: false entries in a ledger, a step and a mail that were taken away."""
    false = in_child(lambda: falsify(on))
    found = in_child(lambda: compare(on))
    missed = [what for what, words in false.items()
              if not any(words in line for line in (*found.lost, *found.twice, *found.wrong))]  # fmt: skip
    report.rows.append(Row("The comparison itself, on false data", f"{len(false)} faults put in", wrong=len(missed),
                           note=f"found: {len(false) - len(missed)}"))  # fmt: skip
    report.differences += [f"the comparison does not find: {what}" for what in missed]


def _judged_now(on: Stage, extent: Extent) -> Found:
    return judged(on) if extent.each else Found()


def judged(on: Stage, *, chains: bool = False) -> Found:
    in_child(lambda: settle(on))
    return in_child(lambda: compare(on, chains=chains))


PARTS = {"server": "Prefect's server", "worker": "The process that serves Prefect's flows"}
ACTS: dict[str, Callable[[Stage, Extent, Report], None]] = {
    "kills": _kills, "cuts": _cuts, "stops": _stops, "mail": _mail, "races": _races,
}  # fmt: skip
SHORT_ACTS = {"kills": _kills, "weather": _weather, "nobody": _nobody_there, "races": _races}
