"""The two trees of administrative units (đơn vị hành chính) and what became of the old ones, as they ship.

Registry `vn3` is the tree of three levels, until 30 June 2025; `vn2` that of two levels, since 1 July 2025.
A code means nothing without its registry: most commune codes name other units in the two. See SOURCE.md.
"""

import csv
import gzip
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import NamedTuple


class UnitRow(NamedTuple):
    """One unit (đơn vị). The key is (registry, code); codes have 2 digits (tỉnh), 3 (huyện) or 5 (xã).

    `kind` is the type word without diacritics (tinh, thanh_pho, quan, huyen, thi_xa, xa, phuong, thi_tran,
    dac_khu); `level` is province, district or commune. Provinces have no parent here. `valid_to` is the last
    day, inclusive; None while in force. Latitude and longitude are WGS 84 degrees, None where unknown.
    """

    registry: str
    code: str
    name: str
    kind: str
    level: str
    parent_registry: str | None
    parent_code: str | None
    valid_from: date
    valid_to: date | None
    latitude: float | None
    longitude: float | None


class SuccessionRow(NamedTuple):
    """One old unit and one unit that took its area, or a part of it, on 1 July 2025 (sắp xếp đơn vị).

    `kind` belongs to the old unit: divided (two or more rows: all its successors), merged (one successor,
    which took others too), same (one to one). `doubt` says in Vietnamese why the sources disagree, or None.
    """

    old_registry: str
    old_code: str
    new_registry: str
    new_code: str
    kind: str
    doubt: str | None


def read_units() -> Iterator[UnitRow]:
    """All units of both registries, parents before children."""
    for row in _rows("units.csv.gz"):
        yield UnitRow(
            registry=row["registry"],
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            level=row["level"],
            parent_registry=row["parent_registry"] or None,
            parent_code=row["parent_code"] or None,
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            latitude=float(row["latitude"]) if row["latitude"] else None,
            longitude=float(row["longitude"]) if row["longitude"] else None,
        )


def read_successions() -> Iterator[SuccessionRow]:
    """All successions from vn3 to vn2: provinces, communes and the five island districts without communes."""
    for row in _rows("successions.csv.gz"):
        yield SuccessionRow(
            old_registry=row["old_registry"],
            old_code=row["old_code"],
            new_registry=row["new_registry"],
            new_code=row["new_code"],
            kind=row["kind"],
            doubt=row["doubt"] or None,
        )


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = gzip.decompress(files(__name__).joinpath(name).read_bytes()).decode("utf-8")
    yield from csv.DictReader(text.splitlines())
