"""Registers (sổ đăng ký văn bản đi, văn bản đến) as a PDF of record and as an Excel file: the same rows, every number.

Columns as Nghị định 30/2020/NĐ-CP, Phụ lục IV, has them. What the program does not know (a signature for receipt on
paper) stays empty, never guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from documents.writing import letterhead
from documents.writing.letterhead import Body, House
from documents.writing.paper import Block, Column, Paper, Paragraph, Row, Signatory, Table
from documents.writing.sheets import Book as Workbook
from documents.writing.sheets import Column as SheetColumn
from documents.writing.sheets import Head
from states.periods import local, local_day, vi_date
from states.reading.registers import Asked, Book, Incoming, InPage, Outgoing, OutPage

OUT_COLUMNS = (
    Column("Số, ký hiệu", width=28), Column("Ngày tháng", width=20), Column("Tên loại và trích yếu nội dung", width=56),
    Column("Người ký", width=26), Column("Nơi nhận văn bản", width=32), Column("Đơn vị giữ bản lưu", width=22),
    Column("Số lượng bản", width=14), Column("Ngày chuyển", width=20), Column("Ký nhận", width=26),
    Column("Ghi chú", width=20),
)  # fmt: skip
IN_COLUMNS = (
    Column("Ngày đến", width=20), Column("Số đến", width=12), Column("Tác giả", width=30),
    Column("Số, ký hiệu", width=28), Column("Ngày tháng", width=20), Column("Tên loại và trích yếu nội dung", width=70),
    Column("Đơn vị hoặc người nhận", width=23), Column("Ngày chuyển", width=20), Column("Ký nhận", width=24),
    Column("Ghi chú", width=20),
)  # fmt: skip
_WIDTHS = {"out": (15, 11, 44, 22, 30, 20, 11, 11, 24, 24), "in": (11, 7, 26, 15, 11, 46, 22, 11, 22, 24)}
_UNDONE = {"recall": "Đã rút về", "withdraw": "Đã thu hồi", "return": "Bị trả lại", "reopen": "Được mở lại để sửa"}
_KINDS = {"plan": "Kế hoạch", "report": "Báo cáo"}
_NAMES = {"out": "SỔ ĐĂNG KÝ VĂN BẢN ĐI", "in": "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"}


@dataclass(frozen=True)
class Register:
    """A register ready to be written: whose, which part of it, its rows, and how each of its books was opened."""

    issuer: Body
    house: House
    asked: Asked
    page: OutPage | InPage
    books: Sequence[Book]
    at: datetime

    @property
    def direction(self) -> str:
        """ "out" (văn bản đi) or "in" (văn bản đến)."""
        return "out" if isinstance(self.page, OutPage) else "in"

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns."""
        return OUT_COLUMNS if self.direction == "out" else IN_COLUMNS

    @property
    def name(self) -> str:
        """Under its title: "Năm 2026, loại văn bản: BC"."""
        year = f"Năm {self.asked.year}" if self.asked.year else "Các năm"
        return f"{year}, loại văn bản: {self.asked.series}" if self.asked.series and self.direction == "out" else year

    @property
    def days(self) -> str | None:
        """From which day to which, where only some are asked for."""
        first, last = self.asked.first, self.asked.last
        said = [f"từ ngày {vi_date(first)}" if first else "", f"đến ngày {vi_date(last)}" if last else ""]
        words = " ".join(filter(None, said))
        return words[:1].upper() + words[1:] if words else None

    @property
    def openings(self) -> list[str]:
        """How each of its books was opened at a number above 1, by whom and why."""
        chosen = [one for one in self.books if one.direction == self.direction and one.opened_at > 1
                  and self.asked.year in (None, one.year) and self.asked.series in ("", one.series)]  # fmt: skip
        return [f"Sổ {one.series} năm {one.year} mở tại số {one.opened_at:02d}; người mở: {_opener(one)}; "
                f"lý do: {one.reason}." for one in chosen]  # fmt: skip

    @property
    def summary(self) -> str:
        """How many, and as of when."""
        told = f"Tổng số: {self.page.total} số" if self.direction == "out" else f"Tổng số: {self.page.total} văn bản"
        cut = f" (chỉ in {len(self.page.rows)} số đầu)" if self.page.total > len(self.page.rows) else ""
        return f"{told}{cut}. Lập từ dữ liệu của chương trình lúc {local(self.at):%H giờ %M, ngày %d/%m/%Y}."

    @property
    def cells(self) -> list[tuple[str, ...]]:
        """A row of words for each number."""
        return [out_row(one) if isinstance(one, Outgoing) else in_row(one) for one in self.page.rows]


