"""`dondoc blank` and `dondoc tables`: a report's blank form and its tables, written to files."""

from __future__ import annotations

from pathlib import Path

from python_calamine import CalamineWorkbook

from states import database as db
from states.embedded import Urls
from tests.api.command_line import Cli
from tests.world import World


def test_a_blank_form_and_a_documents_tables_are_written_once(database: Urls, tmp_path: Path) -> None:
    with db.transaction(db.engine(database.program)) as session:
        world = World(session)
        plan, sent = world.issue_plan(), world.report("W1")
        owed = world.report_of("W2")
    cli, form, tables = Cli(database), tmp_path / "bieu.xlsx", tmp_path / "bang.xlsx"

    assert "byte" in cli.say("blank", owed, form) and "byte" in cli.say("tables", sent, tables)
    assert CalamineWorkbook.from_path(form).sheet_names[:2] == ["Hướng dẫn", "Biểu 1"]
    assert CalamineWorkbook.from_path(tables).sheet_names == ["Biểu 1", "Biểu 2", "Biểu 3", "Biểu 4", "Lời văn"]
    assert "Đã có tệp" in cli.say("blank", owed, form, code=1)
    assert "không theo biểu mẫu báo cáo" in cli.say("blank", plan, tmp_path / "x.xlsx", code=1)
    assert "submitted" in cli.say("blank", sent, tmp_path / "y.xlsx", code=1)
