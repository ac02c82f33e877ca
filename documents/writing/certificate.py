"""The certificate of one document's life (phiếu xác nhận quá trình xử lý văn bản): what the program keeps of it.

Every step with who, in which office and by what authority; how long it lay on each desk; contents by their digests;
numbers, sendings and receipts; what was returned and explained; the totals that took it up; and the digest at the head
of its chain, by which all of it can be checked again. It is no signature, and says so.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from sqlmodel import Session

from documents.signing.kept import Shown
from documents.writing import certificate_facts as facts
from documents.writing import letterhead
from documents.writing.certificate_facts import Life, Revision, Sending, Total
from documents.writing.house import house_of, issuer
from documents.writing.paper import Block, Column, Heading, Paper, Paragraph, Row, Signatory, Table
from states.digests import grouped
from states.periods import local, local_day, vi_date
from states.reading.journal import Entry
from states.reading.spoken import DESKS, state_words
from states.reading.timeline import Event, time_on_desks

Item = TypeVar("Item")
_PARTS = {"whole": "bản trình ký", "own": "số liệu riêng", "contribution": "đóng góp", "total": "số tổng hợp"}
_ASKED = {"extension": "xin gia hạn", "waiver": "xin miễn báo cáo"}
_GRANTED = {"extension": "cho gia hạn", "waiver": "cho miễn báo cáo", "refusal": "giữ nguyên hạn",
            "amendment": "đổi hạn chung", "cancellation": "hủy nghĩa vụ báo cáo"}  # fmt: skip
_NOT_A_SIGNATURE = (
    "Phiếu do chương trình lập tự động từ dữ liệu đang lưu. Phiếu không phải chữ ký, không phải con dấu, không thay "
    "cho văn bản và không xác nhận giá trị của chữ ký số trên văn bản."
)  # fmt: skip


def certificate(session: Session, document_id: int, at: datetime) -> Paper:
    """The certificate as of a moment. Raises `NoSuchDocument`."""
    life = facts.read(session, document_id, at)
    body, _ = issuer(session, life.about.issuer_id)
    house = house_of(session, document_id, at)
    sent = life.sendings[-1] if life.sendings else None
    answers = f"(Số {sent.number} ngày {vi_date(sent.day)} của {body.full_name})" if sent else "(Chưa có số)"
    return Paper(
        "record", letterhead.parent_line(body, house), letterhead.issuer_lines(body), None, "", "", None,
        local(at).year, "PHIẾU XÁC NHẬN QUÁ TRÌNH XỬ LÝ VĂN BẢN", life.about.title, answers, (),
        tuple(_blocks(life, at)), "", Signatory(()), (), at, author=body.full_name, landscape=True,
    )  # fmt: skip


def _blocks(life: Life, at: datetime) -> Iterable[Block]:
    parts: list[tuple[str, Sequence[Block]]] = [
        ("VĂN BẢN", [_about(life)]),
        ("CÁC BƯỚC, NGƯỜI LÀM VÀ THẨM QUYỀN", [_steps(life)]),
        ("THỜI GIAN Ở TỪNG BỘ PHẬN", [_desks(life, at)]),
        ("NỘI DUNG QUA CÁC BẢN", _or_none(life.revisions, _revisions, "Chưa có bản nào được trình.")),
        ("CHỮ KÝ SỐ", _or_none(life.signatures, _signatures, "Ký trong chương trình, không có chữ ký số.")),
        ("GỬI VÀ NHẬN", _or_none(life.sendings, _sendings, "Chưa gửi lần nào.")),
        ("TRẢ LẠI, GIẢI TRÌNH, XIN VÀ CHO THÊM HẠN", _or_none(_said(life), _sayings, "Không có.")),
        ("CÁC BẢN TỔNG HỢP ĐÃ LẤY SỐ LIỆU", _or_none(life.totals, _totals, "Chưa bản tổng hợp nào lấy số liệu.")),
        ("MÃ BĂM ĐẦU CHUỖI VÀ CÁCH KIỂM TRA LẠI", _proof(life)),
    ]  # fmt: skip
    yield Paragraph(f"Ghi theo dữ liệu lưu về văn bản mã {life.about.id}, tính đến {_moment(at)} (giờ Việt Nam).")
    for number, (name, blocks) in enumerate(parts, 1):
        yield Heading(f"{number}. {name}")
        yield from blocks


def _about(life: Life) -> Table:
    one = life.about
    told = [
        ("Trích yếu", one.title), ("Loại", "Kế hoạch" if one.kind == "plan" else "Báo cáo"), ("Đơn vị", one.unit),
        ("Cơ quan ban hành", one.issuer), ("Đơn vị soạn", one.drafter), ("Nơi nhận báo cáo", one.receiver or ""),
        ("Thực hiện", one.answers or ""),
        ("Kỳ số liệu", f"từ {vi_date(one.first)} đến {vi_date(one.last)}" if one.first and one.last else ""),
        ("Thời hạn đang hiệu lực", f"hết ngày {_due(one.deadline)}" if one.deadline else ""),
        ("Tình trạng", state_words(one.state, one.kind)),
        ("Số, ký hiệu", f"{life.sendings[-1].number} ngày {vi_date(life.sendings[-1].day)}" if life.sendings else ""),
    ]  # fmt: skip
    return _table("Văn bản", (("Mục", 40), ("Nội dung", 210)), [row for row in told if row[1]])


def _steps(life: Life) -> Table:
    lay = {event.seq: event for event in life.events if event.topic == "step"}
    heads = (("Bước", 12), ("Thời điểm", 30), ("Việc", 42), ("Người, chức vụ, cơ quan", 62),
             ("Thẩm quyền, được giao", 52), ("Sau đó nằm ở", 52))  # fmt: skip
    return _table("Các bước", heads, [_step(one, lay.get(one.seq)) for one in life.steps])


def _step(one: Entry, event: Event | None) -> tuple[str, ...]:
    who = f"{one.signer} (ký ngoài hệ thống); vào sổ: {one.person}" if one.signer else one.person
    office = "tác vụ tự động" if one.machine else f"{one.office}, {one.office_unit}"
    why = f"; lý do: {one.reason_words}" if one.reason_words else ""
    file = "tệp đã ký" if one.action in ("sign", "submit") else "tệp gốc"
    why += f"; {file} SHA-256 {grouped(one.file_digest)}" if one.file_digest else ""
    mandate = "" if one.machine else " · ".join(filter(None, (one.authority, one.mandate_words)))
    return (str(one.seq), _moment(one.at), f"{one.action_words} ({one.states_words}){why}", f"{who}, {office}",
            mandate, _lain(event))  # fmt: skip


def _lain(event: Event | None) -> str:
    if event is None or event.desk is None:
        return ""
    holder = f" ({event.desk_holder})" if event.desk_holder else ""
    stayed = span_words(event.lay) if event.lay is not None else "đến nay"
    return f"{DESKS[event.desk]}{holder}: {stayed}"


def _desks(life: Life, at: datetime) -> Table:
    lain = time_on_desks(life.events, at)
    rows = [(DESKS[desk], span_words(stay)) for desk, stay in lain.items() if desk != "archive"]
    return _table("Thời gian ở từng bộ phận", (("Bộ phận", 80), ("Tổng thời gian (cả ngày nghỉ)", 170)), rows)


def _revisions(found: Sequence[Revision]) -> Table:
    rows = [(str(one.no), _PARTS[one.part], f"{_moment(one.at)}, {one.by}",
             f"bước {', '.join(map(str, one.signed_in))}" if one.signed_in else "", grouped(one.digest))
            for one in found]  # fmt: skip
    heads = (("Bản", 12), ("Là", 28), ("Lập lúc, bởi", 62), ("Được ký ở", 24), ("SHA-256 của nội dung", 124))
    return _table("Nội dung qua các bản", heads, rows)


def _signatures(found: Sequence[Shown]) -> Table:
    rows = [(str(one.seq), one.name, f"{'con dấu' if one.purpose == 'seal' else one.title}, {one.unit}",
             _stamped(one), _worth(one), grouped(one.file_digest)) for one in found]  # fmt: skip
    heads = (("Bước", 12), ("Của ai", 48), ("Là", 48), ("Lúc", 40), ("Giá trị", 42), ("SHA-256 của tệp", 60))
    return _table("Chữ ký số", heads, rows)


def _stamped(one: Shown) -> str:
    if one.timestamp_at is None:
        return f"{_moment(one.at)}, không có dấu thời gian"
    return f"{_moment(one.timestamp_at)} (dấu thời gian)"


def _worth(one: Shown) -> str:
    stands = "chưa bị thay" if one.in_force else "đã thôi giá trị ở bước sau"
    return f"{stands}; chữ ký thử, không có giá trị pháp lý" if one.sample else f"{stands}; mức {one.level}"


def _sendings(found: Sequence[Sending]) -> Table:
    rows = [(str(one.no), f"{one.number}, {vi_date(one.day)}",
             _moment(one.sent_at) + (" (bản giấy)" if one.paper else ""), "; ".join(one.recipients), _receipt(one))
            for one in found]  # fmt: skip
    heads = (("Lần", 12), ("Số, ký hiệu, ngày", 52), ("Gửi lúc", 36), ("Nơi nhận", 75), ("Tiếp nhận", 75))
    return _table("Gửi và nhận", heads, rows)


def _receipt(one: Sending) -> str:
    if one.received_at is None:
        return "chưa vào sổ đến"
    return f"số đến {one.received_number}, {_moment(one.received_at)}, {one.received_by}"


def _said(life: Life) -> list[tuple[str, ...]]:
    """Returns with their reasons, explanations, and requests for more time with their answers, in order."""
    return [(_moment(one.at), f"{one.person}, {one.title}", *told) for one in life.events if (told := _told(one))]


def _told(one: Event) -> tuple[str, str] | None:
    until = f" đến hết ngày {_due(one.until)}" if one.until else ""
    match one.topic, one.what:
        case "step", ("return" | "reopen" | "send_back" | "recall" | "withdraw"):
            words = {"return": "trả lại, sửa", "reopen": "mở lại, sửa", "send_back": "chuyển lại",
                     "recall": "rút về", "withdraw": "thu hồi"}[one.what]  # fmt: skip
            return words + until, ": ".join(filter(None, (one.reason_words, one.words)))
        case "explained", code:
            return f"giải trình ({code})", one.words or ""
        case "asked", kind:
            return _ASKED[kind] + until, one.words or ""
        case "granted", kind:
            late = " (sau hạn: không đổi hạn đã tính)" if one.counts is False and kind in _ASKED else ""
            return _GRANTED[kind] + until + late, one.words or ""
    return None


def _sayings(rows: Sequence[tuple[str, ...]]) -> Table:
    heads = (("Thời điểm", 32), ("Người", 60), ("Việc", 62), ("Lý do, nội dung", 96))
    return _table("Trả lại, giải trình, xin và cho thêm hạn", heads, rows)


def _totals(found: Sequence[Total]) -> Table:
    rows = [
        (
            str(one.depth),
            one.unit,
            one.title,
            one.number or "chưa có số",
            f"bản {one.no}" + ("" if one.part == "whole" else ", chưa trình"),
            grouped(one.digest),
        )
        for one in found
    ]
    heads = (("Bậc", 12), ("Đơn vị", 38), ("Văn bản tổng hợp", 58), ("Số", 28), ("Bản", 24), ("SHA-256", 90))
    return _table("Các bản tổng hợp đã lấy số liệu", heads, rows)


def _proof(life: Life) -> list[Block]:
    last = life.steps[-1]
    found = (f"Khi lập phiếu, chương trình đã tính lại mã băm của {len(life.steps)} bước, {len(life.revisions)} bản "
             "nội dung, mọi số liệu và tổng: không có sai lệch." if not life.faults
             else "Khi lập phiếu, chương trình tính lại và thấy SAI LỆCH: " + "; ".join(life.faults) + ".")  # fmt: skip
    return [
        Paragraph(f"Mã băm đầu chuỗi (SHA-256 của bước {last.seq}): {grouped(last.digest)}", "strong"),
        Paragraph(found),
        Paragraph(
            "Mỗi bước mang mã băm của bước liền trước, nên mã đầu chuỗi nói thay cho mọi bước trước nó. Kiểm tra lại: "
            f"mở trang «Chuỗi bước» của văn bản rồi chọn «Kiểm tra lại chuỗi», hoặc chạy lệnh dondoc audit check "
            f"{life.about.id}. Mã băm của bước {last.seq} phải đúng bằng mã in ở đây; nếu khác, đã có bước bị sửa, bị "
            "chèn hoặc bị bỏ sau ngày lập phiếu. Nội dung của một bản được kiểm tra bằng mã SHA-256 ở mục 4."
        ),
        Paragraph(_NOT_A_SIGNATURE, "strong"),
    ]


def _or_none(found: Sequence[Item], made: Callable[[Sequence[Item]], Table], words: str) -> Sequence[Block]:
    return [made(found)] if found else [Paragraph(words, "blank")]


def _table(summary: str, heads: Sequence[tuple[str, float]], rows: Iterable[Sequence[str]]) -> Table:
    columns = tuple(Column(title, width=width) for title, width in heads)
    return Table(columns, tuple(Row(tuple(row)) for row in rows), 1, summary)


def span_words(stay: timedelta) -> str:
    """How long: "2 ngày 3 giờ", "3 giờ 05 phút", "12 phút"."""
    minutes = int(stay.total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} ngày {hours} giờ" if hours else f"{days} ngày"
    return f"{hours} giờ {rest:02d} phút" if hours else f"{rest} phút"


def _moment(at: datetime) -> str:
    return f"{local(at):%H:%M %d/%m/%Y}"


def _due(moment: datetime) -> str:
    """The day that a deadline belongs to: 24:00 is the end of that day."""
    return vi_date(local_day(moment - timedelta(microseconds=1)))
