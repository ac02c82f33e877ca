"""A program that forgets the first wall: plain SQL by the program's own login, told who acts, asking nobody first.

Every statement here would be taken by the keys; what refuses it is the second wall alone (0006_walls.sql).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from states import database as db
from states import offices
from states.embedded import Urls
from states.lifecycle import BY_ACTION
from states.offices import NewOffice
from states.policy import Actor, Holder, Parties, seats
from tests.world import DISTRICTS, PROVINCE, WARDS, World

ONE, TWO = WARDS[:2]
SEATS = ("drafter", "leader", "clerk", "supervisor", "auditor", "admin")
NO = "new row violates row-level security policy"


class Town:
    """Phường Một's report is presented, Phường Hai's sent; who acts is told by name."""

    def __init__(self, world: World) -> None:
        world.issue_plan()
        self.world, self.draft, self.sent = world, world.report_of(ONE), world.report(TWO)
        world.write(self.draft)
        world.present(self.draft)
        self.at, self.cut = world.now, world.newest(self.draft)
        self.auditor, self.machine = self._more("auditor"), self._more("leader")
        self.ended = self._more("leader", valid_to=world.today - timedelta(days=1))
        self.elsewhere = self._more("leader", unit=world.unit(WARDS[3]))

    def _more(self, seat: str, *, unit: int | None = None, valid_to: date | None = None) -> Actor:
        person = offices.add_person(self.world.session, f"{seat} (mẫu)", sample=True)
        new = NewOffice(person, unit or self.world.unit(ONE), seat, seat, date(2020, 1, 1), "KT.", valid_to=valid_to)
        return Actor(person, offices.give(self.world.session, new))

    def who(self, name: str) -> Actor:
        if hasattr(self, name):
            found: Actor = getattr(self, name)
            return found
        unit, seat = name.split(" · ")
        actor: Actor = self.world.act(unit, seat)
        return actor


@pytest.fixture(scope="module")
def town(database: Urls) -> Town:
    with db.transaction(db.engine(database.program)) as session:
        made = Town(World(session))
    with psycopg.connect(database.owner) as owner:  # the program can't make a person a machine
        owner.execute("UPDATE person SET machine = true WHERE id = %s", (made.machine.person_id,))
    return made


@pytest.fixture
def program(program_url: str) -> Iterator[psycopg.Connection]:
    """The program's login, told nothing; rolled back. It sees all: what it may write is asked here."""
    with psycopg.connect(program_url, options="-c dondoc.sees=all") as connection:
        yield connection
        connection.rollback()


def tell(program: psycopg.Connection, office: int | str, caller: int | str = "") -> None:
    program.execute("SELECT set_config('dondoc.office', %s, true), set_config('dondoc.caller', %s, true)",
                    (str(office), str(caller)))  # fmt: skip


STEP = """
INSERT INTO step (document_id, seq, kind, from_state, action, to_state, person_id, office_id, at, desk, previous,
                  reason, reason_code, revision_id, revision_digest)
SELECT d.id, d.seq + 1, d.kind, d.state, %(action)s, %(to)s, %(person)s, %(office)s, %(at)s, 'clerk', d.head, 'vì sao',
       'other', r.id, r.digest
  FROM document d LEFT JOIN revision r ON r.id = %(cut)s WHERE d.id = %(id)s
"""


def step(
    town: Town, by: Actor, action: str = "sign", to: str = "signed", document: int | None = None
) -> dict[str, Any]:
    signs = action == "sign"
    return {"id": document or town.draft, "action": action, "to": to, "person": by.person_id, "office": by.office_id,
            "at": town.at, "cut": town.cut if signs else None}  # fmt: skip


def refused(program: psycopg.Connection, sql: str, keys: Any) -> bool:
    """Whether the wall refuses it; any other refusal fails the test."""
    with program.transaction(force_rollback=True):
        try:
            program.execute(sql, keys)
        except psycopg.errors.InsufficientPrivilege as error:
            assert NO in str(error), error
            return True
    return False


