"""The process that opens a file: bytes come in, what was read or a refusal goes out as JSON; it can do little else.

It is given a limit of memory, of seconds and of written bytes (none), and may neither connect nor start anything.
It is asked for one of four things: the text; the text with everything that was recognised in it ("paper"), since
recognising a hostile text may take as long as opening it; or the picture of one page ("page"). Of a spreadsheet that
we made ourselves the bare cells are wanted ("cells").
"""

from __future__ import annotations

import base64
import hashlib
import json
import resource
import sys
from collections.abc import Callable
from typing import Any

from documents.reading import limits
from documents.reading.formats import spoilt
from documents.reading.formats.kinds import kind_of
from documents.reading.model import Text
from documents.reading.refusals import NoPicture, NotRead, TooHeavy, TooMuch

_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.remove", "os.rename",
              "os.mkdir", "shutil.", "ctypes.dlopen")  # fmt: skip


Reader = Callable[[Text], dict[str, Any]]


def main() -> None:
    """Read the file on standard input; argv: its name, the seconds it may take, what is wanted and of which page.

    For a "paper" a line stands before the file: the units that an office has beside those that ship (JSON).
    """
    name, seconds, wanted, page = sys.argv[1], int(sys.argv[2]), *[*sys.argv[3:], "text", "1"][:2]
    _limit(seconds)
    units = json.loads(sys.stdin.buffer.readline()) if wanted == "paper" else []
    data = sys.stdin.buffer.read(limits.FILE + 1)
    try:
        if wanted == "cells":
            answer = _cells(name, data)
        elif wanted == "page":
            answer = _picture(name, data, int(page))
        else:
            answer = _answer(name, data, wanted, units)
    except NotRead as refused:
        answer = {"refused": type(refused).__name__, "fields": refused.fields}
    except (MemoryError, RecursionError):
        answer = {"refused": TooHeavy.__name__, "fields": {"name": name}}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=True).encode())


def _answer(name: str, data: bytes, wanted: str, units: list[Any]) -> dict[str, Any]:
    kind = kind_of(name, data)
    if kind in ("eml", "mbox"):
        from documents.reading.formats import mail

        files = mail.attached(name, kind, data)
        return {"files": [[one.name, base64.b64encode(one.data).decode()] for one in files]}
    reader = _reader(wanted, units)
    text = spoilt.noted(_opened(name, kind, data))
    if sum(len(line.text) for line in text.lines) > limits.CHARACTERS:
        raise TooMuch(name=name, what="chữ", most=limits.CHARACTERS)
    return reader(text)


def _reader(wanted: str, units: list[Any]) -> Reader:
    """What is done with the text. Its parts load before the seal, its trees of units after the file was let pass."""
    if wanted != "paper":
        return lambda text: {"text": text.as_data()}
    from documents.reading import proposing
    from documents.reading.names.gazetteer import with_units

    return lambda text: {"text": text.as_data(), "content": proposing.content_of(text, with_units(units))}


def _cells(name: str, data: bytes) -> dict[str, Any]:
    import python_calamine  # noqa: F401

    from documents.reading.formats import sheets
    from documents.reading.refusals import UnknownKind

    kind = kind_of(name, data)
    if kind not in ("xlsx", "xls", "ods"):
        raise UnknownKind(name=name, what=" (không phải bảng tính)")
    _seal()
    return {"cells": sheets.cells(name, data, kind)}


def _picture(name: str, data: bytes, page: int) -> dict[str, Any]:
    if kind_of(name, data) != "pdf":
        raise NoPicture(name=name, page=page)
    from documents.reading.formats import picturing

    picturing.load()
    _seal()
    return {"picture": base64.b64encode(picturing.page_png(name, data, page)).decode()}


def _opened(name: str, kind: str, data: bytes) -> Text:
    sha256 = hashlib.sha256(data).hexdigest()
    if kind == "docx":
        from documents.reading.formats import word

        _seal()
        return word.read(name, sha256, data)
    if kind == "pdf":
        import pdfplumber  # noqa: F401 (its libraries load before the seal)
        import pypdfium2  # noqa: F401

        from documents.reading.formats import pdf

        _seal()
        return pdf.read(name, sha256, data)
    if kind == "txt":
        from documents.reading.formats import plain

        _seal()
        return plain.read(name, sha256, data)
    import python_calamine  # noqa: F401

    from documents.reading.formats import sheets

    _seal()
    return sheets.read(name, sha256, data, kind)


def _limit(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY, limits.MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _seal() -> None:
    """From here on no connection, no program, no file written: what a parser of the file never needs."""

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        if event.startswith(_FORBIDDEN) or writes:
            raise PermissionError(f"not while a file is read: {event}")

    sys.addaudithook(refuse)
