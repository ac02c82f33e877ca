"""What there is to speak of: numbers that exist, for somebody, now. Looked up anew now and then: the fuzz itself moves
things.
"""

from __future__ import annotations

import random
from collections import defaultdict
from typing import Any

import psycopg

from tests.fuzz.town import Target, Voice

FRESH = 60
"""So often what was looked up is used."""


class Known:
    """Numbers by what they are called in paths, queries and bodies."""

    def __init__(self, target: Target, chance: random.Random) -> None:
        self._ours = [voice.office for voice in target.voices]
        self._connection = psycopg.connect(target.program_url, options="-c dondoc.sees=all", autocommit=True)
        self._tokens = [row[0] for row in self._connection.execute("SELECT id FROM token").fetchall()]
        self._found: dict[tuple[str, int], list[Any]] = {}
        self._used: dict[tuple[str, int], int] = defaultdict(int)
        self._chance = chance

    def close(self) -> None:
        self._connection.close()

    def one(self, name: str, voice: Voice, document: int = 0) -> Any:
        """A value that exists; None where there is none, or nothing is called so."""
        if name not in _SQL:
            return None
        place = name, document or voice.unit
        self._used[place] += 1
        if place not in self._found or self._used[place] % FRESH == 0:
            keys = {"unit": voice.unit, "all": voice.seat in ("auditor", "admin"), "document": document,
                    "ours": self._ours, "tokens": self._tokens}  # fmt: skip
            self._found[place] = [row[0] for row in self._connection.execute(_SQL[name], keys).fetchall()]
        return self._chance.choice(self._found[place]) if self._found[place] else None

    def is_ours(self, path: str, number: Any) -> bool:
        """Whether the token or office is one of those who speak: to end it would end the fuzz."""
        return number in (self._ours if path.startswith("/offices/") else self._tokens)


_MINE = "(%(all)s OR %(unit)s IN (d.unit_id, d.issuer_id, d.drafter_id, d.receiver_id))"
_SQL: dict[str, Any] = {
    "document_id": f"SELECT id FROM document d WHERE {_MINE} ORDER BY random() LIMIT 80",
    "plan_id": f"""SELECT id FROM document d WHERE kind = 'plan' AND ({_MINE} OR EXISTS (SELECT FROM document r
                    WHERE r.plan_id = d.id AND r.unit_id = %(unit)s)) ORDER BY random() LIMIT 20""",
    "unit_id": "SELECT id FROM unit WHERE registry = 'mau' ORDER BY id LIMIT 12",
    "person_id": "SELECT id FROM person WHERE NOT machine ORDER BY random() LIMIT 30",
    "office_id": "SELECT id FROM office WHERE NOT id = ANY(%(ours)s) AND id > 1 ORDER BY random() LIMIT 30",
    "token_id": "SELECT id FROM token WHERE NOT id = ANY(%(tokens)s) AND revoked_at IS NULL LIMIT 30",
    "to_office": "SELECT id FROM office WHERE unit_id = %(unit)s LIMIT 20",
    "contribution_id": "SELECT id FROM contribution WHERE document_id = %(document)s LIMIT 20",
    "request_id": "SELECT id FROM dispensation_request WHERE document_id = %(document)s LIMIT 20",
    "no": "SELECT no FROM revision WHERE document_id = %(document)s LIMIT 20",
    "cell": "SELECT DISTINCT cell FROM figure LIMIT 30",
    "documents": "SELECT ARRAY[id] FROM document WHERE kind = 'report' AND plan_id = %(document)s LIMIT 20",
}
