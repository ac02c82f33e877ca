"""What a cell's page shows: the figure, the document that says it, and what it was made from."""

from dataclasses import dataclass
from datetime import date

from documents.forms import Form
from states.figures import Cell, Figure
from states.reading.provenance import Traced
from states.reading.signing import Signature

BY_UNITS = ("whole", "total", "own", "contribution")
"""Parts that are contents of somebody; the others are rows and words of one content."""


@dataclass(frozen=True)
class Part:
    """One part of the figure, with the address where it goes on ("" where one may not see it, or it ends here)."""

    of: Traced
    href: str


@dataclass(frozen=True)
class Above:
    """A total further up that holds this cell."""

    document_id: int
    unit: str
    plan_id: int
    unit_id: int


@dataclass(frozen=True)
class Source:
    """The document that says the figure, as it is named."""

    id: int
    title: str
    unit_id: int
    unit: str
    plan_id: int | None
    state: str
    current: int | None
    number: str | None
    dated: date | None
    revision_no: int


@dataclass(frozen=True)
class Facts:
    """A cell opened. `part`: what of its document it is; `seen` None: the figure is known, its document is not for
    him. `earlier`: the period before.
    """

    cell: Cell
    form: Form
    figure: Figure
    part: str
    source: Source
    revision_id: int
    digest: str
    signed: Signature | None
    parts: tuple[Part, ...]
    above: tuple[Above, ...]
    seen: bool
    may_ask: bool
    earlier: Figure | None

    @property
    def column(self) -> str:
        """The name of its column, as short as the form has it."""
        tables = (one for one in self.form.tables if one.number == self.cell.table)
        found = (one.name for table in tables for one in table.columns if one.number == self.cell.column)
        return next(found, str(int(self.cell)))

    @property
    def by_units(self) -> bool:
        """Whether it was made from other contents, not from rows of its own."""
        return any(one.of.part in BY_UNITS for one in self.parts)

    @property
    def adds_up(self) -> bool:
        """Whether the parts make the figure."""
        return Figure.total(one.of.figure for one in self.parts) in (None, self.figure)

    @property
    def place(self) -> str:
        """The place in the document that a question is about: its only row, else the cell."""
        rows = [one.of for one in self.parts if one.of.part == "row"]
        if len(rows) == 1 and len(self.parts) == 1 and rows[0].line:
            return f"rows.{rows[0].line}.values.{self.cell.column}"
        return f"figures.{int(self.cell)}"

    @property
    def change(self) -> float | None:
        """How much it moved against the period before, as a share; None where either is no plain number or zero."""
        then = self.earlier
        if then is None or not then.amount or not (then.is_exact and self.figure.is_exact):
            return None
        return float((self.figure.amount - then.amount) / then.amount)
