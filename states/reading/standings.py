"""What a board says: standings (tình trạng), counts, and the line of one owed document. Computed, never stored."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Standing(StrEnum):
    """Where an owed document stands (tình trạng), as people speak of it; each has exactly one."""

    NOT_STARTED = "not_started"  # chưa bắt đầu: nobody has written
    DRAFTING = "drafting"  # đang soạn
    PRESENTED = "presented"  # chờ ký: on the leader's desk
    SIGNED_NOT_SENT = "signed_not_sent"  # đã ký, chưa gửi: on the clerk's desk
    RETURNED = "returned"  # bị trả lại
    REOPENED = "reopened"  # đang sửa, sau khi đã tổng hợp
    OVERDUE = "overdue"  # quá hạn, chưa gửi: louder than wherever it lies
    SENT_ON_TIME = "sent_on_time"  # gửi đúng hạn
    SENT_LATE = "sent_late"  # gửi chậm
    CONSOLIDATED = "consolidated"  # đã tổng hợp
    WAIVED = "waived"  # được miễn
    CANCELLED = "cancelled"  # không còn phải gửi: the plan was withdrawn


WORST_FIRST: tuple[Standing, ...] = (
    Standing.OVERDUE, Standing.RETURNED, Standing.REOPENED, Standing.NOT_STARTED, Standing.DRAFTING,
    Standing.PRESENTED, Standing.SIGNED_NOT_SENT, Standing.SENT_LATE, Standing.SENT_ON_TIME, Standing.CONSOLIDATED,
    Standing.WAIVED, Standing.CANCELLED,
)  # fmt: skip
"""From what needs help most to what needs none: what colours a node of the tree, and sorts a list by standing."""


@dataclass(frozen=True)
class Counts:
    """How many are owed, stand with the receiver, and came on time.

    `expected` leaves out what was cancelled or waived in time; the standings together are all that was opened.
    """

    expected: int = 0
    received: int = 0
    on_time: int = 0
    standings: dict[Standing, int] = field(default_factory=dict)

    @property
    def rate(self) -> float | None:
        """Received of expected, 0 to 1 (tỷ lệ báo cáo); None where nothing is expected."""
        return self.received / self.expected if self.expected else None

    @property
    def on_time_rate(self) -> float | None:
        """Received on time of expected, 0 to 1 (tỷ lệ đúng hạn); None where nothing is expected."""
        return self.on_time / self.expected if self.expected else None

    @property
    def opened(self) -> int:
        """All that was opened, whether it is expected or not."""
        return sum(self.standings.values())

    @property
    def worst(self) -> Standing | None:
        """The worst standing that any of them has (`WORST_FIRST`); None where nothing is owed."""
        return next((standing for standing in WORST_FIRST if self.of(standing)), None)

    def of(self, standing: Standing) -> int:
        """How many stand there."""
        return self.standings.get(standing, 0)

    def __add__(self, other: "Counts") -> "Counts":
        """Two parts together."""
        standings = {each: self.of(each) + other.of(each) for each in (*self.standings, *other.standings)}
        return Counts(self.expected + other.expected, self.received + other.received, self.on_time + other.on_time,
                      standings)  # fmt: skip


@dataclass(frozen=True)
class Call:
    """The last telephone call about a document (gọi điện): who noted it, what was said, by when it was promised."""

    at: datetime
    person: str
    words: str
    promised: date | None

    def broken(self, day: date) -> bool:
        """Whether the promised day has passed on that local day; of interest while the document is not sent."""
        return self.promised is not None and self.promised < day


@dataclass(frozen=True)
class Line:
    """One owed document. Moments are aware, `hours` are office hours, `days_late` and `days_left` working days.

    `person`, `person_title`, `person_phone`: whose desk it is on, if one person's. `call`, `reminded_at`,
    `reminded_rung` (before-2, after-1, by-hand/…): the last ones, told only until it is sent.
    """

    document_id: int
    kind: str
    plan_id: int
    requirement_id: int
    title: str
    unit_id: int
    unit: str
    level: str
    path: str
    state: str
    seq: int
    standing: Standing
    stage: Standing  # where it lies, whether late or not
    expected: bool
    received: bool
    on_time: bool
    due_at: datetime  # frozen at fan-out
    deadline: datetime  # in force: moved by extension or amendment
    correction_due: datetime | None  # until when a return is to be answered
    first_sent_at: datetime | None
    sent_at: datetime | None
    number: str | None  # of the last sending
    dated: date | None  # its day (ngày ban hành)
    paper: bool  # ký ngoài hệ thống
    waived: bool
    reason_code: str | None  # of the last return
    unopened: bool  # nobody of the unit has looked at it
    desk: str
    desk_office_id: int | None
    person: str | None  # who has it: the office named, or the only holder of the seat
    person_title: str | None
    person_phone: str | None
    unit_phone: str | None
    since: datetime
    reminded_at: datetime | None
    reminded_rung: str | None
    call: Call | None = None
    hours: float = 0.0  # on this desk, until it is sent: drafting, waiting for signature, waiting for the clerk
    days_late: int = 0  # of the sending, or until now
    days_left: int | None = None  # until the day it must keep; None when it is sent, let off or late

    @property
    def must_by(self) -> datetime:
        """The date that it must keep now: of the correction where it was returned, else the deadline in force."""
        return self.correction_due or self.deadline

    @property
    def extended_to(self) -> datetime | None:
        """Gia hạn đến: the deadline in force where it is not the one of the fan-out."""
        return self.deadline if self.deadline != self.due_at else None


@dataclass(frozen=True)
class Board:
    """A board at one moment: a line per owed document, in the tree's order, and the counts."""

    at: datetime
    path: str
    lines: tuple[Line, ...]
    counts: Counts
    before: Counts | None = None  # the same part of the tree under the last period's plan of the same subject

    @property
    def late(self) -> list[Line]:
        """Overdue, the worst first."""
        return sorted((line for line in self.lines if line.standing is Standing.OVERDUE), key=worst_first)

    @property
    def unopened(self) -> list[Line]:
        """Chưa mở: nobody of the unit has looked at what it owes."""
        return [line for line in self.lines if line.unopened]

    @property
    def change(self) -> tuple[float, float] | None:
        """How much rate and on-time rate moved against the last period; None without one."""
        now, then = self.counts, self.before
        if then is None or now.rate is None or then.rate is None:
            return None
        return now.rate - then.rate, (now.on_time_rate or 0.0) - (then.on_time_rate or 0.0)


@dataclass(frozen=True)
class Summary:
    """The counts of a part: a unit with all beneath it, or a plan. `id` is the unit's or the plan's."""

    id: int
    name: str
    level: str
    path: str
    counts: Counts


def worst_first(line: Line) -> tuple[int, datetime, str, int]:
    """The order of a late list."""
    return -line.days_late, line.must_by, line.path, line.document_id
