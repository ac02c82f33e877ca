"""Every byte of a bundle changed, one by one: `python -m tests.flipping BUNDLE` (the suite tries a sample).

`--members` changes every byte of each member and packs it anew, as somebody who knows the format would; slow.
"""

import argparse
import functools
import sys
from collections.abc import Iterator
from pathlib import Path

from documents.proof.bundling.packing import pack
from documents.proof.verifying import packed
from documents.proof.verifying.bundles import verify
from documents.signing import validating


def main() -> int:
    """How many changes were tried, and each that was not found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--members", action="store_true")
    parser.add_argument("--every", type=int, default=1, help="only every so many bytes")
    parser.add_argument("--files", type=int, default=1, help="of the PDFs among the members only every so many")
    asked = parser.parse_args()
    vars(validating)["validate"] = functools.cache(validating.validate)  # a PDF that was not changed is judged once
    data = asked.bundle.read_bytes()
    tried = missed = 0
    for where, changed in _members(data, asked.every, asked.files) if asked.members else _bytes(data, asked.every):
        tried += 1
        if verify(changed).whole:
            missed += 1
            sys.stdout.write(f"not found: {where}\n")
    sys.stdout.write(f"{tried} changes, {missed} not found\n")
    return 4 if missed else 0


def _bytes(data: bytes, every: int) -> Iterator[tuple[str, bytes]]:
    for place in range(0, len(data), every):
        yield str(place), data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :]


def _members(data: bytes, every: int, files: int) -> Iterator[tuple[str, bytes]]:
    """All but the proofs to older checkpoints: they say nothing of this bundle until one is held against it."""
    members = packed.opened(data)
    for name in sorted(members):
        older = _older(members[name]) if name == "proofs.json" else range(0)
        for place, changed in _bytes(members[name], max(every, files) if name.startswith("files/") else every):
            if int(place) not in older:
                yield f"{name} {place}", pack({**members, name: changed})


def _older(proofs: bytes) -> range:
    first = proofs.index(b'"consistency":{') + len(b'"consistency":{')
    return range(first, proofs.index(b"}", first))


if __name__ == "__main__":
    sys.exit(main())
