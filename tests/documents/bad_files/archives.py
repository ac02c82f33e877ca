"""Archives (Office files are some) with what must not be in them: macros, locks, bombs, entities, archives, paths."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator

from tests.documents.bad_files.bad_file import BadFile
from tests.documents.bad_files.sound import CONTENT_TYPES, OLE, W, good, packed, paragraph, pdf, word


def macros() -> Iterator[BadFile]:
    macro = ("HasMacros",)
    yield BadFile("macro.docm", good()["docx"], macro)
    yield BadFile("macro.xlsm", good()["xlsx"], macro)
    for part in ("word/vbaProject.bin", "word/vbaData.xml", "word/activeX/activeX1.xml", "xl/vbaProject.bin"):
        yield BadFile(f"macro-{part.replace('/', '-')}.docx", word(paragraph("a"), **{part: OLE}), macro)
    kinds = CONTENT_TYPES.replace(
        "/>", "><Default ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/></Types>"
    )
    yield BadFile(
        "macro-type.docx", packed({"[Content_Types].xml": kinds.encode(), "word/document.xml": b"<a/>"}), macro
    )
    sheet = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}
    yield BadFile("macro.ods", packed({**sheet, "Basic/Standard/Module1.xml": b"<a/>"}), macro)
    yield BadFile("macro-script.ods", packed({**sheet, "Scripts/python/a.py": b"x"}), macro)
    yield BadFile("macro.xls", OLE + "Workbook".encode("utf-16-le") + "_VBA_PROJECT".encode("utf-16-le"), macro)


def encrypted() -> Iterator[BadFile]:
    locked = ("Encrypted",)
    for ending in ("docx", "xlsx", "xls"):
        yield BadFile(f"locked.{ending}", OLE + "EncryptedPackage".encode("utf-16-le"), locked)
    for kind in ("docx", "xlsx", "ods"):
        data = bytearray(good()[kind])
        for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = data.find(mark)
            while at >= 0:
                data[at + offset] |= 1
                at = data.find(mark, at + 4)
        yield BadFile(f"locked-zip.{kind}", bytes(data), (*locked, "Damaged"))
    guard = b"<< /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -44 >>" % (b"a" * 32, b"b" * 32)
    lock = pdf(["Bao cao"], trailer=b"/Encrypt " + guard + b" /ID [(a) (a)] ")
    yield BadFile("locked.pdf", lock, (*locked, "Damaged"))


def bombs() -> Iterator[BadFile]:
    bomb, zeros = ("Bomb", "Damaged", "TooMuch", "TooHeavy"), b"\0" * (40 * 1024 * 1024)
    for part in ("word/media/a.bin", "word/a.xml", "customXml/item1.xml"):
        yield BadFile(f"bomb-{part.replace('/', '-')}.docx", word(paragraph("a"), **{part: zeros}), bomb)
    yield BadFile("bomb-text.docx", word(paragraph("a" * 30_000_000)), bomb)
    yield BadFile("bomb-parts.docx", word(paragraph("a"), **{f"word/media/{n}.bin": b"" for n in range(5000)}), bomb)
    lied = bytearray(word(paragraph("a" * 3_000_000)))
    at = lied.find(b"PK\x01\x02", lied.find(b"word/document.xml", 200))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = lied.find(mark)
        while at >= 0:
            struct.pack_into("<I", lied, at + offset, 100)
            at = lied.find(mark, at + 4)
    yield BadFile("bomb-lied.docx", bytes(lied), bomb)
    sheet = {"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>", "xl/sharedStrings.xml": zeros}
    yield BadFile("bomb.xlsx", packed(sheet), bomb)
    ods = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": zeros}
    yield BadFile("bomb.ods", packed(ods), bomb)


def entities() -> Iterator[BadFile]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 50}">' for n in range(9))
    tricks = {
        "laughs": f"<!DOCTYPE a [{laughs}]>",
        "file": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        "net": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
        "parameter": '<!DOCTYPE a [<!ENTITY % p "x"> %p;]>',
        "small": "<!doctype a>",
        "entity": "<!ENTITY x 'y'>",
    }
    for name, trick in tricks.items():
        body = f'<?xml version="1.0"?>{trick}<w:document xmlns:w="{W}"><w:body><w:p/></w:body></w:document>'
        for code in ("utf-8", "utf-16"):
            parts = {"[Content_Types].xml": CONTENT_TYPES.encode(), "word/document.xml": body.encode(code)}
            yield BadFile(f"entity-{name}-{code}.docx", packed(parts), ("Entities",))
        sheet = {"[Content_Types].xml": b"<a/>", "xl/workbook.xml": trick.encode()}
        yield BadFile(f"entity-{name}.xlsx", packed(sheet), ("Entities",))
        mime = b"application/vnd.oasis.opendocument.spreadsheet"
        yield BadFile(f"entity-{name}.ods", packed({"mimetype": mime, "content.xml": trick.encode()}), ("Entities",))
        yield BadFile(f"entity-{name}.txt", f"<?xml version='1.0'?>{trick}<a/>".encode(), ("UnknownKind",))


def nested() -> Iterator[BadFile]:
    inner = packed({"a.txt": b"a"})
    for ending in ("zip", "rar", "7z", "gz", "tar", "jar", "cab", "iso"):
        part = {f"word/embeddings/a.{ending}": inner}
        yield BadFile(f"nested-{ending}.docx", word(paragraph("a"), **part), ("NestedArchive",))
    for magic in (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh9"):
        yield BadFile(
            f"nested-{magic[:2].hex()}.docx",
            word(paragraph("a"), **{"word/a.bin": magic + b"x" * 99}),
            ("NestedArchive",),
        )
    for name, data in (("a.docx", good()["docx"]), ("a.zip", inner), ("a.pdf", good()["pdf"])):
        yield BadFile(f"zip-of-{name}.zip", packed({name: data}), ("AnArchive",))
        yield BadFile(f"zip-of-{name}.docx", packed({name: data}), ("AnArchive", "WrongKind"))
    for magic in (b"Rar!\x1a\x07\x00", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh91AY", b"\xfd7zXZ\0"):
        for ending in ("zip", "docx", "pdf", "rar"):
            yield BadFile(f"archive-{magic[:2].hex()}.{ending}", magic + b"x" * 200, ("AnArchive", "WrongKind"))


def paths() -> Iterator[BadFile]:
    tricks = (
        "../../etc/cron.d/a",
        "/etc/passwd",
        "word/../../a",
        "..\\..\\a",
        "C:\\a.txt",
        "word/a\x01b",
        "\\\\server\\a",
    )
    for number, trick in enumerate(tricks):
        yield BadFile(f"path-{number}.docx", word(paragraph("a"), **{trick: b"a"}), ("BadInside",))
        sheet = {"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>", trick: b"a"}
        yield BadFile(f"path-{number}.xlsx", packed(sheet), ("BadInside",))
    stream = io.BytesIO(word(paragraph("a")))
    with zipfile.ZipFile(stream, "a") as box:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        box.writestr(link, "/etc/passwd")
        box.writestr(zipfile.ZipInfo("WORD/document.xml"), b"<a/>")
    yield BadFile("path-link.docx", stream.getvalue(), ("BadInside",))
