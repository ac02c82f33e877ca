"""Rules that see what is said twice in a paper: for each one that must stop, and a neighbour that is right."""

from __future__ import annotations

from dataclasses import replace

from documents.checks.papers.paper import Grid, Paper, Said, Sentence, Unit
from documents.reading.days.dates import PartialDate
from tests.documents.checks.check_papers import HEAD, PAPER, grid, saying, with_head
from tests.documents.checks.sentence_cases import SENTENCES, otherwise

PLAN = replace(PAPER, kind="plan", type_word="Kế hoạch", title=Said("Công tác trẻ em năm 2024", "trang 1, dòng 4"),
               head=replace(HEAD, date=Said(PartialDate(2024, 5, 14), "trang 1, dòng 3")))  # fmt: skip
LETTER = replace(PLAN, kind="", type_word="Công văn", title=None)
MONTHS = ("TT", "Nội dung", "Tháng 1", "Tháng 2", "Tháng 3", "Quý I")
GOALS = ("TT", "Nội dung", "Chỉ tiêu", "Kết quả", "Đánh giá")
PLACES = ("TT", "Thôn", "Hộ nghèo|Số hộ", "Hộ cận nghèo|Số hộ")
PRICES = ("Nội dung", "Số lượng", "Đơn giá", "Thành tiền")
CHANGED = ("TT", "Nội dung", "Năm 2023", "Năm 2024", "Tăng, giảm")


LATE = Said(PartialDate(2025, 9, 16), "trang 1, dòng 3")
PROVINCE = Unit("Tỉnh Mẫu", "province", communes=124, kinds=("dac khu", "phuong", "xa"))


def plan(*words: str, section: str = "") -> Paper:
    """A plan that says this."""
    return replace(
        PLAN, text=tuple(Sentence(said, f"trang 2, dòng {n}", section=section) for n, said in enumerate(words))
    )


def letter(*words: str) -> Paper:
    """A letter that asks for something, each item a section of its own."""
    text = (Sentence(said, f"trang 1, dòng {n}", section=said) for n, said in enumerate(words, 7))
    return replace(LETTER, text=tuple(text))


def both(table: Paper, *words: str) -> Paper:
    """The table's report with sentences too."""
    return replace(table, text=saying(*words).text)


