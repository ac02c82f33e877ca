"""Overdue and late as conditions on a document `d` at the moment `now`, for lists; a test holds them to the board.

Written as sets that are read once, not as questions asked of each row: most documents were never moved nor returned.
"""

from states.duties import IN_FORCE

_OWED = "d.requirement_id IS NOT NULL AND d.supplement = 0 AND d.due_at IS NOT NULL"
_LET_OFF = "d.id IN (SELECT x.document_id FROM dispensation x WHERE x.kind IN ('waiver','cancellation'))"
_NOT_EXPECTED = """d.id IN (SELECT x.document_id FROM dispensation x
    WHERE x.kind = 'cancellation' OR x.kind = 'waiver' AND x.in_time)"""
_MOVED = "d.id IN (SELECT x.document_id FROM dispensation x WHERE x.until IS NOT NULL)"

# quá hạn, chưa gửi: of the correction where it was returned, else of the deadline in force
OVERDUE = f"""
    ({_OWED} AND d.state IN ('draft','signed','returned') AND NOT {_LET_OFF}
     AND coalesce(d.correction_due, {IN_FORCE}) <= %(now)s)
"""
_FIRST_LATE = f"""
    SELECT d.id FROM sending n JOIN document d ON d.id = n.document_id
     WHERE n.no = 1 AND (n.sent_at >= d.due_at OR {_MOVED}) AND n.sent_at >= {IN_FORCE}
"""
_ANSWERED_LATE = """
    SELECT b.document_id FROM step b
     WHERE b.document_id IN (SELECT n.document_id FROM sending n WHERE n.no > 1) AND b.action IN ('return','reopen')
       AND b.due_at <= coalesce((SELECT n.sent_at FROM sending n WHERE n.document_id = b.document_id AND n.seq > b.seq
                                  ORDER BY n.no LIMIT 1), %(now)s)
"""
# gửi chậm: the first sending after the deadline in force, or a return that was answered after its own date
SENT_LATE = f"""
    ({_OWED} AND d.state IN ('submitted','consolidated') AND NOT {_NOT_EXPECTED}
     AND (d.id IN ({_FIRST_LATE}) OR d.id IN ({_ANSWERED_LATE})))
"""
# For the few documents of a page, asked of each.
LATENESS = f"""
    CASE WHEN {OVERDUE} THEN 'overdue'
         WHEN {_OWED} AND d.state IN ('submitted','consolidated') AND NOT {_NOT_EXPECTED} AND (
            (SELECT n.sent_at FROM sending n WHERE n.document_id = d.id AND n.no = 1) >= {IN_FORCE}
            OR EXISTS ({_ANSWERED_LATE} AND b.document_id = d.id)) THEN 'sent_late' END
"""
