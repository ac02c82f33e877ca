"""What the package vietnamadminunits holds, read from its data files. None of its code is run or imported.

Its functions are left alone on purpose: one of them asks a geocoder on the network.
"""

import json
import sqlite3
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, NamedTuple

from states.errors import DonDocError

PACKAGE, VERSION = "vietnamadminunits", "1.0.4"

Position = tuple[float, float]


class Commune(NamedTuple):
    """A row of either table: a commune (xã) in its district (huyện, "" in the new tree) and province (tỉnh).

    The old table has five rows without a commune, the island districts: their code is the district's.
    `name_key` is the package's spelling without diacritics, by which its mapping names units. `address` is
    what the geocoder found for the position.
    """

    code: str
    name: str
    name_key: str
    district: str
    province: str
    position: Position | None
    address: str


class Area(NamedTuple):
    """A district (huyện) or province (tỉnh)."""

    code: str
    name: str
    parent: str
    position: Position


class Source(NamedTuple):
    """The package's content: both trees, and for each old code the new codes that it names."""

    old: dict[str, Commune]
    new: dict[str, Commune]
    districts: dict[str, Area]
    old_provinces: dict[str, Area]
    new_provinces: dict[str, Area]
    links: dict[str, set[str]]
    province_links: dict[str, str]


class UnknownSource(DonDocError):
    """The registry is built from {package} {needed}, and {found} is installed: install the dev extra."""


def read_source() -> Source:
    """Read the installed package. Raises UnknownSource for any other version: its faults are not known."""
    found = distribution(PACKAGE)
    if found.version != VERSION:
        raise UnknownSource(package=PACKAGE, needed=VERSION, found=found.version)
    data = Path(str(found.locate_file(PACKAGE))) / "data"
    old, new = _table(data, "admin_units_legacy"), _table(data, "admin_units")
    converter = json.loads((data / "converter_2025.json").read_text("utf-8"))
    return Source(
        old={_code(row): _commune(row) for row in old},
        new={_code(row): _commune(row) for row in new},
        districts={row["districtCode"]: _area(row, "district", row["provinceCode"]) for row in old},
        old_provinces={row["provinceCode"]: _area(row, "province", "") for row in old},
        new_provinces={row["provinceCode"]: _area(row, "province", "") for row in new},
        links=_links(converter, old, new),
        province_links=_province_links(converter, old, new),
    )


def _table(data: Path, name: str) -> list[sqlite3.Row]:
    connection = sqlite3.connect(f"{(data / 'dataset.db').as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        return connection.execute(f"SELECT * FROM {name}").fetchall()
    finally:
        connection.close()


def _code(row: sqlite3.Row) -> str:
    return str(row["wardCode"] or row["districtCode"])


def _commune(row: sqlite3.Row) -> Commune:
    legacy = "districtCode" in row.keys()  # noqa: SIM118 (a Row is no dict: `in row` asks the values)
    return Commune(
        code=_code(row),
        name=row["ward"] or "",
        name_key=row["wardKey"] or "",
        district=row["districtCode"] if legacy else "",
        province=row["provinceCode"],
        position=(row["wardLat"], row["wardLon"]) if row["wardLat"] else None,
        address=(row["wardGeoAddress"] or "") if legacy else "",
    )


def _area(row: sqlite3.Row, level: str, parent: str) -> Area:
    position = (row[f"{level}Lat"], row[f"{level}Lon"])
    return Area(row[f"{level}Code"], row[level], parent, position)


def _links(converter: Any, old: list[sqlite3.Row], new: list[sqlite3.Row]) -> dict[str, set[str]]:
    """The mapping has two halves: new unit → whole old units, and divided old unit → all its new units.

    A divided unit's parts also bear the package's default, its guess which one to take: they are all listed.
    """
    old_codes = {f"{r['provinceKey']}_{r['districtKey']}_{r['wardKey'] or ''}": _code(r) for r in old}
    new_codes = {(r["provinceKey"], r["wardKey"]): _code(r) for r in new}
    links: dict[str, set[str]] = {code: set() for code in old_codes.values()}
    for province, whole in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for new_key, old_keys in whole.items():
            for old_key in old_keys:
                links[old_codes[old_key]].add(new_codes[province, new_key])
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old_key, parts in divided.items():
            for part in parts:
                links[old_codes[old_key]].add(new_codes[province, part["newWardKey"]])
    return links


def _province_links(converter: Any, old: list[sqlite3.Row], new: list[sqlite3.Row]) -> dict[str, str]:
    old_codes = {row["provinceKey"]: row["provinceCode"] for row in old}
    new_codes = {row["provinceKey"]: row["provinceCode"] for row in new}
    groups = converter["DICT_PROVINCE"].items()
    return {old_codes[old_key]: new_codes[new_key] for new_key, old_keys in groups for old_key in old_keys}
