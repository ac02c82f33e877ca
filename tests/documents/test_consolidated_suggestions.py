"""Suggestions for the words of the consolidated report: marked, taken once, never put up unasked."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from documents.drafting import put_up
from documents.writing.composing import compose
from documents.writing.proposing import propose, take
from documents.writing.sections import SUGGESTED
from states import contents
from states.contents import EditedMeanwhile
from tests.documents.consolidating import AN, plain, total


def test_suggestions_stand_marked_in_the_draft_and_never_in_what_is_put_up(session: Session) -> None:
    there = total(session, "Phường Một")
    district = there.report_of(AN)
    words = propose(session, district, there.now)
    assert words["direction"].startswith("Thực hiện Kế hoạch số 01/KH-UBND ngày 05 tháng 10 năm 2026 của UBND tỉnh Mẫu")
    assert words["results"] == "Kết quả cụ thể nêu tại phần Tổng hợp số liệu.", "no figure is told twice"
    assert "12 cuộc" in words["activities"] and "launch" not in words
    told = plain(compose(session, district, None, there.now))
    assert told[told.index(SUGGESTED) + 1] == words["direction"]
    there._save(district, {"texts": {"results": "Đạt."}}, None)
    revision = put_up(session, district, there.act(AN, "drafter"), there.now)
    cut = plain(compose(session, district, revision, there.now))
    assert SUGGESTED not in cut and "(chưa có nội dung)" in cut and "Đạt." in cut


def test_the_results_say_how_many_units_did_what(session: Session) -> None:
    there = total(session, "Phường Một", "Phường Hai")
    district = there.report_of(AN)
    words = propose(session, district, there.now)["results"].splitlines()
    assert words[0] == "Trong 2 đơn vị có số liệu, số đơn vị đã triển khai từng hoạt động:"
    assert words[1].endswith(": 2 đơn vị.") and "cuộc" not in "".join(words)


def test_taking_a_suggestion_keeps_what_was_written_and_takes_nothing_twice(session: Session) -> None:
    there = total(session, "Phường Một")
    district, holder = there.report_of(AN), there.holder(AN, "drafter")
    version = there._save(district, {"texts": {"direction": "Lời của tôi."}}, None)
    words = propose(session, district, there.now)
    assert take(session, district, ["direction", "results", "nope"], version, holder, there.now) == [
        "direction", "results",
    ]  # fmt: skip
    saved = contents.draft(session, district)
    assert saved.content["texts"] == {"direction": f"Lời của tôi.\n\n{words['direction']}", "results": words["results"]}
    assert take(session, district, ["direction"], saved.version, holder, there.now) == []
    there._save(district, {"texts": {}}, None)
    with pytest.raises(EditedMeanwhile):
        take(session, district, ["results"], version, holder, there.now)


def test_nothing_is_suggested_where_nothing_came_from_below(session: Session) -> None:
    there = total(session)
    assert propose(session, there.report_of("Phường Một"), there.now) == {}
    assert "results" not in propose(session, there.report_of(AN), there.now)
