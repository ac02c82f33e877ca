"""Papers such as wards and provinces write (all sample), for what is written in several ways: PDF and Word."""

from datetime import UTC, date, datetime

from documents.writing.paper import Annex, Column, Heading, Paper, Paragraph, Row, Signatory, Table

_ACTIVITIES = (
    Column("STT"), Column("Hoạt động"), Column("Số cuộc/đoàn", numeric=True),
    Column("Nam", "Số người tham gia", numeric=True), Column("Nữ", "Số người tham gia", numeric=True),
    Column("Cấp triển khai"),
)  # fmt: skip
_MEDIA = (Column("STT"), Column("Nội dung"), Column("Số lượng", numeric=True), Column("Thời lượng"))
_PRODUCTS = (Column("STT"), Column("Sản phẩm"), Column("Số lượng", numeric=True), Column("Số người tiếp cận"))
_VICE = ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


def ward_report() -> Paper:
    """A ward's report on the Action Month: four sections, three tables, one of them «Không»."""
    activities = Table(_ACTIVITIES, (
        Row(("1", "Lễ phát động", "1", "35", "80", "Phường")),
        Row(("2", "Tọa đàm với cha mẹ học sinh", "3", "1.204", "trên 960", "Phường")),
        Row(("3", "Kiểm tra, giám sát", "2", "…", "…", "Khu phố")),
    ), summary="Biểu 1: hoạt động")  # fmt: skip
    media = Table(_MEDIA, (Row(("1", "Phát thanh trên loa truyền thanh", "12", "180 phút")),))
    nothing = Table(_PRODUCTS, (Row(("", "Không", "", "")),))
    return Paper(
        "report", "UBND HUYỆN AN PHÚ", ("ỦY BAN NHÂN DÂN", "XÃ NHƠN HỘI"), 7, "BC-UBND", "Nhơn Hội", date(2024, 12, 5),
        2024, "BÁO CÁO", "Kết quả Tháng hành động vì bình đẳng giới năm 2024",
        "(Thực hiện Kế hoạch số 112/KH-UBND ngày 26 tháng 02 năm 2024 của UBND huyện An Phú)",
        ("Căn cứ Luật Bình đẳng giới năm 2006;",
         "Căn cứ Nghị quyết số 28/NQ-CP ngày 03 tháng 3 năm 2021 của Chính phủ."),
        (
            Heading("I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH"), Paragraph("Đã ban hành kế hoạch và phân công thực hiện."),
            Heading("II. KẾT QUẢ"), Paragraph("Kinh phí: 15.000.000 đồng."),
            Heading("1. Tổ chức phát động và các hoạt động hưởng ứng, kiểm tra, giám sát", 2), activities,
            Heading("2. Kết quả truyền thông trên các phương tiện thông tin đại chúng, thông tin cơ sở", 2), media,
            Heading("3. Sản xuất, phát hành các sản phẩm truyền thông", 2), nothing,
            Heading("III. KHÓ KHĂN"), Paragraph("Kinh phí còn hạn chế & phải lồng ghép."),
        ),
        "Trên đây là báo cáo của Ủy ban nhân dân xã Nhơn Hội./.", Signatory(_VICE, "Trần Thị Mẫu"),
        ("- UBND huyện An Phú;", "- Phòng Lao động - Thương binh và Xã hội;", "- Lưu: VT, VHXH."),
        datetime(2024, 12, 5, 3, tzinfo=UTC), author="Ủy ban nhân dân xã Nhơn Hội",
    )  # fmt: skip


