"""What the page draws of a draft: grids with merged heads, their lines and boxes; texts; words beside fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from api.pages.draft.sheet import Row, Sheet, element
from documents.forms import Form, Section, Table
from states.figures import Cell, Figure
from states.reading.before import Before


@dataclass(frozen=True)
class Head:
    """A column's heading, or the merged one over several; `total`: a computed sum."""

    name: str
    unit: str = ""
    wide: int = 1
    tall: int = 1
    total: bool = False


@dataclass(frozen=True)
class Said:
    """A word beside a field. `tone`: bad (can't be read), refuse, explain, doubt, read, note."""

    tone: str
    words: str


@dataclass(frozen=True)
class Box:
    """A cell of the grid: a field, a computed sum (`sum_of`), or nothing (neither)."""

    name: str = ""
    value: str = ""
    label: str = ""
    column: int = 0
    heading: str = ""
    numeric: bool = True
    before: str = ""
    below: str = ""
    made: str = ""
    sum_id: str = ""
    said: tuple[Said, ...] = ()

    @property
    def id(self) -> str:
        """The id of its element."""
        return element(self.name)

    @property
    def tone(self) -> str:
        """The worst that is said of it."""
        tones = {one.tone for one in self.said}
        return next((tone for tone in ("bad", "refuse", "explain", "doubt") if tone in tones), "")


@dataclass(frozen=True)
class Line:
    """A row of the grid. `written`: its label is the writer's own (a field); `choice`: and so is its category."""

    id: str
    label: str
    unit: str
    boxes: tuple[Box, ...]
    row: Row | None = None
    choice: bool = False
    place: str = ""

    @property
    def said(self) -> list[tuple[Box, Said]]:
        """What is said of its cells, in order."""
        return [(box, one) for box in self.boxes for one in box.said]


@dataclass(frozen=True)
class Grid:
    """A table as a grid. `foot`: computed sums of columns; `spare`: an empty row, for the page to copy."""

    table: Table
    nil: bool
    top: tuple[Head, ...]
    second: tuple[Head, ...]
    lines: tuple[Line, ...]
    foot: tuple[Box, ...]
    spare: Line | None
    filled: int
    has_before: bool
    said: tuple[Said, ...] = ()

    @property
    def id(self) -> str:
        """The id of its section."""
        return f"table-{self.table.number}"

    @property
    def wide(self) -> int:
        """Columns of the grid, the label's and the tools' included."""
        return len(self.lines[0].boxes) + 2 if self.lines else 2


@dataclass(frozen=True)
class Text:
    """A section of free text with what was said last period and what units below say."""

    section: Section
    value: str
    before: str
    below: tuple[Mapping[str, object], ...] = ()
    said: tuple[Said, ...] = ()

    @property
    def id(self) -> str:
        """The id of its element."""
        return f"t-{self.section.code}"


@dataclass(frozen=True)
class Beside:
    """What is shown beside the fields: last period's figures, others' figures in it, words by field."""

    before: Before | None = None
    below: Mapping[Cell, Figure] = field(default_factory=dict)
    gathered: Mapping[str, list[dict[str, object]]] = field(default_factory=dict)
    said: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)
    own: bool = True
    """Whether last period's figures are those that the unit itself wrote."""

    def figure_before(self, cell: Cell) -> str:
        """Last period's figure in words, or nothing."""
        figures = (self.before.own if self.own else self.before.total) if self.before else {}
        return figures[cell].vi if cell in figures else ""

    def figure_below(self, cell: Cell) -> str:
        """What others' figures make here already."""
        return self.below[cell].vi if cell in self.below else ""


def texts(form: Form, sheet: Sheet, beside: Beside) -> list[Text]:
    """Every section of free text."""
    before = beside.before.texts if beside.before else {}
    return [
        Text(one, sheet.texts.get(one.code, ""), before.get(one.code, ""), tuple(beside.gathered.get(one.code, ())),
             beside.said.get(f"t.{one.code}", ()))
        for one in form.sections
    ]  # fmt: skip
