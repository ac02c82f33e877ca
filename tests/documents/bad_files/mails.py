"""Mails with bad files attached, nested, endless or mis-encoded."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from tests.documents.bad_files.bad_file import BadFile
from tests.documents.bad_files.sound import eml, good, packed


def spoiled() -> Iterator[BadFile]:
    inside = {"../../a.docx": "path", "a.zip": "zip", "a.exe": "program", "a.docm": "macro", "a\u202ecod.exe": "turned"}
    for name, trick in inside.items():
        data = {"zip": packed({"a.txt": b"a"}), "program": b"MZ" + b"\0" * 99}.get(trick, good()["docx"])
        yield BadFile(f"mail-{trick}.eml", eml({name: data}))
    deep = eml()
    for _ in range(30):
        deep = _around(deep)[:4_000_000]
    yield BadFile("mail-deep.eml", deep)
    yield BadFile("mail-many.eml", eml({f"{n}.txt": b"a" for n in range(300)}), ("TooMuch",))
    head = b"From: a@b.vn\nSubject: x\nMIME-Version: 1.0\nContent-Type: "
    yield BadFile("mail-code.eml", head + b"text/plain; charset=no-such-code\n\nabc")
    yield BadFile("mail-open.eml", head + b"multipart/mixed; boundary=x\n\n--x\n\nabc")
    yield BadFile(
        "mail-loop.eml",
        head + b'multipart/mixed; boundary="x"\n\n' + b'--x\nContent-Type: multipart/mixed; boundary="x"\n\n' * 3000,
    )
    yield BadFile(
        "mail-base64.eml",
        head + b"application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n" + base64.b64encode(b"%PDF-")[:-3],
    )
    yield BadFile("box.mbox", b"From a@b.vn Mon\n" * 6000)
    yield BadFile("box-noise.mbox", b"From \xff\xfe\n\xff\xff\n\nFrom x\n\n")


def _around(mail: bytes) -> bytes:
    """A mail with another attached, written by hand: what the package email takes over thirty of them is seconds."""
    head = b"From: xa@example.vn\nTo: huyen@example.vn\nSubject: x\nMIME-Version: 1.0\n"
    kind = b'Content-Type: multipart/mixed; boundary="=%d="\n\n' % len(mail)
    words = b"--=%d=\nContent-Type: text/plain\n\nK\n\n" % len(mail)
    part = b"--=%d=\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n" % len(mail)
    name = b'Content-Disposition: attachment; filename="inner.eml"\n\n'
    return head + kind + words + part + name + base64.encodebytes(mail) + b"\n--=%d=--\n" % len(mail)
