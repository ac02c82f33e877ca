"""The drill: a backup is taken while clients act, restored elsewhere, verified; nothing acknowledged before it is
missing, and the restored program works on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from states import backup, pg_programs, schema
from states import database as db
from states.backup import BackupChanged, FolderNotEmpty, Manifest, NoBackup, back_up
from states.embedded import Urls
from states.log import keys, sealing
from states.pg_programs import NoPgProgram
from states.restoring import FromNewerProgram, NotEmpty, restore
from states.settings import Settings
from states.steps import Taken
from tests.world import World

WARDS = ("Phường Một", "Phường Hai")


@dataclass
class Office:
    """A world at work: its reports sent and recalled again and again by two clients, who keep what they were told."""

    urls: Urls
    world: World
    folder: Path
    told: list[Taken] = field(default_factory=list)
    manifest: Manifest | None = None
    before: int = 0

    def works(self, ward: str, over: Event) -> None:
        while not over.is_set():
            with db.transaction(db.engine(self.urls.program)) as session:
                here = self.world.on(session)
                report = here.report_of(ward)
                taken = here.send(report) if here.state(report) == "draft" else here.recall(report)
            self.told.append(taken)


@pytest.fixture(scope="module")
def office(database: Urls, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """One backup taken in the midst of work, for all tests here."""
    with db.transaction(db.engine(database.program)) as session:
        world = World(session)
        world.plan = world.issue_plan()
        world.at("2026-12-16")
        for ward in WARDS:
            world.write(world.report_of(ward))
    home = Settings(home=tmp_path_factory.mktemp("home"))
    with db.transaction(db.engine(database.program)) as session:
        sealing.seal(session, keys.of(home), world.now)
    made, over = Office(database, world, tmp_path_factory.mktemp("backup") / "2026-12-16"), Event()
    with ThreadPoolExecutor(2) as pool:
        clients = [pool.submit(made.works, ward, over) for ward in WARDS]
        while len(made.told) < 6:
            over.wait(0.01)
        made.before = len(made.told)
        made.manifest = back_up(database.owner, made.folder, home)
        while len(made.told) < made.before + 4:
            over.wait(0.01)
        over.set()
        for client in clients:
            client.result()
    return made


@pytest.fixture
def restored(office: Office, empty_database: Urls) -> Iterator[World]:
    """The office's world in another database, as the program sees it."""
    done = restore(empty_database, office.folder, office.world.now)
    assert (done.faults, done.version) == ([], schema.head())
    assert done.manifest.counts["document"] == 8 and done.manifest.checkpoint
    with db.transaction(db.engine(empty_database.program)) as session:
        yield office.world.on(session)


def test_nobody_else_reads_it_while_it_is_being_written(office: Office, tmp_path: Path) -> None:
    """Into a folder that everybody may enter, as an administrator may have made it."""
    folder, modes = tmp_path / "mở", list[int]()
    folder.mkdir(mode=0o755)
    back_up(office.urls.owner, folder, Settings(home=tmp_path),
            lambda _: modes.extend(path.stat().st_mode & 0o777 for path in folder.iterdir()))  # fmt: skip
    assert modes and set(modes) == {0o600}
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_nothing_acknowledged_before_the_backup_is_missing(office: Office, restored: World) -> None:
    there = {(row["document_id"], row["seq"]): row["digest"] for row in restored.rows("SELECT * FROM step")}
    acknowledged = office.told[: office.before]
    assert [taken for taken in acknowledged if there.get((taken.document_id, taken.seq)) != taken.digest] == []
    assert {row["number"] for row in restored.rows("SELECT number FROM sending")} <= set(range(1, 99))


def test_the_restored_program_works_on_and_its_numbers_have_no_gap(restored: World) -> None:
    report = restored.report_of(WARDS[0])
    if restored.state(report) != "draft":
        restored.recall(report)
    last = restored.value("SELECT max(number) FROM sending WHERE document_id = %s", report)
    number = restored.send(report).number
    assert number == f"{last + 1:02d}/BC-UBND"
    restored.assert_chained(report)


def test_what_was_cut_before_takes_no_rows_whatever_number_a_transaction_bears(
    office: Office, empty_database: Urls
) -> None:
    """The hole of a plain pg_restore: a transaction of the new server with the number of an old one."""
    restore(empty_database, office.folder, office.world.now)
    with psycopg.connect(empty_database.owner) as owner:
        (old,) = owner.execute("SELECT min(id) FROM revision").fetchone() or (0,)
        owner.execute("ALTER TABLE revision DISABLE TRIGGER revision_kept")
        owner.execute("UPDATE revision SET xid = pg_current_xact_id() WHERE id = %s", (old,))
        with pytest.raises(psycopg.errors.IntegrityError, match="takes no more rows"):
            owner.execute("INSERT INTO figure (revision_id, cell, amount) VALUES (%s, 10999, 1)", (old,))
        owner.rollback()
    with pytest.raises(DBAPIError), db.transaction(db.engine(empty_database.program)) as session:
        session.connection().exec_driver_sql("DELETE FROM restoration")


def test_the_manifest_says_what_is_in_it_and_what_is_not(office: Office) -> None:
    said = json.loads((office.folder / backup.MANIFEST).read_text())
    assert office.manifest is not None and backup.read(office.folder) == office.manifest
    assert said["schema"] == schema.head() and said["counts"]["step"] >= office.before
    assert any("secret.key" in line for line in said["not_in_it"])
    assert all(path.stat().st_mode & 0o077 == 0 for path in office.folder.iterdir())


def test_a_database_with_tables_is_refused_and_left_as_it_is(office: Office) -> None:
    with pytest.raises(NotEmpty, match="dondoc_test"):
        restore(office.urls, office.folder, office.world.now)
    db.check_ready(db.engine(office.urls.program))


def test_what_is_no_backup_is_refused(office: Office, empty_database: Urls, tmp_path: Path) -> None:
    with pytest.raises(FolderNotEmpty):
        back_up(office.urls.owner, office.folder, Settings(home=tmp_path))
    with pytest.raises(NoBackup):
        restore(empty_database, tmp_path, office.world.now)
    copy = tmp_path / "copy"
    copy.mkdir()
    dump = (office.folder / backup.DUMP).read_bytes()
    (copy / backup.DUMP).write_bytes(dump[:-1] + bytes([dump[-1] ^ 1]))
    manifest = (office.folder / backup.MANIFEST).read_text()
    (copy / backup.MANIFEST).write_text(manifest)
    with pytest.raises(BackupChanged):
        restore(empty_database, copy, office.world.now)
    (copy / backup.DUMP).write_bytes(dump)
    (copy / backup.MANIFEST).write_text(manifest.replace(schema.head(), "9999"))
    with pytest.raises(FromNewerProgram):
        restore(empty_database, copy, office.world.now)
    with psycopg.connect(empty_database.owner) as owner:
        assert backup.count(owner) == {}, "nothing was restored"


def test_a_program_that_is_too_old_is_not_used(office: Office) -> None:
    with pytest.raises(NoPgProgram, match="postgresql-client-99"):
        pg_programs.run("pg_dump", office.urls.owner, [], 99)
    with pytest.raises(pg_programs.PgProgramFailed, match="no-such-option"):
        pg_programs.run("pg_dump", office.urls.owner, ["--no-such-option"], 18)
