"""The story's bundles, made once for all tests of proofs: they are bytes that nobody changes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.documents.proof import story
from tests.documents.proof.story import Proofs


@pytest.fixture(scope="session")
def proofs(server: Any, template: str) -> Proofs:
    return story.tell(server, template)
