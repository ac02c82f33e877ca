"""Wholes that stand near a percentage (mẫu số ở gần): in its sentence, its section, the totals of a table.

A reader who sees "214 trẻ …; có 11 trường hợp, chiếm 5,1%" divides 11 by 214; whatever fits is the fraction. Where
nothing fits, but one number of the sentence gives the same digits with one too many or two in the wrong order, the
percentage was mistyped.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from documents.checks.papers.lines import Told
from documents.checks.papers.paper import Grid, Sentence
from documents.reading.figures.numbers import Number, numbers
from documents.reading.folding import key
from documents.reading.indicators.indicator import Indicator
from documents.reading.model import Place
from documents.reading.tables.into_form import TOTALS, number_in
from states.figures import Figure, Match, Ratio

_NEAR = 12
"""Sentences of the same section, before, that are looked at."""
_MOST = 30
"""Numbers of one sentence that are looked at."""
_FEW = 8
"""In a sentence of more numbers nobody can say which of them was meant."""
_OF_A_DATE = re.compile(r"(?:[Nn]gày|[Tt]háng|/) ?$")


def fraction(one: Indicator, place: Place, words: Told, grids: tuple[Grid, ...]) -> tuple[Figure | None, Figure | None]:
    """Part and whole of an indicator whose percentage stands without one of them; what nobody finds stays None."""
    part, whole, stated = one.numerator, one.denominator, one.percent
    if stated is None or part is not None and whole is not None or not stated.is_exact:
        return part, whole
    at = _sentence(one, place, words)
    if at is None:
        return part, whole
    near = _before(words.sentences[at].text, stated)
    if part is None:
        return _pair(near, stated) or (part, whole)
    if whole is None:
        far = [*_of_section(words.sentences, at), *_totals(grids)]
        whole = _fits(part, near, stated, exactly=False) or _fits(part, far, stated) or _mistyped(part, near, stated)
    return part, whole


def _sentence(one: Indicator, place: Place, words: Told) -> int | None:
    """The sentence that begins on the indicator's line, or last before it, and states its percentage."""
    last = bisect_right(words.starts, (place.page, place.line))
    for at in reversed(range(max(last - 8, 0), last)):
        told = _numbers(words.sentences[at].text)
        stated = any(number.percent and number.figure == one.percent for number in told)
        if stated and (one.numerator is None or any(number.figure == one.numerator for number in told)):
            return at
    return None


@lru_cache(maxsize=256)
def _numbers(text: str) -> tuple[Number, ...]:
    return tuple(numbers(text))


def _before(text: str, stated: Figure) -> list[Figure]:
    """The counts that stand before a percentage."""
    end = next((one.start for one in _numbers(text) if one.percent and one.figure == stated), 0)
    return [one.figure for one in _counts(text) if one.end <= end][-_MOST:]


def _counts(text: str) -> list[Number]:
    """Exact numbers that are no percentage, no year and no part of a date or of a paper's number."""
    exact = [one for one in _numbers(text) if not one.percent and one.figure.is_exact and one.figure.amount > 0]
    return [one for one in exact
            if not (one.figure.amount <= 31 and _OF_A_DATE.search(text[max(one.digits - 8, 0) : one.digits]))
            and not re.match(r"/(?:\d|[A-ZĐ])", text[one.end : one.end + 2])
            and not re.fullmatch(r"(?:19|20)\d\d", one.raw)]  # fmt: skip


def _of_section(sentences: tuple[Sentence, ...], at: int) -> list[Figure]:
    same = [one for one in sentences[max(at - _NEAR, 0) : at] if one.section == sentences[at].section]
    return [number.figure for one in same for number in _counts(one.text)]


def _totals(grids: Iterable[Grid]) -> list[Figure]:
    rows = [row for grid in grids for row in grid.rows if any(key(cell) in TOTALS for cell in row[:3])]
    return [figure for row in rows for cell in row if (figure := number_in(cell)) is not None and figure.is_exact]


def _fits(part: Figure, wholes: Iterable[Figure], stated: Figure, *, exactly: bool = True) -> Figure | None:
    """The first whole of which the part is that percentage; one that was cut counts only in the same sentence."""
    digits = len(stated.canonical.replace(".", "").lstrip("0"))
    good = (Match.EXACT,) if exactly or digits < 3 else (Match.EXACT, Match.TRUNCATED)
    if exactly and digits < 2:
        return None
    return next((one for one in wholes if one.amount >= part.amount and Ratio(part, one).matches(stated) in good), None)


def _pair(near: list[Figure], stated: Figure) -> tuple[Figure, Figure] | None:
    """Two numbers before the percentage of which it is the quotient, as two amounts of money; three digits must fit."""
    if len(stated.canonical.replace(".", "").lstrip("0")) < 3:
        return None
    before = [one for one in near if one.amount > 9]
    pairs = [(a, b) for a in before for b in before if a.amount != b.amount]
    return next(((a, b) for a, b in pairs if Ratio(a, b).matches(stated) is Match.EXACT), None)


def _mistyped(part: Figure, near: list[Figure], stated: Figure) -> Figure | None:
    """The one number of the sentence that gives the same digits but one, or two of them changed about."""
    said = stated.canonical
    digits = Decimal(1).scaleb(-len(said.partition(".")[2]))
    wholes = {one.amount: one for one in near if one.amount > part.amount} if len(near) <= _FEW else {}
    slips = [
        one for one in wholes.values()
        if _is_slip(said, str((100 * part.amount / one.amount).quantize(digits, ROUND_HALF_UP)))
    ]  # fmt: skip
    return slips[0] if len(slips) == 1 else None


def _is_slip(one: str, other: str) -> bool:
    """One digit more or less, or the same digits in another order."""
    if len(one) == len(other):
        return one != other and sorted(one) == sorted(other)
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return len(longer) - len(shorter) == 1 and any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))
