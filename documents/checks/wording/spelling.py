"""Spelling (chính tả) of what the field always writes alike: its terms, short forms, its programme, a family name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rapidfuzz.distance import Levenshtein

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.registry import rule
from documents.checks.wording.terms import ALSO, COMMON, PHRASES, SHORT, SURNAMES, WRONG
from documents.reading.folding import fold, squeeze
from states.names import normal_form

_WORD = re.compile(r"[^\W\d_]+")
_CAPITALS = re.compile(r"(?<![\w-])[A-ZĐ][A-ZĐ0-9&]{2,9}(?![\w-])")
_LOOKS = str.maketrans("O0ĐD1I", "QQDDII")
"""Letters that a pen or a scan mistakes for one another."""
_MONTH = re.compile(r"thang hanh dong (?:vi )?binh dang gioi va (?P<rest>phong[^.;\n\"]{0,60}?tren co so gioi)")
_SINCE = 2021
"""Until 2020 the Month was called «… phòng, chống bạo lực trên cơ sở giới»."""


@rule("term-misspelt", "note", "Thuật ngữ viết sai", "A term of the field is misspelt",
      example="Thành hành động; toa đàm; băng zôn; MTTO")  # fmt: skip
def term_misspelt(paper: Paper) -> Iterator[Hit]:
    """Each wrong spelling once, where it stands first."""
    told: set[str] = set()
    for text, place in _texts(paper):
        for wrong, right in (*_phrases(text), *_short_forms(text)):
            if wrong.lower() not in told:
                told.add(wrong.lower())
                yield Hit(place, f"Viết «{wrong}», đúng là «{right}»", f"Written «{wrong}», it is «{right}»",
                          (wrong, right))  # fmt: skip


def _texts(paper: Paper) -> Iterator[tuple[str, str]]:
    if paper.title:
        yield paper.title.value, paper.title.place
    yield from ((one.text, one.place) for one in paper.text)
    for grid in paper.grids:
        yield grid.title, grid.place
        yield from ((cell, place) for row, place in zip(grid.rows, grid.places, strict=True) for cell in row)


def _phrases(text: str) -> Iterator[tuple[str, str]]:
    words = list(_WORD.finditer(text))
    plain = [fold(one[0]) for one in words]
    stands: dict[str, list[int]] = {}
    for at, word in enumerate(plain):
        stands.setdefault(word, []).append(at)
    for right in (*PHRASES, *WRONG):
        meant = _folded(right)
        starts = {at - n for n in (0, 1) for at in stands.get(meant[n], ())}  # one of the first two is as it should be
        for at in sorted(one for one in starts if 0 <= one <= len(words) - len(meant)):
            if _alike(plain[at : at + len(meant)], meant):
                said = text[words[at].start() : words[at + len(meant) - 1].end()]
                if _is_wrong(said, right) and not _is_name(said, text):
                    yield squeeze(said), WRONG.get(right, right)


@cache
def _folded(phrase: str) -> tuple[str, ...]:
    return tuple(fold(phrase).split())


def _alike(said: list[str], meant: tuple[str, ...]) -> bool:
    """The same letters; in three words or more one of them may have a letter more, less or other."""
    other = [(one, two) for one, two in zip(said, meant, strict=True) if one != two]
    if not other:
        return True
    (one, two), *more = other
    return not more and len(meant) > 2 and len(two) > 3 and Levenshtein.distance(one, two) == 1


def _is_wrong(said: str, right: str) -> bool:
    if re.search(r"[.,;:()/\"\d]", said) or said.isascii():  # two clauses; a text without marks is told elsewhere
        return right in WRONG and not re.search(r"[.,;:()]", said) and normal_form(said) == normal_form(right)
    spelt = normal_form(said)
    if right in WRONG:
        return spelt == normal_form(right)
    return all(spelt != normal_form(one) for one in (right, *ALSO.get(right, ())))


def _is_name(said: str, text: str) -> bool:
    """Every word with a capital, in a text of small letters: a person's or a place's name."""
    return not text.isupper() and not said.isupper() and all(word[0].isupper() for word in said.split())


def _short_forms(text: str) -> Iterator[tuple[str, str]]:
    for found in _CAPITALS.finditer(text):
        said = found[0]
        if said in SHORT or said.replace("&", "") in SHORT:
            continue
        for right in SHORT:
            looks = said.translate(_LOOKS) == right.translate(_LOOKS)
            if looks or len(right) > 5 and len(said) == len(right) and Levenshtein.distance(said, right) == 1:
                yield said, right
                break


@rule("programme-misnamed", "note", "Tên chương trình chưa đúng", "A programme is not called by its name",
      example="Tháng hành động … phòng, chống bạo lực (từ 2021: phòng ngừa, ứng phó)")  # fmt: skip
def programme_misnamed(paper: Paper) -> Iterator[Hit]:
    """The Action Month has one name: told once in a paper that names it otherwise."""
    if not paper.period or paper.period[2].year < _SINCE:
        return
    for text, place in _texts(paper):
        found = _MONTH.search(fold(squeeze(text)))
        if found and "ung pho" not in found["rest"]:
            said = squeeze(text)[found.start() : found.end()]
            right = "Tháng hành động vì bình đẳng giới và phòng ngừa, ứng phó với bạo lực trên cơ sở giới"
            yield Hit(place, f"Ghi «{said}», tên đầy đủ là «{right}»", f"Written «{said}», its name is «{right}»",
                      (said, right))  # fmt: skip
            return


@rule("surname-unusual", "note", "Họ người ký có thể viết sai", "The signer's family name may be misspelt",
      example="Nguyên Thị …; Huyền Thị … (Nguyễn, Huỳnh)")  # fmt: skip
def surname_unusual(paper: Paper) -> Iterator[Hit]:
    """A name that is nobody's and a stroke away from one that many bear."""
    signer = paper.head.signer if paper.head else None
    own = signer.value.split()[0] if signer else ""
    if not signer or own in SURNAMES or own.isupper():
        return
    near = [one for one in COMMON if _near(fold(own), fold(one))]
    if near:
        yield Hit(signer.place, f"Họ «{own}» ít gặp; có phải «{near[0]}»?",
                  f"The family name «{own}» is hardly met; is it «{near[0]}»?", (own, near[0]))  # fmt: skip


def _near(said: str, meant: str) -> bool:
    """The same letters, or the same beginning of a long name and a stroke or two away."""
    return said == meant or said[:3] == meant[:3] and len(meant) > 4 and Levenshtein.distance(said, meant) <= 2
