"""What the comparison asks the database, in plain SQL."""

from states.policy import CLOCK

# The signature of a step, its file, and the file of the signature before it, which a seal is set on.
SIGNED = """
SELECT g.document_id, g.seq, f.bytes, g.file_digest,
       CASE WHEN g.purpose = 'seal' THEN (
           SELECT b.bytes FROM signature o JOIN file b ON b.digest = o.file_digest
            WHERE o.document_id = g.document_id AND o.seq < g.seq AND o.purpose = 'officer' ORDER BY o.seq DESC
            LIMIT 1) END
  FROM signature g LEFT JOIN file f ON f.digest = g.file_digest
"""
ALL_STEPS = f"SELECT document_id, seq, encode(digest, 'hex'), at, office_id = {CLOCK.office_id} FROM step"
TRACED = ("http plan", "http submit", "http revise", "http recall", "http return", "http receive")
TRACES = """
SELECT substring(title FROM '(k[0-9]+-[0-9a-f]{12})') FROM document
 WHERE kind = 'plan' AND title ~ 'k[0-9]+-[0-9a-f]{12}'
UNION ALL SELECT reason FROM step WHERE reason ~ '^k[0-9]+-[0-9a-f]{12}$'
"""
NUMBERS = "SELECT document_id, seq, to_char(number, 'FM9900') || '/' || symbol FROM sending"
WIDE = """
SELECT at FROM step WHERE kind = 'plan' UNION SELECT at FROM step WHERE action = 'consolidate'
UNION SELECT s.at FROM step s JOIN document d ON d.id = s.document_id
 WHERE s.action = 'open' AND d.requirement_id IS NOT NULL
"""
DRAFTS = """
SELECT document_id, version, (content #>> '{rows,0,values,1}')::integer FROM working_copy w JOIN document d
    ON d.id = w.document_id WHERE d.kind = 'report'
"""
ALONE = """
SELECT format('notice-%%s.%%s@mau.example', n.id, round(extract(epoch FROM n.created_at))) FROM delivery x
  JOIN notice n ON n.id = x.notice_id WHERE x.outcome = 'sent' AND 1 = (
       SELECT count(*) FROM delivery o JOIN notice p ON p.id = o.notice_id WHERE o.claimed_at = x.claimed_at
          AND o.worker = x.worker AND p.person_id = n.person_id AND o.outcome = 'sent')
"""
MESSAGES = """
SELECT count(*) FROM (SELECT DISTINCT x.worker, x.claimed_at, n.person_id FROM delivery x
                        JOIN notice n ON n.id = x.notice_id WHERE x.outcome = 'sent') messages
"""
THERE = {
    "documents": "SELECT count(*) FROM document", "steps": "SELECT count(*) FROM step",
    "numbers": "SELECT count(*) FROM register_entry", "totals": "SELECT count(*) FROM revision WHERE part = 'total'",
    "notices": "SELECT count(*) FROM notice", "plans": "SELECT count(*) FROM document WHERE kind = 'plan'",
    "keys": "SELECT count(*) FROM idempotency", "leaves": "SELECT count(*) FROM leaf",
    "checkpoints": "SELECT count(*) FROM checkpoint",
}  # fmt: skip
