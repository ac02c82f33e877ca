"""What stands on a paper, in words: head, place, signature block, titles, tables; nothing is set here."""

from datetime import UTC, date, datetime

import pytest

from documents.forms import form
from documents.writing import fonts, letterhead
from documents.writing.grids import Filled, totals, written
from documents.writing.laying import LANDSCAPE, PORTRAIT, heads, laid
from documents.writing.letterhead import Body, House
from documents.writing.paper import MISSING, Annex, Column, Heading, Paper, Paragraph, Row, Signatory, Table
from documents.writing.tasks import letter
from states.figures import Cell, Figure

WARD = Body("Phường Bạch Đằng", "commune", "Quận Hai Bà Trưng", "district")
PROVINCE = Body("Tỉnh Lai Châu", "province", "Việt Nam", "nation")
COMMITTEE = Body("Ban vì sự tiến bộ của phụ nữ huyện Phong Thổ", "body", "Huyện Phong Thổ", "district")
OFFICE = Body("Phòng Lao động An Mẫu", "body", "Huyện An Mẫu", "district")
UNUSUAL = House(no_parent_line=frozenset({"commune"}), places={"Phường Bạch Đằng": "Phường Bạch Đằng"})


def paper(*blocks: Heading | Paragraph | Table, annexes: tuple[Annex, ...] = ()) -> Paper:
    """A paper around some blocks."""
    return Paper(
        "report", None, ("ỦY BAN NHÂN DÂN", "XÃ MẪU"), None, "BC-UBND", "Mẫu", None, 2026, "BÁO CÁO", "Kết quả (mẫu)",
        None, (), blocks, "Trân trọng báo cáo./.", Signatory(("CHỦ TỊCH",), "Lan (mẫu)"), ("- Lưu: VT.",),
        datetime(2026, 12, 1, tzinfo=UTC), annexes, author="Ủy ban nhân dân xã Mẫu",
    )  # fmt: skip


def wide(groups: int, rows: int = 3) -> Table:
    """A table of units with three figures for each of many groups."""
    columns = [Column("STT"), Column("Đơn vị")]
    heads_of = [(f"Hoạt động số {number}", name) for number in range(groups) for name in ("Cuộc", "Nam", "Nữ")]
    columns += [Column(name, group, True) for group, name in heads_of]
    cells = [("1.234.567",) * (3 * groups)] * rows
    return Table(tuple(columns), tuple(Row((str(n), f"Phường {n}", *said)) for n, said in enumerate(cells, 1)), 2)


# ── head ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_issuer_stands_in_capitals_below_the_body_above() -> None:
    assert letterhead.issuer_lines(WARD) == ("ỦY BAN NHÂN DÂN", "PHƯỜNG BẠCH ĐẰNG")
    assert letterhead.parent_line(WARD, House()) == "UBND QUẬN HAI BÀ TRƯNG"
    assert letterhead.issuer_lines(COMMITTEE) == ("BAN VÌ SỰ TIẾN BỘ CỦA PHỤ NỮ HUYỆN PHONG THỔ",)
    assert letterhead.parent_line(COMMITTEE, House()) == "UBND HUYỆN PHONG THỔ"


def test_a_province_has_no_line_above_and_an_office_may_leave_it_out() -> None:
    assert letterhead.parent_line(PROVINCE, House()) is None
    assert letterhead.parent_line(WARD, UNUSUAL) is None


@pytest.mark.parametrize(
    ("unit", "level", "written"),
    [
        ("Phường Bạch Đằng", "commune", "Bạch Đằng"),
        ("Phường Nguyễn Nghiêm", "commune", "Phường Nguyễn Nghiêm"),
        ("Quận 1", "district", "Quận 1"),
        ("Phường Hà Giang 2", "commune", "Phường Hà Giang 2"),
        ("Phường 1 Bảo Lộc", "commune", "Phường 1 Bảo Lộc"),
        ("Thành phố Hồ Chí Minh", "province", "Thành phố Hồ Chí Minh"),
        ("Thành phố Phan Thiết", "district", "Phan Thiết"),
        ("Thị xã Đức Phổ", "district", "Đức Phổ"),
    ],
)
def test_the_place_is_the_unit_and_in_full_after_a_person_or_number(unit: str, level: str, written: str) -> None:
    assert letterhead.place(Body(unit, level), House()) == written


