"""The API as its clients meet it: servers that die, clients that ask again under the same key until answered."""

from __future__ import annotations

import random
import secrets
import time
from typing import Any

import httpx
import uvicorn

from api import deps
from api.app import app
from states.errors import DonDocError
from tests.chaos.clock import SERVERS
from tests.chaos.stage import SEALED, Stage, looking
from tests.chaos.worker import Worker
from tests.world import PROVINCE


class Server(Worker):
    """One server process; several listen on the same door."""

    kind = "server"

    def __init__(self, stage: Stage, number: int) -> None:
        super().__init__(stage, number)
        self._moment = SERVERS + number % 10
        self._server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))

    def work(self) -> None:
        app.state.machine = deps.Machine(now=lambda: self.stage.clock.now(self._moment))
        self._server.run(sockets=[self.stage.door])


class Client(Worker):
    """Somebody's program that speaks with the API: plans made, reports moved; each act under a key."""

    kind = "client"

    def __init__(self, stage: Stage, number: int) -> None:
        super().__init__(stage, number)
        # a connection for each question: the next one may be answered by another server
        self._http = httpx.Client(base_url=stage.address, headers={"Connection": "close"}, timeout=20, trust_env=False,
                                  verify=False)  # fmt: skip

    def act(self) -> None:
        if random.random() < 0.3:
            self._plan()
            return
        document = self._some()
        if document is not None:
            self._move(document)

    def look(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        """Asks again under the same key: done already or not, it is done once."""
        return self._answer(asked)

    def _some(self) -> int | None:
        """A report that may be moved; asked of the database, for the list of the API begins with the oldest."""
        try:
            with looking() as run:
                found = run(_SOME, {"sealed": SEALED}).scalar()
        except DonDocError:
            return None
        return int(found) if found is not None else None

    def _plan(self) -> None:
        key = self._key()
        drafter = self.stage.cast.person(self.stage.cast.units[PROVINCE], "drafter")
        self._post("/plans", plan_order(self.stage, key), drafter.person_id, key, "plan")

    def _move(self, document: int) -> None:
        """The next step of a report, its words bearing the key: so it can be counted how often it was taken."""
        seen = self._get(f"/documents/{document}")
        moves = _MOVES.get(seen["state"] if seen else "")
        if not seen or not moves:
            return
        action, party, seat = random.choice(moves)
        key = self._key()
        body: dict[str, Any] = {"action": action, "seq": seen["seq"], "reason": key, "recipients": ["Như trên"]}
        if action == "sign":
            body |= {"revision_id": seen["newest_revision_id"]}
        person = self.stage.cast.person(seen[f"{party}_id"], seat).person_id
        self._post(f"/documents/{document}/steps", body, person, key, action)

    def _post(self, path: str, body: Any, person: int, key: str, what: str) -> None:
        asked = {"what": f"http {what}", "path": path, "body": body, "person": person, "key": key}
        self.ledger.write("asked", **asked)
        answer = self._answer(asked)
        if answer is not None:
            self.ledger.write("done", **{**asked, **answer})
        else:
            self.ledger.write("told", why="refused", **asked)

    def _answer(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        """Ask until somebody answers; None where the answer is a refusal."""
        while True:
            headers = {"Idempotency-Key": asked["key"], **self._as(asked["person"])}
            try:
                answer = self._http.post(asked["path"], json=asked["body"], headers=headers)
            except httpx.HTTPError:
                time.sleep(0.02)
                continue
            if answer.status_code == 503:
                time.sleep(0.05)
                continue
            if answer.status_code >= 500:
                raise RuntimeError(f"{answer.status_code} {asked['path']}: {answer.text[:500]}")
            if answer.is_success:
                told = answer.json()
                return {"replayed": "idempotency-replayed" in answer.headers, "document": told["document_id"],
                        "seq": told.get("seq", 1), "digest": told.get("digest")}  # fmt: skip
            return None

    def _get(self, path: str) -> Any:
        person = self.stage.cast.person(self.stage.cast.units[PROVINCE], "supervisor").person_id
        try:
            answer = self._http.get(path, headers=self._as(person))
        except httpx.HTTPError:
            return None
        return answer.json() if answer.is_success else None

    def _as(self, person: int) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.stage.cast.secrets[person]}"}

    def _key(self) -> str:
        return f"k{self.number}-{secrets.token_hex(6)}"


def plan_order(stage: Stage, key: str) -> dict[str, Any]:
    """A plan whose title bears the key that it is made under."""
    return {
        "title": f"Kế hoạch {key} (mẫu)", "addressees": [{"unit_id": stage.cast.units[PROVINCE]}],
        "requirements": [{
            "title": "Báo cáo (mẫu)", "form": "action-month", "form_version": 2, "legal_basis": "Kế hoạch mẫu",
            "window": {"kind": "action_month", "year": 2026},
            "levels": [{"level": "commune", "due_on": "2027-12-18"}],
        }],
    }  # fmt: skip


_MOVES = {
    "draft": [("present", "drafter", "drafter"), ("sign", "issuer", "leader")],
    "returned": [("present", "drafter", "drafter")],
    "signed": [("submit", "issuer", "clerk"), ("revise", "drafter", "drafter")],
    "submitted": [("recall", "issuer", "leader")],
}
_SOME = """
SELECT d.id FROM document d JOIN revision r ON r.document_id = d.id AND r.part = 'whole'
 WHERE d.kind = 'report' AND d.title <> %(sealed)s AND d.state IN ('draft','returned','signed','submitted')
 ORDER BY random() LIMIT 1
"""
