"""`dondoc receive`: a mailbox folder is taken in for a unit; nothing is moved, the same folder may come again."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from states import database as db
from states.embedded import Urls
from tests.api.command_line import Cli
from tests.world import World


def test_a_folder_is_taken_in_once_and_says_of_each_file_what_it_did(database: Urls, tmp_path: Path) -> None:
    with db.transaction(db.engine(database.program)) as session:
        world = World(session)
        clerk, drafter = (world.act("Phường Một", seat).office_id for seat in ("clerk", "drafter"))
        leader = world.act("Phường Một", "leader").office_id
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@xa.example", "b@huyen.example", "Báo cáo"
    mail.set_content("Kính gửi.")
    mail.add_attachment("Báo cáo gửi qua thư.".encode(), maintype="text", subtype="plain", filename="kem.txt")
    (tmp_path / "ngay 1").mkdir()
    (tmp_path / "ngay 1" / "thu.eml").write_bytes(mail.as_bytes())
    (tmp_path / "rong.docx").write_bytes(b"")
    (tmp_path / "x.pdf").write_bytes(b"MZ" + b"\0" * 60)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    dondoc = Cli(database)

    did = {one["file"]: one for one in dondoc.json("receive", tmp_path, "--office", clerk, code=4)}

    assert {name: one["did"] for name, one in did.items()} == {
        "ngay 1/thu.eml": "kept", "rong.docx": "refused", "x.pdf": "unread"}  # fmt: skip
    assert "rỗng" in did["rong.docx"]["words"] and "«x.pdf»" in did["x.pdf"]["words"]
    again = dondoc.json("receive", tmp_path, "--office", drafter, code=4)
    assert [one["did"] for one in again] == ["known", "refused", "known"]
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    with db.transaction(db.engine(database.program)) as session:
        rows = session.connection().exec_driver_sql(
            "SELECT i.name, i.came_by, o.outcome FROM incoming i LEFT JOIN incoming_outcome o ON o.incoming_id = i.id"
        )
        assert {tuple(row) for row in rows} == {
            ("thu.eml", "folder", "put_aside"), ("kem.txt", "folder", None), ("x.pdf", "folder", None)}  # fmt: skip
    assert "văn thư" in dondoc.say("receive", tmp_path, "--office", leader, code=1)
    assert "khong-co" in dondoc.say("receive", tmp_path / "khong-co", "--office", clerk, code=1)