SAID: dict[str, tuple[Paper, Paper]] = {
    **SENTENCES,
    "text-parts-differ": (
        saying("Kinh phí 85.000.000 đồng, trong đó ngân sách xã 60.000.000 đồng, xã hội hóa 35.000.000 đồng."),
        saying("Kinh phí 1,85 tỷ đồng, trong đó ngân sách 950 triệu đồng, xã hội hóa 900.000.000 đồng.",
               "Có 40 học viên, gồm 25 học viên nữ, 20 người dân tộc thiểu số.",
                    "Dư nợ 9 triệu đồng, mỗi hộ vay 3 triệu"
               " đồng, tăng 1 triệu đồng."),
    ),
    "change-sum-differs": (
        saying("Hộ nghèo: 92 hộ, chiếm 7,08%, giảm 31 hộ so với đầu năm 2024 (121 hộ)."),
        saying("Học sinh bỏ học là 781 em (nữ 283 em), giảm 119 em so với cùng kỳ (900 em).",
               "Tặng 20 suất quà, tăng 5 suất so với năm 2023; 31 hộ thoát nghèo (121 hộ được vay vốn)."),
    ),
    "change-share-differs": (
        saying("Xảy ra 04 vụ, giảm 01 vụ (giảm 25%) so với cùng kỳ."),
        saying("Xảy ra 04 vụ, giảm 01 vụ (giảm 20%) so với cùng kỳ.", "Có 45 hộ, giảm 12 hộ, đạt 80% kế hoạch."),
    ),
    "sub-rows-differ": (
        grid(("TT", "Chỉ tiêu", "Năm 2023", "Năm 2024"), ("3", "Số vụ", "5", "4"), ("3.1", "Thân thể", "3", "2"),
             ("3.2", "Tinh thần", "2", "2"), ("3.3", "Kinh tế", "0", "1")),
        grid(("TT", "Chỉ tiêu", "Năm 2023", "Năm 2024"), ("3", "Người được hỗ trợ", "50", "40"),
             ("3.1", "Dân tộc thiểu số", "45", "38"), ("3.2", "Khuyết tật", "9", "7")),
    ),
    "time-columns-differ": (
        grid(MONTHS, ("1", "Số trẻ sinh", "38", "41", "36", "115"), ("2", "Con thứ 3", "2", "3", "1", "7"),
             ("3", "Khám", "6", "4", "9", "19")),
        grid(MONTHS, ("1", "Số trẻ sinh", "38", "41", "36", "115"), ("2", "Tỷ số giới tính", "111", "115", "111",
             "113"),
             ("3", "Khám", "6", "4", "9", "19"), ("4", "Trẻ đang theo dõi", "40", "41", "43", "43")),
    ),
    "product-differs": (
        saying("Tặng 35 suất quà, mỗi suất 300.000 đồng, tổng trị giá 11.500.000 đồng."),
        saying("Tặng 35 suất quà, mỗi suất 300.000 đồng, tổng trị giá 10.500.000 đồng.",
               "96 hộ vay tổng số 4.310 triệu đồng, bình quân 45 triệu đồng/hộ.",
               "Tổ chức 14 buổi tại 14 thôn (mỗi thôn 01 buổi)."),
    ),
    "words-differ": (
        saying("Kinh phí 51.500.000 đồng (Năm mươi mốt triệu đồng)."),
        saying("Kinh phí 51.500.000 đồng (Năm mươi mốt triệu, năm trăm nghìn đồng chẵn).",
               "Chi 15.000.000 đồng (hai đợt), 106.200.000 đồng (Một trăm linh sáu triệu, hai trăm nghìn đồng)."),
    ),
    "weekday-differs": (
        saying("Khai mạc 7 giờ 30, thứ Hai, ngày 06/12/2024."),
        saying("Khai mạc 7 giờ 30, thứ Sáu, ngày 06/12/2024; họp thứ 5, ngày 06/12/2024; ngày 08/12/2024 (Chủ nhật)."),
    ),
    "span-reversed": (
        saying("Thời gian: từ ngày 15/11/2024 đến ngày 15/12/2023."),
        saying("Thời gian: từ ngày 15/12/2023 đến ngày 14/12/2024; từ ngày 15/11 đến ngày 15/12/2024."),
    ),
    "told-before-it-was": (
        saying("Tính đến ngày 20/12/2024 có 24 thôn ký cam kết.", counts=True),
        saying("Tính đến ngày 14/12/2024 có 24 thôn ký cam kết.", "Ngày 20/12/2024 sẽ tổ chức tổng kết.", counts=True),
    ),
    "goal-judged-wrongly": (
        grid(GOALS, ("1", "Tỷ lệ nữ hưởng lương", "50%", "48,9%", "Đạt"), ("2", "Tỷ lệ nữ giám đốc", "27%", "31%",
             "Vượt")),
        grid(GOALS, ("1", "Tỷ số giới tính khi sinh", "111", "108,6", "Đạt"), ("2", "Tỷ lệ tham gia", "50%", "48,9%",
             "Chưa đạt"), ("3", "Lao động nông nghiệp", "dưới 30%", "2,4%", "Đạt"), ("4", "Hộ nghèo", "3%", "2%",
                  "Vượt"),
             ("5", "Hội viên mới", "40", "40", "Đạt")),
    ),
    "deadline-differs": (
        letter("3. Báo cáo gửi về Sở Nội vụ chậm nhất ngày 05/6/2024.",
               "4. Quá thời hạn ngày 08/6/2024 nêu tại mục 3, đơn vị nào chưa gửi thì bị nhắc."),
        plan("1. Các thôn báo cáo Phòng Văn hóa - Xã hội trước ngày 05/6/2024.",
             "2. Phòng Văn hóa - Xã hội tổng hợp, báo cáo UBND huyện trước ngày 08/6/2024.",
             "3. Phòng Văn hóa - Xã hội báo cáo UBND huyện kết quả năm trước ngày 20/6/2024."),
    ),
    "deadline-before-data": (
        letter("2. Kỳ số liệu: từ ngày 15/12/2023 đến ngày 14/6/2024.",
             "3. Báo cáo gửi về Sở Nội vụ trước ngày 05/6/2024."),
        letter("2. Kỳ số liệu: từ ngày 15/12/2023 đến ngày 14/6/2024.",
             "3. Báo cáo gửi về Sở Nội vụ trước ngày 17/6/2024."),
    ),
    "deadline-past": (
        replace(PLAN, grids=(Grid(1, "", ("TT", "Nhiệm vụ", "Thời gian"), (("1", "Treo pano", "Trước 30/5/2023"),),
                                  ("bảng 1, ô 2,1",), False, "trang 2, dòng 1"),)),
        plan("Xã thành lập trước ngày 01/7/2023 báo cáo số liệu bàn giao.", "Các thôn báo cáo trước ngày 30/5/2024."),
    ),
    "annex-missing": (
        replace(letter("Đề cương tại Phụ lục I, biểu tại Phụ lục II kèm theo Công văn này."), annexes=("PHỤ LỤC II",)),
        replace(letter("Theo Phụ lục I và II kèm theo; mẫu tại Phụ lục III Thông tư số 02/2023/TT-BNV."),
                annexes=("Phụ lục 01: ĐỀ CƯƠNG", "PHỤ LỤC II")),
    ),
    "announced-count-differs": (
        plan("Tập trung 05 nhiệm vụ sau:", "1. Một.", "Thêm.", "2. Hai.", "3. Ba.", "4. Bốn.", "II. KINH PHÍ"),
        plan("Tập trung 03 nhiệm vụ sau:", "a) Một.", "- x", "b) Hai.", "c) Ba.", "Thực hiện 02 nội dung:",
             "Một nội dung."),
    ),
    "citation-differs": (
        saying("Thực hiện Kế hoạch số 63/KH-UBND ngày 25/9/2024 của UBND thị xã Mẫu.",
               "Kế hoạch số 63/KH-UBND ngày 26 tháng 9 năm 2024 đã nêu."),
        saying("Thực hiện Kế hoạch số 63/KH-UBND ngày 25/9/2024 của UBND thị xã Mẫu.",
               "UBND phường ban hành Kế hoạch số 63/KH-UBND ngày 25/10/2024."),
    ),
    "text-unlike-cell": (
        both(grid(("TT", "Nội dung", "Số lượng"), ("1", "Tin, bài trên cổng thông tin điện tử", "12")),
             "Đăng tải 14 tin, bài trên cổng thông tin điện tử của phường."),
        both(grid(("TT", "Nội dung", "Số lượng"), ("1", "Tin, bài trên cổng thông tin điện tử", "12")),
             "Đăng tải 04 tin, bài trên cổng thông tin điện tử về trẻ em.",
             "Năm trước đăng tải 9 tin, bài trên cổng thông tin điện tử so với 12 tin năm nay."),
    ),
    "authority-differs": (with_head(post="CHỦ TỊCH"), with_head(post="CHỦ TỊCH", authority="TM.", on_behalf="")),
    "archive-missing": (
        with_head(recipients=(Said("UBND thị xã", "x"), Said("Các khóm", "x"))),
        with_head(recipients=(Said("UBND thị xã", "x"), Said("Lưu VT", "x"))),
    ),
    "year-left-over": (
        saying("UBND phường báo cáo kết quả công tác bình đẳng giới năm 2023 như sau:"),
        saying("Thực hiện Kế hoạch năm 2023, UBND phường báo cáo kết quả năm 2024 như sau:"),
    ),
    "row-twice": (
        grid(PLACES, ("1", "Thôn 1", "4", "9"), ("2", "Thôn 2", "5", "8"), ("3", "Thôn 1", "3", "6")),
        grid(("TT", "Họ và tên", "Chức vụ"), ("1", "Lê Thị Mẫu", "Trưởng thôn"), ("2", "Lê Thị Mẫu", "Y tế thôn")),
    ),
    "row-number-broken": (
        grid(PLACES, ("1", "Thôn 1", "4", "9"), ("2", "Thôn 2", "5", "8"), ("4", "Thôn 3", "3", "6")),
        grid(PLACES, ("1", "Thôn 1", "4", "9"), ("2", "Thôn 2", "5", "8"), ("1", "Khóm 3", "3", "6"), ("", "Cộng",
             "12", "23")),
    ),
    "from-to-differs": (
        saying("Tỷ lệ hộ nghèo từ 4,5% xuống còn 3,2%, giảm 1,5%."),
        saying("Tỷ lệ hộ nghèo từ 4,5% xuống còn 3,2%, giảm 1,3%.", "Số hộ từ 120 hộ lên 132 hộ, tăng 12 hộ.",
               "Từ 25% lên 30%, tăng 20%.", "Từ 10 đến 15 hộ ở mỗi bản, giảm 3 hộ."),
    ),
    "money-average-differs": (
        saying("Có 96 hộ vay với dư nợ 4.320 triệu đồng, bình quân 54 triệu đồng/hộ."),
        saying("Có 96 hộ vay với dư nợ 4.320 triệu đồng, bình quân 45 triệu đồng/hộ.",
               "Có 97 hộ vay với dư nợ 4.320 triệu đồng, bình quân 44,5 triệu đồng/hộ.",
               "Thu nhập bình quân 52 triệu đồng/người; 300 người được vay 9 tỷ đồng từ 2 quỹ."),
    ),
    "anniversary-differs": (
        saying("Hướng tới kỷ niệm 25 năm Ngày Gia đình Việt Nam (28/6/2001 - 28/6/2025)."),
        saying("Hướng tới kỷ niệm 25 năm Ngày Gia đình Việt Nam (28/6/2001 - 28/6/2026)."),
    ),
    "body-abolished": (
        replace(with_head(date=LATE, recipients=(Said("Sở Lao động - Thương binh và Xã hội", "x"), Said("Lưu: VT",
             "x"))), period=None),
        replace(with_head(date=LATE, recipients=(Said("Sở Nội vụ", "x"), Said("Lưu: VT", "x"))),
                text=saying("Trước đây gửi Sở Lao động - Thương binh và Xã hội; nay gửi Sở Nội vụ.").text, period=None),
    ),
    "units-count-differs": (
        saying("Đã có 125/125 xã, phường, đặc khu báo cáo.", unit=PROVINCE),
        saying("Đã có 98/124 xã, phường, đặc khu, 21/103 xã, 20/20 phường báo cáo.", unit=PROVINCE),
    ),
    "share-impossible": (
        saying("Tổng số 100 người, trong đó nam chiếm 52,1%, nữ chiếm 48,9%."),
        saying("Nam chiếm 52,1%, nữ chiếm 47,9%.", "Tỷ lệ nam đi học 98,2%, nữ 97,1%.", "Thu quỹ đạt 112% kế hoạch."),
    ),
}  # fmt: skip


