"""What the address of the store asks for, and what was understood of the words in the box."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated

from fastapi import Depends, Query

from api.pages import typed
from api.pages.addresses import changed, query
from states.lifecycle import Kind, State
from states.reading.documents import Late, Sort, Wanted
from states.reading.search_words import understand
from states.units import LEVELS

_BIG = 2**63 - 1
STATES = (State.DRAFT, State.SIGNED, State.SUBMITTED, State.RETURNED, State.CONSOLIDATED, State.WITHDRAWN)


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


SORTS = {Sort.NEWEST: _("Mới nhất"), Sort.DUE: _("Đến hạn trước"), Sort.UNIT: _("Tên đơn vị")}
LATES = {Late.OVERDUE: _("Quá hạn, chưa gửi"), Late.SENT_LATE: _("Gửi chậm")}


@dataclass(frozen=True)
class Asked:
    """The address taken apart. `after`, `before`: the document beyond which the page lies."""

    text: str = ""
    kind: str = ""
    state: str = ""
    year: int | None = None
    unit: int | None = None
    unit_words: str = ""
    level: str = ""
    late: str = ""
    outside: str = ""
    plan: int | None = None
    first: date | None = None
    last: date | None = None
    sort: str = ""
    after: int | None = None
    before: int | None = None

    def href(self, **changes: object) -> str:
        """The same search with something else asked, from its first page on."""
        return "/kho" + query(changed(self, {"after": None, "before": None}, changes), _NAMES)

    @property
    def active(self) -> list[str]:
        """Which filters besides the box are set."""
        return [part for part in _NAMES if part not in ("text", "sort", "after", "before") and getattr(self, part)]

    @property
    def rare(self) -> bool:
        """Whether one of the seldom filters is set, so that they are shown."""
        return bool({"level", "outside", "plan", "first", "last", "late"} & set(self.active))

    def wanted(self, path: str | None) -> Wanted:
        """As the store is asked. `path`: of the unit chosen, with all below."""
        return Wanted(
            text=self.text, kind=self.kind or None, states=(self.state,) if self.state else (), year=self.year,
            path=path, unit_words=self.unit_words, level=self.level or None, late=self.late or None,
            paper=bool(self.outside), plan_id=self.plan, first=self.first, last=self.last,
        )  # fmt: skip


_NAMES = {"text": "tim", "kind": "loai", "state": "trang-thai", "year": "nam", "unit": "don-vi", "unit_words": "noi",
          "level": "cap", "late": "tre", "outside": "ngoai", "plan": "ke-hoach", "first": "tu", "last": "den",
          "sort": "xep", "after": "sau", "before": "truoc"}  # fmt: skip
assert set(_NAMES) == {one.name for one in fields(Asked)}
_Text = Annotated[str, Query(max_length=200)]


def asked(
    tim: _Text = "", loai: _Text = "", nam: _Text = "", noi: _Text = "", cap: _Text = "", tre: _Text = "",
    ngoai: _Text = "", tu: _Text = "", den: _Text = "", xep: _Text = "", sau: _Text = "", truoc: _Text = "",
    state: Annotated[str, Query(alias="trang-thai", max_length=20)] = "",
    unit: Annotated[str, Query(alias="don-vi", max_length=20)] = "",
    plan: Annotated[str, Query(alias="ke-hoach", max_length=20)] = "",
) -> Asked:  # fmt: skip
    """What is not understood is left out, never refused."""
    return Asked(
        " ".join(tim.split()), loai if loai in list(Kind) else "", state if state in STATES else "",
        typed.number(nam, 2200), typed.number(unit), noi.strip(), cap if cap in LEVELS else "",
        tre if tre in list(Late) else "", "1" if ngoai else "", typed.number(plan, _BIG), typed.day(tu), typed.day(den),
        xep if xep in list(Sort) else "", typed.number(sau, _BIG), typed.number(truoc, _BIG),
    )  # fmt: skip


AskedOf = Annotated[Asked, Depends(asked)]


def understood(text: str, say: Callable[[str], str]) -> list[str]:
    """What the box was taken to mean, part by part: "số 36", "ký hiệu BC-UBND"."""
    it = understand(text)
    parts = [
        (it.number, say(_("số %s"))), (it.symbol, say(_("ký hiệu %s"))), (it.year, say(_("năm %s"))),
        (" ".join(it.words), say(_("có các từ «%s»"))),
    ]  # fmt: skip
    return [words % value for value, words in parts if value]
