"""Whoever speaks with the servers over HTTP, each with his token."""

from __future__ import annotations

import secrets
from typing import Any

import httpx

from states import offices, tokens
from states.database import transaction
from states.offices import NewOffice
from states.periods import LOCAL
from tests.chaos.clock import SERVERS
from tests.chaos.stage import Stage

CLIENTS = 64
WARD = "Phường Một"


class Voices:
    """Whoever speaks with the servers, over connections that stay."""

    def __init__(self, on: Stage) -> None:
        on.enter()
        self.on, self.now = on, on.clock.now(SERVERS + 9)
        limits = httpx.Limits(max_connections=CLIENTS, max_keepalive_connections=CLIENTS)
        self._client = httpx.Client(base_url=on.address, timeout=60, trust_env=False, verify=False, limits=limits)

    def say(self, secret: str, method: str, path: str, body: Any = None, key: str | None = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {secret}", **({"Idempotency-Key": key} if key else {})}
        return self._client.request(method, path, json=body, headers=headers)

    def see(self, document: int, secret: str | None = None) -> Any:
        return self.say(secret or self.secret(WARD, "leader"), "GET", f"/documents/{document}").json()

    def step(self, document: int, action: str, secret: str) -> None:
        """A step without a race; it must be taken."""
        body = {"action": action, "seq": self.see(document, secret)["seq"], "recipients": ["Như trên"]}
        answer = self.say(secret, "POST", f"/documents/{document}/steps", body)
        assert answer.is_success, answer.text

    def secret(self, unit: str, seat: str) -> str:
        return self.on.cast.secrets[self.on.cast.person(self.on.cast.units[unit], seat).person_id]

    def leaders(self, count: int) -> list[str]:
        """So many Vice-chairs of the ward, each with a token."""
        found = []
        with transaction() as session:
            for number in range(count):
                person = offices.add_person(
                    session, f"Phó Chủ tịch {number} (mẫu)", sample=True, email=f"{secrets.token_hex(6)}@mau.example"
                )
                day = self.now.astimezone(LOCAL).date()
                new = NewOffice(person, self.on.cast.units[WARD], "leader", "Phó Chủ tịch", day, "KT.")
                offices.give(session, new)
                found.append(tokens.issue(session, person, "đua", self.now, may_sign=True))
        return found

    def report(self) -> int:
        """A report of the ward, written and put up."""
        with transaction() as session:
            here = self.on.cast.on(session, self.now)
            here.plan = here.issue_plan()
            report = here.report_of(WARD)
            here.write(report, 1)
            here.present(report)
        return report
