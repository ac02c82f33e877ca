"""Figures add up as SQL adds them, and are read and shown in the officers' words."""

from decimal import Decimal
from functools import reduce
from operator import or_

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states.figures import BadCell, BadFigure, Bound, Cell, Coverage, Figure, Match, Ratio, Split

amounts = st.decimals(min_value=0, max_value=10**15, places=4, allow_nan=False)
figures = st.builds(Figure, amounts, st.sampled_from(Bound))


def exact(amount: int | str) -> Figure:
    return Figure.exact(Decimal(amount))


@given(st.integers(1, 999), st.integers(0, 99), st.integers(1, 99))
def test_a_cell_gives_back_its_table_row_and_column(table: int, row: int, column: int) -> None:
    cell = Cell.of(table, row, column)
    assert (cell.table, cell.row, cell.column) == (table, row, column)
    assert cell == table * 10_000 + row * 100 + column


@pytest.mark.parametrize("place", [(0, 1, 1), (1, 100, 1), (1, 1, 0), (1, 1, 100), (1000, 1, 1), (1, -1, 1)])
def test_a_cell_outside_the_numbering_is_refused(place: tuple[int, int, int]) -> None:
    with pytest.raises(BadCell, match="dòng 0–99"):
        Cell.of(*place)


@given(figures, figures, figures)
def test_addition_is_associative_and_commutative(a: Figure, b: Figure, c: Figure) -> None:
    assert (a + b) + c == a + (b + c)
    assert a + b == b + a


@given(st.lists(figures, min_size=1, max_size=20))
def test_adding_one_by_one_equals_sum_and_bit_or(parts: list[Figure]) -> None:
    in_sql = Figure.of(sum((p.amount for p in parts), Decimal(0)), reduce(or_, (p.bound for p in parts)))
    assert Figure.total(parts) == in_sql
    assert in_sql.bound in set(Bound)


@given(st.integers(0, 31))
def test_every_bit_mask_has_one_normal_form(bits: int) -> None:
    normal = Bound.normal(bits)
    assert Bound.normal(normal) is normal
    mixed = bits & 16 or (bits & 3 and bits & 12)
    assert (normal is Bound.ABOUT) == bool(mixed)


def test_bounds_stay_bounds() -> None:
    assert (Figure.parse("trên 540").figure + exact(25)).vi == "trên 565"
    assert (Figure.parse("tối đa 5").figure + Figure.parse("dưới 3").figure).vi == "dưới 8"
    assert (Figure.parse("ít nhất 5").figure + Figure.parse("trên 3").figure).vi == "trên 8"
    assert (Figure.parse("trên 540").figure + Figure.parse("dưới 10").figure).vi == "khoảng 550"
    assert (exact(1) + Figure.parse("khoảng 420").figure).vi == "khoảng 421"


def test_missing_is_not_zero() -> None:
    assert Figure.total([]) is None
    assert Figure.total([None, None]) is None
    assert Figure.total([None, exact(0)]) == exact(0)
    with pytest.raises(TypeError):
        sum([exact(1)])  # type: ignore[list-item]


@pytest.mark.parametrize("amount", [Decimal("NaN"), Decimal("Infinity"), 1.5, "3"])
def test_only_finite_decimals_are_amounts(amount: object) -> None:
    with pytest.raises(BadFigure, match="hữu hạn"):
        Figure(amount)  # type: ignore[arg-type]


@given(figures)
def test_canonical_and_vietnamese_forms_read_back(figure: Figure) -> None:
    assert Figure.from_canonical(figure.canonical) == figure
    assert Figure.parse(figure.vi).figure == figure


@pytest.mark.parametrize("text", ["", "02", "1.50", "1.", "+5", "-0", "1e3", "trên 5", " 5", "5 ", "１", "=5", "1,5"])
def test_only_one_spelling_is_canonical(text: str) -> None:
    with pytest.raises(BadFigure):
        Figure.from_canonical(text)


