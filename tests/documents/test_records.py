"""Records as a PDF: the register with its withdrawn numbers, the certificate of a document's life; heads as settled."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import Session

from documents.writing import house
from documents.writing.certificate import certificate, span_words
from documents.writing.composing import compose
from documents.writing.house import BadHead, Settled
from documents.writing.letterhead import House
from documents.writing.register_paper import Register, register_paper, register_xlsx
from documents.writing.typesetting import to_pdf
from states import registers as given
from states.digests import grouped
from states.reading.registers import Asked, books, outgoing
from tests.documents.test_paper_pages import assert_in_order, pages, sizes, world
from tests.world import DISTRICTS, PROVINCE, WARDS, World


def register_of(there: World, unit: str) -> Register:
    asked, unit_id = Asked(there.unit(unit), 2026), there.unit(unit)
    body, _ = house.issuer(there.session, unit_id)
    return Register(body, House(), asked, outgoing(there.session, asked), books(there.session, unit_id), there.now)


# ── the register ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_register_lies_across_and_keeps_its_withdrawn_numbers_with_the_reason(session: Session) -> None:
    there = world(session)
    there.withdraw(there.plan, "=1+1, trùng kế hoạch (mẫu)")
    register = register_of(there, PROVINCE)
    data = to_pdf(register_paper(register))
    assert sizes(data) == [(297, 210)]
    assert_in_order(
        " ".join(pages(data)), "TỈNH MẪU GIANG", "SỔ ĐĂNG KÝ VĂN BẢN ĐI", "Năm 2026", "Số, ký hiệu",
        "Đơn vị giữ bản lưu", "01/KH-", "05/10/2026", "Kế hoạch Tháng hành động", "KT. Phó Chủ tịch",
        "Đã thu hồi ngày 16/12/2026: =1+1",
        "Tổng số: 1 số.",
    )  # fmt: skip
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(register_xlsx(register))).get_sheet_by_index(0).to_python()
    (row,) = [row for row in sheet if row[0] == "01/KH-UBND"]
    assert row[9] == "Đã thu hồi ngày 16/12/2026: =1+1, trùng kế hoạch (mẫu)"


def test_a_long_register_repeats_its_head_and_says_how_it_was_opened(session: Session) -> None:
    there = world(session)
    clerk = there.act(WARDS[0], "clerk")
    given.open_register(session, there.unit(WARDS[0]), 2026, "BC", at_number=36, office_id=clerk.office_id,
                        reason="Đếm tiếp sổ giấy (mẫu)")  # fmt: skip
    report = there.report_of(WARDS[0])
    for turn in range(8):
        there.send(report)
        there.recall(report, f"Gửi nhầm lần {turn} (mẫu)")
        there.later(minutes=5)
        there.write(report, 2, 42 + turn, 55)
    text = pages(to_pdf(register_paper(register_of(there, WARDS[0]))))
    assert len(text) > 1
    assert all("Ghi chú" in page for page in text if "/BC-" in page)
    assert "mở tại số 36; người mở: Minh, Phường Một (mẫu), Văn thư; lý do: Đếm tiếp sổ giấy (mẫu)." in text[0]
    assert_in_order(" ".join(text), "36/BC-", "37/BC-", "43/BC-", "Tổng số: 8 số.")


def test_an_empty_register_says_so(session: Session) -> None:
    assert "Chưa có số nào" in pages(to_pdf(register_paper(register_of(world(session), WARDS[3]))))[0]


# ── the certificate ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_certificate_tells_the_whole_life_and_that_it_is_no_signature(session: Session) -> None:
    there = world(session)
    report = there.report_of(WARDS[0])
    there.send(report)
    there.later(hours=3)
    there.receive(report)
    there.return_(report, reason="Số nữ chưa khớp (mẫu)")
    there.later(hours=26)
    there.write(report, 3, 42, 60)
    there.send(report)
    there.consolidate(DISTRICTS[0])
    text = " ".join(pages(to_pdf(certificate(session, report, there.now))))
    assert_in_order(
        text, "PHIẾU XÁC NHẬN QUÁ TRÌNH XỬ LÝ VĂN BẢN", "02/BC-UBND", "CÁC BƯỚC", "mở dự thảo", "trình ký",
        "Hoa, Phường Một (mẫu), Phó Chủ tịch", "KT. · từ 01/01/2020", "trả lại", "Số liệu sai hoặc mâu thuẫn: Số nữ",
        "Người soạn: 1 ngày 2 giờ", "GỬI VÀ NHẬN", "01/BC-UBND", "số đến 1", "02/BC-UBND", "TRẢ LẠI",
        "Số nữ chưa khớp (mẫu)", "ĐÃ LẤY SỐ LIỆU", DISTRICTS[0], "MÃ BĂM ĐẦU CHUỖI",
    )  # fmt: skip
    head = there.document(report)["head"].hex()
    assert grouped(head) in text
    assert "không có sai lệch" in text and "Phiếu không phải chữ ký" in text
    assert f"dondoc audit check {report}" in text
    for content in there.rows("SELECT digest FROM revision WHERE document_id = %s", report):
        assert grouped(content["digest"].hex()) in text


def test_a_certificate_of_a_paper_from_outside_claims_no_signature_of_ours(session: Session) -> None:
    there = world(session)
    report = there.report_of(WARDS[1])
    there.register(report)
    text = " ".join(pages(to_pdf(certificate(session, report, there.now))))
    assert "Phạm Văn Giấy (mẫu) (ký ngoài hệ thống); vào sổ: Minh, Huyện An Mẫu (mẫu)" in text
    assert f"tệp gốc SHA-256 {grouped('01' * 32)}" in text


@pytest.mark.parametrize(
    ("stay", "words"),
    [(timedelta(minutes=12), "12 phút"), (timedelta(hours=3, minutes=5), "3 giờ 05 phút"),
     (timedelta(days=2), "2 ngày"), (timedelta(days=2, hours=3, minutes=50), "2 ngày 3 giờ"), (timedelta(), "0 phút")],
)  # fmt: skip
def test_a_length_of_time_is_said_in_words(stay: timedelta, words: str) -> None:
    assert span_words(stay) == words


# ── what a unit settles for its papers ────────────────────────────────────────────────────────────────────────


def test_a_setting_counts_from_its_moment_and_leaves_what_was_signed_before(session: Session) -> None:
    there = world(session)
    report, ward = there.report_of(WARDS[0]), there.unit(WARDS[0])
    there.send(report)
    signed = compose(session, report, None, there.now)
    assert (signed.parent_line, signed.place) == ("UBND HUYỆN AN MẪU", "Phường Một")
    there.later(hours=1)
    assert house.settle(session, ward, Settled("", "Một"), there.now)
    assert not house.settle(session, ward, Settled("", "Một"), there.now)
    assert compose(session, report, None, there.now) == signed
    now = house.house(session, ward, there.now)
    assert (now.above, now.places) == ("", {WARDS[0]: "Một"})
    there.later(hours=1)
    house.settle(session, ward, Settled("Khu vực mẫu"), there.now)
    assert house.settled(session, ward, there.now - timedelta(minutes=30)) == Settled("", "Một")
    assert house.settled(session, ward, datetime(2026, 1, 1, tzinfo=UTC)) == Settled()
    assert house.house(session, ward, there.now).above == "Khu vực mẫu"


def test_a_department_writes_the_place_that_its_unit_has_settled(session: Session) -> None:
    there = World(session)
    house.settle(session, there.unit(PROVINCE), Settled(None, "Thành phố Mẫu"), there.now)
    assert house.house(session, there.unit("MG-SO"), there.now).places == {PROVINCE: "Thành phố Mẫu"}
    assert house.house(session, there.unit(DISTRICTS[0]), there.now).above is None


@pytest.mark.parametrize("words", ["x" * 121, "hai\ndòng", "\u202egnas"])
def test_a_head_is_one_line_of_print(session: Session, words: str) -> None:
    there = World(session)
    with pytest.raises(BadHead):
        house.settle(session, there.unit(PROVINCE), Settled(words), there.now)
