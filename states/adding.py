"""How figures add up in SQL: one sentence for totals, previews and traces, so that they can never differ.

A total's cell is the sum of its sources' cells: the revisions taken up from below, the unit's own part, its
contributions. Bounds join bit by bit. Cells that stay with their unit (`form.kept`) don't go up from a child. A
free-text row counts in the category that the total's unit mapped it to, as of a moment.
"""

# A mix of "at least" and "at most" says only "about" (see states.figures.Bound).
NORMAL_BOUND = """CASE WHEN {0} & 16 > 0 OR ({0} & 3 > 0 AND {0} & 12 > 0) THEN 16 WHEN {0} & 2 > 0 THEN 3
    WHEN {0} & 8 > 0 THEN 12 ELSE {0} END"""
BOUND_SIGN = "CASE {0} WHEN 1 THEN '>=' WHEN 3 THEN '>' WHEN 4 THEN '<=' WHEN 12 THEN '<' WHEN 16 THEN '~' ELSE '' END"


def parts(pairs: str, moment: str) -> str:
    """Each source's figure with the cell of the total that it counts in.

    `pairs`: a relation (document_id, source_id) of totals and the revisions they take in. `moment`: the mapping in
    force then holds. Yields (document_id, source_id, line, own_cell, cell, amount, bound). Free rows are few and have
    a branch of their own: looking for a mapping beside each of half a million figures costs more than the sum.
    """
    return f"""
    SELECT p.document_id, p.source_id, f.line, f.cell AS own_cell, f.cell, f.amount, f.bound
      {_OF_THE_FORM.format(pairs=pairs)}
    UNION ALL
    {_FREE.format(pairs=pairs, moment=moment)}
    """


def summed(pairs: str, moment: str) -> str:
    """The totals' cells: (document_id, cell, amount, bound). The many are summed before the few free rows join them."""
    return f"""
    SELECT document_id, cell, amount, {NORMAL_BOUND.format("bound")} AS bound FROM (
        SELECT document_id, cell, sum(amount) AS amount, bit_or(bound) AS bound FROM (
            SELECT p.document_id, f.cell, sum(f.amount) AS amount, bit_or(f.bound) AS bound
              {_OF_THE_FORM.format(pairs=pairs)} GROUP BY p.document_id, f.cell
            UNION ALL
            SELECT document_id, cell, amount, bound FROM ({_FREE.format(pairs=pairs, moment=moment)}) free
        ) part GROUP BY document_id, cell) joined
    """


# Only few forms keep cells back, and only a child's whole revision does: the unit's own part is its own.
_OF_THE_FORM = """
      FROM {pairs} p JOIN figure f ON f.revision_id = p.source_id AND f.line = 0
      LEFT JOIN (SELECT r.id, o.kept FROM revision r JOIN document c ON c.id = r.document_id
                   JOIN form o ON o.code = c.form AND o.version = c.form_version
                  WHERE cardinality(o.kept) > 0 AND r.part = 'whole') held ON held.id = p.source_id
     WHERE (held.kept IS NULL OR NOT f.cell = ANY (held.kept))
"""
# OFFSET 0: figures are looked up for each free row, never all read through for the few.
_FREE = """
    SELECT p.document_id, p.source_id, f.line, f.cell AS own_cell, f.cell + 100 * coalesce(m.row_no, 0) AS cell,
           f.amount, f.bound
      FROM {pairs} p JOIN free_row w ON w.revision_id = p.source_id
     CROSS JOIN LATERAL (SELECT v.line, v.cell, v.amount, v.bound FROM figure v
            WHERE v.revision_id = w.revision_id AND v.line = w.line OFFSET 0) f
      JOIN document d ON d.id = p.document_id
      LEFT JOIN LATERAL (SELECT m.row_no FROM mapping m
            WHERE m.unit_id = d.unit_id AND m.form = d.form AND m.table_no = w.table_no AND m.label_key = w.label_key
              AND m.at <= {moment} ORDER BY m.at DESC, m.id DESC LIMIT 1) m ON true
"""
