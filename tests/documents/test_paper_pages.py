"""The pages themselves: what a PDF of record says, in which order and font, and that people's text is only text."""

import ctypes
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from documents.writing import fonts
from documents.writing.composing import compose
from documents.writing.material import NoSuchRevision
from documents.writing.pages import pages_svg, pdf
from documents.writing.paper import Annex, Column, Heading, Paper, Paragraph, Row, Signatory, Table
from documents.writing.typesetting import anchors, to_pdf, to_svg
from states.lifecycle import Action
from tests.world import PROVINCE, World

HOSTILE = (
    '#import "@preview/x:1.0.0": *', "#panic()", "$x^2$ *đậm* _nghiêng_", "\\ \\u{41} // không phải chú thích",
    "```raw```", "= Tiêu đề", "<sig>", "#read(\"/etc/passwd\")", "]) #[", "@label", "{\"json\": 1}",
)  # fmt: skip


def world(session: Session) -> World:
    """A plan issued, and a ward's report written on 16 December."""
    world = World(session)
    world.issue_plan()
    world.at("2026-12-16")
    world.write(world.report_of("Phường Một"), 2, 42, 55)
    return world


def paper(**more: object) -> Paper:
    """A small signed report of our own."""
    made = Paper(
        "report", "UBND HUYỆN AN MẪU", ("ỦY BAN NHÂN DÂN", "XÃ MẪU"), 7, "BC-UBND", "Mẫu", date(2026, 2, 5), 2026,
        "BÁO CÁO", "Kết quả thực hiện (mẫu)", None, ("Căn cứ Luật (mẫu).",), (Paragraph("Nội dung."),),
        "Trân trọng báo cáo./.", Signatory(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Lan (mẫu)"), ("- Lưu: VT.",),
        datetime(2026, 2, 5, tzinfo=UTC), author="Ủy ban nhân dân xã Mẫu",
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def table(*labels: str) -> Table:
    """A table with these labels."""
    return Table((Column("STT"), Column("Nội dung")), tuple(Row((str(n), said)) for n, said in enumerate(labels, 1)))


def pages(data: bytes) -> list[str]:
    """Each page's text on one line, places to break taken out."""
    with pdfium.PdfDocument(data) as document:
        said = [page.get_textpage().get_text_range() for page in document]
    return [" ".join(text.replace("\u200b", "").replace("\ufffe", "").split()) for text in said]


def sizes(data: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in mm."""
    with pdfium.PdfDocument(data) as document:
        return [(round(p.get_width() * 25.4 / 72), round(p.get_height() * 25.4 / 72)) for p in document]


def font_names(data: bytes) -> Iterator[str]:
    """The font of every text object, with "?" where it is not embedded."""
    with pdfium.PdfDocument(data) as document:
        for page in document:
            for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
                font = raw.FPDFTextObj_GetFont(item.raw)
                name = ctypes.create_string_buffer(100)
                raw.FPDFFont_GetBaseFontName(font, name, 100)
                yield name.value.decode() + ("" if raw.FPDFFont_GetIsEmbedded(font) == 1 else "?")


def assert_in_order(text: str, *parts: str) -> None:
    """Each part stands in the text, after the one before it."""
    at = 0
    for part in parts:
        found = text.find(part, at)
        assert found >= 0, f"«{part}» is not there, or not in its place"
        at = found + len(part)


# ── the parts ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_sent_report_has_all_parts_in_their_order(session: Session) -> None:
    there = world(session)
    report = there.report_of("Phường Một")
    there.send(report)
    text = " ".join(pages(pdf(session, report, None, there.now)))
    assert_in_order(
        text, "UBND HUYỆN AN MẪU", "ỦY BAN NHÂN DÂN", "PHƯỜNG MỘT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "Số: 01/BC-UBND", "Phường Một, ngày 16 tháng 12 năm 2026", "BÁO CÁO",
        "Tháng hành động (mẫu)", "Thực hiện Kế hoạch số 01/KH-UBND ngày 05 tháng 10 năm 2026 của UBND tỉnh Mẫu Giang",
        "Căn cứ Kế hoạch mẫu.", "Ủy ban nhân dân phường Một báo cáo", "I. CÔNG TÁC CHỈ ĐẠO", "Đã ban hành kế hoạch.",
        "TỔNG HỢP SỐ LIỆU", "Hoạt động", "Tọa đàm", "42", "55", "Không", "./.", "Nơi nhận:",
        "- Như trên;", "- Lưu: VT.",
    )  # fmt: skip
    assert_in_order(text, "./.", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Hoa, Phường Một (mẫu)")
    assert "DỰ THẢO" not in text


def test_a_plan_says_what_it_asks_until_when(session: Session) -> None:
    there = world(session)
    text = " ".join(pages(pdf(session, there.plan, None, there.now)))
    assert_in_order(text, "TỈNH MẪU GIANG", "Số: 01/KH-UBND", "KẾ HOẠCH", "I. MỤC ĐÍCH", "Tổ chức tọa đàm",
                    "15/12/2026", "KINH PHÍ", "CHẾ ĐỘ THÔNG TIN, BÁO CÁO", "Cấp xã", "Hết ngày 18/12/2026",
                    "TỔ CHỨC THỰC HIỆN", "Trạm Y tế (mẫu)", "./.")  # fmt: skip


def test_a_draft_has_room_for_number_day_and_name_and_says_what_it_is(session: Session) -> None:
    there = world(session)
    report = there.report_of("Phường Một")
    text = " ".join(pages(pdf(session, report, None, there.now)))
    assert "DỰ THẢO LẦN 1" in text
    assert "Số: /BC-UBND" in text
    assert "ngày tháng năm 2026" in text
    assert "(mẫu) Nơi nhận" not in text
    assert compose(session, report, None, there.now).signatory.name == ""  # two leaders may sign: it is not known who
    by = there.act("Phường Một", "leader").office_id
    assert compose(session, report, None, there.now, office_id=by).signatory.name == "Hoa, Phường Một (mẫu)"


def test_each_draft_has_its_number(session: Session) -> None:
    there = world(session)
    report = there.report_of("Phường Một")
    there.present(report)
    assert compose(session, report, None, there.now).notice == "DỰ THẢO LẦN 1"
    there.later(hours=1)
    there.write(report, 3, 42, 55)
    assert compose(session, report, None, there.now).notice == "DỰ THẢO LẦN 2"


def test_a_signed_paper_waits_for_its_number_without_a_notice(session: Session) -> None:
    there = world(session)
    report = there.report_of("Phường Một")
    there.present(report)
    there.sign(report)
    signed = compose(session, report, None, there.now)
    assert (signed.number, signed.day, signed.notice, signed.watermark) == (None, None, None, None)
    assert signed.signatory.name == "Hoa, Phường Một (mẫu)"
    there.later(days=2)
    assert compose(session, report, None, there.now) == signed  # the moment of looking changes nothing


def test_a_signature_that_was_taken_back_is_no_signature(session: Session) -> None:
    there = world(session)
    report = there.report_of("Phường Một")
    there.present(report)
    there.sign(report)
    signed = there.newest(report)
    there.take(report, Action.REVISE)
    old = compose(session, report, signed, there.now)
    assert old.notice == "CHỮ KÝ ĐÃ RÚT, KHÔNG CÓ GIÁ TRỊ"
    assert old.signatory.name == ""


def test_a_paper_from_outside_is_never_shown_as_signed_by_us(session: Session) -> None:
    there = world(session)
    report = there.report_of("Phường Hai")
    there.register(report, 7)
    made = compose(session, report, None, there.now)
    assert (made.number, made.notice, made.signatory.outside) == (7, "BẢN GHI TỪ VĂN BẢN GIẤY", True)
    assert made.signatory.lines == ("(Đã ký trên bản giấy, ngoài hệ thống)",)
    assert made.signatory.name == "Phạm Văn Giấy (mẫu)"
    # Of the plan's own words nothing is put into its mouth: what nobody read from its file is left to the original.
    assert (made.answers, made.bases, made.recipients) == (None, (), ("- (Ghi trên bản gốc).",))
    assert isinstance(made.blocks[0], Paragraph) and "nhập từ văn bản số 07/" in made.blocks[0].text


def test_a_revision_of_another_document_is_not_found(session: Session) -> None:
    there = world(session)
    there.present(there.report_of("Phường Một"))
    with pytest.raises(NoSuchRevision):
        compose(session, there.plan, there.newest(there.report_of("Phường Một")), there.now)


# ── the pages ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_screen_has_as_many_pages_as_the_record(session: Session) -> None:
    there = world(session)
    for document in (there.plan, there.report_of("Phường Một"), there.report_of(PROVINCE)):
        svg = pages_svg(session, document, None, there.now)
        assert len(svg) == len(pages(pdf(session, document, None, there.now)))
        assert all(page.startswith("<svg") and "<script" not in page and "style=" not in page for page in svg)


def test_only_tinos_is_embedded_and_the_standards_are_named() -> None:
    data = to_pdf(paper(blocks=(Heading("I. MỤC"), Paragraph("≥ 60 % đạt", "note"), table("Ẵm ờ ợ ỹ"))))
    names = set(font_names(data))
    assert names
    assert all(re.search(r"\+?Tinos-(Regular|Bold|Italic|BoldItalic)$", name) for name in names)
    for mark in (b"<pdfaid:part>2", b"<pdfaid:conformance>A", b"<pdfuaid:part>1", b"<dc:language>"):
        assert mark in data
    assert b"/Marked true" in data or b"StructTreeRoot" in data


def test_pages_are_counted_from_the_second_and_annexes_for_themselves() -> None:
    long = Paragraph("Nội dung của báo cáo. " * 400)
    annex = Annex("Số liệu", (table(*["một dòng"] * 60),), landscape=False)
    text = pages(to_pdf(paper(blocks=(long,), annexes=(annex,))))
    starts = [page.split()[0] for page in text]
    first_of_annex = next(n for n, page in enumerate(text) if "Phụ lục" in page)
    assert not starts[0].isdigit()
    assert starts[1:first_of_annex] == [str(n) for n in range(2, first_of_annex + 1)]
    assert not starts[first_of_annex].isdigit()
    assert starts[first_of_annex + 1] == "2"
    caption = "(Kèm theo Báo cáo số 07/BC-UBND ngày 05 tháng 02 năm 2026 của Ủy ban nhân dân xã Mẫu)"
    assert caption in text[first_of_annex]


def test_each_of_several_annexes_is_counted_from_its_own_first_page() -> None:
    wide = tuple(Column(f"Chỉ tiêu {n}", "Nhóm", True) for n in range(10))
    rows = tuple(Row((str(n), "Phường Một", *["4.267.000"] * 10)) for n in range(60))
    broad = Table((Column("STT"), Column("Đơn vị"), *wide), rows)
    annexes = (Annex("Một", (table(*["một dòng"] * 80),)), Annex("Hai", (broad,)))
    text = pages(to_pdf(paper(annexes=annexes)))
    counted = [page.split()[0] if page.split()[0].isdigit() else "" for page in text]
    begin = [n for n, page in enumerate(text) if page.startswith("Phụ lục")]
    assert len(begin) == 2 and len(text) > begin[1] + 2
    expected = [*range(1, begin[1] - begin[0] + 1), *range(1, len(text) - begin[1] + 1)]
    assert counted == ["", *("" if number == 1 else str(number) for number in expected)]


def test_a_line_that_leads_to_a_table_stays_with_it_and_a_number_in_one_piece() -> None:
    for lines in range(31, 37):  # wherever the page ends
        blocks = ((Paragraph("x"),) * lines, (Paragraph("Thời hạn như sau:"), table("một", "hai")))
        text = pages(to_pdf(paper(blocks=sum(blocks, ()))))
        assert next("một" in page for page in text if "như sau:" in page)
        said = Paragraph(f"{'căn cứ ' * 3}{'a ' * lines}theo Kế hoạch số 01/KH-UBND ngày 05/10/2026 thì làm.")
        with pdfium.PdfDocument(to_pdf(paper(blocks=(said,)))) as document:
            assert "01/KH-UBND" in document[0].get_textpage().get_text_range()


def test_a_long_table_repeats_its_head_on_every_page() -> None:
    text = pages(to_pdf(paper(blocks=(table(*[f"dòng {n}" for n in range(90)]),))))
    assert len(text) > 2
    assert all("STT Nội dung" in page for page in text if "dòng" in page)


def test_wide_tables_lie_on_landscape_pages() -> None:
    columns = tuple(Column(f"Chỉ tiêu {n}", "Nhóm chỉ tiêu", True) for n in range(12))
    wide = Table((Column("STT"), Column("Đơn vị"), *columns), (Row(("1", "Phường Một", *["4.267.000"] * 12)),))
    data = to_pdf(paper(blocks=(Heading("I. SỐ LIỆU"), wide)))
    assert sizes(data) == [(210, 297), (297, 210)]
    assert "4.267.000" in pages(data)[1]


def test_the_signature_stays_with_the_last_sentence() -> None:
    for lines in range(24, 40):  # wherever the page ends
        text = pages(to_pdf(paper(blocks=(Paragraph("x"),) * lines)))
        (last,) = [page for page in text if "Trân trọng báo cáo./." in page]
        assert "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH" in last
        assert "Lan (mẫu)" in last


def test_anchors_are_found_where_the_stamp_number_and_day_will_stand() -> None:
    at = anchors(paper(number=None, day=None, blocks=(Paragraph("Nội dung. " * 600),)))
    assert (at["number"].page, at["date"].page) == (1, 1)
    assert at["sig"].page == len(to_svg(paper(number=None, day=None, blocks=(Paragraph("Nội dung. " * 600),))))
    assert at["number"].x < 300 < at["date"].x  # left and right of the page's middle, in points
    assert at["sig"].x > 300


def test_the_same_paper_gives_the_same_bytes_in_every_thread() -> None:
    papers = [paper(title=f"Kết quả {n % 3}") for n in range(12)]
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(to_pdf, papers))
    assert len(set(made)) == 3
    assert all(made[n] == made[n % 3] for n in range(12))


# ── people's text is data ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("said", HOSTILE)
def test_markup_in_peoples_words_is_printed_as_they_wrote_it(said: str) -> None:
    signatory = Signatory((said,), said)
    made = paper(title=said, place=said, symbol=said, answers=said, bases=(said,), closing=said, signatory=signatory,
                 recipients=(said,), blocks=(Heading(said), Paragraph(said), table(said)),
                 annexes=(Annex("A", (Paragraph(said),)),), notice=said)  # fmt: skip
    text = "".join(pages(to_pdf(made))).replace(" ", "")
    assert text.count(said.replace(" ", "")) >= 10


def test_a_word_longer_than_the_line_is_broken_inside_the_margins() -> None:
    data = to_pdf(paper(title="W" * 120, blocks=(Paragraph("W" * 300), table("W" * 200, "Ngắn"))))
    with pdfium.PdfDocument(data) as document:
        for page in document:
            for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
                left, _, right, _ = item.get_bounds()
                assert left >= 30 / 25.4 * 72 - 1
                assert right <= (210 - 15) / 25.4 * 72 + 1
    assert "W" * 300 in "".join(pages(data)).replace(" ", "")


def test_marks_that_turn_the_direction_and_unknown_signs_do_no_harm() -> None:
    text = pages(to_pdf(paper(blocks=(Paragraph("Số nữ \u202e42\u202c người \U0001f600 漢 \x00\x1b"),))))[0]
    assert "Số nữ 42 người □ □" in text


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_written_can_be_set(said: str) -> None:
    assert to_pdf(paper(title=said or "x", blocks=(Paragraph(said), table(said)))).startswith(b"%PDF")


def test_missing_fonts_are_told_with_the_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    with pytest.raises(fonts.FontsMissing, match=r"Tinos-Regular\.ttf.*make setup"):
        fonts.check()
