"""What a reading must ask about, and where text without blank lines and tables without men and women end up."""

from typing import Any

import pytest

from documents.reading.formats import plain
from documents.reading.names.gazetteer import shipped
from documents.reading.proposing import content_of

HEAD = """UBND THỊ XÃ TỊNH BIÊN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
ỦY BAN NHÂN DÂN              Độc lập - Tự do - Hạnh phúc
{unit}
Số: 51/BC-UBND          {place}, ngày 20 tháng 6 năm 2024
BÁO CÁO
Kết quả công tác vì sự tiến bộ của phụ nữ và bình đẳng giới 6 tháng đầu năm 2024
"""
TEXT = """I. KẾT QUẢ
1. Công tác cán bộ nữ
{heading}
{clause}
Lĩnh vực y tế
Tỷ lệ phụ nữ mang thai được khám thai đạt 98,5%
2. Lĩnh vực lao động
Số lao động có việc làm mới trong kỳ là 120 người.
"""


def read(said: str) -> dict[str, Any]:
    """The paper's fields and proposals."""
    return content_of(plain.read("a.txt", "00", said.encode()), shipped())


@pytest.mark.parametrize(
    ("unit", "place", "asks"),
    [("PHƯỜNG NHON HƯNG", "Nhơn Hưng", True), ("PHƯỜNG NHƠN HƯNGG", "Nhơn Hưng", True),
     ("PHƯỜNG NHƠN HƯNG", "Nhơn Hưng", False)],
)  # fmt: skip
def test_a_name_that_is_not_the_same_name_is_asked_about(unit: str, place: str, asks: bool) -> None:
    paper = read(HEAD.format(unit=unit, place=place))["paper"]
    assert paper["unit"]["value"]["name"] == "Phường Nhơn Hưng"
    for field in ("issuer", "unit", "parent_unit"):
        assert paper[field]["asks"] is asks, field
    assert ("hiểu là Phường Nhơn Hưng" in paper["issuer"]["said"]) is asks


def test_the_place_and_the_body_above_are_asked_about_too_but_not_for_where_the_tone_stands() -> None:
    spoilt = read(HEAD.format(unit="PHƯỜNG NHƠN HƯNG", place="Nhon Hưng").replace("TỊNH BIÊN", "TINH BIÊN"))["paper"]
    assert spoilt["place"]["asks"] and spoilt["place"]["value"] == "Nhơn Hưng"
    assert spoilt["parent_line"]["asks"] and spoilt["parent_line"]["value"] == "UBND thị xã Tịnh Biên"
    above = HEAD.replace("THỊ XÃ TỊNH BIÊN", "QUẬN LIÊN CHIỂU")
    moved = read(above.format(unit="PHƯỜNG HOÀ HIỆP BẮC", place="Hoà Hiệp Bắc"))["paper"]
    assert moved["unit"]["value"]["name"] == "Phường Hòa Hiệp Bắc" and moved["place"]["value"] == "Hòa Hiệp Bắc"
    assert not moved["unit"]["asks"] and not moved["issuer"]["asks"] and not moved["place"]["asks"]


def test_a_heading_ends_where_a_clause_begins_and_its_figures_reach_their_cells() -> None:
    clause = "Tỷ lệ nữ cán bộ lãnh đạo, quản lý chính quyền địa phương các cấp 8/20 người, chiếm 40%"
    for heading in ("Lĩnh vực chính trị", "* Lĩnh vực chính trị", "a) Về cán bộ nữ", "- Nội dung khác:"):
        found = read(HEAD.format(unit="PHƯỜNG NHƠN HƯNG", place="Nhơn Hưng") + TEXT.format(heading=heading,
                                                                                          clause=clause))  # fmt: skip
        figures = found["proposals"]["half-year/1"]["figures"]
        assert {cell: one["value"] for cell, one in figures.items()} == {"20102": "20", "20103": "8", "20105": "40"}
        names = [one["value"]["name"] for one in found["paper"]["indicators"]]
        assert not any("Lĩnh vực" in name for name in names) and any(n.startswith("lao động") for n in names)


def test_a_heading_that_the_page_has_broken_stays_whole() -> None:
    begun = "BÁO CÁO\nKết quả công tác bình đẳng giới\nI. KẾT QUẢ\n"
    open_end = "1. Phối hợp với Hội Nông dân và\nĐoàn Thanh niên xã giúp cho 12 lao động nữ.\n2. " + "Rộng " * 15
    narrow = "1. Tập huấn cho cán bộ phụ trách Hội\nPhụ nữ về bình đẳng giới cho 12 lao động.\n"
    for said in (open_end, narrow):
        names = [one["value"]["name"] for one in read(begun + said)["paper"]["indicators"]]
        assert names and names[0].startswith(("Phối hợp với", "Tập huấn cho"))


@pytest.mark.parametrize(("columns", "row", "placed"), [
    ("Số lượng\tSố người tiếp cận", "300\t280", {"1": "300", "4": "280"}),
    ("Số lượng\tSố người tiếp cận (người)", "300\t280", {"1": "300", "4": "280"}),
    ("Số lượng\tSố người tiếp cận\tNam\tNữ", "300\t280\t100\t180", {"1": "300", "2": "100", "3": "180"}),
])  # fmt: skip
def test_people_who_are_not_split_go_into_their_own_column_and_are_asked_about(
    columns: str, row: str, placed: dict[str, str]
) -> None:
    table = f"3. Sản xuất, phát hành các sản phẩm truyền thông\nSTT\tSản phẩm\t{columns}\n1\tTờ gấp\t{row}\n"
    title = "BÁO CÁO\nKết quả thực hiện Tháng hành động vì bình đẳng giới năm 2024\nI. SỐ LIỆU\n"
    found = read(title + table)["proposals"]["action-month/2"]
    assert found["rows"][0]["values"] == placed
    assert list(found["rows"][0]["doubts"]) == (["4"] if "4" in placed else [])
    assert any("Số người tiếp cận" in one for one in found["unplaced"]) is ("4" not in placed)
