"""Whether a document still is what was written (toàn vẹn): digests, figures and sums computed again from the rows.

The database refuses changes by keys and rights; this asks the rows themselves, so that a change made around them by
somebody with all rights shows.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from states.adding import summed
from states.digests import FIRST, content_digest, step_digest
from states.figures import BadFigure, Cell, Figure

_Figures = Mapping[tuple[int, int], Figure]


def verify_chain(session: Session, document_id: int) -> list[str]:
    """Every fault of a document in words; an empty list where everything holds.

    Each step's digest and what it continues, each content's digest, each figure beside its content, each total beside
    its sources' sum.
    """
    run, keys = session.connection().exec_driver_sql, {"id": document_id}
    faults = list(_chain(list(run(_STEPS, keys).all())))
    for row in run(_REVISIONS, keys):
        faults += revision_faults(row)
    return faults + [f"bản {no}: ô {cell} không bằng tổng các nguồn" for no, cell in run(_SUMS, keys)]


# ── steps ───────────────────────────────────────────────────────────────────────────────────────────────────


def _chain(steps: list[Any]) -> Iterator[str]:
    if not steps:
        yield "không có bước nào"
        return
    previous, state, seq = FIRST, "none", 0
    for step in steps:
        place = f"bước {step.seq}"
        if step.seq != seq + 1:
            yield f"{place}: thiếu bước {seq + 1}"
        if bytes(step.previous) != previous or step.from_state != state:
            yield f"{place}: không nối tiếp bước trước"
        if step_digest(step) != bytes(step.digest):
            yield f"{place}: mã băm không khớp nội dung của bước"
        if step.content is not None and bytes(step.content) != bytes(step.revision_digest):
            yield f"{place}: bản nội dung không phải bản đã ghi trong bước"
        previous, state, seq = bytes(step.digest), step.to_state, step.seq
    last = steps[-1]
    if (last.head_seq, last.head_state, bytes(last.head)) != (seq, state, previous):
        yield "trạng thái của văn bản không phải bước cuối cùng"


# ── contents and figures ────────────────────────────────────────────────────────────────────────────────────


def revision_faults(row: Any) -> Iterator[str]:
    """What is wrong with one content (no, part, content, digest, form, figures, sources), in words."""
    place = f"bản {row.no}"
    if content_digest(row.content) != bytes(row.digest):
        yield f"{place}: mã băm không khớp nội dung"
    try:
        said = _said(row.content, alone=not row.sources)
    except (BadFigure, TypeError, ValueError, AttributeError):
        yield f"{place}: nội dung không đọc được"
        return
    kept = {(cell, line): Figure.of(amount, bound) for cell, line, amount, bound in _rows(row.figures)}
    if row.sources and row.part == "total" and sorted(row.content.get("sources") or ()) != sorted(row.sources):
        yield f"{place}: các nguồn không phải các nguồn ghi trong nội dung"
    for cell, line in sorted(kept.keys() | {key for key in said if adds(row.form, key[0])}):
        figure = said.get((cell, line))
        nil = line == 0 and Cell(cell).table in (row.content.get("nil") or ()) and figure is None
        if kept.get((cell, line)) != (Figure.exact(0) if nil else figure):
            yield f"{place}: ô {cell}{f', dòng {line}' if line else ''} khác với nội dung"


def _said(content: Mapping[str, Any], *, alone: bool) -> _Figures:
    """What a content says: a report of its own by its rows, overruled by what it states; a total by what it states."""
    found: dict[tuple[int, int], Figure] = {}
    for number, row in enumerate(content.get("rows") or () if alone else (), 1):
        line = number if not row.get("row") else 0
        for column, value in (row.get("values") or {}).items():
            cell = row["table"] * 10_000 + row.get("row", 0) * 100 + int(column)
            figure = _canonical(value)
            if figure is not None:
                found[cell, line] = found[cell, line] + figure if (cell, line) in found else figure
    for key, value in (content.get("figures") or {}).items():
        figure = _canonical(value)
        if figure is not None:
            found[int(key), 0] = figure
    return found


def _canonical(value: str) -> Figure | None:
    """The figure of a stored value; a column of words («2 giờ») has none."""
    try:
        return Figure.from_canonical(value)
    except BadFigure:
        return None


def adds(form: Mapping[str, Any] | None, cell: int) -> bool:
    """Whether the form keeps figures of this column: percentages and words are content only."""
    for table in (form or {}).get("tables", ()):
        for column in table["columns"]:
            if (table["number"], column["number"]) == (Cell(cell).table, Cell(cell).column):
                how = column.get("add") or column.get("type")
                return how not in ("none", "text", "percent", "duration")
    return False


def _rows(figures: Any) -> Iterator[tuple[int, int, Any, int]]:
    for cell, line, amount, bound in figures or ():
        yield cell, line, Decimal(amount), bound


_STEPS = """
SELECT s.*, r.digest AS content, d.seq AS head_seq, d.state AS head_state, d.head
  FROM step s JOIN document d ON d.id = s.document_id LEFT JOIN revision r ON r.id = s.revision_id
 WHERE s.document_id = %(id)s ORDER BY s.seq
"""
_REVISIONS = """
SELECT r.no, r.part, r.content, r.digest, o.content AS form,
       (SELECT json_agg(json_build_array(f.cell, f.line, f.amount::text, f.bound)) FROM figure f
         WHERE f.revision_id = r.id) AS figures,
       ARRAY(SELECT encode(s.digest, 'hex') FROM derivation v JOIN revision s ON s.id = v.source_id
              WHERE v.revision_id = r.id) AS sources
  FROM revision r JOIN document d ON d.id = r.document_id
  LEFT JOIN form o ON o.code = d.form AND o.version = d.form_version
 WHERE r.document_id = %(id)s ORDER BY r.no
"""
SOURCES = "(SELECT r.document_id, v.source_id FROM derivation v WHERE v.revision_id = r.id)"
_SUMS = f"""
WITH total AS (
    SELECT r.* FROM revision r WHERE r.document_id = %(id)s
       AND EXISTS (SELECT FROM derivation v WHERE v.revision_id = r.id)),
kept AS (SELECT r.no, f.cell, f.amount, f.bound::integer FROM total r JOIN figure f ON f.revision_id = r.id),
made AS (SELECT r.no, s.cell, s.amount, s.bound::integer FROM total r
           CROSS JOIN LATERAL ({summed(SOURCES, "r.cut_at")}) s)
SELECT DISTINCT no, cell FROM ((TABLE kept EXCEPT TABLE made) UNION ALL (TABLE made EXCEPT TABLE kept)) fault
 ORDER BY no, cell
"""
