"""A paper (văn bản) as Nghị định 30/2020/NĐ-CP, Phụ lục I, lays it out: its parts in their order, as plain values.

Pure: no database, no typesetter. All text is what people read, never markup. What is not there yet stays None and
leaves the room that a clerk fills in: a number, a date, a name.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

ABOUT = "V/v "
"""What stands before a letter's title (về việc)."""
MISSING = "…"
"""A cell that nobody reported (chưa có số liệu): it is named so and is never a zero."""


@dataclass(frozen=True)
class Heading:
    """A heading (tiêu đề mục) with its number in the text ("I. TỔ CHỨC THỰC HIỆN"). `level`: 1 to 3."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph (đoạn). `blank`: words that say that nothing stands here yet; `note`: a note under a table."""

    text: str
    style: Literal["body", "basis", "note", "blank", "strong"] = "body"


@dataclass(frozen=True)
class Column:
    """A column (cột); neighbours of one `group` stand under a merged head. `width` in mm, 0 until it is laid; where
    all columns of a table say theirs, these are kept as shares of the page."""

    title: str
    group: str = ""
    numeric: bool = False
    width: float = 0


@dataclass(frozen=True)
class Row:
    """A row (dòng): a text per column; None where the form has no such cell.

    A `gap` names what is missing: its cells are the leading ones, and `words` ("chưa gửi báo cáo") fill the rest,
    hatched. A `heading` row has one cell over the whole width.
    """

    cells: tuple[str | None, ...]
    kind: Literal["row", "total", "gap", "heading"] = "row"
    words: str = ""


@dataclass(frozen=True)
class Table:
    """A table (bảng, biểu). `keys`: leading columns that name a row, repeated where a table is cut in parts.

    `size` is the type's size in points, 0 until it is laid.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    keys: int = 2
    summary: str = ""
    """What the table tells, for those who hear it read (PDF/UA)."""
    size: float = 0


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Annex:
    """A Phụ lục: its caption, the paper that it comes with, and its blocks; pages are counted from 1 in each."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True)
class Signatory:
    """The signature block (quyền hạn, chức vụ, họ tên): lines from "TM. ỦY BAN NHÂN DÂN" down, and the name.

    `outside`: signed on paper, outside the system; such a block is never a signature of ours.
    """

    lines: tuple[str, ...]
    name: str = ""
    outside: bool = False


@dataclass(frozen=True)
class Paper:
    """A plan, a report or a consolidated report, ready to be set, as of a moment (of a draft: now; else its signature).

    `number` and `day` are None until the clerk has numbered it; `year` is then the year left for the day. `notice` is
    None on what is signed, else the words that say so ("DỰ THẢO LẦN 2"); `watermark` stands behind the pages.

    A `letter` (công văn) bears no type over its text: its title stands under the number ("V/v …"), then those whom it
    is `addressed` to (Kính gửi). A `record` (sổ, phiếu) is no paper that anybody numbers or signs: no symbol, no place,
    no signatory, where these are empty.
    """

    kind: Literal["report", "plan", "letter", "record"]
    parent_line: str | None
    issuer_lines: tuple[str, ...]
    number: int | None
    symbol: str
    place: str
    day: date | None
    year: int
    type_word: str
    title: str
    answers: str | None
    bases: tuple[str, ...]
    blocks: tuple[Block, ...]
    closing: str
    signatory: Signatory
    recipients: tuple[str, ...]
    as_of: datetime
    annexes: tuple[Annex, ...] = ()
    notice: str | None = None
    watermark: str | None = None
    author: str = ""
    addressed: tuple[str, ...] = ()
    landscape: bool = False

    @property
    def number_words(self) -> str:
        """Số, ký hiệu: "36/BC-UBND", or "/BC-UBND" before it is given; two digits at least (Phụ lục I, II.3)."""
        return f"{'' if self.number is None else format(self.number, '02d')}/{self.symbol}"

    @property
    def name(self) -> str:
        """What the paper is called where it is listed."""
        return f"{self.type_word} {ABOUT if self.kind == 'letter' else ''}{self.title}"
