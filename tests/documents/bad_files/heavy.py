"""Files that are too much, and sound ones that make a careless reader slow or deep."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.documents.bad_files.bad_file import BadFile
from tests.documents.bad_files.sound import paragraph, pdf, sheet, word


def too_much() -> Iterator[BadFile]:
    yield BadFile("pages.pdf", pdf(["Bao cao"], pages=300), ("TooMuch",))
    yield BadFile("paragraphs.docx", word(paragraph("Dòng chữ số một") * 70_000), ("TooMuch", "TookTooLong", "Bomb"))
    yield BadFile("lines.txt", b"a\n" * 100_000, ("TooMuch",))
    yield BadFile("long.txt", b"a" * 5_000_000, ("TooMuch",))
    yield BadFile("tabs.txt", b"1\t2\t3\n" * 70_000)
    cell = '<c r="XFD1048576"><v>1</v></c>'
    yield BadFile(
        "wide.xlsx",
        sheet(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">{cell}</row>'),
        ("TooMuch", "TooHeavy", "Damaged"),
    )


def twisted() -> Iterator[BadFile]:
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
    yield BadFile("loop.pdf", pdf(["Bao cao"]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"))
    yield BadFile("extra.pdf", pdf(["Bao cao"], extra=loop))
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