def test_a_body_beside_a_unit_writes_the_units_place_and_an_office_may_settle_it() -> None:
    assert letterhead.place(COMMITTEE, House()) == "Phong Thổ"
    assert letterhead.place(WARD, UNUSUAL) == "Phường Bạch Đằng"


def test_what_is_issued_for_the_nation_is_issued_by_a_central_body_in_the_capital() -> None:
    nation = Body("Việt Nam", "nation")
    assert letterhead.issuer_lines(nation) == ("CƠ QUAN TRUNG ƯƠNG",)
    assert (letterhead.place(nation, House()), letterhead.parent_line(nation, House())) == ("Hà Nội", None)


def test_days_have_zeros_where_the_decree_puts_them_and_room_where_none_is_given() -> None:
    assert letterhead.day_words(date(2024, 2, 5), 2024) == "ngày 05 tháng 02 năm 2024"
    assert letterhead.day_words(date(2024, 3, 31), 2024) == "ngày 31 tháng 3 năm 2024"
    assert letterhead.day_words(None, 2026).split() == ["ngày", "tháng", "năm", "2026"]


@pytest.mark.parametrize(
    ("body", "authority", "title", "lines"),
    [
        (WARD, "KT.", "Phó Chủ tịch", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (WARD, "TM.", "Chủ tịch", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        (WARD, "Q.", "Chủ tịch", ("TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH")),
        (WARD, "TUQ.", "Trưởng phòng Văn hóa - Xã hội", ("TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI")),
        (WARD, "TL.", "Chánh Văn phòng", ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),
        (OFFICE, "KT.", "Phó Trưởng phòng", ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG")),
        (OFFICE, "", "Trưởng phòng", ("TRƯỞNG PHÒNG",)),
        (OFFICE, "TL.", "Chuyên viên", ("TL. TRƯỞNG PHÒNG", "CHUYÊN VIÊN")),
        (COMMITTEE, "", "Trưởng ban, Phó Chủ tịch UBND", ("TRƯỞNG BAN", "PHÓ CHỦ TỊCH UBND")),
        (COMMITTEE, "KT.", "Phó Trưởng ban, Chánh Văn phòng", ("KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "CHÁNH VĂN PHÒNG")),
        (COMMITTEE, "KT.", "Phó ban", ("KT. TRƯỞNG BAN", "PHÓ BAN")),
        (COMMITTEE, "TM.", "Trưởng ban", ("TM. BAN VÌ SỰ TIẾN BỘ CỦA PHỤ NỮ HUYỆN PHONG THỔ", "TRƯỞNG BAN")),
    ],
)
def test_the_signature_block_follows_the_signers_authority(
    body: Body, authority: str, title: str, lines: tuple[str, ...]
) -> None:
    assert letterhead.signature_lines(body, authority, title) == lines


def test_documents_from_outside_are_called_by_their_symbol() -> None:
    said = {"191/2009/TT-BTC": "Thông tư", "28/NQ-CP": "Nghị quyết", "03/UBQG-VP": "Công văn", "73-NQ/ĐU": "Nghị quyết"}
    assert {number: letterhead.type_of(number) for number in said} == said


def test_a_title_drops_its_type_word_and_keeps_names_in_capitals() -> None:
    assert letterhead.title_of("Báo cáo kết quả Tháng hành động", "BÁO CÁO") == "Kết quả Tháng hành động"
    assert letterhead.title_of("Kết quả năm 2024", "BÁO CÁO") == "Kết quả năm 2024"
    assert letterhead.in_sentence("Kết quả thực hiện") == "kết quả thực hiện"
    assert letterhead.in_sentence("Tháng hành động") == "Tháng hành động"


def test_points_are_lettered_with_the_vietnamese_alphabet() -> None:
    assert [letter(at) for at in (0, 3, 4, 22, 23)] == ["a", "d", "đ", "y", "aa"]


# ── tables ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_nobody_reported_is_no_zero_and_nil_is_said() -> None:
    shape = form("action-month", 2)
    row = {"table": 1, "row": 2, "label": "Tọa đàm", "values": {"1": "2"}}
    content = {"form": shape.key, "rows": [row], "nil": [3]}
    first, second, third = (written(shape, content, shape.table(number)) for number in (1, 2, 3))
    assert first.rows[0].cells[1:] == ("Tọa đàm", "2", MISSING, MISSING)
    assert (second.rows[0].kind, second.rows[0].words) == ("gap", "chưa có số liệu")
    assert third.rows[0].cells[1] == "Không"


def test_a_cell_that_the_form_does_not_have_is_none() -> None:
    shape = form("year", 1)
    content = {"form": shape.key, "figures": {"30301": "72", "30306": "4267000000"}}
    loans = written(shape, content, shape.table(3)).rows[2]
    assert loans.cells[2:] == ("hộ", "72", None, None, None, "4.267.000.000")


def test_a_total_makes_percentages_anew_and_adds_only_what_counts_the_same() -> None:
    shape = form("year", 1)
    figures = {Cell(20102): Figure.exact(2302), Cell(20103): Figure.exact(584)}
    politics = totals(shape.table(2), Filled(shape, figures, {}), False)
    assert politics.rows[0].cells[-3:] == ("2.302", "584", "25,37")
    assert not [row for row in politics.rows if row.kind == "total"]  # indicators are never added up
    shape = form("action-month", 2)
    found = {Cell(cell): Figure.exact(amount) for cell, amount in {20101: 12, 20102: 3, 20201: 5, 20202: 4}.items()}
    media = totals(shape.table(2), Filled(shape, found, {}), False)
    assert media.rows[-1].kind == "total"
    assert media.rows[-1].cells[1:] == ("Tổng cộng", "", "", "7", "", "")  # 12 buổi and 5 bài make no sum


def test_neighbours_of_a_group_stand_under_one_head() -> None:
    columns = (Column("STT"), Column("Hoạt động"), Column("Nam", "Người", True), Column("Nữ", "Người", True))
    assert heads(Table(columns, ())) == [
        [("STT", 1, 2), ("Hoạt động", 1, 2), ("Người", 2, 1)],
        [("Nam", 1, 1), ("Nữ", 1, 1)],
    ]


def test_a_table_is_as_wide_as_the_page_and_breaks_no_word() -> None:
    table = laid(paper(Heading("I. SỐ LIỆU"), wide(1))).blocks[1]
    assert isinstance(table, Table)
    assert sum(column.width for column in table.columns) == pytest.approx(PORTRAIT, abs=0.1)
    widest = fonts.face().width("1.234.567", table.size)
    assert all(column.width > widest for column in table.columns[2:])


def test_a_table_too_wide_for_the_text_goes_to_a_landscape_annex() -> None:
    ready = laid(paper(Heading("I. SỐ LIỆU TỪNG PHƯỜNG"), wide(4), Paragraph("Hết.")))
    assert ready.blocks[1] == Paragraph("(Chi tiết tại Phụ lục kèm theo.)")
    (annex,) = ready.annexes
    (table,) = annex.blocks
    assert (annex.title, annex.landscape) == ("SỐ LIỆU TỪNG PHƯỜNG", True)
    assert isinstance(table, Table)
    assert len(table.columns) == 2 + 12
    assert sum(column.width for column in table.columns) == pytest.approx(LANDSCAPE, abs=0.1)


def test_a_table_too_wide_for_any_page_is_cut_between_groups_with_its_names_repeated() -> None:
    (annex,) = laid(paper(annexes=(Annex("Biểu", (wide(14),)),))).annexes
    tables = [block for block in annex.blocks if isinstance(block, Table)]
    assert len(tables) > 1
    assert sum(len(table.columns) - 2 for table in tables) == 14 * 3
    for table in tables:
        assert [column.title for column in table.columns[:2]] == ["STT", "Đơn vị"]
        assert len({c.group for c in table.columns[2:]}) * 3 == len(table.columns) - 2
        assert [row.cells[1] for row in table.rows] == ["Phường 1", "Phường 2", "Phường 3"]


def test_two_annexes_are_numbered_in_roman_and_named_in_the_text() -> None:
    ready = laid(paper(Heading("I. A"), wide(4), annexes=(Annex("Khác", (wide(1),)),)))
    assert ready.blocks[1] == Paragraph("(Chi tiết tại Phụ lục I kèm theo.)")
    annexes = (Annex("A", ()), Annex("Khác", ()))
    named = laid(paper(Paragraph("Số liệu nêu tại Phụ lục «Khác» kèm theo."), annexes=annexes))
    assert named.blocks == (Paragraph("Số liệu nêu tại Phụ lục II kèm theo."),)
    assert [annex.title for annex in ready.annexes] == ["A", "Khác"]
    assert [annex.landscape for annex in ready.annexes] == [True, False]