# ── steps ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_honest_signature_is_taken(program: psycopg.Connection, town: Town) -> None:
    """So that what is refused below is refused for who asks."""
    leader = town.who(f"{ONE} · leader")
    tell(program, leader.office_id)
    program.execute(STEP, step(town, leader))
    program.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "who",
    ["elsewhere", f"{TWO} · leader", f"{ONE} · drafter", f"{ONE} · clerk", f"{ONE} · supervisor", "auditor", "machine",
     "ended", f"{DISTRICTS[0]} · leader", f"{DISTRICTS[0]} · supervisor", f"{PROVINCE} · leader"],
)  # fmt: skip
def test_nobody_else_signs_it(program: psycopg.Connection, town: Town, who: str) -> None:
    actor = town.who(who)
    tell(program, actor.office_id)
    assert refused(program, STEP, step(town, actor))


def test_the_clock_opens_and_consolidates_and_never_signs(program: psycopg.Connection, town: Town) -> None:
    clock = Actor(1, 1)
    tell(program, 1)
    assert refused(program, STEP, step(town, clock))
    assert refused(program, STEP, step(town, clock, "present", "draft"))
    assert not refused(program, STEP, step(town, clock, "consolidate", "consolidated", town.sent))


def test_nobody_told_nothing_taken(program: psycopg.Connection, town: Town) -> None:
    assert refused(program, STEP, step(town, town.who(f"{ONE} · leader")))


def test_nobody_acts_in_anothers_name(program: psycopg.Connection, town: Town) -> None:
    """Told one office, the row says another; let in for one, another is told."""
    leader, other = town.who(f"{ONE} · leader"), town.who(f"{TWO} · leader")
    tell(program, other.office_id)
    assert refused(program, STEP, step(town, leader))
    tell(program, leader.office_id, caller=other.office_id)
    assert refused(program, STEP, step(town, leader))
    tell(program, leader.office_id, caller=leader.office_id)
    assert not refused(program, STEP, step(town, leader))


def test_seeing_a_subtree_gives_no_act_in_it(program: psycopg.Connection, town: Town) -> None:
    above = town.who(f"{PROVINCE} · supervisor")
    tell(program, above.office_id)
    assert program.execute("SELECT id FROM document WHERE id = %s", (town.sent,)).fetchone()
    for action, to in (
        ("return", "returned"),
        ("receive", "submitted"),
        ("recall", "draft"),
        ("withdraw", "withdrawn"),
    ):
        assert refused(program, STEP, step(town, above, action, to, town.sent)), action


def test_an_office_counts_on_its_days_only(program: psycopg.Connection, town: Town) -> None:
    """Only a step that is dated back to his days is taken; the moment is bound into its digest and the log."""
    tell(program, town.ended.office_id)
    keys = step(town, town.ended)
    assert refused(program, STEP, keys)
    assert not refused(program, STEP, keys | {"at": town.at - timedelta(days=2)})


# ── everything else that is business ────────────────────────────────────────────────────────────────────────

