"""From a paper to the content of a draft: what the reading proposes for each form, with its place and its doubt."""

from __future__ import annotations

from typing import Any

import pytest

from documents.reading.files import own_name, picture, read_upload
from documents.reading.formats import plain
from documents.reading.names.gazetteer import shipped
from documents.reading.proposing import content_of
from documents.reading.refusals import NoPicture, WrongKind
from tests.documents.bad_files.sound import good
from tests.pages.incoming_papers import paper


def proposed(data: bytes) -> dict[str, Any]:
    return content_of(plain.read("a.txt", "00", data), shipped())


def test_tables_fill_the_rows_of_the_form_and_what_is_said_of_nothing_is_nil() -> None:
    found = proposed(paper("Phường Bạch Đằng", "txt"))["proposals"]["action-month/2"]
    (row,) = found["rows"]
    assert (row["table"], row["row"], row["values"]) == (1, 2, {"1": "1", "2": "42", "3": "55"})
    assert row["place"] == {"page": 1, "line": 0, "table": 1, "cell": "3,1"} and row["doubts"] == {}
    assert found["nil"] == [2, 3]
    assert found["texts"]["results"]["value"].startswith("Nhận thức") and found["texts"]["results"]["sure"] > 0.8


def test_a_number_that_may_mean_two_things_is_asked_about() -> None:
    found = proposed(paper("Phường Bạch Đằng", "txt", men="1.5"))["proposals"]["action-month/2"]
    assert "1.5" in found["rows"][0]["doubts"]["2"]


def test_figures_of_the_text_go_into_the_cells_of_their_indicators_and_are_always_asked_about() -> None:
    said = """BÁO CÁO
Kết quả công tác vì sự tiến bộ của phụ nữ và bình đẳng giới năm 2024
I. KẾT QUẢ
Nữ đại biểu Hội đồng nhân dân xã 9/27 đồng chí, chiếm 33,3%.
"""
    figures = proposed(said.encode())["proposals"]["year/1"]["figures"]
    assert {cell: one["value"] for cell, one in figures.items()} == {"20302": "27", "20303": "9", "20305": "33,3"}
    assert all(one["sure"] < 0.8 and one["place"]["line"] == 4 for one in figures.values())


def test_words_behind_a_heading_are_its_text_and_a_table_told_to_be_nothing_is_nil() -> None:
    said = """BÁO CÁO
Kết quả thực hiện Tháng hành động vì bình đẳng giới năm 2026
I. CÔNG TÁC CHỈ ĐẠO
1. Ban hành kế hoạch: UBND xã đã ban hành Kế hoạch số 64/KH-UBND.
2. Sản xuất, phát hành sản phẩm truyền thông: Không.
II. KHÓ KHĂN, VƯỚNG MẮC
Kinh phí chưa đáp ứng yêu cầu.
III. ĐẶC ĐIỂM ĐỊA BÀN
Xã có 9 thôn.
Trên đây là báo cáo của UBND xã./.
"""
    found = proposed(said.encode())["proposals"]["action-month/2"]
    assert found["nil"] == [3] and found["unplaced"] == ["mục «ĐẶC ĐIỂM ĐỊA BÀN»"]
    assert "UBND xã đã ban hành Kế hoạch số 64/KH-UBND" in found["texts"]["direction"]["value"]
    hard = found["texts"]["difficulties"]
    assert hard["value"] == "Kinh phí chưa đáp ứng yêu cầu." and hard["sure"] < 0.8  # other words: asked about


def test_a_column_named_by_one_half_of_its_name_is_found_and_the_row_of_totals_is_no_activity() -> None:
    said = """BÁO CÁO
Kết quả thực hiện Tháng hành động vì bình đẳng giới năm 2026
I. TỔNG HỢP SỐ LIỆU
1. Tổ chức phát động và các hoạt động hưởng ứng, kiểm tra, giám sát
STT	Hoạt động	Số cuộc	Nam	Nữ
1	Tọa đàm tại các thôn	6	95	133
	Tổng cộng	6	95	133
"""
    found = proposed(said.encode())
    (row,) = found["proposals"]["action-month/2"]["rows"]
    assert row["values"] == {"1": "6", "2": "95", "3": "133"}
    assert [one["value"]["what"] for one in found["paper"]["events"]] == ["Tọa đàm tại các thôn"]


