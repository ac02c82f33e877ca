"""Bad input, the long form: `make fuzz`, or `python -m tests.fuzz --schema 20000 --raw 100000`.

Ends with 1 where something answered 5xx, hung, broke off, or wrote what must not be written.
"""

from __future__ import annotations

import argparse
import sys
import time

from api.app import app
from benchmarks.data import server
from tests.fuzz import raw, schema
from tests.fuzz.raw import Outcome
from tests.fuzz.town import Target, in_process, tell


def main() -> int:
    """Run what was asked for and say what came of it."""
    asked = _arguments()
    clean = True
    with server() as running, running.made("fuzz", "bench_template") as database:
        told = tell(database.urls.program)
        with in_process(database.urls.program) as port:
            target = Target(
                port, database.urls.program, told.auditor, told.drafter, told.plan, told.report, app.openapi()
            )
            before, begun = target.rows(), time.monotonic()
            if asked.raw:
                clean &= _said("raw, nothing to be written", raw.run(target, asked.raw * 4 // 5, asked.seed), begun)
                clean &= _unchanged(before, target.rows())
                begun = time.monotonic()
                flipped = raw.run(target, asked.raw - asked.raw * 4 // 5, asked.seed, may_write=True)
                clean &= _said("raw, flipped requests of a drafter", flipped, begun)
            if asked.schema:
                begun = time.monotonic()
                clean &= _said(
                    "schemathesis", schema.run(target, asked.schema, asked.seed, say=sys.stderr.write), begun
                )
    return 0 if clean else 1


def _said(name: str, found: Outcome, begun: float) -> bool:
    sys.stdout.write(
        f"{name}: {found.cases:,} cases in {time.monotonic() - begun:.0f} s, {len(found.failures)} failures\n"
    )
    for what in (found.kinds, found.answers):
        sys.stdout.write("  " + ", ".join(f"{one}: {count:,}" for one, count in sorted(what.items(), key=str)) + "\n")
    for failure in found.failures[:20]:
        sys.stdout.write(f"  {failure}\n")
    sys.stdout.flush()
    return not found.failures


def _unchanged(before: dict[str, int], after: dict[str, int]) -> bool:
    changed = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    sys.stdout.write(f"  rows written: {changed or 'none'}\n")
    return not changed


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--schema", type=int, default=0, metavar="N", help="so many cases by schemathesis")
    parser.add_argument("--raw", type=int, default=0, metavar="N", help="so many cases of raw bytes")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
