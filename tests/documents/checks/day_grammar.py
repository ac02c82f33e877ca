"""How offices write days and ways (mẫu câu về ngày, tăng giảm): right, and the same with one thing changed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

Pair = tuple[tuple[str, ...], tuple[str, ...]]
"""Lines of a paper that is right, and of one that is wrong."""
CLOSED = ("Số liệu tính đến ngày {}.", "UBND xã báo cáo kết quả (số liệu phát sinh đến hết ngày {}) như sau:",
          "Kết quả thực hiện tính đến hết ngày {} như sau:", "Lũy kế đến ngày {} có 120 hộ thoát nghèo.",
          "Số liệu chốt đến {}, toàn xã có 45 "
          "hộ.", "Thống kê đến hết ngày {}: 312 trẻ.", "Tổng hợp số liệu đến ngày {}.",
          "Kết quả cập nhật đến ngày {}.")  # fmt: skip
RUNS = ("Chiến dịch từ ngày {} đến ngày {}; ngày {} tổ chức tiêm vét.", "Đợt 1 từ {} đến {}, ngày {} tổ chức tổng kết.",
        "Khám tuyển từ ngày {} đến {}; ngày {} họp Hội "
        "đồng.", "Rà soát từ ngày {} đến ngày {}, đến {} niêm yết công khai.",
        "Tập huấn ngày {} và ngày {}; kiểm tra ngày {}.")  # fmt: skip
DAYS = (
    ("08/4/2024", "18/4/2024", "22/4/"),
    ("01/3/2024", "10/3/2024", "15/3/"),
    ("02/10/2024", "20/10/2024", "25/10/"),
    ("05/6/2024", "12/6/2024", "30/6/"),
    ("10/7/2024", "28/7/2024", "02/8/"),
    ("03/9/2024", "09/9/2024", "11/9/"),
)
ENDS = ("Tỷ lệ {0} từ {1}% {2} {3}%.", "{0} từ {1} hộ {2} {3} hộ.", "Số vụ {0} từ {1} vụ {2} {3} vụ.",
        "Số trẻ {0} từ {1} trẻ năm 2023 {2} {3} trẻ năm 2024.")  # fmt: skip


def closed() -> Iterator[Pair]:
    """Figures to a day, in a report of 16/12/2024."""
    for say, (day, after) in product(CLOSED, (("30/11/2024", "31/12/2024"), ("14/12/2024", "20/12/2024"),
                                              ("15 tháng 12 năm 2024", "25 tháng 12 năm 2024"),
                                              ("10/12/2024", "10/01/2025"))):  # fmt: skip
        yield (say.format(day),), (say.format(after),)


def slipped() -> Iterator[Pair]:
    """The last of three days, in its year and in the year before."""
    for say, (first, last, day) in product(RUNS, DAYS):
        yield (say.format(first, last, f"{day}2024"),), (say.format(first, last, f"{day}2023"),)


def ends() -> Iterator[Pair]:
    """From so much up or down to so much."""
    for say, (less, more) in product(ENDS, ((12, 15), (40, 46), (7, 30), (112, 140))):
        yield (say.format("giảm", more, "xuống còn", less),), (say.format("giảm", less, "xuống còn", more),)
        yield (say.format("tăng", less, "lên", more),), (say.format("tăng", more, "lên", less),)
