"""Working days against the announcements of known years; deadlines, hours and slots."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states import periods
from states.calendar import Calendar, DayOverride, DueTooEarly, OfficeHours, OutsideCalendar, government_due
from states.periods import LOCAL, NaiveMoment

VN = Calendar.vietnam()
ONE_DAY = timedelta(days=1)
DAYS = st.dates(date(2016, 1, 1), date(2035, 12, 31))
MOMENTS = st.datetimes(datetime(2016, 1, 1), datetime(2035, 12, 31), timezones=st.just(LOCAL))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), LOCAL)


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


# weekdays that were off, and weekend days that were worked, as the year's notices say
ANNOUNCED = {
    2023: (
        "01-02 01-20 01-23 01-24 01-25 01-26 05-01 05-02 05-03 09-01 09-04",
        "",
    ),
    2024: (
        "01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03",
        "05-04",
    ),
    2025: (
        "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02",
        "04-26",
    ),
    2026: (
        "01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24",
        "01-10 08-22",
    ),
}


@pytest.mark.parametrize("year", ANNOUNCED)
def test_known_years_are_exactly_as_announced(year: int) -> None:
    every = days(date(year, 1, 1), date(year, 12, 31))
    off = [f"{d:%m-%d}" for d in every if d.weekday() < 5 and not VN.is_working(d)]
    worked = [f"{d:%m-%d}" for d in every if d.weekday() >= 5 and VN.is_working(d)]
    assert (" ".join(off), " ".join(worked)) == ANNOUNCED[year]
    assert VN.status(year) == "announced"


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2023, 1, 20), date(2023, 1, 26)),
        (date(2024, 2, 8), date(2024, 2, 14)),
        (date(2025, 1, 25), date(2025, 2, 2)),
        (date(2026, 2, 14), date(2026, 2, 22)),
    ],
)
def test_tet_is_one_long_rest(first: date, last: date) -> None:
    assert not any(VN.is_working(day) for day in days(first, last))
    assert VN.is_working(first - ONE_DAY) and VN.is_working(last + ONE_DAY)
    assert VN.working_days_between(first - ONE_DAY, last) == 0
    assert VN.add_working_days(first - ONE_DAY, 1) == last + ONE_DAY


def test_what_the_package_does_not_know_is_overridden() -> None:
    bare = Calendar((), 2026)
    assert bare.is_working(date(2024, 5, 4))  # this Saturday the package knows by itself
    assert bare.is_working(date(2026, 1, 2)) and not bare.is_working(date(2026, 1, 10))
    assert not VN.is_working(date(2026, 1, 2)) and VN.is_working(date(2026, 1, 10))
    assert VN.add_working_days(date(2025, 12, 31), 1) == date(2026, 1, 5)


def test_a_rest_day_says_why() -> None:
    assert VN.rest_reason(date(2026, 1, 2)) == "Công văn 12729/VPCP-KGVX ngày 25/12/2025"
    assert "Tết Nguyên Đán" in VN.rest_reason(date(2026, 2, 17))
    assert VN.rest_reason(date(2026, 3, 7)) == "cuối tuần"
    assert VN.rest_reason(date(2026, 1, 10)) == ""


def test_every_shipped_override_names_its_document_and_each_swap_its_two_days() -> None:
    assert all(len(override.source) > 10 and override.announced for override in VN.overrides)
    assert len({override.day for override in VN.overrides}) == len(VN.overrides)
    off = [o for o in VN.overrides if o.off and "Nghị quyết" not in o.source]
    worked = [o for o in VN.overrides if not o.off]
    assert len(off) == len(worked) == 6
    assert all(o.day.weekday() < 5 for o in off) and all(o.day.weekday() == 5 for o in worked)


def test_years_after_the_newest_notice_are_expected() -> None:
    assert VN.status(2026) == VN.status(date(2026, 12, 31)) == "announced"
    assert VN.status(2027) == VN.status(date(2027, 2, 5)) == "expected"


def test_rows_of_the_table_win_over_what_is_shipped() -> None:
    rows = [
        DayOverride(date(2027, 2, 3), True, "Thông báo mẫu"),
        DayOverride(date(2027, 2, 13), False, "Đề xuất mẫu", announced=False),
        DayOverride(date(2026, 1, 10), True, "Đính chính mẫu"),
    ]
    told = Calendar.vietnam(rows)
    assert not told.is_working(date(2027, 2, 3)) and VN.is_working(date(2027, 2, 3))
    assert told.is_working(date(2027, 2, 13)) and not told.is_working(date(2026, 1, 10))
    assert told.status(date(2027, 2, 3)) == "announced"
    assert told.status(date(2027, 2, 13)) == told.status(date(2027, 2, 12)) == "expected"
    assert told.rest_reason(date(2027, 2, 3)) == "Thông báo mẫu"
    assert told == Calendar.vietnam(rows) != VN


def test_zero_working_days_is_the_day_itself_or_the_next_one_worked() -> None:
    friday, saturday, monday = date(2026, 3, 6), date(2026, 3, 7), date(2026, 3, 9)
    assert VN.add_working_days(friday, 0) == friday
    assert VN.add_working_days(saturday, 0) == monday
    assert VN.add_working_days(saturday, 1) == monday
    assert VN.add_working_days(saturday, -1) == friday
    assert VN.add_working_days(monday, -1) == friday


def test_counting_is_signed_and_takes_the_last_day_in() -> None:
    friday, monday = date(2026, 3, 6), date(2026, 3, 9)
    assert VN.working_days_between(friday, monday) == 1
    assert VN.working_days_between(monday, friday) == -1
    assert VN.working_days_between(date(2026, 3, 7), date(2026, 3, 8)) == 0
    assert VN.working_days_between(date(2026, 1, 9), date(2026, 1, 12)) == 2  # Saturday 10/1 was worked


def test_a_day_outside_the_calendar_is_refused() -> None:
    with pytest.raises(OutsideCalendar, match="does not reach 31/12/1999: it knows 2000 to 2050"):
        VN.is_working(date(1999, 12, 31))
    with pytest.raises(OutsideCalendar, match=r"\+3 working days from 30/12/2050"):
        VN.add_working_days(date(2050, 12, 30), 3)
    with pytest.raises(OutsideCalendar, match=r"-1 working days from 01/01/2000"):
        VN.add_working_days(date(2000, 1, 1), -1)


# --- deadlines ---


def test_a_deadline_of_a_day_ends_at_24_hours_local() -> None:
    due = VN.due_at(date(2025, 12, 15))
    assert due == datetime(2025, 12, 15, 17, tzinfo=UTC)
    assert due.isoformat() == "2025-12-16T00:00:00+07:00"
    assert VN.due_day(due) == VN.due_day(due.astimezone(UTC)) == date(2025, 12, 15)
    last_moment = datetime(2025, 12, 15, 16, 59, 59, 999999, tzinfo=UTC)
    assert VN.days_late(due, last_moment) == 0
    assert VN.days_late(due, last_moment + timedelta(microseconds=1)) == 1


def test_an_ad_hoc_deadline_is_due_at_its_hour() -> None:
    due = VN.due_at(date(2026, 3, 6), time(16, 30))
    assert due == datetime(2026, 3, 6, 9, 30, tzinfo=UTC)
    assert VN.days_late(due, at(date(2026, 3, 6), 16, 29)) == 0
    assert VN.days_late(due, at(date(2026, 3, 6), 17)) == 1  # the same day, and late
    assert VN.days_late(due, at(date(2026, 3, 9), 8)) == 1
    assert VN.days_late(due, at(date(2026, 3, 10), 8)) == 2


def test_lateness_counts_working_days_only() -> None:
    due = VN.due_at(date(2026, 2, 13))  # the Friday before Tết
    assert VN.days_late(due, at(date(2026, 2, 18), 9)) == 1
    assert VN.days_late(due, at(date(2026, 2, 23), 9)) == 1
    assert VN.days_late(due, at(date(2026, 2, 24), 9)) == 2


def test_the_first_due_day_is_one_working_day_after_the_cut_off() -> None:
    assert VN.earliest_due(periods.first_half(2023)) == date(2023, 6, 15)
    assert VN.earliest_due(periods.quarter(2025, 1)) == date(2025, 3, 17)  # 14/3 was a Friday
    assert VN.earliest_due(periods.month(2024, 2)) == date(2024, 2, 15)  # 14/2 was the last day of Tết
    assert VN.due_after_cut_off(periods.year(2024), 2) == date(2024, 12, 17)  # 14/12 was a Saturday
    with pytest.raises(DueTooEarly, match="due 0 working days after"):
        VN.due_after_cut_off(periods.year(2024), 0)


def test_the_province_reports_to_the_government_by_day_25() -> None:
    assert government_due(periods.month(2024, 2)) == date(2024, 2, 25)
    assert government_due(periods.first_half(2023)) == date(2023, 6, 25)
    assert government_due(periods.year(2025)) == date(2025, 12, 25)


# --- hours ---


def test_desk_time_is_office_hours() -> None:
    friday, monday = date(2026, 3, 6), date(2026, 3, 9)
    assert VN.working_hours_between(at(friday, 7, 30), at(friday, 17)) == 8
    assert VN.working_hours_between(at(friday, 11), at(friday, 13, 30)) == 1  # the lunch break is free
    assert VN.working_hours_between(at(friday, 16), at(monday, 8)) == 1.5
    assert VN.working_hours_between(at(monday, 8), at(friday, 16)) == -1.5
    assert VN.working_hours_between(at(friday, 18), at(monday, 6)) == 0
    assert VN.working_hours_between(at(date(2026, 3, 7), 10), at(monday, 8, 30)) == 1  # from a Saturday
    assert VN.working_hours_between(at(friday, 16).astimezone(UTC), at(monday, 8).astimezone(UTC)) == 1.5


def test_office_hours_are_the_offices_own() -> None:
    south = Calendar.vietnam(hours=OfficeHours(sessions=((time(7), time(11)), (time(13), time(16, 30)))))
    friday = date(2026, 3, 6)
    assert south.working_hours_between(at(friday, 0), at(friday, 23)) == 7.5


@pytest.mark.parametrize(
    ("day", "hour", "minute", "quiet"),
    [
        (date(2026, 3, 6), 6, 59, True),
        (date(2026, 3, 6), 7, 0, False),
        (date(2026, 3, 6), 17, 59, False),
        (date(2026, 3, 6), 18, 0, True),
        (date(2026, 3, 7), 10, 0, True),  # Saturday
        (date(2026, 1, 10), 10, 0, False),  # a worked one
        (date(2026, 2, 17), 10, 0, True),  # Tết
    ],
)
def test_quiet_hours(day: date, hour: int, minute: int, quiet: bool) -> None:
    assert VN.is_quiet(at(day, hour, minute)) is quiet
    assert VN.is_quiet(at(day, hour, minute).astimezone(UTC)) is quiet


@pytest.mark.parametrize(
    ("moment", "slot", "urgent_slot"),
    [
        (at(date(2026, 3, 6), 6), at(date(2026, 3, 6), 7, 30), at(date(2026, 3, 6), 7, 30)),
        (at(date(2026, 3, 6), 7, 30), at(date(2026, 3, 6), 7, 30), at(date(2026, 3, 6), 7, 30)),
        (at(date(2026, 3, 6), 9), at(date(2026, 3, 6), 13, 30), at(date(2026, 3, 6), 9)),
        (at(date(2026, 3, 6), 13, 31), at(date(2026, 3, 9), 7, 30), at(date(2026, 3, 6), 13, 31)),
        (at(date(2026, 3, 6), 19), at(date(2026, 3, 9), 7, 30), at(date(2026, 3, 9), 7, 30)),
        (at(date(2026, 2, 15), 9), at(date(2026, 2, 23), 7, 30), at(date(2026, 2, 23), 7, 30)),
    ],
)
def test_messages_wait_for_their_slot(moment: datetime, slot: datetime, urgent_slot: datetime) -> None:
    assert VN.next_delivery_slot(moment) == VN.next_delivery_slot(moment.astimezone(UTC)) == slot
    assert VN.next_delivery_slot(moment, urgent=True) == urgent_slot


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 3, 6, 9)
    for ask in (
        VN.is_quiet,
        VN.next_delivery_slot,
        VN.due_day,
        lambda m: VN.days_late(VN.due_at(date(2026, 3, 6)), m),
        lambda m: VN.working_hours_between(m, at(date(2026, 3, 6), 9)),
    ):
        with pytest.raises(NaiveMoment):
            ask(naive)


# --- arithmetic ---


@given(DAYS, st.integers(1, 400))
def test_adding_is_undone_by_counting(day: date, count: int) -> None:
    later = VN.add_working_days(day, count)
    assert VN.is_working(later)
    assert VN.working_days_between(day, later) == count
    earlier = VN.add_working_days(day, -count)
    assert VN.is_working(earlier) and earlier < day < later
    assert VN.working_days_between(earlier, day) == count - (not VN.is_working(day))
    assert VN.add_working_days(earlier, count) == VN.add_working_days(day, 0)


@given(DAYS, DAYS, st.integers(-200, 200), st.integers(-200, 200))
def test_adding_is_monotone(day: date, other: date, count: int, more: int) -> None:
    low, high = sorted((day, other))
    assert VN.add_working_days(low, count) <= VN.add_working_days(high, count)
    fewer, greater = sorted((count, more))
    assert VN.add_working_days(VN.add_working_days(day, 0), fewer) <= VN.add_working_days(
        VN.add_working_days(day, 0), greater
    )


@given(DAYS, DAYS, DAYS)
def test_counting_is_additive_and_antisymmetric(a: date, b: date, c: date) -> None:
    between = VN.working_days_between
    assert between(a, b) + between(b, c) == between(a, c)
    assert between(a, b) == -between(b, a)


@given(DAYS, st.integers(0, 120))
def test_counting_agrees_with_a_walk(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    assert VN.working_days_between(start, end) == sum(map(VN.is_working, days(start + ONE_DAY, end)))


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_the_table_for_sql_gives_the_same_differences(first: date, one: int, other: int) -> None:
    table = VN.working_day_table(first, first + timedelta(days=60))
    assert [day for day, _ in table] == days(first, first + timedelta(days=60))
    (a, from_ordinal), (b, to_ordinal) = table[one], table[other]
    assert to_ordinal - from_ordinal == VN.working_days_between(a, b)


@given(DAYS, st.one_of(st.none(), st.times()), MOMENTS)
def test_late_from_the_deadline_on_and_never_before(day: date, hour: time | None, moment: datetime) -> None:
    due = VN.due_at(day, hour)
    late = VN.days_late(due, moment.astimezone(UTC))
    assert (late >= 1) == (moment >= due)
    if late:
        assert late == max(1, VN.working_days_between(VN.due_day(due), moment.date()))


@given(MOMENTS, MOMENTS, MOMENTS)
def test_desk_times_add_up(a: datetime, b: datetime, c: datetime) -> None:
    hours = VN.working_hours_between
    assert hours(a, b) + hours(b, c) == pytest.approx(hours(a, c), abs=1e-6)
    assert hours(a, b) == -hours(b, a)
    assert (hours(a, b) >= 0) == (a <= b) or hours(a, b) == 0


@given(MOMENTS)
def test_a_slot_is_never_quiet_nor_past_and_stays_where_it_is(moment: datetime) -> None:
    for urgent in (False, True):
        slot = VN.next_delivery_slot(moment, urgent=urgent)
        assert slot >= moment and not VN.is_quiet(slot)
        assert VN.next_delivery_slot(slot, urgent=urgent) == slot
