"""Opening files from outside (mở tệp): each in a process of its own with limits, or refused in words.

`open_file` and `open_bytes` give one file's text; `open_all` walks a folder, `open_upload` a mail or a mailbox; neither
stops at a file that is refused. `read_upload` has the process recognise the papers as well, `picture` gives a page.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import stat
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from documents.reading import limits
from documents.reading.formats.kinds import checked_name
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
    content: dict[str, Any] | None = None
    """What `read_upload` recognised (see `proposing.content_of`)."""


Units = Sequence[Sequence[Any]]
"""Units of an office's own import, as `gazetteer.with_units` takes them."""


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
        name, data = checked_name(path.name), bytes_of(path)
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


def open_upload(name: str, data: bytes, seconds: int = limits.SECONDS) -> Iterator[Opened]:
    """An upload: itself, or where it is a mail or a mailbox each file of it, by the mail's name and its own."""
    return _upload(name, data, seconds, None)


def read_upload(name: str, data: bytes, units: Units = (), seconds: int = limits.SECONDS) -> Iterator[Opened]:
    """The same with what each paper says, recognised in that process too; no text of the files runs in this one."""
    return _upload(name, data, seconds, units)


def picture(name: str, data: bytes, page: int, seconds: int = limits.SECONDS) -> bytes:
    """One page of a PDF as PNG, drawn in a process of its own. Raises a `NotRead`."""
    answer = _asked(name, data, seconds, "page", str(page))
    return base64.b64decode(answer["picture"])


def cells(name: str, data: bytes, seconds: int = limits.SECONDS) -> dict[str, list[list[Any]]]:
    """The bare cells of every sheet of a spreadsheet, hidden ones too (see `sheets.cells`). Raises a `NotRead`."""
    return dict(_asked(name, data, seconds, "cells")["cells"])


def own_name(name: str) -> str:
    """The name of a file without what a sender may have hidden in it: folders, control characters, too much of it."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(one for one in last if unicodedata.category(one) not in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp"))
    bare = re.sub(r"^(?:\w:|~)+", "", seen).strip(" ").lstrip(".")
    stem, dot, ending = bare.rpartition(".")
    short = f"{stem[:200]}.{ending[:20]}" if dot else bare[:200]
    return short if short.strip(" .") else "khong-ten"


def _upload(name: str, data: bytes, seconds: int, units: Units | None, within: str = "") -> Iterator[Opened]:
    shown, digest = f"{within}{name}", hashlib.sha256(data).hexdigest()
    try:
        answer = _asked(name, data, seconds) if units is None else _asked(name, data, seconds, "paper", units=units)
        if "text" in answer:
            yield Opened(shown, digest, data, Text.of(answer["text"]), None, answer.get("content"))
        elif within:
            raise NestedArchive(name=within.rstrip(" ›"), inner=name)
        elif not answer["files"]:
            raise NothingIn(name=name)
        else:
            for inner, said in answer["files"]:
                yield from _of_mail(shown, str(inner), said, seconds, units)
    except NotRead as refused:
        yield Opened(shown, digest, data, None, refused)


def _of_mail(mail: str, name: str, said: str, seconds: int, units: Units | None) -> Iterator[Opened]:
    data = base64.b64decode(said)
    try:
        checked_name(name)
    except BadName as refused:
        yield Opened(f"{mail} › {refused.fields['name']}", hashlib.sha256(data).hexdigest(), data, None, refused)
        return
    yield from _upload(name, data, seconds, units, within=f"{mail} › ")


def bytes_of(path: Path) -> bytes:
    """What stands on the disk, read once: the digest and the reading are of the same bytes. Raises a `NotRead`."""
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


def _asked(
    name: str, data: bytes, seconds: int, wanted: str = "text", page: str = "1", units: Units = ()
) -> dict[str, Any]:
    """What the reading process answers; whatever becomes of it, one refusal."""
    checked_name(name)
    if not data:
        raise EmptyFile(name=name)
    if len(data) > limits.FILE:
        raise TooLarge(name=name, most=f"{limits.FILE // limits.MEGA} MB")
    command = [sys.executable, "-I", "-W", "ignore", "-c", _START, name, str(seconds), wanted, page]
    before = json.dumps([list(one) for one in units]).encode() + b"\n" if wanted == "paper" else b""
    try:
        done = subprocess.run(command, input=before + data, capture_output=True, timeout=seconds + 2, check=False)
        answer = json.loads(done.stdout) if done.returncode == 0 else {}
    except subprocess.TimeoutExpired as error:
        raise TookTooLong(name=name, seconds=seconds) from error
    except (ValueError, binascii.Error, OSError) as error:
        raise Broke(name=name) from error
    return _told(name, seconds, done, answer)


def _told(name: str, seconds: int, done: subprocess.CompletedProcess[bytes], answer: Any) -> dict[str, Any]:
    if done.returncode in (-24, -9):  # SIGXCPU, SIGKILL
        raise TookTooLong(name=name, seconds=seconds)
    if b"memory allocation of" in done.stderr or b"MemoryError" in done.stderr:
        raise TooHeavy(name=name)
    if refused := KINDS.get(str(answer.get("refused", ""))):
        raise refused(**answer["fields"])
    if not {"text", "files", "picture", "cells"} & set(answer):
        raise Broke(name=name)
    return dict(answer)
