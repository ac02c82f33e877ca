"""The letter that chases late units (công văn đôn đốc): what the plan asked, who is late, the new day, the list.

A công văn bears no abbreviation of its type: its symbol names issuer and drafting unit ("/UBND-VX"; Nghị định
30/2020/NĐ-CP, Phụ lục I, II.3). Number and date are left to the clerk. The letter moves no document: deadlines stay
what they are, and the new day is asked for in words only.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from documents.writing import letterhead
from documents.writing.board_sheet import day_of, in_order
from documents.writing.letterhead import Body, House
from documents.writing.paper import Annex, Column, Paper, Paragraph, Row, Signatory, Table
from states.errors import Invalid
from states.figures import Figure
from states.offices import Held
from states.periods import local, local_day, vi_date
from states.reading.standings import Line, Standing

LONGEST = 6_000
"""Characters of the text."""
FEW = 5
"""So many units are named after «Kính gửi:»; more stand in the list."""
_SYMBOL = re.compile(r"[\w&]+(?:-[\w&]+)*")
_STAGES = {
    Standing.NOT_STARTED: "chưa soạn", Standing.DRAFTING: "đang soạn", Standing.PRESENTED: "chờ ký",
    Standing.SIGNED_NOT_SENT: "đã ký, chưa gửi", Standing.RETURNED: "bị trả lại, đang sửa",
    Standing.REOPENED: "được mở lại, đang sửa",
}  # fmt: skip
_COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")


class BadSymbol(Invalid):
    """«{symbol}» không phải ký hiệu công văn (no symbol of a letter): write issuer and drafting unit, as UBND-VX."""


@dataclass(frozen=True)
class Plan:
    """The plan that asks, as it is cited."""

    title: str
    number: str | None
    dated: date | None
    issuer: str


@dataclass(frozen=True)
class Letter:
    """A letter to be written. `late`: who is late, each unit's line of the board; `expected`, `received`: of how many.

    `new_day`: until when it is asked for now. `text`: the body as it was edited, a paragraph a line; "" for the usual.
    `within`: by document, the part of a whole nation that its unit lies in, for the list.
    """

    issuer: Body
    house: House
    symbol: str
    signer: Held | None
    plan: Plan
    late: Sequence[Line]
    expected: int
    received: int
    new_day: date
    at: datetime
    text: str = ""
    within: Mapping[int, str] = field(default_factory=dict)

    @property
    def wanted(self) -> str:
        """What is owed: "báo cáo", or "kế hoạch"."""
        return "kế hoạch" if self.late and self.late[0].kind == "plan" else "báo cáo"

    @property
    def title(self) -> str:
        """Trích yếu, after "V/v"."""
        said = self.late[0].title if self.late else f"{self.wanted} {self.plan.title}"
        return f"đôn đốc gửi {said[:1].lower()}{said[1:]}"


def letter_paper(letter: Letter) -> Paper:
    """The letter with its list as an annex, ready to be set as PDF or written as Word. Raises `BadSymbol`."""
    if not _SYMBOL.fullmatch(letter.symbol) or len(letter.symbol) > 30:
        raise BadSymbol(symbol=letter.symbol[:30])
    signer = letter.signer
    lines = letterhead.signature_lines(letter.issuer, signer.authority, signer.title) if signer else ("",)
    paragraphs = [line.strip() for line in (letter.text or usual_text(letter)).splitlines() if line.strip()]
    closing = paragraphs.pop() if paragraphs else ""
    drafting = letter.symbol.partition("-")[2]
    return Paper(
        "letter", letterhead.parent_line(letter.issuer, letter.house), letterhead.issuer_lines(letter.issuer), None,
        letter.symbol, letterhead.place(letter.issuer, letter.house), None, local(letter.at).year, "CÔNG VĂN",
        letter.title, None, (), tuple(map(Paragraph, paragraphs)), closing,
        Signatory(lines, signer.person if signer else ""),
        ("- Như trên;", f"- Lưu: VT{f', {drafting}' if drafting else ''}."), letter.at, (_annex(letter),),
        author=letter.issuer.full_name, addressed=addressed(letter.late),
    )  # fmt: skip


def _vi(count: int) -> str:
    return Figure.exact(count).vi


def usual_text(letter: Letter) -> str:
    """The usual words, a paragraph a line, to be edited; the last one ends with "./."."""
    who, count = letter.issuer.full_name, len(letter.late)
    asked = letter.plan
    plan = letterhead.cite("Kế hoạch", asked.number, asked.dated, letterhead.short_issuer(asked.issuer))
    moment = f"{local(letter.at):%H giờ %M phút} ngày {vi_date(local_day(letter.at))}"
    return "\n".join((
        f"Thực hiện {plan} ({asked.title}), các đơn vị phải gửi {letter.wanted} {_due(letter.late)}.",
        f"Đến {moment}, {_vi(letter.received)}/{_vi(letter.expected)} đơn vị đã gửi; còn {_vi(count)} đơn vị đã quá "
        f"thời hạn mà chưa gửi, {_how_late(letter.late)} (danh sách kèm theo).",
        f"Để bảo đảm tiến độ tổng hợp, {who} đề nghị {people(letter.late)} chỉ đạo hoàn thành, ký và gửi "
        f"{letter.wanted} chậm nhất hết ngày {vi_date(letter.new_day)}; đồng thời nêu rõ lý do chậm.",
        "Sau ngày đó, đơn vị chưa gửi được nêu tên trong báo cáo tổng hợp là đơn vị chưa có số liệu.",
        f"{who} đề nghị các đơn vị nghiêm túc thực hiện./.",
    ))  # fmt: skip


def addressed(late: Sequence[Line]) -> tuple[str, ...]:
    """Kính gửi: the units by name where they are few, else all together with the list."""
    if len(late) <= FEW:
        return tuple(f"{Body(line.unit, line.level).full_name}{';' if n < len(late) else '.'}" if len(late) > 1 else
                     Body(line.unit, line.level).full_name for n, line in enumerate(in_order(late), 1))  # fmt: skip
    return (f"{_together(late)} (theo danh sách kèm theo)",)


def people(late: Sequence[Line]) -> str:
    """Whom the letter asks."""
    return "đơn vị có tên trên" if len(late) == 1 else "các đơn vị có tên trong danh sách"


def _together(late: Sequence[Line]) -> str:
    """ "Ủy ban nhân dân các xã, phường": the kinds of unit that are late, in their order."""
    levels = {line.level for line in late}
    if levels == {"commune"}:
        kinds = [kind for kind in _COMMUNES if any(line.unit.lower().startswith(kind) for line in late)]
        return f"Ủy ban nhân dân các {', '.join(kinds)}"
    if levels == {"province"}:
        return "Ủy ban nhân dân các tỉnh, thành phố"
    return "Các cơ quan, đơn vị"


def _due(late: Sequence[Line]) -> str:
    days = Counter(day_of(line.due_at) for line in late)
    if len(days) != 1:
        return "theo thời hạn ghi tại danh sách kèm theo"
    return f"chậm nhất hết ngày {vi_date(next(iter(days)))}"


def _how_late(late: Sequence[Line]) -> str:
    days = [line.days_late for line in late] or [0]
    if min(days) == max(days):
        return f"chậm {days[0]} ngày làm việc"
    return f"chậm từ {min(days)} đến {max(days)} ngày làm việc"


def _annex(letter: Letter) -> Annex:
    told = any(letter.within.values())
    columns = (
        Column("STT", width=11), Column("Đơn vị", width=42), *([Column("Thuộc", width=36)] if told else []),
        Column("Thời hạn", width=27), Column("Chậm (ngày làm việc)", numeric=True, width=19),
        Column("Đang ở bước", width=34), Column("Nhắc gần nhất", width=27),
    )  # fmt: skip
    rows = [Row((str(n), line.unit, *([letter.within.get(line.document_id, "")] if told else []), *_line(line)))
            for n, line in enumerate(in_order(letter.late), 1)]  # fmt: skip
    moment = f"Tính đến {local(letter.at):%H giờ %M phút} ngày {vi_date(local_day(letter.at))}."
    name = f"Danh sách đơn vị quá hạn chưa gửi {letter.wanted}"
    return Annex(name, (Table(columns, tuple(rows), 2, name), Paragraph(moment, "note")))


def _line(line: Line) -> tuple[str, ...]:
    reminded = vi_date(local_day(line.reminded_at)) if line.reminded_at else "chưa nhắc"
    return vi_date(day_of(line.must_by)), str(line.days_late), _STAGES.get(line.stage, ""), reminded
