"""Clauses around figures (vế câu): which words of a sentence belong to which figure.

The sentences of reports have one grammar, whatever they tell of; «|» parts what may stand instead:

    sentence  = [topic ":"] clause {";" | "," | "trong đó" | "gồm" | "(" clause}
    clause    = [lead] head figure [unit] [tail] [of] [share] [change] [goal]    Toàn xã còn 158 hộ nghèo …
              | [lead] figure unit tail …                                       163 trẻ được sinh ra …
              | head ":" figure [unit]                                          Tử vong: 0; loại 1: 59
              | head ":" "không" ["có"]  |  "không có|xảy ra|phát sinh" head    a zero (`zeros`)
    figure    = [bound] number  |  n "/" m                                      (`numbers`, `fractions`)
    of        = "trên|trong" ["tổng số"] m [unit]                               … trên 7.349 hộ (`wholes`)
    share     = "đạt|chiếm|bằng|tỷ lệ" p "%" [of what] ["(" m [unit] ")"]       … chiếm 2,15% (`splits`, `wholes`)
    change    = "tăng|giảm" n [unit] "so với …" ["(" base ")"]                  … giảm 31 hộ so với … (`changes`)

A lead says when, where, who tells and that there is something: it is part of no name (`naming`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.reading.figures.labels import core
from documents.reading.figures.marking import Marked
from documents.reading.figures.units import only_counts
from documents.reading.flow import MARKER
from documents.reading.folding import fold, squeeze

_PARTS = r"(?:trong đó|trong số đó|bao gồm|gồm có|gồm)(?!\w)"
_STRONG = re.compile(rf";|\(|\)|[,:]?\s?(?<!\w){_PARTS}:?(?!\s*$)", re.IGNORECASE)
_PART = re.compile(
    r"\([^;]*$|(?<!\w)(?:trong đó|trong số đó|(?:bao gồm|gồm)(?!\w)(?!\s*$))(?!\w)[^;]*$|(?<!\w)với\s*$", re.IGNORECASE
)
_TOPIC = re.compile(r"\s*([^:;.]{3,110}):\s(?=[^\W\d_]|\d[\d.,]*\s?%?(?:\s[^\W\d_]+){4})")
_COMMA = re.compile(r"(?<!lanh dao),\s(?!quan ly\b)")
_ONE_NOUN = re.compile(r"(?:tổng số|số|tỷ lệ|tỉ lệ|số lượng)\s", re.IGNORECASE)
"""How a clause begins that is one noun phrase, commas and all."""
_LINK = re.compile(r"(?:đạt|chiếm|bằng|tăng|giảm|là|còn|tỷ lệ|tỉ lệ)\s*$", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_ENDS = re.compile(
    r"[;()\n:]|\.(?=\s|$)|,?\s(?:chiếm|đạt|tăng|giảm|tương đương|trong đó|trong số đó|so với|với (?:tổng |số )|"
    r"trên tổng|trong tổng|trị giá|nâng tổng số|gồm)(?!\w)(?=[^,;.]{0,60}\d)|"
    r",\s(?:nhiều|ít|cao|thấp|đông) hơn(?!\w)|,\s(?:tỷ lệ|tỉ lệ)(?!\w)|,?\sbằng (?=\d[\d.,]*\s?%)|"
    r",\s(?:có|gồm|cụ thể|đạt|trong đó|trong số đó)(?!\w)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:\d{1,2}[.)]|[a-zđ]\))\s")
"""A marker right before a figure ("1) 98% …")."""
_MARK = re.compile(rf"(?:[,;()]|(?<!\w)(?:và|với)|[,:]?\s?(?<!\w){_PARTS}:?)\s*$", re.IGNORECASE)
_LED_BY = re.compile(r"(?<=[^\W\d_]):\s(?=[^\W\d_])(?!.*:)")
"""Between a count and the parts of it that it leads."""
_MOST, _SIBLINGS, _LEAD, _NOUN = 110, 8, 200, 16


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of one figure: the topic of its sentence or paragraph, what stands before and behind in its clause."""

    topic: str
    ahead: str
    behind: str
    labelled: bool = False
    """Whether a colon parts the figure from the words before it."""
    before: tuple[int, int] | None = None
    """The figure before it in its sentence, unless a semicolon parts them."""
    parent: tuple[int, int] | None = None
    """The figure that it is told as a part of ("trong đó", "gồm", in brackets), maybe behind other parts of it."""


def clause_of(marked: Marked, start: int, end: int) -> Clause:
    """The clause of the figure at these offsets."""
    text, flow = marked.flow.text, marked.flow
    sentence, last = flow.sentence(start)
    first = _unmarked(text, sentence, start)
    before = marked.figure_before(start, first)
    floor = before[1] if before else first
    said = _blanked(text[floor:start])
    cut = _cut(said, marked.unit_behind(floor)) if before else 0
    ahead = said[cut:].rstrip()
    labelled = ahead.endswith(":")
    own, colon, rest = ahead.rstrip(" :").rpartition(":")
    topic = own if colon else _topic(text[first : min(floor, first + _LEAD)]) if before else ""
    if not topic and sentence > flow.paragraph(start)[0]:
        topic = _topic(text[_unmarked(text, flow.paragraph(start)[0], start) : sentence])
    if not topic and not labelled and ";" not in text[first:start]:
        topic = _label(text[first : min(start, first + _LEAD)])
    behind = _behind(marked, end, last)
    alone = not behind or fold(behind) == fold(marked.unit_behind(end))
    if before and alone and not rest.strip() and said.rstrip().endswith("("):  # "vượt tiến độ bình quân (75%)"
        rest = _opened(said, marked.unit_behind(floor))
    words = squeeze(rest) if labelled else _last_piece(squeeze(rest))
    near = before if before and ";" not in said else None
    return Clause(squeeze(topic), words, behind, labelled, near, _parent(marked, start, first))


