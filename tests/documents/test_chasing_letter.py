"""Công văn đôn đốc: what it says of plan, deadline and late units, how it bears its symbol, and its list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import Session

from documents.writing import house
from documents.writing.chasing_letter import BadSymbol, Letter, Plan, addressed, letter_paper, usual_text
from documents.writing.typesetting import to_pdf
from states import offices, units
from states.days import calendar
from states.reading.board import board
from tests.documents.test_paper_pages import assert_in_order, pages
from tests.world import PROVINCE, WARDS, World


def letter(session: Session) -> Letter:
    """The province's, two working days after the wards' deadline of 18/12; one ward has sent."""
    there = World(session, districts=False)
    there.issue_plan()
    there.at("2026-12-16")
    there.report(WARDS[0])
    there.at("2026-12-22")
    path = units.get(session, there.unit(PROVINCE)).path
    found = board(session, there.plan, path, there.now, calendar(session))
    body, symbol = house.issuer(session, there.unit(PROVINCE))
    signer = offices.holder(session, there.act(PROVINCE, "leader"), there.today)
    return Letter(body, house.house(session, there.unit(PROVINCE), there.now), f"{symbol}-VX", signer,
                  Plan("Tháng hành động năm 2026 (mẫu)", "01/KH-UBND", date(2026, 10, 5), PROVINCE), found.late, 4, 1,
                  date(2026, 12, 25), there.now)  # fmt: skip


def test_a_letter_names_plan_deadline_late_units_and_the_new_day(session: Session) -> None:
    text = " ".join(pages(to_pdf(letter_paper(letter(session)))))
    assert_in_order(
        text, "ỦY BAN NHÂN DÂN TỈNH MẪU GIANG", "/UBND-VX", "V/v đôn đốc gửi báo cáo Tháng hành động (mẫu)",
        "Mẫu Giang, ngày tháng năm 2026", "Kính gửi:", "Ủy ban nhân dân phường Ba;",
        "Kế hoạch số 01/KH-UBND ngày 05 tháng 10 năm 2026 của UBND tỉnh Mẫu Giang", "chậm nhất hết ngày 18/12/2026",
        "1/4 đơn vị đã gửi; còn 3 đơn vị đã quá thời hạn", "chậm 2 ngày làm việc", "chậm nhất hết ngày 25/12/2026",
        "./.", "- Như trên;", "- Lưu: VT, VX.",
    )  # fmt: skip
    assert_in_order(text, "./.", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Hoa, Tỉnh Mẫu Giang (mẫu)")
    assert_in_order(text, "Phụ lục", "DANH SÁCH ĐƠN VỊ QUÁ HẠN CHƯA GỬI BÁO CÁO", "(Kèm theo Công văn số /UBND-VX",
                    "Phường Ba", "18/12/2026", "2", "chưa soạn", "chưa nhắc", "Phường Bốn", "Phường Hai")  # fmt: skip
    assert "BÁO CÁO V/v" not in text and "CÔNG VĂN" not in text  # a letter bears no type over its text


def test_many_units_are_addressed_together_and_one_by_its_name(session: Session) -> None:
    late = letter(session).late
    assert addressed(late[:1]) == (f"Ủy ban nhân dân {late[0].unit.replace('Phường', 'phường')}",)
    many = [replace(late[0], unit=f"Xã {n}", document_id=n) for n in range(1, 7)]
    assert addressed([*late, *many]) == ("Ủy ban nhân dân các xã, phường (theo danh sách kèm theo)",)


def test_an_edited_text_is_text_and_the_list_names_the_part_of_a_nation(session: Session) -> None:
    one = letter(session)
    within = {one.late[0].document_id: "Tỉnh khác (mẫu)"}
    made = letter_paper(replace(one, text="#panic() *một*\r\n\r\nHết./.", signer=None, within=within))
    assert (made.blocks[0].text, made.closing, made.number, made.day) == ("#panic() *một*", "Hết./.", None, None)  # type: ignore[union-attr]
    assert "Tỉnh khác (mẫu)" in pages(to_pdf(made))[1]


def test_a_symbol_is_issuer_and_drafting_unit(session: Session) -> None:
    one = letter(session)
    for symbol in ("", "CV UBND", "UBND/VX", "=UBND-", "U" * 31):
        with pytest.raises(BadSymbol):
            letter_paper(replace(one, symbol=symbol))
    assert letter_paper(replace(one, symbol="BNV-CTTN&BĐG")).number_words == "/BNV-CTTN&BĐG"


def test_deadlines_that_differ_are_told_in_the_list(session: Session) -> None:
    one = letter(session)
    later = replace(one.late[0], due_at=one.late[0].due_at.replace(day=21), days_late=1)
    text = usual_text(replace(one, late=[later, *one.late[1:]]))
    assert "theo thời hạn ghi tại danh sách kèm theo" in text and "chậm từ 1 đến 2 ngày làm việc" in text
