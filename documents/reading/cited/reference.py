"""A paper that another names (văn bản được viện dẫn)."""

from __future__ import annotations

from dataclasses import dataclass

from documents.reading.days.dates import PartialDate
from documents.reading.model import Place


@dataclass(frozen=True, slots=True)
class Reference:
    """A paper that is named: `role` is answers, parent_plan, own_plan, programme_plan, party_resolution, legal,
    superior_guidance, target_decision or other; `basis` whether it stands before the body (căn cứ, thực hiện)."""

    type_word: str
    number: str
    symbol: str
    date: PartialDate
    issuer: str
    title: str
    role: str = "other"
    basis: bool = False
    places: tuple[Place, ...] = ()

    @property
    def words(self) -> str:
        """As "Kế hoạch 150/KH-UBND ngày 23/10/2023 của UBND phường Bạch Đằng"."""
        named = self.code or self.title
        said = named if named.startswith(self.type_word) else f"{self.type_word} {named}".strip()
        said += f" ngày {self.date.words}" if self.date.iso else ""
        return said + (f" của {self.issuer}" if self.issuer else "")

    @property
    def code(self) -> str:
        """As "150/KH-UBND" as one writes it."""
        party = "/" in self.symbol and "-" not in self.symbol.split("/")[0]  # Party bodies write "173-KH/TU"
        mark = "-" if party else "/"
        return f"{self.number}{mark}{self.symbol}" if self.number else self.symbol