def more() -> list[tuple[str, Paper]]:
    """What else each rule must stop at."""
    changed = grid(
        CHANGED, ("1", "Số hộ", "5.710", "5.742", "+32"), ("2", "Số vụ", "5", "4", "-1"), ("3", "Cặp", "9", "7", "-3")
    )
    rows = grid(CHANGED, ("1", "Tổng số hộ gia đình", "5.710", "5.742", "+32"))
    events = grid(
        ("TT", "Hoạt động", "Số cuộc", "Số người|Nam", "Số người|Nữ"), ("1", "Hội nghị truyền thông", "6", "210", "345")
    )
    totals = grid(("TT", "Khu phố", "Số hộ", "Nhân khẩu|Tổng"), ("1", "Một", "1.240", "4.310"), ("2", "Hai", "1.385",
         "4.872"),
                  ("", "Tổng cộng", "2.625", "9.182"))  # fmt: skip
    loans = grid(
        ("TT", "Nội dung", "Thực hiện"), ("1", "Phụ nữ vay vốn ngân hàng", "251"), ("2", "Hộ thoát nghèo", "12")
    )
    names = Grid(1, "", ("STT", "Họ và tên"), (("1", "Ông Mẫu A"), ("2", "Bà Mẫu B")), ("x", "y"), False, "z")
    task = Grid(1, "", ("TT", "Nội dung", "Đơn vị chủ trì", "Thời gian"), (("5", "Tổng hợp, báo cáo kết quả",
         "Công chức VH-XH",
                "16/12/2024"),), ("bảng 1, ô 6,1",), False, "trang 3, dòng 4")  # fmt: skip
    year = (Grid(1, "BIỂU SỐ LIỆU NĂM 2023", (), (), (), False, "trang 3, dòng 1"),)
    return [
        ("change-sum-differs", changed), ("change-sum-differs", both(rows,
             "Có 5.742 hộ gia đình, tăng 42 hộ so với cùng kỳ.")),
        ("text-unlike-cell", both(events, "Tổ chức 06 hội nghị truyền thông với 565 người tham dự.")),
        ("text-unlike-cell", both(events, "Tổ chức 06 hoạt động với 565 người tham gia (nam 210, nữ 345).")),
        ("text-unlike-cell", both(totals, "Phường có 02 khu phố với 2.625 hộ, 9.128 nhân khẩu.")),
        ("text-unlike-cell", both(loans, "Đã có 215 phụ nữ được vay vốn với số tiền 9 tỷ đồng.")),
        ("text-parts-differ", saying("Xảy ra 04 vụ bạo lực, gồm 02 vụ thân thể, 02 vụ tinh thần, 01 vụ kinh tế.")),
        ("text-parts-differ", saying("Xảy ra 04 vụ (thân thể 02 vụ, tinh thần 02 vụ, kinh tế 01 vụ).")),
        ("text-parts-differ", saying("Chi quà 10.000.000 đồng, học bổng 5.000.000 đồng, tổng cộng 16.000.000 đồng.")),
        ("product-differs", saying("Tổ chức 12 buổi tại 14/14 thôn, khu phố (mỗi thôn, khu phố 01 buổi).")),
        ("product-differs", grid(PRICES, ("A", "2", "300", "600"), ("B", "3", "100", "300"), ("C", "4", "200", "900"))),
        ("announced-count-differs", replace(plan("Thành lập Ban gồm 03 thành viên, có tên sau đây:"), grids=(names,))),
        ("announced-count-differs", plan("Thực hiện 04 giải pháp: (1) một; (2) hai; (3) ba.")),
        ("deadline-differs", replace(
            plan("1. Công chức Văn hóa - Xã hội: tham mưu; tổng hợp, báo cáo UBND huyện trước ngày 18/12/2024."),
                 grids=(task,))),
        ("year-left-over", replace(PAPER, grids=year)), ("told-before-it-was",
             saying("Ngày 20/12/2024, phường đã tổ chức hội nghị.")),
        ("change-sum-differs", saying("Hộ nghèo 92 hộ, giảm 31 hộ so với năm 2023 là 121 hộ.")),
        ("text-parts-differ", saying("Ban hành 05 văn bản, gồm 02 kế hoạch, 02 công văn và 02 thông báo.")),
        ("deadline-past", plan("2. Thời gian: Từ ngày 15/11/2023 đến ngày 15/12/2023.")),
        ("product-differs", plan("Tổ chức tại 06 thôn, mỗi thôn 02 buổi, tổng số 10 buổi.")),
        ("deadline-differs", plan("Các đơn vị gửi báo cáo về Phòng Văn hóa - Xã hội trước ngày 10/6/2024.",
                                  "Các cơ quan báo cáo về Phòng Văn hóa - Xã hội chậm nhất ngày 15/6/2024.")),
        ("goal-judged-wrongly", saying("Tỷ lệ nữ tham gia đạt 48,9%, vượt chỉ tiêu 50%.")),
        ("authority-differs", with_head(authority="", on_behalf="", with_tm=False)),
        *otherwise(),
    ]  # fmt: skip


