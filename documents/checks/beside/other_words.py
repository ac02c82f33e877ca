"""One thing told in the text and in a table by other names (cùng số liệu, khác cách gọi): the figures are near."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from documents.checks.beside.by_sex import Cell
from documents.checks.beside.same_words import text_unlike_table
from documents.checks.beside.synonyms import meant
from documents.checks.beside.told_twice import text_unlike_cell
from documents.checks.finding import Hit
from documents.checks.papers.paper import Grid, Paper, Sentence
from documents.checks.papers.sentences import sentences, shortened
from documents.checks.registry import rule
from documents.checks.said.phrases import Quantity, quantities
from documents.checks.tables.meaning import at_column, is_rate
from documents.checks.tables.nesting import is_total, label_of
from documents.reading.folding import fold
from documents.reading.tables.into_form import number_in

_NEAR, _SHARED, _LEAST, _ROWS, _WORDS = Decimal("0.12"), 0.66, 5, 120, 4
"""How far apart two figures of one thing mostly are; how many of the name's words are told; smaller figures meet by
chance; rows of tables that are looked through; words that two wordings of one event share."""
_OTHER = re.compile(
    r"\b(?:cung ky|dau nam|nam truoc|ky truoc|chi tieu|phan dau|du kien|ke hoach|uoc|so voi|luy ke|hang nam|moi|"
    r"con lai|chua|tang|giam|"
    r"trong do|rieng|giai doan|den nam|hien co|quan ly|mot so|con)\b"
)
_AHEAD = re.compile(r"\W*(?:[ivxa-h\d]{1,4}[.)/-]\s*)?(?:phuong huong|nhiem vu|kien nghi|de xuat|de nghi|phan dau)")
_NOT_VALUE = re.compile(
    r"\b(?:ke hoach|chi tieu|nam truoc|cung ky|don gia|thoi luong|kinh phi|(?:duoc|tinh|huyen|xa) giao|^giao$|"
    r"stt|tt|nam 20\d\d)\b"
)
_GOALS = re.compile(r"\b(?:chi tieu|muc tieu|nam 20\d\d|ke hoach|phan dau)\b")
_EVENT = re.compile(r"^(?:buoi|cuoc|lop|hoi nghi|dot|phien|toa dam)\b")


@rule("told-otherwise", "explain", "Một số liệu, hai cách gọi, hai con số", "One thing by two names has two figures",
      example="lời văn: 604 chị em khám phụ khoa; bảng, dòng «Phụ nữ khám phụ khoa»: 594")  # fmt: skip
def told_otherwise(paper: Paper) -> Iterator[Hit]:
    """The words of a row's or a total's column stand in the clause, in the same or in other words; no other cell is as
    near by its words; two rows that a sentence names together are added; a target stands in text and table."""
    grids = tuple(grid for grid in paper.grids if len(grid.rows) <= _ROWS)
    told = {hit.place for look in (text_unlike_table, text_unlike_cell) for hit in look(paper)}
    for one in sentences(paper) if grids else ():
        if one.place in told:
            continue
        found = quantities(one.text)
        for said in found:
            cell = _target(one, said, grids) if paper.kind == "plan" else _cell(one, said, grids, found)
            if cell and cell.figure.amount != said.figure.amount:
                yield Hit(one.place, f"Lời văn ghi {said.raw}, bảng {cell.table} ghi {cell.figure} ({cell.place}):"
                          f" «{shortened(one.text)}»", f"The text says {said.raw}, table {cell.table}"
                          f" {cell.figure.canonical}", (said.raw, cell.figure), cell.place)  # fmt: skip
    yield from _events(paper)


def _cell(one: Sentence, said: Quantity, grids: tuple[Grid, ...], found: tuple[Quantity, ...]) -> Cell | None:
    clause = _clause(one.text, said, found)
    plain = said.figure.is_exact and not said.percent and not said.money and said.of is None
    if not plain or said.figure.amount < _LEAST or _OTHER.search(fold(clause)) or _AHEAD.match(fold(one.section)):
        return None
    told = meant(re.sub(r"\d+", " ", clause))
    return _added(said, grids) or _best(said, told, [pair for grid in grids for pair in named_cells(grid)], one.text)


def _best(said: Quantity, told: frozenset[str], named: list[tuple[frozenset[str], Cell]], text: str) -> Cell | None:
    """The cell whose name is told most wholly, where its figure is near; none where one with the text's own figure is
    told as wholly, or the cell's figure stands in the sentence too."""
    scored = [(len(name & told) / len(name), len(name & told), cell) for name, cell in named if len(name & told) > 1]
    equal = max((score for score, _, cell in scored if cell.figure.amount == said.figure.amount), default=0.0)
    best = max(((score, many) for score, many, _ in scored), default=(0.0, 0))
    top = [cell for score, many, cell in scored if (score, many) == best]
    if best[0] < _SHARED or best[0] <= equal or len({cell.figure.amount for cell in top}) != 1:
        return None
    amount = top[0].figure.amount
    near = abs(amount - said.figure.amount) <= max(_NEAR * max(amount, said.figure.amount), Decimal(1))
    here = any(one.figure.amount == amount for one in quantities(text))
    return top[0] if near and amount >= _LEAST and not here else None


