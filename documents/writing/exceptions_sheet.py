"""What was out of the ordinary (ngoại lệ) as an Excel file and as CSV: a row for each, in order of time."""

from collections.abc import Iterable

from documents.writing.csv_file import Value, csv_file
from documents.writing.sheets import Book, Column, Head
from states.reading.audit import EXCEPTIONS, Exceptional

COLUMNS = (
    Column("Thời điểm", 18, "moment"), Column("Loại", 26), Column("Đơn vị", 20), Column("Văn bản", 34),
    Column("Người", 22), Column("Nội dung", 60),
)  # fmt: skip


def exceptions_xlsx(found: Iterable[Exceptional], head: Head) -> bytes:
    """The file; where nothing was out of the ordinary it says so."""
    book = Book(head.title, about=head)
    rows = [_row(one) for one in found]
    notes = [*head.notes, f"Tổng số: {len(rows)}." if rows else "Không có ngoại lệ nào."]
    sheet, row = book.sheet("Ngoại lệ", COLUMNS, Head(head.issuer, head.title, head.at, head.under, notes))
    row = book.heading(sheet, row, COLUMNS)
    for values in rows:
        book.line(sheet, row, values, COLUMNS)
        row += 1
    return book.bytes()


def exceptions_csv(found: Iterable[Exceptional], *, separator: str = ";") -> bytes:
    """The same rows, with the numbers of document, step and unit for whoever goes on with them."""
    names = [*(column.name for column in COLUMNS), "Mã loại", "Mã văn bản", "Bước số", "Mã đơn vị"]
    rows = ([*_row(one), one.kind, one.document_id, one.seq, one.unit_id] for one in found)
    return csv_file(names, rows, separator=separator)


def _row(one: Exceptional) -> list[Value]:
    return [one.at, EXCEPTIONS[one.kind], one.unit, one.title, one.person, one.words]
