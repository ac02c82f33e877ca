"""Signed papers at the doors: the command line signs, the page and the batch give the very bytes."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from api.cli import certificates as commands
from api.cli import main
from api.parts import parts
from documents.signing import kept, trust
from documents.signing.names import NO_LEGAL_VALUE
from documents.signing.trust import means
from states import database as db
from states import files, offices, settings
from states.embedded import Urls
from states.offices import NewOffice
from states.policy import Actor
from states.settings import Settings
from tests.documents.signing.desk import PASSPHRASE
from tests.world import World


@pytest.fixture
def world(database: Urls, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[World]:
    """The world committed, and the environment that a person's shell would have."""
    monkeypatch.setenv("DATABASE_URL", database.program)
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path))
    settings.current.cache_clear()
    with db.transaction(db.engine(database.program)) as session:
        world = World(session)
        world.now = world.now.replace(year=2020)  # before any day on which this test may run
    yield world
    settings.current.cache_clear()
    trust.means.cache_clear()


def dondoc(monkeypatch: pytest.MonkeyPatch, *words: object) -> object:
    """A command as it is typed, its answer read."""
    monkeypatch.setattr("sys.argv", ["dondoc", *map(str, words), "--json"])
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
        main()
    return json.loads(said.getvalue())


def test_signed_and_sent_by_commands(world: World, database: Urls, monkeypatch: pytest.MonkeyPatch) -> None:
    with db.transaction(db.engine(database.program)) as session:
        here = world.on(session)
        plan = here.draft_plan()
        here.write_plan(plan)
        here.present(plan)
        admin = _admin(session, here.unit("MG"))
        unit = here.unit("MG")
        leader, clerk = here.act("MG", "leader"), here.act("MG", "clerk")
    monkeypatch.setenv("DONDOC_PASSPHRASE", PASSPHRASE)
    told = dondoc(monkeypatch, "cert", "test", "--for", leader.office_id, "--office", admin.office_id)
    assert isinstance(told, dict) and told["sample"] and NO_LEGAL_VALUE in told["subject"]
    dondoc(monkeypatch, "cert", "test", "--seal", "mau:MG", "--office", admin.office_id)
    listed = dondoc(monkeypatch, "cert", "list", "--unit", "mau:MG")
    assert isinstance(listed, list) and [row["kind"] for row in listed] == ["officer", "seal"]
    dondoc(monkeypatch, "cert", "require", "mau:MG")
    signed = dondoc(monkeypatch, "step", plan, "sign", "--office", leader.office_id)
    assert isinstance(signed, dict) and signed["state"] == "signed"
    dondoc(monkeypatch, "step", plan, "submit", "--office", clerk.office_id, "--recipient", "Như trên")
    with db.transaction(db.engine(database.program)) as session:
        data = kept.pdf_of(session, plan, None)
        steps = world.on(session).steps(plan)
        assert data is not None and data == files.read(session, bytes(steps[-1]["file_digest"]))
        assert [one.purpose for one in kept.signatures(session, plan)] == ["officer", "seal"]
        assert session.connection().exec_driver_sql(
            "SELECT signature_required FROM unit WHERE id = %s", (unit,)).scalar()  # fmt: skip
    ended = dondoc(monkeypatch, "cert", "end", told["id"], "--reason", "thử xong", "--office", admin.office_id)
    assert isinstance(ended, dict) and ended["certificate"] == told["id"]


def test_no_test_certificates_where_a_real_authority_is_trusted(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "signing" / "trust"
    folder.mkdir(parents=True)
    (folder / "goc.der").write_bytes(means(settings.current()).authority.root.der)
    trust.means.cache_clear()
    monkeypatch.setattr("sys.argv", ["dondoc", "cert", "test", "--for", "1", "--office", "1"])
    said = io.StringIO()
    with contextlib.redirect_stderr(said), pytest.raises(SystemExit):
        main()
    assert "chỉ nhận chứng thư thật" in said.getvalue()
    assert commands.RealOnesOnly().status == 422 and world.unit("MG")


def test_serve_starts_a_stamping_authority_of_its_own_for_samples_only(tmp_path: Path) -> None:
    def names(settings: Settings) -> list[str]:
        return [part.name for part in parts(settings, Urls("x", "y"), tmp_path)]

    plain = Settings(home=tmp_path, prefect_api_url="http://127.0.0.1:1/api")
    assert names(plain) == ["the flows", "the time stamps", "the API"]
    assert "the time stamps" not in names(plain.model_copy(update={"tsa_url": "http://tsa.example/"}))
    (tmp_path / "signing" / "trust").mkdir(parents=True)
    (tmp_path / "signing" / "trust" / "goc.crt").write_text("")
    assert "the time stamps" not in names(plain)


def _admin(session: Session, unit: int) -> Actor:
    person = offices.add_person(session, "Quản (mẫu)", sample=True)
    return Actor(person, offices.give(session, NewOffice(person, unit, "admin", "Quản trị", date(2020, 1, 1))))
