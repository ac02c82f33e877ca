"""Bad input, the long form: `make fuzz`, or `python -m tests.fuzz --schema 20000 --raw 100000`.

Ends with 1 where something answered 5xx, hung, broke off, or wrote what must not be written.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from api.app import app
from benchmarks.data import server
from states.settings import current
from tests.fuzz import raw, schema
from tests.fuzz.outcome import Outcome
from tests.fuzz.people import tell
from tests.fuzz.town import Target, in_process


def main() -> int:
    """Run what was asked for and say what came of it."""
    asked = _arguments()
    for number in (signal.SIGINT, signal.SIGTERM):  # to be stopped, also in the background
        signal.signal(number, signal.default_int_handler)
    clean = True
    with _home(), server() as running, running.made("fuzz", "bench_template") as database:
        told = tell(database.urls.program)
        with in_process(database.urls.program) as port:
            target = Target(port, database.urls.program, told.plan, told.report, app.openapi(), told.voices)
            if asked.raw:
                before, whole = target.rows(), partial(raw.run, target, seed=asked.seed)
                clean &= _tried("raw, nothing to be written", partial(whole, asked.raw * 4 // 5))
                clean &= _unchanged(before, target.rows())
                clean &= _tried("raw, flipped requests of who may write",
                                partial(whole, asked.raw - asked.raw * 4 // 5, may_write=True))  # fmt: skip
            if asked.schema:
                say = sys.stderr.write
                clean &= _tried("schemathesis", partial(schema.run, target, asked.schema, asked.seed, say=say))
    return 0 if clean else 1


def _tried(name: str, run: Callable[..., Outcome]) -> bool:
    """Run, say what came of it; also where it is stopped (Ctrl-C): what came of it so far."""
    found, begun = Outcome(), time.monotonic()
    try:
        run(found=found)
    except KeyboardInterrupt:
        name += ", stopped before its end"
    sys.stdout.write(
        f"{name}: {found.cases:,} cases in {time.monotonic() - begun:.0f} s, {len(found.failures)} failures\n"
    )
    for what in (found.kinds, found.answers):
        sys.stdout.write("  " + ", ".join(f"{one}: {count:,}" for one, count in sorted(what.items(), key=str)) + "\n")
    for seat, share in found.shares().items():
        sys.stdout.write(f"  {seat}: {share['asked']:,} asked, {share['good']:.0%} good, {share['other']:.0%} refused "
                         f"past the door, {share['door']:.0%} at the door (401, 403)\n")  # fmt: skip
    for failure in found.failures[:20]:
        sys.stdout.write(f"  {failure}\n")
    sys.stdout.flush()
    return not found.failures


@contextmanager
def _home() -> Iterator[None]:
    """A home of its own, so that no key and no file of this machine's program is touched."""
    with tempfile.TemporaryDirectory(prefix="dondoc-fuzz-") as home:
        os.environ["DONDOC_HOME"] = home
        current.cache_clear()
        yield


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
