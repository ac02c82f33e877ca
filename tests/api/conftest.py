"""The API on the named province: real database, real commits, the world's clock."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fastapi import FastAPI
from jinja2 import FileSystemBytecodeCache

from api import deps
from api.app import create_app
from api.pages.language import LANGUAGES
from api.pages.rendering import environment
from states import database as db
from states import units
from states.embedded import Urls
from states.settings import Settings
from tests.http_world import Api, Prefect, TestClient
from tests.world import PROVINCE, World


@pytest.fixture(scope="module")
def api(database: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The app, the world committed, an auditor and an administrator beside its people."""
    engine = db.engine(database.program)
    with db.transaction(engine) as session:
        world = World(session)
    app = _app(tmp_path_factory.getbasetemp())
    prefect = Prefect()
    with prefect.listening(), TestClient(app, raise_server_exceptions=False) as client:
        # A busy machine is no silent Prefect: here nobody gives up asking.
        there = Settings(prefect_api_url=prefect.url, prefect_seconds=60, session_requests_per_minute=0,
                         address_requests_per_minute=0)  # fmt: skip
        app.state.machine = deps.Machine(lambda: db.blind_engine(database.program), lambda: world.now, lambda: there)
        made = Api(app, client, world, database, prefect)
        province = world.unit(PROVINCE)
        world.people[province, "auditor"] = made.seat(province, "auditor", "Kiểm")
        world.people[province, "admin"] = made.seat(province, "admin", "Quản")
        world.units["Việt Nam"] = units.ROOT
        world.people[units.ROOT, "admin"] = made.seat(units.ROOT, "admin", "Gốc")
        yield made


@cache
def _app(folder: Path) -> FastAPI:
    """One for all modules of this process: what FastAPI works out of 260 routes at their first call costs a second.

    What one worker has compiled of the pages' templates the others read: all of them take two seconds a language.
    """
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    for language in LANGUAGES:
        kept = shared / f"templates-{language}"
        kept.mkdir(exist_ok=True)
        environment(language).bytecode_cache = FileSystemBytecodeCache(str(kept))
    return create_app()
