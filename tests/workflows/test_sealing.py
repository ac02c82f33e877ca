"""The log is sealed on the timetable; its checkpoint goes to a folder and, once a day, to auditors by mail."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from notifications.matters import Matter, Recipient
from notifications.messages import Letterhead, compose
from states import offices
from states.log import notes
from states.log.notes import Verifier
from states.settings import Settings
from tests.world import World
from workflows import sealing


@pytest.fixture
def world(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A province with an auditor; the checkpoints' folder is set; the flow acts on this session."""

    @contextmanager
    def ours() -> Iterator[Session]:
        yield session

    settings = Settings(home=tmp_path / "home", checkpoints=tmp_path / "moc")
    monkeypatch.setattr(sealing, "current", lambda: settings)
    monkeypatch.setattr(sealing, "transaction", ours)
    world = World(session)
    person = offices.add_person(session, "Kiểm toán viên (mẫu)", sample=True)
    office = offices.NewOffice(person, world.unit("MG"), "auditor", "Thanh tra", date(2020, 1, 1))
    offices.give(session, office)
    return world


def test_each_sealing_leaves_its_checkpoint_in_the_folder(world: World, tmp_path: Path) -> None:
    first = sealing.seal(world.now)
    world.issue_plan()
    second = sealing.seal(world.later(hours=1))
    again = sealing.seal(world.later(hours=1))
    assert second.size > first.size and not again.new and again.leaves == 0
    names = sorted(path.name for path in (tmp_path / "moc").iterdir())
    assert names == ["khoa-niem-phong.txt", f"moc-{first.size:012d}.txt", f"moc-{second.size:012d}.txt"]
    key = Verifier.read((tmp_path / "moc" / names[0]).read_text("utf-8"))
    assert all(key.signed(notes.read((tmp_path / "moc" / name).read_text("utf-8"))) for name in names[1:])


def test_auditors_get_the_note_itself_once_a_day(world: World) -> None:
    first = sealing.seal(world.now)
    world.issue_plan()
    sealing.seal(world.later(hours=1))
    (told,) = _told(world)
    world.later(days=1)
    sealing.seal(world.now)
    assert len(_told(world)) == 2
    matter = Matter.of(1, told["topic"], world.now, None, told["urgent"], told["data"])
    message = compose([matter], Recipient(1, "Kiểm toán viên (mẫu)"), Letterhead(), world.now + timedelta(hours=1))
    assert first.note and first.note in message.text and "Mốc niêm phong" in message.subject


def test_a_folder_that_is_gone_is_told_and_nothing_is_lost(world: World, tmp_path: Path) -> None:
    (tmp_path / "moc").write_text("a file")
    with pytest.raises(sealing.NotKept, match="mount the folder"):
        sealing.seal(world.now)
    (tmp_path / "moc").unlink()
    assert not sealing.seal(world.later(hours=1)).new and len(list((tmp_path / "moc").iterdir())) == 2


def test_it_stands_on_the_timetable() -> None:
    from workflows import flows  # here: it loads Prefect, two seconds for each worker that only collects the tests

    assert flows.TIMETABLE["seal"] is not None and flows.FLOWS["seal"].name == "seal"


def _told(world: World) -> list[Any]:
    return world.rows("SELECT topic, urgent, data FROM notice WHERE topic = 'checkpoint' ORDER BY id")
