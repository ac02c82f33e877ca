"""The board's map: each unit a tile at its real place; beyond one province, each province with its overdue ones."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from api.pages.board.asked import Asked
from api.pages.board.facts import Facts
from api.pages.board.tally import Part, Tally
from api.pages.board.tilemap import Layout, Point, lay_out
from api.pages.board.tilemap_words import Tag
from api.pages.rendering import text
from api.pages.shell import Visit
from api.pages.vocabulary import STANDINGS, tone
from states.names import short_name
from states.reading.standings import WORST_FIRST, Line, Standing

SOME, MANY = 0.1, 0.2
"""Shares of overdue ones from which a part's colour is louder."""
_RANK = {standing: place for place, standing in enumerate(WORST_FIRST)}


_short = lru_cache(maxsize=8192)(short_name)


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


@dataclass(frozen=True)
class Map:
    """A drawing, and the colours that are there, for its legend."""

    drawn: Markup
    keys: list[tuple[str, str]]


def of_board(facts: Facts, visit: Visit) -> Map:
    """The map of a board: of its parts where it has some, else of its units."""
    say = visit.say
    tags = _of_parts(facts, say) if facts.parts else _of_lines(facts, say)
    points = [Point(one.id, one.latitude, one.longitude, one.name) for one in facts.spots.values()]
    layout = lay_out(points, nation=facts.place.level == "nation")
    there = {tag.tone for tag in tags}
    words = _PART_WORDS if facts.parts else _LINE_WORDS
    keys = [(tone, say(word)) for tone, word in words.items() if tone in there]
    return Map(_drawn(layout, tuple(tags), facts.place.name, visit.language), keys)


@lru_cache(maxsize=256)
def _drawn(layout: Layout, tags: tuple[Tag, ...], place: str, language: str) -> Markup:
    """Made once for the same tiles, whoever looks: between two changes of a board nobody waits for its drawing."""
    told = {tag.id: tag for tag in tags}
    return Markup(text("board/drawing.html", language, layout=layout, tags=told, place=place))


def part_tone(tally: Tally) -> str:
    """The colour of a part: by the share that is overdue; calm where nothing is."""
    if tally.late:
        return "late1" if tally.late_share < SOME else "late2" if tally.late_share < MANY else "late3"
    return "consolidated" if not tally.missing else "draft"


def _of_parts(facts: Facts, say: Callable[[str], str]) -> list[Tag]:
    return [_part(part, facts.asked, say) for part in facts.parts]


def _part(part: Part, asked: Asked, say: Callable[[str], str]) -> Tag:
    tally, name = part.tally, part.spot.name
    told = say(_("%(name)s: đã gửi %(received)d/%(expected)d, %(late)d quá hạn")) % {
        "name": name, "received": tally.counts.received, "expected": tally.counts.expected, "late": tally.late,
    }  # fmt: skip
    href = f"{asked.of_unit}{part.spot.id}"
    return Tag(part.spot.id, href, _short(name), part_tone(tally), told, days=tally.late or None)


def _of_lines(facts: Facts, say: Callable[[str], str]) -> list[Tag]:
    worst: dict[int, Line] = {}
    for line in facts.below:
        known = worst.get(line.unit_id)
        if known is None or _bad(line) < _bad(known):
            worst[line.unit_id] = line
    chosen = {line.unit_id for line in facts.lines} if facts.asked.filtered else set(worst)
    return [_line(line, facts.asked, say, line.unit_id in chosen) for line in worst.values()]


def _bad(line: Line) -> tuple[int, int]:
    return _RANK[line.standing], -line.days_late


def _line(line: Line, asked: Asked, say: Callable[[str], str], chosen: bool) -> Tag:
    late = line.standing is Standing.OVERDUE
    told = say(STANDINGS[line.standing].word)
    if late:
        told = say(_("quá hạn %(days)d ngày, %(stage)s")) % {
            "days": line.days_late, "stage": say(STANDINGS[line.stage].word).lower()}  # fmt: skip
    return Tag(line.unit_id, f"{asked.of_unit}{line.unit_id}", _short(line.unit), tone(line) if chosen else "none",
               f"{line.unit}: {told}", days=line.days_late if late and chosen else None)  # fmt: skip


_LINE_WORDS = {
    "late3": _("Quá hạn từ 5 ngày"), "late2": _("Quá hạn 3–4 ngày"), "late1": _("Quá hạn 1–2 ngày"),
    "returned": _("Bị trả lại"), "soon": _("Sắp đến hạn"), "draft": _("Chưa soạn, đang soạn"),
    "signed": _("Chờ ký, chờ gửi"), "submitted": _("Đã gửi"), "consolidated": _("Đã tổng hợp"),
    "waived": _("Được miễn"), "none": _("Không thuộc bộ lọc"),
}  # fmt: skip
_PART_WORDS = {
    "late3": _("Quá hạn từ 20 %"), "late2": _("Quá hạn 10–20 %"), "late1": _("Quá hạn dưới 10 %"),
    "draft": _("Còn chờ, chưa quá hạn"), "consolidated": _("Đã gửi đủ"),
}  # fmt: skip


def shares(tally: Tally) -> list[tuple[str, int]]:
    """The bar of shares: colour and how many, done first, overdue last."""
    groups = (
        ("consolidated", (Standing.CONSOLIDATED,)), ("submitted", (Standing.SENT_ON_TIME, Standing.SENT_LATE)),
        ("signed", (Standing.SIGNED_NOT_SENT, Standing.PRESENTED)),
        ("draft", (Standing.DRAFTING, Standing.NOT_STARTED)),
        ("returned", (Standing.RETURNED, Standing.REOPENED)), ("late", (Standing.OVERDUE,)),
    )  # fmt: skip
    return [(name, _sum(tally, standings)) for name, standings in groups]


def _sum(tally: Tally, standings: Iterable[Standing]) -> int:
    return sum(tally.counts.of(one) for one in standings)
