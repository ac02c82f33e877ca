"""A server of the benchmarks' own, and what is measured on it: real and synthetic units, plans, reports.

Everything is written by statements over whole levels and goes through the same keys and triggers as real work.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Engine, make_url
from sqlmodel import Session

from documents import drafting
from states import connecting, database, embedded, offices, periods
from states.embedded import Urls
from states.lifecycle import Action, Kind
from states.periods import LOCAL
from states.policy import Actor
from states.settings import Settings
from states.steps import Request, take
from workflows.planning import LevelOrder, PlanOrder, RequirementOrder, draft_plan
from workflows.preparing import prepare

NOW = datetime(2026, 10, 5, 8, tzinfo=LOCAL)
WINDOW = periods.action_month(2026)
FORM, FORM_VERSION = "action-month", 2
SEATS = ("drafter", "leader", "clerk", "supervisor")


class Database:
    """A migrated database: the program's way to it (`engine`), and plain connections for what is hand-written."""

    def __init__(self, urls: Urls) -> None:
        self.urls = urls

    @cached_property
    def engine(self) -> Engine:
        """The engine of the program's login, as the program makes it."""
        return connecting.new_engine(self.urls.program, Settings())

    @cached_property
    def plain(self) -> psycopg.Connection[Any]:
        """One plain connection of the same login with the same settings; its statements are prepared by psycopg."""
        return plain(self.urls.program)

    def act(self) -> Any:
        """One committed act of the program."""
        return database.transaction(self.engine)

    def planting(self) -> Any:
        """One act of the owner, whom the second wall lets pass: one office stands in for a whole level."""
        return database.transaction(database.engine(self.urls.owner))

    def tidy(self, *tables: str) -> None:
        """What autovacuum does in time: without it the later round would walk over the earlier one's leavings."""
        with psycopg.connect(self.urls.owner, autocommit=True) as owner:
            owner.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.SQL(", ").join(map(sql.Identifier, tables))))

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()
        database.engine(self.urls.owner).dispose()
        self.plain.close()


def plain(url: str) -> psycopg.Connection[Any]:
    """A connection without SQLAlchemy, in UTC and seeing all as the program's own."""
    limits = "-c statement_timeout=120000 -c lock_timeout=10000"
    return psycopg.connect(url, options=f"-c timezone=UTC -c dondoc.sees=all {limits}")


class Server:
    """The embedded server on a folder that is gone afterwards, as safe against a crash as in production."""

    def __init__(self, urls: Urls) -> None:
        self._urls = urls
        with self.made("bench_template") as made:
            database.migrate(made.urls.owner, made.urls.program)
            with made.act() as session:
                prepare(session)
            made.tidy("unit", "succession", "form", "document", "step", "outbox", "revision", "figure", "requirement")

    @contextmanager
    def made(self, name: str, template: str | None = None) -> Iterator[Database]:
        """A database, copied from a template if one is named; dropped with the server."""
        with psycopg.connect(self._urls.owner, autocommit=True) as owner:
            words = "CREATE DATABASE {} TEMPLATE {}" if template else "CREATE DATABASE {}"
            owner.execute(sql.SQL(words).format(*map(sql.Identifier, filter(None, (name, template)))))
        made = Database(Urls(*(make_url(url).set(database=name).render_as_string(False) for url in self._urls)))
        try:
            yield made
        finally:
            made.close()

    @property
    def version(self) -> str:
        """PostgreSQL's version."""
        with psycopg.connect(self._urls.owner) as owner:
            (found,) = owner.execute("SHOW server_version").fetchone() or ("?",)
            return str(found)


@contextmanager
def server() -> Iterator[Server]:
    """Start a durable server on a scratch folder, with a template of real units and forms."""
    home = Path(tempfile.mkdtemp(prefix="dondoc-bench-"))
    home.chmod(0o755)  # PostgreSQL runs as another user under root
    settings = Settings(home=home)
    try:
        yield Server(embedded.ensure_running(settings, durable=True))
    finally:
        embedded.stop(settings, force=True)
        shutil.rmtree(home, ignore_errors=True)


@dataclass(frozen=True)
class Tree:
    """Units that a plan may address: the root, its path, and the levels that report, from the top down."""

    root: int
    path: str
    levels: tuple[str, ...]


