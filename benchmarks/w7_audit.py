"""W7: `dondoc audit verify` over millions of steps: `python -m benchmarks.w7_audit --documents 1000000`.

Each report is five steps, a content with three figures, a sending and a number of its register; all of it sealed.
"""

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.data import Database, server
from benchmarks.seasons import write_seasons
from states.log.notes import Signer
from states.verifying import everything


def main() -> None:
    """Write the seasons, audit them by two processes, say the rates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=1, help="how many times the same data is audited")
    asked = parser.parse_args()
    os.environ["DONDOC_STATEMENT_SECONDS"] = "3600"
    signer, say = Signer("dondoc/bench", Ed25519PrivateKey.generate()), _saying()
    with server() as running, running.made("bench_audit", "bench_template") as made:
        say(f"{write_seasons(made, asked.documents, signer, say)}")
        for _ in range(asked.rounds):
            _audit(made, signer, asked.processes, say)


def _audit(made: Database, signer: Signer, processes: int, say: Callable[[str], None]) -> None:
    def tell(done: int, of: int) -> None:
        if done * 10 // of > (done - 1) * 10 // of:
            say(f"{done} of {of} pieces")

    before, own, start = _used(made), time.process_time(), time.perf_counter()
    found = everything.verify(made.urls.owner, signer.verifier, processes=processes, tell=tell)
    took, used = time.perf_counter() - start, _used(made)
    own = time.process_time() - own
    workers, backends = (after - earlier for after, earlier in zip(used, before, strict=True))
    steps = found.rows["step"]
    say(
        f"{len(found.faults)} faults; {steps:,} steps and {found.size:,} leaves in {took:.0f} s:"
        f" {steps / took:,.0f} steps/s; processor of the workers {workers:.0f} s,"
        f" of the one that joins {own:.0f} s, of the server {backends:.0f} s;"
        f" load {os.getloadavg()[0]:.1f}"
    )


def _used(made: Database) -> tuple[float, float]:
    """Processor seconds of the processes that worked for us, and of the server's that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    with psycopg.connect(made.urls.owner) as owner:
        ((folder,),) = owner.execute("SHOW data_directory")
    time.sleep(0.5)  # until the server has taken leave of them
    postmaster = (Path(folder) / "postmaster.pid").read_text().split("\n")[0]
    words = Path(f"/proc/{postmaster}/stat").read_text().rsplit(")", 1)[1].split()
    return used.ru_utime + used.ru_stime, (int(words[13]) + int(words[14])) / os.sysconf("SC_CLK_TCK")


def _saying() -> Callable[[str], None]:
    start = time.perf_counter()

    def say(what: Any) -> None:
        sys.stdout.write(f"{time.perf_counter() - start:7.0f} s  {what}\n")
        sys.stdout.flush()

    return say


if __name__ == "__main__":
    main()
