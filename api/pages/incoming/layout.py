"""The paper at the left: its pages as pictures, or its lines and tables as they were read; each place has an anchor.

An anchor is `p-PAGE-LINE` for a line, `b-TABLE` and `b-TABLE-ROW` for a table, `trang-PAGE` for a page.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from api.pages.incoming.merged import Cell, merged

MOST_LINES, MOST_ROWS, MOST_GRIDS, MOST_COLUMNS = 3000, 200, 60, 30


@dataclass(frozen=True)
class Line:
    """A line of text; `box` where it stands on the page's picture, in thousandths: x, y, width, height."""

    id: str
    text: str
    aside: bool
    gap: bool
    bold: bool
    box: tuple[int, int, int, int] | None


@dataclass(frozen=True)
class Grid:
    """A table as it stands: its cells, and how many rows are left out."""

    id: str
    rows: Sequence[Sequence[Cell]]
    left_out: int


@dataclass(frozen=True)
class Pair:
    """Two lines of one height, as in a letterhead."""

    left: Line
    right: Line


@dataclass
class Sheet:
    """A page (of a workbook: a sheet) with what stands on it in order."""

    number: int
    items: list[Line | Pair | Grid] = field(default_factory=list)

    def add(self, item: Line | Grid) -> None:
        """One more; a line that stands to the right of the last one stands beside it."""
        last = self.items[-1] if self.items else None
        if isinstance(item, Line) and item.aside and isinstance(last, Line) and item.id == f"{last.id}-1":
            self.items[-1] = Pair(last, item)
        else:
            self.items.append(item)

    @property
    def lines(self) -> list[Line]:
        """The lines that have a place on the picture."""
        pairs = [one for item in self.items if isinstance(item, Pair) for one in (item.left, item.right)]
        return [one for one in [*pairs, *self.items] if isinstance(one, Line) and one.box]


@dataclass(frozen=True)
class Layout:
    """The whole paper. `pictures`: its pages can be seen; `cut`: it is longer than what is shown."""

    sheets: Sequence[Sheet]
    pictures: bool
    cut: bool
    anchor: Callable[[Mapping[str, Any] | None], str]
    """The anchor of a place, or "" where it stands nowhere."""


def layout(text: Mapping[str, Any], tables: Sequence[Mapping[str, Any]]) -> Layout:
    """From the text of a reading; `tables` are the recognised ones, which name the grid that they begin in."""
    sheets = {number: Sheet(number) for number in range(1, max(1, int(text["pages"])) + 1)}
    ids: set[str] = set()
    grids = _grids_of(text["grids"], tables)
    heads = {grids[number][0]: rows for number, rows in _head_rows(tables) if number in grids}
    placed: list[tuple[int, int, int, Line | Grid]]
    placed = [(page, number, 0, _line(one)) for one in text["lines"][:MOST_LINES] for page, number in [one[1:3]]]
    placed += [
        (page, line, 1, _grid(at, rows, heads.get(at, 0)))
        for at, (rows, page, line, *_) in enumerate(text["grids"][:MOST_GRIDS], 1)
    ]
    for page, _number, _kind, item in sorted(placed, key=lambda one: one[:3]):
        sheets.setdefault(page, Sheet(page)).add(item)
        ids.add(item.id)
        if isinstance(item, Grid):
            ids |= {f"{item.id}-{row}" for row in range(1, len(item.rows) + 1)}
    pictures = text["kind"] == "pdf"

    def anchor(place: Mapping[str, Any] | None) -> str:
        return _anchor(place, ids, grids, pictures) if place else ""

    return Layout(list(sheets.values()), pictures, len(text["lines"]) > MOST_LINES or len(text["grids"]) > MOST_GRIDS,
                  anchor)  # fmt: skip


def _line(one: Sequence[Any]) -> Line:
    words, page, number, column, gap, bold, _tail, box = one
    edges = tuple(round(1000 * share) for share in box) if box else None
    where = (edges[0], edges[1], max(1, edges[2] - edges[0]), max(1, edges[3] - edges[1])) if edges else None
    name = f"p-{page}-{number}" + (f"-{column}" if column else "")
    return Line(name, words, bool(column), gap, bold, where)


def _grid(at: int, rows: Sequence[Sequence[str]], heads: int) -> Grid:
    shown = merged([row[:MOST_COLUMNS] for row in rows[:MOST_ROWS]], heads)
    return Grid(f"b-{at}", shown, max(0, len(rows) - MOST_ROWS))


def _head_rows(tables: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, int]]:
    """For each recognised table how many rows stand above its first row of figures."""
    for one in tables:
        places = one["value"].get("places") or [{}]
        row = str(places[0].get("cell", "")).partition(",")[0]
        if row.isdecimal():
            yield int(one["value"]["number"]), int(row) - 1


def _grids_of(grids: Sequence[Sequence[Any]], tables: Sequence[Mapping[str, Any]]) -> dict[int, tuple[int, int, int]]:
    """For each recognised table: the grid that it begins in, and that one's page and line."""
    where = {(page, line): at for at, (_rows, page, line, *_) in enumerate(grids, 1)}
    found = {}
    for one in tables:
        page, line = one["place"]["page"], one["place"]["line"]
        if (page, line) in where:
            found[int(one["value"]["number"])] = (where[page, line], page, line)
    return found


def _anchor(place: Mapping[str, Any], ids: set[str], grids: Mapping[int, tuple[int, int, int]], pictures: bool) -> str:
    page, line, table, cell = (place[name] for name in ("page", "line", "table", "cell"))
    if table:
        if table not in grids:
            return ""
        at, page, line = grids[table]
        row = f"b-{at}-{cell.partition(',')[0]}"
        if not pictures:
            return row if row in ids else f"b-{at}"
    elif not line:
        return ""
    for number in range(line, max(0, line - 3), -1):  # a table of a picture is found by the line above it
        for name in (f"p-{page}-{number}", f"p-{page}-{number}-1"):
            if name in ids:
                return name
    return f"trang-{page}" if pictures else ""
