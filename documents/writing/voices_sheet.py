"""The sheet «Ý kiến» of a total: what the units say (khó khăn, kiến nghị), each point once, with all who say it."""

from collections.abc import Mapping, Sequence

from documents.forms import Form
from documents.writing.sheets import Book, Column, Head
from documents.writing.voices import ANNEX, Voice

NAME = "Ý kiến"
_COLUMNS = (
    Column("STT", 5, "center"), Column("Mục", 24), Column("Ý kiến", 52), Column("Số đơn vị", 9, "count"),
    Column("Đơn vị", 62),
)  # fmt: skip


def voices_sheet(book: Book, form: Form, heard: Mapping[str, Sequence[Voice]], head: Head) -> None:
    """The sheet, the sections in the form's order; none where nobody says anything."""
    said = [(section.title, one) for section in form.sections for one in heard.get(section.code, ())]
    if not said:
        return
    sheet, row = book.sheet(NAME, _COLUMNS, Head(head.issuer, ANNEX, head.at, [head.title, *head.under]))
    row = book.heading(sheet, row, _COLUMNS)
    for number, (title, one) in enumerate(said, 1):
        book.line(sheet, row, [number, title, one.words, len(one.units), one.named], _COLUMNS)
        row += 1
