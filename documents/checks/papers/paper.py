"""What the rules look at (một văn bản dưới mắt người kiểm tra): one type for files, drafts and totals.

Whatever is not known is None or empty, and the rules that need it are silent: a draft has no number yet, a file from
outside no requirement that it answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from documents.checks.papers.amounts import Amount, Change, Counted, Gathering, Share, Split
from documents.filled import Read
from documents.forms import Content, Form
from documents.reading.days.dates import PartialDate
from states.figures import Cell, Figure

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Said(Generic[V]):
    """A value and where it stands."""

    value: V
    place: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """Head and foot of a paper that has gone out (thể thức): what is None is missing in it."""

    number: Said[str] | None = None
    symbol: Said[str] | None = None
    place: Said[str] | None = None
    date: Said[PartialDate] | None = None
    signer: Said[str] | None = None
    post: str = ""
    """The signer's post."""
    authority: str = ""
    """TM., KT., TL., TUQ., Q. or none."""
    on_behalf: str = ""
    """Whom KT., TL., TUQ. name."""
    with_tm: bool = False
    """Whether "TM. …" stands above."""
    recipients: tuple[Said[str], ...] = ()
    addressees: tuple[str, ...] = ()
    """Whom it is addressed to (kính gửi)."""
    motto: str = ""
    """Quốc hiệu as it is written."""
    letterhead: bool = False
    """Whether the issuing body stands at the head."""
    type_line: bool = False
    """Whether a line of its own names the type."""
    date_words: str = ""
    ends_at: str = ""
    """Where the text ends."""
    ends_with: str = ""
    """Its last words, where neither recipients nor a signature follow."""


@dataclass(frozen=True, slots=True)
class Cited:
    """Another paper that this one names; `role` as `documents.reading.cited.references` gives it."""

    words: str
    code: str
    type_word: str
    date: PartialDate
    issuer: str
    title: str
    role: str
    basis: bool
    place: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Annexed:
    """A caption "(Kèm theo …)": what it says that the annex belongs to; `own`: an annex of this very paper."""

    type_word: str
    number: str
    symbol: str
    date: PartialDate
    place: str
    own: bool
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """The issuing unit by the register of units, as of the paper's day."""

    name: str
    level: str
    last: date | None = None
    """Its last day, where it is no more."""
    day: date | None = None
    """The day that it was looked up for."""
    instead: str = ""
    """What the paper calls it, where no unit of that name and type was there on that day; "" where all is well."""
    communes: int = 0
    """How many communes it has by the register; 0 where nobody needs to know."""
    kinds: tuple[str, ...] = ()
    """Of which kinds, folded ("xa", "phuong")."""
    below: tuple[str, ...] = ()
    """The units below it on that day, by the register."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the body and where it begins; `counts`: whether a figure is reported in it."""

    text: str
    place: str
    counts: bool = False
    section: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a file: `columns` of its form by place, cells with their places."""

    number: int
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    places: tuple[str, ...]
    nil: bool
    place: str
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the requirement or the plan above asks, as far as the program knows it."""

    plan: str = ""
    """As "Kế hoạch 12/KH-UBND"."""
    plan_date: date | None = None
    first: date | None = None
    last: date | None = None
    """The window of the figures."""
    receiver: str = ""
    closing: date | None = None
    """The day on which the content is closed: that of the paper, or of being put up for signature."""


@dataclass(frozen=True, slots=True)
class Below:
    """What a total is made of: units missing, sources dated too early, rows without a category."""

    covered: int
    expected: int
    missing: tuple[str, ...] = ()
    waiting: tuple[tuple[str, str, int, str], ...] = ()
    """Unit, row's words, table, place."""
    early: tuple[tuple[str, str, str], ...] = ()
    """Unit, date of its report, first day that its figures could be whole."""
    before: tuple[tuple[str, str, str], ...] = ()
    """Unit, date of its report, date of the plan that asks for it."""
    twice: tuple[tuple[str, str, str], ...] = ()
    """Two units (or one) and the number that both bear."""


@dataclass(frozen=True, slots=True)
class Filled:
    """Content in its form, understood; `before` is the period before, in the same form."""

    form: Form
    content: Content
    found: Read
    before: Mapping[Cell, Figure] | None = None
    consolidated: bool = False


@dataclass(frozen=True)
class Paper:
    """One paper as the rules see it."""

    kind: str = ""
    """plan, report or "" for another."""
    type_word: str = ""
    title: Said[str] | None = None
    closing_title: Said[str] | None = None
    head: Head | None = None
    unit: Unit | None = None
    issuers: tuple[Said[str], ...] = ()
    """How the paper names its issuer: letterhead first; each with where."""
    misspelt: tuple[tuple[str, str, str], ...] = ()
    """Written, meant, where."""
    cited: tuple[Cited, ...] | None = None
    answers: Cited | None = None
    annexed: tuple[Annexed, ...] = ()
    annexes: tuple[str, ...] | None = None
    """Headings of the annexes that are here, as they are written; None where nobody knows."""
    period: tuple[str, date, date, str] | None = None
    """Kind, first and last day, place."""
    text: tuple[Sentence, ...] = ()
    grids: tuple[Grid, ...] = ()
    shares: tuple[Share, ...] = ()
    splits: tuple[Split, ...] = ()
    gatherings: tuple[Gathering, ...] = ()
    changes: tuple[Change, ...] = ()
    amounts: tuple[Amount, ...] = ()
    counts: tuple[Counted, ...] = ()
    """Exact counts of the text."""
    tracked: tuple[int, int, str] | None = None
    """Changes that a Word file still tracks: how many put in, how many taken out, the first of them in words."""
    plan_says: Mapping[str, bool] | None = None
    """Whether a plan states deadline, assignee, targets, budget."""
    filled: Filled | None = None
    asked: Asked = field(default_factory=Asked)
    numbers: Mapping[str, str] = field(default_factory=dict)
    """Numbers already used by this issuer in this year ("236/BC-UBND") and where."""
    below: Below | None = None
