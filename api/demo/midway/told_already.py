"""The end of the play: who has looked at what, and which messages are long since told."""

from datetime import timedelta

from api.demo.stage import Stage
from notifications import addressing
from states.days import calendar

_TOLD = timedelta(days=1)


def end(stage: Stage) -> None:
    """Messages of the past count as sent (nobody is told today of October), those of the last day are written."""
    now = stage.now
    with stage.transaction() as session:
        run = session.connection().exec_driver_sql
        run(_LOOKED, {"now": now})
        run(_LONG_AGO, {"before": now - _TOLD})
        addressing.address(session, now, calendar(session))
        run(_SENT, {"now": now})


# Who took a step has looked at the document then; what came after it is new to him.
_LOOKED = """
INSERT INTO seen (document_id, person_id, seq, at)
SELECT s.document_id, s.person_id, max(s.seq), max(s.at) FROM step s JOIN person p ON p.id = s.person_id
 WHERE NOT p.machine AND s.at > %(now)s::timestamptz - interval '20 days' GROUP BY 1, 2
ON CONFLICT DO NOTHING
"""
_LONG_AGO = """
DELETE FROM outbox o USING step s WHERE s.document_id = o.document_id AND s.seq = o.seq AND s.at < %(before)s
"""
_SENT = """
INSERT INTO delivery (notice_id, channel, attempt, claimed_at, worker, outcome, ended_at)
SELECT n.id, 'email', 1, n.send_after, 'demo', 'sent', n.send_after FROM notice n WHERE n.send_after <= %(now)s
ON CONFLICT DO NOTHING
"""
