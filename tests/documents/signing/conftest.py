"""Every test of signing: one desk, and keystores that open at once."""

import pytest
from sqlmodel import Session

from documents.signing import keys
from tests.documents.signing.desk import Desk, pack_quickly


@pytest.fixture(autouse=True)
def _quick_keystores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "pack", pack_quickly)


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)
