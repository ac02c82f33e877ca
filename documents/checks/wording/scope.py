"""Words of another level (phạm vi của cấp khác): what was copied from the paper above and not made one's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper, Sentence
from documents.checks.registry import rule
from documents.reading.cited.symbols import NUMBERED
from documents.reading.folding import UPPER, fold

_ABOVE = {"commune": r"quận|huyện|thị xã|tỉnh|thành phố", "district": r"tỉnh"}
_MINISTRIES = re.compile(r"của (?:các )?bộ, ngành(?:, địa phương)?\b(?! (?:trung ương|TW))")
_WISHES = re.compile(r"kien nghi|de xuat")


@rule("scope-of-another-level", "note", "Phạm vi của cấp khác", "The scope of another level",
      example="báo cáo của phường: «trên địa bàn quận»")  # fmt: skip
def scope_of_another_level(paper: Paper) -> Iterator[Hit]:
    """Words copied from the plan above; not where bodies above are named, cited or asked for something."""
    if paper.unit is None or not paper.kind:
        return
    yield from _of_ministries(paper)
    above = _ABOVE.get(paper.unit.level)
    if above is None:
        return
    name = rf"(?!\s+(?:{UPPER}|\d))"
    scope = re.compile(
        rf"trên (?:địa bàn|phạm vi) (?:{above})\b{name}|(?<!ngoài )(?<!của )(?<!, )\b(?:{above}) năm 20\d\d"
        + (r"|của các (?:phường|xã)\b(?!,)" if paper.unit and paper.unit.level == "commune" else "")
    )
    for one in paper.text:
        if not _names_above(one, above) and (found := scope.search(one.text)):
            own = paper.unit.name if paper.unit else ""
            yield Hit(one.place, f"Văn bản của {own} lại nói «{found[0]}»",
                      f"A paper of {own} speaks of «{found[0]}»", (found[0], own))  # fmt: skip


def _of_ministries(paper: Paper) -> Iterator[Hit]:
    """As "phù hợp điều kiện của bộ, ngành, địa phương": a ministry's own words, in a paper of a province or below."""
    for one in paper.text:
        found = _MINISTRIES.search(one.text)
        if found and paper.unit and not NUMBERED.search(one.text) and not re.search(r"chỉ đạo|hướng dẫn", one.text):
            yield Hit(one.place, f"Văn bản của {paper.unit.name} lại nói «{found[0]}»",
                      f"A paper of {paper.unit.name} speaks of «{found[0]}»", (found[0], paper.unit.name))  # fmt: skip


def _names_above(one: Sentence, above: str) -> bool:
    """Whether a body of that level is named, cited, or asked for something."""
    body = r"(?:UBND|Ủy ban nhân dân|HĐND|Mặt trận|Sở|Phòng|Công an|Hội LHPN|Ban [^,;.]{3,40})"
    named = re.search(rf"{body} (?:{above})", one.text) or NUMBERED.search(one.text)
    wished = _WISHES.search(fold(one.section)) or fold(one.text).startswith(("de nghi", "- de nghi"))
    return bool(named or wished)
