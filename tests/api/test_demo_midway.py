"""The demo's story 4 in three provinces: at its moment wards stand everywhere at once, as the pages are shown with."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from api.demo import BEGINS, midway
from api.demo.midway.story import MOMENT
from api.demo.stage import Stage
from api.pages.signing.facts import ending_below
from states import database as db
from states import demo_clock, offices
from states.demo_clock import NotADemo
from states.embedded import Urls
from states.reading import board as boards
from states.reading import inbox, talk
from states.reading.integrity import verify_chain
from states.reading.staleness import stale_totals
from states.reading.standings import Board, Standing
from states.settings import current
from tests.documents.signing.desk import means
from workflows import consolidation

PROVINCES = ("vn2:46", "vn2:51", "vn2:79")  # Huế, Quảng Ngãi, Thành phố Hồ Chí Minh


@dataclass(frozen=True)
class Played:
    stage: Stage
    told: dict[str, Any]

    def board(self, unit: str) -> Board:
        place = self.stage.unit(unit)
        with self.stage.transaction() as session:
            return boards.board(session, self.told["plan"], place, MOMENT, self.stage.calendar(), level="commune")

    def one(self, sql: str) -> Any:
        ((value,),) = (row.values() for row in self.stage.rows(sql))
        return value


@pytest.fixture(scope="module")
def played(database: Urls) -> Iterator[Played]:
    stage = Stage(Console(file=StringIO(), width=160), BEGINS, db.engine(database.program))
    stage.means = means()
    yield Played(stage, midway.play(stage, provinces=PROVINCES))


def test_quang_ngai_signs_with_sample_certificates_from_now_on(played: Played) -> None:
    assert played.one("SELECT count(*) FROM certificate WHERE purpose = 'seal'") == 97  # the province and its wards
    assert played.one("SELECT count(*) FROM signature") == 0
    with played.stage.transaction() as session:
        (soon,) = ending_below(session, "/", MOMENT)
    assert soon.unit == "Phường Cẩm Thành" and not soon.seal


def test_quang_ngai_is_late_at_every_desk_by_one_to_seven_days(played: Played) -> None:
    told = played.board("vn2:51")
    assert (told.counts.expected, told.counts.received, told.counts.of(Standing.WAIVED)) == (95, 68, 1)
    assert sorted(line.days_late for line in told.late) == [1, 2, 2, 2, 2, 3, 4, 5, 5, 6, 6, 7, 7, 7, 7]
    assert {line.stage for line in told.late} == {
        Standing.NOT_STARTED, Standing.DRAFTING, Standing.PRESENTED, Standing.SIGNED_NOT_SENT, Standing.RETURNED,
    }  # fmt: skip
    open_ones = {standing: told.counts.of(standing) for standing in (Standing.RETURNED, Standing.REOPENED)}
    assert open_ones == {Standing.RETURNED: 2, Standing.REOPENED: 1}
    assert 2 <= len(told.unopened) <= 3 and any(line.extended_to for line in told.lines if not line.received)
    assert all(line.person for line in told.lines if line.stage is Standing.PRESENTED)


def test_the_board_compares_with_the_year_before(played: Played) -> None:
    before = played.board("vn2:51").before
    assert before is not None and before.rate is not None and before.on_time_rate is not None
    assert before.expected == 96 and 0.3 < before.on_time_rate < before.rate


def test_totals_are_stale_in_a_draft_and_where_they_were_sent(played: Played) -> None:
    with played.stage.transaction() as session:
        found = {total.unit: total for total in stale_totals(session, plan_id=played.told["plan"])}
        assert consolidation.ready(session, MOMENT) == [], "a flow that runs now finds nothing to take up"
    assert {name: total.state for name, total in found.items()} == {
        "Thành phố Huế": "submitted", "Tỉnh Quảng Ngãi": "draft", "Thành phố Hồ Chí Minh": "draft",
    }  # fmt: skip
    assert {cause.why for cause in found["Tỉnh Quảng Ngãi"].causes} == {"reopened", "corrected"}


def test_leaders_have_many_to_sign(played: Played) -> None:
    for words, count in (("Hồ Chí Minh: bốn mươi", 40), ("Quảng Ngãi: chờ ký", 12), ("Cẩm Thành", 10)):
        (person,) = (person for name, person in played.told["people"].items() if words in name)
        with played.stage.transaction() as session:
            (held,) = offices.of_person(session, person, MOMENT.date())
            assert len(inbox.queue(session, "presented", held.holder)) == count


def test_some_sit_in_two_offices(played: Played) -> None:
    seats = [tuple(row["seats"]) for row in played.stage.rows(_TWO_OFFICES)]
    assert {("drafter", "leader"), ("auditor", "supervisor"), ("leader", "leader")} <= set(seats)


def test_people_talk_promise_and_ask(played: Played) -> None:
    kinds = Counter({row["kind"]: row["count"] for row in played.stage.rows(_NOTES)})
    assert kinds["call"] >= 10 and kinds["question"] >= 6 and kinds["answer"] and kinds["comment"]
    promised = [row["promised"] for row in played.stage.rows("SELECT promised FROM note WHERE promised IS NOT NULL")]
    assert min(promised) < MOMENT.date() < max(promised)
    with played.stage.transaction() as session:
        held = offices.holder(session, played.stage.who(played.stage.unit("vn2:51"), "supervisor"), MOMENT.date())
        assert talk.asked_of(session, held.holder, MOMENT.date())
    assert played.one(_ASKED_FOR_TIME) >= 4
    assert played.one("SELECT count(*) FROM reminder WHERE rung LIKE 'by-hand/%%'") > 20
    assert played.one("SELECT count(*) FROM contribution_given WHERE at > '2026-12-01'") == 4


def test_nothing_happens_after_the_moment_and_nobody_is_told_of_the_past(played: Played) -> None:
    for table in ("step", "note", "reminder", "dispensation", "seen", "revision"):
        at = "cut_at" if table == "revision" else "at"
        assert played.one(f"SELECT max({at}) FROM {table}") <= MOMENT, table
    assert played.one("SELECT count(*) FROM outbox") == 0
    assert played.one(_STILL_TO_SEND) > MOMENT


def test_everybody_is_plainly_a_sample(played: Played) -> None:
    assert played.one("SELECT count(*) FROM person WHERE NOT machine AND full_name NOT LIKE '%%(mẫu)'") == 0
    assert played.one("SELECT count(*) FROM person WHERE phone IS NOT NULL AND phone NOT LIKE '0000 %%'") == 0
    assert played.one("SELECT count(*) FROM unit WHERE phone NOT LIKE '0000 %%'") == 0


def test_what_was_played_went_through_the_door(played: Played) -> None:
    wanted = "SELECT id FROM document WHERE plan_id IS NOT NULL ORDER BY md5(id::text) LIMIT 40"
    with played.stage.transaction() as session:
        for row in played.stage.rows(wanted):
            assert verify_chain(session, row["id"]) == []


def test_the_clock_goes_on_where_the_story_was_left(fresh_database: Urls) -> None:
    engine, now = db.engine(fresh_database.program), datetime(2026, 11, 22, 5, tzinfo=UTC)
    turned = current().model_copy(update={"demo_ahead": timedelta(days=3)})
    with pytest.raises(NotADemo, match="can't be turned"):
        demo_clock.refuse_real_office(turned, engine)
    demo_clock.refuse_real_office(current().model_copy(update={"demo_ahead": None}), engine)
    with db.transaction(engine) as session:
        assert demo_clock.ahead(session, now) is None and demo_clock.story(session) is None
        demo_clock.mark(session, MOMENT, "midway")
        assert demo_clock.ahead(session, now) == MOMENT - now and demo_clock.story(session) == "midway"
    demo_clock.refuse_real_office(turned, engine)


_TWO_OFFICES = """
SELECT array_agg(seat ORDER BY seat) AS seats FROM office o JOIN person p ON p.id = o.person_id AND p.sample
 GROUP BY person_id HAVING count(*) > 1
"""
_NOTES = "SELECT kind, count(*) FROM note GROUP BY 1"
_ASKED_FOR_TIME = """
SELECT count(*) FROM dispensation_request q WHERE NOT EXISTS (SELECT FROM dispensation d WHERE d.request_id = q.id)
"""
_STILL_TO_SEND = """
SELECT min(n.send_after) FROM notice n WHERE NOT EXISTS (SELECT FROM delivery d WHERE d.notice_id = n.id)
"""
