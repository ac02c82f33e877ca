"""What was tried and what came of it, as a table: on the screen, as JSON, and as docs/chaos.md."""

from __future__ import annotations

import os
import platform
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.chaos.found import Found
from tests.chaos.storm import Counted

TITLES = {
    "officer": "Officers: steps, drafts, contents, numbers (API functions, one transaction each)",
    "planner": "Plans issued and fanned out",
    "totals": "Consolidation",
    "postman": "Notices and mail",
    "server": "The HTTP server",
    "client": "HTTP clients, each act under a key",
    "sealer": "Signing and sealing PDFs",
    "sequencer": "The log's sequencer",
}


@dataclass
class Row:
    """One thing that was tried: how often, how many acts were acknowledged until it was judged, what was wrong then."""

    what: str
    tried: str
    acknowledged: int | None = None
    lost: int = 0
    twice: int = 0
    wrong: int = 0
    note: str = ""


@dataclass
class Report:
    """All rows of a run, the kills by place, and every difference in words."""

    rows: list[Row] = field(default_factory=list)
    kills: Counter[tuple[str, str]] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)
    there: dict[str, int] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)
    not_done: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def clean(self) -> bool:
        return not self.differences

    def judge(self, what: str, tried: str, found: Found, counted: Counted | None = None, note: str = "") -> None:
        """Add what was compared after one thing was tried; a worker that failed is a difference, too."""
        failures = counted.failures if counted else []
        acknowledged = sum(found.acknowledged.values()) - found.acknowledged["post"] if found.acknowledged else None
        wrong = len(found.wrong) + len(failures)
        self.rows.append(Row(what, tried, acknowledged, len(found.lost), len(found.twice), wrong, note))
        self.differences += [f"{what}: {words}" for words in (*found.lost, *found.twice, *found.wrong)]
        self.differences += [f"{what}: a worker ended with an error that is no sentence: {words}" for words in failures]
        self.there, self.answers = found.there or self.there, found.answers or self.answers

    def as_json(self) -> dict[str, Any]:
        kills = [{"kind": kind, "where": where, "kills": count} for (kind, where), count in sorted(self.kills.items())]
        return {"clean": self.clean, "rows": [asdict(row) for row in self.rows], "kills": kills,
                "killed": sum(self.kills.values()), "differences": self.differences[:100], "there": self.there,
                "answers": self.answers, "not_done": self.not_done, "seconds": round(self.seconds)}  # fmt: skip

    def as_text(self) -> str:
        """The two tables in Markdown."""
        lines = ["| tried | how often | acknowledged so far | lost | twice | otherwise wrong | |",
                 "|---|---|---:|---:|---:|---:|---|"]  # fmt: skip
        for row in self.rows:
            told = "" if row.acknowledged is None else f"{row.acknowledged:,}"
            lines.append(f"| {row.what} | {row.tried} | {told} | {row.lost} | {row.twice} | {row.wrong} | {row.note} |")
        lines += [
            "",
            f"Kills, {sum(self.kills.values()):,} in all:",
            "",
            "| worker | killed | times |",
            "|---|---|---:|",
        ]
        for kind, title in TITLES.items():
            places = sorted((where, count) for (one, where), count in self.kills.items() if one == kind)
            lines += [
                f"| {title if not number else ''} | {where} | {count} |" for number, (where, count) in enumerate(places)
            ]
        return "\n".join(lines)


def as_document(report: Report, command: str) -> str:
    """docs/chaos.md."""
    facts = (f"{datetime.now(UTC).date()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python "
             f"{platform.python_version()}, {report.seconds / 60:.0f} minutes, `{command}`")  # fmt: skip
    found = ", ".join(f"{count:,} {name}" for name, count in report.there.items())
    answers = ", ".join(f"{count:,} {name}" for name, count in sorted(report.answers.items()))
    undone = "".join(f"- {words}\n" for words in report.not_done)
    differences = "".join(f"- {words}\n" for words in report.differences[:40])
    return _DOCUMENT.format(facts=facts, tables=report.as_text(), found=found, answers=answers,
                            undone=undone or "- nothing of the list above was left out\n",
                            differences=differences or "None.\n")  # fmt: skip


_DOCUMENT = """# Nothing lost, nothing twice

`make chaos` plays accidents on real parts and compares, afterwards, what clients were told with what is there. This
page is written by the command (`python -m tests.chaos --write`); a short form runs in the test suite.

**How.** A PostgreSQL of its own (or a new database on the one of `DATABASE_URL`), a real SMTP server, real HTTP
servers, two of every worker at once, all on one small province. Each worker is a client that writes what it asks for
and what it was told into a ledger, flushed to the disk, before it goes on. Workers are killed with signal 9 at named
points (a statement, a commit, a call; put into the worker's process from outside, the product has no hooks) and at
random moments; the next life reads the ledger, looks what came of its last act, and goes on. Between storms the
program's own sweep finishes what was left half done.

**Prefect** is tried apart: its real server, then the process that serves our flows, each killed with all its processes
while runs work, left away, and started again on the same database file. Plans go on being issued over HTTP, reports
go on being sent. Afterwards Prefect's own runs of the sweep and of the consolidation, asked for every 15 seconds
instead of waiting for the next quarter of an hour, must have finished what was left within ten minutes.

**What is compared**, by plain SQL: each acknowledged act is there with its digest and number; no act is there twice,
and none that nobody asked for; each draft says how often it was saved; registers have no gap and each number its
sending; each plan is fanned out once; each report stands once in one total, and each total is the sum of what it took
up; each signature has its file, and the sealed file begins with the signed one; each step has one place in the log;
every step was told, every mail that is recorded as sent has arrived. Then `dondoc audit verify` looks at everything.
The comparison itself is proven in each run: faults that are put in must be found.

## The last long run

{facts}

{tables}

Answers to clients: {answers} («found»: looked up after a crash; «absent»: it had not happened; «told»: refused in
words; «unknown»: the connection broke). In the database at the end of the main part: {found}.

Differences: {differences}
Not covered by this run:

{undone}
**What it does not show.** A process is killed, not the machine: power loss under a disk that lies about `fsync`, a
failing disk and a failover to another server are not tried. Mail may arrive twice (SMTP knows no once): a repeated mail
bears the same `Message-ID`, by which it is counted above and dropped by whoever reads it. The machine was shared while
this ran: its speed says nothing.
"""
