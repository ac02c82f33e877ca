"""Faults put in on purpose, so that the comparison is seen to find them."""

from __future__ import annotations

from typing import Any

from tests.chaos.ledger import Ledger
from tests.chaos.stage import Stage


def falsify(on: Stage) -> dict[str, str]:
    """Put faults in, one of each kind that there is something for; returns them with the words that must name them."""
    ledger = Ledger(on.ledgers / "false-99.jsonl")
    with on.owner() as owner:
        owner.execute("SET session_replication_role = replica")  # no trigger and no key may stand in the way

        def one(sql: str) -> tuple[Any, ...]:
            return owner.execute(sql.encode()).fetchone() or ()

        at = on.clock.now(99).isoformat()
        ledger.write("done", what="sign", document=1, seq=999, digest="00", at=at)
        document, version = one("SELECT document_id, version FROM working_copy ORDER BY random() LIMIT 1")
        ledger.write("done", what="save", document=document, version=version + 1, at=at)
        ledger.write("done", what="http plan", document=1, seq=1, digest=None, key="k1-000000000000")
        gone = one("DELETE FROM step WHERE seq = 1 AND document_id = (SELECT id FROM document WHERE seq > 1"
                   " ORDER BY random() LIMIT 1) RETURNING document_id, seq")  # fmt: skip
        (register,) = one("UPDATE register SET last = last + 1 WHERE id = (SELECT min(id) FROM register) RETURNING id")
        (sending,) = one("DELETE FROM sending WHERE id = (SELECT max(id) FROM sending) RETURNING id")
        changed = one("UPDATE figure SET amount = amount + 1 WHERE cell = 10201 AND revision_id = (SELECT max(r.id)"
                      " FROM revision r WHERE r.part = 'total' AND EXISTS (SELECT FROM figure f"
                      " WHERE f.revision_id = r.id AND f.cell = 10201)) RETURNING 1")  # fmt: skip
        mails = list(on.mails.glob("*.eml"))[:1]
        for mail in mails:
            mail.unlink()
    return {
        "an acknowledged step that is not there": "(1, 999)",
        "an acknowledged draft that is not there": f"version {version + 1} of draft {document}",
        "an acknowledged plan that is not there": "k1-000000000000",
        f"a step taken away {gone}": "does not continue the one before",
        f"a register that counted on ({register})": "a register with a gap",
        f"a sending taken away ({sending})": "a number without its sending",
        **({"a total that was changed": "not the sum of what it took up"} if changed else {}),
        **({"a mail that did not come": "recorded as sent"} if mails else {}),
    }
