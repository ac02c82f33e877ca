"""How offices write (mẫu câu): each yields a sentence that is right and the same with one figure changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle, product

from tests.documents.checks.day_grammar import Pair, closed, ends, slipped

MONEY: tuple[Callable[[int], str], ...] = (
    lambda n: f"{n * 100_000:,} đồng".replace(",", "."), lambda n: f"{n / 10:g} triệu đồng".replace(".", ","),
    lambda n: f"{n * 100_000:,}đ".replace(",", "."),
)  # fmt: skip
WHOLES = ("Tổng kinh phí {}", "Kinh phí thực hiện: {}", "Tổng nguồn vốn huy động là "
          "{}", "Tổng nhu cầu kinh phí đợt 1 là {}",
          "Dự toán kinh phí thực hiện kế hoạch {}", "Đã chi {}", "Tổng số tiền vận động được {}")  # fmt: skip
LEADS = (
    ", trong đó: ",
    ", gồm: ",
    ", bao gồm ",
    ". Trong đó: ",
    " (gồm ",
    ". Phân bổ: ",
    ", cụ thể: ",
    ": ",
    ". Bao gồm: ",
)
NAMES = (("ngân sách tỉnh", "ngân sách xã", "xã hội hóa"),
         ("ngân sách phường", "doanh nghiệp ủng hộ", "nhân dân đóng góp"),
         ("từ ngân sách nhà nước", "nguồn hợp pháp khác", "quỹ vận động"))  # fmt: skip
JOINS = (", ", "; ")
HELD = (("Tổ chức {} lớp tập huấn, mỗi lớp {} học viên, tổng số {} học viên."),
        ("Mở {} lớp bồi dưỡng cho cán bộ cấp xã, mỗi lớp {} học viên (tổng số {} học viên)."),
        ("Đã mở {} lớp, {} học viên/lớp, tổng cộng {} học viên."),
        ("Phối hợp tổ chức {} lớp tập huấn (mỗi lớp {} học viên; tổng số {} học viên)."),
        ("Triển khai {} lớp × {} học viên = {} học viên."), ("Tổ chức {} lớp x {} học viên/lớp = {} học viên."),
        ("Dự kiến mở {} lớp, mỗi lớp có {} học viên, tổng {} học viên tham gia."))  # fmt: skip
GIVEN = (
    ("Tặng {} suất quà, mỗi suất {}, tổng trị giá {}."),
    ("Trao {} suất quà cho trẻ em nghèo, trị giá {}/suất ({})."),
    ("Thăm, tặng {} suất quà, mức {}/suất, tổng giá trị {}."),
    ("Tặng {} suất quà (mỗi suất {}), tổng số tiền {}."),
)
FLOWS = (
    "Đầu năm {} hộ; trong năm có {} hộ thoát nghèo, phát sinh mới {} hộ; cuối năm còn {} hộ.",
    "Đầu kỳ có {} hộ, thoát nghèo {} hộ, phát sinh {} hộ, cuối kỳ còn {} hộ.",
    "Số hộ nghèo đầu năm là {} hộ, giảm {} hộ, tái nghèo {} hộ, hiện còn {} hộ.",
    "Kỳ trước chuyển sang {} hồ sơ, đã giải quyết {} hồ sơ, tiếp nhận mới {} hồ sơ, còn lại {} hồ sơ.",
    "Đầu năm toàn xã có {} đối tượng; đã xóa {} đối tượng; bổ sung {} đối tượng; cuối năm còn {} đối tượng.",
    "Tồn đầu kỳ {} lọ, sử dụng {} lọ, nhập thêm {} lọ, tồn cuối kỳ {} lọ.",
    "Năm trước chuyển sang {} vụ, đã xử lý {} vụ, phát sinh {} vụ, còn {} vụ.",
    "Hộ nghèo đầu năm: {} hộ; số hộ thoát nghèo: {} hộ; số hộ phát sinh: {} hộ; cuối năm còn: {} hộ.",
)
PLACES = ("Phước Thái", "Phước Hữu", "Phước Vinh", "An Hải", "Kim Sơn")
LISTS = ("Còn {} xã chưa đạt, gồm: {}.", "Có {} thôn chưa nộp, cụ thể: {}.", "Vẫn còn {} xã có tỷ lệ thấp, đó là {}.",
         "Đã kiểm tra {} xã ({}).", "Có {} thôn đạt chuẩn: {}.", "Chọn {} xã làm điểm là {}.")  # fmt: skip
CHANGES = (
    "Thu nhập bình quân {} triệu đồng/người/năm, {} {} triệu đồng so với năm 2023 ({} triệu đồng).",
    "Ghi nhận {} ca mắc, {} {} ca so với cùng kỳ năm 2023 ({} ca).",
    "Xảy ra {} vụ, {} {} vụ so với cùng kỳ (cùng kỳ {} vụ).",
    "Toàn xã có {} hộ nghèo, {} {} hộ so với đầu năm ({} hộ).",
    "Kết nạp {} hội viên, {} {} hội viên so với cùng kỳ năm trước là {} hội viên.",
    "Có {} trẻ bỏ học, {} {} trẻ so với năm học trước ({} trẻ).",
)
RATES = ("Thu phí {}, bằng {}% so với cùng kỳ, {} {}%.", "Thu lệ phí {}, bằng {}% cùng kỳ, {} {}%.",
         "Thuế môn bài {}, bằng {}% cùng kỳ năm trước ({} "
         "{}%).", "Đã thu {}, đạt {}% so với cùng kỳ năm trước, {} {}%.")  # fmt: skip
KINDS = (("nhà tạm", "xây mới", "sửa chữa"), ("trường", "mầm non", "tiểu học"), ("hồ sơ", "đúng hạn", "quá hạn"),
         ("học viên", "đại học", "cao đẳng"), ("cuộc", "trực tiếp", "trực tuyến"), ("con", "trâu", "bò"))  # fmt: skip
PARTED = ("Có {n} {w} ({a} {x}, {b} "
          "{y}).", "Tổng số {n} {w}, gồm {x} {a}, {y} {b}.", "Hỗ trợ {n} {w} (trong đó {x} {a}, {y} {b}).",
          "Có {n} {w}, bao gồm: {x} {a}; {y} {b}.", "Toàn xã có {n} {w}, chia ra: {a} {x}, {b} {y}.",
          "Đã rà soát {n} {w}, gồm {a} {x} và {b} {y}.")  # fmt: skip


def money_parts() -> Iterator[Pair]:
    """A whole and three parts in a sentence, in two, in a list, or summed up at the end."""
    for n, (whole, lead, names) in enumerate(product(WHOLES, LEADS, NAMES)):
        say, join = MONEY[n % len(MONEY)], JOINS[n % 2]
        for total in (885, 895):
            parts = [f"{name} {say(m)}" for name, m in zip(names, (520, 210, 155), strict=True)]
            end = ")." if "(" in lead else "."
            said = f"{whole.format(say(total))}{lead}{join.join(parts)}{end}"
            listed = (f"{whole.format(say(total))}, trong đó:", *(f"- {one};" for one in parts))
            summed = (*(f"- {one[0].upper()}{one[1:]};" for one in parts), f"Tổng cộng: {say(total)}.")
            told = ((said,), listed, summed)[0 if n % 4 < 2 else n % 4 - 1]
            if total == 885:
                right = told
        yield right, told


def products() -> Iterator[Pair]:
    """So many, so many in each, so many in all."""
    for say, (a, b) in product(HELD, ((4, 60), (3, 45), (6, 35), (12, 30), (2, 85))):
        yield (say.format(f"{a:02}", b, a * b),), (say.format(f"{a:02}", b, a * b + 20),)
    for say, (a, b) in product(GIVEN, ((85, 3), (64, 5), (40, 10))):
        yield tuple((say.format(a, MONEY[0](b), MONEY[0](a * b + off)),) for off in (0, 10))  # type: ignore[misc]


def flows() -> Iterator[Pair]:
    """What was, went, came and is left."""
    for say, (a, b, c) in product(FLOWS, ((196, 57, 11), (84, 20, 6), (320, 110, 45), (58, 9, 3))):
        yield (say.format(a, b, c, a - b + c),), (say.format(a, b, c, a - b + c - 2),)


def named() -> Iterator[Pair]:
    """A number of places and their names."""
    for say, many in product(LISTS, (2, 3, 4, 5)):
        for join in (" và ", ", "):
            some = ", ".join(PLACES[: many - 1]) + join + PLACES[many - 1]
            yield (say.format(f"{many:02}", some),), (say.format(f"{many + 1:02}", some),)


def criteria() -> Iterator[Pair]:
    """Things that each bear the name of what is counted."""
    for thing, many, join in product(("tiêu chí", "chỉ tiêu", "nội dung", "tiêu chuẩn"), (2, 3, 4), ("; ", ", ")):
        listed = join.join(f"{thing} số {n} (nội dung {n})" for n in range(7, 7 + many))
        for say in ("Còn {} {} chưa đạt, cụ thể: {}.", "Xã còn {} {} chưa hoàn thành, gồm: {}."):
            yield (say.format(f"{many:02}", thing, listed),), (say.format(f"{many + 1:02}", thing, listed),)


def changes() -> Iterator[Pair]:
    """A figure, its change and the figure before."""
    for say, (now, then) in product(CHANGES, ((58, 55), (92, 121), (1286, 1498), (40, 31), (17, 25))):
        way, by = ("tăng" if now > then else "giảm"), abs(now - then)
        other = "giảm" if way == "tăng" else "tăng"
        yield (say.format(now, way, by, then),), (say.format(now, way, by + 2, then),)
        yield (say.format(now, way, by, then),), (say.format(now, other, by, then),)


def rates() -> Iterator[Pair]:
    """A rate of the period before and the change that it means."""
    for say, rate in product(RATES, (923, 847, 1052, 1180, 981)):
        way, other = ("tăng", "giảm") if rate > 1000 else ("giảm", "tăng")
        told = [f"{one / 10:g}".replace(".", ",") for one in (rate, abs(rate - 1000), abs(rate - 1000) + 30)]
        right = (say.format(MONEY[1](350), told[0], way, told[1]),)
        yield right, (say.format(MONEY[1](350), told[0], other, told[1]),)
        yield right, (say.format(MONEY[1](350), told[0], way, told[2]),)


def kinds() -> Iterator[Pair]:
    """A count and its kinds, which exclude each other."""
    more = cycle((1, -1, 2))
    for say, (what, one, other), (x, y) in product(PARTED, KINDS, ((6, 4), (11, 27))):
        a, b = (one, other)
        right, wrong = (
            say.format(n=n, w=what, a=a, b=b, x=f"{x:02}", y=f"{y:02}") for n in (x + y, x + y + next(more))
        )
        yield (right,), (wrong,)


FAMILIES: dict[str, tuple[str, Callable[[], Iterator[Pair]]]] = {
    "money": ("text-parts-differ", money_parts),
    "products": ("product-differs", products), "flows": ("flow-differs", flows),
    "named": ("named-count-differs", named), "criteria": ("named-count-differs", criteria),
    "changes": ("change-sum-differs", changes),
    "rates": ("change-way-differs", rates), "kinds": ("text-parts-differ", kinds),
    "closed": ("told-before-it-was", closed),
    "slipped": ("year-slipped", slipped), "ends": ("change-way-differs", ends),
}  # fmt: skip
"""Each family of sentences with the rule that must see the wrong ones."""
