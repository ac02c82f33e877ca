"""What a careful officer finds in the figures of the real documents."""

from typing import Any

import pytest

from documents.checks import Finding, Severity, check
from documents.forms import form

TWO, YEAR, HALF = form("action-month", 2), form("year"), form("half-year")
TEXTS = {"direction": "Đã ban hành kế hoạch", "results": "Đạt"}


def year(**figures: str) -> dict[str, Any]:
    return {"form": "year/1", "figures": {k[1:]: v for k, v in figures.items()}, "texts": TEXTS | {}}


def said(findings: list[Finding]) -> set[tuple[str, str, str]]:
    return {(f.code, f.severity.value, f.place) for f in findings}


def checked_year(**figures: str) -> set[tuple[str, str, str]]:
    content = year(**figures)
    content["texts"] = {"direction": "Đã ban hành kế hoạch"}
    return said(check(YEAR, content))


def month(*rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"form": "action-month/2", "rows": list(rows), "nil": [1, 2, 3], "texts": TEXTS, **more}


def test_phong_tho_left_the_sexes_blank() -> None:
    content = {
        "form": "action-month/2",
        "texts": TEXTS,
        "figures": {"10401": "25", "10402": "42", "10403": "65", "20401": "39", "30101": "33"},
    }
    assert said(check(TWO, content, consolidated=True)) == {
        ("split-blank", "explain", "figures.20402"),
        ("split-blank", "explain", "figures.30102"),
    }


def test_the_kindergartens_do_not_add_up() -> None:
    [finding] = [
        f
        for f in check(YEAR, year(c60102="6290", c60103="3083", c60104="3204", c60105="49", c60108="50.9"))
        if f.place.startswith("figures")
    ]
    assert (finding.code, finding.severity) == ("split-differs", Severity.EXPLAIN)
    assert finding.values == ("6.287", "6.290") and "6.287" in finding.message and "6290" in finding.message_en
    assert finding.cell == 60102


def test_the_lower_secondary_pupils_carry_two_mistakes() -> None:
    assert checked_year(c60302="7388", c60303="3625", c60304="3576", c60305="49", c60308="50.9") == {
        ("split-differs", "explain", "figures.60302"),
        ("percent-wrong", "explain", "figures.60308"),
    }


def test_the_primary_pupils_are_right() -> None:
    assert checked_year(c60202="9964", c60203="4824", c60204="5140", c60205="48.4", c60208="51.6") == set()


def test_more_than_all_is_refused() -> None:
    assert checked_year(c60202="100", c60203="60", c60204="41") == {("split-differs", "refuse", "figures.60202")}
    assert checked_year(c30102="137", c30103="250") == {("part-over-whole", "refuse", "figures.30103")}
    assert checked_year(c30102="250", c30103="137") == set()


def test_a_truncated_percentage_is_told_and_tolerated() -> None:
    content = {
        "form": "half-year/1",
        "texts": {"direction": "x"},
        "figures": {"20102": "2302", "20103": "584", "20105": "25.36", "20107": "2.43"},
    }
    assert said(check(HALF, content)) == {
        ("percent-truncated", "note", "figures.20105"),
        ("change-unchecked", "note", "figures.20107"),
    }


@pytest.mark.parametrize(
    ("before", "stated", "code"),
    [
        ("528", "2.43", None),
        ("570", "2.46", "change-relative"),
        ("500", "2.43", "change-wrong"),
        ("600", "-0.7", None),
        ("0", "2.43", "change-unchecked"),
    ],
)
def test_a_change_is_compared_with_the_year_before(before: str, stated: str, code: str | None) -> None:
    now = {
        "form": "half-year/1",
        "texts": {"direction": "x"},
        "figures": {"20102": "2302", "20103": "584", "20107": stated},
    }
    then = {"form": "half-year/1", "figures": {"20102": "2302", "20103": before}}
    assert {f.code for f in check(HALF, now, then)} == ({code} if code else set())


def test_bounds_are_kept_and_told() -> None:
    assert checked_year(c10101="18", c10102=">540", c10103="300") == {("not-exact", "note", "figures.10102")}
    assert ("part-over-whole", "refuse", "figures.10103") in checked_year(c10102="540", c10103=">540")


def test_a_percentage_alone_can_not_go_up() -> None:
    assert checked_year(c50205="99.5") == {("percent-without-fraction", "note", "figures.50205")}
    assert checked_year(c50101="678", c50102="1527", c50105=">44") == {("not-exact", "note", "figures.50105")}


def test_people_per_event_have_a_range() -> None:
    places = ("people-per-event", "explain", "figures.10102")
    assert places in checked_year(c10101="1", c10102="2001")
    assert places in checked_year(c10101="3", c10102="2")
    assert places in checked_year(c10101="0", c10102="50")
    assert places not in checked_year(c10101="1", c10102="2000")
    assert places not in checked_year(c10101="18", c10102=">540")


