"""The disk full: a server of its own on a small file system that is filled up while everybody works."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.chaos.ledger import all_lines
from tests.chaos.stage import Stage, stage
from tests.chaos.storm import Counted, Storm, warm


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path | None]:
    """A file system of its own in memory; None where this machine does not let us mount one."""
    folder = Path(tempfile.mkdtemp(prefix="dondoc-small-", dir="/var/lib" if os.geteuid() == 0 else None))
    folder.chmod(0o755)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(folder)], capture_output=True,
        check=False,
    )  # fmt: skip
    try:
        yield folder if mounted.returncode == 0 else None
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", str(folder)], check=True)
        shutil.rmtree(folder, ignore_errors=True)


def disk_full(fillings: int, counted: Counted, then: Callable[[Stage], None]) -> dict[str, int] | None:
    """A server of its own on a disk that is filled up while everybody works, and made free again; `then` judges it.

    Returns how often it was full, how often PostgreSQL then refused to write, and how many acts were acknowledged,
    refused in words, or left without an answer; None where nothing can be mounted. The ledgers lie elsewhere: a client
    that can't write its own is another matter.
    """
    with small_disk(420) as disk, _elsewhere() as ledgers:
        if disk is None:
            return None
        with stage(disk) as on:
            shutil.rmtree(on.ledgers)
            on.ledgers, on.faults = ledgers, ledgers / "faults.txt"
            warm(on)
            storm, full, down = Storm(on, ("officer", "planner", "totals"), counted=counted), 0, 0
            for _ in range(fillings):
                filling = _Filling(disk, on)
                storm.work(8, filling.tick)
                full, down = full + filling.refused, down + filling.down
                on.recover()
            then(on)
            said = [line["said"] for line in all_lines(on.ledgers)]
    return {
        "fillings": fillings,
        "full": full,
        "down": down,
        **{name: said.count(name) for name in ("done", "told", "unknown")},
    }


class _Filling:
    """Fills the disk after a second, keeps it full while PostgreSQL is made to write much, frees it for the end."""

    def __init__(self, disk: Path, on: Stage) -> None:
        self.refused, self.down, self._next = 0, 0, 0.0
        self._disk, self._on, self._begun, self._free = disk, on, time.monotonic(), False
        self._filler = disk / "filler"

    def tick(self) -> None:
        passed = time.monotonic() - self._begun
        if passed < 1 or self._free:
            return
        if passed > 5:
            self._filler.unlink(missing_ok=True)
            self._free = True
            return
        with contextlib.suppress(OSError), self._filler.open("ab", buffering=0) as file:
            while file.write(_BLOCK):
                pass
        if time.monotonic() > self._next:
            self._next = time.monotonic() + 0.2
            self._write_much()

    def _write_much(self) -> None:
        """So that what PostgreSQL has set aside is used up, too."""
        try:
            with self._on.owner() as owner:
                owner.execute("CREATE TABLE much AS SELECT repeat(md5(n::text), 30) FROM generate_series(1, 20000) n")
                owner.execute("DROP TABLE much")
        except psycopg.errors.DiskFull:
            self.refused += 1
        except psycopg.OperationalError:
            self.down += 1


_BLOCK = b"\0" * 4096


@contextmanager
def _elsewhere() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="dondoc-ledgers-") as folder:
        yield Path(folder)