def ward_plan() -> Paper:
    """A ward's plan: purpose, tasks, assignees, deadlines in a table."""
    asked = Table(
        (Column("STT"), Column("Nội dung"), Column("Thời hạn gửi")),
        (Row(("1", "Báo cáo 6 tháng", "Hết ngày 10/6/2024")), Row(("2", "Báo cáo năm", "Hết ngày 10/12/2024"))),
    )
    return Paper(
        "plan", "UBND THỊ XÃ ĐỨC PHỔ", ("ỦY BAN NHÂN DÂN", "PHƯỜNG NGUYỄN NGHIÊM"), 45, "KH-UBND",
        "Phường Nguyễn Nghiêm", date(2024, 4, 22), 2024, "KẾ HOẠCH", "Hoạt động vì sự tiến bộ của phụ nữ năm 2024",
        None, ("Thực hiện Kế hoạch số 74/KH-UBND ngày 11 tháng 4 năm 2024 của UBND thị xã Đức Phổ.",),
        (
            Heading("I. MỤC ĐÍCH, YÊU CẦU"), Heading("1. Mục đích", 2), Paragraph("Nâng cao nhận thức."),
            Heading("II. NỘI DUNG"), Paragraph("a) Tuyên truyền."), Paragraph("b) Tập huấn."),
            Heading("III. KINH PHÍ"), Paragraph("Từ dự toán được giao: 4.267.000 đồng."),
            Heading("IV. CHẾ ĐỘ BÁO CÁO"), asked,
            Heading("V. TỔ CHỨC THỰC HIỆN"), Paragraph("1. Công chức Văn hóa - Xã hội: Tham mưu, tổng hợp"),
        ),
        "Trên đây là Kế hoạch hoạt động; các đơn vị tổ chức triển khai thực hiện./.", Signatory(_VICE, "Lê Văn Mẫu"),
        ("- UBND thị xã Đức Phổ;", "- Trạm Y tế;", "- Lưu: VT."), datetime(2024, 4, 22, 3, tzinfo=UTC),
        author="Ủy ban nhân dân phường Nguyễn Nghiêm",
    )  # fmt: skip


def province_report() -> Paper:
    """A province's total: coverage with a named gap, and an annex so wide that it lies on landscape pages, in parts."""
    groups = ("Lễ phát động", "Tọa đàm, hội nghị", "Tập huấn", "Kiểm tra, giám sát", "Hội thi")
    columns = [Column(name, group, numeric=True) for group in groups for name in ("Số cuộc", "Nam", "Nữ")]
    units = [Row((str(n), f"Xã Mẫu số {n}", *("…" if n % 7 == at % 7 else f"{n * 1000 + at:,}".replace(",", ".")
                                                    for at in range(15)))) for n in range(1, 41)]  # fmt: skip
    units[4] = Row(("5", "Xã Mẫu số 5"), "gap", "chưa gửi báo cáo")
    total = Row(("", "Tổng cộng", *["1.234.567"] * 15), "total")
    wide = Table((Column("STT"), Column("Đơn vị"), *columns), (*units, total), 2, "Biểu 1 theo từng đơn vị")
    heads = (Column("STT"), Column("Chỉ tiêu"), Column("Số lượng", numeric=True), Column("Tỷ lệ (%)", numeric=True))
    body = Table(heads, (Row(("A. Chính trị",), "heading"), Row(("1", "Nữ lãnh đạo", "2", None)), Row((), "gap", "…")))
    return Paper(
        "report", None, ("ỦY BAN NHÂN DÂN", "TỈNH LAI CHÂU"), 512, "BC-UBND", "Lai Châu", date(2023, 12, 28), 2023,
        "BÁO CÁO", "Kết quả Tháng hành động năm 2023", None, (),
        (Paragraph("Số liệu được tổng hợp từ báo cáo của 39/40 đơn vị. Chưa có số liệu của: Xã Mẫu số 5.", "strong"),
         Heading("I. TỔNG HỢP SỐ LIỆU"), Heading("1. Chỉ tiêu", 2), body, body,
         Paragraph("Ghi chú: «…» là chưa có số liệu báo cáo, không phải số 0.", "note")),
        "Trên đây là báo cáo. Ủy ban nhân dân tỉnh Lai Châu trân trọng báo cáo./.",
        Signatory(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Phạm Thị Mẫu"), ("- Bộ Nội vụ;", "- Lưu: VT."),
        datetime(2023, 12, 28, 3, tzinfo=UTC),
        (Annex("Số liệu theo từng đơn vị", (Heading("1. Hoạt động", 2), wide)),
         Annex("Ghi thêm", (Paragraph("Không."),))),
        author="Ủy ban nhân dân tỉnh Lai Châu",
    )  # fmt: skip


SAMPLES = {"ward": ward_report, "plan": ward_plan, "province": province_report}
