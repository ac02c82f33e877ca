"""Free text gathered on the way up (khó khăn, kiến nghị): each ward's words under the ward's own name.

Only sections that the form marks with `gather` are collected; nothing is shortened or put together by the program.
"""

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session

from documents.forms import Form

Gathered = dict[str, list[dict[str, Any]]]
"""Per section: {"unit": name, "document": number, "text": words}, in the order of the tree."""


def gather(session: Session, sources: Iterable[int], shape: Form) -> Gathered:
    """The words of these revisions and of all below them, by section of the form; sections without words are absent."""
    wanted = [section.code for section in shape.sections if section.gather]
    found: Gathered = {}
    for unit, document, content in session.connection().exec_driver_sql(_TEXTS, {"sources": list(sources)}):
        for code in wanted:
            below = (content.get("gathered") or {}).get(code, [])
            own = str((content.get("texts") or {}).get(code) or "").strip()
            said = [{"unit": unit, "document": document, "text": own}] if own else []
            if said or below:
                found.setdefault(code, []).extend([*said, *below])
    return found


def gathered_by(session: Session, document_id: int, shape: Form) -> Gathered:
    """What a draft's total gathers now, for whoever writes around it."""
    sources = session.connection().exec_driver_sql(_INTAKE, {"id": document_id}).scalars()
    return gather(session, sources, shape)


_TEXTS = """
SELECT u.name, d.id, r.content FROM revision r JOIN document d ON d.id = r.document_id JOIN unit u ON u.id = d.unit_id
 WHERE r.id = ANY (%(sources)s) AND r.part = 'whole' ORDER BY d.path, d.supplement
"""
_INTAKE = "SELECT source_id FROM intake WHERE document_id = %(id)s ORDER BY source_id"
