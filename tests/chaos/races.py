"""Many at once over the real API: one winner each, the rest told what happened; one key, one act; no draft lost."""

from __future__ import annotations

import os
import secrets
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from threading import Barrier
from typing import Any

import httpx

from tests.chaos import forks
from tests.chaos.audit import RACING
from tests.chaos.over_http import Server, plan_order
from tests.chaos.stage import Stage, looking
from tests.chaos.voices import CLIENTS, WARD, Voices
from tests.chaos.workers import written

Acting = Callable[[Callable[[int], httpx.Response]], list[httpx.Response]]


@dataclass
class Raced:
    """What came of a race: rounds, answers by status and code, and every round that was not as it must be."""

    name: str
    clients: int
    rounds: int
    answers: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def signers(on: Stage, rounds: int, clients: int = CLIENTS) -> Raced:
    """So many leaders of one ward sign one report at the same moment, again and again; one signature counts."""
    raced, voices = Raced("signing one report", clients, rounds), Voices(on)
    leaders, report = voices.leaders(clients), voices.report()
    with _together(clients) as at_once:
        for number in range(rounds):
            seen = voices.see(report)
            body = {"action": "sign", "seq": seen["seq"], "revision_id": seen["newest_revision_id"]}
            answers = at_once(partial(_sign, voices, leaders, report, body))
            raced.answers.update(map(_short, answers))
            told = [answer for answer in answers if _told(answer, "stale") and _present(answer)["state"] == "signed"]
            now = voices.see(report)
            if len(told) != clients - 1 or now["seq"] != seen["seq"] + 1 or now["state"] != "signed":
                raced.wrong.append(f"round {number}: {Counter(map(_short, answers))}, seq {seen['seq']} → {now['seq']}")
            voices.step(report, "revise", voices.secret(WARD, "drafter"))
    return raced


def _sign(voices: Voices, leaders: list[str], report: int, body: dict[str, Any], who: int) -> httpx.Response:
    return voices.say(leaders[who], "POST", f"/documents/{report}/steps", body)


def _plan(voices: Voices, secret: str, order: dict[str, Any], key: str, _: int) -> httpx.Response:
    return voices.say(secret, "POST", "/plans", order, key)


def _save(voices: Voices, secret: str, path: str, version: int, who: int) -> httpx.Response:
    return voices.say(secret, "PUT", path, {"content": written(1000 + who), "version": version})


def one_key(on: Stage, rounds: int, clients: int = CLIENTS) -> Raced:
    """So many clients send one act under one key: one act, and all hear the same answer."""
    raced, voices = Raced("one act under one key", clients, rounds), Voices(on)
    drafter = voices.secret("MG", "drafter")
    with _together(clients) as at_once:
        for number in range(rounds):
            key = f"{RACING}-{secrets.token_hex(6)}"
            answers = at_once(partial(_plan, voices, drafter, plan_order(on, key), key))
            raced.answers.update(map(_short, answers))
            with looking() as run:
                plans = run("SELECT count(*) FROM document WHERE title LIKE %s", (f"%{key}%",)).scalar_one()
            different = {(answer.status_code, answer.content) for answer in answers}
            if plans != 1 or len(different) != 1:
                raced.wrong.append(f"round {number}: {plans} plans, {len(different)} different answers")
    return raced


def windows(on: Stage, rounds: int, clients: int = 16) -> Raced:
    """So many windows save over the same version: one is kept, the others are shown both texts."""
    raced, voices = Raced("saving one draft", clients, rounds), Voices(on)
    report, drafter = voices.report(), voices.secret(WARD, "drafter")
    path = f"/documents/{report}/draft"
    with _together(clients) as at_once:
        for number in range(rounds):
            version = voices.say(drafter, "GET", path).json()["version"]
            answers = at_once(partial(_save, voices, drafter, path, version))
            raced.answers.update(map(_short, answers))
            kept = voices.say(drafter, "GET", path).json()
            winners = [who for who, answer in enumerate(answers) if answer.is_success]
            both = [answer for answer in answers if _told(answer, "edited-meanwhile")
                    and {"content", "yours", "version"} <= set(_present(answer))]  # fmt: skip
            said = kept["content"]["rows"][0]["values"]["1"]
            if (len(winners), len(both), kept["version"]) != (1, clients - 1, version + 1) or said != str(
                1000 + winners[0]
            ):
                raced.wrong.append(f"round {number}: {Counter(map(_short, answers))}, version {kept['version']}")
        # so that the draft says again how often it was saved
        version = kept["version"]
        voices.say(drafter, "PUT", path, {"content": written(version + 1), "version": version})
    return raced


@contextmanager
def serving(on: Stage, servers: int = 2) -> Iterator[None]:
    """HTTP servers that nobody kills."""

    def serve() -> None:
        on.enter()
        Server(on, 50).work()

    pids = [forks.start(serve, on.faults) for _ in range(servers)]
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + 15
        for pid in pids:
            while os.waitpid(pid, os.WNOHANG) == (0, 0):
                if time.monotonic() > deadline:
                    os.kill(pid, signal.SIGKILL)
                time.sleep(0.01)


@contextmanager
def _together(clients: int) -> Iterator[Acting]:
    """So many threads, let loose at one moment."""
    with ThreadPoolExecutor(clients) as pool:

        def at_once(act: Callable[[int], httpx.Response]) -> list[httpx.Response]:
            gate = Barrier(clients)

            def one(who: int) -> httpx.Response:
                gate.wait()
                return act(who)

            return list(pool.map(one, range(clients)))

        yield at_once


def _told(answer: httpx.Response, code: str) -> bool:
    """Refused as a conflict, in words."""
    said = answer.json() if answer.status_code == 409 else {}
    return said.get("code") == code and bool(said.get("detail"))


def _present(answer: httpx.Response) -> dict[str, Any]:
    found: dict[str, Any] = answer.json().get("present") or {}
    return found


def _short(answer: httpx.Response) -> str:
    return str(answer.status_code) if answer.is_success else f"{answer.status_code} {answer.json().get('code')}"
