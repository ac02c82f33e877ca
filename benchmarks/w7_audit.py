"""W7: `dondoc audit verify` over millions of steps: `python -m benchmarks.w7_audit --documents 1000000`.

Each report is five steps, a content with three figures, a sending and a number of its register; all of it sealed.
"""

import argparse
import os
import resource
import sys
import time

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.data import server
from benchmarks.seasons import write_seasons
from states.log.notes import Signer
from states.verifying import everything


def main() -> None:
    """Write the seasons, audit them by two processes, say the rates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    os.environ["DONDOC_STATEMENT_SECONDS"] = "3600"
    signer = Signer("dondoc/bench", Ed25519PrivateKey.generate())
    with server() as running, running.made("bench_audit", "bench_template") as made:
        written = write_seasons(made, asked.documents, signer)
        sys.stdout.write(f"written: {written}\n")
        start = time.perf_counter()
        found = everything.verify(made.urls.owner, signer.verifier, processes=asked.processes)
        took = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    steps = found.rows["step"]
    sys.stdout.write(f"{len(found.faults)} faults; {steps:,} steps and {found.size:,} leaves in {took:.0f} s:"
                     f" {steps / took:,.0f} steps/s; processor time of the workers and the server"
                     f" {used.ru_utime + used.ru_stime:.0f} s\n")  # fmt: skip


if __name__ == "__main__":
    main()
