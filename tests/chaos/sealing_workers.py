"""Officers who sign with certificates, clerks who number and seal what they signed; and the log's sequencer."""

from __future__ import annotations

import random
import time
from typing import Any

from documents import drafting
from documents.signing import acts
from states import offices, opening
from states.database import transaction
from states.errors import DonDocError
from states.lifecycle import Action, Kind
from states.opening import NewDocument
from states.periods import LOCAL
from states.steps import Request, Taken, take
from tests.chaos.stage import PASSPHRASE, SEALED, SEALED_UNIT, looking
from tests.chaos.worker import Worker
from tests.chaos.workers import written
from tests.world import WINDOW
from workflows import sealing


class Sealer(Worker):
    """Reports of one ward on their way to a sealed PDF, and back again."""

    kind = "sealer"

    def act(self) -> None:
        try:
            with looking() as run:
                row = run(_SOME, {"title": SEALED}).one_or_none()
        except DonDocError:
            time.sleep(0.05)
            return
        at = self.now()
        if row is None or random.random() < 0.1:
            self.say(lambda: self._open(at), what="open", at=at)
        else:
            what = {"draft": "sign", "signed": "submit", "submitted": "recall"}[row.state]
            self.say(lambda: self._step(row, what, at), what=what, document=row.id, at=at)

    def look(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        with looking() as run:
            row = run(_TAKEN, asked).one_or_none()
        return {"document": row[0], "seq": row[1], "digest": bytes(row[2]).hex()} if row else None

    def _open(self, at: Any) -> dict[str, Any]:
        unit = self.stage.cast.units[SEALED_UNIT]
        drafter = self.stage.cast.person(unit, "drafter")
        new = NewDocument(Kind.REPORT, unit, SEALED, "BC", receiver_id=self.stage.cast.units["MG"], form="action-month",
                          form_version=2, period_first=WINDOW.first, period_last=WINDOW.last)  # fmt: skip
        with transaction() as session:
            document = opening.open_document(session, new, drafter, at)
            holder = offices.holder(session, drafter, at.astimezone(LOCAL).date()).holder
            drafting.save(session, document, written(1), 0, holder, at)
        return {"document": document, "seq": 1}

    def _step(self, row: Any, what: str, at: Any) -> dict[str, Any]:
        people = self.stage.cast.people
        leader, clerk = people[row.issuer_id, "leader"], people[row.issuer_id, "clerk"]
        with transaction() as session:
            if what == "sign":
                taken: Taken = acts.sign_document(
                    session, Request(row.id, Action.SIGN, row.seq), leader, at, PASSPHRASE
                )
            elif what == "submit":
                request = Request(row.id, Action.SUBMIT, row.seq, recipients=("Như trên",))
                taken = acts.submit_document(session, request, clerk, at, PASSPHRASE)
            else:
                taken = take(session, Request(row.id, Action.RECALL, row.seq, reason="Thử (mẫu)"), leader, at)
        sealed = what in ("sign", "submit")
        return {"seq": taken.seq, "digest": taken.digest.hex(), "number": taken.number, "sealed": sealed}


class Sequencer(Worker):
    """Gives what was written its place in the log, and signs checkpoints."""

    kind = "sequencer"

    def act(self) -> None:
        def sealed() -> dict[str, Any] | None:
            done = sealing.seal(self.now())
            return {"size": done.size, "note": done.note} if done.new else None

        self.say(sealed, what="seal")
        time.sleep(0.1)


_SOME = """
SELECT * FROM (SELECT id, state, seq, issuer_id FROM document WHERE title = %(title)s AND state <> 'withdrawn'
                ORDER BY id DESC LIMIT 6) few ORDER BY random() LIMIT 1
"""
_TAKEN = "SELECT document_id, seq, digest FROM step WHERE at = %(at)s::timestamptz"
