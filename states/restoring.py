"""Restoring (phục hồi): a backup into a new, empty database; then everything in it is looked at again.

The program's login gets in last, so nobody works on a half-restored database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from states import backup, database, pg_programs, schema
from states.backup import DUMP, Manifest
from states.embedded import Urls
from states.errors import Conflict, Invalid
from states.log import notes
from states.log.notes import Signer, Verifier
from states.verifying import everything
from states.verifying.reading import opened

Tell = Callable[[str], None]


class NotEmpty(Conflict):
    """Cơ sở dữ liệu này không trống (the database {database} has tables already): restore into a new one (`createdb`,
    another DONDOC_DATABASE, or another DONDOC_HOME). Nothing was changed.
    """


class FromNewerProgram(Invalid):
    """Bản sao lưu thuộc bản mới hơn của chương trình (the backup's schema is {schema}, which this program does not
    know): restore it with the program's newer version.
    """


class FromNewerServer(Invalid):
    """Bản sao lưu từ PostgreSQL {backup}, máy chủ này là {server} (the server is older than the backup's): use a
    server at least as new.
    """


@dataclass(frozen=True)
class Restored:
    """What was restored: the backup's manifest, the schema's version now, faults in words."""

    manifest: Manifest
    version: str
    faults: list[str] = field(default_factory=list)


def restore(urls: Urls, folder: Path, at: datetime, tell: Tell = lambda _: None) -> Restored:
    """Restore the backup of `folder` into the empty database of `urls`, and verify it. `at`: the present moment.

    Either everything is restored or nothing is. Raises `NoBackup`, `BackupChanged`, `NotEmpty`, `FromNewerProgram`,
    `FromNewerServer`, and what `migrate` raises. Faults of the content itself are returned, not raised.
    """
    tell("Reading the backup")
    manifest = backup.read(folder)
    _refuse_unfit(urls.owner, manifest)
    schema.ensure_group(urls.owner)  # the dump gives it its rights
    tell("Restoring")
    arguments = ["--no-owner", "--exit-on-error", "--single-transaction", str(folder / DUMP)]
    pg_programs.run("pg_restore", urls.owner, arguments, manifest.postgresql)
    with psycopg.connect(backup.plain(urls.owner), options="-c timezone=UTC") as owner:
        faults = _counted(owner, manifest)
        owner.execute("ANALYZE")
    version = _bring_up(urls, manifest, at)
    tell("Verifying everything in it")
    faults += _verify(urls.owner, manifest, tell)
    return Restored(manifest, version, faults)


def _refuse_unfit(owner_url: str, manifest: Manifest) -> None:
    try:
        ScriptDirectory.from_config(schema.alembic_config()).get_revision(manifest.schema)
    except CommandError:
        raise FromNewerProgram(schema=manifest.schema) from None
    with psycopg.connect(backup.plain(owner_url)) as owner:
        if backup.count(owner):
            raise NotEmpty(database=owner.info.dbname)
        if owner.info.server_version // 10_000 < manifest.postgresql:
            raise FromNewerServer(backup=manifest.postgresql, server=owner.info.server_version // 10_000)


def _bring_up(urls: Urls, manifest: Manifest, at: datetime) -> str:
    """The newest schema; what was cut closed for good; then the login.

    A transaction of this server may bear the number of one of the old server's, whose revisions would then look as
    if they were being cut now: the row in `restoration` closes them all.
    """
    schema.migrate(urls.owner, urls.owner)
    with psycopg.connect(backup.plain(urls.owner)) as owner:
        keys = {"at": at, "backup_at": manifest.at, "digest": bytes.fromhex(manifest.digest)}
        owner.execute(_CLOSE, keys)
    return database.migrate(urls.owner, urls.program)


def _counted(owner: psycopg.Connection[Any], manifest: Manifest) -> list[str]:
    there = backup.count(owner)
    return [f"{table}: {there.get(table, 0)} rows, the backup says {rows}" for table, rows in manifest.counts.items()
            if there.get(table, 0) != rows]  # fmt: skip


def _verify(owner_url: str, manifest: Manifest, tell: Tell) -> list[str]:
    """All that `dondoc audit verify` looks at: chains, contents, figures and sums, registers, the log; as the owner,
    who sees all rows. Where nothing was sealed yet, any key will do.
    """
    verifier = Verifier.read(manifest.log_key) if manifest.log_key else _no_key()
    outside = [notes.read(manifest.checkpoint)] if manifest.checkpoint else []
    if manifest.counts.get("step", 0) < _SMALL:
        with opened(backup.plain(owner_url)) as connection:
            found = everything.verify_on(connection, verifier, outside)
    else:
        found = everything.verify(backup.plain(owner_url), verifier, outside,
                                  tell=lambda done, of: tell(f"Verified {done} of {of} parts"))  # fmt: skip
    return [f"{fault.place}: {fault.words}" for fault in found.faults]


def _no_key() -> Verifier:
    """A verifier of nothing."""
    return Signer("none", Ed25519PrivateKey.generate()).verifier


_SMALL = 50_000
"""Fewer steps than this are verified in this process."""
_CLOSE = """
INSERT INTO restoration (at, backup_at, backup_digest, revision_id)
SELECT %(at)s, %(backup_at)s, %(digest)s, coalesce(max(id), 0) FROM revision
"""
