"""Windows against Nghị định 09/2019/NĐ-CP, Điều 12, and as arithmetic."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states import periods
from states.errors import DonDocError
from states.periods import LOCAL, TWO_LEVELS_FROM, BadWindow, NaiveMoment, Rule, Window, window

ONE_DAY = timedelta(days=1)
YEARS = st.integers(1990, 2100)
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
TILING = [("month", 12), ("quarter", 4), ("half", 2)]


@st.composite
def windows(draw: st.DrawFn) -> Window:
    first = draw(DAYS)
    return Window(first, first + timedelta(days=draw(st.integers(0, 800))))


def span(found: Window) -> tuple[str, str]:
    return found.first.isoformat(), found.last.isoformat()


@pytest.mark.parametrize(
    ("found", "first", "last", "label"),
    [
        (periods.month(2023, 1), "2022-12-15", "2023-01-14", "tháng 1 năm 2023"),
        (periods.month(2023, 6), "2023-05-15", "2023-06-14", "tháng 6 năm 2023"),
        (periods.month(2024, 12), "2024-11-15", "2024-12-14", "tháng 12 năm 2024"),
        (periods.quarter(2023, 1), "2022-12-15", "2023-03-14", "quý I năm 2023"),
        (periods.quarter(2024, 2), "2024-03-15", "2024-06-14", "quý II năm 2024"),
        (periods.quarter(2025, 4), "2025-09-15", "2025-12-14", "quý IV năm 2025"),
        (periods.first_half(2023), "2022-12-15", "2023-06-14", "6 tháng đầu năm 2023"),
        (periods.second_half(2024), "2024-06-15", "2024-12-14", "6 tháng cuối năm 2024"),
        (periods.nine_months(2025), "2024-12-15", "2025-09-14", "9 tháng năm 2025"),
        (periods.year(2023), "2022-12-15", "2023-12-14", "năm 2023"),
        (periods.year(2024), "2023-12-15", "2024-12-14", "năm 2024"),
    ],
)
def test_the_decrees_windows(found: Window, first: str, last: str, label: str) -> None:
    assert span(found) == (first, last)
    assert found.label == label


def test_a_leap_february_lies_in_march() -> None:
    assert periods.month(2024, 3).days == 29  # 15/2 to 14/3
    assert periods.month(2023, 3).days == 28
    assert periods.month(2024, 3).contains(date(2024, 2, 29))
    assert periods.month(2024, 2).days == 31


def test_the_action_month_ends_one_day_past_the_yearly_cut_off() -> None:
    november = periods.action_month(2023)
    assert span(november) == ("2023-11-15", "2023-12-15")
    assert november.last - periods.year(2023).last == ONE_DAY
    assert november.label.startswith("Tháng hành động") and november.label.endswith("năm 2023")


def test_calendar_periods_of_a_sector() -> None:
    assert span(window("calendar_quarter", 2025, 2)) == ("2025-04-01", "2025-06-30")
    assert span(window("calendar_month", 2024, 2)) == ("2024-02-01", "2024-02-29")
    assert span(window("calendar_half", 2025, 2)) == ("2025-07-01", "2025-12-31")
    assert span(window("calendar_nine_months", 2025)) == ("2025-01-01", "2025-09-30")
    assert span(window("calendar_year", 2025)) == ("2025-01-01", "2025-12-31")


def test_a_province_may_begin_on_another_day() -> None:
    assert span(window({"kind": "month", "first": "21"}, 2025, 1)) == ("2024-12-21", "2025-01-20")
    assert window({"kind": "quarter", "first": "1"}, 2025, 3) == window("calendar_quarter", 2025, 3)


def test_a_campaign_over_new_year_begins_the_year_before() -> None:
    rule = Rule("campaign", "12-20", "01-20", "Đợt cao điểm Tết")
    assert span(rule.window(2026)) == ("2025-12-20", "2026-01-20")
    assert rule.window(2026).name() == "Đợt cao điểm Tết năm 2026 (20/12/2025 – 20/01/2026)"


def test_a_rule_goes_through_stored_data_unchanged() -> None:
    for rule in (
        Rule("month"),
        Rule("quarter", "10"),
        Rule("campaign", "11-15", "12-15", "Tháng hành động"),
        Rule("custom", "2026-03-01", "2026-05-31"),
    ):
        assert Rule.of(rule.as_data()) == rule
    assert Rule.of("year") == Rule("year") == Rule.of({"kind": "year", "first": None})


def test_the_cut_off_is_the_24th_hour_of_the_last_day() -> None:
    half = periods.first_half(2025)
    assert half.cut_off == datetime(2025, 6, 15, tzinfo=LOCAL) == datetime(2025, 6, 14, 17, tzinfo=UTC)
    assert half.opens == datetime(2024, 12, 14, 17, tzinfo=UTC)
    assert not half.contains(half.cut_off)
    assert half.contains(half.cut_off - timedelta(microseconds=1))
    assert half.contains(half.opens) and not half.contains(half.opens - timedelta(microseconds=1))


def test_a_moment_of_any_zone_is_placed_by_the_local_day() -> None:
    honolulu = timezone(timedelta(hours=-10))
    assert not periods.year(2024).contains(datetime(2024, 12, 14, 8, tzinfo=honolulu))  # 15/12, 01:00 here
    assert periods.year(2024).contains(datetime(2024, 12, 14, 6, tzinfo=honolulu))
    with pytest.raises(NaiveMoment, match=r"2024-12-14T08:00:00 has none"):
        periods.year(2024).contains(datetime(2024, 12, 14, 8))


def test_the_year_2025_straddles_the_end_of_the_districts() -> None:
    year = periods.year(2025)
    assert span(year) == ("2024-12-15", "2025-12-14")
    assert year.straddles() and year.straddles(TWO_LEVELS_FROM)
    before, after = year.split_at()
    assert span(before) == ("2024-12-15", "2025-06-30")
    assert span(after) == ("2025-07-01", "2025-12-14")
    assert before.label == "năm 2025 (đến 30/6/2025)"
    assert after.label == "năm 2025 (từ 01/7/2025)"


def test_a_window_that_touches_the_day_does_not_straddle_it() -> None:
    assert not periods.custom(date(2025, 1, 1), date(2025, 6, 30)).straddles()
    assert not periods.custom(date(2025, 7, 1), date(2025, 12, 14)).straddles()
    assert not periods.first_half(2025).straddles()
    assert periods.month(2025, 7).straddles()
    with pytest.raises(BadWindow, match=r"quý I năm 2025 .* cannot be split at 01/7/2025"):
        periods.quarter(2025, 1).split_at()


def test_the_period_before() -> None:
    assert periods.month(2024, 1).previous() == periods.month(2023, 12)
    assert periods.quarter(2024, 3).previous() == periods.quarter(2024, 2)
    assert periods.first_half(2024).previous() == periods.second_half(2023)
    assert periods.nine_months(2024).previous() == periods.nine_months(2023)
    assert periods.action_month(2024).previous() == periods.action_month(2023)
    assert periods.action_month(2024).previous().label.endswith("năm 2023")
    assert window("calendar_quarter", 2024, 1).previous() == window("calendar_quarter", 2023, 4)


def test_the_period_before_a_free_window() -> None:
    months = periods.custom(date(2025, 1, 1), date(2025, 3, 31))
    assert span(months.previous()) == ("2024-10-01", "2024-12-31")
    days = periods.custom(date(2025, 3, 10), date(2025, 3, 16))
    assert span(days.previous()) == ("2025-03-03", "2025-03-09")
    assert span(Rule("custom", "2025-03-30", "2025-04-29").window(2025).previous()) == (
        "2025-02-27",
        "2025-03-29",
    )


def test_the_same_period_a_year_before() -> None:
    assert periods.first_half(2023).year_before() == periods.first_half(2022)
    assert periods.month(2024, 3).year_before() == periods.month(2023, 3)
    leap = periods.custom(date(2024, 2, 1), date(2024, 2, 29))
    assert span(leap.year_before()) == ("2023-02-01", "2023-02-28")
    assert span(periods.custom(date(2024, 2, 29), date(2024, 3, 5)).year_before())[0] == "2023-02-28"


def test_names_write_dates_as_the_decree_does() -> None:
    assert periods.month(2024, 2).name() == "tháng 2 năm 2024 (15/01/2024 – 14/02/2024)"
    assert periods.custom(date(2024, 3, 5), date(2024, 11, 9)).name() == "05/3/2024 – 09/11/2024"


def test_windows_are_values() -> None:
    assert periods.quarter(2025, 4) == Window(date(2025, 9, 15), date(2025, 12, 14), "tên khác")
    assert len({periods.year(2025), Window(date(2024, 12, 15), date(2025, 12, 14))}) == 1
    assert sorted([periods.month(2025, 2), periods.month(2025, 1)])[0] == periods.month(2025, 1)


@pytest.mark.parametrize(
    ("data", "year", "index", "words"),
    [
        ("fortnight", 2025, 1, "no kind of period 'fortnight'"),
        ("calendar_campaign", 2025, 1, "no kind of period"),
        ("month", 2025, 13, "13 is not a month from 1 to 12"),
        ("month", 2025, 0, "0 is not a month"),
        ("month", 2025, None, "None is not a month"),
        ("half", 2025, 3, "3 is not a half from 1 to 2"),
        ("year", 2025, 2, "2 is not a year from 1 to 1"),
        ("year", 25, None, "25 is not a year from 1946"),
        ({"first": "11-15"}, 2025, None, "needs a kind"),
        ({"kind": "month", "start": "3"}, 2025, 1, "has no start"),
        ({"kind": "month", "last": "14"}, 2025, 1, "has its last day from its kind"),
        ({"kind": "calendar_month", "first": "15"}, 2025, 1, "has its last day from its kind"),
        ({"kind": "month", "first": "29"}, 2025, 1, "begins on a day from 1 to 28"),
        ({"kind": "month", "first": "giữa tháng"}, 2025, 1, "begins on a day from 1 to 28"),
        ({"kind": "campaign", "first": "11-15"}, 2025, None, "first and last day as MM-DD"),
        ({"kind": "campaign", "first": "11-15", "last": "12-35"}, 2025, None, "MM-DD"),
        ({"kind": "campaign", "first": "02-01", "last": "02-29"}, 2025, None, "MM-DD of 2025"),
        ({"kind": "custom", "first": "11-15", "last": "12-15"}, 2025, None, "YYYY-MM-DD"),
        ({"kind": "custom", "first": "2025-05-31", "last": "2025-05-01"}, 2025, None, "ends on 01/5/2025"),
    ],
)
def test_bad_rules_are_told_in_words(data: str | dict[str, object], year: int, index: int | None, words: str) -> None:
    with pytest.raises(BadWindow) as refused:
        window(data, year, index)
    assert words in refused.value.message
    assert isinstance(refused.value, DonDocError)


def test_a_window_holds_days_not_moments() -> None:
    with pytest.raises(BadWindow, match="is not a day"):
        Window(datetime(2025, 1, 1, tzinfo=LOCAL), date(2025, 1, 2))


@given(YEARS, st.sampled_from(TILING), st.sampled_from(["", "calendar_"]))
def test_the_periods_of_a_year_tile_it(year: int, kind: tuple[str, int], prefix: str) -> None:
    parts = [window(prefix + kind[0], year, n) for n in range(1, kind[1] + 1)]
    whole = window(f"{prefix}year", year)
    assert (parts[0].first, parts[-1].last) == (whole.first, whole.last)
    assert all(a.last + ONE_DAY == b.first for a, b in zip(parts, parts[1:], strict=False))
    assert sum(part.days for part in parts) == whole.days


@given(YEARS, st.integers(1, 12), st.integers(1, 28))
def test_a_month_and_the_one_before_it_meet(year: int, number: int, start: int) -> None:
    found = window({"kind": "month", "first": str(start)}, year, number)
    assert found.previous().last + ONE_DAY == found.first
    assert found.last.month == number if start > 1 else found.first.month == number


@given(windows(), DAYS)
def test_a_split_covers_exactly(whole: Window, day: date) -> None:
    if not whole.straddles(day):
        with pytest.raises(BadWindow):
            whole.split_at(day)
        return
    before, after = whole.split_at(day)
    assert before.cut_off == after.opens
    assert (before.first, after.first, after.last) == (whole.first, day, whole.last)
    assert before.days + after.days == whole.days


@given(windows(), st.integers(1, 799))
def test_every_inner_day_splits(whole: Window, offset: int) -> None:
    day = whole.first + timedelta(days=offset)
    assert whole.straddles(day) == (offset < whole.days)


@given(windows())
def test_a_free_window_follows_the_one_before_it(found: Window) -> None:
    assert found.previous().last + ONE_DAY == found.first


@given(windows(), st.datetimes(datetime(1990, 1, 1), datetime(2102, 1, 1), timezones=st.timezones()))
def test_contains_agrees_with_the_moments(found: Window, moment: datetime) -> None:
    assert found.contains(moment) == (found.opens <= moment.astimezone(UTC) < found.cut_off)
