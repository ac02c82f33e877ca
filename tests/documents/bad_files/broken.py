"""Files cut off, with bytes flipped, empty, of another kind than their name says, or with names that are none."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.documents.bad_files.bad_file import BadFile
from tests.documents.bad_files.sound import OLE, TEXT, good, packed, pdf, sheet, word


def cut() -> Iterator[BadFile]:
    for kind in ("docx", "xlsx", "pdf", "ods"):
        data = good()[kind]
        for tenth in (1, 2, 4, 5, 6, 8, 9):
            yield BadFile(f"cut-{tenth}.{kind}", data[: len(data) * tenth // 10])


def flipped() -> Iterator[BadFile]:
    for kind in ("docx", "xlsx", "pdf", "ods", "eml"):
        for seed in range(20):
            chance, data = random.Random(f"{kind}{seed}"), bytearray(good()[kind])
            for _ in range(1 + seed):
                data[chance.randrange(len(data))] = chance.randrange(256)
            yield BadFile(f"flipped-{seed}.{kind}", bytes(data))


def misnamed() -> Iterator[BadFile]:
    for kind, data in good().items():
        for ending in ("docx", "xlsx", "pdf", "ods", "xls"):
            if ending != kind:
                yield BadFile(f"really-{kind}.{ending}", data, ("WrongKind", "OldKind"))
        for ending in ("doc", "zip", "exe", "html"):
            if kind not in ("txt", "eml"):
                yield BadFile(f"really-{kind}.{ending}", data, ())
    for kind in ("docx", "xlsx", "pdf", "ods"):
        yield BadFile(f"really-{kind}.txt", good()[kind], ("WrongKind",))


def names() -> Iterator[BadFile]:
    for name in ("../a.docx", "a/b.docx", "..\\a.docx", "C:a.docx", "a\x00.docx", "a\nb.docx", "a\u202excod.exe",
                 "", " ", "...",
                 "a\u200b.docx", "x" * 300 + ".docx", "~a.docx"):  # fmt: skip
        yield BadFile(name, good()["docx"], ("BadName",))


def empty() -> Iterator[BadFile]:
    for ending in ("docx", "xlsx", "xls", "ods", "pdf", "txt", "eml", "mbox"):
        yield BadFile(f"empty.{ending}", b"", ("EmptyFile",))
        yield BadFile(f"blank.{ending}", b" \n\t\n", ("NothingIn", "WrongKind", "EmptyFile"))
        yield BadFile(f"zeros.{ending}", b"\0" * 4096, ("UnknownKind", "WrongKind"))
    yield BadFile("no-text.docx", word("<w:p/>"), ("NothingIn",))
    yield BadFile("no-body.docx", packed({"word/document.xml": b"<a/>"}), ("Damaged",))
    yield BadFile("picture.docx", word("<w:p/>", **{"word/media/a.png": b"\x89PNG" + b"x" * 99}), ("Scan",))
    yield BadFile("scan.pdf", pdf([]), ("Scan",))
    yield BadFile("scan-10.pdf", pdf([], pages=10), ("Scan",))
    yield BadFile("no-pages.pdf", pdf([], pages=0), ("Damaged",))
    yield BadFile("empty-sheet.xlsx", sheet(""), ("NothingIn",))


def foreign() -> Iterator[BadFile]:
    starts = {
        "png": b"\x89PNG\r\n\x1a\n",
        "jpg": b"\xff\xd8\xff\xe0",
        "gif": b"GIF89a",
        "tif": b"II*\0",
        "exe": b"MZ\x90\0",
        "elf": b"\x7fELF",
        "sh": b"#!/bin/sh\n",
        "rtf": b"{\\rtf1 Bao cao}",
        "html": b"<!DOCTYPE html><html><body>a</body></html>",
        "svg": b"<svg/>",
        "xml": b"<?xml version='1.0'?><a/>",
        "doc": OLE + "WordDocument".encode("utf-16-le"),
        "ole": OLE,
    }
    for kind, start in starts.items():
        for ending in ("docx", "pdf", "xlsx", "txt", kind):
            yield BadFile(f"foreign-{kind}.{ending}", start + b" " * 300)
    for code in ("utf-16-le", "utf-16-be", "utf-32"):
        yield BadFile(f"code-{code}.txt", TEXT.encode(code))
    yield BadFile("noise.txt", bytes(random.Random(7).randrange(128, 256) for _ in range(5000)), ("UnknownEncoding",))
