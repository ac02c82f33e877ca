"""A batch of papers: two processes, files kept where they are whole, errors told by document, one ZIP of all."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

from documents.writing.batch import is_whole, jobs, pack, print_all, unpack
from states import database as db
from states.embedded import Urls
from tests.api.command_line import Cli
from tests.documents.test_paper_pages import pages
from tests.world import WARDS, World


def test_a_batch_is_printed_by_two_processes_and_goes_on_where_it_stood(database: Urls, tmp_path: Path) -> None:
    with db.transaction(db.engine(database.program)) as session:
        there = World(session)
        there.issue_plan()
        there.at("2026-12-16")
        for ward in WARDS[:3]:
            there.report(ward)
        wanted = jobs(session, there.plan, "/1/", "commune")
        assert jobs(session, there.plan, "/1/", "district") == []
    now = there.now
    folder = tmp_path / "in"
    assert [one.unit for one in wanted] == list(WARDS[:3])
    assert all(one.name.endswith(".pdf") and "-01-bc-ubnd-" in one.name for one in wanted)
    folder.mkdir()
    (folder / wanted[0].name).write_bytes(b"%PDF-1.7 broken off")
    strange = replace(wanted[2], document_id=wanted[1].document_id, name="la.pdf")
    done = {one.job.name: one for one in print_all(database.program, [*wanted, strange], folder, now)}
    assert [done[one.name].error for one in wanted] == [None, None, None]
    assert "no such revision" in (done["la.pdf"].error or "") and not (folder / "la.pdf").exists()
    assert all(is_whole(folder / one.name) and done[one.name].size > 10_000 for one in wanted)
    assert 0 < max(one.peak for one in done.values()) < 1_000_000_000
    assert "PHƯỜNG MỘT" in pages((folder / wanted[0].name).read_bytes())[0]
    again = list(print_all("postgresql://nowhere", wanted, folder, now))  # nothing is left to be asked of a database
    assert all(one.kept and one.error is None for one in again)
    target = tmp_path / "all.zip"
    pack(folder, wanted, target)
    with zipfile.ZipFile(target) as made:
        assert sorted(made.namelist()) == sorted(one.name for one in wanted) and made.testzip() is None
    unpack(target, wanted, tmp_path / "out")
    assert all(is_whole(tmp_path / "out" / one.name) for one in wanted)
    cli = Cli(database)
    told = cli.json("print", "--plan", there.plan, "--level", "commune", "--to", target)
    assert (told["printed"], told["kept"], told["errors"]) == (0, 3, [])
    assert not target.with_name("all.zip.dang-in").exists()
    assert "no signed report" in cli.say("print", "--plan", there.plan, "--level", "district", "--to", folder, code=1)
    cli.say("audit", "certificate", there.plan, "--to", tmp_path / "phieu.pdf")
    assert is_whole(tmp_path / "phieu.pdf")
    target.write_bytes(b"PK broken")
    unpack(target, wanted, tmp_path / "none")
    assert list((tmp_path / "none").iterdir()) == []
