"""Figures that stand only in a table, under the names of its rows and columns: they may be what the facts list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from documents.reading.figures.money import Money
from documents.reading.figures.numbers import one as first_number
from documents.reading.folding import fold, key
from documents.reading.indicators.indicator import Indicator
from documents.reading.model import Place, Read
from documents.reading.tables.squaring import ReadTable
from states.figures import Figure

_TOTAL = re.compile(r"(?:tong|cong|toan (?:xa|phuong|huyen|tinh))\b")
_MONEY = re.compile(r"kinh phi|so tien|\bdong\b|thanh tien|chi tra")


def of_tables(tables: Sequence[Read[ReadTable]]) -> list[Read[Indicator]]:
    """Each row's groups of all, men and women; and every other figure under its own column."""
    return [Read(one, one.name, Place()) for read in tables for one in _of_table(read.value)]


def _of_table(table: ReadTable) -> Iterator[Indicator]:
    for row in table.rows:
        what = next((cell for cell in row if re.search(r"[^\W\d_]{2}", cell)), "")
        label = table.title if _TOTAL.match(fold(what)) else what
        for group in dict.fromkeys(_group(name) for name in table.columns):
            cells = {_last(name): row[n] for n, name in enumerate(table.columns) if _group(name) == group}
            if split := _split(f"{label} {group}".strip(), cells):
                yield split
        for n, name in enumerate(table.columns):
            figure = _figure(row[n])
            if figure is not None and row[n] != what and key(name) not in ("stt", "tt"):
                yield Indicator(f"{label} {name}", figure)


def _split(label: str, cells: dict[str, str]) -> Indicator | None:
    """All, women and men of one group; a part of all with its percentage."""
    said = {name: _figure(cell) for name, cell in cells.items()}
    whole = _under(said, r"tong|so nguoi|so doi tuong|so luong")
    women, men = _under(said, r".*\bnu$"), _under(said, r".*\bnam$")
    share = _under(said, r"t[yi] le|%")
    if women is not None:
        return Indicator(label, women, whole, share, "female", men)
    part = _under(said, r"so\b|thuc hien")
    return Indicator(label, part, None, share) if part is not None and share is not None else None


def _under(said: dict[str, Figure | None], words: str) -> Figure | None:
    return next((figure for name, figure in said.items() if re.match(words, name)), None)


def sums_of_tables(tables: Sequence[Read[ReadTable]]) -> list[Read[Money]]:
    """Cells of money, in the unit that the column, the row or the caption says."""
    found: list[Read[Money]] = []
    for table in (read.value for read in tables):
        for row in table.rows:
            what = next((cell for cell in row if re.search(r"[^\W\d_]{2}", cell)), "")
            for n, name in enumerate(table.columns):
                figure = _figure(row[n])
                unit = fold(f"{name} {what}")
                if figure is not None and _MONEY.search(unit) and key(name) not in ("stt", "tt"):
                    times = 10**9 if "ty dong" in unit else 10**6 if "trieu" in unit else 1
                    amount = Figure(figure.amount * times, figure.bound)
                    found.append(Read(Money(f"{what} {name}", amount), row[n], Place()))
    return found


def _group(name: str) -> str:
    return name.rpartition("|")[0]


def _last(name: str) -> str:
    return fold(name.rpartition("|")[2]).strip()


def _figure(cell: str) -> Figure | None:
    number = first_number(cell)
    return number.figure if number and number.start == 0 and len(cell) - number.end < 12 else None
