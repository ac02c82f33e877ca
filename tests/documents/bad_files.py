"""Some hundreds of bad files, made by combination: each must end in one clear sentence, within the time limit.

`bad_files()` yields them; run as a script it writes them into a folder (`python tests/documents/bad_files.py FOLDER`).
A file whose `refusals` are empty may also be readable: then it must read without a crash.
"""

from __future__ import annotations

import base64
import io
import random
import struct
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import docx
import xlsxwriter

TEXT = "BÁO CÁO\nKết quả công tác năm 2024\nThực hiện Kế hoạch số 12/KH-UBND ngày 05/3/2024 của UBND huyện.\n" * 3
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
_CONTENT = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class BadFile:
    """A file, and the names of the refusals that it may end in (none: any refusal, or a reading)."""

    name: str
    data: bytes
    refusals: tuple[str, ...] = ()


def bad_files() -> Iterator[BadFile]:
    """All of them, in a fixed order."""
    for make in (
        _cut, _flipped, _misnamed, _macros, _encrypted, _bombs, _entities, _nested, _paths, _names, _too_much, _empty,
        _foreign, _mails, _twisted,
    ):  # fmt: skip
        yield from make()


# ── good files to spoil ───────────────────────────────────────────────────────────────────────────────────────


@cache
def good() -> dict[str, bytes]:
    """One sound file of each kind."""
    return {
        "docx": _docx(),
        "xlsx": _xlsx(),
        "pdf": _pdf(TEXT.split("\n")),
        "ods": _ods(),
        "txt": TEXT.encode(),
        "eml": _eml(),
    }


def _docx() -> bytes:
    paper = docx.Document()
    for line in TEXT.split("\n"):
        paper.add_paragraph(line)
    table = paper.add_table(rows=2, cols=3)
    table.style = "Table Grid"
    table.cell(0, 0).text = "STT"
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _xlsx() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["STT", "Hoạt động", "Số cuộc"])
        sheet.write_row(1, 0, [1, "Mít tinh", 2])
    return stream.getvalue()


def _pdf(lines: list[str], pages: int = 1, extra: bytes = b"", trailer: bytes = b"") -> bytes:
    """A small PDF written by hand; its letters are plain Latin."""
    said = "".join(f"({line.encode('ascii', 'ignore').decode()}) Tj T* " for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 760 Td {said} ET".encode()
    kids = " ".join(f"{4 + n} 0 R" for n in range(pages))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources << /Font << /F1 "
          b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> >> >> >>"] * pages,
    ]  # fmt: skip
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    out += extra
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, trailer, start)
    return bytes(out)


def _ods() -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    start, end = '<table:table-cell office:value-type="string"><text:p>', "</text:p></table:table-cell>"
    cells = "".join(f"{start}{word}{end}" for word in ("STT", "A", "B"))
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{office}:office:1.0"'
        f' xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet>'
        '<table:table table:name="S"><table:table-row>'
        f"{cells}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    mime = b"application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": mime, "META-INF/manifest.xml": manifest, "content.xml": content.encode()})