WRITTEN = {
    "document": ("""INSERT INTO document (kind, unit_id, issuer_id, drafter_id, level, path, title, opened_at, state,
                    seq, head, desk, desk_since)
                    VALUES ('plan', %(unit)s, %(unit)s, %(unit)s, 'commune', '/x/', 'Kế hoạch', %(at)s,
                    'draft', 1, '\\x00', 'drafter', %(at)s)""", "drafter"),
    "working_copy": ("UPDATE working_copy SET content = '{}' WHERE document_id = %(draft)s RETURNING 1", "drafter"),
    "revision": ("""INSERT INTO revision (document_id, no, part, content, digest, cut_at, cut_by)
                    VALUES (%(draft)s, 99, 'whole', '{}', '\\x01', %(at)s, %(person)s)""", "drafter"),
    "dispensation_request": ("""INSERT INTO dispensation_request (document_id, kind, reason, office_id, at)
                    VALUES (%(draft)s, 'waiver', 'lũ', %(office)s, %(at)s)""", "drafter"),
    "dispensation": ("""INSERT INTO dispensation (document_id, kind, reason, office_id, at, in_time)
                    VALUES (%(draft)s, 'waiver', 'lũ', %(office)s, %(at)s, true)""", "above"),
    "explanation": ("""INSERT INTO explanation (document_id, code, place, words, person_id, office_id, at)
                    VALUES (%(draft)s, 'x', 'y', 'vì', %(person)s, %(office)s, %(at)s)""", "drafter"),
    "note": ("""INSERT INTO note (document_id, office_id, kind, words, at)
                    VALUES (%(draft)s, %(office)s, 'call', 'đã gọi', %(at)s)""", "drafter"),
    "reminder": ("""INSERT INTO reminder (document_id, deadline, rung, at, office_id)
                    VALUES (%(draft)s, %(at)s, 'x', %(at)s, %(office)s)""", "above"),
    "contribution": ("""INSERT INTO contribution (document_id, assignee, assignee_key, asked_at, asked_by)
                    VALUES (%(draft)s, 'Trạm', 'tram', %(at)s, %(office)s)""", "drafter"),
    "mapping": ("""INSERT INTO mapping (unit_id, form, table_no, label_key, row_no, person_id, office_id, at)
                    VALUES (%(unit)s, 'action-month', 1, 'x', 1, %(person)s, %(office)s, %(at)s)""", "drafter"),
    "register": ("""INSERT INTO register (unit_id, year, series, direction, last, opened_at_number)
                    VALUES (%(unit)s, 2030, 'BC', 'out', 0, 1)""", "clerk"),
    "incoming": ("""WITH f AS (INSERT INTO file VALUES (sha256('a'), 1, 'a') RETURNING digest)
                    INSERT INTO incoming (unit_id, file_digest, name, media_type, came_by, person_id, office_id,
                    arrived_at)
                    SELECT %(unit)s, digest, 'a', 'b', 'upload', %(person)s, %(office)s, %(at)s FROM f""", "clerk"),
}  # fmt: skip


def written(town: Town, by: Actor) -> dict[str, Any]:
    return {"draft": town.draft, "unit": town.world.unit(ONE), "person": by.person_id, "office": by.office_id,
            "at": town.at}  # fmt: skip


@pytest.mark.parametrize("table", WRITTEN)
def test_a_row_is_taken_from_its_own_and_from_nobody_else(program: psycopg.Connection, town: Town, table: str) -> None:
    sql, seat = WRITTEN[table]
    own = town.who(f"{DISTRICTS[0]} · supervisor" if seat == "above" else f"{ONE} · {seat}")
    strangers = [town.who(f"{TWO} · {one}") for one in ("drafter", "leader", "clerk", "supervisor")]
    for actor in (*strangers, town.auditor, town.machine, town.ended):
        tell(program, actor.office_id)
        assert refused(program, sql, written(town, actor)), (table, actor)
    tell(program, "")
    assert refused(program, sql, written(town, own))
    tell(program, own.office_id)
    with program.transaction(force_rollback=True):
        program.execute(sql, written(town, own))


def test_numbers_sendings_and_receipts_are_their_clerks(program: psycopg.Connection, town: Town) -> None:
    entry = """INSERT INTO register_entry SELECT id, last + 1, last, %(sent)s, %(office)s, '2026-12-30', %(at)s
                 FROM register WHERE unit_id = %(unit)s AND direction = 'out'"""
    receipt = (
        "INSERT INTO receipt SELECT id, %(above)s, 9, %(at)s, %(office)s FROM sending WHERE document_id = %(sent)s"
    )
    sending = """INSERT INTO sending (document_id, no, seq, revision_id, issuer_id, year, series, number, symbol, date,
                                      sent_at)
                 SELECT document_id, 9, seq, revision_id, issuer_id, year, series, 9, symbol, date, sent_at FROM sending
                  WHERE document_id = %(sent)s"""
    keys = {"sent": town.sent, "unit": town.world.unit(TWO), "above": town.world.unit(DISTRICTS[0]), "at": town.at}
    for sql, own in ((entry, f"{TWO} · clerk"), (sending, f"{TWO} · clerk"), (receipt, f"{DISTRICTS[0]} · clerk")):
        for name in (f"{ONE} · clerk", f"{DISTRICTS[1]} · clerk", "auditor", "machine", own):
            tell(program, town.who(name).office_id)
            assert refused(program, sql, keys | {"office": town.who(name).office_id}) == (name != own), (sql, name)