def register_paper(register: Register) -> Paper:
    """The register on landscape A4, its head repeated on each page; the same rows give the same pages."""
    rows = tuple(Row(cells) for cells in register.cells)
    name = _NAMES[register.direction]
    blocks: list[Block] = [Paragraph(words, "note") for words in register.openings]
    if rows:
        blocks.append(Table(register.columns, rows, 2, f"{name.capitalize()}, {register.name}"))
    else:
        blocks.append(Paragraph("Chưa có số nào trong phần sổ này.", "blank"))
    return Paper(
        "record", letterhead.parent_line(register.issuer, register.house), letterhead.issuer_lines(register.issuer),
        None, "", "", None, local(register.at).year, name, register.name, register.days and f"({register.days})", (),
        (*blocks, Paragraph(register.summary, "note")), "", Signatory(()), (), register.at,
        author=register.issuer.full_name, landscape=True,
    )  # fmt: skip


def register_xlsx(register: Register) -> bytes:
    """The same rows as an Excel file; what people wrote is text, never a formula."""
    widths = _WIDTHS[register.direction]
    columns = [SheetColumn(one.title, width) for one, width in zip(register.columns, widths, strict=True)]
    name = _NAMES[register.direction]
    under = [words for words in (register.name, register.days) if words]
    above = letterhead.parent_line(register.issuer, register.house)
    issuer = [" ".join(letterhead.issuer_lines(register.issuer))]
    head = Head([above, *issuer] if above else issuer, name, register.at, under, [*register.openings, register.summary])
    book = Workbook(name)
    sheet, row = book.sheet("Văn bản đi" if register.direction == "out" else "Văn bản đến", columns, head)
    first = row = book.heading(sheet, row, columns)
    for cells in register.cells:
        book.line(sheet, row, cells, columns)
        row += 1
    if row > first:
        sheet.autofilter(first - 1, 0, row - 1, len(columns) - 1)
    return book.bytes()


def out_row(one: Outgoing) -> tuple[str, ...]:
    """A number that was given, in words."""
    receipt = (f"Số đến {one.received_number}, {vi_date(local_day(one.received_at))}, {one.received_by}"
               if one.received_at else "")  # fmt: skip
    return (
        one.number, vi_date(one.day), _titled(one.kind, one.title), one.signer, "; ".join(one.recipients), one.keeper,
        "Bản giấy" if one.paper else "Bản điện tử", vi_date(local_day(one.passed_at)), receipt, note(one),
    )  # fmt: skip


def in_row(one: Incoming) -> tuple[str, ...]:
    """A paper that was received, in words."""
    arrived = vi_date(local_day(one.arrived_at))
    return (arrived, str(one.number), one.author, one.their_number, vi_date(one.day), _titled(one.kind, one.title),
            one.handed_to, arrived, one.clerk, note(one))  # fmt: skip


def note(one: Outgoing | Incoming) -> str:
    """Ghi chú: what became of the number; one that was taken back keeps its place, with the reason."""
    said = ["Ký ngoài hệ thống"] if one.paper else []
    if one.replaces:
        said.append(f"Thay số {one.replaces}")
    if one.undone and one.undone_at:
        why = f": {one.undone_why}" if one.undone_why else ""
        said.append(f"{_UNDONE[one.undone]} ngày {vi_date(local_day(one.undone_at))}{why}")
    if isinstance(one, Outgoing) and one.replaced_by:
        said.append(f"Đã thay bằng số {one.replaced_by}")
    return ". ".join(words.rstrip(".") for words in said)


def _titled(kind: str, title: str) -> str:
    word = _KINDS[kind]
    return title if title.lower().startswith(word.lower()) else f"{word}: {title}"


def _opener(book: Book) -> str:
    return ", ".join(words for words in (book.opened_by, book.opened_title) if words) or "không ghi"
