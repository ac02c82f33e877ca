"""A little of every accident, in a process of its own (it forks); the long form is `make chaos`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def run() -> dict[str, Any]:
    """What the short form said, as its figures."""
    command = [sys.executable, "-m", "tests.chaos", "--short", "--json"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
                          timeout=150, check=False)  # fmt: skip
    assert done.stdout.startswith("{"), done.stderr[-4000:]
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_nothing_is_lost_nothing_done_twice_and_nothing_else_is_wrong(run: dict[str, Any]) -> None:
    assert run["differences"] == []
    assert run["killed"] >= 20 and run["there"]["steps"] > 50
    acknowledged = [row["acknowledged"] for row in run["rows"] if row["acknowledged"] is not None]
    assert acknowledged and min(acknowledged) > 20


def test_everybody_was_killed_and_some_at_named_points(run: dict[str, Any]) -> None:
    killed = {row["kind"] for row in run["kills"]}
    assert killed >= {"officer", "planner", "totals", "postman", "server", "client", "sealer", "sequencer"}
    assert [row for row in run["kills"] if row["where"] != "at a random moment"]


def test_of_64_at_once_one_wins_and_one_key_is_one_act(run: dict[str, Any]) -> None:
    answers = {row["what"]: row["note"] for row in run["rows"]}
    assert set(answers["Over HTTP: signing one report"].split(", ")) == {"1 × 201", "63 × 409 stale"}
    assert answers["Over HTTP: one act under one key"] == "64 × 201"
    assert "1 × 200" in answers["Over HTTP: saving one draft"]


def test_the_comparison_finds_what_is_put_in(run: dict[str, Any]) -> None:
    (proof,) = [row for row in run["rows"] if row["what"].startswith("The comparison itself")]
    assert proof["wrong"] == 0 and int(proof["tried"].split()[0]) >= 6
