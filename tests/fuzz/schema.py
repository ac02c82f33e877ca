"""schemathesis on our own description of the API: what it allows, and what it just does not, by every seat.

Who asks is drawn by how often he came past the door (401, 403) with this operation before; now and then anybody.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode

from tests.fuzz.filling import Filling
from tests.fuzz.known import Known
from tests.fuzz.outcome import Outcome
from tests.fuzz.town import Target, Voice


def run(target: Target, count: int, tries: int = 1, every: int = 1, say: Callable[[str], object] = str,
        found: Outcome | None = None) -> Outcome:  # fmt: skip
    """At least so many cases, spread over all operations (of them each `every`th), good and bad ones in turns.

    `found`: where it is counted, for who wants to know before the end.
    """
    described_all: list[Any] = list(schemathesis.openapi.from_dict(target.schema).get_all_operations())
    operations = [found.ok() for found in described_all[::every]]
    chance, found, rounds = random.Random(tries), found or Outcome(), 0
    with requests.Session() as line:
        asking = Asking(target, line, found, chance)
        while found.answers.total() < count:
            each = max(1, -(-(count - found.answers.total()) // (2 * len(operations))))
            for operation, mode in itertools.product(operations, GenerationMode):
                asking.about(operation, mode, each, tries * 1000 + rounds)
                say(f"{found.answers.total():,} answers, {len(found.failures)} failures\r")
            rounds += 1
        asking.known.close()
    return found


class _Bearer(requests.auth.AuthBase):
    """Says who asks, whatever was generated for the headers."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._secret}"
        return request


class Asking:
    """Asks in somebody's name, and counts the answers by seat."""

    def __init__(self, target: Target, line: requests.Session, found: Outcome, chance: random.Random) -> None:
        self.known = Known(target, chance)
        self._target, self._line, self._found, self._chance = target, line, found, chance
        self._filling = Filling(target, line, self.known, chance)
        self._in: Counter[tuple[str, str]] = Counter()
        self._asked: Counter[tuple[str, str]] = Counter()

    def about(self, operation: Any, mode: GenerationMode, each: int, number: int) -> None:
        """So many cases of one operation."""
        name = f"{operation.method.upper()} {operation.path}"

        @seed(number)
        @settings(max_examples=each, database=None, deadline=None, phases=[Phase.generate],
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            self._found.kinds[f"{mode.value} cases"] += 1
            self._ask(name, case)

        try:
            ask()
        except Exception as error:
            if type(error).__name__ not in _NOTHING_TO_TRY:
                raise
            self._found.kinds["operations without such cases"] += 1

    def _ask(self, name: str, case: Any) -> None:
        voice = self._who(name)
        self._filling.fill(case, voice)
        try:
            answer = case.call(base_url=f"http://127.0.0.1:{self._target.port}", session=self._line, timeout=30,
                               auth=_Bearer(voice.secret))  # fmt: skip
        except requests.RequestException as error:
            self._found.failures.append(f"{name}: {type(error).__name__}: {case.as_curl_command()[:600]}")
            return
        status = answer.status_code
        self._found.answers[status] += 1
        self._found.by_seat[voice.seat, status] += 1
        self._asked[name, voice.seat] += 1
        self._in[name, voice.seat] += status not in (401, 403)
        self._filling.remember(case, voice, answer)
        if status >= 500:
            self._found.failures.append(f"{name}: {status}: {voice.seat}: {case.as_curl_command()[:900]}")

    def _who(self, name: str) -> Voice:
        seats = sorted({voice.seat for voice in self._target.voices})
        weights = [((self._in[name, seat] + 1) / (self._asked[name, seat] + 1)) ** 3 for seat in seats]
        seat = self._chance.choices(seats, None if self._chance.random() < 0.05 else weights)[0]
        return self._chance.choice([voice for voice in self._target.voices if voice.seat == seat])


_NOTHING_TO_TRY = Counter(("Unsatisfiable", "Skipped", "SkipTest"))
