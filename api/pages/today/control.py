"""Hôm nay for those who control: what was out of the ordinary, what was signed, accounts and runs in trouble."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from api.pages.account import admin_list as accounts_list
from api.pages.journal.chart import Chart, chart
from api.pages.journal.exception_words import Told, told
from api.pages.shell import Visit
from api.pages.signing import facts as signing_facts
from api.pages.signing.facts import Ending
from api.scope import path_of
from states.reading import audit, runs
from states.reading.journal import Asked, per_day
from states.reading.runs import Outcome, Run

DAYS = 7
_CHARTED = 14
_NEWEST = 6
_RUNS = 200


@dataclass(frozen=True)
class Audited:
    """The last `DAYS` days: exceptions by kind, the newest of them, and the journal's last fortnight day by day."""

    first: date
    last: date
    counts: Mapping[str, int]
    newest: list[Told]
    steps: int
    chart: Chart


@dataclass(frozen=True)
class Administered:
    """Accounts by state, people with an open account and no office today, runs that failed in the last days."""

    accounts: Mapping[str, int]
    placeless: list[tuple[int, str, str]]
    failed: list[Run]
    running: list[Run]
    since: date
    ending: list[Ending]


def of_auditor(session: Session, visit: Visit) -> Audited:
    """The auditor's start."""
    path, last = path_of(session, None, visit.by), visit.by.day
    first = last - timedelta(days=DAYS - 1)
    found = audit.exceptions(session, first, last, path)
    days = per_day(session, Asked(path, first=last - timedelta(days=_CHARTED - 1), last=last))
    drawn = chart(days, lambda a, b: f"/nhat-ky?tu={a}&den={b}")
    newest = [told(one, visit.say) for one in reversed(found[-_NEWEST:])]
    return Audited(first, last, audit.by_kind(found), newest, sum(n for day, n in days if day >= first), drawn)


def of_admin(session: Session, visit: Visit) -> Administered:
    """The administrator's start: his part of the tree, and the runs of all."""
    since = visit.by.day - timedelta(days=DAYS - 1)
    keys = {"day": visit.by.day}
    placeless = [(row[0], row[1], row[2]) for row in session.connection().exec_driver_sql(_PLACELESS, keys)]
    found = runs.recent(session, _RUNS, visit.now)
    failed = [run for run in found if run.outcome in (Outcome.FAILED, Outcome.BROKEN)
              and run.began_at > visit.now - timedelta(days=DAYS)]  # fmt: skip
    return Administered(
        accounts_list.counts(session, visit.me.path, visit.by.day), placeless, failed,
        runs.running_now(session, None, visit.now), since,
        signing_facts.ending_below(session, visit.me.path, visit.now),
    )  # fmt: skip


_PLACELESS = """
SELECT p.id, p.full_name, a.name FROM account a JOIN person p ON p.id = a.person_id
 WHERE a.closed_at IS NULL AND NOT EXISTS (
       SELECT FROM office o WHERE o.person_id = p.id AND o.valid_from <= %(day)s
          AND (o.valid_to IS NULL OR o.valid_to >= %(day)s))
 ORDER BY p.id LIMIT 50
"""
