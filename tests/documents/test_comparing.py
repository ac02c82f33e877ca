"""So sánh: what differs between two contents is told, once, at its place; what is equal is not."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from documents.comparing import compare
from documents.forms import form
from documents.word_diff import by_words

FORM = form("action-month", 2)
OLD: dict[str, Any] = {
    "form": FORM.key, "nil": [3], "figures": {},
    "rows": [
        {"table": 1, "row": 2, "label": "Toa đàm", "values": {"1": "1", "2": "45"}},
        {"table": 2, "row": 2, "label": "Tin bài", "values": {"1": "2"}},
    ],
    "texts": {"results": "Đã tổ chức 01 buổi toa đàm cuộc tuyên truyền.\nĐúng hạn."},
}  # fmt: skip
words = st.text(st.sampled_from("ab ,.\nđ"), max_size=60)
cells = st.dictionaries(st.sampled_from(["1", "2", "3"]), st.integers(0, 9).map(str), max_size=3)
rows = st.builds(
    lambda row, label, values: {"table": 1, "row": row, "label": label, "values": values},
    st.integers(0, 3), st.sampled_from(["Tọa đàm", "Hội nghị", "Mít tinh"]), cells,
)  # fmt: skip
contents = st.builds(
    lambda rows, text, nil: {"form": FORM.key, "rows": rows, "texts": {"results": text}, "nil": nil},
    st.lists(rows, max_size=4), words, st.sampled_from([[], [2], [2, 3]]),
)  # fmt: skip


@given(words, words)
def test_applying_the_words_gives_the_new_text(old: str, new: str) -> None:
    pieces = by_words(old, new)
    assert "".join(p.text for p in pieces if p.kind != "gone") == new
    assert "".join(p.text for p in pieces if p.kind != "new") == old
    assert all(p.text for p in pieces)


@given(contents)
def test_equal_contents_differ_nowhere(content: dict[str, Any]) -> None:
    assert compare(content, copy.deepcopy(content), FORM) == []


@given(contents, contents)
def test_contents_that_say_something_else_differ_somewhere(old: dict[str, Any], new: dict[str, Any]) -> None:
    found = compare(old, new, FORM)
    assert bool(found) == (_said(old) != _said(new))


def test_a_cell_is_told_with_both_figures_and_what_lies_between() -> None:
    new = copy.deepcopy(OLD)
    new["rows"][0]["values"] = {"1": "1", "2": "42", "3": "55"}
    (part,) = compare(OLD, new, FORM)
    assert (part.table, part.title[:7]) == (1, "Biểu 1.")
    men, women = part.changes
    assert (men.place, men.column) == ("rows.1.values.2", "Số người tham gia, Nam")
    assert (men.old, men.new, men.difference) == ("45", "42", Decimal(-3))
    assert (women.place, women.old, women.new, women.difference) == ("rows.1.values.3", "", "55", None)


def test_a_row_that_was_only_renamed_is_no_row_that_came_and_went() -> None:
    new = copy.deepcopy(OLD)
    new["rows"][0]["label"] = "Tọa đàm, sinh hoạt"
    (part,) = compare(OLD, new, FORM)
    (change,) = part.changes
    assert (change.kind, change.column) == ("text", "Nội dung")
    assert [p.text for p in change.pieces if p.kind == "gone"] == ["Toa"]


def test_rows_that_came_and_went_show_what_stood_in_them() -> None:
    new = copy.deepcopy(OLD)
    new["rows"][1] = {"table": 1, "row": 4, "label": "Tặng quà", "values": {"1": "3"}}
    told = {change.kind: change for part in compare(OLD, new, FORM) for change in part.changes}
    assert told["added"].values == (("Số cuộc/đoàn", "3"),) and told["added"].place == "rows.2"
    assert told["removed"].label == "Tin bài" and told["removed"].values == (("Số lượng", "2"),)


def test_rows_moved_about_are_the_same_rows() -> None:
    new = copy.deepcopy(OLD)
    new["rows"].reverse()
    assert compare(OLD, new, FORM) == []


def test_text_word_by_word_under_its_section() -> None:
    new = copy.deepcopy(OLD)
    new["texts"]["results"] = "Đã tổ chức 01 buổi tọa đàm tuyên truyền.\nĐúng hạn."
    (part,) = compare(OLD, new, FORM)
    gone = [p.text for p in part.changes[0].pieces if p.kind == "gone"]
    assert "toa" in gone and "Đúng" not in "".join(gone)


def test_a_whole_table_said_to_be_nothing() -> None:
    new = {**OLD, "nil": []}
    assert [c.place for part in compare(OLD, new, FORM) for c in part.changes] == ["tables.3"]


def test_a_figure_that_is_not_exact_has_no_difference() -> None:
    new = copy.deepcopy(OLD)
    new["rows"][1]["values"]["1"] = ">2"
    (change,) = (c for part in compare(OLD, new, FORM) for c in part.changes)
    assert change.difference is None and change.new == "trên 2"


def test_totals_are_compared_by_what_they_state_and_what_the_units_said() -> None:
    old, new = (
        {"form": FORM.key, "figures": {"10201": events}, "gathered": {"difficulties": [{"unit": "Xã A", "text": said}]}}
        for events, said in (("5", "ít tiền"), ("7", "ít người"))
    )
    cell, said = (change for part in compare(old, new, FORM) for change in part.changes)
    assert (cell.place, cell.difference) == ("figures.10201", Decimal(2))
    assert (said.label, [p.text for p in said.pieces if p.kind == "new"]) == ("Xã A", ["người"])


def test_a_plans_tasks_one_after_the_other() -> None:
    old = {"form": "plan", "tasks": [{"number": 1, "title": "Tọa đàm", "due": "2026-12-15"}]}
    new = {"form": "plan", "tasks": [{"number": 1, "title": "Tọa đàm", "due": "2026-12-20"}, {"title": "Mít tinh"}]}
    first, second = (change for part in compare(old, new, None) for change in part.changes)
    assert (first.place, second.place, second.old, second.new) == ("tasks.1", "tasks.2", "", "Mít tinh")


def _said(content: dict[str, Any]) -> Any:
    """What a content says, whatever the order of its rows; a row's blank figures say nothing."""
    lines = sorted((row["row"], row["label"], tuple(sorted(row["values"].items()))) for row in content["rows"])
    return lines, content["texts"], content["nil"]
