"""Which of the source's coordinates can be believed. What can't is left empty, never computed.

The old tree's positions were found by a geocoder that answers with the district, the province or a namesake
where it does not know a commune; some of the new tree's are those of a namesake in another province.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import cos, hypot, radians
from statistics import median

from states.names import search_form, short_name
from states.registry.source import Area, Commune, Position

# A commune this far from the middle of its district is believed only if the geocoder named the district.
FAR_FROM_DISTRICT_KM = 30
# A new commune is believed if one of its old parts is this near; the largest communes are about 30 km across.
FAR_FROM_PARTS_KM = 25

# The geocoder puts huyện Hoàng Sa and Trường Sa on the mainland. They take their special zones' positions.
ARCHIPELAGOS = {"498": "20333", "576": "22736"}

KM_PER_DEGREE = 111.2


def kilometres(one: Position, other: Position) -> float:
    """Distance on the ground, good to a percent over a province's width."""
    shrink = cos(radians(one[0]))
    return KM_PER_DEGREE * hypot(one[0] - other[0], (one[1] - other[1]) * shrink)


def middle(positions: Iterable[Position | None]) -> Position | None:
    """The median position, which single wrong ones do not move; None of none."""
    known = [position for position in positions if position]
    return (median(lat for lat, _ in known), median(lon for _, lon in known)) if known else None


def old_positions(
    old: Mapping[str, Commune], districts: Mapping[str, Area], provinces: Mapping[str, Area]
) -> dict[str, Position]:
    """The old communes' positions that are their own: shared with no other unit, within their district."""
    shared = Counter(commune.position for commune in old.values())
    shared.update({province.position for province in provinces.values()})
    members: dict[str, list[Position | None]] = defaultdict(list)
    for commune in old.values():
        members[commune.district].append(commune.position)
    return {
        commune.code: commune.position
        for commune in old.values()
        if commune.position
        and shared[commune.position] == 1
        and _within(commune, districts[commune.district], middle(members[commune.district]))
    }


def new_positions(
    new: Mapping[str, Commune], parts: Mapping[str, set[str]], believed: Mapping[str, Position]
) -> dict[str, Position]:
    """The new communes' positions that lie near one of their old parts, or have none to be held against."""
    near = {code: [believed[old] for old in olds if old in believed] for code, olds in parts.items()}
    return {
        code: commune.position
        for code, commune in new.items()
        if commune.position and _near(commune.position, near[code])
    }


def district_positions(
    districts: Mapping[str, Area], provinces: Mapping[str, Area], new: Mapping[str, Commune]
) -> dict[str, Position]:
    """The districts' positions that are their own, not their province's nor another district's."""
    shared = Counter(area.position for area in [*districts.values(), *provinces.values()])
    own = {area.code: area.position for area in districts.values() if shared[area.position] == 1}
    return own | {old: at for old, zone in ARCHIPELAGOS.items() if (at := new[zone].position)}


def _within(commune: Commune, district: Area, centre: Position | None) -> bool:
    assert commune.position and centre
    named = search_form(short_name(district.name)) in search_form(commune.address)
    return named or kilometres(commune.position, centre) <= FAR_FROM_DISTRICT_KM


def _near(position: Position, parts: list[Position]) -> bool:
    return not parts or min(kilometres(position, part) for part in parts) <= FAR_FROM_PARTS_KM
