"""The processes beneath `dondoc serve` and `dondoc show`: what each is started with, and where they are found."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

from rich.panel import Panel
from rich.table import Table

from api.patience import HEAD_BYTES
from documents.signing import places
from states.embedded import Urls
from states.settings import Settings
from workflows.child import Child
from workflows.prefect_server import environment, prefect_server


def parts(settings: Settings, urls: Urls, home: Path) -> Iterator[Child]:
    """The children in the order of their start; each is only made once the one before is ready."""
    # The parts work as the login that owns nothing, and never learn the owner's.
    shared = environment(settings, home) | {
        "DATABASE_URL": urls.program,
        "DATABASE_OWNER_URL": "",
        "DONDOC_HOME": str(settings.home.expanduser().resolve()),
        # Empty is unset: whatever stands in this process's environment turns nobody's clock.
        "DONDOC_DEMO_AHEAD": _span(settings.demo_ahead),
    }
    logs = home / "log"
    if settings.prefect_api_url is None:
        yield prefect_server(settings, home)
    flows = [sys.executable, "-m", "workflows.flows", "serve"]
    yield Child("the flows", flows, environment=shared, log=logs / "flows.log", restarts=1)
    if settings.tsa_url is None and places.only_samples(settings):
        port = _free_port()
        shared["DONDOC_TSA_URL"] = f"http://127.0.0.1:{port}/"
        stamps = [sys.executable, "-m", "documents.signing.tsa", str(port), str(places.folder(settings))]
        yield Child("the time stamps", stamps, environment=shared, log=logs / "stamps.log",
                    health_url=shared["DONDOC_TSA_URL"], restarts=3)  # fmt: skip
    address = ["--host", settings.api_host, "--port", str(settings.api_port)]
    quietly = ["--no-server-header", "--timeout-graceful-shutdown", "5",
               "--http", "api.patience:Patient", "--h11-max-incomplete-event-size", str(HEAD_BYTES)]  # fmt: skip
    yield Child(
        "the API",
        [sys.executable, "-m", "uvicorn", "api.app:app", *address, *quietly],
        environment=shared,
        log=logs / "api.log",
        health_url=f"{_api_url(settings)}/openapi.json",
    )


def where(settings: Settings, home: Path, more: Mapping[str, str]) -> Panel:
    """What is printed once all of them run; `more`: further lines after the pages' address."""
    table = Table.grid(padding=(0, 2))
    prefect = settings.prefect_url.removesuffix("/api")
    rows = {
        "Pages": _api_url(settings),
        **more,
        "The API's documentation": f"{_api_url(settings)}/docs",
        "Prefect": prefect,
        "Mail goes to": f"{settings.smtp_host}:{settings.smtp_port} (smtp)",
        "Data and logs": str(home),
    }
    for name, place in rows.items():
        table.add_row(name, place)
    return Panel(table, title=f"{settings.office} is running: Ctrl-C stops it", expand=False)


def _free_port() -> int:
    """A port that nobody listens on now; nobody outside needs to know it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _api_url(settings: Settings) -> str:
    host = "127.0.0.1" if settings.api_host in ("0.0.0.0", "::") else settings.api_host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.api_port}"


def _span(ahead: timedelta | None) -> str:
    """As settings read it, in whole seconds; a clock may be behind, too."""
    seconds = round(ahead.total_seconds()) if ahead else 0
    return f"{'-' * (seconds < 0)}PT{abs(seconds)}S" if seconds else ""
