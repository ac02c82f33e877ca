"""What rows of tables are called and numbered (tên và số thứ tự của dòng)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.registry import rule
from documents.checks.tables.meaning import at_column
from documents.reading.folding import fold
from states.names import normal_form

_NAMES = re.compile(r"(?:ten )?(?:cac )?(?:xa|phuong|thi tran|don vi|dia phuong|thon|ban|ap|khom|buon|to dan pho|"
                    r"khu pho|truong|ho (?:va )?ten)\b(?!.*\b(?:chu tri|phoi hop|tinh|thuc hien)\b)")  # fmt: skip
_COUNTERS = ("stt", "tt", "so tt")


@rule("row-twice", "explain", "Một đơn vị hay một người có hai dòng", "One unit or person has two rows",
      example="bảng theo thôn: hai dòng «Thôn 3»")  # fmt: skip
def row_twice(paper: Paper) -> Iterator[Hit]:
    """In the first column of names, right behind the counter; in a table of parts one may stand in each. Two people may
    bear one name: of them the whole row is compared."""
    for grid in paper.grids:
        column = 1 if grid.columns and fold(grid.columns[0]) in _COUNTERS else 0
        if len(grid.columns) <= column or not _NAMES.match(fold(grid.columns[column])):
            continue
        if column and sum(row[0].strip() in ("1", "01") for row in grid.rows) > 1:
            continue
        seen: dict[str, str] = {}
        for row, place in zip(grid.rows, grid.places, strict=True):
            people = "ten" in fold(grid.columns[column]).split()
            name = normal_form(" ".join(row[column:] if people else row[column : column + 1]))
            if len(name) > 3 and (not column or row[0].strip().isdecimal()):
                if name in seen:
                    yield Hit(at_column(place, column), f"Bảng {grid.number}: «{row[column]}» có hai dòng"
                              f" ({seen[name]})",
                              f"Table {grid.number}: «{row[column]}» has two rows", (row[column], row[column]),
                              seen[name])  # fmt: skip
                seen.setdefault(name, at_column(place, column))


@rule("row-number-broken", "note", "Số thứ tự trong bảng bị đứt", "The numbers of rows break off",
      example="STT 1, 2, 4")  # fmt: skip
def row_number_broken(paper: Paper) -> Iterator[Hit]:
    """Between two rows that stand side by side; where they begin anew, another part began."""
    for grid in paper.grids:
        if not grid.columns or fold(grid.columns[0]) not in _COUNTERS or grid.broken:
            continue
        numbers = [row[0].strip().rstrip(".") for row in grid.rows]
        for before, here, place in zip(numbers, numbers[1:], grid.places[1:], strict=False):
            if before.isdecimal() and here.isdecimal() and int(here) not in (int(before) + 1, 1) and int(here) < 999:
                yield Hit(place, f"Bảng {grid.number}: số thứ tự {here} đứng sau {before}",
                          f"Table {grid.number}: number {here} follows {before}", (here, before))  # fmt: skip
                break
