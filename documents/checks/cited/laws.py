"""Laws cited (luật, nghị định được viện dẫn) against those that are known: dated rightly, and still in force."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.cited.known_laws import KNOWN
from documents.checks.finding import Hit
from documents.checks.papers.paper import Cited, Paper
from documents.checks.registry import FORM_OF_PAPERS, rule

_OF_YEAR = re.compile(r"/\d{4}/")


@rule("law-misquoted", "explain", "Văn bản luật ghi sai ngày", "A law is cited with another date than its own",
      basis=f"{FORM_OF_PAPERS}, mục II.6",
      example="Nghị định số 20/2014/NĐ-CP ngày 24/3/2015 (đúng: 24/3/2014)")  # fmt: skip
def law_misquoted(paper: Paper) -> Iterator[Hit]:
    """Only of those in the list; a number without its year ("28/NQ-CP") is used again each year, and left."""
    for one in paper.cited or ():
        known = KNOWN.get(_code(one))
        day = one.date.full
        if known and day and day != known.day and _OF_YEAR.search(one.code):
            a, b = f"{day:%d/%m/%Y}", f"{known.day:%d/%m/%Y}"
            yield Hit(one.place, f"{one.code} ghi ngày {a}, ngày ban hành là {b}",
                      f"{one.code} is cited as of {a}, it is of {b}", (a, b))  # fmt: skip


@rule("law-replaced", "explain", "Căn cứ văn bản luật đã được thay thế", "A basis that another law has replaced",
      basis=f"{FORM_OF_PAPERS}, mục II.6", example="báo cáo tháng 9/2025 căn cứ Luật số 65/2025/QH15 (nay là "
          "72/2025/QH15)")  # fmt: skip
def law_replaced(paper: Paper) -> Iterator[Hit]:
    """A legal basis of a paper that is later than the day on which the next law took effect."""
    issued = paper.head.date.value.full if paper.head and paper.head.date else None
    for one in paper.cited or ():
        known = KNOWN.get(_code(one))
        if issued and known and known.since and one.basis and issued >= known.since:
            a, b = one.code, known.instead
            yield Hit(one.place, f"{a} đã được thay bằng {b} từ ngày {known.since:%d/%m/%Y}",
                      f"{a} was replaced by {b} from {known.since:%d/%m/%Y}", (a, b))  # fmt: skip


def _code(one: Cited) -> str:
    return re.sub(r"\s", "", one.code).upper()
