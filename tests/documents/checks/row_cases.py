"""Tables for the careful officer's rules of rows and columns: what each must stop at, and one like it that is right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from documents.checks.papers.paper import Grid, Paper, Sentence, Unit
from tests.documents.checks.check_papers import PAPER, grid

TREATED = ("TT", "Bản", "Phải tiêm", "Được tiêm", "Tỷ lệ (%)")
PERIODS = ("TT", "Đơn vị", "Quý I/2024", "Quý I/2025", "Tăng, giảm")
PLACES = ("TT", "Thôn", "Trẻ 6 tuổi|Tổng số", "Trẻ 6 tuổi|Nữ", "Trẻ 11 tuổi|Tổng số")
LOANS = ("TT", "Chỉ tiêu", "Kế hoạch", "Thực hiện", "Tỷ lệ (%)")
GROUPS = ("TT", "Nội dung", "Năm 2024", "Năm 2025", "Năm 2026")


def treated(last: str, rate: str, columns: tuple[str, ...] = TREATED) -> Paper:
    """Four villages; the last has 56 to inject."""
    return grid(columns, ("1", "Bản Một", "88", "83", "94,3"), ("2", "Bản Hai", "76", "73", "96,1"),
                ("3", "Bản Ba", "95", "90", "94,7"), ("4", "Bản Bốn", "56", last, rate))  # fmt: skip


def periods(last: str) -> Paper:
    """Three units and the change of each."""
    return grid(PERIODS, ("1", "Khu A", "271", "233", "-38"), ("2", "Khu B", "182", "160", "-22"),
                ("3", "Khu C", "109", "116", last))  # fmt: skip


def cell(said: str) -> Paper:
    return grid(("TT", "Chỉ tiêu", "Kết quả"), ("1", "Trường đạt chuẩn", said))


def two(six: str, eleven: str = "301") -> Paper:
    """The same children by indicator and by village."""
    one = grid(("TT", "Chỉ tiêu", "Phải phổ cập", "Đạt"), ("1", "Trẻ 6 tuổi vào lớp 1", six, six),
               ("2", "Trẻ 11 tuổi hoàn thành tiểu học", eleven, "298")).grids  # fmt: skip
    rows = (("1", "Thôn Một", "150", "70", "160"), ("2", "Thôn Hai", "128", "62", "141"),
            ("", "Toàn xã", "278", "132", "301"))  # fmt: skip
    places = tuple(f"bảng 2, ô {n},1" for n in (3, 4, 5))
    return replace(PAPER, grids=(*one, Grid(2, "Theo thôn", PLACES, rows, places, False, "trang 3, dòng 2")))


def listing(said: str, *names: str) -> Paper:
    """A district's report over its communes, of which the register knows five."""
    table = grid(("TT", "Xã", "Số cuộc"), *((str(n), name, "7") for n, name in enumerate(names, 1)))
    unit = Unit("Huyện Mẫu", "district", day=date(2024, 12, 16), below=tuple(f"Xã {one}" for one in "ABCDE"))
    return replace(table, unit=unit, text=(Sentence(f"Có {said} đã báo cáo.", "trang 1, dòng 4"),))


ROWS: dict[str, tuple[Paper, Paper]] = {
    "row-part-over-whole": (treated("58", "103,6"), treated("58", "103,6", LOANS)),
    "change-column-differs": (periods("-7"), periods("+7")),
    "cell-rate-differs": (cell("88,9 (7/9)"), cell("88,9 (8/9)")),
    "tables-disagree": (two("287"), two("278")),
    "units-not-all-listed": (listing("5/5 xã", "A", "B", "C", "E"), listing("4/5 xã", "A", "B", "C", "E")),
}
"""By the rule's code: a paper that is wrong, and its neighbour."""


def group(first: str, total: str) -> Paper:
    """Two groups of two rows, and their total above them."""
    return grid(GROUPS, ("", "TỔNG THU (I+II)", "200", "300", total), ("I", "Thu nội địa", "150", "220", first),
                ("1", "Thuế", "100", "150", "160"), ("2", "Phí", "50", "70", "80"),
                ("II", "Thu khác", "50", "80", "60"))  # fmt: skip


FOUND: list[tuple[str, Paper, tuple[str, str]]] = [
    ("sub-rows-differ", group("250", "300"), ("bảng 1, ô 3,5", "240")),
    ("total-row-differs", group("240", "310"), ("bảng 1, ô 2,5", "300")),
    ("total-row-differs", grid(("Đơn vị", "Số ca"), ("Toàn tỉnh", "356"), ("Khu A", "161"), ("Khu B", "205")),
     ("bảng 1, ô 2,2", "366")),
    ("row-parts-differ", grid(("Xã", "Sức khỏe|Loại 1", "Sức khỏe|Loại 2", "Sức khỏe|Cộng"), ("A", "6", "14", "20"),
                              ("B", "2", "8", "10"), ("C", "4", "11", "18")), ("bảng 1, ô 4,4", "15")),
    ("tables-disagree", two("287"), ("bảng 1, ô 2,3", "278")),
]  # fmt: skip
"""Code, paper, where it is told and what should stand there."""

RIGHT: list[Paper] = [
    group("240", "300"), two("278"), periods("7"), treated("55", "98,2"),
    grid(("Ấp", "Số giáo viên|Tổng", "Số giáo viên|Nữ", "Số giáo viên|Đảng viên"), ("A", "10", "6", "4"),
         ("B", "20", "9", "5"), ("C", "30", "20", "11")),
    grid(("TT", "Xã", "Điểm trung bình"), ("1", "A", "8"), ("2", "B", "9"), ("", "Toàn huyện", "8,5")),
    grid(("Chỉ tiêu", "Quý I|Tổng", "Quý I|Tháng 1", "Quý I|Tháng 2"), ("Số trẻ sinh", "102", "58", "44"),
         ("Tỷ số giới tính khi sinh", "111,7", "114,8", "109,5"), ("Kết hôn", "9", "4", "5"),
         ("Tử vong", "5", "2", "3"), ("Tảo hôn", "Không", "-", "-")),
    listing("5/5 xã", "A", "B", "C", "D", "E"), listing("5/5 xã", "A", "B", "Các xã còn lại", "E"),
    cell("5/8 (62,5%)"), cell("07/07 trường (100%)"), cell("15/11/2025"),
]  # fmt: skip
"""What only looks wrong."""
