"""Build the registry's two CSV files from the package vietnamadminunits: python -m states.registry.build.

Run once, by hand; the files ship with the program. Every run writes the same content, and with the same zlib
the same bytes.
"""

import csv
import gzip
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from states.names import kind_of, split_type
from states.periods import TWO_LEVELS_FROM
from states.registry import SuccessionRow, UnitRow
from states.registry.corrections import ALSO_SUCCESSORS, DOUBTS, NOT_SUCCESSORS, UNDECIDED
from states.registry.namesakes import Link, Links, reversed_links, without_namesakes
from states.registry.positions import district_positions, new_positions, old_positions
from states.registry.source import Area, Commune, Position, Source, read_source

OLD, NEW = "vn3", "vn2"
# The old tree's first day is not when a unit was formed but since when this tree may be asked: see SOURCE.md.
OLD_FROM, OLD_TO = date(2021, 1, 1), TWO_LEVELS_FROM - timedelta(days=1)
VALIDITY = {OLD: (f"{OLD_FROM}", f"{OLD_TO}"), NEW: (f"{TWO_LEVELS_FROM}", "")}

Row = tuple[str, ...]


def build(folder: Path) -> None:
    """Write units.csv.gz and successions.csv.gz into the folder, from the installed package."""
    source = read_source()
    links, undecided = corrected_links(source)
    _write(folder / "units.csv.gz", UnitRow._fields, _units(source, links))
    _write(folder / "successions.csv.gz", SuccessionRow._fields, _successions(source, links, undecided))


def corrected_links(source: Source) -> tuple[Links, set[Link]]:
    """For each old commune all its new ones, known faults corrected; and the links that stay undecided."""
    links, _, undecided = without_namesakes(source.links, source.old)
    also: Links = {}
    for old, new in ALSO_SUCCESSORS:
        also.setdefault(old, set()).add(new)
    return {
        old: {new for new in news | also.get(old, set()) if (old, new) not in NOT_SUCCESSORS}
        for old, news in links.items()
    }, undecided


def _units(source: Source, links: Links) -> Iterator[Row]:
    old_at = old_positions(source.old, source.districts, source.old_provinces)
    new_at = new_positions(source.new, reversed_links(links), old_at)
    district_at = district_positions(source.districts, source.old_provinces, source.new)
    yield from _areas(NEW, "province", source.new_provinces, _own(source.new_provinces))
    yield from _communes(NEW, source.new, new_at)
    yield from _areas(OLD, "province", source.old_provinces, _own(source.old_provinces))
    yield from _areas(OLD, "district", source.districts, district_at)
    yield from _communes(OLD, source.old, old_at)


def _areas(registry: str, level: str, areas: Mapping[str, Area], at: Mapping[str, Position]) -> Iterator[Row]:
    for code, area in sorted(areas.items()):
        yield _unit(registry, code, area.name, level, area.parent, at.get(code))


def _communes(registry: str, communes: Mapping[str, Commune], at: Mapping[str, Position]) -> Iterator[Row]:
    for code, commune in sorted(communes.items()):
        parent = commune.district or commune.province
        if commune.name:
            yield _unit(registry, code, commune.name, "commune", parent, at.get(code))


def _unit(registry: str, code: str, name: str, level: str, parent: str, at: Position | None) -> Row:
    type_word, rest = split_type(name)
    latitude, longitude = (f"{degrees:.5f}" for degrees in at) if at else ("", "")
    head = (registry, code, f"{type_word} {rest}", kind_of(type_word), level)
    return (*head, registry if parent else "", parent, *VALIDITY[registry], latitude, longitude)


def _successions(source: Source, links: Links, undecided: set[Link]) -> Iterator[Row]:
    doubts = dict.fromkeys(undecided, UNDECIDED) | DOUBTS
    provinces = {old: {new} for old, new in source.province_links.items()}
    for level in (provinces, links):
        parts = reversed_links(level)
        for old, news in sorted(level.items()):
            kind = _succession_kind(news, parts)
            yield from ((OLD, old, NEW, new, kind, doubts.get((old, new), "")) for new in sorted(news))


def _succession_kind(news: set[str], parts: Links) -> str:
    if len(news) > 1:
        return "divided"
    (new,) = news
    return "merged" if len(parts[new]) > 1 else "same"


def _own(areas: Mapping[str, Area]) -> dict[str, Position]:
    return {code: area.position for code, area in areas.items()}


def _write(path: Path, header: Row, rows: Iterable[Row]) -> None:
    """Packed without file name and time, so that equal content gives equal bytes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    path.write_bytes(gzip.compress(text.getvalue().encode("utf-8"), compresslevel=9, mtime=0))


if __name__ == "__main__":
    build(Path(__file__).parent)
