"""The source's known fault: communes of one name in one new province are taken for each other.

When provinces were merged, two communes called Xã Hòa Lộc came under one province. The source maps by name,
so both got the successors of both. A link is suspect when a new unit has two old ones of the same name.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from states.errors import DonDocError
from states.registry.positions import kilometres, middle
from states.registry.source import Commune

Links = dict[str, set[str]]
Link = tuple[str, str]

# Given the new unit's code, its namesakes and its other parts: the code of the one that belongs, or "".
Judge = Callable[[str, list[Commune], list[Commune]], str]

CLEARLY_NEARER = 2.0


class LostSuccessors(DonDocError):
    """The old units {codes} have no successor left: look at the namesakes in the source's mapping."""


def without_namesakes(links: Links, old: Mapping[str, Commune]) -> tuple[Links, set[Link], set[Link]]:
    """The links without mistaken namesakes; the links taken out; the suspect ones that could not be decided.

    Evidence, in this order: a namesake gave the new unit its code, or lies in a district of which other,
    unsuspected communes went there; where that decides for none, the one clearly nearer to the others. A
    namesake settled in one round is evidence in the next. Raises LostSuccessors if a unit keeps none.
    """
    suspect, wrong = set(_suspects(links, old)), set[Link]()
    for judge in (_by_code_or_district, _by_distance):
        while settled := dict(_settled(suspect, links, old, judge)):
            suspect -= settled.keys()
            wrong |= {link for link, belongs in settled.items() if not belongs}
            links = {code: {new for new in news if (code, new) not in wrong} for code, news in links.items()}
    if lost := [code for code, news in links.items() if not news]:
        raise LostSuccessors(codes=", ".join(lost))
    return links, wrong, suspect


def reversed_links(links: Links) -> Links:
    """For each new unit its old ones."""
    parts: Links = defaultdict(set)
    for old, news in links.items():
        for new in news:
            parts[new].add(old)
    return parts


def _suspects(links: Links, old: Mapping[str, Commune]) -> Iterator[Link]:
    for new, codes in reversed_links(links).items():
        for namesakes in _by_name(codes, old):
            yield from ((namesake.code, new) for namesake in namesakes if len(namesakes) > 1)


def _settled(suspect: set[Link], links: Links, old: Mapping[str, Commune], judge: Judge) -> Iterator[tuple[Link, bool]]:
    for new, codes in sorted(reversed_links(links).items()):
        doubtful = {code for code in codes if (code, new) in suspect}
        others = [old[code] for code in sorted(codes - doubtful)]
        for namesakes in _by_name(doubtful, old):
            if right := judge(new, namesakes, others):
                yield from (((one.code, new), one.code == right) for one in namesakes)


def _by_name(codes: Iterable[str], old: Mapping[str, Commune]) -> list[list[Commune]]:
    groups: dict[str, list[Commune]] = defaultdict(list)
    for code in sorted(codes):
        groups[old[code].name_key].append(old[code])
    return list(groups.values())


def _by_code_or_district(new: str, namesakes: list[Commune], others: list[Commune]) -> str:
    districts = {other.district for other in others}
    right = [one.code for one in namesakes if one.code == new or one.district in districts]
    return right[0] if len(right) == 1 else ""


def _by_distance(_new: str, namesakes: list[Commune], others: list[Commune]) -> str:
    centre = middle(other.position for other in others)
    if centre is None:
        return ""
    ranked = sorted((kilometres(one.position, centre), one.code) for one in namesakes if one.position)
    clear = len(ranked) == len(namesakes) and ranked[1][0] > CLEARLY_NEARER * ranked[0][0]
    return ranked[0][1] if clear else ""
