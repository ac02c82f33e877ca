"""Whether a board may have changed (nhịp): a short token to compare, cheap enough to ask every two seconds.

While no transaction has written anything, PostgreSQL's snapshot is the same, and so is every answer: that costs one
look without any table. Else the sum of the steps' numbers tells every step exactly, for they only count up, and the
newest numbers of what is only ever appended tell the rest. Of two that commit in another order than they took their
numbers the earlier one is told through the oldest transaction that was still under way.
"""

from collections import OrderedDict

from sqlmodel import Session

_KEPT = 500


def pulse(session: Session, plan_id: int | None, path: str) -> str:
    """A token that is another one when a step, reminder, dispensation, note or run changed in this part of a plan.

    `plan_id` None: of all plans. It may change without cause (a note under another plan), and never says what changed.
    Not told: who has looked (`seen`), and drafts that are saved. Ask it at the beginning of a transaction.
    """
    run = session.connection().exec_driver_sql
    place = (str(session.connection().engine.url), plan_id, path)
    known = _known.get(place)
    if known is not None and run(_SNAPSHOT).scalar_one() == known[0]:
        return known[1]
    keys = {"plan": plan_id, "path": path, "end": path[:-1] + "0"}
    snapshot, *counted = run(_PULSE.format(*(_OF_PLAN if plan_id is not None else _OF_ALL)), keys).one()
    token = "-".join("" if part is None else f"{int(part):x}" for part in counted)
    _known[place] = (snapshot, token)
    while len(_known) > _KEPT:
        _known.popitem(last=False)
    return token


_known: OrderedDict[tuple[str, int | None, str], tuple[str, str]] = OrderedDict()

_SNAPSHOT = "SELECT pg_current_snapshot()::varchar"
_OF_PLAN = ("d.plan_id = %(plan)s AND", "r.plan_id = %(plan)s AND")
_OF_ALL = ("", "")
_PULSE = """
SELECT pg_current_snapshot()::varchar,
       (SELECT sum(d.seq) FROM document d WHERE {0} d.path >= %(path)s AND d.path < %(end)s),
       (SELECT max(id) FROM dispensation), (SELECT max(id) FROM note), (SELECT max(id) FROM notice),
       going.runs, going.newest, going.done,
       CASE WHEN pg_snapshot_xmin(pg_current_snapshot()) < pg_snapshot_xmax(pg_current_snapshot())
            THEN pg_snapshot_xmin(pg_current_snapshot())::varchar::bigint END
  FROM (SELECT count(*) AS runs, max(r.id) AS newest, sum(r.done) AS done FROM running r
         WHERE {1} r.ended_at IS NULL) going
"""
