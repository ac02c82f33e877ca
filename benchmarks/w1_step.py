"""W1: one persisted, guarded, audited step: presented and sent back in turn, each in a committed transaction.

Workers are processes, as they are in production, and every one has documents of its own; both ways move the same
documents on, in turns.
"""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from multiprocessing.connection import Connection

from benchmarks import Measured, compare, floor
from benchmarks.data import NOW, REAL, Database, Server, issue_plan, plain, staff
from states import connecting, database
from states.lifecycle import Action, Kind
from states.opening import NewDocument, open_document
from states.policy import Actor
from states.settings import Settings
from states.steps import Request, take
from states.units import find
from workflows.fanout import fan_out

AIM = 1.0
DOCUMENTS = 16
REASON = "Bổ sung số liệu (mẫu)"


@dataclass
class Papers:
    """A worker's documents, at which step each stands, and who moves them."""

    drafter: Actor
    leader: Actor
    seqs: dict[int, int] = field(default_factory=dict)


def measure(server: Server, rounds: int, steps: int) -> list[Measured]:
    """With one worker and with eight; `steps`: how many each worker takes a turn."""
    with server.made("bench_step", "bench_template") as database:
        _fill(database)
        return [_with(database, workers, rounds, steps) for workers in (1, 8)]


def _fill(database: Database) -> None:
    """The steps are taken amid 3,356 other documents, and the planner knows of them."""
    with database.act() as session:
        fan_out(session, issue_plan(session, REAL, staff(session, REAL.root)), NOW)
    database.tidy("document", "step", "outbox", "office", "person")


def _with(database: Database, workers: int, rounds: int, steps: int) -> Measured:
    papers = [_papers(database, number) for number in range(workers)]
    with _started(database, papers) as pipes:

        def turn(way: str) -> float:
            start = time.perf_counter()
            for pipe in pipes:
                pipe.send((way, steps))
            for pipe in pipes:
                pipe.recv()
            return time.perf_counter() - start

        done = compare(f"W1 a step, {workers} worker{'s' * (workers > 1)}", AIM, rounds,
                       lambda: turn("engine"), lambda: turn("floor"))  # fmt: skip
    ours, theirs = (workers * steps / sorted(way)[len(way) // 2] for way in (done.engine, done.floor))
    return Measured(done.name, AIM, done.engine, done.floor, f"{ours:,.0f}/s against {theirs:,.0f}/s")


def _papers(database: Database, number: int) -> Papers:
    with database.act() as session:
        unit = find(session, "phường", NOW.date(), level="commune", limit=20)[number].id
        people = staff(session, unit)
        new = NewDocument(Kind.PLAN, unit, "Kế hoạch (mẫu)", "KH")
        seqs = {open_document(session, new, people["drafter"], NOW): 1 for _ in range(DOCUMENTS)}
    return Papers(people["drafter"], people["leader"], seqs)


@contextmanager
def _started(database: Database, papers: list[Papers]) -> Iterator[list[Connection]]:
    context = multiprocessing.get_context("spawn")
    pipes, processes = [], []
    for paper in papers:
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, database.urls.program, paper), daemon=True)
        process.start()
        pipes.append(ours)
        processes.append(process)
    try:
        yield pipes
    finally:
        for pipe, process in zip(pipes, processes, strict=True):
            pipe.send(None)
            process.join()


def _work(pipe: Connection, url: str, papers: Papers) -> None:
    """A worker: takes steps in the way that it is told, until it is told nothing more."""
    engine, hand = connecting.new_engine(url, Settings()), plain(url)

    def by_engine(document: int, seq: int, action: Action, actor: Actor, reason: str | None) -> int:
        with database.transaction(engine) as session:
            return take(session, Request(document, action, seq, reason), actor, NOW).seq

    def by_hand(document: int, seq: int, action: Action, actor: Actor, reason: str | None) -> int:
        return floor.step(hand, document, seq, action.value, actor, reason, NOW)

    ways = {"engine": by_engine, "floor": by_hand}
    while order := pipe.recv():
        way, steps = order
        _take(papers, ways[way], steps)
        pipe.send("done")
    engine.dispose()
    hand.close()


def _take(papers: Papers, step: Callable[[int, int, Action, Actor, str | None], int], steps: int) -> None:
    for _, document in zip(range(steps), cycle(papers.seqs), strict=False):
        seq = papers.seqs[document]
        if seq % 2:
            papers.seqs[document] = step(document, seq, Action.PRESENT, papers.drafter, None)
        else:
            papers.seqs[document] = step(document, seq, Action.SEND_BACK, papers.leader, REASON)
