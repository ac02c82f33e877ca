"""Letterheads as offices set them: the unit above the body, a broken motto, a wide line; whose paper it is."""

from __future__ import annotations

from documents.reading.formats import plain
from documents.reading.incoming import Incoming
from documents.reading.model import Line, Text
from documents.reading.names.gazetteer import shipped
from documents.reading.recognising import recognise

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
DATED = "ngày 11 tháng 12 năm 2025\n"
BODY = "\nBÁO CÁO\nKết quả công tác gia đình năm 2025\n\nCó 5 hộ.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"


def read(said: str) -> Incoming:
    """What a text says."""
    assert shipped()
    return recognise(plain.read("a.txt", "00", said.encode()))


def test_a_unit_may_stand_above_the_body_with_number_and_date_on_one_wide_line() -> None:
    wide = "Số : 63 /BC-UBND" + " " * 50 + "Tân Hòa, ngày 11 tháng 12 năm 2025\n"
    found = read(f"PHƯỜNG TÂN HÒA - THÀNH PHỐ HỒ CHÍ MINH\nỦY BAN NHÂN DÂN\n{wide}\n{MOTTO}{BODY}")
    assert (found.number.value, found.symbol.value, found.place.value) == ("63", "BC-UBND", "Tân Hòa")
    assert found.issuer.value == "UBND phường Tân Hòa" and not found.issuer.asks
    assert found.province.value == "Thành phố Hồ Chí Minh" and found.parent_line.value is None


def test_a_motto_that_its_column_breaks_is_no_part_of_the_issuer() -> None:
    head = (
        "UBND TỈNH CÀ MAU     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT\nSỞ Y TẾ             NAM\n"
        "Số: 19/BC-SYT        Độc lập - Tự do - Hạnh phúc\n                     Cà Mau, ngày 12 tháng 12 năm 2025\n"
    )
    assert read(head + BODY).issuer.value == "Sở Y tế tỉnh Cà Mau"
    dated = head.replace("Cà Mau, ngày 12 tháng 12 năm 2025", "Cà Mau, ngày     tháng 12     năm 2025")
    assert read(dated + BODY).date.value.iso == "2025-12"  # type: ignore[union-attr]


def test_a_unit_that_only_the_text_names_is_asked_about() -> None:
    said = BODY.replace("Có 5 hộ.", "Phường Tân Thành và phường Tân Thành có 5 hộ. Đề nghị hỗ trợ.")
    found = read(f"ỦY BAN NHÂN DÂN\nSố: 6/BC-UBND\n\n{MOTTO}ngày 11 tháng 12 năm 2025\n{said}")
    assert found.unit.asks and found.issuer.asks
    assert "nhắc nhiều" in found.unit.said or "cùng tên" in found.unit.said


def test_the_place_before_the_date_names_the_unit_of_a_bare_body() -> None:
    said = BODY.replace("Có 5 hộ.", "Xã Krông Năng và xã Krông Năng có 5 hộ.")
    found = read(f"ỦY BAN NHÂN DÂN XÃ\nSố: 6/BC-UBND\n\n{MOTTO}Hàm Thuận Bắc, ngày 11 tháng 12 năm 2025\n{said}")
    assert found.unit.value is not None and found.unit.value.name == "Xã Hàm Thuận Bắc"
    assert found.issuer.value == "UBND xã Hàm Thuận Bắc"


def test_a_dash_parts_two_units_and_stands_within_one_name() -> None:
    known = shipped()
    assert [one.name for one in known.mentions("PHƯỜNG TÂN HÒA - TỈNH CÀ MAU")] == ["TÂN HÒA", "CÀ MAU"]
    assert [one.name for one in known.mentions("tỉnh Bà Rịa - Vũng Tàu")] == ["Bà Rịa - Vũng Tàu"]
    assert [one.name for one in known.mentions("Sở Y tế Hà Tĩnh Số 5")] == []
    assert [one.name for one in known.mentions("Sở Y tế tỉnh Hà Tĩnh")] == ["Hà Tĩnh"]


