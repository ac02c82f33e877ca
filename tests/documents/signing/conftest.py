"""Every test of signing: one desk, and keystores that open at once."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from documents.signing import keys
from states import database as db
from states.embedded import Urls
from tests.documents.signing.desk import Desk, pack_quickly


@pytest.fixture(autouse=True)
def _quick_keystores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "pack", pack_quickly)


@pytest.fixture
def _tries_forgotten(_shared: Urls) -> Iterator[None]:
    """Wrong passphrases are counted in transactions of their own: they are taken out when the test's has ended."""
    yield
    with db.transaction(db.engine(_shared.program)) as own:
        own.connection().exec_driver_sql("DELETE FROM attempt")


@pytest.fixture
def desk(_tries_forgotten: None, session: Session) -> Desk:
    return Desk(session)
