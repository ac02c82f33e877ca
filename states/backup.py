"""Backup (sao lưu): one folder with the dump of one moment and a manifest that says what is in it, and what is not.

The manifest's counts are those of the dump's own snapshot; both are there whole, or the folder is no backup.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from states import pg_programs
from states.errors import Conflict, Invalid, NotFound
from states.log import keys
from states.settings import Settings

DUMP, MANIFEST = "dondoc.dump", "manifest.json"
FORMAT = "dondoc-backup/1"


class FolderNotEmpty(Conflict):
    """Thư mục {folder} không trống (the folder is not empty): name a new folder for each backup."""


class NoBackup(NotFound):
    """{folder} không phải bản sao lưu (no backup: {why}): name the folder that `dondoc backup` made."""


class BackupChanged(Invalid):
    """Bản sao lưu {folder} đã bị thay đổi hoặc hỏng (the dump's SHA-256 is not the manifest's): take another copy."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `at`: the moment of its snapshot (aware); `digest`: SHA-256 of the dump, in hex; `counts`:
    rows by table; `checkpoint`: the log's newest note and `log_key` what verifies it, None where none was sealed yet;
    `not_in_it`: what must be kept elsewhere, in words.
    """

    at: datetime
    schema: str
    postgresql: int
    digest: str
    size: int
    counts: dict[str, int]
    checkpoint: str | None
    log_key: str | None
    not_in_it: list[str]


def back_up(owner_url: str, folder: Path, settings: Settings, tell: Callable[[str], None] = lambda _: None) -> Manifest:
    """Write a backup of the database at `owner_url` into a new or empty folder, while everybody works on.

    `tell` hears what is being done. Raises `FolderNotEmpty`, `NoPgProgram`, `PgProgramFailed`.
    """
    _prepare(folder)
    part, dump = folder / f"{DUMP}.part", folder / DUMP
    _closed(part)
    with psycopg.connect(plain(owner_url), options="-c timezone=UTC") as owner:
        owner.isolation_level, owner.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
        at, snapshot, major = _one(owner, "SELECT now(), pg_export_snapshot(), current_setting('server_version_num')")
        tell("Dumping the database")
        arguments = ["--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={part}"]
        pg_programs.run("pg_dump", owner_url, arguments, int(major) // 10_000)
        tell("Counting what is in it")
        counts, schema = count(owner), _one(owner, "SELECT version_num FROM alembic_version")[0]
        checkpoint = newest_checkpoint(owner)
    _sync(part)
    log_key = keys.of(settings).verifier.line if checkpoint else None
    manifest = Manifest(at, schema, int(major) // 10_000, digest_of(part), part.stat().st_size, counts, checkpoint,
                        log_key, _not_in_it(settings))  # fmt: skip
    part.rename(dump)
    _write(folder, manifest)
    return manifest


def read(folder: Path) -> Manifest:
    """A backup's manifest, its dump compared with it. Raises `NoBackup`, `BackupChanged`."""
    try:
        said: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        form, at = said.pop("format"), datetime.fromisoformat(said.pop("at"))
        manifest = Manifest(at=at, **said)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoBackup(folder=folder, why=f"{MANIFEST}: {type(error).__name__}") from None
    if form != FORMAT:
        raise NoBackup(folder=folder, why=f"format {form}, this program reads {FORMAT}")
    if not (folder / DUMP).is_file():
        raise NoBackup(folder=folder, why=f"no {DUMP} in it")
    if digest_of(folder / DUMP) != manifest.digest:
        raise BackupChanged(folder=folder)
    return manifest


def count(owner: psycopg.Connection[Any]) -> dict[str, int]:
    """Rows by table, as this connection's transaction sees them."""
    tables = [row[0] for row in owner.execute(_TABLES)]
    parts = [sql.SQL("SELECT {}, count(*) FROM {}").format(sql.Literal(t), sql.Identifier(t)) for t in tables]
    return dict(sorted(owner.execute(sql.SQL(" UNION ALL ").join(parts)).fetchall())) if parts else {}


def newest_checkpoint(owner: psycopg.Connection[Any]) -> str | None:
    """The newest checkpoint's note, where the log has one."""
    return next((row[0] for row in owner.execute("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1")), None)


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _prepare(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FolderNotEmpty(folder=folder)


def _write(folder: Path, manifest: Manifest) -> None:
    """Last of all, and whole: a folder without it is no backup."""
    part = folder / f"{MANIFEST}.part"
    said = {"format": FORMAT, **asdict(manifest), "at": manifest.at.isoformat()}
    _closed(part)
    part.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")
    _sync(part)
    part.rename(folder / MANIFEST)
    _sync(folder)


def _closed(path: Path) -> None:
    """From its first byte on nobody else reads it: it will hold everything that the database holds."""
    path.touch(mode=0o600, exist_ok=False)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _not_in_it(settings: Settings) -> list[str]:
    home = settings.home.expanduser()

    def key(name: str, given: object, file: str, why: str) -> str:
        return f"{name} ({'in the environment' if given else home / file}): {why}"

    return [
        key("DONDOC_SECRET_KEY", settings.secret_key, "secret.key", "without it the second factors can't be read"),
        key("DONDOC_LOG_KEY", settings.log_key, "log.key", "without it new checkpoints are signed by another key"),
        f"{settings.signing or home / 'signing'}: roots that certificates come from, the test authority's keys",
        "the environment (.env): addresses, passwords, the login's own password",
        "Prefect's database: it holds no business state",
    ]  # fmt: skip


def _one(owner: psycopg.Connection[Any], question: str) -> tuple[Any, ...]:
    row = owner.execute(question.encode()).fetchone()
    assert row is not None
    return tuple(row)


def plain(url: str) -> str:
    """The address as psycopg takes it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


_TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY 1
"""
