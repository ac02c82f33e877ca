"""Who speaks in the long form, and what lies on their desks: every seat on three levels, documents in every state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count

from sqlmodel import Session

from documents.signing import certificates, trust
from documents.signing.certificates import New
from documents.signing.testing import Subject
from states import database as db
from states import offices, tokens
from states.offices import NewOffice
from states.periods import LOCAL
from states.policy import Actor
from states.settings import current
from tests.fuzz.town import Voice
from tests.world import DISTRICTS, PROVINCE, WARDS, World

PASSPHRASE = "mật khẩu thử 1"
PLANS = 10
"""Each issued: seven reports, one of them in each stage, in another unit every time."""
STAGES = ("opened", "written", "presented", "signed", "submitted", "received", "returned", "consolidated")
_SPEAKING = (
    *((WARDS[0], seat) for seat in ("drafter", "leader", "clerk")),
    *((DISTRICTS[0], seat) for seat in ("drafter", "leader", "clerk", "supervisor")),
    *((PROVINCE, seat) for seat in ("drafter", "leader", "clerk", "supervisor")),
    (WARDS[2], "leader"), (WARDS[3], "leader"), (WARDS[3], "clerk"),
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """Who speaks, and about what."""

    plan: int
    report: int
    voices: tuple[Voice, ...]


def tell(program_url: str) -> Told:
    """The named province with issued plans and reports in every stage; its people's tokens hold from now on.

    The leader of Phường Bốn signs with a key kept here, the one of Phường Ba with one in a token.
    """
    with db.transaction(db.engine(program_url)) as session:
        world = World(session)
        stage = count()
        for _ in range(PLANS):
            world.issue_plan()
            next(stage)
            for unit in (*WARDS, *DISTRICTS, PROVINCE):
                _bring(world, unit, STAGES[next(stage) % len(STAGES)])
        world.issue_plan()  # and one that nobody has begun
        _certificates(session, world)
        speaking = [(seat, world.unit(unit), world.act(unit, seat)) for unit, seat in _SPEAKING]
        speaking += [(seat, world.unit(PROVINCE), _seated(world, seat)) for seat in ("auditor", "admin")]
        now = min(datetime.now(LOCAL), world.now)
        secrets = [tokens.issue(session, actor.person_id, "thử", now, may_sign=True) for _, _, actor in speaking]
        voices = tuple(Voice(seat, unit, actor.office_id, secret)
                       for (seat, unit, actor), secret in zip(speaking, secrets, strict=True))  # fmt: skip
        return Told(world.plan, world.report_of(WARDS[0]), voices)


def _bring(world: World, unit: str, stage: str) -> None:
    """One report as far as the stage."""
    report, far = world.report_of(unit), STAGES.index(stage)
    nowhere = world.document(report)["receiver_id"] is None  # the province's own goes up to nobody here
    acts = (lambda: world.write(report), lambda: world.present(report), lambda: world.sign(report),
            lambda: world.submit(report))  # fmt: skip
    for act in acts[: min(far, 3 if nowhere else 4)]:
        act()
    if stage == "received" and not nowhere:
        world.receive(report)
    elif stage == "returned" and not nowhere:
        world.return_(report)
    elif stage == "consolidated" and not nowhere:
        world.consolidate(unit)


def _seated(world: World, seat: str) -> Actor:
    person = offices.add_person(world.session, f"{seat} (mẫu)", sample=True)
    return Actor(person, offices.give(world.session, NewOffice(person, world.unit(PROVINCE), seat, "Mẫu", world.today)))


def _certificates(session: Session, world: World) -> None:
    tools, by = trust.means(current()), world.act(PROVINCE, "chair")
    leader = world.act(WARDS[3], "leader").office_id
    for whose in ({"office_id": leader}, {"unit_id": world.unit(WARDS[3])}):
        certificates.issue_test(session, tools, PASSPHRASE, by, world.now, rounds=1, **whose)
    office = world.act(WARDS[2], "leader").office_id
    holder = certificates.whose_of(session, office, None)
    key = tools.authority.issue(Subject(holder.person or "", holder.unit_in_full, holder.title), world.now, days=900)
    certificates.register(session, New(key.der, office_id=office, store="token"), by, world.now, tools)