REAL = Tree(1, "/1/", ("nation", "province", "commune"))


def plant(session: Session, provinces: int = 63, districts: int = 705, wards: int = 10_598) -> Tree:
    """A synthetic tree of three levels under a root of its own: 168 or 169 wards in each province."""
    run = session.connection().exec_driver_sql
    root = run(_ROOT).scalar_one()
    for level, parents, count in (("province", "nation", provinces), ("district", "province", districts),
                                  ("commune", "district", wards)):  # fmt: skip
        run(_PLANT, {"level": level, "parents": parents, "count": count})
    return Tree(root, f"/{root}/", ("nation", "province", "district", "commune"))


def staff(session: Session, unit: int) -> dict[str, Actor]:
    """One sample person in each seat of a unit, by seat."""
    found = {}
    for seat in SEATS:
        person = offices.add_person(session, f"{seat} {unit} (mẫu)", sample=True)
        authority = "KT." if seat == "leader" else ""
        office = offices.NewOffice(person, unit, seat, f"{seat} (mẫu)", date(2020, 1, 1), authority)
        found[seat] = Actor(person, offices.give(session, office))
    return found


def issue_plan(session: Session, tree: Tree, people: dict[str, Actor], *, month: int = 12) -> int:
    """A plan that asks the whole tree for one report, issued through the door; returns its number."""
    due = {level: datetime(2026, month, 31 - 4 * depth, 17, tzinfo=LOCAL) for depth, level in enumerate(tree.levels)}
    asked = RequirementOrder(
        Kind.REPORT, "Báo cáo Tháng hành động (mẫu)", FORM, FORM_VERSION, WINDOW,
        [LevelOrder(level, at) for level, at in due.items()], "Kế hoạch (mẫu)",
    )  # fmt: skip
    order = PlanOrder(tree.root, "Tháng hành động (mẫu)", [(tree.root, True)], [asked], subject="action-month")
    plan = draft_plan(session, order, people["drafter"], NOW)
    holder = offices.holder(session, people["drafter"], NOW.date()).holder
    content = {"texts": {"purpose": "mẫu", "budget": "mẫu"},
               "tasks": [{"number": 1, "title": "mẫu", "due": "2026-12-15"}],
               "assignees": [{"name": "mẫu", "asked": False}]}  # fmt: skip
    drafting.save(session, plan, content, 0, holder, NOW)
    drafting.present(session, plan, people["drafter"], NOW)
    drafting.sign(session, plan, people["leader"], NOW)
    take(session, Request(plan, Action.SUBMIT, recipients=("nơi nhận (mẫu)",)), people["clerk"], NOW)
    return plan


def send_reports(
    session: Session, plan: int, actor: Actor, at: datetime, *, share: int = 100, figures: bool = True
) -> None:
    """Have `share` percent of the communes sign and send their reports: 3 tables × 5 rows × 3 figures each.

    By statements over the whole level, under the same keys as single steps; one office stands in for all.
    """
    keys = {"plan": plan, "person": actor.person_id, "office": actor.office_id, "at": at, "share": share}
    run = session.connection().exec_driver_sql
    run(_WRITE, keys)
    if figures:
        run(_FIGURES, keys)
    for action, source, target, desk in (
        ("sign", "draft", "signed", "clerk"),
        ("submit", "signed", "submitted", "receiver"),
    ):
        run(_STEP, {**keys, "action": action, "from": source, "to": target, "desk": desk})
    run(_SENDINGS, keys)


def multiply(database: Database, plans: list[int]) -> None:
    """Owed reports of the further plans after those of the first, not yet begun, as their fan-out would open them.

    Written by the owner with the keys' checks off, for these rows only stand about; their digests are right.
    """
    with psycopg.connect(database.urls.owner) as owner:
        owner.execute("SET session_replication_role = replica")
        for plan in plans[1:]:
            owner.execute(_COPY, {"first": plans[0], "plan": plan, "at": NOW})
            owner.execute(_COPY_STEPS, {"plan": plan})
    database.tidy(
        "document", "step", "sending", "revision", "unit", "office", "person", "dispensation", "reminder", "seen"
    )


