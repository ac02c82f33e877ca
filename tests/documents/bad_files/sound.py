"""Sound files to spoil, one of each kind, and the parts to make others of."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from functools import cache

import docx
import xlsxwriter

TEXT = "BÁO CÁO\nKết quả công tác năm 2024\nThực hiện Kế hoạch số 12/KH-UBND ngày 05/3/2024 của UBND huyện.\n" * 3
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
CONTENT_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@cache
def good() -> dict[str, bytes]:
    """One sound file of each kind."""
    return {
        "docx": _docx(),
        "xlsx": _xlsx(),
        "pdf": pdf(TEXT.split("\n")),
        "ods": _ods(),
        "txt": TEXT.encode(),
        "eml": eml(),
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


def pdf(lines: list[str], pages: int = 1, extra: bytes = b"", trailer: bytes = b"") -> bytes:
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


def eml(attached: dict[str, bytes] | None = None) -> bytes:
    """A mail with these files attached; a sound .docx where none are named."""
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
    document = f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return packed({"[Content_Types].xml": CONTENT_TYPES.encode(), "word/document.xml": document.encode(), **more})


def paragraph(text: str) -> str:
    """A paragraph of a .docx's body."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def sheet(rows: str) -> bytes:
    """The good .xlsx with other rows in its sheet."""
    box = zipfile.ZipFile(io.BytesIO(good()["xlsx"]))
    parts = {name: box.read(name) for name in box.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    start, end = sheet.index("<sheetData>"), sheet.index("</sheetData>")
    return packed({**parts, "xl/worksheets/sheet1.xml": f"{sheet[:start]}<sheetData>{rows}{sheet[end:]}".encode()})
