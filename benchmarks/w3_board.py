"""W3: the late board of one province (168 communes) among a quarter of a million owed reports under 24 plans."""

import time
from datetime import datetime
from typing import Any

import psycopg
from sqlmodel import Session

from benchmarks import Measured, compare, floor
from benchmarks.data import NOW, Database, Server, issue_plan, multiply, plant, send_reports, staff
from states.calendar import Calendar
from states.lifecycle import Kind
from states.periods import LOCAL
from states.reading import board, owed
from workflows.fanout import fan_out

AIM = 1.2
ON_TIME = datetime(2026, 12, 17, 9, tzinfo=LOCAL)
THEN = datetime(2026, 12, 22, 9, tzinfo=LOCAL)
"""Three days after the communes' deadline; 70 of 100 have sent."""
ASKED = 20  # a single board takes milliseconds: each turn asks for it so many times


class NotTheSame(Exception):
    """The two boards differ: the comparison says nothing."""


def measure(server: Server, rounds: int, plans: int) -> list[Measured]:
    """The statement alone on one plain connection for both, and the whole board with its Python objects."""
    with server.made("bench_board", "bench_template") as database:
        plan, path, number = _filled(database, plans)
        keys = owed.keys_of(Session(database.engine), path, THEN, plan=plan, kind=Kind.REPORT)
        sql = owed.LINES.format(owed.scope(keys)) + " ORDER BY o.path, o.id"
        _compare_rows(database, sql, keys)
        note = f"among {number:,} owed reports"
        by_hand = _asked(database.plain, floor.BOARD, keys)
        return [
            compare("W3 late board of a province, SQL", AIM, rounds, _asked(database.plain, sql, keys), by_hand, note),
            compare("W3 the same with Python objects", None, rounds, _whole(database, plan, path), by_hand, note),
        ]


def _filled(database: Database, plans: int) -> tuple[int, str, int]:
    with database.act() as session:
        tree = plant(session)
        people = staff(session, tree.root)
        issued = [issue_plan(session, tree, people) for _ in range(plans)]
        fan_out(session, issued[0], NOW)
    with database.planting() as session:
        send_reports(session, issued[0], people["leader"], ON_TIME, share=70, figures=False)
    multiply(database, issued)
    with database.act() as session:
        run = session.connection().exec_driver_sql
        path = run(_PROVINCE, {"plan": issued[0]}).scalar_one()
        return issued[0], path, run("SELECT count(*) FROM document WHERE kind = 'report'").scalar_one()


def _asked(connection: psycopg.Connection[Any], sql: str, keys: dict[str, Any]) -> Any:
    def turn() -> float:
        start = time.perf_counter()
        for _ in range(ASKED):
            connection.execute(sql, keys).fetchall()
        seconds = time.perf_counter() - start
        connection.rollback()
        return seconds / ASKED

    return turn


def _whole(database: Database, plan: int, path: str) -> Any:
    calendar = Calendar.vietnam()

    def turn() -> float:
        with Session(database.engine) as session:
            start = time.perf_counter()
            for _ in range(ASKED):
                board.board(session, plan, path, THEN, calendar, compare=False)
            return (time.perf_counter() - start) / ASKED

    return turn


def _compare_rows(database: Database, sql: str, keys: dict[str, Any]) -> None:
    """Document, unit, standing, deadline, sending and person must be the same, row by row."""
    named = ("document_id", "unit", "standing", "deadline", "sent_at", "number", "person")
    places = [owed.COLUMNS.index(name) for name in named]
    ours = [tuple(r[place] for place in places) for r in database.plain.execute(sql, keys)]
    theirs = [(r[0], r[1], r[4], r[5], r[6], r[7], r[9]) for r in database.plain.execute(floor.BOARD, keys)]
    database.plain.rollback()
    if ours != theirs:
        raise NotTheSame(next(pair for pair in zip(ours, theirs, strict=False) if pair[0] != pair[1]))


_PROVINCE = """
SELECT path FROM document p WHERE plan_id = %(plan)s AND level = 'province'
 ORDER BY (SELECT count(*) FROM document c WHERE c.plan_id = p.plan_id AND c.level = 'commune'
              AND c.path LIKE p.path || '%%') DESC, path LIMIT 1
"""
