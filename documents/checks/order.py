"""Order (đánh số, trình tự): numbers of headings and items that break off, tasks ahead of the wrong year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.paper import Paper, Sentence
from documents.checks.registry import rule
from documents.reading.folding import fold

_ROMAN = {one: n for n, one in enumerate(
    "I II III IV V VI VII VIII IX X XI XII XIII XIV XV".split(), 1)}  # fmt: skip
_ITEM = re.compile(
    r"^(?:(?P<roman>[IVX]{1,5})[.)]|(?P<number>\d{1,2})[.)](?!\d)|(?P<letter>[a-zđ])\)|(?P<dash>[-–+]))(?:\s|$)"
)
_SHARE = re.compile(r"^[-–+•*]\s*(?:tỷ|tỉ) lệ\s", re.I)
_AHEAD = re.compile(r"(?:[ivx\d]+[.)] *)?(?:phuong huong|nhiem vu)\b.{0,90}\bnam (?P<year>20\d\d)\W*$")
_AGES = re.compile(r"(?:từ |dưới |trên )?\d+(?: (?:đến|-) \d+)? (?:tuổi|mũi|loại)|từ \d+ đến \d+")


@rule("numbering-broken", "note", "Đánh số mục bị đứt", "The numbering breaks off",
      example="a), b), c), d) rồi đến gạch đầu dòng; I, II, IV")  # fmt: skip
def numbering_broken(paper: Paper) -> Iterator[Hit]:
    """Roman numbers of the paper, numbers of a section, and letters that go over into dashes."""
    for kind in ("roman", "number"):
        yield from _skipped(paper.text, kind)
    yield from _letters_left(paper.text)


def _skipped(text: tuple[Sentence, ...], kind: str) -> Iterator[Hit]:
    before = 0
    for one in text:
        found = _ITEM.match(one.text)
        if found is None:
            continue
        if kind == "number" and found["roman"]:
            before = 0
        if found[kind]:
            at = _ROMAN.get(found["roman"], 0) if kind == "roman" else int(found["number"])
            if before and at > 1 and at != before + 1 and at - before in (0, 2):
                yield Hit(one.place, f"Mục «{found[0].strip()}» đứng sau mục số {before}",
                          f"«{found[0].strip()}» follows number {before}", (found[0].strip(), before))  # fmt: skip
            before = at


_NEW_PART = ("I. ", "")  # as if another part began: what is open at the end is told too


def _letters_left(text: tuple[Sentence, ...]) -> Iterator[Hit]:
    """Three letters or more without a dash among them, then two dashes before the next number: they were letters."""
    letters: list[str] = []
    dashes: list[Sentence] = []
    ended = False
    for one in (*text, Sentence(*_NEW_PART)):
        found = _ITEM.match(one.text)
        if found and (found["roman"] or found["number"]):
            if len(letters) > 2 and len(dashes) > 1 and ended:
                last = f"{letters[-1]})"
                yield Hit(dashes[0].place, f"Sau điểm {last} là gạch đầu dòng, không đánh chữ tiếp",
                          f"Behind {last} come dashes instead of letters", (last, "-"))  # fmt: skip
            letters, dashes = [], []
        elif found and found["letter"]:
            letters, dashes = ([*letters, found["letter"]], []) if not dashes else ([], [])
        elif found and letters:
            dashes.append(one)
        if not dashes:
            ended = one.text.rstrip().endswith(".")


@rule("outlook-same-year", "note", "Nhiệm vụ tới vẫn là của năm báo cáo", "What comes next is of the year reported",
      example="báo cáo năm 2024: «phương hướng, nhiệm vụ cuối năm 2024»")  # fmt: skip
def outlook_same_year(paper: Paper) -> Iterator[Hit]:
    """A report of a whole year looks to the next one; else the year is not over or a number was left from last year."""
    if paper.kind != "report" or not paper.period or paper.period[0] != "year":
        return
    year = paper.period[2].year
    for one in paper.text:
        found = _AHEAD.match(fold(one.text))
        if found and int(found["year"]) == year and str(year + 1) not in one.text:
            yield Hit(one.place, f"Báo cáo năm {year} mà phương hướng, nhiệm vụ vẫn ghi năm {year}",
                      f"A report of {year} whose tasks ahead are of {year} too", (year, year),
                      paper.period[3])  # fmt: skip
            return


@rule("target-without-figure", "note", "Chỉ tiêu không có con số", "A target without a figure",
      example="- Tỷ lệ lao động nữ được đào tạo nghề. (không ghi bao nhiêu)")  # fmt: skip
def target_without_figure(paper: Paper) -> Iterator[Hit]:
    """An item that is only the name of a share: once, with how many there are."""
    bare = [one for one in paper.text if _SHARE.match(one.text) and len(one.text) < 220
            and not re.search(r"[\d%]", _AGES.sub("", one.text))]  # fmt: skip
    if bare:
        first = bare[0].text[:80]
        yield Hit(bare[0].place, f"{len(bare)} mục chỉ nêu tên tỷ lệ, không có con số (đầu tiên: «{first}»)",
                  f"{len(bare)} items name a share without a figure", (len(bare),))  # fmt: skip
