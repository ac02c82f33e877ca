"""What the address of a board asks for: which part of the tree, which lines, in which order and view.

Every choice is a part of the address, so that a link shows the same to whoever may see it. What is not understood is
left out, never refused.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import Annotated, Any

from fastapi import Depends, Query

from api.deps import BigId
from api.pages.addresses import changed, query
from states.lifecycle import Kind
from states.names import search_form, short_name
from states.reading.alphabet import order_key
from states.reading.piles import Pile
from states.reading.standings import WORST_FIRST, Line, Standing, worst_first

PAGE = 200
"""Lines on one page of the table: the largest province fits."""


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


@dataclass(frozen=True)
class Asked:
    """The address taken apart; a name in `_NAMES` for each part."""

    plan_id: int
    unit: int | None = None
    view: str = ""
    show: str = ""
    level: str = ""
    requirement: int | None = None
    kind: str = ""
    words: str = ""
    sort: str = ""
    page: int = 1

    def href(self, ending: str = "", **changes: object) -> str:
        """The same board with something else asked; the page begins anew unless it is named."""
        return f"/ke-hoach/{self.plan_id}{ending}" + query(changed(self, {"page": 1}, changes), _NAMES)

    def at(self, document_id: int) -> str:
        """The board where one stood, at the line of a document: an act on a line leads back to it."""
        return f"{self.href(page=self.page)}#vb-{document_id}"

    @cached_property
    def of_unit(self) -> str:
        """The board of a unit, whose number is still to be put behind: lists link to hundreds."""
        base = self.href(unit=None, show="", words="", level="")
        return f"{base}{'&' if '?' in base else '?'}don-vi="

    @cached_property
    def query(self) -> str:
        """What is asked, as it follows an address: «?don-vi=29», or nothing."""
        return self.href(page=self.page).partition(f"/ke-hoach/{self.plan_id}")[2]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What a form that filters must carry besides its own fields."""
        kept = ("unit", "view", "kind", "requirement", "level")
        return [(_NAMES[part], str(getattr(self, part))) for part in kept if getattr(self, part) not in ("", None)]

    @property
    def owed(self) -> Kind:
        """Reports, or the plans that lower units must issue themselves."""
        return Kind.PLAN if self.kind == "ke-hoach" else Kind.REPORT

    def covers(self, kind: str, level: str, requirement: int | None) -> bool:
        """Whether a document of that kind and level stands on this board, filtered or not."""
        return kind == self.owed and self.level in ("", level) and self.requirement in (None, requirement)

    @property
    def filtered(self) -> bool:
        """Whether only some of the lines are asked for."""
        return bool(self.show or self.words)

    def chosen(self, lines: Iterable[Line], more: dict[str, frozenset[int]]) -> list[Line]:
        """The lines asked for, in the order asked for. `more`: shows that the lines do not tell themselves."""
        test, wanted = shown(self.show, more), search_form(self.words)
        found = (line for line in lines if test(line) and (not wanted or wanted in _said(line)))
        return sorted(found, key=SORTS[self.sort or "muc-do"][1])


_NAMES = {"unit": "don-vi", "view": "xem", "show": "tinh-trang", "level": "cap", "requirement": "yeu-cau",
          "kind": "loai", "words": "tim", "sort": "xep", "page": "trang"}  # fmt: skip
assert set(_NAMES) == {one.name for one in fields(Asked)} - {"plan_id"}
VIEWS = {"o": (_("Bản đồ ô"), "map-2"), "bang": (_("Bảng"), "table"), "cay": (_("Cây"), "binary-tree")}
LEVELS = ("nation", "province", "district", "commune", "village", "body")
LET_OFF = (Standing.WAIVED, Standing.CANCELLED)


def missing(line: Line | Pile) -> bool:
    """Chưa gửi: expected, and not with the receiver."""
    return line.expected and not line.received and line.standing not in LET_OFF


@lru_cache(maxsize=8192)
def by_name(unit: str) -> str:
    """What units are sorted by: the name without its type word, in Vietnamese order."""
    return order_key(short_name(unit))


