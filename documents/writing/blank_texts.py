"""The texts of a blank form (phần lời văn): a wide cell for each section of the report, last period's words beside."""

from dataclasses import replace

from documents.forms import Content, Form
from documents.writing.blank_key import CODES, TEXTS_SHEET
from documents.writing.blank_table import MAY, OPEN
from documents.writing.sheet_sizes import height
from documents.writing.sheets import Book, Column, Head
from states.reading.before import Before

LONGEST = 20_000
"""Characters of a text, as on the page."""
_LEAST = 96.0  # points: room for some six lines
_TOO_LONG = "(Đoạn này đã soạn trên trang, quá dài để sửa trong Excel; nạp biểu không làm thay đổi đoạn này.)"


def texts_sheet(book: Book, form: Form, content: Content, head: Head, before: Before | None) -> int:
    """Write the sheet; returns how many cells there are to be filled in."""
    earlier = before.texts if before else {}
    columns = [Column("STT", 5, "center"), Column("Mục", 42), Column("Nội dung", 84)]
    columns += [Column("Kỳ trước viết", 46)] if earlier else []
    whole = [*columns, Column(CODES, 6)]
    above = replace(head, title="Phần lời văn của báo cáo", under=[head.title, *head.under], notes=[_HOW])
    sheet, row = book.sheet(TEXTS_SHEET, whole, above, printed=len(columns))
    row = book.heading(sheet, row, columns)
    sheet.write_string(row - 1, len(columns), CODES, book.look("plain"))
    texts, count = content.get("texts") or {}, 0
    for number, one in enumerate(form.sections, 1):
        said = str(texts.get(one.code) or "")
        fits = len(said) <= LONGEST
        book.write(sheet, row, 0, number, "center")
        book.write(sheet, row, 1, one.title + (" (cần có)" if one.required else ""), "cell")
        look = book.look("cell", {"valign": "top", **({**OPEN, "num_format": "@"} if fits else {})})
        sheet.write_string(row, 2, said if fits else _TOO_LONG, look)
        if earlier:
            sheet.write_string(row, 3, earlier.get(one.code, "")[:LONGEST], book.look("cell", _EARLIER))
        if fits:
            sheet.write_string(row, len(columns), f"§{one.code}", book.look("plain"))
            sheet.data_validation(row, 2, row, 2, _RULE)
            count += 1
        sheet.set_row(row, max(_LEAST, height(said, 86), height(earlier.get(one.code, ""), 44)))
        row += 1
    sheet.set_column(len(columns), len(columns), None, None, {"hidden": True})
    sheet.print_area(0, 0, row - 1, len(columns) - 1)
    sheet.protect("", MAY)
    return count


_HOW = "Xuống dòng trong ô: Alt + Enter. Mỗi mục một ô; mục để trống là chưa viết."
_EARLIER = {"valign": "top", "italic": True, "font_color": "#4B5563", "bg_color": "#F4F5F8"}
_RULE = {
    "validate": "length", "criteria": "<=", "value": LONGEST, "error_title": "Quá dài",
    "error_message": "Mỗi mục không quá 20.000 chữ; phần dài hơn hãy soạn trên trang.",
}  # fmt: skip
