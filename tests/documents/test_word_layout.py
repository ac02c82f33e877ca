"""How the Word version is laid out: pages, styles, tables and signature, by Nghị định 30/2020/NĐ-CP, Phụ lục I."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from lxml import etree

from documents.writing.word import to_word
from tests.documents.sample_papers import province_report, ward_plan, ward_report
from tests.documents.word_files import opened, paragraph_text, part


def test_pages_have_the_margins_and_annexes_sections_of_their_own() -> None:
    sections = opened(province_report()).sections
    assert [(one.page_width.mm, one.page_height.mm) for one in sections] == [
        pytest.approx((210, 297), abs=0.1), pytest.approx((297, 210), abs=0.1), pytest.approx((210, 297), abs=0.1),
    ]  # fmt: skip
    for one in sections:
        margins = (one.top_margin.mm, one.bottom_margin.mm, one.left_margin.mm, one.right_margin.mm)
        assert margins == pytest.approx((20, 20, 30, 15), abs=0.1)
        assert one.different_first_page_header_footer
    starts = [one._sectPr.find(qn("w:pgNumType")) for one in sections]
    assert [one if one is None else one.get(qn("w:start")) for one in starts] == [None, "1", "1"]


def test_the_page_number_stands_at_the_top_but_not_on_the_first_page() -> None:
    for section in opened(province_report()).sections:
        (later,) = section.header.paragraphs
        assert later._p.find(qn("w:fldSimple")).get(qn("w:instr")).strip() == "PAGE"
        assert later.style.paragraph_format.alignment == 1  # centred
        assert section.first_page_header._element.find(f".//{qn('w:fldSimple')}") is None


def test_every_style_is_times_new_roman_and_nothing_of_a_theme_is_left() -> None:
    data = to_word(ward_report())
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        assert not [name for name in box.namelist() if "theme" in name or "thumbnail" in name or "custom" in name]
        said = "".join(box.read(name).decode() for name in box.namelist())
    assert "Theme=" not in said
    fonts = " ".join(re.findall(r"<w:rFonts ([^>]*)/>", said))
    assert set(re.findall(r'="([^"]*)"', fonts)) == {"Times New Roman"}
    assert set(re.findall(r'<w:lang w:val="([^"]*)"', said)) == {"vi-VN"}
    used = set(re.findall(r'w:pStyle w:val="([^"]*)"', said))
    assert used <= set(re.findall(r'w:styleId="([^"]*)"', part(data, "word/styles.xml")))


@pytest.mark.parametrize(
    ("text", "size", "bold", "italic"),
    [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, None), ("Độc lập - Tự do - Hạnh phúc", 13, True, None),
     ("UBND HUYỆN AN PHÚ", 12, None, None), ("XÃ NHƠN HỘI", 12, True, None), ("Số: 07/BC-UBND", 13, None, None),
     ("Nhơn Hội, ngày 05 tháng 12 năm 2024", 13, None, True), ("BÁO CÁO", 14, True, None),
     ("I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", 14, True, None), ("Kinh phí: 15.000.000 đồng.", 14, None, None),
     ("Nơi nhận:", 12, True, True), ("- Lưu: VT, VHXH.", 11, None, None), ("PHÓ CHỦ TỊCH", 14, True, None),
     ("Trần Thị Mẫu", 14, True, None)],
)  # fmt: skip
def test_each_part_has_its_type_size(text: str, size: int, bold: bool | None, italic: bool | None) -> None:
    document = opened(ward_report())
    (found,) = [one for one in document.element.body.iter(qn("w:p")) if paragraph_text(one) == text]
    style = document.styles.element.get_by_id(found.pPr.pStyle.val)
    font = docx.styles.style.ParagraphStyle(style).font
    assert (font.size.pt, font.bold, font.italic) == (size, bold, italic)


def test_tables_keep_their_widths_repeat_their_heads_and_do_not_split_rows() -> None:
    document = opened(province_report())
    tables = [one for one in document.tables if one._tbl.tblPr.find(qn("w:tblBorders")) is not None]
    assert len(tables) > 3  # the wide one is cut between groups of columns
    for table in tables:
        grid = [int(one.get(qn("w:w"))) for one in table._tbl.tblGrid]
        assert sum(grid) == int(table._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w")))
        assert round(sum(grid) / 56.7) in (165, 252)  # the text's width, upright and landscape
        for row in table._tbl.tr_lst:
            at = 0
            for cell in row.tc_lst:
                assert int(cell.tcPr.find(qn("w:tcW")).get(qn("w:w"))) == sum(grid[at : at + cell.grid_span])
                at += cell.grid_span
            assert at == len(grid)
            assert row.trPr.find(qn("w:cantSplit")) is not None
        heads_of = [row.trPr.find(qn("w:tblHeader")) is not None for row in table._tbl.tr_lst]
        assert heads_of == sorted(heads_of, reverse=True) and heads_of.count(True) in (1, 2)


def test_a_merged_head_stands_once_and_a_gap_is_hatched_and_named() -> None:
    wide = next(one for one in opened(province_report()).tables if len(one.columns) > 6)
    first, second = wide._tbl.tr_lst[:2]
    assert [cell.tcPr.find(qn("w:vMerge")).get(qn("w:val")) for cell in (*first.tc_lst[:2], *second.tc_lst[:2])] == [
        "restart", "restart", "continue", "continue",
    ]  # fmt: skip
    assert [cell.grid_span for cell in first.tc_lst[2:]] == [3] * (len(first.tc_lst) - 2)
    (gap,) = [row for row in wide._tbl.tr_lst if "chưa gửi báo cáo" in paragraph_text(row)]
    assert [paragraph_text(cell) for cell in gap.tc_lst] == ["5", "Xã Mẫu số 5", "chưa gửi báo cáo"]
    assert gap.tc_lst[-1].tcPr.find(qn("w:shd")).get(qn("w:val")) == "thinDiagStripe"


def test_last_sentence_recipients_and_signature_stay_together() -> None:
    document = opened(ward_report())
    block: WordTable = document.tables[-1]
    closing = block._tbl.getprevious()
    assert paragraph_text(closing).endswith("./.")
    style = docx.styles.style.ParagraphStyle(document.styles.element.get_by_id(closing.pPr.pStyle.val))
    assert style.paragraph_format.keep_with_next
    (row,) = block._tbl.tr_lst
    assert row.xpath("./w:trPr/w:cantSplit")
    many = opened(replace(ward_report(), recipients=("- Nơi nhận mẫu;",) * 60)).tables[-1]
    assert not many._tbl.xpath(".//w:cantSplit")  # longer than a page


def test_lines_stand_under_issuer_motto_and_title_in_their_lengths() -> None:
    document = opened(ward_plan())
    rules = [one for one in document.element.body.iter(qn("w:p")) if one.pPr.pStyle.val == "Rule"]
    grid = [int(one.get(qn("w:w"))) for one in document.tables[0]._tbl.tblGrid]
    rooms = [grid[0], grid[1], 9354]
    lines = [room - sum(int(one.pPr.find(qn("w:ind")).get(qn(f"w:{side}"))) for side in ("left", "right"))
             for one, room in zip(rules, rooms, strict=True)]  # fmt: skip
    issuer, motto, title = (line / 56.7 for line in lines)
    assert 18 < issuer < 24  # two fifths of "PHƯỜNG NGUYỄN NGHIÊM"
    assert 52 < motto < 58  # as long as the words
    assert 30 < title < 36  # a third of the title


def test_the_properties_name_title_and_issuer_and_no_machine() -> None:
    properties = opened(ward_report()).core_properties
    assert properties.title == "BÁO CÁO Kết quả Tháng hành động vì bình đẳng giới năm 2024"
    assert properties.author == properties.last_modified_by == "Ủy ban nhân dân xã Nhơn Hội"
    assert (properties.language, properties.revision, properties.comments) == ("vi-VN", 1, "")
    assert properties.created.date() == properties.modified.date() == date(2024, 12, 5)
    with zipfile.ZipFile(io.BytesIO(to_word(ward_report()))) as box:
        assert "docProps/app.xml" not in box.namelist()
        assert {one.date_time for one in box.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_elements_stand_in_the_order_that_word_asks_for() -> None:
    letter = replace(ward_plan(), kind="letter", addressed=("UBND xã Một", "UBND xã Hai"), landscape=True)
    for paper in (ward_report(), province_report(), replace(letter, notice="DỰ THẢO LẦN 1", watermark="DỰ THẢO")):
        with zipfile.ZipFile(io.BytesIO(to_word(paper))) as box:
            roots = [etree.fromstring(box.read(name)) for name in box.namelist() if name.startswith("word/") and
                     name.endswith(".xml")]  # fmt: skip
        for holder, order in _ORDER.items():
            for one in (node for root in roots for node in root.iter(qn(f"w:{holder}"))):
                found = [order.index(etree.QName(child).localname) for child in one]
                assert found == sorted(found), etree.tostring(one)


# ECMA-376, part 1, chapter 17: the sequences of the schema, as far as the template uses them.
_ORDER = {
    "pPr": ("pStyle keepNext keepLines pBdr spacing ind jc outlineLvl rPr sectPr").split(),
    "rPr": ("rStyle rFonts b bCs i iCs color sz szCs bdr shd lang").split(),
    "tblPr": ("tblW tblInd tblBorders tblLayout tblCellMar tblDescription").split(),
    "tblCellMar": ("top left bottom right").split(),
    "trPr": ("cantSplit tblHeader").split(),
    "tcPr": ("tcW gridSpan vMerge shd vAlign").split(),
    "sectPr": ("headerReference type pgSz pgMar pgNumType titlePg").split(),
    "style": ("name basedOn next uiPriority semiHidden unhideWhenUsed qFormat rsid pPr rPr tblPr").split(),
}


def test_a_low_line_after_each_table_stays_with_what_follows() -> None:
    document = opened(ward_report())
    after = [
        one.getnext()
        for one in document.element.body.iter(qn("w:tbl"))
        if one.tblPr.find(qn("w:tblBorders")) is not None
    ]
    assert len(after) == 3
    assert {one.pPr.pStyle.val for one in after} == {"AfterTable"}
    assert document.styles["Khoảng sau bảng"].paragraph_format.keep_with_next is True
