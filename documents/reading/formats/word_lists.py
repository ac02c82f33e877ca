"""The numbers and bullets that Word writes before paragraphs itself: they stand in no run of text."""

from __future__ import annotations

import re
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


class Lists:
    """Counts each list of `word/numbering.xml` as its paragraphs come by; a style may put its paragraphs in a list.

    Both parts may be None, where a document has none.
    """

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._of_style = {} if styles is None else {
            str(one.get(f"{_W}styleId")): one.find(f"{_W}pPr/{_W}numPr") for one in styles.iter(f"{_W}style")
        }  # fmt: skip
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[str, list[int]] = {}
        if numbering is not None:
            abstract = {one.get(f"{_W}abstractNumId"): _levels(one) for one in numbering.iter(f"{_W}abstractNum")}
            for one in numbering.iter(f"{_W}num"):
                link = one.find(f"{_W}abstractNumId")
                if link is not None:
                    self._levels[str(one.get(f"{_W}numId"))] = abstract.get(link.get(f"{_W}val"), {})

    def label(self, paragraph: Any) -> str:
        """As "1.", "a)", "I." or "-" as the paragraph shows it; "" where it is in no list."""
        listed = paragraph.find(f"{_W}pPr/{_W}numPr")
        if listed is None:
            listed = self._of_style.get(_value(paragraph.find(f"{_W}pPr/{_W}pStyle")))
        if listed is None:
            return ""
        list_id, at = _value(listed.find(f"{_W}numId")), _value(listed.find(f"{_W}ilvl")) or "0"
        levels = self._levels.get(list_id, {})
        if not at.isdecimal() or int(at) not in levels:
            return ""
        kind, shown, _ = levels[int(at)]
        counts = self._counted(list_id, int(at), levels)
        if kind in ("bullet", "none"):
            return "-" if kind == "bullet" else ""
        return re.sub(r"%([1-9])", lambda found: _written(levels, counts, int(found[1]) - 1), shown)

    def _counted(self, list_id: str, at: int, levels: dict[int, tuple[str, str, int]]) -> list[int]:
        counts = self._counts.setdefault(list_id, [levels.get(n, ("", "", 1))[2] - 1 for n in range(10)])
        counts[at] += 1
        counts[at + 1 :] = [levels.get(n, ("", "", 1))[2] - 1 for n in range(at + 1, 10)]
        return counts


def _levels(abstract: Any) -> dict[int, tuple[str, str, int]]:
    found = {}
    for one in abstract.findall(f"{_W}lvl"):
        number, start = str(one.get(f"{_W}ilvl")), _value(one.find(f"{_W}start"))
        if number.isdecimal() and int(number) < 10:
            first = int(start) if start.isdecimal() and len(start) < 6 else 1
            found[int(number)] = (_value(one.find(f"{_W}numFmt")), _value(one.find(f"{_W}lvlText")), first)
    return found


def _written(levels: dict[int, tuple[str, str, int]], counts: list[int], at: int) -> str:
    kind, count = levels.get(at, ("decimal", "", 1))[0], max(counts[at], 1) if at < len(counts) else 1
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in ("upperRoman", "lowerRoman"):
        return _roman(count) if kind == "upperRoman" else _roman(count).lower()
    return str(count)


def _roman(count: int) -> str:
    said = ""
    for value, letters in _ROMAN:
        said += letters * (count // value)
        count %= value
    return said


def _value(node: Any) -> str:
    return "" if node is None else str(node.get(f"{_W}val") or "")
