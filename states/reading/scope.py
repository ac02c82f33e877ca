"""Who sees which documents, as a piece of SQL for lists: the same as `states.policy.may_see`, tested equal.

An issued plan is seen by those whom it addresses, a report by the body that is asked to contribute to it.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Seer:
    """For whom a list is: an office's unit with its path, and the path of the tree that it looks down on.

    `outlook` empty: its own path. A body's supervisor looks down on the tree of the unit that the body belongs to.
    """

    unit_id: int
    path: str
    outlook: str = ""

    @property
    def keys(self) -> dict[str, Any]:
        """What `SEEN` needs to be told."""
        return {"seer": self.unit_id, "seer_path": self.path, "seer_outlook": self.outlook or self.path}


# Hashed once for the statement, not asked for each row. `d` is the document.
_CONTRIBUTES = "d.id IN (SELECT c.document_id FROM contribution c WHERE c.unit_id = %(seer)s)"
_ADDRESSED = """
    d.kind = 'plan' AND d.state IN ('submitted','consolidated') AND (
        %(seer_path)s::varchar LIKE d.path || '%%'
        OR d.id IN (SELECT a.plan_id FROM addressee a JOIN unit t ON t.id = a.unit_id
                     WHERE a.unit_id = %(seer)s OR a.subtree AND %(seer_path)s::varchar LIKE t.path || '%%'))
"""
SEEN = f"""
    (d.path LIKE %(seer_outlook)s || '%%' OR %(seer)s IN (d.unit_id, d.issuer_id, d.drafter_id, d.receiver_id)
        OR %(seer)s = ANY (d.followers) OR {_CONTRIBUTES} OR {_ADDRESSED})
"""
