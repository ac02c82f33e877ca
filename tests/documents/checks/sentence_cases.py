"""Rules of sentences, days and laws: for each a paper that it must stop at, and a neighbour that is right."""

from __future__ import annotations

from dataclasses import replace

from documents.checks.papers.paper import Cited, Grid, Paper, Said, Sentence
from documents.reading.days.dates import PartialDate
from tests.documents.checks.check_papers import HEAD, PAPER, grid, saying

LATE = replace(HEAD, date=Said(PartialDate(2025, 10, 30), "trang 1, dòng 3"),
               recipients=(Said("UBND tỉnh", "trang 3, dòng 35"), Said("Lưu: VT", "trang 3, dòng 36")))  # fmt: skip
LAW = Cited("Luật số 65/2025/QH15", "65/2025/QH15", "Luật", PartialDate(2025, 2, 19), "", "", "legal", True,
            "trang 1, dòng 5")  # fmt: skip
DECREE = replace(LAW, words="Nghị định số 20/2014/NĐ-CP", code="20/2014/NĐ-CP", type_word="Nghị định",
                 date=PartialDate(2014, 3, 24))  # fmt: skip
MONEY = ("TT", "Nội dung", "Thực hiện (triệu đồng)")
VISITS = ("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện")


def planned(*words: str, late: bool = False) -> Paper:
    """A plan that says this."""
    text = tuple(Sentence(said, f"trang 2, dòng {n}") for n, said in enumerate(words))
    head = LATE if late else replace(HEAD, date=Said(PartialDate(2024, 3, 6), "trang 1, dòng 3"))
    year = "2025" if late else "2024"
    return replace(PAPER, kind="plan", type_word="Kế hoạch", head=head, text=text,
                   title=Said(f"Tiêm phòng vắc xin năm {year}", "trang 1, dòng 4"))  # fmt: skip


def beside(table: Paper, *words: str) -> Paper:
    """The table's report with sentences too."""
    return replace(table, text=saying(*words).text)


TAX = grid(MONEY, ("1", "Tiền sử dụng đất", "128.450"), ("2", "Lệ phí trước bạ", "35.640"))
SEEN = grid(VISITS, ("1", "Phụ nữ khám phụ khoa", "lượt", "620", "594"), ("2", "Đặt vòng tránh thai", "ca", "45", "42"))
GOALS = Grid(1, "Chỉ tiêu", ("STT", "Chỉ tiêu", "Năm 2024"),
             (("1", "Người bị bạo lực trên cơ sở giới được tiếp cận dịch vụ trợ giúp", "≥ 80%"),),
             ("bảng 1, ô 2,1",), False, "trang 3, dòng 3")  # fmt: skip

