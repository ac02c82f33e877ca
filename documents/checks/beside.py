"""Text beside tables and lists (lời văn với bảng, danh sách): one quantity told twice, so many people named below."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.amounts import Counted
from documents.checks.finding import Hit
from documents.checks.grids import at_column, is_rate, is_total
from documents.checks.paper import Grid, Paper, Sentence
from documents.checks.registry import rule
from documents.reading.folding import UPPER, fold, key
from documents.reading.tables.into_form import number_in
from states.figures import Figure

_SMALL = frozenset("so tong toan trong nam co da duoc la xa phuong huyen tinh dac khu cac va cua luong".split())
_LEADS = re.compile(
    r"\b(?:gom|co)(?: co)? 0?(?P<n>\d{1,2}) (?:thanh vien|dong chi|ong,? ba|ong ba|nguoi|uy vien)\b[^.;:]{0,60}:\s*$"
)
_NUMBERED = re.compile(r"^(?P<n>\d{1,2})[.)/-]\s*(?P<said>.*)$", re.S)
_DASHED = re.compile(r"^[-–+•]\s*(?P<said>.*)$", re.S)
_PERSON = re.compile(rf"(?:Ông|Bà|Đồng chí|[Đđ]/c)[:.]?\s+{UPPER}")


@rule("text-unlike-table", "explain", "Lời văn và bảng ghi hai số khác nhau",
      "Text and table give one quantity differently",
      example="lời văn: phát triển mới 64 hội viên; bảng: 46")  # fmt: skip
def text_unlike_table(paper: Paper) -> Iterator[Hit]:
    """The same words name a row or a column's total, and its figure is a slip away: digits changed about, or one of
    them another in the column's total. Where any figure of that row is the text's, nothing is said."""
    for one in paper.counts:
        for grid in paper.grids:
            if found := _in_rows(one, grid) or _in_totals(one, grid):
                figure, place = found
                yield Hit(one.at.place, f"{one.at.label}: lời văn ghi {one.figure}, bảng {grid.number} ghi {figure}"
                          f" ({place})",
                          f"{one.at.label_en}: {one.figure.canonical} in the text, {figure.canonical} in table"
                          f" {grid.number}", (one.figure, figure), place)  # fmt: skip


def _in_rows(one: Counted, grid: Grid) -> tuple[Figure, str] | None:
    words = _words(f"{one.name} {one.unit}")
    for row, place in zip(grid.rows, grid.places, strict=True):
        label = _words(re.sub(r"\([^()]*\)", " ", next((c for c in row if re.search(r"[^\W\d_]{2}", c)), "")))
        if len(label) < 3 or label != words:
            continue
        columns = [at for at, name in enumerate(grid.columns) if at and not is_rate(name)]
        told = [(figure, at) for at in columns if (figure := number_in(row[at])) is not None]
        if any(figure.amount == one.figure.amount for figure, _ in told):
            return None
        return next(((f, at_column(place, at)) for f, at in told if _changed_about(one.figure, f)), None)
    return None


def _in_totals(one: Counted, grid: Grid) -> tuple[Figure, str] | None:
    at = [n for n, row in enumerate(grid.rows) if is_total(row)]
    words = _words(f"{one.name} {one.unit}")
    for column, name in enumerate(grid.columns) if len(at) == 1 else ():
        figure = number_in(grid.rows[at[0]][column])
        if figure is None or is_rate(name) or len(words) < 3 or _words(name) != words or figure == one.figure:
            continue
        if _changed_about(one.figure, figure) or _one_other(one.figure, figure):
            return figure, at_column(grid.places[at[0]], column)
    return None


def _words(said: str) -> frozenset[str]:
    return frozenset(word for word in key(said.replace("|", " ")).split() if word not in _SMALL and not word.isdigit())


def _changed_about(one: Figure, other: Figure) -> bool:
    a, b = one.canonical, other.canonical
    return one.is_exact and other.is_exact and a != b and len(a) > 1 and sorted(a) == sorted(b)


def _one_other(one: Figure, other: Figure) -> bool:
    a, b = one.canonical, other.canonical
    return len(a) == len(b) > 1 and sum(x != y for x, y in zip(a, b, strict=True)) == 1


@rule("list-count-differs", "explain", "Số người khác danh sách kèm theo", "So many people, but another list",
      example="«gồm 09 thành viên:» rồi kể 8 ông, bà")  # fmt: skip
def list_count_differs(paper: Paper) -> Iterator[Hit]:
    """Only where the list stands right below, each item names one person, and something follows it."""
    for at, one in enumerate(paper.text):
        found = _LEADS.search(fold(one.text))
        named = _people(paper.text[at + 1 :]) if found else None
        if found and named and named != int(found["n"]):
            yield Hit(one.place, f"Ghi {found['n']} người, danh sách bên dưới có {named}: «{_tail(one.text)}»",
                      f"{found['n']} people are said, {named} are listed below", (found["n"], named))  # fmt: skip


def _people(after: tuple[Sentence, ...]) -> int | None:
    """How many persons are listed, one an item; None where an item is another thing or the list has no end here."""
    items = _items(after)
    first = next(items, None)
    many = 0
    while first is not None:
        mark, said = first
        if mark is None:
            return many if many > 1 else None
        if not _PERSON.match(said) or mark and mark != many + 1:
            return None
        many, first = many + 1, next(items, None)
    return None


def _items(after: tuple[Sentence, ...]) -> Iterator[tuple[int | None, str]]:
    """Number (0 for a dash, None for what is no item) and words of each sentence; "1." and its words are one."""
    waiting: int | None = None
    for one in after:
        if waiting is not None:
            yield waiting, one.text
            waiting = None
        elif found := _NUMBERED.match(one.text):
            if found["said"].strip():
                yield int(found["n"]), found["said"]
            else:
                waiting = int(found["n"])
        elif found := _DASHED.match(one.text):
            yield 0, found["said"]
        else:
            yield None, one.text


def _tail(said: str) -> str:
    return said if len(said) < 90 else "…" + said[-87:]
