"""Lists that are announced (gồm … nội dung sau): as many items follow as are said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.papers.paper import Grid, Paper, Sentence
from documents.checks.papers.sentences import shortened
from documents.checks.registry import rule
from documents.reading.figures import number_words
from documents.reading.folding import fold

_THINGS = (r"(?:nhom )?(?:noi dung|nhiem vu|giai phap|muc tieu|chi tieu|hoat dong|yeu cau|tieu chi|kien nghi|de xuat|"
           r"buoc|du an|tieu du an|tieu chuan|nguyen tac|van de|linh vuc|mo hinh|diem)")  # fmt: skip
_COUNT = r"(?P<n>\d{1,2}|hai|ba|bon|sau|bay|tam|chin|muoi)"
_SPELT = ("hai", "ba", "bốn", "sáu", "bảy", "tám", "chín", "mười")
_LEADS = re.compile(rf"(?<![\d.,/])\b{_COUNT} (?P<thing>{_THINGS})\b(?P<rest>[^.;:]{{0,60}}):\s*(?P<list>.*)$", re.S)
_IN_PART = re.compile(r"\b(?:trong do|mot so|nhu la|tieu bieu|dien hinh)\b")
_ITEM = re.compile(r"^(?:(?P<roman>[IVX]{1,4})[.)]|(?P<number>\d{1,2})[.)](?!\d)|(?P<letter>[a-zđ])[.)]|(?P<plus>\+)|"
                   r"(?P<dash>[-–•*]))(?:\s|$)")  # fmt: skip
_INLINE = re.compile(r"(?:^|[\s;,])\((?P<n>\d{1,2})\)\s")
_RANKS = ("roman", "number", "letter", "dash", "plus")
_LETTERS = "abcdđefghiklmnopqrstuvxy"
_PEOPLE = re.compile(r"\b(?:gom|co)(?: co)? (?P<n>\d{1,2}) (?:thanh vien|dong chi|ong,? ba|ong \(ba\)|nguoi|uy vien)\b"
                     r"[^.;]{0,60}\b(?:sau day|sau|danh sach|co ten)\b[^.;]{0,30}$")  # fmt: skip
_NAMES = re.compile(r"^ho (?:va )?ten\b|^ho, ten\b")


@rule("announced-count-differs", "explain", "Số mục nêu ra khác số mục liệt kê",
      "So many items are announced, others follow",
      example="«gồm 05 nội dung sau:» rồi kể 4 nội dung; «gồm 11 thành viên», danh sách 10 dòng")  # fmt: skip
def announced_count_differs(paper: Paper) -> Iterator[Hit]:
    """Items that are numbered, lettered or led by dashes right below, or «(1) … (2) …» in the same sentence; rows of
    the one table of names."""
    for at, one in enumerate(paper.text):
        found = _LEADS.search(fold(one.text))
        if found and not _IN_PART.search(fold(one.text)):
            said = _number(one.text[found.start("n") : found.end("n")])
            listed = _inline(found["list"]) if found["list"].strip() else _below(paper.text[at + 1 :], one)
            if said and listed and listed > 1 and listed != said:
                thing = one.text[found.start("thing") : found.end("thing")]
                yield Hit(one.place, f"Ghi {found['n']} {thing}, liệt kê {listed}: «{shortened(one.text)}»",
                          f"{said} are announced, {listed} are listed", (said, listed))  # fmt: skip
    yield from _of_names(paper)


def _number(said: str) -> int | None:
    if said.isdecimal():
        return int(said)
    return number_words.value(said) if said.lower() in _SPELT else None


def _inline(said: str) -> int:
    """How many "(1) … (2) …" stand in the sentence, where they count up from 1."""
    numbers = [int(one["n"]) for one in _INLINE.finditer(said)]
    return len(numbers) if numbers == list(range(1, len(numbers) + 1)) else 0


def _below(after: tuple[Sentence, ...], lead: Sentence) -> int:
    """How many items of the first one's kind follow, until one of a higher kind; 0 where that can't be told."""
    many, kind = 0, ""
    before = lead
    for one in after:
        found = _ITEM.match(one.text)
        mine = next((rank for rank in _RANKS if found and found[rank]), "")
        if not kind:
            if mine in ("", "roman") or mine in ("number", "letter") and _order(found) != 1:
                return 0
            kind, many = mine, 1
        elif mine == kind:
            if kind in ("number", "letter") and _order(found) != many + 1:
                return many if _order(found) in (1, *_next_of(lead)) else 0
            many += 1
        elif mine and _RANKS.index(mine) < _RANKS.index(kind):
            return many
        elif not mine and kind in ("dash", "plus") and one.place != before.place:
            return many if one.text[:1].isupper() and before.text.rstrip().endswith((".", "./.")) else 0
        before = one
    return many if kind in ("number", "letter") else 0


def _order(found: re.Match[str] | None) -> int:
    if found is None:
        return 0
    if found["number"]:
        return int(found["number"])
    return _LETTERS.find(found["letter"]) + 1 if found["letter"] else 0


def _next_of(lead: Sentence) -> tuple[int, ...]:
    """The number that follows the lead's own item: there the list is over."""
    found = _ITEM.match(lead.section)
    return (int(found["number"]) + 1,) if found and found["number"] else ()


def _of_names(paper: Paper) -> Iterator[Hit]:
    grids = [(grid, n) for grid in paper.grids for n, name in enumerate(grid.columns) if _NAMES.search(fold(name))]
    for one in paper.text if len(grids) == 1 else ():
        found = _PEOPLE.search(fold(one.text).rstrip(" :./"))
        grid, column = grids[0]
        listed = _named(grid, column)
        if found and listed > 1 and listed != int(found["n"]):
            yield Hit(one.place, f"Ghi {found['n']} người, bảng {grid.number} có {listed} người:"
                      f" «{shortened(one.text)}»",
                      f"{found['n']} people are said, table {grid.number} lists {listed}", (found["n"], listed),
                      grid.place)  # fmt: skip
            return


def _named(grid: Grid, column: int) -> int:
    """How many names are numbered from 1 on; 0 where the counter breaks off or there is none."""
    numbers = [int(row[0]) for row in grid.rows if row[0].strip(" .").isdecimal() and row[0].strip().isdecimal()
               and re.search(r"[^\W\d_]{2,}", row[column])]  # fmt: skip
    return len(numbers) if numbers == list(range(1, len(numbers) + 1)) else 0
