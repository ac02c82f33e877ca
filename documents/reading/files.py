"""Opening files from outside (mở tệp): each in a process of its own with limits, or refused in words.

`open_file` and `open_bytes` give one file's text; `open_all` walks a folder, `open_upload` a mail or a mailbox; neither
stops at a file that is refused.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from documents.reading import limits
from documents.reading.kinds import checked_name
from documents.reading.model import Text
from documents.reading.refusals import (
    KINDS,
    BadName,
    Broke,
    EmptyFile,
    NestedArchive,
    NoSuchFile,
    NotAPlainFile,
    NothingIn,
    NotRead,
    TooHeavy,
    TookTooLong,
    TooLarge,
    TooMuch,
)

_ROOT = str(Path(__file__).resolve().parents[2])
_START = f"import sys; sys.path.insert(0, {_ROOT!r}); from documents.reading.worker import main; main()"


@dataclass(frozen=True, slots=True)
class Opened:
    """One file of many: its text, or why there is none; the bytes stay as they came, with their digest."""

    name: str
    sha256: str
    data: bytes
    text: Text | None = None
    refused: NotRead | None = None


def open_file(path: Path, seconds: int = limits.SECONDS) -> Text:
    """The text of one file; raises a `NotRead` that names it. A mail that carries one file gives that file's text."""
    found = next(iter(open_all(path, seconds)), None)
    if found is None:
        raise EmptyFile(name=path.name)
    if found.text is None:
        raise found.refused or Broke(name=path.name)
    return found.text


def open_bytes(name: str, data: bytes, seconds: int = limits.SECONDS) -> Text:
    """The text of an upload; raises a `NotRead` that names it."""
    answer = _asked(name, data, seconds)
    if "text" not in answer:
        raise NestedArchive(name=name, inner=str(answer["files"][0][0])[:60] if answer["files"] else "thư rỗng")
    return Text.of(answer["text"])


def open_all(path: Path, seconds: int = limits.SECONDS) -> Iterator[Opened]:
    """Every file of a folder (by name, folders within too), of a mail or mailbox, or the file itself."""
    if path.is_dir() and not path.is_symlink():
        yield from _of_folder(path, seconds)
        return
    try:
        name, data = checked_name(path.name), _bytes(path)
    except NotRead as refused:
        yield Opened(path.name, "", b"", None, refused)
        return
    yield from open_upload(name, data, seconds)


def _of_folder(folder: Path, seconds: int) -> Iterator[Opened]:
    paths = sorted(one for one in folder.rglob("*") if one.is_symlink() or not one.is_dir())
    if len(paths) > limits.IN_A_BOX:
        raise TooMuch(name=folder.name, what="tệp", most=limits.IN_A_BOX)
    for path in paths:
        if not path.name.startswith((".", "~$")):
            yield from open_all(path, seconds)


def open_upload(name: str, data: bytes, seconds: int = limits.SECONDS, within: str = "") -> Iterator[Opened]:
    """An upload: itself, or where it is a mail or a mailbox each file of it (`within` is the mail's name)."""
    shown, digest = f"{within}{name}", hashlib.sha256(data).hexdigest()
    try:
        answer = _asked(name, data, seconds)
        if "text" in answer:
            yield Opened(shown, digest, data, Text.of(answer["text"]))
        elif within:
            raise NestedArchive(name=within.rstrip(" ›"), inner=name)
        elif not answer["files"]:
            raise NothingIn(name=name)
        else:
            for inner, said in answer["files"]:
                yield from _of_mail(shown, str(inner), said, seconds)
    except NotRead as refused:
        yield Opened(shown, digest, data, None, refused)


def _of_mail(mail: str, name: str, said: str, seconds: int) -> Iterator[Opened]:
    data = base64.b64decode(said)
    try:
        checked_name(name)
    except BadName as refused:
        yield Opened(f"{mail} › {refused.fields['name']}", hashlib.sha256(data).hexdigest(), data, None, refused)
        return
    yield from open_upload(name, data, seconds, within=f"{mail} › ")


def _bytes(path: Path) -> bytes:
    """What stands on the disk, read once: the digest and the reading are of the same bytes."""
    try:
        known = path.lstat()
        if not stat.S_ISREG(known.st_mode):
            raise NotAPlainFile(name=path.name)
        if known.st_size > limits.FILE:
            raise TooLarge(name=path.name, most=f"{limits.FILE // limits.MEGA} MB")
        with path.open("rb") as stream:
            return stream.read(limits.FILE + 1)
    except FileNotFoundError as error:
        raise NoSuchFile(name=path.name) from error
    except OSError as error:
        raise NotRead(name=path.name) from error


def _asked(name: str, data: bytes, seconds: int) -> dict[str, Any]:
    """What the reading process answers; whatever becomes of it, one refusal."""
    checked_name(name)
    if not data:
        raise EmptyFile(name=name)
    if len(data) > limits.FILE:
        raise TooLarge(name=name, most=f"{limits.FILE // limits.MEGA} MB")
    command = [sys.executable, "-I", "-W", "ignore", "-c", _START, name, str(seconds)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds + 2, check=False)
        answer = json.loads(done.stdout) if done.returncode == 0 else {}
    except subprocess.TimeoutExpired as error:
        raise TookTooLong(name=name, seconds=seconds) from error
    except (ValueError, binascii.Error, OSError) as error:
        raise Broke(name=name) from error
    if done.returncode in (-24, -9):  # SIGXCPU, SIGKILL
        raise TookTooLong(name=name, seconds=seconds)
    if b"memory allocation of" in done.stderr or b"MemoryError" in done.stderr:
        raise TooHeavy(name=name)
    if refused := KINDS.get(str(answer.get("refused", ""))):
        raise refused(**answer["fields"])
    if "text" not in answer and "files" not in answer:
        raise Broke(name=name)
    return dict(answer)
