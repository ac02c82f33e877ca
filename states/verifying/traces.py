"""The rows' side of the log: every row is thrown onto its kind's heap as the leaf that it should have."""

from collections import defaultdict
from dataclasses import dataclass, field

from states.log.kinds import CHANGED, CHANGING, leaf_hash, row_digest
from states.verifying import heaps
from states.verifying.faults import Fault, fault
from states.verifying.heaps import Heaps
from states.verifying.reading import Connection, Row, rows

Changes = dict[str, dict[str, str]]
"""By kind and key the digest (hex) that the log has of a row since its last lawful change."""


@dataclass
class Traces:
    """Throws leaves; a row that was lawfully changed is compared with its last digest instead."""

    secret: int
    changes: Changes
    leaves: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))

    def leaf(self, kind: str, key: str, digest: str) -> None:
        """A row with this digest (hex) stands in the database."""
        self.leaves[kind].append(leaf_hash(kind, key, digest))

    def row(self, kind: str, values: Row, faults: list[Fault]) -> None:
        """A row with these columns stands there; `values`: key, then columns as text."""
        key, digest = values[0] or "", row_digest(kind, values).hex()
        last = self.changes[kind].get(key) if kind in self.changes else None
        self.leaf(kind if last is None else kind + CHANGED, key, digest)
        if last not in (None, digest):
            faults.append(changed(kind, key))

    @property
    def heaps(self) -> Heaps:
        """All that was thrown."""
        found: Heaps = {}
        for kind, leaves in self.leaves.items():
            heaps.put(found, kind, leaves, self.secret)
        return found


def changes(connection: Connection) -> Changes:
    """The last digest of each row that was changed with its trace."""
    found: Changes = {}
    for kind, key, digest in rows(connection, _CHANGES):
        if (name := (kind or "").removesuffix(CHANGED)) in CHANGING:
            found.setdefault(name, {})[key or ""] = digest or ""
    return found


def changed(kind: str, key: str) -> Fault:
    """The sentence for a row that is not what the log has."""
    return fault(kind, key, "khác với dấu vết trong nhật ký (một cột đã bị sửa)",
                 "it is not what the log has of it (a column was changed)")  # fmt: skip


_CHANGES = f"""
SELECT kind, key, encode(digest, 'hex') FROM (
    SELECT 0 AS part, position AS place, kind, key, digest FROM leaf WHERE kind LIKE '%{CHANGED}'
    UNION ALL SELECT 1, id, kind, key, digest FROM trace WHERE kind LIKE '%{CHANGED}') kept ORDER BY part, place
"""
