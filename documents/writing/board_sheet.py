"""The board (bảng theo dõi) as an Excel file and as CSV: a row for each unit, who has not sent named, never a zero."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from documents.writing.csv_file import Value, csv_file
from documents.writing.sheets import Book, Column, Head
from states.periods import local_day
from states.reading.alphabet import order_key
from states.reading.spoken import DESKS, STANDINGS
from states.reading.standings import Board, Line, Standing

COLUMNS = (
    Column("STT", 5, "center"), Column("Đơn vị", 25), Column("Tình trạng", 20), Column("Đang ở", 12),
    Column("Người giữ", 26), Column("Từ ngày", 10.5, "day"), Column("Hạn đang hiệu lực", 10.5, "day"),
    Column("Chậm (ngày làm việc)", 7.5, "count"), Column("Số, ký hiệu", 14.5, "center"),
    Column("Gửi ngày", 10.5, "day"), Column("Nhắc gần nhất", 10.5, "day"), Column("Liên hệ gần nhất", 20),
)  # fmt: skip
_NAMED = 12
_SENT = (Standing.SENT_ON_TIME, Standing.SENT_LATE, Standing.CONSOLIDATED)
_LET_OFF = (Standing.WAIVED, Standing.CANCELLED)


def board_xlsx(board: Board, head: Head) -> bytes:
    """The file. Coverage stands above the table; a second sheet lists who has not sent, the worst first."""
    book = Book(head.title, about=head)
    notes = [*coverage_notes(board), *head.notes]
    _table(book, "Bảng theo dõi", in_order(board.lines), Head(head.issuer, head.title, head.at, head.under, notes))
    missing = _missing(board)
    if missing:
        title = f"Các đơn vị chưa gửi ({len(missing)})"
        _table(book, "Chưa gửi", missing, Head(head.issuer, title, head.at, [head.title, *head.under]))
    return book.bytes()


def board_csv(board: Board, *, separator: str = ";") -> bytes:
    """The same rows, with the unit's level and the numbers of document and unit for whoever goes on with them."""
    names = [*(column.name for column in COLUMNS), "Cấp", "Mã văn bản", "Mã đơn vị"]
    rows = ([*_row(number, line), line.level, line.document_id, line.unit_id]
            for number, line in enumerate(in_order(board.lines), 1))  # fmt: skip
    return csv_file(names, rows, separator=separator)


def coverage_notes(board: Board) -> list[str]:
    """How complete the board is: "Đã gửi 92/96 (95,8 %), đúng hạn 88 (91,7 %). Chưa gửi: …"."""
    counts = board.counts
    if not counts.expected:
        return ["Không có đơn vị nào phải gửi."]
    told = (f"Đã gửi {counts.received}/{counts.expected} ({_percent(counts.rate)}), "
            f"đúng hạn {counts.on_time} ({_percent(counts.on_time_rate)}).")  # fmt: skip
    missing = [line.unit for line in _missing(board)]
    if not missing:
        return [f"{told} Không còn đơn vị nào chưa gửi."]
    more = f" và {len(missing) - _NAMED} đơn vị khác (tờ «Chưa gửi»)" if len(missing) > _NAMED else ""
    return [told, f"Chưa gửi ({len(missing)}): {', '.join(missing[:_NAMED])}{more}."]


def in_order(lines: Iterable[Line]) -> list[Line]:
    """By the tree, units under one another by name: a province, then its communes from A to Y."""
    places = {line.document_id: tuple(map(int, line.path.strip("/").split("/"))) for line in lines}
    above = {place[:-1] for place in places.values()}

    def key(line: Line) -> tuple[tuple[int, ...], str, int]:
        place = places[line.document_id]
        return (place, "", line.document_id) if place in above else (place[:-1], order_key(line.unit), line.document_id)

    return sorted(lines, key=key)


def _missing(board: Board) -> list[Line]:
    """Who is expected and has not sent, the latest first."""
    open_ones = [line for line in board.lines if line.expected and not line.received and line.standing not in _LET_OFF]
    return sorted(open_ones, key=lambda line: (-line.days_late, line.must_by, line.path, line.document_id))


def _table(book: Book, name: str, lines: Sequence[Line], head: Head) -> None:
    sheet, row = book.sheet(name, COLUMNS, head)
    first = row = book.heading(sheet, row, COLUMNS)
    for number, line in enumerate(lines, 1):
        loud = {"c2": "late"} if line.standing is Standing.OVERDUE else {}
        book.line(sheet, row, _row(number, line), COLUMNS, **loud)
        row += 1
    if lines:
        sheet.autofilter(first - 1, 0, row - 1, len(COLUMNS) - 1)


def _row(number: int, line: Line) -> list[Value]:
    sent, let_off = line.standing in _SENT, line.standing in _LET_OFF
    waits = not sent and not let_off
    return [
        number, line.unit, STANDINGS[line.standing] + (" (ký ngoài hệ thống)" if line.paper and sent else ""),
        DESKS[line.desk] if waits else None, _person(line) if waits else None, line.since if waits else None,
        day_of(line.must_by) if not let_off else None, line.days_late or None, line.number,
        line.sent_at if sent else None, line.reminded_at if waits else None, _call(line) if waits else None,
    ]  # fmt: skip


def day_of(deadline: datetime) -> date:
    """The last day on which a deadline is kept: one at midnight ends the day before."""
    return local_day(deadline - timedelta(microseconds=1))


def _person(line: Line) -> str | None:
    return ", ".join(words for words in (line.person, line.person_title) if words) or None


def _call(line: Line) -> str | None:
    if line.call is None:
        return None
    promised = f" (hẹn {line.call.promised:%d/%m/%Y})" if line.call.promised else ""
    return f"{local_day(line.call.at):%d/%m}: {line.call.words}{promised}"


def _percent(rate: float | None) -> str:
    return f"{(rate or 0.0) * 100:.1f} %".replace(".", ",")
