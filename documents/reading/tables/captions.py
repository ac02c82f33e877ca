"""Captions of tables (tên bảng): the line above, without its number, the unit of measure or what it hangs on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.reading.days.period_days import of_data
from documents.reading.folding import fold, squeeze
from documents.reading.model import Grid, Line

_CAPTION = re.compile(
    r"^(?:phan\s+(?:[ivx]+|\d{1,2})\s*[.:]|"
    r"(?:bang|bieu)(?: so)?\s*(?:(?:[ivx]+|\d[\d.]*|[a-h])(?!\w)(?:/[\w-]+)?\s*[-.:)]?|[.:])|"
    r"(?:[a-h]|[ivx]+|\d+(?:\.\d+)*)(?:[.:)]+(?=\s|[^\W\d_])|/(?=\s)))\s*"
)
"""A caption's number: "II.", "1.2.", "I/", "Bảng 2:"; "BIỂU SỐ LIỆU" and "Vi phạm" have none."""
_APPENDIX = re.compile(r"^phu luc(?:\s(?:so\s)?(?:[ivx]+|\d+))?\s*[.:]\s+(?=\w)")
_ATTACHED = re.compile(r"\((?:ban hanh )?(?:kem|dinh kem)\b|\(trich\b")
_SENTENCE = re.compile(
    r"kinh gui|can cu |dieu \d+[.:]|thuc hien (?:cong van|ke hoach|quyet dinh|thong bao|chi dao|van ban)|theo de nghi"
)
"""How a line above a table begins that is no caption, folded."""
_NUMBERED = re.compile(r"(?:bang|bieu|phu luc)(?: so)?\s*\d|(?:[ivx]+|\d{1,2})[.)]\s")
_OPEN = re.compile(r"(?:\b(?:va|cua|cac|ve|trong|tren|cho|voi|tai|do|theo|cong tac)|[-,])$")
_FULL = 45
"""Letters of a line of capitals from which on it may be too long for its page."""
_UNIT = re.compile(r"\(?(?:don vi(?: tinh)?|dvt)\b")


def title_of(grid: Grid, lines: Sequence[Line]) -> str:
    """The line just above, without its number; lines of one caption may be two."""
    above = [line for line in lines if line.page == grid.page and line.number < grid.line]
    if not above and grid.page > 1 and not grid.sheet:
        above = [line for line in lines if line.page == grid.page - 1]
    above = [line for line in above if not _tells_of(fold(line.text.strip("* ")))]
    kept = [line for line in _without_brackets(above) if line.text.strip("* ")]
    if not kept:
        return grid.sheet
    said = squeeze(_beside(kept[-1].text, grid.half)).strip("* ")
    if _is_sentence(said):
        return grid.sheet
    if len(kept) > 1 and not grid.half and _goes_on(kept[-2], kept[-1]):
        said = f"{squeeze(kept[-2].text)} {said}"
    return caption_of(said)


def _tells_of(said: str) -> bool:
    """A line between caption and table: the unit of measure, the days of the figures."""
    return bool(_UNIT.match(said)) or of_data(said)


def _goes_on(first: Line, second: Line) -> bool:
    """Whether a caption is broken over two lines: both in capitals, the first full; or small letters below its
    number."""
    if second.gap or first.page != second.page or second.number - first.number != 1:
        return False
    one, two = first.text.strip("* "), second.text.strip("* ")
    if one.isupper() and two.isupper():
        return (len(one) >= _FULL or bool(_OPEN.search(fold(one)))) and not _NUMBERED.match(fold(two))
    return two[:1].islower() and bool(_NUMBERED.match(fold(one))) and not one.endswith((".", ";", ":"))


def _is_sentence(said: str) -> bool:
    ends_one = said[:1].islower() and said.endswith(":")
    several = len(re.findall(r"[^\W\d_]{2,}\.\s+[^\W\d_]", said)) > 1
    figures = said.endswith(".") and len(re.findall(r"\d+(?:[.,]\d+)*\s?(?:%|[^\W\d_])", said)) > 1
    return ends_one or figures or bool(_SENTENCE.match(fold(said))) or len(said) > 260 or several


def _without_brackets(lines: Sequence[Line]) -> list[Line]:
    """Without what says which paper it hangs on: "(Kèm theo Báo cáo số …)", over several lines too."""
    kept = list(lines)
    last = next((n for n in reversed(range(len(kept))) if kept[n].text.strip()), -1)
    if last >= 0 and kept[last].text.rstrip(" ./*").endswith(")"):
        opens = (n for n in range(last, max(last - 4, -1), -1) if _ATTACHED.match(fold(kept[n].text.strip("* "))))
        del kept[next(opens, last + 1) : last + 1]
    return kept


def _beside(said: str, half: int) -> str:
    """Of two captions on one line the one that stands over this half of the page."""
    parts = [part for part in re.split(r"\s{3,}", said) if part.strip()]
    return parts[half - 1] if half and len(parts) == 2 else said


def caption_of(said: str) -> str:
    """A line as a caption: without its number ("II.", "Bảng 2:") and the dots behind it."""
    hung = _APPENDIX.match(fold(said))
    said = said[hung.end() :] if hung else said
    numbered = _CAPTION.match(fold(said))
    own = (said[numbered.end() :] if numbered else said).strip(" .:;")
    leads = re.search(r",?\s(?:cu the\s)?nhu sau$", fold(own))
    return own[: leads.start()] if leads else own