def test_rows_are_checked_one_by_one() -> None:
    content = month(
        {"table": 1, "row": 2, "label": "Tọa đàm", "level": "Xã", "values": {"1": "1", "2": "42", "3": "55"}},
        {"table": 1, "row": 2, "label": "toa dam", "level": "Xã", "values": {"1": "1"}},
        {"table": 1, "row": 3, "label": "Tập huấn", "values": {"2": "30", "3": "9"}},
        {
            "table": 2,
            "row": 0,
            "label": "Loa phát thanh",
            "values": {"1": "4", "2": "10", "3": "20", "4": "30"},
        },
        nil=[3],
    )
    assert said(check(TWO, content)) == {
        ("required-missing", "refuse", "rows.3.values.1"),
        ("same-activity-twice", "explain", "rows.2"),
        ("split-blank", "explain", "rows.2.values.2"),
        ("row-unmapped", "note", "rows.4"),
        ("unsplit-is-total", "explain", "rows.4.values.4"),
    }


def test_an_unmapped_row_gets_a_suggestion() -> None:
    row = {"table": 2, "row": 0, "label": "Loa phát thanh", "values": {"1": "4", "4": "100"}}
    [finding] = [f for f in check(TWO, month(row, nil=[1, 3])) if f.code == "row-unmapped"]
    assert finding.values == ("1",) and "gợi ý nhóm 1" in finding.message


def test_nil_is_not_blank_and_not_figures() -> None:
    assert check(TWO, month()) == []
    blank = month(nil=[1, 2])
    assert said(check(TWO, blank)) == {("table-blank", "refuse", "tables.3")}
    assert said(check(TWO, blank, consolidated=True)) == {("table-blank", "explain", "tables.3")}
    row = {"table": 3, "row": 1, "label": "Băng rôn", "values": {"1": "33", "4": "90"}}
    assert said(check(TWO, month(row))) == {("nil-contradicted", "refuse", "tables.3")}


def test_figures_beside_rows_are_their_sums_unless_consolidated() -> None:
    row = {"table": 3, "row": 1, "label": "Băng rôn", "values": {"1": "3", "4": "90"}}
    content = month(row, nil=[1, 2], figures={"30101": "33", "30104": "90", "30201": "1"})
    assert said(check(TWO, content)) == {
        ("rows-differ", "refuse", "figures.30101"),
        ("rows-differ", "refuse", "figures.30201"),
    }
    assert "rows-differ" not in {f.code for f in check(TWO, content, consolidated=True)}


def test_a_bad_value_is_a_finding_and_the_rest_is_still_checked() -> None:
    findings = check(YEAR, year(c10101="x", c30102="1", c30103="2") | {"texts": {"direktion": "x"}})
    assert said(findings) == {
        ("bad-value", "refuse", "figures.10101"),
        ("part-over-whole", "refuse", "figures.30103"),
        ("bad-value", "refuse", "texts.direktion"),
        ("text-missing", "explain", "texts.direction"),
    }
    assert [f.severity for f in findings] == sorted((f.severity for f in findings), key=list(Severity).index)


def test_nguyen_nghiem_s_plan_has_no_deadline_target_or_amount() -> None:
    plan = form("ward-plan")
    content: dict[str, Any] = {
        "form": "ward-plan/1",
        "texts": {"purpose": "Tăng cường quản lý", "budget": "Từ dự toán"},
        "tasks": [{"number": g.number, "title": g.title} for g in plan.task_groups],
        "assignees": [{"name": a.name, "asked": a.asked} for a in plan.assignees],
    }
    assert said(check(plan, content)) == {
        ("plan-without-deadline", "explain", "tasks"),
        ("plan-without-targets", "note", "tables.1"),
        ("plan-without-budget", "note", "tables.2"),
    }
    content["tasks"][5]["due"] = "2024-12-15"
    content["figures"] = {"10101": ">=60", "20106": "5000000"}
    assert said(check(plan, content)) == {("not-exact", "note", "figures.10101")}
    content["assignees"] = []
    assert ("plan-without-assignee", "explain", "assignees") in said(check(plan, content))


def test_one_activity_of_two_bodies_is_no_repetition() -> None:
    rows = [
        {"table": 3, "row": 1, "label": "Băng rôn", "level": level, "values": {"1": "3", "4": "90"}}
        for level in ("Hội Phụ nữ", "Đoàn Thanh niên")
    ]
    assert check(TWO, month(*rows, nil=[1, 2])) == []


def test_a_consolidated_total_is_checked_beside_its_own_rows() -> None:
    own = {"table": 1, "row": 1, "label": "Lễ phát động", "values": {"1": "1", "2": "50", "3": "60"}}
    content = month(own, nil=[2, 3], figures={"10101": "2", "10102": "5000", "10103": "60"})
    assert said(check(TWO, content, consolidated=True)) == {("people-per-event", "explain", "figures.10102")}


def test_a_finding_is_told_once() -> None:
    findings = check(YEAR, year(c30605="~65") | {"texts": {"direction": "x"}})
    assert sorted(f.code for f in findings) == ["not-exact", "percent-without-fraction"]
