"""What a client was told: one line per act, on the disk before the client goes on.

`asked` stands before an act, `done` after its answer; `told`: it was refused in words; `unknown`: no answer came
(the connection broke). After a crash the client looks for its last act: `found`, or `absent`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Line = dict[str, Any]


class Ledger:
    """The ledger of one client, kept over all its lives."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def write(self, said: str, **facts: Any) -> None:
        """Keep a line; returns when the disk has it."""
        line = json.dumps({"said": said, **facts}, default=str, ensure_ascii=False)
        os.write(self._file, line.encode() + b"\n")
        os.fdatasync(self._file)

    def open_question(self) -> Line | None:
        """The last act that was asked for and has no answer yet."""
        last: Line | None = None
        for line in read(self.path):
            if line["said"] == "asked":
                last = line
            elif line["said"] != "fault":
                last = None
        return last


def read(path: Path) -> Iterator[Line]:
    """All lines of a ledger; a line that a crash cut short was never acknowledged and is left out."""
    with path.open("rb") as file:
        for raw in file:
            if raw.endswith(b"\n"):
                yield json.loads(raw)


def all_lines(folder: Path) -> Iterator[Line]:
    """The lines of all clients, each with its client's name."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in read(path):
            yield {**line, "client": path.stem}