def test_a_paper_without_a_number_says_so_and_keeps_its_blank_day_blank() -> None:
    found = proposed(paper("Phường Bạch Đằng", "txt", number="  ", day="  "))
    assert found["paper"]["number"]["value"] is None and found["paper"]["date"]["value"] == "2026-12"
    number = next(one for one in found["findings"] if "số" in one["message"])
    assert number["where"] is None or number["where"]["page"] == 1


def test_a_word_file_is_recognised_where_it_is_opened() -> None:
    """In the process with the limits: a text that takes long to recognise can't hold up whoever asked."""
    (one,) = read_upload("a.docx", paper("Phường Bạch Đằng"), [["rieng", "1", "Phường Thử", "commune", None, None,
                                                                "2020-01-01", None]])  # fmt: skip
    assert one.text is not None and one.content is not None
    assert one.content["paper"]["number"]["value"] == "25"
    assert one.content["paper"]["unit"]["value"]["name"] == "Phường Bạch Đằng"


def test_only_a_page_of_a_pdf_has_a_picture() -> None:
    assert picture("a.pdf", good()["pdf"], 1).startswith(b"\x89PNG")
    for name, kind, page in (("a.pdf", "pdf", 9), ("a.docx", "docx", 1)):
        with pytest.raises(NoPicture):
            picture(name, good()[kind], page)
    with pytest.raises(WrongKind):
        picture("a.pdf", good()["docx"], 1)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("bao cao.docx", "bao cao.docx"), ("../../etc/passwd", "passwd"), ("C:\\gui\\a.pdf", "a.pdf"), ("", "khong-ten"),
     ("C:a.pdf", "a.pdf"), ("~$a.docx", "$a.docx"), ("a\u202ecod.exe", "acod.exe"), ("..", "khong-ten"),
     ("x\0.txt", "x.txt"), (".an", "an"), ("d" * 300 + ".docx", "d" * 200 + ".docx"), ("/", "khong-ten")],
)  # fmt: skip
def test_a_name_is_kept_without_its_tricks(sent: str, kept: str) -> None:
    assert own_name(sent) == kept


def test_meetings_told_in_the_text_are_added_up_for_the_row_that_counts_them_and_asked_about() -> None:
    said = """BÁO CÁO
Kết quả công tác bình đẳng giới 6 tháng đầu năm 2026
I. KẾT QUẢ
Đã tổ chức 14 buổi tuyên truyền cho 1.260 lượt người, trong đó nữ 820 người.
Phối hợp mở 02 lớp tập huấn cho trên 90 học viên.
Phát 05 chuyên mục/năm trên đài.
"""
    figures = proposed(said.encode())["proposals"]["half-year/1"]["figures"]
    assert {cell: one["value"] for cell, one in figures.items()} == {"10101": "16", "10102": "trên 1.350"}
    first = figures["10101"]
    assert first["sure"] < 0.8 and first["place"]["line"] == 4  # women are told of one place only: left blank
    assert "14 (trang 1, dòng 4) + 2 (trang 1, dòng 5)" in first["said"] and "kể trùng" in first["said"]


def test_broken_letters_are_told_and_what_was_read_from_them_is_asked_about() -> None:
    name = "baocao.txt"
    said = "BÁO CÁO\ntinh hinh thiêt hai ̀ ̣ ̣ do lũ lụt ̉ ̀ năm 2025\nI. KẾT QUẢ\nĐã thực hiện các việc được giao.\n"
    (one,) = read_upload(name, said.encode(), [])
    assert one.text is not None and any("vỡ dấu" in note for note in one.text.notes)
    assert one.content is not None and one.content["paper"]["title"]["asks"]
    assert "vỡ" in one.content["paper"]["title"]["said"]
