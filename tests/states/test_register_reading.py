"""Sổ văn bản as it is read: every number in its place, with what became of it."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from states import registers
from states.reading.registers import Asked, books, incoming, outgoing
from tests.world import DISTRICTS, PROVINCE, WARDS, World


def issued(session: Session) -> World:
    world = World(session)
    world.issue_plan()
    world.at("2026-12-16")
    return world


def test_a_sent_number_tells_signer_recipients_copy_and_receipt(session: Session) -> None:
    world = issued(session)
    report = world.report(WARDS[0])
    world.later(hours=2)
    world.receive(report)
    page = outgoing(session, Asked(world.unit(WARDS[0])))
    (row,) = page.rows
    assert page.total == 1
    assert (row.document_id, row.number, row.series, row.day) == (report, "01/BC-UBND", "BC", date(2026, 12, 16))
    assert row.signer == "KT. Phó Chủ tịch Hoa, Phường Một (mẫu)" and row.clerk == "Minh, Phường Một (mẫu)"
    assert (row.recipients, row.keeper, row.paper) == (("Như trên",), WARDS[0], False)
    assert (row.received_number, row.received_by, row.undone) == (1, DISTRICTS[0], None)
    (arrived,) = incoming(session, Asked(world.unit(DISTRICTS[0]), 2026)).rows
    assert (arrived.number, arrived.author, arrived.their_number) == (1, WARDS[0], "01/BC-UBND")
    assert arrived.arrived_at == world.now and arrived.clerk == "Minh, Huyện An Mẫu (mẫu)"


def test_a_withdrawn_number_stays_with_its_reason(session: Session) -> None:
    world = issued(session)
    world.withdraw(world.plan, "Trùng kế hoạch (mẫu)")
    (row,) = outgoing(session, Asked(world.unit(PROVINCE), 2026, "KH")).rows
    assert (row.undone, row.undone_at, row.undone_why) == ("withdraw", world.now, "Trùng kế hoạch (mẫu)")


def test_a_paper_sent_anew_takes_a_new_number_and_both_say_so(session: Session) -> None:
    world = issued(session)
    report = world.report(WARDS[0])
    world.recall(report, "Gửi nhầm (mẫu)")
    world.later(hours=1)
    world.write(report, 3)
    world.send(report)
    first, second = outgoing(session, Asked(world.unit(WARDS[0]))).rows
    assert (first.number, first.undone, first.undone_why) == ("01/BC-UBND", "recall", "Gửi nhầm (mẫu)")
    assert (first.replaced_by, second.number, second.replaces) == ("02/BC-UBND", "02/BC-UBND", "01/BC-UBND")
    assert second.undone is None
    newest, _ = outgoing(session, Asked(world.unit(WARDS[0])), newest_first=True).rows
    assert newest == second
    assert outgoing(session, Asked(world.unit(WARDS[0])), limit=1, offset=1).rows == (second,)


def test_a_paper_from_outside_names_its_own_signer_and_no_clerk_of_ours(session: Session) -> None:
    world = issued(session)
    world.register(world.report_of(WARDS[1]), 7)
    (row,) = outgoing(session, Asked(world.unit(WARDS[1]))).rows
    assert (row.number, row.paper, row.signer, row.clerk) == ("07/BC-UBND", True, "Phạm Văn Giấy (mẫu)", None)


def test_days_and_series_narrow_what_is_read(session: Session) -> None:
    world = issued(session)
    world.report(WARDS[0])
    ward = world.unit(WARDS[0])
    for nothing in (Asked(ward, 2025), Asked(ward, 2026, "KH"), Asked(ward, first=date(2026, 12, 17)),
                    Asked(ward, last=date(2026, 12, 15))):  # fmt: skip
        assert outgoing(session, nothing).total == 0
    assert outgoing(session, Asked(ward, 2026, "BC", date(2026, 12, 16), date(2026, 12, 16))).total == 1


def test_a_book_tells_where_it_was_opened_by_whom_and_why(session: Session) -> None:
    world = issued(session)
    clerk = world.act(WARDS[0], "clerk")
    registers.open_register(session, world.unit(WARDS[0]), 2026, "BC", at_number=36, office_id=clerk.office_id,
                            reason="Đếm tiếp sổ giấy (mẫu)")  # fmt: skip
    world.report(WARDS[0])
    (book,) = books(session, world.unit(WARDS[0]))
    assert (book.opened_at, book.opened_by, book.opened_title) == (36, "Minh, Phường Một (mẫu)", "Văn thư")
    assert (book.reason, book.last, book.entries) == ("Đếm tiếp sổ giấy (mẫu)", 36, 1)
    assert outgoing(session, Asked(world.unit(WARDS[0]))).rows[0].number == "36/BC-UBND"
