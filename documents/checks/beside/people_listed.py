"""People who are counted and then named (thành viên, danh sách bên dưới): as many stand below as are said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper, Sentence
from documents.checks.registry import rule
from documents.reading.folding import UPPER, fold

_LEADS = re.compile(
    r"\b(?:gom|co)(?: co)? 0?(?P<n>\d{1,2}) (?:thanh vien|dong chi|ong,? ba|ong ba|nguoi|uy vien)\b[^.;:]{0,60}:\s*$"
)
_NUMBERED = re.compile(r"^(?P<n>\d{1,2})[.)/-]\s*(?P<said>.*)$", re.S)
_DASHED = re.compile(r"^[-–+•]\s*(?P<said>.*)$", re.S)
_PERSON = re.compile(rf"(?:Ông|Bà|Đồng chí|[Đđ]/c)[:.]?\s+{UPPER}")


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