_ROOT = """
WITH new AS (SELECT nextval('unit_id_seq') AS id)
INSERT INTO unit (id, registry, code, name, name_key, search_key, kind, level, path, depth, valid_from)
SELECT id, 'bench', '0', 'Gốc (mẫu)', 'gốc (mẫu)', 'goc (mau)', 'nation', 'nation', '/' || id || '/', 0, '2020-01-01'
  FROM new RETURNING id
"""
_PLANT = """
WITH above AS (SELECT id, path, depth, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS all_of_them
                 FROM unit WHERE registry = 'bench' AND level = %(parents)s),
new AS (SELECT nextval('unit_id_seq') AS id, number FROM generate_series(0, %(count)s - 1) AS number)
INSERT INTO unit (id, registry, code, name, name_key, search_key, kind, level, parent_id, path, depth, valid_from)
SELECT new.id, 'bench', %(level)s || number, %(level)s || ' ' || number, %(level)s || ' ' || number,
       %(level)s || ' ' || number, %(level)s, %(level)s, above.id, above.path || new.id || '/', above.depth + 1,
       '2020-01-01'
  FROM new JOIN above ON above.place = number %% above.all_of_them
"""
_WRITE = """
INSERT INTO revision (document_id, no, part, content, digest, cut_at, cut_by)
SELECT id, 1, 'whole', '{}', sha256(convert_to('(mẫu) ' || id, 'UTF8')), %(at)s, %(person)s
  FROM document WHERE plan_id = %(plan)s AND level = 'commune' AND unit_id %% 100 < %(share)s
"""
_FIGURES = """
INSERT INTO figure (revision_id, cell, line, amount)
SELECT r.id, tab * 10000 + line * 100 + col, 0, r.id %% 7 + line + col
  FROM document d JOIN revision r ON r.document_id = d.id
 CROSS JOIN generate_series(1, 3) tab CROSS JOIN generate_series(1, 5) line CROSS JOIN generate_series(1, 3) col
 WHERE d.plan_id = %(plan)s AND d.level = 'commune'
"""
_STEP = """
INSERT INTO step (document_id, seq, kind, from_state, action, to_state, person_id, office_id, authority, at,
                  revision_id, revision_digest, desk, previous)
SELECT d.id, d.seq + 1, d.kind, d.state, %(action)s, %(to)s, %(person)s, %(office)s, 'KT.', %(at)s, r.id, r.digest,
       %(desk)s, d.head
  FROM document d JOIN revision r ON r.document_id = d.id
 WHERE d.plan_id = %(plan)s AND d.level = 'commune' AND d.state = %(from)s
"""
_SENDINGS = """
INSERT INTO sending (document_id, no, seq, revision_id, issuer_id, year, series, number, symbol, date, sent_at)
SELECT d.id, 1, d.seq, d.revision_id, d.issuer_id, 2026, 'BC', d.id %% 1000000, 'BC-UBND', %(at)s::date, %(at)s
  FROM document d WHERE d.plan_id = %(plan)s AND d.level = 'commune' AND d.state = 'submitted'
"""
_COPY = """
INSERT INTO document (id, kind, unit_id, issuer_id, drafter_id, receiver_id, level, path, title, subject, series,
                      requirement_id, plan_id, form, form_version, period_first, period_last, due_at, legal_basis,
                      opened_at, state, seq, head, desk, desk_since)
SELECT new.id, d.kind, d.unit_id, d.issuer_id, d.drafter_id, d.receiver_id, d.level, d.path, d.title, d.subject,
       d.series, r.id, r.plan_id, d.form, d.form_version, d.period_first, d.period_last, d.due_at, d.legal_basis,
       %(at)s, 'draft', 1,
       step_digest(new.id, 1, 'report', 'none', 'open', 'draft', 1, 1, '', %(at)s, null, null, null, null, 'drafter',
                   null, null, null, '\\x00'), 'drafter', %(at)s
  FROM document d JOIN requirement r ON r.plan_id = %(plan)s
 CROSS JOIN LATERAL (SELECT nextval('document_id_seq') + 0 * d.id AS id) new
 WHERE d.plan_id = %(first)s AND d.kind = 'report'
"""
_COPY_STEPS = """
INSERT INTO step (document_id, seq, kind, from_state, action, to_state, person_id, office_id, at, desk, previous)
SELECT id, 1, kind, 'none', 'open', 'draft', 1, 1, opened_at, 'drafter', '\\x00' FROM document WHERE plan_id = %(plan)s
"""
