"""The acts that take a ward's report as far as its course says."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from api.demo import simulation
from api.demo.midway.courses import Course, Reach
from api.demo.simulation import Act, Days, Do, Life
from documents import drafting
from states import duties
from states.lifecycle import Action
from states.periods import LOCAL
from states.policy import Actor, Holder
from states.steps import Request, take


@dataclass
class Way:
    """A report on its way: its life, its course, the campaign's days, and what is typed."""

    life: Life
    course: Course
    days: Days
    typed: Mapping[str, Any]
    corrected: Mapping[str, Any]

    def day(self, count: int) -> date:
        """So many working days after the deadline of all; before it where negative."""
        return self.days.calendar.add_working_days(self.days.due, count) if count else self.days.due

    def act(self, count: int, hour: int, do: Do, *, sends: bool = False) -> Act:
        """One act on that day, some minutes after the hour."""
        moment = datetime.combine(self.day(count), time(hour, 5), LOCAL)
        moment += timedelta(seconds=self.life.chance.randrange(3_000))
        return Act(moment, self.life.document, self.life.above, do, sends)

    def step(self, action: Action, actor: Actor, **said: Any) -> Do:
        """A step through the door."""
        return lambda session, at: take(session, Request(self.life.document, action, **said), actor, at)


def of_ward(way: Way) -> Iterator[Act]:
    """Everything up to where the course ends."""
    yield from _dispensation(way)
    yield from _WAYS[way.course.reaches](way)


# ── more time, or none needed ───────────────────────────────────────────────────────────────────────────────


def _dispensation(way: Way) -> Iterator[Act]:
    """Asked for two days before the deadline, granted the day before."""
    course, life = way.course, way.life
    kind = "waiver" if course.reaches is Reach.WAIVED else "extension" if course.until else None
    if kind is None:
        return
    until = way.days.calendar.due_at(way.day(course.until)) if course.until else None
    why, answer = _WHY[kind]
    asked: list[int] = []
    watcher = _holder(life.receiver["supervisor"], life.above, "supervisor")
    yield way.act(-2, 9, lambda s, at: asked.append(
        duties.ask(s, life.document, kind, until, why, life.writer, at)))  # fmt: skip
    yield way.act(-1, 9, lambda s, at: duties.grant(
        s, life.document, kind, until, answer, watcher, at, request_id=asked[0]))  # fmt: skip


# ── the ways ────────────────────────────────────────────────────────────────────────────────────────────────


def _nothing(_way: Way) -> Iterator[Act]:
    return iter(())


def _opened(way: Way) -> Iterator[Act]:
    """The drafter has looked, and written nothing."""
    keys = {"id": way.life.document, "person": way.life.people["drafter"].person_id}
    yield way.act(way.course.day, 8, lambda s, at: s.connection().exec_driver_sql(_LOOK, keys | {"at": at}))


def _drafting(way: Way) -> Iterator[Act]:
    """Half filled: the first rows, without who took part in the second."""
    first, *others = way.typed["rows"]
    rows = [first, *({**row, "values": {"1": row["values"]["1"]}} for row in others[:1])]
    texts = {"direction": way.typed["texts"]["direction"]}
    yield way.act(way.course.day, 8, _save(way, {"rows": rows, "texts": texts}))


def _sent_back(way: Way) -> Iterator[Act]:
    """One figure asks for words, sometimes a whole table is missing: the Vice-chair sends it back to the desk."""
    first, *others = way.typed["rows"]
    if way.life.chance.random() < 0.5:
        others = [row for row in others if row["table"] != 2]
    many = {**first, "values": {**first["values"], "3": "3.150"}}
    yield way.act(way.course.day - 1, 7, _save(way, {**way.typed, "rows": [many, *others]}))
    yield way.act(way.course.day - 1, 14, _present(way))
    why = "Số nữ dự lễ phát động quá lớn so với quy mô của xã, kiểm tra lại hoặc giải trình (mẫu)."
    yield way.act(way.course.day, 8, way.step(Action.SEND_BACK, way.life.people["vice"], reason=why))


def _presented(way: Way) -> Iterator[Act]:
    yield _writing(way, way.course.day)
    yield way.act(way.course.day, 8 if way.course.day > 6 else 14, _present(way))


def _signed(way: Way) -> Iterator[Act]:
    yield _writing(way, way.course.day)
    yield from list(simulation.sending(way.life, way.day(way.course.day)))[:2]


