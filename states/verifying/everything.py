"""The whole audit: what is to be looked at, in pieces for as many processes as there are, and what they found."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg

from states.log.kinds import CHANGED, ROWS
from states.log.nodes import BLOCK
from states.log.notes import Note, Verifier
from states.verifying import chains, contents, heaps, logged, sealed, tables
from states.verifying.faults import Fault, fault
from states.verifying.heaps import Heaps
from states.verifying.locating import locate
from states.verifying.reading import SESSION, Connection, all_of, opened
from states.verifying.standing import Standing
from states.verifying.traces import Changes, Traces, changes

Tell = Callable[[int, int], None]
"""Told after each piece: pieces done, pieces in all."""
DOCUMENTS = REVISIONS = 5_000
"""How many numbers of documents and contents are one piece."""


@dataclass
class Audited:
    """What an audit found; `rows`: how many of each kind were looked at, `size`: of the log, `sealed`: of its newest
    checkpoint, `waiting`: traces without a place yet."""

    faults: list[Fault] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    size: int = 0
    waiting: int = 0
    checkpoints: int = 0
    sealed: int = 0


@dataclass(frozen=True)
class _Piece:
    what: str
    first: int = 0
    following: int = 0
    sizes: tuple[int, ...] = ()


@dataclass
class _Found:
    piece: _Piece
    faults: list[Fault] = field(default_factory=list)
    heaps: Heaps = field(default_factory=dict)
    count: int = 0
    part: logged.Part | None = None


def verify(
    url: str, verifier: Verifier, outside: Sequence[Note] = (), *, processes: int = 2,
    tell: Tell = lambda done, of: None,
) -> Audited:  # fmt: skip
    """Verify the database at `url` (any login that may read) in one snapshot. `outside`: checkpoints kept elsewhere."""
    with opened(url) as connection:
        ((snapshot,),) = all_of(connection, "SELECT pg_export_snapshot()")
        audit = _Audit(connection, verifier, outside, tell)
        with _pool(url, str(snapshot), audit.changes, audit.secret, processes) as run:
            return audit.whole(run)


def verify_on(
    connection: psycopg.Connection[Any], verifier: Verifier, outside: Sequence[Note] = (), *,
    only: Collection[str | None] = (),
) -> Audited:  # fmt: skip
    """The same in this process, as the given connection's transaction sees it. `only`: just these pieces (a kind of
    row, or «step» for documents with their steps and sendings, «revision» for contents), against the log's leaves."""
    connection.execute(SESSION)
    audit = _Audit(connection, verifier, outside, lambda done, of: None, only)
    return audit.whole(lambda pieces: (_look(connection, piece, audit.changes, audit.secret) for piece in pieces))


