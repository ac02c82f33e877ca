"""What must hold after any storm, whoever was told what: each question finds nothing, or something is wrong."""

MUST_BE_EMPTY = {
    "a register with a gap": """
        SELECT r.id, r.last, count(e.number) FROM register r LEFT JOIN register_entry e ON e.register_id = r.id
         GROUP BY r.id HAVING count(e.number) <> r.last - r.opened_at_number + 1 OR max(e.number) <> r.last""",
    "a number without its sending or receipt": """
        SELECT e.* FROM register_entry e JOIN register r ON r.id = e.register_id
         WHERE CASE r.direction WHEN 'out' THEN NOT EXISTS (SELECT FROM sending s WHERE s.issuer_id = r.unit_id
                   AND s.year = r.year AND s.series = r.series AND s.number = e.number
                   AND s.document_id = e.document_id)
               ELSE NOT EXISTS (SELECT FROM receipt c JOIN sending s ON s.id = c.sending_id WHERE c.unit_id = r.unit_id
                   AND c.number = e.number AND s.document_id = e.document_id) END""",
    "a sending without its step": """
        SELECT s.id FROM sending s LEFT JOIN step t ON t.document_id = s.document_id AND t.seq = s.seq
         AND t.action IN ('submit','register') WHERE t.seq IS NULL""",
    "a submit step without its sending": """
        SELECT t.document_id, t.seq FROM step t LEFT JOIN sending s USING (document_id, seq)
         WHERE t.action = 'submit' AND s.id IS NULL""",
    "a step that does not continue the one before": """
        SELECT s.document_id, s.seq FROM step s LEFT JOIN step b ON b.document_id = s.document_id AND b.seq = s.seq - 1
         WHERE s.seq > 1 AND (b.digest IS DISTINCT FROM s.previous OR b.to_state <> s.from_state)""",
    "a document that is not its last step": """
        SELECT d.id FROM document d LEFT JOIN step s ON s.document_id = d.id AND s.seq = d.seq
         WHERE (s.digest, s.to_state) IS DISTINCT FROM (d.head, d.state)
            OR d.seq <> (SELECT max(seq) FROM step x WHERE x.document_id = d.id)""",
    "an issued plan that is not fanned out": """
        SELECT d.id FROM document d WHERE d.kind = 'plan' AND d.state IN ('submitted','consolidated')
           AND 7 <> (SELECT count(*) FROM document o WHERE o.plan_id = d.id AND o.kind = 'report'
                        AND o.supplement = 0)""",
    "two duties of one unit": """
        SELECT requirement_id, unit_id FROM document WHERE requirement_id IS NOT NULL
         GROUP BY requirement_id, unit_id, supplement HAVING count(*) > 1""",
    "a signed step of the ward that signs, without its signature": """
        SELECT s.document_id, s.seq FROM step s LEFT JOIN signature g USING (document_id, seq)
         WHERE s.file_digest IS NOT NULL AND s.action IN ('sign','submit') AND g.seq IS NULL""",
    "a step with two places in the log, or a place without its step": """
        SELECT key FROM leaf WHERE kind = 'step' GROUP BY key HAVING count(*) > 1
        UNION ALL SELECT key FROM leaf l WHERE kind = 'step' AND NOT EXISTS (SELECT FROM step s
            WHERE s.document_id = split_part(l.key, ':', 1)::bigint AND s.seq = split_part(l.key, ':', 2)::integer
              AND s.digest = l.digest)""",
    "a step without a place in the log": """
        SELECT s.document_id, s.seq FROM step s WHERE NOT EXISTS (SELECT FROM leaf l WHERE l.kind = 'step'
           AND l.key = s.document_id || ':' || s.seq)""",
    "the log with a gap": "SELECT count(*) FROM leaf HAVING count(*) <> coalesce(max(position) + 1, 0)",
    "a report taken up that stands in no draft above": """
        SELECT d.id FROM document d WHERE d.state = 'consolidated' AND d.kind = 'report'
           AND NOT EXISTS (SELECT FROM intake i WHERE i.source_id = d.revision_id)
           AND NOT EXISTS (SELECT FROM derivation v WHERE v.source_id = d.revision_id)""",
    "a report that stands twice in one draft": """
        SELECT i.document_id, r.document_id FROM intake i JOIN revision r ON r.id = i.source_id AND r.part = 'whole'
         GROUP BY 1, 2 HAVING count(*) > 1""",
    "a total that is not the sum of what it took up": """
        SELECT t.id FROM revision t JOIN derivation v ON v.revision_id = t.id
          LEFT JOIN figure f ON f.revision_id = v.source_id AND f.cell = 10201 AND f.line = 0
         WHERE t.part = 'total' GROUP BY t.id
        HAVING sum(f.amount) IS DISTINCT FROM (SELECT amount FROM figure x WHERE x.revision_id = t.id AND x.cell = 10201
                                                  AND x.line = 0)""",
    "a step that nobody was told of": "SELECT document_id, seq FROM outbox",
    "a mail that was never sent": """
        SELECT n.id FROM notice n WHERE NOT EXISTS (SELECT FROM delivery x WHERE x.notice_id = n.id
                                                       AND x.outcome IN ('sent','dead'))""",
    "a mail recorded as sent twice": """
        SELECT notice_id FROM delivery WHERE outcome = 'sent' GROUP BY notice_id, channel HAVING count(*) > 1""",
    "a mail given up": "SELECT notice_id, error FROM delivery WHERE outcome = 'dead' AND error NOT LIKE 'không gửi:%%'",
}  # fmt: skip