def _parent(marked: Marked, start: int, first: int) -> tuple[int, int] | None:
    """Over other parts, which only commas part, to the figure of which this one is told as a part."""
    for _ in range(_SIBLINGS):
        before = marked.figure_before(start, first)
        said = _blanked(marked.flow.text[before[1] : start]) if before else ";"
        if _PART.search(said) or before and _leads(marked, before, said, start):
            return before
        if before is None or ";" in said or ")" in said:
            return None
        start = before[0]
    return None


def _leads(marked: Marked, before: tuple[int, int], said: str, start: int) -> bool:
    """Whether a count and a colon lead a count of the same unit: "1.604 cháu dưới 5 tuổi: thể nhẹ cân 142 cháu"."""
    own = marked.number_behind(start)
    unit = marked.unit(own) if own and own.start == start else ""
    return bool(unit) and unit == marked.unit_behind(before[1]) and bool(_LED_BY.search(said)) and ";" not in said


def _opened(said: str, unit: str) -> str:
    """The words right before the bracket in which a figure stands alone, behind the unit of the figure before."""
    words = said.rstrip()[:-1].strip()
    words = words[len(unit) :] if unit and words.startswith(unit) else words
    return words.rpartition(", ")[2] if len(words.split()) > 1 else ""


def _unmarked(text: str, start: int, until: int) -> int:
    """Behind the marker of an item ("2.", "- "), where one stands there."""
    found = MARKER.match(text[start : start + 40]) or _ITEM.match(text[start:until])
    return min(start + found.end(), until) if found else start


def _topic(said: str) -> str:
    """The words before a colon with which a sentence begins, unless a figure stands among them."""
    found = _TOPIC.match(_blanked(said))
    return found[1] if found else ""


def _label(said: str) -> str:
    """The words before a colon with which a sentence begins, be they those of a figure: "Chứng thực: 12 bản sao, …"."""
    found = re.match(r"\s*([^:;.\d]{3,60}):\s", _blanked(said))
    return found[1] if found else ""


def _blanked(said: str) -> str:
    """Without what stands in brackets; as long as before."""
    return _BRACKETS.sub(lambda found: " " * len(found[0]), said)


def _cut(said: str, unit: str) -> int:
    """Where between two figures the words of the second begin: behind the last mark that parts clauses."""
    folded = fold(said)
    if strong := list(_STRONG.finditer(said)):
        return strong[-1].end()
    if unit and (led := _LED_BY.search(said)):  # "1.604 cháu dưới 5 tuổi: thể nhẹ cân 142 cháu"
        return led.end()
    commas = [found.end() for found in _COMMA.finditer(folded)]
    if not commas:
        joined = [found.end() for found in re.finditer(r"\s(?:và|với)\s", said)]
        return joined[-1] if joined else len(said)
    if only_counts(unit) and squeeze(folded[: commas[0]]).strip(" ,") == fold(unit.strip()):  # "con, chó, mèo 12 con"
        return commas[0]
    return next((at for at in reversed(commas) if len(said[at:].split()) > 1 or _LINK.match(said, at)), commas[-1])


def _last_piece(said: str) -> str:
    """Behind the last comma that leaves more than two words of a name; else all of it."""
    commas = [] if _ONE_NOUN.match(said) and len(said.split()) <= _NOUN else list(_COMMA.finditer(fold(said)))
    for found in reversed(commas):
        if len(core(said[found.end() :]).split()) > 2:
            return said[found.end() :]
    return said


def _behind(marked: Marked, end: int, last: int) -> str:
    """The words behind a figure, up to the mark or the figure that ends its clause."""
    text = marked.flow.text
    after = marked.figure_behind(end, last)
    until = min(after[0] if after else last, end + _MOST)
    said = _blanked(text[end:until])
    if after and until == after[0]:
        said = said[: _tail(said, marked.unit_behind(end))]
    found = _ENDS.search(said + (" 0" if after and end + len(said) == after[0] else " "))
    said = said[: found.start()] if found else said
    return squeeze(_short(said)).strip(" ,.:;-–/")


def _tail(said: str, unit: str) -> int:
    """The other side of `_cut`: up to the mark, not behind it."""
    cut = _cut(said, unit)
    found = _MARK.search(said[:cut])
    return found.start() if found else cut


def _short(said: str) -> str:
    """Up to the comma behind which something else is told: "thôn, bản" is one thing."""
    for found in re.finditer(r",\s", said):
        if len(said[: found.start()].split()) >= 6 and len(said[found.end() :].split()) > 4:
            return said[: found.start()]
    return said
