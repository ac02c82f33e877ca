"""A consolidated report on paper: what it covers, whom it misses, and that every row adds up to what is signed."""

from collections.abc import Iterable

from sqlmodel import Session

from documents.writing.composing import compose
from documents.writing.pages import pdf
from documents.writing.paper import Block, Paper, Paragraph, Row, Table
from tests.world import DISTRICTS, PROVINCE, World

AN, BINH = DISTRICTS


def world(session: Session) -> World:
    """A district of two wards, of which one has sent its report and the other has not."""
    world = World(session)
    world.issue_plan()
    world.at("2026-12-17")
    world.report("Phường Một", 2, 30, 40)
    world.at("2026-12-20")
    world.consolidate(AN)
    return world


def face(paper: Paper) -> str:
    """The bold paragraph at the beginning."""
    (said,) = [b.text for b in paper.blocks if isinstance(b, Paragraph) and b.style == "strong"]
    return said


def rows(blocks: Iterable[Block]) -> list[Row]:
    """The rows of the first table."""
    return list(next(block for block in blocks if isinstance(block, Table)).rows)


def test_the_gap_stands_on_its_face_and_in_its_row_and_is_no_zero(session: Session) -> None:
    there = world(session)
    paper = compose(session, there.report_of(AN), None, there.now)
    assert face(paper) == ("Số liệu được tổng hợp từ báo cáo của 1/2 đơn vị. Chưa có số liệu của: "
                           "Phường Hai (chưa gửi báo cáo).")  # fmt: skip
    one, two, total = rows(paper.annexes[0].blocks)
    assert one.cells[1:] == ("Phường Một", "2", "30", "40")
    assert (two.kind, two.cells, two.words) == ("gap", ("2", "Phường Hai"), "chưa gửi báo cáo")
    assert total.cells[1:] == ("Tổng cộng", "2", "30", "40")


def test_each_gap_says_what_stands_in_the_way(session: Session) -> None:
    there = world(session)
    late = there.report_of("Phường Hai")
    there.write(late)
    there.present(late)
    there.sign(late)
    assert "Phường Hai (đã ký, chưa gửi)" in face(compose(session, there.report_of(AN), None, there.now))
    there.submit(late)
    assert "Phường Hai (đã gửi, chờ tổng hợp)" in face(compose(session, there.report_of(AN), None, there.now))
    there.later(hours=1)
    there.consolidate(AN)
    assert face(compose(session, there.report_of(AN), None, there.now)).endswith("đều đã có số liệu.")


def test_the_districts_own_figures_have_a_row_and_all_rows_make_the_total(session: Session) -> None:
    there = world(session)
    district = there.report_of(AN)
    there.write(district, 5, 6, 7)
    paper = compose(session, district, None, there.now)
    *units, total = [row for row in rows(paper.annexes[0].blocks) if row.kind != "gap"]
    assert units[-1].cells[1] == f"{AN} (số liệu của đơn vị tổng hợp)"
    for column in (2, 3, 4):
        assert sum(int(row.cells[column] or 0) for row in units) == int(total.cells[column] or 0)
    assert rows(paper.blocks)[0].cells[-3:] == total.cells[2:]  # the report's own table says the same


def test_the_draft_shows_what_will_be_signed(session: Session) -> None:
    there = world(session)
    district = there.report_of(AN)
    there.write(district, 5, 6, 7, free="Diễu hành")  # in words that nobody has put into a category
    before = compose(session, district, None, there.now)
    there.present(district)
    cut = compose(session, district, there.newest(district), there.now)
    assert before == cut
    assert before.notice == "DỰ THẢO LẦN 1"


def test_a_signed_total_never_changes_when_the_late_ward_comes(session: Session) -> None:
    there = world(session)
    district = there.report_of(AN)
    there.write(district)
    there.send(district)
    sent = pdf(session, district, None, there.now)
    there.later(days=1)
    there.report("Phường Hai")
    there.report("Phường Ba")
    assert pdf(session, district, None, there.now) == sent
    assert "Phường Hai (chưa gửi báo cáo)" in face(compose(session, district, None, there.now))


def test_a_province_names_the_ward_that_is_missing_two_levels_below(session: Session) -> None:
    there = world(session)
    district = there.report_of(AN)
    there.write(district)
    there.send(district)
    there.consolidate(PROVINCE)
    said = face(compose(session, there.report_of(PROVINCE), None, there.now))
    assert "báo cáo của 1/4 đơn vị" in said
    assert f"{BINH} (chưa gửi báo cáo)" in said
    assert f"Phường Hai ({AN})" in said


def test_words_are_gathered_by_ward(session: Session) -> None:
    there = World(session)
    there.issue_plan()
    there.at("2026-12-17")
    for ward, words in (("Phường Một", "- Kinh phí ít.\n- Cán bộ kiêm nhiệm."), ("Phường Hai", "Chưa có tài liệu.")):
        report = there.report_of(ward)
        there.write(report)
        draft = there.value("SELECT content FROM working_copy WHERE document_id = %s", report)
        texts = {**draft["texts"], "difficulties": words}
        there._save(report, {**draft, "texts": texts}, None)
        there.send(report)
    there.consolidate(AN)
    paper = compose(session, there.report_of(AN), None, there.now)
    texts_of = [block.text for block in paper.blocks if isinstance(block, Paragraph)]
    at = texts_of.index("Ý kiến của các đơn vị:")
    assert texts_of[at + 1 : at + 5] == [
        "- Phường Một:", "+ Kinh phí ít.", "+ Cán bộ kiêm nhiệm.", "- Phường Hai: Chưa có tài liệu."
    ]  # fmt: skip


def test_a_waived_ward_stands_apart(session: Session) -> None:
    there = world(session)
    at = there.at("2026-12-17", 15)
    granted = {"document": there.report_of("Phường Hai"), "office": there.act(AN, "leader").office_id, "at": at}
    session.connection().exec_driver_sql(
        "INSERT INTO dispensation (document_id, kind, reason, office_id, at, in_time)"
        " VALUES (%(document)s, 'waiver', 'lũ lụt', %(office)s, %(at)s, true)", granted)  # fmt: skip
    there.at("2026-12-20", 10)
    said = face(compose(session, there.report_of(AN), None, there.now))
    assert said.endswith("Được miễn báo cáo: Phường Hai.")
    assert "Chưa có số liệu" not in said


def test_a_wards_own_report_has_no_coverage_and_no_annex(session: Session) -> None:
    there = world(session)
    paper = compose(session, there.report_of("Phường Một"), None, there.now)
    assert not paper.annexes
    assert not [block for block in paper.blocks if isinstance(block, Paragraph) and block.style == "strong"]
