"""schemathesis on our own description of the API: what it allows, and what it just does not."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode

from tests.fuzz.raw import Outcome
from tests.fuzz.town import Target


def run(target: Target, count: int, tries: int = 1, every: int = 1,
        say: Callable[[str], object] = str) -> Outcome:  # fmt: skip
    """About so many cases, spread over all operations (of them each `every`th), good and bad ones in turns."""
    described = schemathesis.openapi.from_dict(target.schema)
    described_all: list[Any] = list(described.get_all_operations())
    operations = [found.ok() for found in described_all[::every]]
    each = max(1, -(-count // (2 * len(operations))))
    found = Outcome()
    with requests.Session() as line:
        for operation, mode in itertools.product(operations, GenerationMode):
            _try(target, line, operation, mode, each, found, tries)
            say(f"{found.answers.total():,} answers, {len(found.failures)} failures\r")
    return found


def _try(target: Target, line: requests.Session, operation: Any, mode: GenerationMode, each: int, found: Outcome,
         tries: int) -> None:  # fmt: skip
    people = itertools.cycle((target.auditor, target.drafter))
    name = f"{operation.method.upper()} {operation.path}"

    @seed(tries)
    @settings(max_examples=each, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        found.kinds[f"{mode.value} cases"] += 1
        try:
            answer = case.call(base_url=f"http://127.0.0.1:{target.port}", session=line, timeout=30,
                               headers={"Authorization": f"Bearer {next(people)}"})  # fmt: skip
        except requests.RequestException as error:
            found.failures.append(f"{name}: {type(error).__name__}: {case.as_curl_command()[:600]}")
            return
        found.answers[answer.status_code] += 1
        if answer.status_code >= 500:
            found.failures.append(f"{name}: {answer.status_code}: {case.as_curl_command()[:600]}")

    try:
        ask()
    except Exception as error:
        if type(error).__name__ not in _NOTHING_TO_TRY:
            raise
        found.kinds["operations without such cases"] += 1


_NOTHING_TO_TRY = Counter(("Unsatisfiable", "Skipped", "SkipTest"))
