"""Some hundreds of bad files, made by combination: each must end in one clear sentence, within the time limit.

A file whose `refusals` are empty may also be readable: then it must read without a crash.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.documents.bad_files import archives, broken, heavy, mails
from tests.documents.bad_files.bad_file import BadFile


def bad_files() -> Iterator[BadFile]:
    """All of them, in a fixed order."""
    for make in (
        broken.cut, broken.flipped, broken.misnamed, archives.macros, archives.encrypted, archives.bombs,
        archives.entities, archives.nested, archives.paths, broken.names, heavy.too_much, broken.empty,
        broken.foreign, mails.spoiled, heavy.twisted,
    ):  # fmt: skip
        yield from make()


def write_all(folder: Path, bad_ones: Iterable[BadFile]) -> int:
    """Write them into a folder, those whose names a disk takes; says how many."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for bad in bad_ones:
        if bad.name.strip(" .") and not set(bad.name) & set("/\\\0\n") and len(bad.name) < 200:
            (folder / bad.name).write_bytes(bad.data)
            count += 1
    return count