def _eml(attached: dict[str, bytes] | None = None) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "xa@example.vn", "huyen@example.vn", "Báo cáo"
    mail.set_content("Kính gửi báo cáo")
    for name, data in (attached if attached is not None else {"bao-cao.docx": _docx()}).items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def packed(parts: dict[str, bytes], **how: int) -> bytes:
    """A zip of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", how.get("method", zipfile.ZIP_DEFLATED)) as box:
        for name, data in parts.items():
            box.writestr(zipfile.ZipInfo(name), data, compress_type=how.get("method", zipfile.ZIP_DEFLATED))
    return stream.getvalue()


def word(body: str, **more: bytes) -> bytes:
    """A .docx with this body, and more parts (a double underscore for a slash, one more for a dot)."""
    document = f'<?xml version="1.0"?><w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    return packed({"[Content_Types].xml": _CONTENT.encode(), "word/document.xml": document.encode(), **more})


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


# ── ways to spoil them ────────────────────────────────────────────────────────────────────────────────────────


def _cut() -> Iterator[BadFile]:
    for kind in ("docx", "xlsx", "pdf", "ods"):
        data = good()[kind]
        for tenth in (1, 2, 4, 5, 6, 8, 9):
            yield BadFile(f"cut-{tenth}.{kind}", data[: len(data) * tenth // 10])


def _flipped() -> Iterator[BadFile]:
    for kind in ("docx", "xlsx", "pdf", "ods", "eml"):
        for seed in range(20):
            chance, data = random.Random(f"{kind}{seed}"), bytearray(good()[kind])
            for _ in range(1 + seed):
                data[chance.randrange(len(data))] = chance.randrange(256)
            yield BadFile(f"flipped-{seed}.{kind}", bytes(data))


def _misnamed() -> Iterator[BadFile]:
    for kind, data in good().items():
        for ending in ("docx", "xlsx", "pdf", "ods", "xls"):
            if ending != kind:
                yield BadFile(f"really-{kind}.{ending}", data, ("WrongKind", "OldKind"))
        for ending in ("doc", "zip", "exe", "html"):
            if kind not in ("txt", "eml"):
                yield BadFile(f"really-{kind}.{ending}", data, ())
    for kind in ("docx", "xlsx", "pdf", "ods"):
        yield BadFile(f"really-{kind}.txt", good()[kind], ("WrongKind",))


def _macros() -> Iterator[BadFile]:
    macro = ("HasMacros",)
    yield BadFile("macro.docm", good()["docx"], macro)
    yield BadFile("macro.xlsm", good()["xlsx"], macro)
    for part in ("word/vbaProject.bin", "word/vbaData.xml", "word/activeX/activeX1.xml", "xl/vbaProject.bin"):
        yield BadFile(f"macro-{part.replace('/', '-')}.docx", word(_paragraph("a"), **{part: OLE}), macro)
    kinds = _CONTENT.replace(
        "/>", "><Default ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/></Types>"
    )
    yield BadFile(
        "macro-type.docx", packed({"[Content_Types].xml": kinds.encode(), "word/document.xml": b"<a/>"}), macro
    )
    sheet = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}
    yield BadFile("macro.ods", packed({**sheet, "Basic/Standard/Module1.xml": b"<a/>"}), macro)
    yield BadFile("macro-script.ods", packed({**sheet, "Scripts/python/a.py": b"x"}), macro)
    yield BadFile("macro.xls", OLE + "Workbook".encode("utf-16-le") + "_VBA_PROJECT".encode("utf-16-le"), macro)


def _encrypted() -> Iterator[BadFile]:
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
    lock = _pdf(["Bao cao"], trailer=b"/Encrypt " + guard + b" /ID [(a) (a)] ")
    yield BadFile("locked.pdf", lock, (*locked, "Damaged"))


def _bombs() -> Iterator[BadFile]:
    bomb, zeros = ("Bomb", "Damaged", "TooMuch", "TooHeavy"), b"\0" * (40 * 1024 * 1024)
    for part in ("word/media/a.bin", "word/a.xml", "customXml/item1.xml"):
        yield BadFile(f"bomb-{part.replace('/', '-')}.docx", word(_paragraph("a"), **{part: zeros}), bomb)
    yield BadFile("bomb-text.docx", word(_paragraph("a" * 30_000_000)), bomb)
    yield BadFile("bomb-parts.docx", word(_paragraph("a"), **{f"word/media/{n}.bin": b"" for n in range(5000)}), bomb)
    lied = bytearray(word(_paragraph("a" * 3_000_000)))
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


def _entities() -> Iterator[BadFile]:
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
        body = f'<?xml version="1.0"?>{trick}<w:document xmlns:w="{_W}"><w:body><w:p/></w:body></w:document>'
        for code in ("utf-8", "utf-16"):
            parts = {"[Content_Types].xml": _CONTENT.encode(), "word/document.xml": body.encode(code)}
            yield BadFile(f"entity-{name}-{code}.docx", packed(parts), ("Entities",))
        sheet = {"[Content_Types].xml": b"<a/>", "xl/workbook.xml": trick.encode()}
        yield BadFile(f"entity-{name}.xlsx", packed(sheet), ("Entities",))
        mime = b"application/vnd.oasis.opendocument.spreadsheet"
        yield BadFile(f"entity-{name}.ods", packed({"mimetype": mime, "content.xml": trick.encode()}), ("Entities",))
        yield BadFile(f"entity-{name}.txt", f"<?xml version='1.0'?>{trick}<a/>".encode(), ("UnknownKind",))


def _nested() -> Iterator[BadFile]:
    inner = packed({"a.txt": b"a"})
    for ending in ("zip", "rar", "7z", "gz", "tar", "jar", "cab", "iso"):
        part = {f"word/embeddings/a.{ending}": inner}
        yield BadFile(f"nested-{ending}.docx", word(_paragraph("a"), **part), ("NestedArchive",))
    for magic in (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh9"):
        yield BadFile(
            f"nested-{magic[:2].hex()}.docx",
            word(_paragraph("a"), **{"word/a.bin": magic + b"x" * 99}),
            ("NestedArchive",),
        )
    for name, data in (("a.docx", good()["docx"]), ("a.zip", inner), ("a.pdf", good()["pdf"])):
        yield BadFile(f"zip-of-{name}.zip", packed({name: data}), ("AnArchive",))
        yield BadFile(f"zip-of-{name}.docx", packed({name: data}), ("AnArchive", "WrongKind"))
    for magic in (b"Rar!\x1a\x07\x00", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh91AY", b"\xfd7zXZ\0"):
        for ending in ("zip", "docx", "pdf", "rar"):
            yield BadFile(f"archive-{magic[:2].hex()}.{ending}", magic + b"x" * 200, ("AnArchive", "WrongKind"))


def _paths() -> Iterator[BadFile]:
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
        yield BadFile(f"path-{number}.docx", word(_paragraph("a"), **{trick: b"a"}), ("BadInside",))
        sheet = {"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>", trick: b"a"}
        yield BadFile(f"path-{number}.xlsx", packed(sheet), ("BadInside",))
    stream = io.BytesIO(word(_paragraph("a")))
    with zipfile.ZipFile(stream, "a") as box:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        box.writestr(link, "/etc/passwd")
        box.writestr(zipfile.ZipInfo("WORD/document.xml"), b"<a/>")
    yield BadFile("path-link.docx", stream.getvalue(), ("BadInside",))


def _names() -> Iterator[BadFile]:
    for name in ("../a.docx", "a/b.docx", "..\\a.docx", "C:a.docx", "a\x00.docx", "a\nb.docx", "a\u202excod.exe",
                 "", " ", "...",
                 "a\u200b.docx", "x" * 300 + ".docx", "~a.docx"):  # fmt: skip
        yield BadFile(name, good()["docx"], ("BadName",))


def _too_much() -> Iterator[BadFile]:
    yield BadFile("pages.pdf", _pdf(["Bao cao"], pages=300), ("TooMuch",))
    yield BadFile("paragraphs.docx", word(_paragraph("Dòng chữ số một") * 70_000), ("TooMuch", "TookTooLong", "Bomb"))
    yield BadFile("lines.txt", b"a\n" * 100_000, ("TooMuch",))
    yield BadFile("long.txt", b"a" * 5_000_000, ("TooMuch",))
    yield BadFile("tabs.txt", b"1\t2\t3\n" * 70_000)
    cell = '<c r="XFD1048576"><v>1</v></c>'
    yield BadFile(
        "wide.xlsx",
        _sheet(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">{cell}</row>'),
        ("TooMuch", "TooHeavy", "Damaged"),
    )


def _sheet(rows: str) -> bytes:
    """The good .xlsx with other rows in its sheet."""
    box = zipfile.ZipFile(io.BytesIO(good()["xlsx"]))
    parts = {name: box.read(name) for name in box.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    start, end = sheet.index("<sheetData>"), sheet.index("</sheetData>")
    return packed({**parts, "xl/worksheets/sheet1.xml": f"{sheet[:start]}<sheetData>{rows}{sheet[end:]}".encode()})


def _empty() -> Iterator[BadFile]:
    for ending in ("docx", "xlsx", "xls", "ods", "pdf", "txt", "eml", "mbox"):
        yield BadFile(f"empty.{ending}", b"", ("EmptyFile",))
        yield BadFile(f"blank.{ending}", b" \n\t\n", ("NothingIn", "WrongKind", "EmptyFile"))
        yield BadFile(f"zeros.{ending}", b"\0" * 4096, ("UnknownKind", "WrongKind"))
    yield BadFile("no-text.docx", word("<w:p/>"), ("NothingIn",))
    yield BadFile("no-body.docx", packed({"word/document.xml": b"<a/>"}), ("Damaged",))
    yield BadFile("picture.docx", word("<w:p/>", **{"word/media/a.png": b"\x89PNG" + b"x" * 99}), ("Scan",))
    yield BadFile("scan.pdf", _pdf([]), ("Scan",))
    yield BadFile("scan-10.pdf", _pdf([], pages=10), ("Scan",))
    yield BadFile("no-pages.pdf", _pdf([], pages=0), ("Damaged",))
    yield BadFile("empty-sheet.xlsx", _sheet(""), ("NothingIn",))


def _foreign() -> Iterator[BadFile]:
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


def _mails() -> Iterator[BadFile]:
    inside = {"../../a.docx": "path", "a.zip": "zip", "a.exe": "program", "a.docm": "macro", "a\u202ecod.exe": "turned"}
    for name, trick in inside.items():
        data = {"zip": packed({"a.txt": b"a"}), "program": b"MZ" + b"\0" * 99}.get(trick, good()["docx"])
        yield BadFile(f"mail-{trick}.eml", _eml({name: data}))
    deep = _eml()
    for _ in range(30):
        deep = _eml({"inner.eml": deep})[:4_000_000]
    yield BadFile("mail-deep.eml", deep)
    yield BadFile("mail-many.eml", _eml({f"{n}.txt": b"a" for n in range(300)}), ("TooMuch",))
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


def _twisted() -> Iterator[BadFile]:
    """Sound files that make a careless reader slow or deep."""
    deep: Callable[[str, str, int], str] = lambda start, end, n: start * n + end * n  # noqa: E731
    cell = "<w:tbl><w:tr><w:tc>"
    yield BadFile("deep-tables.docx", word(deep(cell, "</w:tc></w:tr></w:tbl>", 5000)))
    yield BadFile("deep-controls.docx", word(deep("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 5000)))
    yield BadFile("deep-runs.docx", word("<w:p>" + deep("<w:ins>", "</w:ins>", 200) + "</w:p>"))
    yield BadFile(
        "wide-span.docx",
        word(
            "<w:tbl><w:tr>"
            + '<w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr><w:p/></w:tc>' * 300
            + "</w:tr></w:tbl>"
        ),
    )
    loop = b"4 0 obj\n<< /Type /Pages /Kids [4 0 R] /Count 1 /Parent 4 0 R >>\nendobj\n"
    yield BadFile("loop.pdf", _pdf(["Bao cao"]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"))
    yield BadFile("extra.pdf", _pdf(["Bao cao"], extra=loop))
    for name, said in {
        "brackets": "(" * 60_000,
        "digits": "1" * 60_000,
        "dots": "1." * 60_000,
        "slashes": "1/" * 60_000,
        "number": "Số: " * 30_000,
        "plans": "Kế hoạch số " * 20_000,
        "dates": "ngày tháng năm " * 20_000,
        "capitals": "UBND " * 30_000,
        "of": "của UBND " * 20_000,
        "units": "xã Phường " * 20_000,
        "women": "trong đó nữ " * 20_000,
        "blanks": "a" + " " * 100_000 + "b",
        "dashes": "KH-" * 40_000,
        "commas": "người, " * 30_000,
        "counts": "1 người " * 20_000,
        "shares": "5% " * 30_000,
        "fractions": "1/2 nữ; " * 15_000,
        "money": "5 triệu đồng " * 15_000,
        "zero": "không " * 30_000,
        "over": "trên " * 30_000,
    }.items():
        yield BadFile(f"slow-{name}.txt", f"BÁO CÁO\n{said}\nNơi nhận:\n{said[:5000]}".encode())


def write_all(folder: Path, bad_ones: Iterable[BadFile]) -> int:
    """Write them into a folder, those whose names a disk takes; says how many."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for bad in bad_ones:
        if bad.name.strip(" .") and not set(bad.name) & set("/\\\0\n") and len(bad.name) < 200:
            (folder / bad.name).write_bytes(bad.data)
            count += 1
    return count


if __name__ == "__main__":
    sys.stdout.write(f"{write_all(Path(sys.argv[1]), bad_files())} files\n")
