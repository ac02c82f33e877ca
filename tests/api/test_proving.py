"""The commands of proof: sealed, bundled, verified offline, and the whole database audited."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from states import database as db
from states.embedded import Urls
from tests.world import World


@pytest.fixture(scope="module")
def document(database: Urls) -> int:
    """A ward's report, sent."""
    with db.transaction(db.engine(database.program)) as session:
        world = World(session)
        world.issue_plan()
        world.at("2026-12-10")
        return world.report("W1")


def test_a_bundle_is_made_and_verified_by_commands(database: Urls, document: int, tmp_path: Path) -> None:
    here = {"DATABASE_URL": database.program, "DONDOC_HOME": str(tmp_path), "DONDOC_CHECKPOINTS": str(tmp_path / "moc")}
    file = str(tmp_path / "b.zip")
    assert json.loads(_dondoc(["audit", "bundle", str(document), "-o", file, "--json"], here))["file"] == file
    (note,) = (tmp_path / "moc").glob("moc-*.txt")
    key = tmp_path / "key+1.txt"
    for path, now in ((tmp_path / "moc" / "khoa-niem-phong.txt", key), (note, note)):
        now.write_bytes(path.read_bytes().decode().encode("utf-8-sig"))  # as Notepad saves it
    asked = ["verify", file, "--key", str(key), "--checkpoint", str(note), "--json"]
    report = json.loads(_dondoc(asked, {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}))
    assert report[-1]["mark"] == "good" and all(line["mark"] != "bad" for line in report)
    outside = ["--checkpoint", str(note), "--key", str(key)]
    assert json.loads(_dondoc(["audit", "verify", *outside, "--json"], here)) == []


def test_what_was_changed_is_named_and_the_exit_code_says_so(database: Urls, document: int, tmp_path: Path) -> None:
    here = {"DATABASE_URL": database.program, "DONDOC_HOME": str(tmp_path)}
    owner = make_url(database.owner).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(owner) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute("UPDATE sending SET symbol = 'X' WHERE document_id = %s", (document,))
    found = json.loads(_dondoc(["audit", "verify", "--json"], here, code=4))
    assert any("lần gửi" in each["place"] for each in found)


def _dondoc(words: list[str], variables: dict[str, str], code: int = 0) -> str:
    run = [str(Path(sys.executable).with_name("dondoc")), *words]
    done: Any = subprocess.run(run, env=os.environ | variables, capture_output=True, text=True, timeout=120)
    assert done.returncode == code, done.stderr
    return str(done.stdout)