SENTENCES: dict[str, tuple[Paper, Paper]] = {
    "flow-differs": (
        saying("Đầu năm 196 hộ; trong năm có 57 hộ thoát nghèo, phát sinh 11 hộ; cuối năm còn 148 hộ."),
        saying("Nhận 70 lọ (10 liều/lọ), sử dụng 66 lọ, còn lại 04 "
               "lọ.", "Đầu năm có 12 hộ, giảm 3 hộ so với cùng kỳ, còn 40"
               " hộ cận nghèo.", "Đàn trâu, bò đầu kỳ 1.550 con, bán 120 con, lợn 5.200 con."),
    ),
    "change-way-differs": (
        saying("Lệ phí trước bạ: 35.640 triệu đồng, bằng 92,3% cùng kỳ, tăng 7,7%."),
        saying("Thu 35 triệu đồng, bằng 92,3% cùng kỳ, giảm 7,7%; đạt 84,7% dự toán, tăng 5,0%.",
               "Giảm từ 120 hộ xuống còn 95 hộ.", "Tỷ lệ nữ 29,5%, tăng 0,9% so với năm 2023 (28,6%)."),
    ),
    "named-count-differs": (
        saying("Còn 03 tiêu chí chưa đạt, cụ thể: tiêu chí số 10 (Thu nhập); tiêu chí số 17 (Môi trường)."),
        saying("Vẫn còn 3 xã có tỷ lệ thấp, gồm: Phước Thái, Phước Hữu, Phước Vinh (bảng kèm theo).",
               "Toàn xã có 15 trường (05 mầm non, 05 tiểu học, 05 THCS).", "Có 5 thôn, tiêu biểu là: Kim Sơn, Hải Vân.",
               "Giám sát tại 04 xã, trong đó có: Đạ Tông, Rô Men."),
    ),
    "money-unit-differs": (
        beside(TAX, "- Tiền sử dụng đất: 128.450 đồng, đạt 61,2% dự toán."),
        beside(TAX, "- Tiền sử dụng đất: 128.450 triệu đồng.", "- Lệ phí trước bạ: 35,64 tỷ đồng."),
    ),
    "told-otherwise": (
        beside(SEEN, "Đã có 604 chị em đến Trạm để soi, khám phụ khoa."),
        beside(SEEN, "Đã có 594 chị em đến Trạm để soi, khám phụ khoa.", "Kế hoạch giao 620 chị em khám phụ khoa.",
               "Khám sức khỏe cho 600 học sinh."),
    ),
    "year-slipped": (
        saying("Chiến dịch từ ngày 08/4/2024 đến ngày 18/4/2024; ngày 22/4/2023 tổ chức tiêm vét."),
        saying("Đợt 1 ngày 22/4/2023, đợt 2 ngày "
               "18/4/2024.", "Kế hoạch ngày 02/4/2024 thay thế Kế hoạch số 31/KH-UBND ngày"
               " 20/4/2023."),
    ),
    "deadline-before-end": (
        planned("Thời gian: từ ngày 16/3/2024 đến hết ngày 15/4/2024.",
                "Các thôn gửi kết quả toàn đợt về Phòng Kinh tế trước ngày 10/4/2024."),
        planned("Thời gian: từ ngày 16/3/2024 đến hết ngày 15/4/2024.", "Các thôn gửi danh sách trước ngày 20/3/2024.",
                "Các thôn gửi kết quả toàn đợt về Phòng Kinh tế trước ngày 20/4/2024."),
    ),
    "unit-level-abolished": (
        planned("UBND các huyện, thị xã, thành phố: xây dựng kế hoạch, bố trí kinh phí.", late=True),
        planned("Trước ngày 01/7/2025, UBND các huyện đã tổ chức thực hiện.", "UBND các xã, phường: xây dựng kế hoạch.",
                "Cơ quan, đơn vị: phối hợp thực hiện.", late=True),
    ),
    "law-misquoted": (
        replace(PAPER, cited=(replace(DECREE, date=PartialDate(2015, 3, 24)),)),
        replace(PAPER, cited=(DECREE, replace(LAW, code="28/NQ-CP", date=PartialDate(2024, 2, 20)))),
    ),
    "law-replaced": (
        replace(PAPER, head=LATE, cited=(LAW,)),
        replace(PAPER, head=replace(LATE, date=Said(PartialDate(2025, 5, 5), "trang 1, dòng 3")), cited=(LAW,)),
    ),
}  # fmt: skip
"""By code: wrong, right."""


def otherwise() -> list[tuple[str, Paper]]:
    """Other ways to be wrong."""
    return [
        ("told-otherwise", replace(planned("- 85% nạn nhân bạo lực giới được nhận các dịch vụ hỗ trợ cơ "
          "bản."), grids=(GOALS,))),
        ("year-slipped", planned("Tháng cao điểm: tổ chức từ ngày 15/11 đến ngày 15/12/2023.")),
        ("told-before-it-was", saying("UBND xã báo cáo (số liệu phát sinh đến hết ngày 30/12/2024) như sau:")),
        ("annex-missing", replace(planned("Báo cáo theo mẫu tại Phụ lục 02."), annexes=("PHỤ LỤC 01",))),
        ("deadline-differs", planned(
            "UBND các xã: xây dựng kế hoạch, gửi báo cáo kết quả về Sở Nội vụ trước ngày 18/12/2024.",
            "Các đơn vị, địa phương gửi báo cáo về Sở Nội vụ chậm nhất ngày 22/12/2024 để tổng hợp.")),
        ("told-otherwise", replace(saying(""), text=(
            Sentence("Mở 22 buổi truyền thông trực tiếp tại khu phố về ứng xử.", "a", section="I"),
            Sentence("24 buổi nói chuyện ở các khu phố 12.000.000 đồng.", "b", section="II")))),
    ]  # fmt: skip
