"""One indicator (chỉ tiêu) as a paper tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from states.figures import Figure

Sex = Literal["female", "male", ""]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: what it has is filled. `numerator` of `denominator` is of women where `sex` says so."""

    name: str
    numerator: Figure | None = None
    denominator: Figure | None = None
    percent: Figure | None = None
    sex: Sex = ""
    other: Figure | None = None
    """The other sex's numerator, where both are told of one total."""
    other_percent: Figure | None = None
    unit: str = ""
    change: Figure | None = None
    """Against the same period of last year, in points or percent as the paper says."""
    moved_by: Figure | None = None
    """By how many of its unit it rose, or fell (below zero), against what the paper compares it with."""
    moved: Literal["", "tăng", "giảm"] = ""
    """Where the numerator is no count but by how many it rose or fell ("giảm 12 hộ so với năm 2025")."""

    @property
    def words(self) -> str:
        """As "Nữ đại biểu HĐND: 8/26, 30,8%"."""
        sex = {"female": "nữ ", "male": "nam "}.get(self.sex, "")
        said = f"{self.moved} {sex}{self.numerator.vi}".strip() if self.numerator else ""
        said += (
            f"/{self.denominator.vi}"
            if self.denominator
            else f" {self.unit}"
            if self.numerator and self.unit not in ("", "%")
            else ""
        )
        said += f"{', ' if said else ''}{self.percent.vi}%" if self.percent else ""
        said += f"; nam {self.other.vi}" if self.other else ""
        said += f" (so với cùng kỳ: {self.change.vi}%)" if self.change else ""
        return f"{self.name}: {said}" + (f" (thay đổi: {self.moved_by.vi})" if self.moved_by else "")
