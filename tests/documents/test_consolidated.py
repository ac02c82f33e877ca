"""The consolidated report as a full draft: what it answers, and its figures beside those of the last period."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from documents.writing import told_figures
from documents.writing.composing import compose
from documents.writing.pages import pdf
from documents.writing.paper import Row, Table
from tests.documents.consolidating import AN, plain, total
from tests.world import World


def test_two_whole_periods_are_compared(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    there = total(session, "Phường Một", "Phường Hai", monkeypatch=monkeypatch)
    paper = compose(session, there.report_of(AN), None, there.now)
    told = plain(paper)
    assert ("Số liệu kỳ trước lấy theo Báo cáo số 01/BC-UBND ngày 18 tháng 12 năm 2025; tăng, giảm dưới đây là so với "
            "kỳ trước.") in told  # fmt: skip
    assert any(": 24 cuộc, tăng 4 (20 %); 140 lượt người tham gia, bằng kỳ trước, trong" in line for line in told)
    table = next(block for block in paper.blocks if isinstance(block, Table))
    assert Row(("1", "Số cuộc/đoàn", "cuộc", "24", "20", "+4", "+20")) in table.rows


def test_unequal_coverage_is_compared_only_for_the_same_units(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = total(session, "Phường Một", monkeypatch=monkeypatch)
    told = plain(compose(session, there.report_of(AN), None, there.now))
    assert any("tổng hợp từ 2/2 đơn vị; kỳ này từ 1/2 đơn vị, nên không so sánh tổng số." in line for line in told)
    at = told.index("Tính riêng 1 đơn vị có số liệu cả hai kỳ, so với kỳ trước:")
    assert "12 cuộc, tăng 2 (20 %)" in told[at + 1]
    assert not any("giảm" in line for line in told[:at])


def test_without_a_last_period_that_is_said_and_later_years_change_nothing(session: Session) -> None:
    there = total(session, "Phường Một")
    there.write(there.report_of(AN))
    there.send(there.report_of(AN))
    assert told_figures.NO_LAST in plain(compose(session, there.report_of(AN), None, there.now))
    sent = pdf(session, there.report_of(AN), None, there.now)
    there.later(days=30)
    assert pdf(session, there.report_of(AN), None, there.now) == sent


def test_the_plan_above_and_ones_own_are_cited_and_a_missing_number_leaves_room(session: Session) -> None:
    there = World(session)
    there.issue_plan(plans=True)
    own = there.plan_of(AN)
    there.write_plan(own)
    there.present(own)
    there.sign(own)
    there.at("2026-12-17")
    cited = compose(session, there.report_of(AN), None, there.now).answers
    assert cited == ("(Thực hiện Kế hoạch số 01/KH-UBND ngày 05 tháng 10 năm 2026 của UBND tỉnh Mẫu Giang và Kế hoạch "
                     "số ……/…… ngày …… tháng …… năm …… của UBND huyện An Mẫu)")  # fmt: skip
    there.submit(own)
    cited = compose(session, there.report_of(AN), None, there.now).answers
    assert cited and "và Kế hoạch số 01/KH-UBND ngày 17 tháng 12 năm 2026 của UBND huyện An Mẫu" in cited