def test_tm_alone_is_on_behalf_of_its_body() -> None:
    head = f"ỦY BAN NHÂN DÂN\nXÃ HÀM THUẬN BẮC\nSố: 6/BC-UBND\n\n{MOTTO}ngày 11 tháng 12 năm 2025\n{BODY}\n"
    signer = read(f"{head}TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nLê Văn Mẫu\n").signer.value
    assert (signer.authority, signer.on_behalf_of, signer.position) == ("TM.", "ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    deputy = read(f"{head}TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nLê Văn Mẫu\n").signer.value
    assert (deputy.authority, deputy.on_behalf_of) == ("KT.", "CHỦ TỊCH")


def test_decisions_of_the_centre_are_law_unless_they_set_targets() -> None:
    bases = (
        "Căn cứ Quyết định số 318/QĐ-TTg ngày 08/3/2022 của Thủ tướng Chính phủ ban hành Bộ tiêu chí quốc gia;\n"
        "Căn cứ Quyết định số 99/QĐ-TTg ngày 08/3/2025 của Thủ tướng Chính phủ về giao chỉ tiêu năm 2025;\n"
        "Căn cứ Quyết định số 12/QĐ-UBND ngày 09/3/2025 của UBND tỉnh Cà Mau;\n"
        "Xét đề nghị của Trạm trưởng Trạm Y tế phường tại Tờ trình số 12/TTr-TYT ngày 07/5/2025,\n"
    )
    head = f"ỦY BAN NHÂN DÂN\nPHƯỜNG TÂN THÀNH\nSố: 6/BC-UBND\n\n{MOTTO}ngày 11 tháng 12 năm 2025\n"
    found = {one.value.code: one.value for one in read(head + BODY.replace("Có 5 hộ.", bases + "Có 5 hộ.")).references}
    assert {code: found[code].role for code in ("318/QĐ-TTg", "99/QĐ-TTg", "12/QĐ-UBND")} == {
        "318/QĐ-TTg": "legal", "99/QĐ-TTg": "target_decision", "12/QĐ-UBND": "target_decision"}  # fmt: skip
    assert found["12/TTr-TYT"].issuer.startswith("Trạm Y tế phường")


def test_what_people_earn_is_no_money_of_the_paper() -> None:
    said = (
        "Thu nhập bình quân đạt 58,2 triệu đồng/người/năm, tăng 3,1 triệu đồng. Kinh phí thực hiện 20 triệu đồng."
        " Tử vong: 0. Vốn vay: không. Hộ có thu nhập bình quân thấp được hỗ trợ 5 triệu đồng."
    )
    head = f"ỦY BAN NHÂN DÂN\nXÃ HÀM THUẬN BẮC\nSố: 6/BC-UBND\n\n{MOTTO}ngày 11 tháng 12 năm 2025\n"
    found = read(head + BODY.replace("Có 5 hộ.", said)).money
    assert [one.value.amount.canonical for one in found] == ["20000000", "0", "5000000"]


def test_two_lines_that_each_name_a_unit_are_two_bodies() -> None:
    head = f"HỘI LHPN TỈNH GIA LAI\nBCH HỘI LHPN XÃ IA GRAI\nSố: 6/BC-BTV\n\n{MOTTO}ngày 11 tháng 12 năm 2025\n"
    found = read(head + BODY)
    assert (found.issuer.value, found.parent_line.value) == ("BCH Hội LHPN xã Ia Grai", "Hội LHPN tỉnh Gia Lai")
    broken = "UBND HUYỆN PHONG THỔ\nBAN VÌ SỰ TIẾN BỘ CỦA\nPHỤ NỮ XÃ HỘI MẪU\nSố: 6/BC-BVSTBPN\n\n"
    assert (read(f"{broken}{MOTTO}ngày 11 tháng 6 năm 2024\n{BODY}").issuer.value or "").startswith("Ban Vì sự tiến bộ")


def test_the_short_name_in_a_sentence_is_the_same_body_and_another_is_told() -> None:
    head = f"UBND TỈNH LÀO CAI\nTRUNG TÂM KIỂM SOÁT BỆNH TẬT\nSố: 6/BC-KSBT\n\n{MOTTO}ngày 1 tháng 12 năm 2025\n"
    said = BODY.replace("Có 5 hộ.", "Có 5 hộ.\n\nTrung tâm đề nghị Sở Y tế cấp thêm vắc xin./.")
    found = read(head + said)
    assert found.issuer.value == "Trung tâm Kiểm soát bệnh tật tỉnh Lào Cai" and found.issuer.said == ""
    other = read(head + said.replace("Trung tâm đề nghị", "Chi cục Dân số tỉnh Lào Cai đề nghị"))
    assert "Chi cục" in other.issuer.said


def test_a_subject_may_go_on_with_a_number() -> None:
    head = "BAN CHỈ ĐẠO GIẢM NGHÈO\nTỈNH SƠN LA\nSố: 21/BCĐ-NV\nV/v báo cáo tiến độ\n11 tháng năm 2025\n\n"
    found = read(f"{head}{MOTTO}Sơn La, ngày 01 tháng 12 năm 2025\n\nKính gửi: UBND các xã\n\nBan Chỉ đạo báo cáo./.\n")
    assert (found.number.value, found.title.value) == ("21", "báo cáo tiến độ 11 tháng năm 2025")
    web = read(f"12/10/2025 08:15\n{head}{MOTTO}Sơn La, ngày 01 tháng 12 năm 2025\n\nKính gửi: UBND các xã\n")
    assert web.number.value == "21"


def test_a_review_is_no_number_and_a_period_below_capitals_ends_the_title() -> None:
    head = f"ỦY BAN NHÂN DÂN\nXÃ HÀM THUẬN BẮC\nSố: 6/BC-UBND\n\n{MOTTO}Hàm Thuận Bắc, ngày 11/12/2025\n\n"
    found = read(f"{head}BÁO CÁO SƠ KẾT CÔNG TÁC GIA ĐÌNH\n6 tháng đầu năm 2025\n\nCó 5 hộ.\n")
    assert (found.type_word.value, found.title.value) == ("Báo cáo", "SƠ KẾT CÔNG TÁC GIA ĐÌNH 6 tháng đầu năm 2025")
    assert (found.place.value, found.date.value and found.date.value.iso) == ("Hàm Thuận Bắc", "2025-12-11")
    cited = read(f"{head}BÁO CÁO SỐ 5/BC-UBND VỀ CÔNG TÁC GIA ĐÌNH\n\nCó 5 hộ.\n")
    assert cited.type_word.said != ""


def test_a_departments_bare_province_is_its_unit() -> None:
    head = f"SỞ Y TẾ HÀ NỘI\nTRUNG TÂM Y TẾ KHU VỰC HOÀN KIẾM\nSố: 6/BC-TTYT\n\n{MOTTO}ngày 1 tháng 12 năm 2025\n"
    found = read(head + BODY)
    assert found.unit.value is not None and found.unit.value.name == "Thành phố Hà Nội"
    assert (found.issuer.value, found.parent_line.value) == ("Trung tâm Y tế khu vực Hoàn Kiếm", "Sở Y tế hà nội")
    assert read(head.split("\n", 1)[0] + f"\nSố: 6/BC-SYT\n\n{MOTTO}\n{BODY}").issuer.value == "Sở Y tế hà nội"
    none = read(f"SỞ Y TẾ MẪU\nSố: 6/BC-SYT\n\n{MOTTO}ngày 1 tháng 12 năm 2025\n{BODY}")
    assert none.unit.asks


def test_capitals_are_those_that_the_text_gives_the_name() -> None:
    head = f"UBND XÃ HÀM THUẬN BẮC\nTRƯỜNG THCS LÊ MẪU\nSố: 6/BC-THCS\n\n{MOTTO}ngày 1 tháng 12 năm 2025\n"
    assert read(head + BODY).issuer.value == "Trường THCS lê mẫu"
    assert read(head + BODY.replace("Có 5 hộ.", "Trường THCS Lê Mẫu có 5 lớp.")).issuer.value == "Trường THCS Lê Mẫu"


def test_the_front_is_no_secret() -> None:
    head = f"MẶT TRẬN TỔ QUỐC VIỆT NAM\nỦY BAN MTTQ VIỆT NAM\nXÃ CẦN GIỜ\nSố: 18/KH-BTT\n\n{MOTTO}{DATED}{BODY}"
    found = read(head)
    assert (found.issuer.value, found.unit.asks) == ("Ủy ban MTTQ Việt Nam xã Cần Giờ", False)
    secret = read(f"MẬT\nỦY BAN NHÂN DÂN\nXÃ CẦN GIỜ\nSố: 18/BC-UBND\n\n{MOTTO}{DATED}{BODY}")
    assert "Mật" not in (secret.issuer.value or "")


def test_a_name_far_to_the_right_is_of_the_block_above_the_recipients() -> None:
    head = f"ỦY BAN NHÂN DÂN\nXÃ HÀM THUẬN BẮC\nSố: 6/BC-UBND\n\n{MOTTO}ngày 11 tháng 12 năm 2025\n"
    said = BODY.replace("Nơi nhận:", " " * 45 + "CHỦ TỊCH\n\n" + " " * 42 + "Lê Thị Mẫu\n\nNơi nhận:")
    signer = read(head + said).signer.value
    assert (signer.position, signer.name) == ("CHỦ TỊCH", "Lê Thị Mẫu")


def test_a_year_below_the_date_is_its_year_and_a_lost_one_is_asked() -> None:
    words = (Line("Số: 45/BC-UBND   Nha Trang, ngày 08 tháng 01", 1, 3), Line("năm 2025", 1, 4, column=1))
    top = (Line("UBND XÃ MẪU   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 1, 1), Line("Độc lập - Tự do - Hạnh phúc", 1, 2, 1))
    end = (Line("BÁO CÁO", 1, 5, gap=True, bold=True), Line("Kết quả năm 2024", 1, 6, bold=True))
    whole, lost = (recognise(Text("a.pdf", "pdf", "00", 1, (*top, *own, *end))).date for own in (words, words[:1]))
    assert whole.value is not None and whole.value.iso == "2025-01-08" and not whole.asks
    assert lost.value is None or lost.asks


def test_joint_circulars_have_all_their_ministries_and_no_title_of_the_next_paper() -> None:
    bases = (
        "Căn cứ Thông tư liên tịch số 10/2013/TTLT-BTC-BNV ngày 20/01/2013; Thực hiện Kế hoạch số 9/KH-UBND ngày"
        " 02/5/2025 của UBND tỉnh Cà Mau về công tác gia đình; Thông tư số 7/2011/TT-BTP về trợ giúp pháp lý;\n"
    )
    head = f"ỦY BAN NHÂN DÂN\nPHƯỜNG TÂN THÀNH\nSố: 6/BC-UBND\n\n{MOTTO}{DATED}"
    found = {
        one.value.symbol: one.value for one in read(head + BODY.replace("Có 5 hộ.", bases + "Có 5 hộ.")).references
    }
    assert (found["TTLT-BTC-BNV"].issuer, found["TTLT-BTC-BNV"].title) == ("Bộ Tài chính, Bộ Nội vụ", "")
    assert (found["TT-BTP"].issuer, found["TT-BTP"].title) == ("Bộ Tư pháp", "trợ giúp pháp lý")
    assert found["KH-UBND"].title == "công tác gia đình"
