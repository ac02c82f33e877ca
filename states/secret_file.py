"""A file that only this program's user reads (tệp khóa): written once, whole, by the first who comes."""

import os
import secrets
from pathlib import Path


def keep(path: Path, data: bytes) -> None:
    """Write `data` (mode 0600) where nothing is yet; whoever came first stays. Raises `OSError`."""
    # Whole or not at all, and the first of two processes wins: written beside, then linked under its name.
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(beside, path)
        except FileExistsError:
            pass
    finally:
        beside.unlink(missing_ok=True)