SHOWS: dict[str, tuple[str, Callable[[Line | Pile], bool]]] = {
    "qua-han": (_("Quá hạn"), lambda it: it.standing is Standing.OVERDUE),
    "chua-gui": (_("Chưa gửi"), missing),
    "chua-mo": (_("Chưa mở"), lambda it: it.unopened and missing(it)),
    "dang-soan": (_("Đang soạn"), lambda it: missing(it) and it.stage in (Standing.NOT_STARTED, Standing.DRAFTING)),
    "cho-ky": (_("Chờ ký"), lambda it: missing(it) and it.stage is Standing.PRESENTED),
    "da-ky": (_("Đã ký, chưa gửi"), lambda it: missing(it) and it.stage is Standing.SIGNED_NOT_SENT),
    "tra-lai": (_("Bị trả lại"), lambda it: missing(it) and it.stage in (Standing.RETURNED, Standing.REOPENED)),
    "da-gui": (_("Đã gửi"), lambda it: it.received),
    "dung-han": (_("Gửi đúng hạn"), lambda it: it.received and it.on_time),
    "gui-cham": (_("Gửi chậm"), lambda it: it.received and not it.on_time),
    "cho-tong-hop": (_("Chờ tổng hợp"), lambda it: it.state == "submitted"),
    "duoc-mien": (_("Được miễn"), lambda it: it.standing in LET_OFF),
}
TOLD_BESIDE = {"xin-gia-han": _("Đang xin gia hạn, miễn"), "that-hen": _("Sai hẹn")}
"""What is asked of other facts than the line."""
_RANK = {standing: place for place, standing in enumerate(WORST_FIRST)}
SORTS: dict[str, tuple[str, Callable[[Line], tuple[Any, ...]]]] = {
    "muc-do": (_("Nặng nhất trước"), lambda it: (_RANK[it.standing], *worst_first(it))),
    "ten": (_("Tên đơn vị"), lambda it: (by_name(it.unit), it.path, it.document_id)),
    "tu-luc": (_("Nằm lâu nhất trước"), lambda it: (it.received, it.since, it.path, it.document_id)),
    "han": (_("Hạn gần nhất trước"), lambda it: (it.received, it.must_by, it.path, it.document_id)),
    "cay": (_("Theo cây đơn vị"), lambda it: (it.path, it.document_id)),
}


def shown(name: str, more: dict[str, frozenset[int]]) -> Callable[[Line], bool]:
    """Whether a line is among those that a filter shows."""
    if name in SHOWS:
        return SHOWS[name][1]
    if name in more:
        return lambda line: line.document_id in more[name]
    return lambda line: True


def _said(line: Line) -> str:
    return search_form(f"{line.unit} {line.person or ''} {line.number or ''}")


async def asked(
    plan_id: BigId,
    unit: Annotated[str, Query(alias="don-vi", max_length=12)] = "",
    view: Annotated[str, Query(alias="xem", max_length=20)] = "",
    show: Annotated[str, Query(alias="tinh-trang", max_length=20)] = "",
    level: Annotated[str, Query(alias="cap", max_length=20)] = "",
    requirement: Annotated[str, Query(alias="yeu-cau", max_length=12)] = "",
    kind: Annotated[str, Query(alias="loai", max_length=20)] = "",
    words: Annotated[str, Query(alias="tim", max_length=100)] = "",
    sort: Annotated[str, Query(alias="xep", max_length=20)] = "",
    page: Annotated[str, Query(alias="trang", max_length=6)] = "1",
) -> Asked:
    """The address of a board taken apart."""
    return Asked(
        plan_id, _number(unit), view if view in VIEWS else "", show if show in (*SHOWS, *TOLD_BESIDE) else "",
        level if level in LEVELS else "", _number(requirement), kind if kind == "ke-hoach" else "", words.strip(),
        sort if sort in SORTS else "", _number(page) or 1,
    )  # fmt: skip


def _number(text: str) -> int | None:
    found = int(text) if text.isascii() and text.isdecimal() else 0
    return found if 1 <= found < 2**31 else None


AskedOf = Annotated[Asked, Depends(asked)]
