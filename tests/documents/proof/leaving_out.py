"""Leaving rows out as somebody would who knows the format: what is left out stays as a hash beside, the root is right.

He needs no key and no database, only a bundle.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Callable, Mapping
from typing import Any

from documents.proof.verifying import proving, tree

Keep = Callable[[str, list[Any]], bool]
"""Whether a row stays: its kind, and what its line says."""


def rows(members: Mapping[str, bytes]) -> list[tuple[int, bytes, str, list[Any]]]:
    """Place, line, kind and words of every row."""
    found = []
    for line in members["evidence.jsonl"].split(b"\n")[:-1]:
        place, _, said = line.partition(b" ")
        words = json.loads(said)
        found.append((int(place.rstrip(b"+")), line, "step" if words[0] == "dondoc-step/1" else words[1], words))
    return found


def without(members: Mapping[str, bytes], keep: Keep) -> dict[str, bytes]:
    """The members without some rows, nor the contents that then nobody names."""
    stay = [row for row in rows(members) if keep(row[2], row[3])]
    digests = {words[6][2:] for _, _, kind, words in stay if kind == "revision"}
    contents = [line for line in members["contents.jsonl"].split(b"\n")[:-1]
                if hashlib.sha256(line).hexdigest() in digests]  # fmt: skip
    proofs = json.loads(members["proofs.json"])
    proofs["beside"] = [each.hex() for each in _beside(members, sorted(row[0] for row in stay), proofs["beside"])]
    return {**members, "evidence.jsonl": b"".join(row[1] + b"\n" for row in stay),
            "contents.jsonl": b"".join(line + b"\n" for line in contents),
            "proofs.json": json.dumps(proofs, sort_keys=True, separators=(",", ":")).encode()}  # fmt: skip


def _beside(members: Mapping[str, bytes], stay: list[int], given: list[str]) -> list[bytes]:
    leaves, beside = proving.evidence(members["evidence.jsonl"]).positions, iter(bytes.fromhex(each) for each in given)
    there = sorted(leaves)

    def walk(low: int, high: int) -> tuple[bytes, list[bytes] | None]:
        """The hash over a range, and what stands beside what stays in it (None: nothing stays)."""
        if bisect_left(there, low) == bisect_left(there, high):
            return next(beside), None
        if high - low == 1:
            return leaves[low], [] if low in stay else None
        middle = low + (1 << (high - low - 1).bit_length() - 1)
        (left, before), (right, behind) = walk(low, middle), walk(middle, high)
        both = tree._pair(left, right)
        if before is None and behind is None:
            return both, None
        return both, ([left] if before is None else before) + ([right] if behind is None else behind)

    size = int(members["checkpoint.txt"].split(b"\n")[1])
    return walk(0, size)[1] or []
