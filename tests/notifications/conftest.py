"""Servers that messages really go to, and a database with real commits in which notices wait."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from states.embedded import Urls
from tests.notifications.served import Hook, Mail, Office, Workers, serving


@pytest.fixture
def mail(tmp_path: Path) -> Iterator[Mail]:
    with serving(Mail(tmp_path / "mail")) as server:
        yield server


@pytest.fixture
def hook(tmp_path: Path) -> Iterator[Hook]:
    with serving(Hook(tmp_path / "hook")) as server:
        yield server


@pytest.fixture
def office(fresh_database: Urls) -> Office:
    return Office(fresh_database.program)


@pytest.fixture
def workers(fresh_database: Urls, tmp_path: Path) -> Iterator[Workers]:
    made = Workers(fresh_database.program, tmp_path)
    yield made
    for worker in made.running:
        worker.kill()
        worker.communicate()
