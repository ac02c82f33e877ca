"""A consolidated report on paper: what it covers, whom it misses, and that every row adds up to what is signed."""

from collections.abc import Iterable

from sqlmodel import Session

from documents.writing import units
from documents.writing.composing import compose
from documents.writing.pages import pdf
from documents.writing.paper import Block, Heading, Paper, Paragraph, Row, Table
from states import acting
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
    """What it says of its coverage: from the bold paragraph to the first heading."""
    said: list[str] = []
    for block in paper.blocks:
        if isinstance(block, Heading):
            break
        if isinstance(block, Paragraph) and (said or block.style == "strong"):
            said.append(block.text.replace("\u00a0", " "))
    return "\n".join(said)


def units_of(paper: Paper) -> list[Row]:
    """The first table of the annex that has a row a unit."""
    (annex,) = [annex for annex in paper.annexes if annex.title == units.ANNEX]
    return rows(annex.blocks)


def rows(blocks: Iterable[Block]) -> list[Row]:
    """The rows of the first table."""
    return list(next(block for block in blocks if isinstance(block, Table)).rows)


def test_the_gap_stands_on_its_face_and_in_its_row_and_is_no_zero(session: Session) -> None:
    there = world(session)
    paper = compose(session, there.report_of(AN), None, there.now)
    assert face(paper) == (
        "Đến ngày 20/12/2026, 1/2 xã, phường, đặc khu đã gửi báo cáo (50 %), trong đó đúng hạn 1/2 (50 %). Số liệu "
        "tổng hợp trong báo cáo này là của 1/2 xã, phường, đặc khu; đơn vị chưa có số liệu không được tính là số 0.\n"
        "Chưa có số liệu của 1 đơn vị:\n- Chưa gửi báo cáo (1 đơn vị): Phường Hai."
    )
    one, two, total = units_of(paper)
    assert one.cells[1:] == ("Phường Một", "2", "30", "40")
    assert (two.kind, two.cells, two.words) == ("gap", ("2", "Phường Hai"), "chưa gửi báo cáo")
    assert total.cells[1:] == ("Tổng cộng", "2", "30", "40")


def test_each_gap_says_what_stands_in_the_way(session: Session) -> None:
    there = world(session)
    late = there.report_of("Phường Hai")
    there.write(late)
    there.present(late)
    there.sign(late)
    assert "Đã ký, chưa gửi (1 đơn vị): Phường Hai." in face(compose(session, there.report_of(AN), None, there.now))
    there.submit(late)
    said = face(compose(session, there.report_of(AN), None, there.now))
    assert "Đã gửi, chờ tổng hợp (1 đơn vị): Phường Hai." in said
    there.later(hours=1)
    there.consolidate(AN)
    assert face(compose(session, there.report_of(AN), None, there.now)).endswith("không thiếu đơn vị nào.")


def test_the_districts_own_figures_have_a_row_and_all_rows_make_the_total(session: Session) -> None:
    there = world(session)
    district = there.report_of(AN)
    there.write(district, 5, 6, 7)
    paper = compose(session, district, None, there.now)
    *units, total = [row for row in units_of(paper) if row.kind != "gap"]
    assert units[-1].cells[1] == f"{AN} (số liệu của đơn vị tổng hợp)"
    for column in (2, 3, 4):
        assert sum(int(row.cells[column] or 0) for row in units) == int(total.cells[column] or 0)
    assert rows(paper.annexes[0].blocks)[0].cells[-3:] == total.cells[2:]  # the table of totals says the same


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
    assert "Chưa gửi báo cáo (1 đơn vị): Phường Hai." in face(compose(session, district, None, there.now))


def test_a_province_names_the_ward_that_is_missing_two_levels_below(session: Session) -> None:
    there = world(session)
    district = there.report_of(AN)
    there.write(district)
    there.send(district)
    there.consolidate(PROVINCE)
    said = face(compose(session, there.report_of(PROVINCE), None, there.now))
    assert "bao gồm 1/4 xã, phường, đặc khu" in said
    assert f"Chưa gửi báo cáo (1 đơn vị): {BINH}." in said
    assert f"- {AN} (1 đơn vị): Phường Hai." in said


def test_words_are_gathered_by_ward(session: Session) -> None:
    there = World(session)
    there.issue_plan()
    there.at("2026-12-17")
    said = {"Phường Một": "- Kinh phí ít.\n- Cán bộ kiêm nhiệm.", "Phường Hai": "Chưa có tài liệu.\n+ kinh phí ít"}
    for ward, words in said.items():
        report = there.report_of(ward)
        there.write(report)
        draft = there.value("SELECT content FROM working_copy WHERE document_id = %s", report)
        texts = {**draft["texts"], "difficulties": words}
        there._save(report, {**draft, "texts": texts}, None)
        there.send(report)
    there.consolidate(AN)
    paper = compose(session, there.report_of(AN), None, there.now)
    texts_of = [block.text for block in paper.blocks if isinstance(block, Paragraph)]
    at = texts_of.index("Các đơn vị phản ánh:")
    assert texts_of[at + 1 : at + 4] == [
        "- 2 đơn vị (Phường Một, Phường Hai): Kinh phí ít.", "- Phường Một: Cán bộ kiêm nhiệm.",
        "- Phường Hai: Chưa có tài liệu.",
    ]  # fmt: skip


def test_a_waived_ward_stands_apart(session: Session) -> None:
    there = world(session)
    at = there.at("2026-12-17", 15)
    granted = {"document": there.report_of("Phường Hai"), "office": there.act(AN, "leader").office_id, "at": at}
    acting.tell(session, there.act(AN, "leader").office_id)
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
