"""What the people of a nation do in a campaign, day by day: a seeded simulation that goes through the real door.

Nothing here writes a state: each act is one that a person would do (soạn, trình, ký, gửi, tiếp nhận, trả lại), at a
moment of a simulated clock, in an office of his own. The same seed gives the same acts, figures and totals.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from documents import drafting
from documents.writing.letterhead import Body
from states import contents
from states.calendar import Calendar
from states.lifecycle import Action
from states.periods import LOCAL
from states.policy import Actor, Holder
from states.reasons import ReturnReason
from states.steps import Paper, Request, take


class Fate(StrEnum):
    """How it goes with one report."""

    ON_TIME = "on_time"
    LATE = "late"
    RETURNED = "returned"  # sent on time, returned, corrected under a new number
    PAPER = "paper"  # signed outside the system, registered by the receiver
    NEVER = "never"  # lies somewhere until the end


USUAL: Mapping[Fate, float] = {
    Fate.ON_TIME: 0.86, Fate.LATE: 0.09, Fate.RETURNED: 0.03, Fate.PAPER: 0.01, Fate.NEVER: 0.01,
}  # fmt: skip

Do = Callable[[Session, datetime], object]
"""What is done at a moment."""

Staff = Mapping[str, Actor]
"""Who sits in a unit, by what he is called here: drafter, vice (KT.), chair (TM.), clerk, supervisor."""


@dataclass(frozen=True)
class Days:
    """The working days of the campaign: when one may write, when one may send, when it is due."""

    calendar: Calendar
    write_from: date
    send_from: date
    due: date

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`."""
        return self.calendar.add_working_days(day, count)

    def between(self, first: date, last: date) -> list[date]:
        """The working days from `first` to `last`, both included."""
        days = (first + timedelta(n) for n in range((last - first).days + 1))
        return [day for day in days if self.calendar.is_working(day)]


@dataclass
class Life:
    """One owed document with the people around it, its chance, and how often its draft was saved."""

    document: int
    unit: int
    above: int
    people: Staff
    receiver: Staff
    chance: random.Random
    version: int = 0
    entered: bool = True
    """Whether the receiver's clerk enters what comes into his register."""

    @property
    def writer(self) -> Holder:
        """The drafter as the draft's door knows him."""
        actor = self.people["drafter"]
        return Holder(actor.person_id, actor.office_id, self.unit, "drafter")

    @property
    def signer(self) -> Actor:
        """Mostly the Vice-chair (KT.), sometimes the Chair himself."""
        return self.people["chair" if self.chance.random() < 0.1 else "vice"]


@dataclass(frozen=True, order=True)
class Act:
    """One act at a moment; `above` is the unit in whose incoming register it may write."""

    at: datetime
    document: int
    above: int
    do: Do = field(compare=False)
    sends: bool = field(default=False, compare=False)


def fate_of(chance: random.Random, pace: float) -> Fate:
    """A fate by the usual shares; `pace` above 1 is a province where more comes late."""
    shares = {**USUAL, Fate.LATE: USUAL[Fate.LATE] * pace, Fate.NEVER: USUAL[Fate.NEVER] * pace}
    shares[Fate.ON_TIME] += sum(USUAL.values()) - sum(shares.values())
    return chance.choices(list(shares), list(shares.values()))[0]


# ── the life of a report ────────────────────────────────────────────────────────────────────────────────────


def report(life: Life, fate: Fate, days: Days, typed: Mapping[str, Any], corrected: Mapping[str, Any]) -> Iterator[Act]:
    """Everything that is done with one report, from the first draft to its receipt; `corrected` answers a return."""
    chance = life.chance
    if fate is Fate.NEVER:
        yield from _stuck(life, days, typed)
    elif fate is Fate.PAPER:
        yield _act(life, days.after(days.send_from, chance.randint(1, 3)), 15, registering(life, typed), sends=True)
    else:
        sent = _sending_day(chance, fate, days)
        yield writing(life, chance.choice(days.between(days.write_from, days.send_from)), typed)
        yield from sending(life, sent)
        if fate is Fate.RETURNED:
            yield from _correction(life, days, sent, corrected)


