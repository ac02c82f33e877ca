"""W2: opening the owed reports of a plan, over the real two-level tree and a synthetic one of three levels."""

import time

from benchmarks import Measured, compare, floor
from benchmarks.data import NOW, REAL, Database, Server, Tree, issue_plan, plant, staff
from workflows.fanout import fan_out

AIM = 1.2


def measure(server: Server, rounds: int) -> list[Measured]:
    """Both trees; each turn opens a plan of its own and commits, so that the tables grow alike for both."""
    with server.made("bench_fan_out", "bench_template") as database:
        with database.act() as session:
            synthetic = plant(session)
        database.tidy("unit")
        return [
            _over(database, REAL, "W2 fan-out to 3,321 real communes (and 34 provinces, 1 root)", rounds),
            _over(database, synthetic, "W2 fan-out to 10,598 synthetic communes (and 705 + 63 + 1)", rounds),
        ]


def _over(database: Database, tree: Tree, name: str, rounds: int) -> Measured:
    with database.act() as session:
        people = staff(session, tree.root)

    def issued() -> int:
        with database.act() as session:
            return issue_plan(session, tree, people)

    def engine() -> float:
        plan = issued()
        start = time.perf_counter()
        with database.act() as session:
            fan_out(session, plan, NOW)
        return time.perf_counter() - start

    def by_hand() -> float:
        plan = issued()
        start = time.perf_counter()
        floor.fan_out(database.plain, plan, tree.levels, tree.path, NOW)
        return time.perf_counter() - start

    return compare(name, AIM, rounds, engine, by_hand)
