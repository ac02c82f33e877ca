"""Papers of the careful officer's tests: a ward's report in which nothing is wrong, and ways to change it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from documents.checks.papers.amounts import Gathering, Share, Where
from documents.checks.papers.of_form import of_form
from documents.checks.papers.paper import Cited, Grid, Head, Paper, Said, Sentence, Unit
from documents.forms import form
from documents.reading.days.dates import PartialDate
from states.figures import Figure

AT = Where("trang 1, dòng 9", "«Mẫu»", "«Sample»")
PLAN = Cited("Kế hoạch 74/KH-UBND ngày 11/04/2024 của UBND thị xã Mẫu", "74/KH-UBND", "Kế hoạch",
             PartialDate(2024, 4, 11), "UBND thị xã Mẫu", "công tác bình đẳng giới năm 2024", "parent_plan", True,
             "trang 1, dòng 5")  # fmt: skip
OWN = replace(PLAN, code="45/KH-UBND", date=PartialDate(2024, 4, 22), issuer="UBND phường Mẫu", role="own_plan")
HEAD = Head(
    number=Said("236", "trang 1, dòng 3"), symbol=Said("BC-UBND", "trang 1, dòng 3"),
    place=Said("Phường Mẫu", "trang 1, dòng 3"), date=Said(PartialDate(2024, 12, 16), "trang 1, dòng 3"),
    signer=Said("Trần Thị Mẫu", "trang 3, dòng 40"), post="PHÓ CHỦ TỊCH", authority="KT.", on_behalf="CHỦ TỊCH",
    with_tm=True, recipients=(Said("UBND thị xã", "trang 3, dòng 35"), Said("Lưu: VT", "trang 3, dòng 36")),
    motto="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", letterhead=True, type_line=True,
    date_words="ngày 16 tháng 12 năm 2024",
)  # fmt: skip
PAPER = Paper(
    kind="report", type_word="Báo cáo", title=Said("Kết quả công tác bình đẳng giới năm 2024", "trang 1, dòng 4"),
    head=HEAD, unit=Unit("Phường Mẫu", "commune", day=date(2024, 12, 16)),
    issuers=(Said("UBND phường Mẫu", "trang 1, dòng 1"), Said("UBND phường Mẫu", "trang 3, dòng 33")),
    cited=(PLAN, OWN), answers=PLAN, period=("year", date(2023, 12, 15), date(2024, 12, 14), "trang 1, dòng 4"),
)  # fmt: skip
"""A ward's report in which nothing is wrong."""


def with_head(**changes: Any) -> Paper:
    """The report with another head or foot."""
    return replace(PAPER, head=replace(HEAD, **changes))


def saying(*words: str, section: str = "", counts: bool = False, **changes: Any) -> Paper:
    """The report with sentences in it."""
    text = tuple(Sentence(said, f"trang 2, dòng {n}", counts, section) for n, said in enumerate(words, 1))
    return replace(PAPER, text=text, **changes)


def grid(columns: tuple[str, ...], *rows: tuple[str, ...], nil: bool = False, **changes: Any) -> Paper:
    """The report with one table."""
    places = tuple(f"bảng 1, ô {n},1" for n in range(2, len(rows) + 2))
    title = "Tổ chức phát động và các hoạt động" if not nil else "Sản xuất các sản phẩm truyền thông"
    return replace(PAPER, grids=(Grid(1, title, columns, rows, places, nil, "trang 2, dòng 9"),), **changes)


def filled(name: str, **content: Any) -> Paper:
    """A draft in its form."""
    texts = {section.code: "Có" for section in form(name).sections if section.required}
    return of_form(form(name), {"form": form(name).key, "texts": texts, **content})


def n(amount: str) -> Figure:
    return Figure.from_canonical(amount)


def share(part: str, whole: str, stated: str = "") -> Paper:
    at_part = AT if not stated else None
    return replace(PAPER, shares=(Share(AT, n(part), n(whole), n(stated) if stated else None, at_part),))


def people(**changes: Any) -> Paper:
    return replace(PAPER, gatherings=(Gathering(AT, **changes),))


def groups(one: str, two: str) -> Paper:
    told = Gathering(AT, n("5"), n("90"), unit="cuộc", told_in_text=True, parts=(n("40"), n("50")))
    later = replace(told, at=replace(AT, place="trang 1, dòng 83"), group=two)
    return replace(PAPER, gatherings=(replace(told, group=one), later))


def meetings(said: str) -> Paper:
    """The report with 17 meetings that 420 people came to, told in these words."""
    told = Gathering(AT, n("17"), n("420"), unit="cuộc", told_in_text=True, parts=(n("200"), n("220")))
    return saying(said, gatherings=(told,))


def row(label: str, category: int = 2, **values: str) -> dict[str, Any]:
    return {"table": 1, "row": category, "label": label, "values": {k[1:]: v for k, v in values.items()}}
