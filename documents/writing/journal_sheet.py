"""The journal (nhật ký) as an Excel file and as CSV: every step with its digests, as it was searched for."""

from collections.abc import Iterable, Iterator

from documents.writing.csv_file import Value, csv_lines
from documents.writing.sheets import Book, Column, Head
from states.reading.journal import Entry

COLUMNS = (
    Column("Thời điểm", 18, "moment"), Column("Số, ký hiệu", 13.5, "line"), Column("Văn bản", 26, "line"),
    Column("Đơn vị", 18, "line"), Column("Việc", 14, "line"), Column("Trạng thái", 21, "line"),
    Column("Người", 20, "line"), Column("Chức vụ", 14, "line"), Column("Cơ quan", 18, "line"),
    Column("Thẩm quyền", 8, "center"), Column("Được giao vào lúc đó", 16, "line"), Column("Lý do", 22, "line"),
    Column("Băm bước này", 18, "digest"), Column("Băm bước trước", 18, "digest"),
    Column("Băm nội dung", 18, "digest"), Column("Băm tệp", 18, "digest"),
)  # fmt: skip
_PRINTED = 12  # the digests are for the screen and for whoever checks them
MOST = 100_000
"""Rows of an Excel file; a longer journal goes out as CSV, which has no end."""


def journal_xlsx(entries: Iterable[Entry], head: Head) -> bytes:
    """The file; it says so on its face where it was cut off at `MOST` rows."""
    book = Book(head.title, about=head, long=True)
    sheet, row = book.sheet("Nhật ký", COLUMNS, head, printed=_PRINTED)
    row = book.heading(sheet, row, COLUMNS)
    for number, entry in enumerate(entries):
        if number == MOST:
            sheet.write_string(row, 0, f"Chỉ {MOST} dòng đầu: thu hẹp tìm kiếm, hoặc tải dạng CSV.", book.look("gap"))
            break
        for place, (value, column) in enumerate(zip(_row(entry), COLUMNS, strict=True)):
            book.write(sheet, row, place, value, column.look)
        row += 1
    sheet.print_area(0, 0, row, _PRINTED - 1)
    return book.bytes()


def journal_csv(entries: Iterable[Entry], *, separator: str = ";") -> Iterator[str]:
    """Line by line, to be sent while it is read; with the numbers of document, step, person and office."""
    names = [*(column.name for column in COLUMNS), "Mã văn bản", "Bước số", "Mã người", "Mã vị trí"]
    rows = ([*_row(one), one.document_id, one.seq, one.person_id, one.office_id] for one in entries)
    return csv_lines(names, rows, separator=separator)


def _row(entry: Entry) -> list[Value]:
    person = f"{entry.signer} (ký ngoài hệ thống), vào sổ: {entry.person}" if entry.signer else entry.person
    return [
        entry.at, entry.number, entry.title, entry.unit, entry.action_words, entry.states_words, person,
        entry.office, entry.office_unit, entry.authority, None if entry.machine else entry.mandate_words,
        entry.reason_words, entry.digest, entry.previous, entry.revision_digest, entry.file_digest,
    ]  # fmt: skip
