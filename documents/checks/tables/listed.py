"""Units told in the text and units in rows (số đơn vị trong lời văn và trong bảng): «18/18 xã», but 17 rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.papers.paper import Grid, Paper
from documents.checks.papers.sentences import shortened
from documents.checks.registry import rule
from documents.checks.tables.meaning import Meaning, meaning
from documents.reading.folding import fold
from states.names import normal_form, split_type

_KIND = (r"xa|phuong|thi tran|thi xa|dac khu|huyen|quan|thanh pho|thon|ban|ap|khom|buon|bon|lang|xom|khoi pho|khu pho|"
         r"khoi|to dan pho|tdp|khu dan cu|truong|chi hoi|tram y te")  # fmt: skip
_KINDS = rf"(?P<kinds>(?:{_KIND})\b(?:(?:,| va|;)? (?:{_KIND})\b)*)"
_ALL = re.compile(rf"(?<![\w/.,])0*(?P<n>\d{{1,3}})/0*(?P<of>\d{{1,3}}) {_KINDS}")
_EVERY = re.compile(rf"\b(?:ca|tat ca|toan bo|du) 0*(?P<n>\d{{1,3}}) {_KINDS}")
_REST = re.compile(r"\b(?:con lai|khac|cac xa|cac phuong|cac thon|cac don vi|trung tam|phong|cong an|tram)\b")
_LEAST, _OFF, _NAMED = 4, 2, 3
"""Rows that a list has at least; how many it may lack or have too many to be of them all; names told."""


@rule("units-not-all-listed", "explain", "Số đơn vị trong bảng khác lời văn", "Not as many units in the table as told",
      example="lời văn: 18/18 xã, thị trấn; bảng có 17, thiếu xã Đức Ninh")  # fmt: skip
def units_not_all_listed(paper: Paper) -> Iterator[Hit]:
    """The text says that all of a kind are in it («08/08 xã»), one table lists that kind and no table as many. Where
    the register knows them, those that are missing are named."""
    told = [(found, one) for one in paper.text for found in _said(fold(one.text))]
    lists = [(names, kinds, grid) for grid in paper.grids for names, kinds in _lists(meaning(grid))]
    for (many, kinds), one in told:
        alike = [(names, grid) for names, own, grid in lists if own & kinds and abs(len(names) - many) <= _OFF]
        counts = {len(names) for names, _ in alike}
        numbers = {n for (n, others), _ in told if others & kinds}
        if len(alike) != 1 or many in counts or counts & numbers:
            continue
        names, grid = alike[0]
        missing = _missing(paper, names) if len(names) < many else ()
        named = f", thiếu {', '.join(missing)}" if len(missing) == many - len(names) else ""
        yield Hit(grid.place, f"Lời văn ghi {many}/{many} đơn vị, bảng {grid.number} có {len(names)}{named}:"
                  f" «{shortened(one.text)}»", f"The text says {many} of {many} units, table {grid.number} has"
                  f" {len(names)}", (len(names), many), one.place)  # fmt: skip
        return


def _said(folded: str) -> Iterator[tuple[int, frozenset[str]]]:
    """How many, and of which kinds: only where all of them are meant."""
    for found in _ALL.finditer(folded):
        if found["n"] == found["of"]:
            yield int(found["n"]), _kinds(found["kinds"])
    for found in _EVERY.finditer(folded):
        yield int(found["n"]), _kinds(found["kinds"])


def _kinds(said: str) -> frozenset[str]:
    return frozenset(re.findall(rf"\b(?:{_KIND})\b", said))


def _lists(table: Meaning) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """The names in rows, without totals, each once, and their kinds by head or by their own words."""
    grid = table.grid
    rows = [grid.rows[at][table.label].strip() for at in table.data()] if grid.rows and grid.columns else []
    names = frozenset(normal_form(name) for name in rows if name)
    if len(names) < _LEAST or any(_REST.search(fold(name)) for name in rows) or not _plain(grid, table):
        return
    own = [found[0] for name in rows if (found := re.match(rf"(?:{_KIND})\b", fold(name)))]
    kinds = _kinds(fold(grid.columns[table.label])) | (frozenset(own) if len(own) * 2 > len(rows) else frozenset())
    if kinds:
        yield names, kinds


def _plain(grid: Grid, table: Meaning) -> bool:
    """A list of units: no groups, each row with a figure."""
    figures = [any(table.amount(at, n) is not None for n in range(table.label + 1, len(grid.columns)))
               for at in table.data()]  # fmt: skip
    return all(figures) and not any(not one.total for one in table.families)


def _missing(paper: Paper, names: frozenset[str]) -> tuple[str, ...]:
    """Of the units below the issuer on that day those that no row names; none where most are not of them."""
    below = paper.unit.below if paper.unit else ()
    bare = {normal_form(split_type(name)[1] or name) for name in names} | names
    left = [name for name in below if normal_form(split_type(name)[1] or name) not in bare]
    return tuple(left) if len(left) <= _NAMED else ()