def writing(life: Life, day: date, typed: Mapping[str, Any]) -> Act:
    """The drafter writes, early in the morning."""
    return _act(life, day, 7, saving(life, typed))


def sending(life: Life, day: date, recipients: Sequence[str] = ()) -> Iterator[Act]:
    """Presented and signed in the morning, numbered and sent after lunch, received before the offices close.

    `recipients`: whom it is sent to; without them the office that receives it.
    """
    yield _act(life, day, 8, lambda s, at: drafting.present(s, life.document, life.people["drafter"], at))
    yield _act(life, day, 10, _sign(life))
    submit = _submitting(life, tuple(recipients))
    yield _act(life, day, 13, submit, sends=True)
    if life.receiver and life.entered:
        yield receiving(life, day)


def receiving(life: Life, day: date) -> Act:
    """The receiver's clerk enters it before the offices close."""
    return _act(life, day, 15, _step(life, Action.RECEIVE, life.receiver["clerk"]))


def plan(life: Life, day: date, typed: Mapping[str, Any], issued: Do) -> Iterator[Act]:
    """A unit's own plan: written, signed and issued on one day, and fanned out in the same transaction."""
    yield writing(life, day, typed)
    own = Life(life.document, life.unit, life.above, life.people, {}, life.chance)
    *before, submit = sending(own, day, ("Các cơ quan, đơn vị có tên trong Kế hoạch", "Lưu: VT"))
    yield from before

    def issue(session: Session, at: datetime) -> None:
        submit.do(session, at)
        issued(session, at)

    yield Act(submit.at, submit.document, submit.above, issue)


def _sending_day(chance: random.Random, fate: Fate, days: Days) -> date:
    if fate is Fate.LATE:
        return days.after(days.due, chance.choices(range(1, 7), (6, 5, 3, 2, 1, 1))[0])
    open_days = days.between(days.send_from, days.due)
    return chance.choices(open_days, range(2, 2 + len(open_days)))[0]


def _stuck(life: Life, days: Days, typed: Mapping[str, Any]) -> Iterator[Act]:
    """Never sent: not begun, half written, on the leader's desk, or signed and forgotten at the clerk's."""
    done = life.chance.choices(range(4), (3, 3, 3, 1))[0]
    steps = [writing(life, days.send_from, typed), *list(sending(life, days.due))[:2]]
    yield from steps[:done]


def _correction(life: Life, days: Days, sent: date, corrected: Mapping[str, Any]) -> Iterator[Act]:
    """The receiver returns it the next working day; it comes again, corrected, within two more."""
    day, again = days.after(sent, 1), days.after(sent, life.chance.randint(2, 3))
    due = days.calendar.due_at(days.after(day, 2))
    yield _act(life, day, 9, _step(
        life, Action.RETURN, life.receiver["supervisor"], due_at=due, reason_code=ReturnReason.FIGURES_WRONG.value,
        reason="Số người tham gia ở biểu 1 chưa khớp danh sách, đề nghị rà soát và gửi lại (mẫu).",
    ))  # fmt: skip
    yield writing(life, again, corrected)
    yield from sending(life, again)


# ── acts ────────────────────────────────────────────────────────────────────────────────────────────────────


def _act(life: Life, day: date, hour: int, do: Do, *, sends: bool = False) -> Act:
    moment = datetime.combine(day, time(hour, 5), LOCAL) + timedelta(seconds=life.chance.randrange(3_000))
    return Act(moment, life.document, life.above, do, sends)


def saving(life: Life, typed: Mapping[str, Any]) -> Do:
    """The drafter saves what he typed."""

    def save(session: Session, at: datetime) -> None:
        life.version, _ = drafting.save(session, life.document, typed, life.version, life.writer, at)

    return save


