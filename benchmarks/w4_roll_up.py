"""W4: rolling 10,598 reports of 3 tables × 5 rows × 3 figures up: one level written, three levels previewed.

A written level is rolled back after its keys have spoken, so that every turn finds the same reports.
"""

import time
from datetime import datetime

from sqlmodel import Session

from benchmarks import Measured, compare, floor
from benchmarks.data import NOW, Database, Server, issue_plan, plant, send_reports, staff
from states.periods import LOCAL
from workflows.consolidation import consolidate
from workflows.fanout import fan_out
from workflows.preview import preview

AIM = 1.1
SENT = datetime(2026, 12, 17, 9, tzinfo=LOCAL)
THEN = datetime(2026, 12, 20, 9, tzinfo=LOCAL)
TOUCHED = ("document", "step", "outbox", "intake", "revision", "figure", "derivation", "free_row", "mapping")


class NotTheSame(Exception):
    """The two ways wrote different totals: the comparison says nothing."""


def measure(server: Server, rounds: int) -> list[Measured]:
    """The written level (wards into 705 districts) and the preview from the wards to the nation."""
    with server.made("bench_roll_up", "bench_template") as database:
        plan = _filled(database)
        return [_written(database, plan, rounds), _previewed(database, plan, rounds)]


def _filled(database: Database) -> int:
    with database.act() as session:
        tree = plant(session)
        people = staff(session, tree.root)
        plan = issue_plan(session, tree, people)
        fan_out(session, plan, NOW)
    with database.planting() as session:
        send_reports(session, plan, people["leader"], SENT)
    database.tidy("unit", "sending", *TOUCHED)
    return plan


def _written(database: Database, plan: int, rounds: int) -> Measured:
    seen: dict[str, object] = {}

    def engine() -> float:
        with Session(database.engine) as session:
            start = time.perf_counter()
            consolidate(session, plan, "district", THEN)
            session.connection().exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
            seconds = time.perf_counter() - start
            seen["engine"] = tuple(session.connection().exec_driver_sql(_WRITTEN, {"plan": plan}).one())
            session.rollback()
        database.tidy(*TOUCHED)
        return seconds

    def by_hand() -> float:
        start = time.perf_counter()
        floor.roll_up(database.plain, plan, "district", THEN)
        database.plain.execute("SET CONSTRAINTS ALL IMMEDIATE")
        seconds = time.perf_counter() - start
        seen["floor"] = database.plain.execute(_WRITTEN, {"plan": plan}).fetchone()
        database.plain.rollback()
        database.tidy(*TOUCHED)
        return seconds

    done = compare("W4 one written level, 10,598 reports into 705 totals", AIM, rounds, engine, by_hand)
    if seen["engine"] != seen["floor"]:
        raise NotTheSame(seen)
    return done


def _previewed(database: Database, plan: int, rounds: int) -> Measured:
    seen: dict[str, object] = {}

    def engine() -> float:
        with Session(database.engine) as session:
            start = time.perf_counter()
            (top,) = preview(session, plan, THEN)
            seconds = time.perf_counter() - start
        figures = {int(cell): (figure.amount, int(figure.bound)) for cell, figure in top.figures.items()}
        seen["engine"] = (top.expected, top.sent, figures)
        return seconds

    def by_hand() -> float:
        start = time.perf_counter()
        counted, figures = floor.preview(database.plain, plan)
        seconds = time.perf_counter() - start
        database.plain.rollback()
        seen["floor"] = (*counted, figures)
        return seconds

    done = compare("W4 preview through three levels", AIM, rounds, engine, by_hand)
    if seen["engine"] != seen["floor"]:
        raise NotTheSame(seen)
    return done


# All that a level writes: steps, figures and derivations by number, the totals by the digest of their content.
_WRITTEN = """
SELECT (SELECT count(*) FROM step s JOIN document d ON d.id = s.document_id
         WHERE d.plan_id = %(plan)s AND s.action = 'consolidate'),
       (SELECT count(*) FROM intake), (SELECT count(*) FROM derivation),
       (SELECT sum(f.amount) FROM figure f JOIN revision r ON r.id = f.revision_id WHERE r.part = 'total'),
       (SELECT md5(string_agg(encode(r.digest, 'hex'), ',' ORDER BY r.document_id))
          FROM revision r WHERE r.part = 'total')
"""
