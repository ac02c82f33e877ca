"""Goals and results (chỉ tiêu, kết quả): what is called reached is reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from documents.checks.finding import Hit
from documents.checks.papers.paper import Grid, Paper
from documents.checks.papers.sentences import sentences, shortened
from documents.checks.registry import rule
from documents.checks.said.phrases import Quantity, quantities
from documents.checks.tables.meaning import at_column
from documents.checks.tables.nesting import label_of
from documents.reading.figures.numbers import numbers
from documents.reading.folding import fold, key
from documents.reading.tables.into_form import number_in
from states.figures import Bound, Figure

_GOAL = re.compile(r"\b(?:chi tieu|ke hoach|muc tieu|nghi quyet|giao|phan dau)\b")
_RESULT = re.compile(r"\b(?:ket qua|thuc hien|dat duoc|uoc thuc hien)\b")
_JUDGED = re.compile(r"\b(?:danh gia|nhan xet|so sanh|muc do|ghi chu|ket luan)\b")
_DOWN = re.compile(
    r"\b(?:ngheo|can ngheo|tu vong|chet|suy dinh duong|thap coi|nhe can|tao hon|can huyet|con thu|sinh con|that nghiep|"
    r"bo hoc|luu ban|tai nan|nong nghiep|giam|han che|thieu|chua|khong|mat can bang|toi pham|vi pham|ma tuy|ty so|"
    r"bao luc gia dinh xay ra|so vu|mu chu|tai pham|khoang cach|thoi gian|duoi|khieu nai|ton|no|that thu|chenh lech)\b"
)
"""What is better when it is less, or may be."""
_CEILING = re.compile(r"^\W*(?:duoi|khong qua|khong vuot qua|toi da|nho hon|<|≤)")
_BOUNDS = re.compile(r"\b(?:tu|tro len|it nhat|tren|duoi|khong qua|dat|toi thieu|toi da)\b")
_TEXT = re.compile(r"\b(?P<how>vuot|dat|hoan thanh|chua dat|khong dat)(?: (?:so voi|muc|yeu cau))? "
                   r"(?:chi tieu|ke hoach|muc tieu|nghi quyet)\b[^;.\d%]{0,60}$")  # fmt: skip


_SAID = {"vuot": "vượt", "dat": "đạt", "chua dat": "chưa đạt"}


@rule("goal-judged-wrongly", "explain", "Đánh giá đạt, chưa đạt khác số liệu", "A goal is called reached and is not",
      example="chỉ tiêu 50%, kết quả 48,9%, đánh giá «Đạt»")  # fmt: skip
def goal_judged_wrongly(paper: Paper) -> Iterator[Hit]:
    """Whether more or less is better is told by the goal ("dưới 30%") or its name; where neither does, nothing is."""
    for grid in paper.grids:
        yield from _in_rows(grid)
    for one in sentences(paper) if paper.kind == "report" else ():
        for result, how, goal in _in_sentence(one.text):
            if _wrong(how, goal.figure, result.figure.amount, _DOWN.search(fold(one.text[: result.start])) is None):
                yield Hit(one.place, f"Kết quả {result.raw}, chỉ tiêu {goal.raw}, nhưng ghi «{_SAID[how]}»:"
                          f" «{shortened(one.text)}»", f"The result is {result.raw}, the goal {goal.raw}, it is judged"
                          f" «{_SAID[how]}»", (result.raw, goal.raw))  # fmt: skip


def _in_rows(grid: Grid) -> Iterator[Hit]:
    names = [fold(name) for name in grid.columns]
    judged = [n for n, name in enumerate(names) if _JUDGED.search(name)]
    results = [n for n, name in enumerate(names) if _RESULT.search(name) and n not in judged]
    goals = [n for n, name in enumerate(names) if n and _GOAL.search(name) and n not in judged + results]
    goals = [n for n in goals if 2 * sum(_goal(row[n]) is not None for row in grid.rows) > len(grid.rows)]
    if len(results) != 1 or len(goals) != 1:
        return
    for row, place in zip(grid.rows, grid.places, strict=True):
        how = next((said for n in judged if (said := _judgement(row[n]))), "")
        goal, result = _goal(row[goals[0]]), _result(row[results[0]], "%" in row[goals[0]])
        label = label_of(row)
        if how and goal and result is not None and _wrong(how, goal, result, _DOWN.search(fold(label)) is None):
            said = next(row[n] for n in judged if _judgement(row[n]))
            yield Hit(at_column(place, results[0]), f"Bảng {grid.number}, «{label}»: chỉ tiêu {row[goals[0]]}, kết quả"
                      f" {row[results[0]]}, nhưng ghi «{said}»", f"Table {grid.number}, «{label}»: the goal is"
                      f" {row[goals[0]]}, the result {row[results[0]]}, it is judged «{said}»",
                      (row[results[0]], row[goals[0]]), at_column(place, goals[0]))  # fmt: skip


def _judgement(cell: str) -> str:
    said = key(cell)
    if said.startswith(("chua dat", "khong dat", "chua hoan thanh", "khong hoan thanh")):
        return "chua dat"
    return "vuot" if re.match(r"(?:dat )?(?:va )?vuot\b(?! \d)", said) else "dat" if said in (
        "dat", "dat chi tieu", "hoan thanh", "dat ke hoach", "dat muc tieu") else ""  # fmt: skip


def _goal(cell: str) -> Figure | None:
    """The one figure of a goal with its bound: "dưới 30%", "≥ 27%", "từ 60% trở lên"."""
    found = list(numbers(cell))
    rest = _BOUNDS.sub("", fold(cell.replace(found[0].raw, ""))) if len(found) == 1 else "?"
    return found[0].figure if found and re.fullmatch(r"[^\w]*", rest) else None


def _result(cell: str, percent: bool) -> Decimal | None:
    """The percentage of a cell where the goal is one ("5/8 (62,5%)"), else its one plain number."""
    if percent:
        told = [one for one in numbers(cell) if one.percent]
        return told[0].figure.amount if len(told) == 1 and told[0].figure.is_exact else None
    figure = None if "%" in cell else number_in(cell)
    return figure.amount if figure is not None and figure.is_exact else None


def _wrong(how: str, goal: Figure, result: Decimal, upwards: bool) -> bool:
    """Whether it can't be called so; «đạt» of what lies on the goal, or under a ceiling, is right."""
    if goal.bound in (Bound.AT_MOST, Bound.LESS_THAN):
        return how == "dat" and result > goal.amount or how == "chua dat" and result < goal.amount
    if not upwards and goal.bound is Bound.EXACT:
        return False
    if how == "chua dat":
        return result > goal.amount
    return result < goal.amount or how == "vuot" and result == goal.amount


def _in_sentence(text: str) -> Iterator[tuple[Quantity, str, Quantity]]:
    """As "đạt 48,9%, vượt chỉ tiêu 50%" and "đạt 48,9% (chỉ tiêu 50%), vượt chỉ tiêu"."""
    folded = fold(text)
    found = [one for one in quantities(text) if one.percent]
    for result, goal in zip(found, found[1:], strict=False):
        led = _TEXT.search(folded[result.end : goal.start])
        plain = (
            result.figure.is_exact
            and goal.figure.amount < 100
            and not re.search(r"[;.]", text[result.end : goal.start])
        )
        if led and plain and not _CEILING.search(folded[goal.start :]):
            yield result, {"khong dat": "chua dat", "hoan thanh": "dat"}.get(led["how"], led["how"]), goal