def _sign(life: Life) -> Do:
    """Read what was put up, have explained what asks for it, sign it."""
    signer = life.signer

    def sign(session: Session, at: datetime) -> None:
        revision = explain_all(session, life.document, life.writer, at)
        drafting.sign(session, life.document, signer, at, revision_id=revision)

    return sign


def _submitting(life: Life, recipients: tuple[str, ...]) -> Do:
    def submit(session: Session, at: datetime) -> None:
        to = recipients or (_receiver(session, life.document), "Lưu: VT")
        take(session, Request(life.document, Action.SUBMIT, recipients=to), life.people["clerk"], at)

    return submit


def _receiver(session: Session, document: int) -> str:
    row = session.connection().exec_driver_sql(_RECEIVER, {"id": document}).one_or_none()
    return Body(*row).short_name if row else "Các cơ quan, đơn vị liên quan"


def _step(life: Life, action: Action, actor: Actor, **said: Any) -> Do:
    return lambda session, at: take(session, Request(life.document, action, **said), actor, at)


def registering(life: Life, typed: Mapping[str, Any], symbol: str = "BC-UBND") -> Do:
    """The receiver's clerk registers a paper that was signed outside the system."""
    number = life.chance.randint(120, 480)

    def register(session: Session, at: datetime) -> None:
        paper = Paper(number, symbol, at, "Phó Chủ tịch (mẫu)", at, life.chance.randbytes(32))
        drafting.register_paper(session, life.document, typed, paper, life.receiver["clerk"], at)

    return register


def explain_all(session: Session, document: int, writer: Holder, at: datetime) -> int:
    """Explain each «explain» of the content put up last; returns that revision."""
    rows = session.connection().exec_driver_sql(_PUT_UP, {"id": document}).all()
    for _, code, place in rows:
        if code:
            contents.explain(session, document, code, place, "Đã kiểm tra lại, số liệu đúng (mẫu).", writer, at)
    return int(rows[0][0])


_PUT_UP = """
SELECT r.id, f.code, f.place FROM (SELECT id FROM revision WHERE document_id = %(id)s AND part = 'whole'
                                    ORDER BY no DESC LIMIT 1) r
  LEFT JOIN finding f ON f.document_id = %(id)s AND f.revision_id = r.id AND f.severity = 'explain'
"""


# ── doing them ──────────────────────────────────────────────────────────────────────────────────────────────


def perform(
    acts: Iterable[Act], transaction: Callable[[], AbstractContextManager[Session]], told: Callable[[int], object],
    *, workers: int = 2, batch: int = 200,
) -> int:  # fmt: skip
    """Do these acts in the order of their moments, many in a transaction; returns how many.

    What writes in one incoming register stays with one worker, so nobody waits for another's numbers. `told` hears
    how many more are done, from any worker's thread.
    """
    shares = _shared_out(sorted(acts), workers)

    def work(share: Sequence[Act]) -> int:
        for start in range(0, len(share), batch):
            part = share[start : start + batch]
            with transaction() as session:
                for act in part:
                    act.do(session, act.at)
            told(len(part))
        return len(share)

    if len(shares) < 2:
        return sum(map(work, shares))
    with ThreadPoolExecutor(len(shares)) as pool:
        return sum(pool.map(work, shares))


def _shared_out(acts: Sequence[Act], workers: int) -> list[list[Act]]:
    """Whole provinces to each worker, about equally much."""
    by_place: dict[int, list[Act]] = {}
    for act in acts:
        by_place.setdefault(act.above, []).append(act)
    shares: list[list[Act]] = [[] for _ in range(workers)]
    for part in sorted(by_place.values(), key=lambda part: (-len(part), part[0].above)):
        min(shares, key=len).extend(part)
    return [share for share in shares if share]


_RECEIVER = "SELECT u.name, u.level FROM document d JOIN unit u ON u.id = d.receiver_id WHERE d.id = %(id)s"
