"""What this program writes, it reads back: the PDF of record of a report."""

from datetime import UTC, date, datetime

from documents.reading.files import open_bytes
from documents.reading.recognising import recognise
from documents.writing.paper import Annex, Column, Heading, Paper, Paragraph, Row, Signatory, Table
from documents.writing.typesetting import to_pdf


def _paper() -> Paper:
    columns = (
        Column("STT"),
        Column("Hoạt động"),
        Column("Số cuộc", "", True),
        Column("Nam", "Số người", True),
        Column("Nữ", "Số người", True),
    )
    table = Table(columns, (Row(("1", "Lễ phát động", "1", "35", "80")), Row(("2", "Tọa đàm", "3", "1.204", "96"))), 2)
    return Paper(
        "report",
        "UBND HUYỆN AN PHÚ",
        ("ỦY BAN NHÂN DÂN", "XÃ NHƠN HỘI"),
        36,
        "BC-UBND",
        "Nhơn Hội",
        date(2024, 12, 16),
        2024,
        "BÁO CÁO",
        "Kết quả Tháng hành động vì bình đẳng giới năm 2024",
        None,
        ("Thực hiện Kế hoạch số 112/KH-UBND ngày 26/02/2024 của UBND huyện An Phú về Tháng hành động.",),
        (Heading("I. KẾT QUẢ", 1), Paragraph("Kinh phí: 15.000.000 đồng. Nữ đại biểu Hội đồng nhân dân xã: 8/26.")),
        "Trên đây là báo cáo của Ủy ban nhân dân xã Nhơn Hội./.",
        Signatory(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Trần Thị Mẫu"),
        ("- UBND huyện An Phú;", "- Lưu: VT, VHXH."),
        datetime(2024, 12, 16, tzinfo=UTC),
        (Annex("Tổng hợp số liệu", (Heading("1. Các hoạt động hưởng ứng", 2), table)),),
        author="Ủy ban nhân dân xã Nhơn Hội",
    )


def test_the_pdf_of_record_is_read_back() -> None:
    incoming = recognise(open_bytes("bao-cao.pdf", to_pdf(_paper())))
    assert (incoming.issuer.value, incoming.number.value, incoming.symbol.value) == (
        "UBND xã Nhơn Hội",
        "36",
        "BC-UBND",
    )
    assert incoming.parent_line.value == "UBND huyện An Phú"
    assert incoming.unit.value is not None and incoming.unit.value.code == "30349"
    assert incoming.date.value is not None and incoming.date.value.full == date(2024, 12, 16)
    assert incoming.title.value == "Kết quả Tháng hành động vì bình đẳng giới năm 2024"
    assert incoming.signer.value.words == "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / Trần Thị Mẫu"
    assert [one.value for one in incoming.recipients] == ["UBND huyện An Phú", "Lưu: VT, VHXH"]
    assert incoming.answers is not None and incoming.answers.value.code == "112/KH-UBND"
    assert [one.value.amount.canonical for one in incoming.money] == ["15000000"]


def test_the_annexed_table_is_read_back_cell_by_cell() -> None:
    incoming = recognise(open_bytes("bao-cao.pdf", to_pdf(_paper())))
    (table,) = incoming.tables
    assert table.value.columns == ("STT", "Hoạt động", "Số cuộc", "Số người|Nam", "Số người|Nữ")
    assert table.value.rows == (("1", "Lễ phát động", "1", "35", "80"), ("2", "Tọa đàm", "3", "1.204", "96"))