@pytest.mark.parametrize(
    ("typed", "canonical", "doubt"),
    [
        ("1.234,5", "1234.5", False),
        ("trên 540 lượt người", ">540", False),
        ("25 ngàn", "25000", False),
        ("trên 25 ngàn lượt người tham dự", ">25000", False),
        ("50 triệu đồng", "50000000", False),
        ("30.000.000đ", "30000000", False),
        ("4.267.000.000 đồng", "4267000000", False),
        ("4 tỷ 267 triệu đồng", "4267000000", False),
        ("02", "2", False),
        ("39 buổi", "39", False),
        ("Không", "0", False),
        ("KHÔNG CÓ", "0", False),
        ("không phát sinh.", "0", False),
        ("không quá 5", "<=5", False),
        ("từ 25 người dân trở lên", ">=25", False),
        ("trên 780 cuộc", ">780", False),
        ("dưới 10 phút", "<10", False),
        ("khoảng 65%", "~65", False),
        ("gần 500", "~500", False),
        ("1.118", "1118", False),
        ("99,9%", "99.9", False),
        (" 164 người", "164", False),
        ("≥ 5", ">=5", False),
        ("tăng 2,43%", "2.43", False),
        ("giảm 2,43%", "-2.43", False),
        ("1.260\u00a0người", "1260", False),
        ("0.98", "0.98", True),
        ("99.5%", "99.5", True),
        ("1,118", "1.118", True),
        ("10 000", "10000", True),
        ("4,267 tỷ", "4267000000", True),
        ("4.267 tỷ", "4267000000000", True),
    ],
)
def test_what_people_type(typed: str, canonical: str, doubt: bool) -> None:
    reading = Figure.parse(typed)
    assert (reading.figure.canonical, reading.doubt) == (canonical, doubt)
    assert f"«{typed.strip()}»" in reading.echo


def test_a_decomposed_spelling_reads_the_same() -> None:
    assert Figure.parse("tre\u0302n 540 lươ\u0323t ngươ\u0300i").figure.canonical == ">540"


def test_the_reading_is_shown_back_with_its_unit() -> None:
    assert Figure.parse("1.118").echo == "đọc «1.118» là 1118"
    assert Figure.parse("trên 44 %").unit == "%"
    assert Figure.parse("50 triệu đồng").unit == "đồng"


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("", "«Không»"),
        ("-", "«Không»"),
        ("1 buổi/tuần", "tần suất"),
        ("05 chuyên mục/năm", "tần suất"),
        ("3.204/6.290", "tử số và mẫu số"),
        ("10-15", "một khoảng"),
        ("10 hoặc hơn", "«trên 540»"),
        ("12.34.567", "ba chữ số"),
        ("1,234.5", "ba chữ số"),
        ("1 triệu 500", "ghi chữ số"),
        ("100k", "ghi chữ số"),
        ("2 triệu 3 tỷ", "ghi liền"),
        ("5 3 triệu", "ghi liền"),
        ("9" * 19, "quá lớn"),
        ("9" * 80, "quá lớn"),
        ("９", "ghi chữ số"),
        ("999.999 tỷ tỷ", "ghi chữ số"),
        ("9.999.999.999 tỷ", "quá lớn"),
        ("0,000001 trăm ngàn", "ghi chữ số"),
        ("nan", "ghi chữ số"),
        ("=1+1", "ghi chữ số"),
        ("1" * 70 + "..1", "ghi chữ số"),
        ("0,1234567", "phần thập phân"),
    ],
)
def test_what_is_no_number_is_refused_with_a_remedy(typed: str, remedy: str) -> None:
    with pytest.raises(BadFigure) as refused:
        Figure.parse(typed)
    assert remedy in refused.value.message
    assert f"«{typed}»" in refused.value.message