class _Audit:
    def __init__(
        self, connection: Connection, verifier: Verifier, outside: Sequence[Note], tell: Tell,
        only: Collection[str | None] = (),
    ) -> None:  # fmt: skip
        self.only = only
        self.connection, self.verifier, self.outside, self.tell = connection, verifier, outside, tell
        self.secret, self.changes = heaps.secret(), changes(connection)
        self.kept = sealed.kept(connection)
        self.done = Audited(checkpoints=len(self.kept), sealed=self.kept[-1].size if self.kept else 0)
        self.standing = Standing()
        self.mine: Heaps = {}
        self.logs: Heaps = {}

    def whole(self, run: Callable[[list[_Piece]], Iterator[_Found]]) -> Audited:
        """All pieces, then what only all of them together show."""
        pieces = [piece for piece in self._pieces() if not self.only or piece.what in self.only]
        parts: dict[int, logged.Part] = {}
        for number, found in enumerate(run(pieces), 1):
            self.done.faults += found.faults
            if found.part:
                parts[found.part.first] = found.part
                self.standing.take(found.part.endings, found.part.moved)  # in order, while others still look
                heaps.join(self.logs, found.part.heaps)
            else:
                heaps.join(self.mine, found.heaps)
                name = found.piece.what
                self.done.rows[name] = self.done.rows.get(name, 0) + found.count
            self.tell(number, len(pieces))
        if self.only:
            heaps.join(self.logs, logged.of_kinds(self.connection, _kinds(self.only), self.changes, self.secret))
        else:
            self._join_log([parts[first] for first in sorted(parts)])
            self.done.faults += self.standing.held(self.kept, self.connection)
        self._compare()
        return self.done

    def _pieces(self) -> list[_Piece]:
        """The long ones first, log and chains in turns, so that both processes end together."""
        ((leaves,),) = all_of(self.connection, "SELECT coalesce(max(position) + 1, 0) FROM leaf")
        sizes = sealed.sizes(self.kept, self.outside)
        width = 1 << logged.CHUNK
        found = [_Piece("step", low, high) for low, high in _ranges(self.connection, "document", DOCUMENTS)]
        found += [_Piece("leaf", first, first + width, tuple(s for s in sizes if first < s <= first + width))
                  for first in range(0, leaves, width)]  # fmt: skip
        found += [_Piece("revision", low, high) for low, high in _ranges(self.connection, "revision", REVISIONS)]
        found += [_Piece(kind.name) for kind in ROWS if kind.name not in tables.ELSEWHERE]
        return found

    def _join_log(self, parts: list[logged.Part]) -> None:
        """Roots at every size that was asked for, and branches taller than a chunk."""
        frontier = logged.Frontier()
        roots: dict[int, bytes] = {}
        tall: dict[tuple[int, int], bytes] = {}
        for part in parts:
            roots |= {size: frontier.root(peaks) for size, peaks in part.peaks.items()}
            self.done.size += part.count
            if part.top is None:
                break
            tall |= {(height, part.first >> height): hash for height, hash in frontier.grow(part.top)}
        self._branches(tall)
        for each in self.kept:
            self.done.faults += sealed.check(each, roots.get(each.size), self.verifier)
        for note in self.outside:
            self.done.faults += sealed.check_outside(note, roots.get(note.size), self.verifier)
        if self.done.size and not self.kept:
            self.done.faults.append(fault("checkpoint", "", "không có mốc nào, mà nhật ký không trống",
                                          "there is none, and the log is not empty"))  # fmt: skip
        if self.done.size < self.done.sealed:
            self.done.faults.append(fault("leaf", self.done.size, "nhật ký ngắn hơn mốc niêm phong",
                                          "the log is shorter than its checkpoint"))  # fmt: skip

    def _branches(self, tall: dict[tuple[int, int], bytes]) -> None:
        kept = {(height, place): bytes(hash) for height, place, hash in all_of(self.connection, _TALL)}
        wanted = {place: hash for place, hash in tall.items() if place[0] % BLOCK == 0}
        for height, place in sorted(kept.keys() | wanted.keys()):
            if kept.get((height, place)) != wanted.get((height, place)):
                self.done.faults.append(fault("subtree", f"{height}/{place}", "không phải của các dấu vết dưới nó",
                                              "it is not that of the leaves below it"))  # fmt: skip

    def _compare(self) -> None:
        """Rows and log are the same heaps; where not, which rows."""
        found, self.done.waiting = logged.waiting(self.connection, self.changes, self.secret)
        heaps.join(self.logs, found)
        heaps.join(self.logs, logged.changed(self.changes, self.secret))
        for kind in sorted(self.mine.keys() | self.logs.keys()):
            if self.only and kind.removesuffix(CHANGED) not in _kinds(self.only):
                continue
            if self.mine.get(kind, 1) != self.logs.get(kind, 1):
                told = {(each.kind, each.key) for each in self.done.faults}
                found_now = locate(self.connection, kind)
                self.done.faults += [each for each in found_now if (each.kind, each.key) not in told]


def _kinds(only: Collection[str | None]) -> set[str]:
    """The kinds of leaves that these pieces throw."""
    more = {"step": {"step", "document", "sending"}, "revision": {"revision", "derivation"}}
    return {kind for piece in only if piece for kind in more.get(piece, {piece})}


def _look(connection: Connection, piece: _Piece, changes: Changes, secret: int) -> _Found:
    if piece.what == "leaf":
        part = logged.leaves(connection, piece.first, list(piece.sizes), changes, secret)
        return _Found(piece, part.faults, count=part.count, part=part)
    traces = Traces(secret, changes)
    if piece.what == "step":
        return _Found(piece, *chains.chains(connection, piece.first, piece.following, traces))
    if piece.what == "revision":
        return _Found(piece, *contents.contents(connection, piece.first, piece.following, traces))
    return _Found(piece, *tables.table(connection, piece.what, traces))


@contextmanager
def _pool(
    url: str, snapshot: str, changes: Changes, secret: int, processes: int
) -> Iterator[Callable[[list[_Piece]], Iterator[_Found]]]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, _begin, (url, snapshot, changes, secret)) as pool:
        yield lambda pieces: pool.map(_work, pieces)


_stack = ExitStack()  # closed with the process
_mine: tuple[Connection, Changes, int]


def _begin(url: str, snapshot: str, changes: Changes, secret: int) -> None:
    gc.disable()  # rows refer to nothing that refers back to them: each is gone with its last use
    global _mine
    _mine = _stack.enter_context(opened(url, snapshot)), changes, secret


def _work(piece: _Piece) -> _Found:
    connection, changes, secret = _mine
    return _look(connection, piece, changes, secret)


def _ranges(connection: Connection, name: str, width: int) -> list[tuple[int, int]]:
    """Ranges of numbers with about so many rows in each; also below and above all of them, where nothing should be."""
    cuts = [int(row[0]) for row in all_of(connection, _CUTS.format(name=name, width=width))]
    bounds = [-(2**62), *cuts[1:], 2**62]
    return list(zip(bounds, bounds[1:], strict=False))


_CUTS = "SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM {name}) x WHERE n % {width} = 0"
_TALL = f"SELECT height, place, hash FROM subtree WHERE height > {logged.CHUNK}"