@lru_cache(maxsize=64)
def named_cells(grid: Grid) -> list[tuple[frozenset[str], Cell]]:
    """Cells of the row of totals by their columns, cells of other rows by the row where one column counts."""
    cells: list[tuple[frozenset[str], Cell]] = []
    totals = [n for n, row in enumerate(grid.rows) if _all(row)]
    for at, row in enumerate(grid.rows):
        counts = [n for n in range(1, len(row)) if _counts(grid.columns[n], row[n])]
        if totals == [at]:
            cells += [(meant(grid.columns[n].replace("|", " ")), _at(grid, at, n)) for n in counts]
        elif not totals and len(counts) == 1:
            cells.append((meant(label_of(row, 200)), _at(grid, at, counts[0])))
    return [(name, cell) for name, cell in cells if len(name) > 1]


def _counts(name: str, cell: str) -> bool:
    """Whether a column counts what was done, and the cell is a plain figure."""
    figure = number_in(cell)
    return not is_rate(fold(name)) and not _NOT_VALUE.search(fold(name)) and figure is not None and figure.is_exact


def _all(row: tuple[str, ...]) -> bool:
    return (
        is_total(row)
        or re.match(r"toan (?:xa|phuong|huyen|tinh|thi|dac khu|truong)", fold(label_of(row, 60))) is not None
    )


def _at(grid: Grid, row: int, column: int) -> Cell:
    figure = number_in(grid.rows[row][column])
    assert figure is not None  # its column is one that counts
    return Cell(figure, at_column(grid.places[row], column), grid.number)


def _clause(text: str, said: Quantity, found: tuple[Quantity, ...]) -> str:
    """From the last number or semicolon up to the next one."""
    before = max((one.end for one in found if one.end <= said.start), default=0)
    after = min(
        (one.start for one in found if one.start >= said.end and not re.fullmatch(r"0?1", one.raw)), default=len(text)
    )
    ahead = re.split(r";|\.\s|\)", text[before : said.start])[-1]
    behind = re.split(r";|\.\s|\(", text[said.end : after])[0]
    return f"{ahead} {behind}"


def _added(said: Quantity, grids: tuple[Grid, ...]) -> Cell | None:
    """As "46 băng rôn và khẩu hiệu", where two rows are called so."""
    pair = re.match(r"(?P<a>[a-z ]{3,25}?)(?: va |, )(?P<b>[a-z ]{3,25})$", said.after)
    for grid in grids if pair else ():
        counts = [n for n, name in enumerate(grid.columns) if re.match(r"so luong\b|thuc hien\b|sl\b", fold(name))]
        rows = {fold(label_of(row, 60)).strip(): n for n, row in enumerate(grid.rows)}
        at = [rows.get(pair[name].strip()) for name in ("a", "b")] if pair else []
        if len(counts) == 1 and len(at) == 2 and at[0] is not None and at[1] is not None:
            one, other = (number_in(grid.rows[n][counts[0]]) for n in (at[0], at[1]))
            if one and other and one.is_exact and other.is_exact:
                return Cell(type(one)(one.amount + other.amount), grid.places[at[0]], grid.number)
    return None


def _target(one: Sentence, said: Quantity, grids: tuple[Grid, ...]) -> Cell | None:
    """A percentage to be reached, which a table of targets has too."""
    if (
        not said.percent
        or said.of is not None
        or re.search(r"\b(?:nam truoc|hien|cuoi nam|giai doan|den nam)\b", fold(one.text))
    ):
        return None
    told, scored = meant(re.sub(r"\d+", " ", one.text)), []
    for grid in grids:
        columns = [n for n, name in enumerate(grid.columns) if n > 1 and _GOALS.search(fold(name))]
        for at, row in enumerate(grid.rows) if len(columns) == 1 else ():
            name = meant(label_of(row, 200))
            if "%" in row[columns[0]] + grid.columns[columns[0]] and number_in(row[columns[0]]) and len(name) > 3:
                scored.append((len(name & told) / len(name), _at(grid, at, columns[0])))
    scored.sort(key=lambda pair: -pair[0])
    alone = len(scored) < 2 or scored[1][0] < scored[0][0]
    return (
        scored[0][1]
        if scored and scored[0][0] >= _SHARED and alone and len([q for q in quantities(one.text) if q.percent]) == 1
        else None
    )


def _words(text: str, one: Quantity) -> str:
    """The number with what it counts, as it is written."""
    return text[one.start : one.end + 1 + min(len(one.after), 40)].strip()


def _events(paper: Paper) -> Iterator[Hit]:
    """ "22 buổi truyền thông tại khu phố" in one section, "24 buổi nói chuyện ở các khu phố" in another."""
    if paper.kind != "report":
        return
    told = [(one, said, meant(said.after)) for one in sentences(paper) for said in quantities(one.text)
            if _EVENT.match(said.after) and said.figure.is_exact and said.of is None
            and not _OTHER.search(fold(one.text)[max(said.start - 40, 0) : said.end + 60].replace("trong do", ""))
            and not _AHEAD.match(fold(one.section))]  # fmt: skip
    for n, (one, said, name) in enumerate(told):
        for other, there, called in told[n + 1 :]:
            same = said.unit == there.unit and min(len(name), len(called)) >= _WORDS
            apart = abs(said.figure.amount - there.figure.amount)
            if (
                same
                and (called <= name or name <= called)
                and one.section != other.section
                and 0 < apart <= 2 * _NEAR * said.figure.amount
            ):
                yield Hit(other.place, f"Ở đây ghi {_words(other.text, there)}, chỗ khác ghi {said.raw}"
                          f" ({one.place}): «{shortened(other.text)}»", f"{there.raw} are said here, {said.raw}"
                          f" elsewhere ({one.place})", (there.raw, said.raw), one.place)  # fmt: skip
