"""Totals: what stands in one, how complete it is, where each cell comes from, and what has moved since."""

from __future__ import annotations

from typing import Any, Self

from api.schemas.base import Answer, Given, Moment, Number, Short
from states.figures import Figure


class FigureOut(Answer):
    """A figure: exact ("540") or a bound (">540"), with its words ("trên 540")."""

    value: str
    words: str

    @classmethod
    def of(cls, thing: Any) -> Self:
        """From a figure of the engine."""
        assert isinstance(thing, Figure)
        return cls(value=thing.canonical, words=thing.vi)


class SaidOut(Answer):
    """What a unit wrote in a section of free text, under its own name."""

    unit: str
    document: int
    text: str


class SignatureOut(Answer):
    """The step by which a content was signed; `paper`: signed outside the system, never a signature of ours."""

    seq: int
    at: Moment
    signer: str
    title: str
    authority: str
    paper: bool
    words: str


class TracedOut(Answer):
    """A figure and what it was made from; the parts always make the figure above them."""

    part: str
    figure: FigureOut
    words: str
    unit_id: int
    unit: str
    level: str
    document_id: int
    revision_id: int
    digest: str
    line: int | None
    signed: SignatureOut | None
    parts: list[TracedOut]

    @classmethod
    def of(cls, thing: Any) -> Self:
        """From a traced figure, with all its parts."""
        return cls(**{**vars(thing), "figure": FigureOut.of(thing.figure), "parts": cls.all(thing.parts),
                      "signed": thing.signed and SignatureOut.of(thing.signed)})  # fmt: skip


class CellOut(Answer):
    """A cell of a total, in words."""

    cell: int
    label: str
    figure: FigureOut


class RatioOut(Answer):
    """A percentage, recomputed from the summed numerators and denominators."""

    cell: int
    label: str
    percent: str | None


class CoverageOut(Answer):
    """How complete a total is."""

    expected: int
    received: int
    waived: int
    missing: list[str]


class GapOut(Answer):
    """A report that does not stand in a total, and why."""

    document_id: int
    unit_id: int
    unit: str
    level: str
    why: str
    words: str


class CauseOut(Answer):
    """A report whose figures stand in a total although it has moved on."""

    document_id: int
    unit: str
    revision_id: int
    why: str
    seq: int | None


class TotalOut(Answer):
    """What stands in a report now: figures, coverage by the reports just below and by the wards, gaps, staleness."""

    document_id: int
    revision_id: int
    digest: str
    signed: SignatureOut | None
    cells: list[CellOut]
    ratios: list[RatioOut]
    children: CoverageOut
    wards: CoverageOut
    gaps: list[GapOut]
    waived: list[GapOut]
    stale: bool
    causes: list[CauseOut]


class StaleOut(Answer):
    """A total that holds figures of reports that have moved on since."""

    document_id: int
    unit_id: int
    unit: str
    level: str
    state: str
    revision_id: int
    causes: list[CauseOut]


class ChangedOut(Answer):
    """A cell that differs; null where no figure stands (missing is not zero)."""

    cell: int
    label: str
    old: FigureOut | None
    new: FigureOut | None


class DifferenceOut(Answer):
    """A total before and after, cell by cell; `accepted`: who signed the new one, null while nobody has."""

    old_revision: int | None
    new_revision: int | None
    cells: list[ChangedOut]
    accepted: SignatureOut | None


class StalenessOut(Answer):
    """Whether a total is stale, why, and what would change if it were made anew."""

    stale: bool
    causes: list[CauseOut]
    pending: DifferenceOut


class InTotalOut(Answer):
    """A revision whose figures stand in a total, with the step that signed it; `depth` 1 is just below the total."""

    depth: int
    revision_id: int
    document_id: int
    part: str
    digest: str
    title: str
    unit_id: int
    unit: str
    level: str
    number: str | None
    leaf: bool
    paper: bool
    signed: SignatureOut | None


class PreviewOut(Answer):
    """What a total would hold now; coverage counts leaf units: expected, signed and sent, drafts counted in."""

    document_id: int
    unit: str
    level: str
    signed: bool
    expected: int
    sent: int
    unsigned: int
    missing: int
    cells: list[CellOut]


class FreeRowOut(Answer):
    """A row in a unit's own words that waits for a category; `suggested`: the likeliest one, 0 for none."""

    unit: str
    document_id: int
    revision_id: int
    line: int
    table: int
    label: str
    suggested: int


class PlaceIn(Given):
    """From now on these words are counted in this category of the table."""

    table: Number
    label: Short
    row: Number
