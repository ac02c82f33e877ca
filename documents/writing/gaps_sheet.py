"""The sheet «Đơn vị chưa gửi» of a total: who is missing and why, on whose desk it lies, until when it was due."""

from collections.abc import Iterator, Mapping

from documents.writing.board_sheet import day_of
from documents.writing.csv_file import Value
from documents.writing.sheets import Book, Column, Head
from states.reading.coverage import WHY, Gap, TotalCoverage
from states.reading.spoken import DESKS, LEVELS
from states.reading.standings import Line

Standings = Mapping[int, Line]
"""How the missing reports stand, by document; one that the reader may not see is not in it."""

NAME = "Đơn vị chưa gửi"
_COLUMNS = (
    Column("STT", 5, "center"), Column("Đơn vị", 28), Column("Cấp", 11, "center"), Column("Lý do", 28),
    Column("Đang ở bước", 13), Column("Người giữ", 42), Column("Từ ngày", 12, "day"), Column("Hạn gửi", 12, "day"),
    Column("Chậm (ngày làm việc)", 9, "count"),
)  # fmt: skip
_TITLE = "Đơn vị chưa gửi báo cáo, hoặc chưa có số liệu trong bản tổng hợp"
_LONGER = {WHY["not-sent"]: "chưa gửi báo cáo", WHY["signed"]: "đã ký, chưa gửi báo cáo"}


def gaps_sheet(book: Book, coverage: TotalCoverage, head: Head, standings: Standings) -> None:
    """The sheet; where nobody is missing it says so."""
    missing = [*coverage.gaps, *coverage.waived]
    notes = _counts(coverage) if missing else ["Không còn đơn vị nào chưa gửi."]
    above = Head(head.issuer, _TITLE, head.at, [head.title, *head.under], notes)
    sheet, row = book.sheet(NAME, _COLUMNS, above)
    row = book.heading(sheet, row, _COLUMNS)
    for number, gap in enumerate(missing, 1):
        values = [number, *_row(gap, standings.get(gap.document_id))]
        late = values[-1] is not None and gap.why not in ("waived", "cancelled")
        book.line(sheet, row, values, _COLUMNS, **({"c3": "late"} if late else {}))
        row += 1


def said(why: str) -> str:
    """Why nothing stands there, as the tables say it."""
    return _LONGER.get(why, why)


def _counts(coverage: TotalCoverage) -> list[str]:
    told = f"Chưa gửi hoặc chưa vào bản tổng hợp: {len(coverage.gaps)} đơn vị."
    return [told + (f" Được miễn, không phải gửi: {len(coverage.waived)} đơn vị." if coverage.waived else "")]


def _row(gap: Gap, line: Line | None) -> Iterator[Value]:
    yield from (gap.unit, LEVELS.get(gap.level, gap.level), _why(gap))
    if line is None or line.received or not line.expected:
        yield from (None, None, None, day_of(line.must_by) if line and line.expected else None, None)
        return
    person = ", ".join(words for words in (line.person, line.person_title) if words)
    yield from (DESKS.get(line.desk), person or None, line.since, day_of(line.must_by), line.days_late or None)


def _why(gap: Gap) -> str:
    where = f" ({gap.above})" if gap.why == "below" and gap.above else ""
    return said(WHY[gap.why]) + where
