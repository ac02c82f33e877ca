"""What the workers do, in the words of the program: one class per kind, `act()` until the end comes."""

from __future__ import annotations

import random
import time
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from documents import drafting
from states import offices, opening
from states.database import transaction
from states.errors import DonDocError
from states.lifecycle import Action, Kind
from states.opening import NewDocument
from states.periods import LOCAL
from states.policy import Actor
from states.steps import Request, take
from tests.chaos.stage import SEALED, looking
from tests.chaos.worker import Worker
from tests.world import WARDS, WINDOW


class Officer(Worker):
    """Somebody in the offices: takes whatever report comes to hand a step further."""

    kind = "officer"

    def act(self) -> None:
        try:
            with looking() as run:
                row = run(_SOME, {"among": random.choice((8, 40, 200)), "sealed": SEALED}).one_or_none()
        except DonDocError:
            time.sleep(0.05)
            return
        if row is None or random.random() < 0.04:
            self.open()
        else:
            self.move(row)

    def open(self) -> None:
        """A report that nobody owes, to the province."""
        unit, above = self.stage.cast.units[random.choice(WARDS)], self.stage.cast.units["MG"]
        drafter, at = self.stage.cast.person(unit, "drafter"), self.now()
        new = NewDocument(Kind.REPORT, unit, "Báo cáo (mẫu)", "BC", receiver_id=above, form="action-month",
                          form_version=2, period_first=WINDOW.first, period_last=WINDOW.last)  # fmt: skip

        def opened() -> dict[str, Any]:
            with transaction() as session:
                document = opening.open_document(session, new, drafter, at)
            return {"document": document, "seq": 1}

        self.say(opened, what="open", at=at)

    def move(self, row: Any) -> None:
        """One step that its state offers."""
        choices = _MOVES[row.state if row.state != "returned" else "draft"]
        what = random.choices([name for name, _ in choices], [weight for _, weight in choices])[0]
        if row.state == "draft" and row.version is None:
            what = "save"
        if what == "leave" or (what == "withdraw" and row.requirement_id is not None):
            return
        at = self.now()

        def moved() -> dict[str, Any]:
            with transaction() as session:
                return self._save(session, row, at) if what == "save" else self._step(session, row, what, at)

        self.say(moved, what=what, document=row.id, at=at)

    def look(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        """A step is known again by its moment, a saved draft by who saved it when."""
        with looking() as run:
            if asked["what"] == "save":
                row = run(_SAVED, asked).one_or_none()
                return {"version": row[0]} if row else None
            row = run(_TAKEN, {"document": None, **asked}).one_or_none()
        return {"document": row[0], "seq": row[1], "digest": bytes(row[2]).hex()} if row else None

    def _save(self, session: Session, row: Any, at: Any) -> dict[str, Any]:
        """One more talk than the draft says: so its number counts how often the draft was saved."""
        actor = self.stage.cast.person(row.drafter_id, "drafter")
        holder = offices.holder(session, actor, at.astimezone(LOCAL).date()).holder
        before = session.connection().exec_driver_sql(_DRAFT, {"id": row.id}).one_or_none()
        events, version = (int(before[0]), before[1]) if before else (0, 0)
        version, _ = drafting.save(session, row.id, written(events + 1), version, holder, at)
        return {"version": version, "events": events + 1}

    def _step(self, session: Session, row: Any, what: str, at: Any) -> dict[str, Any]:
        actor, action = self._who(row, what), Action(what)
        if what == "present":
            taken = drafting.present(session, row.id, actor, at, seq=row.seq)
        elif what == "sign":
            taken = drafting.sign(session, row.id, actor, at, seq=row.seq)
        else:
            until = at + timedelta(days=3) if what in ("return", "reopen") else None
            code = "figures-wrong" if until else None
            request = Request(row.id, action, row.seq, reason="Thử (mẫu)", reason_code=code, due_at=until,
                              recipients=("Như trên",))  # fmt: skip
            taken = take(session, request, actor, at)
        return {"seq": taken.seq, "digest": taken.digest.hex(), "number": taken.number}

    def _who(self, row: Any, what: str) -> Actor:
        unit, seat = _SEATS[what]
        at_unit = getattr(row, unit)
        return self.stage.cast.person(at_unit if at_unit is not None else row.issuer_id, seat)


def written(events: int) -> dict[str, Any]:
    """A draft that says so many talks."""
    row = {"table": 1, "row": 2, "label": "Tọa đàm", "values": {"1": str(events), "2": "3", "3": "4"}}
    return {"rows": [row], "nil": [2, 3], "texts": {"direction": "Đã ban hành kế hoạch.", "results": "Đạt yêu cầu."}}


_MOVES = {
    "draft": [("save", 4), ("present", 2), ("sign", 3)],
    "signed": [("submit", 8), ("revise", 1)],
    "submitted": [("leave", 4), ("receive", 2), ("return", 1), ("recall", 1), ("withdraw", 1)],
    "consolidated": [("leave", 20), ("reopen", 1)],
}
_SEATS = {
    "present": ("drafter_id", "drafter"), "sign": ("issuer_id", "leader"), "submit": ("issuer_id", "clerk"),
    "revise": ("drafter_id", "drafter"), "receive": ("receiver_id", "clerk"), "return": ("receiver_id", "supervisor"),
    "recall": ("issuer_id", "leader"), "withdraw": ("issuer_id", "leader"), "reopen": ("receiver_id", "supervisor"),
}  # fmt: skip
_SOME = """
SELECT few.*, (SELECT version FROM working_copy w WHERE w.document_id = few.id) AS version
  FROM (SELECT * FROM document WHERE kind = 'report' AND state <> 'withdrawn' AND title <> %(sealed)s
         ORDER BY id DESC LIMIT %(among)s) few
 ORDER BY random() LIMIT 1
"""
_DRAFT = "SELECT content #>> '{rows,0,values,1}', version FROM working_copy WHERE document_id = %(id)s"
_SAVED = "SELECT version FROM working_copy WHERE document_id = %(document)s AND updated_at = %(at)s::timestamptz"
_TAKEN = """
SELECT document_id, seq, digest FROM step WHERE at = %(at)s::timestamptz
   AND (document_id = %(document)s OR %(document)s::bigint IS NULL)
"""
