"""One paper cited twice (viện dẫn một văn bản nhiều lần): with one date, and the paper itself by its own number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.papers.sentences import sentences
from documents.checks.registry import FORM_OF_PAPERS, rule
from documents.reading.days.dates import one as first_date
from documents.reading.folding import key
from documents.reading.names import bodies

_CITED = re.compile(
    r"\b(?P<type>Kế hoạch|Công văn|Quyết định|Nghị quyết|Chỉ thị|Tờ trình|Thông báo|Hướng dẫn|Chương trình|Báo cáo|"
    r"Nghị định|Thông tư|Luật)\b[^;.\d]{0,40}?số\s*:?\s*(?P<code>\d{1,5}(?:/\d{4})?\s?[-/]\s?[A-ZĐ][\wĐ&/-]*)"
    r"(?P<behind>\s*,?\s*(?:ký\s*)?ngày\s.{6,24})"
)
_BY = re.compile(r"^[\s,]*của\s+(?P<by>[^,;.()]{4,70})")


@dataclass(frozen=True, slots=True)
class _Named:
    words: str
    day: date
    by: str
    place: str


@rule("citation-differs", "explain", "Một văn bản được ghi hai ngày khác nhau", "One paper is cited with two dates",
      basis=f"{FORM_OF_PAPERS}, mục II.6",
      example="Kế hoạch số 63/KH-UBND ngày 25/9/2025; chỗ khác: ngày 26/9/2025")  # fmt: skip
def citation_differs(paper: Paper) -> Iterator[Hit]:
    """The same type, number and symbol, of the same issuer or where one of them is not told, in dates that a slip
    parts: day, month or year alone differs. Different bodies use one number in one year."""
    seen: dict[str, list[_Named]] = {}
    for one in sentences(paper):
        for found in _CITED.finditer(one.text):
            dated = first_date(found["behind"])
            if dated is None or dated.date.full is None or dated.doubt:
                continue
            behind = one.text[found.start("behind") + dated.end :]
            by = _BY.match(behind)
            words = f"{found['type']} {re.sub(' ', '', found['code'])}"
            issuer = by["by"] if by else _own(paper, one.text[: found.start()])
            named = _Named(words, dated.date.full, key(bodies.canonical(issuer)), one.place)
            before = seen.setdefault(key(words), [])
            for other in before:
                if _slip(other, named):
                    a, b = f"{named.day:%d/%m/%Y}", f"{other.day:%d/%m/%Y}"
                    yield Hit(one.place, f"{words} ở đây ghi ngày {a}, ở chỗ khác ngày {b} ({other.place})",
                              f"{words} is of {a} here and of {b} there ({other.place})", (a, b),
                              other.place)  # fmt: skip
                    break
            before.append(named)


def _own(paper: Paper, before: str) -> str:
    """The paper's own issuer, where it says that it issued it ("UBND xã đã ban hành Kế hoạch số …")."""
    issued = re.search(r"ban hành\s(?:\w+\s){0,3}$", before)
    return paper.issuers[0].value if issued and paper.issuers else ""


def _slip(one: _Named, other: _Named) -> bool:
    if one.day == other.day or one.by and other.by and not (one.by in other.by or other.by in one.by):
        return False
    return [a == b for a, b in ((one.day.year, other.day.year), (one.day.month, other.day.month),
                                (one.day.day, other.day.day))].count(False) == 1  # fmt: skip
