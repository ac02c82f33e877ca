"""Heads and ends of papers as officers make them: the signature above the recipients, posts over two lines, blanks."""

import io
import zipfile

import pytest

from documents.reading.files import open_bytes
from documents.reading.formats import old_fonts, plain
from documents.reading.incoming import Incoming
from documents.reading.names.gazetteer import shipped
from documents.reading.recognising import recognise
from documents.writing.letterhead import Body, cite

HEAD = """ỦY BAN NHÂN DÂN
XÃ HÀM THUẬN BẮC
Số: 12/BC-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hàm Thuận Bắc, ngày 20 tháng 12 năm 2025

BÁO CÁO
Kết quả công tác gia đình năm 2025;

phương hướng năm 2026

"""
END = "Trên đây là báo cáo của Ủy ban nhân dân xã Hàm Thuận Bắc./.\n\n"


def read(said: str) -> Incoming:
    """What a text says."""
    assert shipped()
    return recognise(plain.read("a.txt", "00", said.encode()))


def test_a_title_goes_on_behind_a_semicolon() -> None:
    assert read(HEAD + END).title.value == "Kết quả công tác gia đình năm 2025; phương hướng năm 2026"


def test_a_signature_may_stand_above_the_recipients() -> None:
    signed = "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n(Đã ký)\n\nThS. Nguyễn Văn Mẫu\n\nNơi nhận:\nNhư trên;\nLưu: VT.\n"
    found = read(HEAD + END + signed)
    signer = found.signer.value
    assert (signer.authority, signer.position, signer.name) == ("KT.", "PHÓ CHỦ TỊCH", "Nguyễn Văn Mẫu")
    assert [one.value for one in found.recipients] == ["Như trên", "Lưu: VT"]


@pytest.mark.parametrize(
    ("block", "authority", "position", "name"),
    [
        ("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG HĐND VÀ\nUBND\n\nĐoàn Văn Mẫu", "TL.", "CHÁNH VĂN PHÒNG HĐND VÀ UBND",
         "Đoàn Văn Mẫu"),
        ("TM. ỦY BAN NHÂN DÂN\nQ. CHỦ TỊCH\n\nY Bhiông Mẫu", "Q.", "CHỦ TỊCH", "Y Bhiông Mẫu"),
        ("TRƯỞNG TRẠM\n\nY sĩ Lò Văn Mẫu", None, "TRƯỞNG TRẠM", "Lò Văn Mẫu"),
    ],
)  # fmt: skip
def test_posts_and_names(block: str, authority: str | None, position: str, name: str) -> None:
    signer = read(f"{HEAD}{END}Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\n{block}\n").signer.value
    assert (signer.authority, signer.position, signer.name) == (authority, position, name)


def test_who_drew_the_table_up_is_no_recipient() -> None:
    said = f"{HEAD}{END}Nơi nhận:\nNGƯỜI LẬP BIỂU\n- UBND tỉnh (b/c);\n- Lưu: VT.\nTrần Thị Thử\n"
    assert [one.value for one in read(said).recipients] == ["UBND tỉnh (b/c)", "Lưu: VT"]


def test_laws_and_papers_with_blanks_are_cited() -> None:
    bases = (
        "Căn cứ Luật Phòng, chống bạo lực gia đình ngày 14 tháng 11 năm 2022; Căn cứ Luật Trẻ em số 102/2016/QH13;"
        " Căn cứ Kế hoạch số ...../KH-UBND ngày ..../..../2025 của UBND tỉnh Lâm Đồng về công tác gia đình;"
        " Nghị quyết số 28/NQ-CP ngày 03/3/2021 của Chính phủ, Ủy ban nhân dân xã báo cáo:\n"
    )
    found = {one.value.title or one.value.code: one for one in read(HEAD + bases + END).references}
    assert {"Luật Phòng, chống bạo lực gia đình", "Luật Trẻ em", "công tác gia đình", "28/NQ-CP"} == set(found)
    blank = found["công tác gia đình"]
    assert (blank.value.number, blank.value.symbol) == ("", "KH-UBND") and blank.asks and "để trống" in blank.said
    assert found["28/NQ-CP"].value.role == "legal"


def test_a_department_carries_out_what_the_committee_above_it_plans() -> None:
    head = HEAD.replace("ỦY BAN NHÂN DÂN\nXÃ HÀM THUẬN BẮC", "UBND TỈNH LÂM ĐỒNG\nSỞ NỘI VỤ")
    body = "Thực hiện Kế hoạch số 34/KH-UBND ngày 03/3/2025 của UBND tỉnh Lâm Đồng, Sở Nội vụ báo cáo như sau:\n"
    (one,) = read(head.replace("BC-UBND", "BC-SNV") + body).references
    assert one.value.role == "parent_plan"
    letter = body.replace("Kế hoạch số 34/KH-UBND", "Công văn số 9/SVHTTDL-GĐ").replace(
        "UBND tỉnh Lâm Đồng", "Sở Văn hóa, Thể thao và Du lịch tỉnh Lâm Đồng"
    )
    (named,) = read(HEAD + letter.replace("Sở Nội vụ báo", "UBND xã báo")).references
    assert named.value.issuer == "Sở Văn hóa, Thể thao và Du lịch tỉnh Lâm Đồng"


@pytest.mark.parametrize(
    ("title", "first", "last"),
    [("Tháng hành động vì trẻ em năm 2025", "2025-06-01", "2025-06-30"),
     ("Tháng hành động vì bình đẳng giới và phòng, chống bạo lực trên cơ sở giới năm 2025", "2025-11-15", "2025-12-15"),
     ("Tháng hành động quốc gia phòng, chống bạo lực gia đình năm 2025", "2025-06-01", "2025-06-30")],
)  # fmt: skip
def test_each_month_of_action_has_its_days(title: str, first: str, last: str) -> None:
    head = HEAD.replace("Kết quả công tác gia đình năm 2025;\n\nphương hướng năm 2026", title)
    period = read(head + END).period
    assert period is not None and (period.value.first.isoformat(), period.value.last.isoformat()) == (first, last)


def test_words_style_gives_the_old_font_and_text_in_unicode_is_left() -> None:
    told = open_bytes("a.docx", _word("VÒ viÖc kiÖn toµn"))
    assert [line.text for line in told.lines] == ["Về việc kiện toàn"] and told.lines[0].bold
    assert told.notes[0].pattern.startswith("chữ gõ bằng bảng mã TCVN3")
    assert old_fonts.to_unicode("Về việc", ".VnTime") == "Về việc"


def test_the_central_body_is_cited_by_its_name() -> None:
    from datetime import date

    said = cite("Kế hoạch", "01/KH", date(2026, 2, 1), Body("Việt Nam", "nation").short_name)
    assert said == "Kế hoạch số 01/KH ngày 01 tháng 02 năm 2026 của Cơ quan trung ương"


def _word(said: str) -> bytes:
    """A Word file whose usual style has an old font in bold."""
    run = f"<w:p><w:r><w:t>{said}</w:t></w:r></w:p>"
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "word/document.xml": f"<w:document {space}><w:body>{run}</w:body></w:document>",
        "word/styles.xml": f'<w:styles {space}><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:rPr>'
        '<w:rFonts w:ascii=".VnTime"/><w:b/></w:rPr></w:style></w:styles>',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as box:
        for name, xml in parts.items():
            box.writestr(name, xml)
    return packed.getvalue()
