"""Prefect's server as a child process, without a word to the outside.

Nothing here imports prefect: that costs a second and 80 MB, and the parent has no need of it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sqlalchemy import make_url

from states.settings import Settings
from workflows.child import Child


def prefect_server(settings: Settings, home: Path) -> Child:
    """The child that serves Prefect's API and pages, with its files under `home`; not started yet.

    Its database is DONDOC_PREFECT_DATABASE_URL, else a SQLite file: Prefect holds no business
    state, and it needs the extension pg_trgm, which the embedded PostgreSQL does not have.
    """
    address = ["--host", settings.prefect_host, "--port", str(settings.prefect_port)]
    return Child(
        "Prefect",
        [sys.executable, "-m", "prefect", "server", "start", *address],
        environment=environment(settings, home) | _database(settings),
        log=home / "log" / "prefect.log",
        health_url=f"{settings.prefect_url}/health",
        restarts=3,  # whoever issues a plan does not need it: its end must not end the API with it
    )


def environment(settings: Settings, home: Path) -> dict[str, str]:
    """What every process that speaks with Prefect needs: where it is, its files, and its silence."""
    scratch = home / "tmp"  # its runner writes into the shared /tmp otherwise, where a second user is refused
    scratch.mkdir(parents=True, exist_ok=True)
    return {
        "TMPDIR": str(scratch),
        "PREFECT_API_URL": settings.prefect_url,
        "PREFECT_HOME": str(home / "prefect"),
        # Without a server a flow must fail, not start a hidden one with a database of its own.
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_RUNNER_POLL_FREQUENCY": "2",
        "PREFECT_CLI_PROMPT": "false",
        "DO_NOT_TRACK": "1",
    }


def _database(settings: Settings) -> dict[str, str]:
    if settings.prefect_database_url is None:
        return {}  # Prefect's own default: prefect.db in PREFECT_HOME
    url = make_url(settings.prefect_database_url).set(drivername="postgresql+asyncpg")
    return {"PREFECT_SERVER_DATABASE_CONNECTION_URL": url.render_as_string(hide_password=False)}
