"""Prefect's own tables, made once in a run of the tests: its migrations take seven seconds of each server's start."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest


def keep(home: Path, tmp: pytest.TempPathFactory) -> None:
    """What a server has made in this folder, for those that start later, in other workers too."""
    if _kept(tmp).exists():
        return
    new = _kept(tmp).with_suffix(f".{os.getpid()}")
    _copied(home / "prefect.db", new)
    new.replace(_kept(tmp))


def lend(home: Path, tmp: pytest.TempPathFactory) -> None:
    """A folder that a server is to start in: it finds what was kept, else it makes its tables itself."""
    if _kept(tmp).exists():
        home.mkdir(parents=True, exist_ok=True)
        _copied(_kept(tmp), home / "prefect.db")


def _kept(tmp: pytest.TempPathFactory) -> Path:
    mine = tmp.getbasetemp()
    return (mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine) / "prefect.db"


def _copied(there: Path, here: Path) -> None:
    with closing(sqlite3.connect(there)) as made, closing(sqlite3.connect(here)) as new:
        made.backup(new)