def test_a_report_is_not_moved_to_another_unit(program: psycopg.Connection, town: Town) -> None:
    tell(program, town.who(f"{ONE} · leader").office_id)
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="permission denied for table document"):
        program.execute("UPDATE document SET unit_id = %s WHERE id = %s", (town.world.unit(TWO), town.draft))
    program.rollback()
    tell(program, town.who(f"{ONE} · leader").office_id)
    assert refused(
        program, "UPDATE document SET followers = ARRAY[%s] WHERE id = %s", (town.world.unit(TWO), town.draft)
    )


def test_what_was_told_ends_with_its_transaction(program: psycopg.Connection, town: Town) -> None:
    """A pooled connection remembers nobody."""
    leader = town.who(f"{ONE} · leader")
    tell(program, leader.office_id)
    program.commit()
    assert refused(program, STEP, step(town, leader))


# ── the two walls say the same ──────────────────────────────────────────────────────────────────────────────


def test_both_walls_give_each_action_to_the_same_seats(program: psycopg.Connection) -> None:
    for action, rule in BY_ACTION.items():
        (found,) = program.execute("SELECT seats_for(%s)", (action.value,)).fetchone() or ((),)
        assert set(found) == {seat.value for seat in rule.seats}, action
    assert program.execute("SELECT seats_for('burn')").fetchone() == ([],)


SOMEBODY = """
WITH p AS (INSERT INTO person (full_name, machine) VALUES ('(mẫu)', %(machine)s) RETURNING id)
INSERT INTO office (person_id, unit_id, seat, title, valid_from, valid_to)
SELECT id, %(unit)s, %(seat)s, '(mẫu)', %(first)s, %(last)s FROM p RETURNING person_id, id
"""


def test_both_walls_find_the_same_seats(database: Urls, program: psycopg.Connection, town: Town) -> None:
    """Every seat in every unit, person and machine, before, on and after its days, toward two documents."""
    world, today = town.world, town.world.today
    parties = {}
    for document in (town.draft, town.sent, world.plan):
        row = program.execute("SELECT unit_id, issuer_id, drafter_id, receiver_id FROM document WHERE id = %s",
                              (document,)).fetchone()  # fmt: skip
        assert row
        parties[document] = Parties(*row)
    days = (today, today + timedelta(days=3))
    held: list[Holder] = []
    with psycopg.connect(database.owner) as owner:
        for unit, seat, machine in itertools.product(
            (ONE, TWO, DISTRICTS[0], PROVINCE), (*SEATS, "clock"), (False, True)
        ):
            keys: dict[str, Any] = {
                "unit": world.unit(unit),
                "seat": seat,
                "machine": machine,
                "first": days[0],
                "last": days[1],
            }
            row = owner.execute(SOMEBODY, keys).fetchone()
            assert row
            held.append(Holder(row[0], row[1], keys["unit"], seat, "", valid_from=days[0], valid_to=days[1],
                               machine=machine))  # fmt: skip
    compared = 0
    for holder in held:
        tell(program, holder.office_id)
        for document, named in parties.items():
            around = [today + timedelta(days=n) for n in (-1, 0, 3, 4)]
            found = program.execute("SELECT told_seats(%s, d::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')"
                                    "  FROM unnest(%s::date[]) WITH ORDINALITY AS o (d, n) ORDER BY n",
                                    (document, around)).fetchall()  # fmt: skip
            for day, (told,) in zip(around, found, strict=True):
                wanted = {seat.value for seat in seats(holder, named, day)}
                assert set(told) - {"ours", "party"} == wanted, (holder, document, day)
                compared += 1
    assert compared == 4 * 7 * 2 * 3 * 4