def all_right() -> list[Paper]:
    """What looks wrong to a hasty eye, and is right."""
    second = replace(
        grid(CHANGED, ("3", "Người được hỗ trợ", "50", "40", "-10"), ("3.1", "Dân tộc thiểu số", "45", "38", "-7"),
             ("3.2", "Người khuyết tật", "5", "7", "+2")))  # fmt: skip
    return [
        saying("Thu quỹ 100 triệu đồng, gồm hội phí 60 triệu đồng, ủng hộ 40 triệu đồng; đã chi 80 triệu đồng."),
        saying("Kinh phí 120 triệu đồng, gồm ngân sách 60 triệu đồng, huy động 60 triệu đồng, trong đó doanh nghiệp 40"
               " triệu đồng."),
        saying("Hỗ trợ 10 triệu đồng cho 5 hộ, 3 triệu đồng cho 2 hộ, tổng thu quỹ 50 triệu đồng."),
        saying("Kinh phí 85 triệu đồng, trong đó ngân sách xã 60 triệu đồng."),
        saying("Hộ nghèo 92 hộ, giảm 31 hộ so với năm 2023 (kế hoạch giảm 20 hộ)."),
        saying("Tổ chức hội thi và tặng 35 suất quà, mỗi suất 300.000 đồng, tổng kinh phí 20.000.000 đồng."),
        saying("Tổ chức 12 cuộc (02 cuộc do Hội Phụ nữ, 03 cuộc do Đoàn Thanh niên chủ trì)."),
        saying("Quà tặng 20 suất cho hộ nghèo, giám sát 3 cuộc so với 5 cuộc năm 2023."),
        second,
        plan("Phòng Văn hóa - Xã hội: báo cáo UBND xã trước ngày 05/6/2024; báo cáo Sở Nội vụ trước ngày 10/6/2024."),
        replace(PLAN, text=(
            Sentence("Báo cáo gửi về Phòng Văn hóa - Xã hội trước ngày 05/6/2024.", "x", section="1. Hội Phụ nữ xã"),
            Sentence("Báo cáo gửi về Phòng Văn hóa - Xã hội trước ngày 08/6/2024.", "y",
                 section="2. Đoàn Thanh niên"))),
        saying("Có 12 học viên, gồm 8 nữ, 5 đảng viên.",
             "Ban hành 06 văn bản, gồm 02 kế hoạch, 02 công văn, 02 thông báo."),
        plan("Phòng Văn hóa - Xã hội: báo cáo tiến độ trước ngày 05/6/2024; báo cáo kết quả trước ngày 10/6/2024."),
        replace(PLAN, grids=(Grid(1, "", ("TT", "Nhiệm vụ", "Thời gian"), (("1", "Xây dựng kế hoạch", "31/01/2024"),),
                                  ("bảng 1, ô 2,1",), False, "trang 2, dòng 1"),)),
        replace(letter("Theo đề cương tại Phụ lục I và Phụ lục II."), annexes=("Phụ lục II kèm theo Công văn này.",)),
        replace(plan("Ban gồm 02 thành viên, có tên sau đây:"), grids=(
            Grid(1, "", ("STT", "Họ và tên"), (("I", "Ban chỉ đạo"), ("1", "Ông Mẫu A"), ("2", "Bà Mẫu B")),
                 ("x", "y", "z"), False, "w"),)),
        saying("1. Khắc phục tồn tại năm 2023", section="1. Khắc phục tồn tại năm 2023"),
        saying("Toàn xã có 8/10 thôn đạt 80%, vượt chỉ tiêu kế hoạch (70%); tỷ lệ hộ nghèo 2,8%, đạt chỉ tiêu 3%."),
        both(grid(PLACES, ("1", "Thôn Một", "4", "9"), ("2", "Thôn Hai", "5", "8"), ("", "Tổng cộng", "9", "17")),
             "Toàn xã có 9 hộ nghèo.", "Thôn Một có 4 hộ nghèo.", "Có 3 hộ nghèo do phụ nữ làm chủ hộ.",
             "Đầu năm có 12 hộ nghèo.", "Hỗ trợ 6 hộ nghèo."),
    ]  # fmt: skip
