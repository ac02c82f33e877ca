"""Quy tắc kiểm tra: every rule by its subject, with its code, how bad it is, where that is written and an example."""

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.auth import Access, allowed
from api.pages.shell import Visiting
from documents.checks import RULES, Severity

router = APIRouter()


@router.get("/quy-tac", dependencies=[allowed(Access.OFFICE)])
def rules(visit: Visiting, muc: Annotated[str, Query(max_length=20)] = "") -> HTMLResponse:
    """All of them, or those of one severity; each has its code as its anchor."""
    chosen = Severity(muc) if muc in list(Severity) else None
    shown = [one for one in RULES.values() if chosen in (None, one.severity)]
    groups = [(visit.say(_SUBJECTS[name]), list(some)) for name, some in groupby(shown, key=lambda one: one.subject)]
    counts = {level.value: sum(one.severity is level for one in RULES.values()) for level in Severity}
    return visit.page("rules/page.html", groups=groups, chosen=chosen.value if chosen else "", counts=counts,
                      total=len(RULES))  # fmt: skip


def _(sentence: str) -> str:
    """Mark a sentence for translation; it is said in `rules`."""
    return sentence


_SUBJECTS = {
    "head": _("Thể thức: số, ngày, người ký, nơi nhận"), "dates": _("Ngày tháng"),
    "bases": _("Căn cứ, viện dẫn"), "naming": _("Tên gọi"), "annexes": _("Phụ lục"), "units": _("Đơn vị hành chính"),
    "periods": _("Kỳ số liệu"), "plan": _("Kế hoạch"), "cells": _("Ô, dòng, mục của biểu mẫu"),
    "arithmetic": _("Cộng, tỷ lệ, thay đổi"), "people": _("Số người, hoạt động"), "grids": _("Bảng trong văn bản"),
    "beside": _("Lời văn với bảng, danh sách"), "traces": _("Dấu vết soạn thảo"),
    "wording": _("Câu chữ"), "spelling": _("Chính tả của thuật ngữ, tên họ"), "order": _("Đánh số, nhiệm vụ tới"),
    "time": _("Thời hạn, ngày, năm trong lời văn"), "rows": _("Dòng con, số thứ tự, tên trong bảng"),
    "said": _("Số liệu nói hai lần: trong câu, trong bảng"),
    "rhythm": _("Nhịp và bình quân"), "totals": _("Số liệu tổng hợp"),
}  # fmt: skip
