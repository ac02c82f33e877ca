"""The questions of auditors, asked of a small province: each answer names who, in which office, when and of what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from states import acting, contents, duties, offices, units
from states.database import engine
from states.embedded import Urls
from states.lifecycle import Kind
from states.offices import NewOffice
from states.opening import NewDocument, open_document
from states.reading import audit
from states.reading.documents import Seer, Wanted, find
from states.reading.integrity import verify_chain
from states.reading.links import links
from states.reading.timeline import time_on_desks, timeline
from tests.world import WINDOW, World

DAY = date(2026, 10, 5)


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.issue_plan()
    return world


# ── the timeline ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_timeline_tells_each_step_with_who_when_why_and_how_long_it_lay(world: World) -> None:
    report = world.report("W1")
    world.later(hours=2)
    world.receive(report)
    world.later(hours=1)
    world.return_(report)
    world.later(hours=5)

    events = timeline(world.session, report)
    steps = [event for event in events if event.topic == "step"]

    assert [event.what for event in steps] == ["open", "present", "sign", "submit", "receive", "return"]
    signed, sent, returned = steps[2], steps[3], steps[5]
    assert (signed.authority, signed.title, signed.person) == ("KT.", "Phó Chủ tịch", "Hoa, Phường Một (mẫu)")
    assert (sent.number, sent.dated, sent.lay) == ("01/BC-UBND", DAY, timedelta(hours=2))
    assert (returned.words, returned.reason_words) == ("Số nữ chưa khớp", "Số liệu sai hoặc mâu thuẫn")
    assert returned.until == world.now + timedelta(days=3, hours=-5) and returned.lay is None
    assert time_on_desks(events, world.now)["receiver"] == timedelta(hours=3)
    assert time_on_desks(events, world.now)["drafter"] == timedelta(hours=5)
    assert [(event.topic, event.words) for event in events if event.topic == "received"] == [("received", "1/đến")]


def test_calls_requests_answers_and_explanations_stand_between_the_steps(world: World) -> None:
    report, drafter = world.report_of("W1"), world.holder("W1", "drafter")
    world.later(hours=1)
    _note(world, report, "call", "Đã gọi, hẹn ngày 10/12")
    world.later(hours=1)
    until = world.document(report)["due_at"] + timedelta(days=2)
    asked = duties.ask(world.session, report, "extension", until, "Mưa lũ", drafter, world.now)
    world.later(hours=1)
    supervisor = world.holder("AM", "supervisor")
    duties.grant(world.session, report, "extension", until, "Đồng ý", supervisor, world.now, request_id=asked)
    world.later(hours=1)
    contents.explain(world.session, report, "split-blank", "rows.1", "Chưa tách nam, nữ", drafter, world.now)
    world.later(hours=1)
    world.report("W1")

    events = timeline(world.session, report)

    assert [(e.topic, e.what) for e in events[:5]] == [
        ("step", "open"), ("call", "call"), ("asked", "extension"), ("granted", "extension"),
        ("explained", "split-blank"),
    ]  # fmt: skip
    assert (events[2].until, events[3].until, events[3].counts) == (until, until, True)
    assert events[3].unit == "Huyện An Mẫu"
    assert [e.topic for e in events[5:]] == ["step"] * 3


def test_links_lead_to_the_plan_the_report_above_and_those_below(world: World) -> None:
    district = links(world.session, world.report_of("AM"))

    assert [(link.role, link.outward, link.issuer) for link in district] == [
        ("parent", True, "Tỉnh Mẫu Giang"), ("plan", True, "Tỉnh Mẫu Giang"),
        ("parent", False, "Phường Một"), ("parent", False, "Phường Hai"),
    ]  # fmt: skip
    assert district[1].number == "01/KH-UBND"


# ── who signed what ─────────────────────────────────────────────────────────────────────────────────────────


def test_everything_a_person_signed_between_two_days(world: World) -> None:
    report = world.report("W1")
    leader = world.act("W1", "leader").person_id

    (signed,) = audit.signed_by(world.session, leader, DAY, DAY)

    assert (signed.document_id, signed.number, signed.dated) == (report, "01/BC-UBND", DAY)
    assert (signed.authority, signed.office, signed.office_unit) == ("KT.", "Phó Chủ tịch", "Phường Một")
    assert signed.revision_digest == world.steps(report)[2]["revision_digest"].hex()
    assert not signed.voided
    assert audit.signed_by(world.session, leader, DAY + timedelta(days=1), date.max) == []


def test_a_signature_taken_back_is_told_as_voided(world: World) -> None:
    report = world.report_of("W1")
    world.write(report)
    world.present(report)
    world.sign(report)
    world.revise(report)
    world.later(hours=1)
    world.send(report)

    signed = audit.signed_by(world.session, world.act("W1", "leader").person_id, DAY, DAY)

    assert [(s.number, s.voided) for s in signed] == [(None, True), ("01/BC-UBND", False)]


def test_who_could_have_signed_is_told_as_of_the_day_of_the_signature(session: Session) -> None:
    world = World(session)
    world.issue_plan(field="bình đẳng giới")
    other = offices.add_person(session, "Sơn (mẫu)", sample=True)
    ward = world.unit("W1")
    offices.give(session, NewOffice(other, ward, "leader", "Phó Chủ tịch", DAY, "KT.", fields=["đất đai"]))
    report = world.report("W1")
    offices.end(session, world.act("W1", "leader").office_id, DAY)
    world.later(days=30)

    (moment,) = audit.who_could_have_signed(session, report)

    assert moment.person_id == world.act("W1", "leader").person_id
    assert [(held.person.split(",")[0], why) for held, why in moment.could] == [
        ("Dũng", None), ("Hoa", None), ("Sơn (mẫu)", "Phó Chủ tịch không phụ trách lĩnh vực «bình đẳng giới»"),
    ]  # fmt: skip


# ── what was out of the ordinary ────────────────────────────────────────────────────────────────────────────


def test_an_ordinary_day_has_no_exceptions(world: World) -> None:
    world.report("W1")
    assert audit.exceptions(world.session, DAY, DAY) == []


def test_a_signature_outside_the_term_of_office_comes_to_light(world: World) -> None:
    world.at("2026-10-20")
    world.report("W1")
    # The door refuses such an end (`ActedAfterwards`): somebody went past it.
    back = "UPDATE office SET valid_to = '2026-10-19' WHERE id = %(id)s"
    world.session.connection().exec_driver_sql(back, {"id": world.act("W1", "leader").office_id})

    (found,) = audit.exceptions(world.session, DAY, date(2026, 10, 31))

    assert (found.kind, found.unit, found.seq) == ("outside-mandate", "Phường Một", 3)
    assert found.words == "KT. Phó Chủ tịch: Phó Chủ tịch không giữ chức vụ vào ngày ký"
    assert found.person == "Hoa, Phường Một (mẫu)"


def test_papers_explanations_reopenings_and_late_extensions_are_listed(world: World) -> None:
    explained = world.report_of("W1")
    world.write(explained, events=50)
    world.present(explained)
    (finding,) = world.rows("SELECT code, place FROM finding WHERE document_id = %s AND severity = 'explain'"
                            " AND place LIKE 'rows%%'", explained)  # fmt: skip
    for place in (finding["place"], "figures.10201"):
        contents.explain(world.session, explained, finding["code"], place, "Mỗi tổ một cuộc",
                         world.holder("W1", "drafter"), world.now)  # fmt: skip
    world.sign(explained)
    world.submit(explained)
    world.later(minutes=1)
    world.register(world.report_of("W2"), 31)
    world.later(hours=1)
    world.consolidate("AM")
    world.reopen(explained)
    world.at("2026-12-30")
    late = world.report_of("W3")
    until = world.now + timedelta(days=2)
    duties.grant(world.session, late, "extension", until, "Đã muộn", world.holder("BM", "supervisor"), world.now)

    found = audit.exceptions(world.session, DAY, date(2026, 12, 31))

    assert [(e.kind, e.unit) for e in found] == [
        ("explained", "Phường Một"), ("signed-elsewhere", "Phường Hai"), ("reopened", "Phường Một"),
        ("granted-late", "Phường Ba"),
    ]  # fmt: skip
    assert found[0].words.endswith("cuộc: Mỗi tổ một cuộc")
    assert found[1].words == "31/BC-UBND ngày 5/10/2026, người ký: Phạm Văn Giấy (mẫu)"
    assert (found[2].words, found[2].person) == ("figures-wrong: Số liệu sai", "Tâm, Huyện An Mẫu (mẫu)")
    below = units.get(world.session, world.unit("BM")).path
    assert [e.kind for e in audit.exceptions(world.session, DAY, date(2026, 12, 31), below)] == ["granted-late"]
    assert audit.exceptions(world.session, date(2026, 12, 1), date(2026, 12, 29)) == []


def test_in_a_small_unit_the_drafter_who_signs_is_told(world: World) -> None:
    world.session.connection().exec_driver_sql("UPDATE unit SET small = true WHERE id = %s", (world.unit("W1"),))
    leader = world.act("W1", "leader")
    report = world.report_of("W1")
    world.write(report, as_=leader)
    world.later(minutes=1)
    world.send(report)

    assert [(e.kind, e.person) for e in audit.exceptions(world.session, DAY, DAY)] == [
        ("drafter-signs", "Hoa, Phường Một (mẫu)")
    ]


def test_a_district_plan_issued_before_the_provinces_is_listed(session: Session) -> None:
    world = World(session)
    early = NewDocument(
        Kind.PLAN, world.unit("AM"), "Kế hoạch của huyện (mẫu)", "KH", subject="action-month", form="plan",
        form_version=1, period_first=WINDOW.first, period_last=WINDOW.last,
    )  # fmt: skip
    plan = open_document(session, early, world.act("AM", "drafter"), world.now)
    world.write_plan(plan)
    world.send(plan)
    world.later(days=2)
    world.issue_plan(plans=True)

    (found,) = audit.exceptions(session, DAY, DAY + timedelta(days=2))

    assert (found.kind, found.document_id, found.unit) == ("child-before-parent", plan, "Huyện An Mẫu")
    assert "ngày 5/10/2026" in found.words and "ngày 7/10/2026" in found.words


def test_papers_whose_numbers_run_against_their_dates_are_listed(world: World) -> None:
    plan = world.plan
    world.register(world.report_of("W1"), 31, day="2026-10-02")
    world.issue_plan()
    world.register(world.report_of("W1"), 30, day="2026-10-04")

    found = [e for e in audit.exceptions(world.session, DAY, DAY) if e.kind == "number-out-of-order"]

    assert plan != world.plan
    assert {e.words for e in found} == {
        "31/BC-UBND ngày 2/10/2026, nhưng 30/BC-UBND ngày 4/10/2026",
        "30/BC-UBND ngày 4/10/2026, nhưng 31/BC-UBND ngày 2/10/2026",
    }


# ── finding documents ───────────────────────────────────────────────────────────────────────────────────────


def test_documents_are_found_by_number_symbol_and_words_without_diacritics(world: World) -> None:
    report = world.report("W1")

    def ids(**wanted: object) -> list[int]:
        return [found.id for found in find(world.session, Wanted(**wanted)).documents]  # type: ignore[arg-type]

    assert ids(number="1") == [report, world.plan]
    assert ids(number="01/BC-UBND") == ids(number="bc-ubnd", kind="report") == [report]
    assert ids(words="ke hoach thang HÀNH ĐỘNG") == [world.plan]
    assert ids(words="100% [a-z]* \\") == []
    assert ids(number="9" * 30) == []
    assert ids(unit_id=world.unit("W1"), states=("submitted",)) == [report]
    assert ids(subject="action-month", kind="plan") == [world.plan]
    assert len(ids(plan_id=world.plan)) == 8
    assert len(ids(on=date(2026, 12, 1), kind="report")) == 7
    assert ids(on=date(2026, 12, 16)) == []


def test_a_list_is_paged_and_shows_only_what_its_reader_may_see(world: World) -> None:
    ward = units.get(world.session, world.unit("W1"))
    pages, after = [], None
    while True:
        page = find(world.session, Wanted(), after=after, limit=3)
        pages.append([found.id for found in page.documents])
        after = page.after
        if after is None:
            break

    seen = find(world.session, Wanted(), seer=Seer(ward.id, ward.path)).documents

    assert [len(page) for page in pages] == [3, 3, 2]
    assert sorted(sum(pages, []), reverse=True) == sum(pages, [])
    assert [found.unit for found in seen] == ["Phường Một", "Tỉnh Mẫu Giang"], "its report, and the plan that asks it"


# ── what was written still stands ───────────────────────────────────────────────────────────────────────────


def test_every_document_of_an_honest_season_verifies(world: World) -> None:
    world.report("W1")
    world.register(world.report_of("W2"), 31)
    world.later(hours=1)
    world.consolidate("AM")
    for unit in ("W1", "W2", "AM", "MG"):
        assert verify_chain(world.session, world.report_of(unit)) == []
    assert verify_chain(world.session, world.plan) == []


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        ("UPDATE figure SET amount = 99 WHERE revision_id = {revision} AND cell = 10201", "ô 10201 khác với nội dung"),
        ("UPDATE revision SET content = content || '{{\"texts\": {{}}}}' WHERE id = {revision}",
         "mã băm không khớp nội dung"),
        ("UPDATE step SET reason = 'khác', at = at WHERE document_id = {report} AND seq = 3", "không nối tiếp"),
        ("DELETE FROM step WHERE document_id = {report} AND seq = 2", "thiếu bước 2"),
        ("UPDATE figure SET amount = 99 WHERE revision_id = {total} AND cell = 10201", "không bằng tổng các nguồn"),
    ],
)  # fmt: skip
def test_what_somebody_with_all_rights_changed_comes_to_light(fresh_database: Urls, tamper: str, fault: str) -> None:
    with Session(engine(fresh_database.program)) as session, session.begin():
        world = World(session)
        world.issue_plan()
        report = world.report("W1")
        world.later(hours=1)
        world.consolidate("AM")
        total = world.value("SELECT max(id) FROM revision WHERE document_id = %s", world.report_of("AM"))
        revision, above = world.newest(report), world.report_of("AM")
    with engine(fresh_database.owner).begin() as owner:
        owner.execute(text("SET session_replication_role = replica"))  # no trigger, no key stands in the way
        owner.exec_driver_sql(tamper.format(report=report, revision=revision, total=total))

    with Session(engine(fresh_database.program)) as session:
        faults = verify_chain(session, report) + verify_chain(session, above)
    assert any(fault in words for words in faults), faults


def _note(world: World, report: int, kind: str, words: str) -> None:
    acting.tell(world.session, world.act("AM", "supervisor").office_id)
    world.session.connection().exec_driver_sql(
        "INSERT INTO note (document_id, office_id, kind, words, at) VALUES (%s, %s, %s, %s, %s)",
        (report, world.act("AM", "supervisor").office_id, kind, words, world.now),
    )