def _sent(way: Way) -> Iterator[Act]:
    """On the last morning everything happens before nine; otherwise in the usual hours of a day."""
    yield _writing(way, way.course.day)
    if way.course.day < 7:
        yield from simulation.sending(way.life, way.day(way.course.day))
        return
    present, sign, submit, *_ = simulation.sending(way.life, way.day(7))
    moment = datetime.combine(way.day(7), time(7, 45), LOCAL)
    for minutes, act in ((0, present), (25, sign), (50, submit)):
        at = moment + timedelta(minutes=minutes + way.life.chance.randrange(15))
        yield Act(at, act.document, act.above, act.do, act.sends)


def _corrected(way: Way) -> Iterator[Act]:
    yield from _sent(way)
    yield _back(way, way.course.day + 1, Action.RETURN, way.day(way.course.day + 3))
    yield way.act(way.course.day + 2, 7, _save(way, way.corrected))
    yield from simulation.sending(way.life, way.day(way.course.day + 2))


def _paper(way: Way) -> Iterator[Act]:
    yield way.act(way.course.day, 15, simulation.registering(way.life, way.typed), sends=True)


def _returned(way: Way) -> Iterator[Act]:
    """Returned before any evening that would have consolidated it."""
    sent = 0 if way.course.day <= 2 else way.course.day - 1
    yield _writing(way, sent)
    yield from simulation.sending(way.life, way.day(sent))
    yield _back(way, way.course.day, Action.RETURN, way.day(way.course.answer))


def _reopened(way: Way) -> Iterator[Act]:
    """Sent in time, consolidated, then reopened."""
    yield _writing(way, -1)
    yield from simulation.sending(way.life, way.day(-1))
    yield _back(way, way.course.day, Action.REOPEN, way.day(way.course.answer))


def _reopened_sent(way: Way) -> Iterator[Act]:
    yield from _reopened(way)
    yield way.act(way.course.day, 10, _save(way, way.corrected))
    again = simulation.sending(way.life, way.day(way.course.day))
    for hours, act in zip((3, 4, 2, 1), again, strict=False):
        yield Act(act.at + timedelta(hours=hours), act.document, act.above, act.do, act.sends)


# ── single acts ─────────────────────────────────────────────────────────────────────────────────────────────


def _writing(way: Way, on: int) -> Act:
    """Somewhere in the days before, early in the morning; as late as the day itself where it was extended."""
    last = way.day(min(on, 0))
    days = way.days.between(way.days.write_from, last)
    return simulation.writing(way.life, way.life.chance.choice(days[-8:]), way.typed)


def _save(way: Way, typed: Mapping[str, Any]) -> Do:
    return simulation.saving(way.life, typed)


def _present(way: Way) -> Do:
    """Laid on the Vice-chair's desk by name, so that boards can say with whom it waits."""
    document, people = way.life.document, way.life.people
    return lambda s, at: drafting.present(s, document, people["drafter"], at, to_office=people["vice"].office_id)


def _back(way: Way, on: int, action: Action, answer: date) -> Act:
    due, code = way.days.calendar.due_at(answer), way.course.code
    by = way.life.receiver["supervisor"]
    return way.act(on, 9, way.step(action, by, due_at=due, reason_code=code, reason=_BACK[code]))


def _holder(actor: Actor, unit: int, seat: str) -> Holder:
    return Holder(actor.person_id, actor.office_id, unit, seat)


_LOOK = """
INSERT INTO seen (document_id, person_id, seq, at) VALUES (%(id)s, %(person)s, 1, %(at)s) ON CONFLICT DO NOTHING
"""
_WHY = {
    "extension": ("Mưa lũ chia cắt một số thôn, chưa thu đủ số liệu (mẫu).", "Đồng ý gia hạn do mưa lũ (mẫu)."),
    "waiver": ("Xã tập trung khắc phục hậu quả sạt lở, không tổ chức hoạt động (mẫu).", "Đồng ý miễn (mẫu)."),
}
_BACK = {
    "figures-wrong": "Số người tham gia ở biểu 1 chưa khớp danh sách, đề nghị rà soát và gửi lại (mẫu).",
    "text-incomplete": "Chưa nêu kết quả phối hợp với Hội Liên hiệp Phụ nữ, đề nghị bổ sung (mẫu).",
}
_WAYS: Mapping[Reach, Callable[[Way], Iterator[Act]]] = {
    Reach.UNOPENED: _nothing, Reach.OPENED: _opened, Reach.DRAFTING: _drafting, Reach.SENT_BACK: _sent_back,
    Reach.PRESENTED: _presented, Reach.SIGNED: _signed, Reach.SENT: _sent, Reach.CORRECTED: _corrected,
    Reach.PAPER: _paper, Reach.RETURNED: _returned, Reach.REOPENED: _reopened, Reach.REOPENED_SENT: _reopened_sent,
    Reach.WAIVED: _nothing,
}  # fmt: skip
