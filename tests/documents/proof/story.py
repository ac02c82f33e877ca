"""One story, told once: a province's total from its wards, what came back, what was signed on paper; its bundles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlmodel import Session

from documents.proof.bundling.making import bundle
from documents.proof.verifying.words import MARKS, Report
from states import database as db
from states import duties
from states.log import sealing
from states.log.notes import Signer
from states.verifying.everything import verify_on
from tests.world import World

SIGNER = Signer("dondoc/test", Ed25519PrivateKey.generate())
KEY = SIGNER.verifier.line


@dataclass(frozen=True)
class Proofs:
    """Bundles of one story: of the province's total, and of the same after a ward was reopened; checkpoints.

    `again`, `ward`: of a district and a ward that were reopened and signed anew; `paper`: of a ward whose paper was
    registered.
    """

    first: bytes
    later: bytes
    again: bytes
    ward: bytes
    paper: bytes
    yesterday: str
    today: str


def tell(server: Any, template: str) -> Proofs:
    """The story, in a database of its own."""
    with server.made(template) as urls:
        engine = db.engine(urls.program)
        with engine.connect() as connection, Session(connection) as session:
            made = _told(World(session))
            session.rollback()
        engine.dispose()
    return made


def _told(world: World) -> Proofs:
    world.issue_plan()
    world.at("2026-12-10")
    receiver = world.holder("AM", "supervisor")
    duties.grant(world.session, world.report_of("W2"), "waiver", None, "Không có việc (mẫu)", receiver, world.now)
    world.later(minutes=5)
    world.report("W1")
    world.report("W3")
    yesterday = sealing.seal(world.session, SIGNER, world.now).note
    for district in ("AM", "BM"):
        world.later(minutes=5)
        world.consolidate(district)
        world.write(world.report_of(district), events=2)
        world.send(world.report_of(district))
    world.register(world.report_of("W4"), day="2026-12-09")
    world.later(days=1)
    world.consolidate("MG")
    top = world.report_of("MG")
    world.write(top)
    world.send(top)
    today = sealing.seal(world.session, SIGNER, world.now).note
    first = bundle(world.session, top, SIGNER.verifier)
    world.later(hours=1)
    world.reopen(world.report_of("AM"))
    sealing.seal(world.session, SIGNER, world.now)
    connection: Any = world.session.connection().connection.driver_connection
    assert verify_on(connection, SIGNER.verifier).faults == []
    assert yesterday and today
    later, paper = (bundle(world.session, each, SIGNER.verifier) for each in (top, world.report_of("W4")))
    world.later(hours=1)
    world.reopen(world.report_of("W3"))
    for unit in ("AM", "W3"):
        world.write(world.report_of(unit), events=5)
        world.send(world.report_of(unit))
    sealing.seal(world.session, SIGNER, world.now)
    again, ward = (bundle(world.session, world.report_of(unit), SIGNER.verifier) for unit in ("AM", "W3"))
    return Proofs(first, later, again, ward, paper, yesterday, today)


def told(report: Report) -> str:
    """All findings, a line each."""
    return "\n".join(f"{MARKS[line.mark]} {line.vi}" for line in report.lines)
