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
from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.chaos.acts import ACTS, LONG, PARTS, SHORT, SHORT_ACTS, Extent, disk, judged, prefect, prove
from tests.chaos.report import Report, as_document
from tests.chaos.stage import stage
from tests.chaos.storm import warm

PAGE = Path("docs/chaos.md")


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
    folder = Path("/var/lib") if os.geteuid() == 0 else None
    acts = ACTS if extent.each else SHORT_ACTS

    def timed(name: str, act: Callable[[], None]) -> None:
        begun = time.monotonic()
        act()
        passed, work = time.monotonic() - begun, sum(os.times()[:4])
        say(f"{name}: {passed:.0f} s, {work:.0f} s of work so far, {len(report.differences)} differences")
        page()

    if not only or {*acts, "proof"} & {*only}:
        with stage(folder) as on:
            warm(on)
            for name, act in acts.items():
                if not only or name in only:
                    timed(name, partial(act, on, extent, report))
            if not extent.each:
                report.judge("All of it, compared at the end", "once", judged(on, chains=True))
            if not only or "proof" in only:
                prove(on, report)
    apart = {f"prefect-{part}": partial(prefect, part, extent, report, folder) for part in PARTS}
    apart["disk"] = partial(disk, extent, report)
    for name, alone in apart.items():  # each on a stage of its own
        if extent.each and (not only or name in only):
            timed(name, alone)
    page()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--short", action="store_true", help="a little of everything: some ten seconds")
    parser.add_argument("--kills", type=int, help="how many workers are killed")
    parser.add_argument("--away", type=float, help="for how many seconds mail and Prefect are away")
    parser.add_argument("--cuts", type=float, help="for how many seconds connections are cut")
    parser.add_argument("--stops", type=int, help="how often PostgreSQL is stopped hard")
    parser.add_argument("--rounds", type=int, help="how many rounds each race has")
    names = [*{**ACTS, **SHORT_ACTS}, "proof", *(f"prefect-{part}" for part in PARTS), "disk"]
    parser.add_argument("--only", nargs="+", default=[], choices=names)
    parser.add_argument("--json", action="store_true", help="the figures for a program")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE}")
    return parser.parse_args()


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


if __name__ == "__main__":
    sys.exit(main())
