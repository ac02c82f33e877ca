"""What kind of file a file is: by its first bytes, which must agree with the end of its name."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from pathlib import PurePath

from documents.reading.formats.packed import BROKEN
from documents.reading.refusals import (
    AnArchive,
    BadName,
    Damaged,
    Encrypted,
    HasMacros,
    OldKind,
    Scan,
    UnknownKind,
    WrongKind,
)

_ENDINGS = {
    ".docx": "docx", ".pdf": "pdf", ".xlsx": "xlsx", ".xls": "xls", ".ods": "ods", ".txt": "txt", ".eml": "eml",
    ".mbox": "mbox",
}  # fmt: skip
_NAMES = {
    "docx": "văn bản Word", "pdf": "PDF", "xlsx": "bảng tính Excel", "xls": "bảng tính Excel cũ", "ods": "bảng tính "
    "ODS",
    "txt": "văn bản thuần", "eml": "thư điện tử", "mbox": "hộp thư",
}  # fmt: skip
_MACROS = (".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".pptm")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"MSCF")
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"#!")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BETTER = {"xlsb": ".xlsx", "odt": ".docx", "doc": ".docx", "rtf": ".docx", "pptx": ".docx", "html": ".docx"}
_OLD = {
    "xlsb": "bảng tính nhị phân .xlsb", "odt": "văn bản OpenDocument .odt", "doc": "văn bản Word đời cũ .doc",
    "rtf": "văn bản .rtf", "pptx": "bản trình chiếu", "html": "trang web .html",
}  # fmt: skip


def checked_name(name: str) -> str:
    """The file's own name; `BadName` where it hides a path, an ending or something that can't be seen."""
    shown = "".join(one if one.isprintable() else "\u2423" for one in name)[:80]
    hidden = any(unicodedata.category(one) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp") for one in name)
    if hidden or not name.strip(" .") or re.search(r"[/\\]|^\w:|^~", name) or len(name) > 255:
        raise BadName(name=shown)
    return name


def kind_of(name: str, data: bytes) -> str:
    """docx, pdf, xlsx, xls, ods, txt, eml or mbox; any other kind is refused by its name."""
    ending = PurePath(name).suffix.lower()
    if ending in _MACROS:
        raise HasMacros(name=name)
    found = _by_content(name, data)
    expected = _ENDINGS.get(ending)
    if expected == "txt" and found in ("eml", "mbox"):
        return "txt"
    if expected and found != expected:
        raise WrongKind(name=name, said=ending, found=_NAMES.get(found) or _OLD.get(found, found))
    if found in _OLD:
        raise OldKind(name=name, found=_OLD[found], better=_BETTER[found])
    if ending and not expected and found == "txt":
        raise UnknownKind(name=name, what=f" (đuôi {ending})")
    return found


def _by_content(name: str, data: bytes) -> str:
    start = data[:16]
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if start.startswith(b"PK\x03\x04") or start.startswith(b"PK\x05\x06"):
        return _packed(name, data)
    if start.startswith(_OLE):
        return _compound(name, data)
    if start.startswith(_ARCHIVES) or data[257:262] == b"ustar":
        raise AnArchive(name=name)
    if start.startswith(_IMAGES) or data[8:12] == b"WEBP":
        raise Scan(name=name)
    if start.startswith(_PROGRAMS):
        raise UnknownKind(name=name, what=" (tệp chương trình)")
    return _textual(name, data)


def _packed(name: str, data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            inside = {one.filename for one in box.infolist()[:5000]}
            mime = (
                box.read("mimetype")[:100] if "mimetype" in inside and box.getinfo("mimetype").file_size < 200 else b""
            )
    except BROKEN as error:
        raise Damaged(name=name, kind="nén (zip)") from error
    parts = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb",
             "ppt/presentation.xml": "pptx"}  # fmt: skip
    for part, kind in parts.items():
        if part in inside:
            return kind
    if b"opendocument.spreadsheet" in mime:
        return "ods"
    if b"opendocument.text" in mime:
        return "odt"
    raise AnArchive(name=name)


def _compound(name: str, data: bytes) -> str:
    """An OLE file tells its streams by their names, in UTF-16."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage") or has("EncryptionInfo"):
        raise Encrypted(name=name)
    if has("_VBA_PROJECT") or has("VBA"):
        raise HasMacros(name=name)
    if has("WordDocument"):
        return "doc"
    if has("Workbook") or has("Book"):
        return "xls"
    raise UnknownKind(name=name, what=" (tệp OLE)")


def _textual(name: str, data: bytes) -> str:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith((b"<!doctype html", b"<html")) or b"<html" in head[:1000]:
        return "html"
    if head.startswith((b"<?xml", b"<svg", b"<!doctype", b"<!entity")):
        raise UnknownKind(name=name, what=" (tệp XML)")
    if data.startswith(b"From "):
        return "mbox"
    if re.match(rb"(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\r\n]{0,998}\r?\n(?:[ \t][^\r\n]*\r?\n)*){3,}", data[:20000]) and (
        re.search(rb"(?im)^(mime-version|received|message-id|from|subject):", data[:20000])
    ):
        return "eml"
    return "txt"
