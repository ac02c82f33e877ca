"""Sentences of the grammar in reading/figures/clauses.py: what they tell is read under its name, nothing else is."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from documents.reading.events.told import events
from documents.reading.figures.marking import Marked
from documents.reading.flow import Flow
from documents.reading.indicators.indicator import Indicator
from documents.reading.indicators.told import indicators
from documents.reading.model import Line
from states.figures import Figure

HEADS = (("hộ dân dùng nước sạch", "hộ"), ("trẻ em được khám định kỳ", "trẻ em"), ("lao động học nghề", "lao động"),
         ("xe máy đã đăng ký lại", "chiếc"), ("cây xanh trồng mới", "cây"), ("ca mắc thủy đậu", "ca"),
         ("hồ sơ đất đai quá hạn", "hồ sơ"), ("sản phẩm OCOP hạng ba sao", "sản phẩm"))  # fmt: skip
LEADS = ("", "Đến nay, ", "Trong quý II, toàn xã có ", "Qua rà soát, phường có ", "Tính đến ngày 14/6/2025 có ",
         "Toàn huyện hiện có ", "Trong kỳ ghi nhận ", "Kết quả, có ")  # fmt: skip
SHARES = (", chiếm {}%", ", đạt {}%", " ({}%)", ", đạt tỷ lệ {}%", ", bằng {}%", ", tỷ lệ {}%")
WHOLES = (" trên tổng số {} {}", " trong tổng số {} {}")
WORDS = ("hộ", "trẻ", "con", "và", "với", "có", "trong đó", "gồm:", "tăng", "giảm", "so với", "cùng kỳ", "(", ")", ",",
         ";", ".", ":", "đạt", "chiếm", "bằng", "trên", "trong", "tổng số", "không có", "%", "/", "năm", "km", "nữ",
         "nam", "tuổi", "kế hoạch", "còn", "mỗi", "số", "Tử vong", "Toàn xã", "- ")  # fmt: skip
TABLE = {
    # in the topic of its sentence or paragraph, as a part, in another measure, a zero
    "2. Thủy đậu: toàn xã ghi nhận 12 ca mắc, tăng 5 ca so với tháng trước (7 ca); không có tử vong. Biến chứng: 0.": [
        "Thủy đậu: ca mắc: 12 ca (thay đổi: 5)", "Thủy đậu: ca mắc tháng trước: 7 ca", "Thủy đậu: tử vong: 0 tử vong",
        "Thủy đậu: Biến chứng: 0"],
    "Tiếp nhận 512 hồ sơ (trực tuyến 430, trực tiếp 82); giải quyết đúng hạn 505 hồ sơ.": [
        "Tiếp nhận hồ sơ: 512 hồ sơ", "Tiếp nhận hồ sơ: trực tuyến: 430", "Tiếp nhận hồ sơ: trực tiếp: 82",
        "giải quyết đúng hạn: 505 hồ sơ"],
    "Thả 320 con gà giống, trong đó: gà ri 200 con, gà mía 120 con.": [
        "Thả gà giống: 320 con", "Thả gà giống: gà ri: 200 con", "Thả gà giống: gà mía: 120 con"],
    "Trên 95% hộ dân dùng điện (dự kiến 1.900 hộ).": [
        "hộ dân dùng điện: trên 95%", "hộ dân dùng điện: 1.900 hộ"],
    "Gieo cấy 412,5 ha lúa mùa, đạt 98,2% kế hoạch (420 ha).": ["Gieo cấy lúa mùa: 412,5/420, 98,2%"],
    "Hòa giải thành 11 vụ/13 vụ, đạt 84,6%.": ["Hòa giải thành: 11/13, 84,6%"],
    "Phản ứng nhẹ: 17 trường hợp; phản ứng nặng: không có.": [
        "Phản ứng nhẹ: 17 trường hợp", "phản ứng nặng: 0"],
    "Có 90 bé mới sinh, trong đó 49 bé trai, 41 bé gái.": ["bé mới sinh: nữ 41/90; nam 49"],
    "Lắp 145 bóng đèn trên 6 tuyến đường.": ["Lắp bóng đèn: 145 bóng đèn", "tuyến đường: 6 tuyến đường"],
    "100% cán bộ có trình độ trung cấp trở lên.": ["cán bộ có trình độ trung cấp trở lên: 100%"],
    "Đã ban hành 06 văn bản; có 02 trạm y tế đạt chuẩn.": [
        "ban hành văn bản: 6 văn bản", "trạm y tế đạt chuẩn: 2 trạm"],
    # what counts nothing: headings, ages, days, numbers of papers, rooms and hamlets, what is said of sections
    "Điểm tiêm mở từ 7 giờ 30, thứ Hai 01/6, phòng 12, tổ 3, điện thoại 0912345678.": [],
    "Khó khăn, vướng mắc: Không.": [],
    "3. Đề xuất, kiến nghị: Không có.": [],
    "Thực hiện tiêu chí số 5 và số 7 cho trẻ 6 - 11 tháng tại trường đạt chuẩn mức độ 2.": [],
}  # fmt: skip
counts = st.integers(13, 899)


def found(said: str) -> list[Indicator]:
    """What one paragraph tells, without its events."""
    marked = Marked(Flow([Line(said, 1, 1)]))
    return [one.value for one in indicators(marked, events(marked)[1])]


def told(figure: Figure | None) -> str | None:
    return figure.canonical if figure else None


def share(part: int, whole: int) -> tuple[str, str]:
    """As a clerk writes it, and as it is kept."""
    exact = (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return str(exact).replace(".", ","), Figure.exact(exact).canonical


@given(st.sampled_from(HEADS), st.sampled_from(LEADS), counts)
def test_a_count_before_its_name(head: tuple[str, str], lead: str, n: int) -> None:
    (one,) = found(f"{lead}{n} {head[0]}.")
    assert (told(one.numerator), one.denominator, one.percent) == (str(n), None, None)
    assert one.name == head[0]


@given(st.sampled_from(HEADS), st.sampled_from(("{}: {} {}.", "Số {} là {} {}.", "Tổng số {}: {} {};")), counts)
def test_a_count_behind_its_name(head: tuple[str, str], form: str, n: int) -> None:
    (one,) = found(form.format(head[0], n, head[1]))
    assert (one.name, told(one.numerator)) == (head[0], str(n))


@given(st.sampled_from(HEADS), st.sampled_from(WHOLES), st.sampled_from((*SHARES, "")), counts, counts)
def test_so_many_of_so_many(head: tuple[str, str], of: str, form: str, a: int, b: int) -> None:
    part, whole = sorted((a, b))
    written, kept = share(part, whole)
    (one,) = found(f"Có {part} {head[0]}{of.format(whole, head[1])}{form.format(written)}.")
    assert (told(one.numerator), told(one.denominator)) == (str(part), str(whole))
    assert told(one.percent) == (kept if form else None)
    assert one.name == head[0]


@given(st.sampled_from(HEADS), st.sampled_from(SHARES[:5]), st.integers(200, 899), st.integers(13, 199))
def test_a_share_of_a_whole_told_before(head: tuple[str, str], form: str, whole: int, part: int) -> None:
    written, kept = share(part, whole)
    one = found(f"Toàn xã có {whole} {head[1]}. Số {head[0]} là {part} {head[1]}{form.format(written)}.")[-1]
    assert (told(one.numerator), told(one.percent)) == (str(part), kept)
    assert told(one.denominator) == str(whole)


@given(st.sampled_from(HEADS), st.sampled_from((("tăng", 1), ("giảm", -1))), counts, counts)
def test_what_it_was_before(head: tuple[str, str], way: tuple[str, int], n: int, by: int) -> None:
    said = f"Có {n} {head[0]}, {way[0]} {by} {head[1]} so với cùng kỳ năm 2024 ({n + by} {head[1]})."
    now, then = found(said)
    assert (told(now.numerator), told(now.moved_by)) == (str(n), str(way[1] * by))
    assert (then.name, told(then.numerator)) == (f"{head[0]} cùng kỳ năm 2024", str(n + by))


@given(st.lists(st.tuples(st.sampled_from(("trâu, bò", "lợn", "gà, vịt", "dê")), counts), min_size=2, max_size=4))
def test_items_of_a_list_keep_their_topic(items: list[tuple[str, int]]) -> None:
    for parts in (", ", "; "):
        said = "Đã tiêm vắc xin cho đàn vật nuôi: " + parts.join(f"{name} {n} con" for name, n in items) + "."
        read = [(one.name, told(one.numerator)) for one in found(said)]
        assert read == [(f"tiêm vắc xin cho đàn vật nuôi: {name}", str(n)) for name, n in items]


def test_every_sentence_of_the_table() -> None:
    for said, wanted in TABLE.items():
        assert [one.words for one in found(said)] == wanted, said


@settings(max_examples=150)
@given(st.lists(st.tuples(st.sampled_from(WORDS), st.one_of(st.just(""), st.integers(0, 9999).map(str))), max_size=14))
def test_no_figure_is_made_up(words: list[tuple[str, str]]) -> None:
    said = " ".join(f"{word} {number}" for word, number in words)
    stand = {int(one.replace(".", "")) for one in re.findall(r"\d+", said)}
    for one in found(said):
        for figure in (one.numerator, one.denominator, one.percent, one.other, one.change, one.moved_by):
            zero = figure is not None and figure.amount == 0 and "không" in said
            assert figure is None or zero or abs(figure.amount) in stand, (said, one)
