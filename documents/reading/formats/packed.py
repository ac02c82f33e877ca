"""Looking into a packed file (.docx, .xlsx, .ods) before anything of it is unpacked in earnest."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from documents.reading import limits
from documents.reading.refusals import (
    BadInside,
    Bomb,
    Damaged,
    Encrypted,
    Entities,
    HasMacros,
    NestedArchive,
)
from states.sentences import Sentence

_ARCHIVE = re.compile(r"\.(zip|rar|7z|gz|tgz|bz2|xz|tar|jar|cab|iso|zst)$", re.I)
_MACRO = re.compile(r"(^|/)vba(project|data)|^(basic|scripts)/|activex", re.I)
_MAGIC = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, ValueError, EOFError)
"""All that a broken or forged archive makes zipfile and zlib raise."""


def checked(name: str, kind: str, data: bytes) -> list[Sentence]:
    """Refuse a packed file that is a trap; what is only left out (embedded objects) comes back in words."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            parts = box.infolist()
            _sizes(name, parts)
            _names(name, parts)
            for part in parts:
                _content(name, box, part)
    except BROKEN as error:
        raise Damaged(name=name, kind=kind) from error
    embedded = [part.filename for part in parts if "/embeddings/" in part.filename and not part.is_dir()]
    return [Sentence("bỏ qua {n} tệp nhúng bên trong", n=len(embedded))] if embedded else []


def _sizes(name: str, parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > limits.PARTS or sum(part.file_size for part in parts) > limits.UNPACKED:
        raise Bomb(name=name)
    for part in parts:
        packed = max(part.compress_size, 1)
        if part.file_size > limits.PART or (part.file_size > limits.MEGA and part.file_size / packed > limits.RATIO):
            raise Bomb(name=name)


def _names(name: str, parts: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for part in parts:
        inner = part.orig_filename
        shown = "".join(one if one.isprintable() else "\u2423" for one in inner)[:60]
        if inner.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", inner) or re.search(r"^\w:|[\0-\x1f\\]", inner):
            raise BadInside(name=name, inner=shown)
        if part.external_attr >> 16 & 0o170000 == 0o120000 or inner.lower() in seen:
            raise BadInside(name=name, inner=shown)
        if part.flag_bits & 1:
            raise Encrypted(name=name)
        if _MACRO.search(inner):
            raise HasMacros(name=name)
        if _ARCHIVE.search(inner):
            raise NestedArchive(name=name, inner=shown)
        seen.add(inner.lower())


def _content(name: str, box: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack a part piece by piece, for its head may lie about its size, and look for a DTD in what is XML."""
    total, before, is_xml = 0, b"", part.filename.lower().endswith((".xml", ".rels", ".vml"))
    with box.open(part) as stream:
        while piece := stream.read(limits.MEGA):
            if not total and piece.startswith(_MAGIC):
                raise NestedArchive(name=name, inner=part.filename[:60])
            total += len(piece)
            if total > limits.PART:
                raise Bomb(name=name)
            if is_xml:
                plain = (before + piece).replace(b"\0", b"")
                if _DTD.search(plain):
                    raise Entities(name=name)
                if part.filename == "[Content_Types].xml" and b"macroEnabled" in plain:
                    raise HasMacros(name=name)
                before = piece[-64:]
