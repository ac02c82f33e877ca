"""Years left over from another year's paper (năm còn sót): in the opening, in headings, in captions of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.papers.sentences import sentences, shortened
from documents.checks.registry import rule
from documents.checks.time.periods import years_in
from documents.reading.folding import fold, key

_OPENS = re.compile(r"\b(?:bao cao|ban hanh|xay dung)\b(?P<said>[^;]*)\b(?:nhu sau|cu the)\b[^;]{0,60}$")
_RESULTS = re.compile(
    r"^\W*(?:[ivx\d]{1,4}[.)/]\s*)?(?:bieu|bang|ket qua|tinh hinh|danh gia|so lieu|tong hop|cong tac|thong ke)\b"
)
_TASKS = re.compile(r"^\W*(?:[ivx\d]{1,4}[.)/]\s*)?(?:phuong huong|nhiem vu|muc tieu|chi tieu|noi dung|ke hoach)\b")
_BOTH = re.compile(r"\b(?:ton tai|han che|khac phuc|chi dao|so voi|cung ky|giai doan|tu nam|den nam|truoc)\b")
_BEHIND = re.compile(r"\b(?:so|ngay)\b[^;,]{0,60}\d")


@rule("year-left-over", "explain", "Năm của văn bản khác còn sót", "The year of another year's paper",
      example="báo cáo năm 2025 mà mở đầu ghi «báo cáo kết quả năm 2024 như sau», biểu ghi «năm 2024»")  # fmt: skip
def year_left_over(paper: Paper) -> Iterator[Hit]:
    """Of papers whose title names one year: the opening's own words; headings of results in a report, of tasks in a
    plan, that name only an earlier year."""
    wanted = years_in(paper.title.value) if paper.title else set()
    if not paper.kind or paper.title is None or len(wanted) != 1:
        return
    year = min(wanted)
    seen: set[str] = set()
    captioned = any(years_in(grid.title) & wanted for grid in paper.grids)
    for place, said, words in (*_opening(paper), *(() if captioned else _headings(paper))):
        told = years_in(words) if key(words) not in seen else set()
        seen |= {key(words), key(re.sub(r"^\W*[\dIVX]{1,4}[.)/]\s*", "", words))}
        if told and not told & wanted and max(told) < year and not _BOTH.search(fold(words)):
            one = max(told)
            yield Hit(place, f"Ở đây ghi năm {one}, trích yếu ghi năm {year}: «{shortened(said)}»",
                      f"The year is {one} here and {year} in the title", (one, year), paper.title.place)  # fmt: skip


def _opening(paper: Paper) -> Iterator[tuple[str, str, str]]:
    """What the paper calls itself behind its bases: "… báo cáo kết quả năm 2024 như sau"."""
    for one in list(sentences(paper))[:12]:
        folded = fold(one.text)
        if found := _OPENS.search(folded):
            start = max(folded.rfind(word, 0, found.end("said")) for word in ("bao cao", "ban hanh", "xay dung"))
            words = one.text[start : found.end("said")]
            if not _BEHIND.search(fold(words)):
                yield one.place, words, words
            return


def _headings(paper: Paper) -> Iterator[tuple[str, str, str]]:
    wanted = _RESULTS if paper.kind == "report" else _TASKS
    for one in paper.text:
        heads = one.section.rstrip().endswith(one.text.rstrip()) and (one.text.isupper() or one.text == one.section)
        if heads and len(one.text) < 150 and wanted.match(fold(one.text)):
            yield one.place, one.text, one.text
    for grid in paper.grids if paper.kind == "report" else ():
        if _RESULTS.match(fold(grid.title)):
            yield grid.place, grid.title, grid.title
