"""Runs all benchmarks: `make bench`, or `python -m benchmarks --quick --json FILE --only W1`."""

import argparse
import json
import os
import platform
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import Measured, w1_step, w2_fan_out, w3_board, w4_roll_up, w5_pages, w6_signing
from benchmarks.data import Server, server

Bench = Callable[[Server], list[Measured]]
NAMES = ("W1", "W2", "W3", "W4", "W5", "W6")


def main() -> None:
    """Measure, print a table, and write the figures to a file where one is named."""
    asked = _arguments()
    console = Console()
    if not console.is_terminal:
        console = Console(width=150)
    start = time.perf_counter()
    with server() as running:
        facts = _facts(running)
        console.print(", ".join(f"{name} {value}" for name, value in facts.items()))
        measured = [each for name, bench in _benches(asked.quick).items() if name in asked.only
                    for each in _shown(console, bench(running))]  # fmt: skip
    console.print(_table(measured))
    console.print(f"{time.perf_counter() - start:.0f} s; a ratio is the engine's time over the hand-written one's")
    if asked.json:
        asked.json.write_text(json.dumps({**facts, "measured": [_plain(each) for each in measured]}, indent=2) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, fewer owed reports: about a minute")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to FILE")
    parser.add_argument("--only", nargs="+", default=NAMES, metavar="W1", help="some of W1 … W6")
    return parser.parse_args()


def _benches(quick: bool) -> dict[str, Bench]:
    if quick:
        return {
            "W1": lambda on: w1_step.measure(on, rounds=3, steps=60),
            "W2": lambda on: w2_fan_out.measure(on, rounds=1),
            "W3": lambda on: w3_board.measure(on, rounds=5, plans=2),
            "W4": lambda on: w4_roll_up.measure(on, rounds=1),
            "W5": lambda on: w5_pages.measure(on, rounds=9, provinces=w5_pages.ENOUGH),
            "W6": lambda on: w6_signing.measure(on, rounds=9),
        }
    return {
        "W1": lambda on: w1_step.measure(on, rounds=15, steps=200),
        "W2": lambda on: w2_fan_out.measure(on, rounds=9),
        "W3": lambda on: w3_board.measure(on, rounds=15, plans=23),
        "W4": lambda on: w4_roll_up.measure(on, rounds=7),
        "W5": lambda on: w5_pages.measure(on, rounds=41),
        "W6": lambda on: w6_signing.measure(on, rounds=41),
    }


def _shown(console: Console, measured: list[Measured]) -> list[Measured]:
    for each in measured:
        console.print(f"{each.name}: {each.ratio:.2f}× {each.note}")
    return measured


def _facts(running: Server) -> dict[str, Any]:
    return {
        "date": datetime.now(UTC).date().isoformat(), "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1),
        "machine": platform.machine(), "python": platform.python_version(), "postgresql": running.version,
    }  # fmt: skip


def _table(measured: Iterable[Measured]) -> Table:
    table = Table("Work", "Engine", "By hand", "Ratio", "Min–max", "Aim", "Met", "Note")
    for each in measured:
        low, high = min(each.ratios), max(each.ratios)
        table.add_row(
            each.name, _time(median(each.engine)), _time(median(each.floor)), f"{each.ratio:.2f}×",
            f"{low:.2f}–{high:.2f}", f"{each.aim:.1f}×" if each.aim else "–",
            {True: "yes", False: "no", None: "–"}[each.met], each.note,
        )  # fmt: skip
    return table


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def _plain(each: Measured) -> dict[str, Any]:
    return {
        "name": each.name, "ratio": round(each.ratio, 3), "min": round(min(each.ratios), 3),
        "max": round(max(each.ratios), 3), "aim": each.aim, "met": each.met, "note": each.note,
        "engine_seconds": [round(s, 5) for s in each.engine], "by_hand_seconds": [round(s, 5) for s in each.floor],
    }  # fmt: skip


if __name__ == "__main__":
    main()
