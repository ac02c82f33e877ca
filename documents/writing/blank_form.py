"""The blank form of a report as an Excel file (biểu trắng để điền): a sheet for each table, one for the texts.

Cells to fill in are unlocked and coloured, everything else is locked without a password; numbers and lists are
validated with Vietnamese messages. What the draft holds already and what was said last period stand in it. Each line
and column has a name that `documents.reading.filled.form` finds again, the key (`_khoa`) tells whose form it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session
from xlsxwriter.worksheet import Worksheet

from documents.filled import Read, read
from documents.forms import Content, Form, Table
from documents.writing import material
from documents.writing.blank_key import KEY_SHEET, LISTS_SHEET, TEXTS_SHEET, BlankKey
from documents.writing.blank_table import MAY, BlankTable, table_sheet
from documents.writing.blank_texts import texts_sheet
from documents.writing.board_sheet import day_of
from documents.writing.csv_file import Value
from documents.writing.house import house_of
from documents.writing.sheet_head import issuer_of, period_of
from documents.writing.sheet_rows import SheetRow, rows_of
from documents.writing.sheets import Book, Column, Head
from states import contents
from states.contents import NotADraft
from states.duties import IN_FORCE
from states.errors import Conflict
from states.lifecycle import State
from states.periods import LOCAL, vi_date
from states.reading.before import Before, before

FREE = 8
"""Empty lines below a table for what the form does not name."""
_GUIDE = "Hướng dẫn"
_GUIDE_COLUMNS = (
    Column("Trang tính", 14, "center"), Column("Nội dung", 62), Column("Ô để điền", 11, "count"), Column("Ghi chú", 46),
)  # fmt: skip


class NoBlankForm(Conflict):
    """Văn bản này không theo biểu mẫu báo cáo nào nên không có biểu Excel (no form to fill): soạn ở trang Soạn."""


@dataclass(frozen=True)
class Blank:
    """What a blank form is made from. `content`: the draft's, of `version`; `due`: the deadline's words, or ""."""

    document_id: int
    unit_id: int
    unit: str
    plan_id: int | None
    form: Form
    version: int
    content: Content
    before: Before | None
    head: Head
    due: str = ""

    def rows(self) -> dict[Table, list[SheetRow]]:
        """The lines of each table, the empty ones at the end included."""
        found = read({**self.content, "form": self.form.key}, self.form)
        return {table: _lines(found, table) for table in self.form.tables}

    @property
    def key(self) -> BlankKey:
        """What is hidden in it."""
        rows = {str(table.number): [row.category for row in rows] for table, rows in self.rows().items()}
        made = self.head.at.astimezone(LOCAL).isoformat(timespec="seconds")
        return BlankKey(self.document_id, self.unit_id, self.unit, self.plan_id, self.form.key, made, self.version,
                        rows, self.content)  # fmt: skip


def read_blank(session: Session, document_id: int, at: datetime) -> Blank:
    """What the blank form of a report is made from. Raises `NoSuchDocument`, `NoBlankForm`, `NotADraft`."""
    found = material.read(session, document_id, None, at)
    facts = found.facts
    if facts.form is None or facts.kind != "report":
        raise NoBlankForm()
    if facts.state not in (State.DRAFT, State.RETURNED):
        raise NotADraft(state=facts.state)
    row = session.connection().exec_driver_sql(_DOCUMENT, {"id": document_id}).one()
    draft = contents.draft(session, document_id)
    head = Head(issuer_of(facts, house_of(session, document_id, at)), facts.title, at, period_of(facts),
                as_of="Tải về lúc")  # fmt: skip
    return Blank(document_id, row.unit_id, facts.unit, row.plan_id, facts.form, draft.version, draft.content,
                 before(session, document_id), head, _due(row.due_at))  # fmt: skip


def blank_xlsx(blank: Blank) -> bytes:
    """The file."""
    book = Book(f"{blank.head.title}: {blank.unit}", about=blank.head)
    rows, nil = blank.rows(), set(blank.content.get("nil") or ())
    guide = book.book.add_worksheet(_GUIDE)
    made: list[tuple[str, str, int, str | None]] = []
    for table, lines in rows.items():
        filled = BlankTable(table, lines, blank.head, blank.before, blank.unit, table.number in nil)
        note = "Không phát sinh thì chọn «Không» ở đầu biểu" if table.nil_allowed else None
        made.append((f"Biểu {table.number}", table.title, table_sheet(book, filled), note))
    if blank.form.sections:
        count = texts_sheet(book, blank.form, blank.content, blank.head, blank.before)
        made.append((TEXTS_SHEET, "Phần lời văn của báo cáo", count, "Mỗi mục một ô"))
    _guide(book, guide, blank, made)
    _lists(book, blank.form)
    _key(book, blank.key)
    guide.activate()
    return book.bytes()


def _lines(found: Read, table: Table) -> list[SheetRow]:
    rows = rows_of(found, table, complete=True)
    return rows + [SheetRow(0, "")] * FREE if table.layout == "rows" else rows


def _guide(book: Book, guide: Worksheet, blank: Blank, made: Sequence[Sequence[Value]]) -> None:
    """The first sheet: whose form it is, how it is filled in, what is in it."""
    notes = [f"{number}. {words}" for number, words in enumerate(_HOW, 1)]
    under = [f"Biểu để điền của {blank.unit}", *blank.head.under, *([blank.due] if blank.due else [])]
    head = replace(blank.head, under=under, notes=notes)
    row = book.prepare(guide, _GUIDE_COLUMNS, head)
    row = book.heading(guide, row, _GUIDE_COLUMNS)
    for place, values in enumerate(made):
        book.line(guide, row + place, values, _GUIDE_COLUMNS)
    guide.protect("", MAY)


def _lists(book: Book, form: Form) -> None:
    """Where the lists of categories stand that the cells choose from."""
    sheet = book.book.add_worksheet(LISTS_SHEET)
    for column, table in enumerate(form.tables):
        for row, one in enumerate(table.categories):
            sheet.write_string(row, column, f"{one.number}. {one.label}")
    sheet.very_hidden()
    sheet.protect()


def _key(book: Book, key: BlankKey) -> None:
    sheet = book.book.add_worksheet(KEY_SHEET)
    text = book.book.add_format({"num_format": "@"})
    for row, (name, value) in enumerate(key.lines()):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value, text)
    sheet.very_hidden()
    sheet.protect()


def _due(due: datetime | None) -> str:
    if due is None:
        return ""
    return f"Hạn gửi báo cáo: {vi_date(day_of(due))}"


_HOW = (
    "Chỉ ghi vào các ô nền vàng nhạt. Các ô khác đã khóa (không có mật khẩu) để biểu khớp với chương trình.",
    "Ô số: chỉ ghi chữ số, không ghi đơn vị tính. Số chưa chính xác thì ghi bằng chữ: «trên 540», «từ 20 trở lên», "
    "«khoảng 12»; Excel hỏi lại thì bấm Có (Yes).",
    "Ô để trống nghĩa là chưa có số liệu, không phải số 0. Không phát sinh thì ghi 0; nếu cả biểu không phát sinh thì "
    "chọn «Không» ở đầu biểu.",
    "Việc không có trong danh mục thì ghi vào các dòng trống cuối biểu và chọn nhóm; không chèn, không xóa "
    "dòng hay cột.",
    "Không xóa, không đổi tên trang tính. Khi dán từ tệp khác, dùng «Dán giá trị» (Paste Values).",
    "Điền xong: mở trang Soạn của báo cáo này trong chương trình, chọn «Nạp từ Excel», xem các chỗ thay đổi rồi lưu. "
    "Mọi ô được kiểm tra lại khi nạp; tệp này chưa phải là báo cáo đã gửi.",
)
_DOCUMENT = f"""
SELECT d.unit_id, d.plan_id, coalesce(d.correction_due, {IN_FORCE}) AS due_at FROM document d WHERE d.id = %(id)s
"""