@given(st.text(max_size=100))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        figure = Figure.parse(text).figure
    except BadFigure:
        return
    assert Figure.from_canonical(figure.canonical) == figure


@pytest.mark.parametrize(
    ("part", "whole", "possible"),
    [
        ("137", "250", True),
        ("250", "250", True),
        ("251", "250", False),
        (">540", "540", False),
        (">=540", "540", True),
        ("540", "<540", False),
        ("540", "<=540", True),
        ("600", ">540", True),
        ("<700", "5", True),
        ("~700", "5", True),
        ("700", "~5", True),
        (">5", "<6", True),
        (">5", "<5", False),
    ],
)
def test_whether_a_part_can_be_at_most_its_whole(part: str, whole: str, possible: bool) -> None:
    assert Figure.from_canonical(part).can_be_at_most(Figure.from_canonical(whole)) is possible


def test_the_share_of_women_leaders_was_cut_not_rounded() -> None:
    leaders = Ratio(exact(584), exact(2302))
    assert leaders.percent() == Decimal("25.37")
    assert leaders.matches(exact("25.36")) is Match.TRUNCATED
    assert leaders.matches(exact("25.37")) is Match.EXACT
    assert leaders.matches(exact("25.4")) is Match.EXACT
    assert leaders.matches(exact("25.38")) is Match.WRONG


def test_a_stated_bound_must_hold() -> None:
    seen = Ratio(exact(678), exact(1527))
    assert seen.matches(Figure.from_canonical(">44")) is Match.EXACT
    assert seen.matches(Figure.from_canonical(">45")) is Match.WRONG
    assert seen.matches(Figure.from_canonical("~45")) is Match.EXACT
    assert seen.matches(Figure.from_canonical("~46")) is Match.WRONG


def test_half_rounds_up_and_nothing_has_no_percentage() -> None:
    assert Ratio(exact(1), exact(800)).percent() == Decimal("0.13")
    assert Ratio(exact(1), exact(0)).percent() is None
    assert Ratio(exact(0), exact(0)).matches(exact(100)) is Match.WRONG


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(500, 10**6)), min_size=1, max_size=20))
def test_ratios_add_by_parts_and_wholes(parts: list[tuple[int, int]]) -> None:
    ratio = reduce(lambda a, b: a + b, (Ratio(exact(p), exact(w)) for p, w in parts))
    percent = ratio.percent()
    assert percent is not None
    fraction = Decimal(100 * sum(p for p, _ in parts)) / sum(w for _, w in parts)
    assert abs(percent - fraction) <= Decimal("0.005")
    assert ratio.matches(Figure(percent)) is Match.EXACT


def test_percentages_are_never_averaged() -> None:
    assert (Ratio(exact(1), exact(1)) + Ratio(exact(0), exact(99))).percent() == Decimal("1.00")


def test_boys_and_girls_of_the_kindergartens_do_not_make_the_total() -> None:
    split = Split(male=exact(3204), female=exact(3083), total=exact(6290))
    assert split.sum == exact(6287)
    assert split.agrees is False
    assert not split.exceeds
    assert Split(exact(3204), exact(3083), exact(3), exact(6290)).agrees is True
    assert Split(male=exact(6291), total=exact(6290)).exceeds
    assert Split(male=exact(1), total=exact(2)).agrees is None


def test_coverage_adds_and_names_the_gaps() -> None:
    both = Coverage(50, 49, missing=("Xã B",)) + Coverage(46, 43, 2, ("Xã C", "Xã A", "Xã D"))
    assert str(both) == "92/96"
    assert both.vi(most=3) == "92/96, còn thiếu: Xã A, Xã B, Xã C và 1 đơn vị khác; miễn báo cáo: 2"
    assert Coverage(17, 17).vi() == "17/17"
    with pytest.raises(BadFigure):
        Coverage(1, 2)
    with pytest.raises(BadFigure):
        Coverage(2, 2, missing=("Xã A",))
