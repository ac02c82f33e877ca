"""Which explanation (giải trình) answers a finding: one that was given for the same values.

When the figures at that place change, the words of before say nothing about them any more: the finding asks anew.
"""

GIVEN_FOR = """(SELECT g.disagree FROM finding g
      WHERE g.document_id = e.document_id AND g.code = e.code AND g.place = e.place AND g.at <= e.at
      ORDER BY g.id DESC LIMIT 1)"""
"""The values that an explanation `e` was given for; null where it came before anything was cut."""

ANSWERS = f"""e.document_id = f.document_id AND e.code = f.code AND e.place = f.place
      AND coalesce({GIVEN_FOR} = f.disagree, true)"""
"""Whether explanation `e` answers finding `f`."""
