"""What comes next and what is aimed at (phương hướng, chỉ tiêu): of the next year, and with a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.registry import rule
from documents.reading.folding import fold

_SHARE = re.compile(r"^[-–+•*]\s*(?:tỷ|tỉ) lệ\s", re.I)
_AHEAD = re.compile(r"(?:[ivx\d]+[.)] *)?(?:phuong huong|nhiem vu)\b.{0,90}\bnam (?P<year>20\d\d)\W*$")
_AGES = re.compile(r"(?:từ |dưới |trên )?\d+(?: (?:đến|-) \d+)? (?:tuổi|mũi|loại)|từ \d+ đến \d+")


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
