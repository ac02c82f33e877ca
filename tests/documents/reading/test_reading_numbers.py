"""Numbers and dates in all the ways people write them, there and back."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.reading.days.dates import PartialDate, dates
from documents.reading.days.dates import one as one_date
from documents.reading.figures import number_words
from documents.reading.figures.marking import Marked
from documents.reading.figures.money import money
from documents.reading.figures.numbers import numbers, one
from documents.reading.flow import Flow
from documents.reading.model import Line

WHOLE = st.integers(0, 10**12)
BEFORE = st.sampled_from(["", "tổng số là ", "- Kết quả: ", "đã có ", "(", "gồm "])
BEHIND = st.sampled_from(["", " người", " lượt người tham dự", ".", ";", ")", ", trong đó"])
BOUNDS = {
    "trên ": ">",
    "hơn ": ">",
    "khoảng ": "~",
    "gần ": "~",
    "ít nhất ": ">=",
    "tối thiểu ": ">=",
    "dưới ": "<",
    "không quá ": "<=",
    "tối đa ": "<=",
    "TRÊN ": ">",
    "tren ": ">",
}


def dotted(number: int) -> str:
    """1234567 as 1.234.567."""
    return f"{number:,}".replace(",", ".")


def read_money(said: str) -> list[str]:
    """The amounts that a line tells."""
    return [one.value.amount.canonical for one in money(Marked(Flow([Line(said, 1, 1)])))]


# ── numbers ───────────────────────────────────────────────────────────────────────────────────────────────────


@given(WHOLE, BEFORE, BEHIND)
def test_a_whole_number_is_read_back_with_dots_or_without(number: int, before: str, behind: str) -> None:
    for said in {dotted(number), str(number)} | ({f"{number:02d}"} if number < 10 else set()):
        found = list(numbers(f"{before}{said}{behind}"))
        assert [one.figure.canonical for one in found] == [str(number)]


@given(WHOLE, st.sampled_from(sorted(BOUNDS)))
def test_a_bound_stays_a_bound(number: int, word: str) -> None:
    found = one(f"có {word}{dotted(number)} lượt người")
    assert found is not None
    assert found.figure.canonical == f"{BOUNDS[word]}{number}"
    assert found.raw == f"{word}{dotted(number)}".strip()


@given(st.integers(0, 10**6))
def test_from_so_many_up_or_down_is_a_bound_too(number: int) -> None:
    assert [n.figure.canonical for n in numbers(f"từ {dotted(number)} người trở lên")] == [f">={number}"]
    assert [n.figure.canonical for n in numbers(f"từ {dotted(number)} trở xuống")] == [f"<={number}"]


@given(st.integers(0, 100), st.integers(0, 99))
def test_a_percentage_is_read_with_either_decimal_mark(whole: int, part: int) -> None:
    for said in (f"{whole},{part:02d}%", f"{whole}.{part:02d} %", f"{whole},{part:02d} phần trăm"):
        found = one(f"đạt {said}")
        assert found is not None and found.percent
        assert found.figure.amount == Decimal(f"{whole}.{part:02d}")


def test_a_dot_that_may_group_or_part_is_told() -> None:
    found = one("diện tích 12.345 km2")
    assert found is not None and found.figure.canonical == "12345" and not found.doubt
    unsure = one("1,234 người")
    assert unsure is not None and "1,234" in unsure.doubt


@pytest.mark.parametrize(
    ("said", "meant"),
    [("3O.000.000", "30000000"), ("l.260", "1260"), ("1O5", "105"), ("I2", "12"), ("2O", "20")],
)
def test_letters_that_a_scan_takes_for_digits_are_mended_and_told(said: str, meant: str) -> None:
    found = one(f"có {said} người")
    assert found is not None
    assert found.figure.canonical == meant
    assert "nhận nhầm" in found.doubt


def test_words_with_o_and_l_are_no_numbers() -> None:
    assert list(numbers("lo, Ol, Il, loa truyền thanh, OA, Zalo")) == []


# ── words ─────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.integers(0, 10**12 - 1))
def test_a_number_in_words_is_read_back(number: int) -> None:
    assert number_words.value(number_words.written(number)) == number


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Ba mươi triệu", 30_000_000),
        ("hai mươi mốt", 21),
        ("một trăm linh năm", 105),
        ("một trăm lẻ tư", 104),
        ("bốn tỷ hai trăm sáu mươi bảy triệu", 4_267_000_000),
        ("mười lăm nghìn", 15_000),
        ("không", 0),
    ],
)
def test_numbers_in_words_as_contracts_write_them(said: str, meant: int) -> None:
    assert number_words.value(said) == meant


def test_other_words_are_no_number() -> None:
    assert number_words.value("ba mươi con") is None
    assert number_words.value("hai ba") is None


# ── money ─────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.integers(1, 10**11))
def test_an_amount_in_dong_is_read_however_it_is_signed(amount: int) -> None:
    for sign in ("đ", " đ", " đồng", " VNĐ", "đồng", " đồng chẵn"):
        assert read_money(f"Kinh phí: {dotted(amount)}{sign}.") == [str(amount)]


@given(st.integers(1, 999), st.integers(0, 9))
def test_millions_and_billions_are_read_with_their_tenths(whole: int, tenth: int) -> None:
    said = f"{whole},{tenth}" if tenth else str(whole)
    for word, size in (("triệu", 10**6), ("tỷ", 10**9), ("tỉ", 10**9), ("nghìn", 10**3), ("ngàn", 10**3)):
        assert read_money(f"số tiền {said} {word} đồng") == [str(whole * size + tenth * size // 10)]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("30.000.000đ", ["30000000"]),
        ("4.267.000.000 đồng", ["4267000000"]),
        ("50 triệu đồng", ["50000000"]),
        ("1 tỷ 250 triệu đồng", ["1250000000"]),
        ("trên 1,2 tỷ đồng", [">1200000000"]),
        ("26,5 tr.đồng", ["26500000"]),
        ("Ngân sách vận động: Không", ["0"]),
        ("Kinh phí xã hội hóa: Không có.", ["0"]),
        ("12 500 000 đồng", ["12500000"]),
    ],
)
def test_money_as_offices_write_it(said: str, meant: list[str]) -> None:
    assert read_money(said) == meant


def test_an_amount_that_its_words_contradict_is_asked_about() -> None:
    flow = Flow([Line("Số tiền: 12.000.000 đồng (Bằng chữ: Mười ba triệu đồng).", 1, 1)])
    (found,) = money(Marked(flow))
    assert found.asks and "khác nhau" in found.said
    (sound,) = money(Marked(Flow([Line("12.000.000 đồng (Bằng chữ: Mười hai triệu đồng).", 1, 1)])))
    assert not sound.asks


def test_headings_years_and_document_numbers_are_no_money() -> None:
    assert read_money("Kế hoạch số 150/KH-UBND ngày 23/10/2023 năm 2023, Điều 5, đồng chí 7") == []


# ── dates ─────────────────────────────────────────────────────────────────────────────────────────────────────

DAYS = st.dates(date(1975, 1, 1), date(2099, 12, 31))


@given(DAYS)
def test_a_day_is_read_in_every_way_of_writing(day: date) -> None:
    d, m, y = day.day, day.month, day.year
    ways = (
        f"ngày {d:02d} tháng {m:02d} năm {y}",
        f"ngày {d} tháng {m} năm {y}",
        f"{d:02d}/{m:02d}/{y}",
        f"ngày {d}/{m}/{y}",
        f"{d}-{m}-{y}",
        f"{d}.{m}.{y}",
        f"Ngày {d:02d}  tháng  {m}  năm {y}",
        f"{d} tháng {m} năm {y}",
        f"NGÀY {d} THÁNG {m} NĂM {y}",
    )
    for said in ways:
        found = one_date(f"ban hành {said}, của UBND")
        assert found is not None and found.date.full == day and not found.doubt, said


@given(DAYS)
def test_what_is_blank_stays_blank(day: date) -> None:
    for blank in ("   ", "…", "....", " _ ", ""):
        found = one_date(f"Mẫu, ngày{blank} tháng {day.month} năm {day.year}")
        assert found is not None
        assert (found.date.day, found.date.month, found.date.year) == (None, day.month, day.year)
        assert found.date.iso == f"{day.year}-{day.month:02d}"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ngày   tháng 12 năm 2023", "2023-12"),
        ("ngày /12/2023", "2023-12"),
        ("tháng 12/2023", "2023-12"),
        ("ngày…tháng…năm 2025", "2025"),
        ("trước ngày 15/11", "XXXX-11-15"),
        ("ngày 05 tháng   năm 2024", "2024-XX-05"),
        ("ngày     tháng    năm 20", ""),
        ("ngày 3O tháng l0 năm 2024", "2024-10-30"),
    ],
)
def test_partial_dates(said: str, meant: str) -> None:
    found = one_date(said)
    assert found is not None and found.date.iso == meant


def test_a_day_that_no_calendar_has_is_told_and_left_out() -> None:
    found = one_date("ngày 31/02/2024")
    assert found is not None and found.date == PartialDate(2024, 2, None) and "không có ngày 31" in found.doubt


def test_fractions_and_symbols_are_no_dates() -> None:
    assert list(dates("12/35 đại biểu; số 28/NQ-CP; 1.234.567 đồng; 3.204/6.290")) == []
