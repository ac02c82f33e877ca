"""What is said and asked beside the papers: calls with promises, questions, requests, reminders, contributions."""

from datetime import date, datetime

from api.demo.midway.extras import HO_CHI_MINH, QUANG_NGAI
from api.demo.stage import Stage
from documents import contributing
from states import duties, notes, offices
from states.policy import Actor, Holder
from states.reading.standings import Line
from workflows import deadlines


def play(stage: Stage, plan: int) -> None:
    """In the last days before the moment, in Quảng Ngãi and Thành phố Hồ Chí Minh."""
    for unit in (QUANG_NGAI, HO_CHI_MINH):
        place = stage.unit(unit)
        stage.at("2026-12-28", 8, 30)
        late = stage.board(plan, place).late
        _remind(stage, place, late)
        _call(stage, place, late)
        _ask_for_time(stage, late[2:8:2])
    _talk(stage, plan)
    _contribute(stage, plan)


def _remind(stage: Stage, place: int, late: list[Line]) -> None:
    """The supervisor's own reminders: of all on Thursday, of the worst again on Monday."""
    for day, lines, words in (("2026-12-24", late, "Đề nghị gửi trước ngày 28/12 để kịp tổng hợp (mẫu)."),
                              ("2026-12-28", late[:6], "Tỉnh trình ký báo cáo ngày 30/12 (mẫu).")):  # fmt: skip
        stage.at(day, 8, 40)
        by = _sits(stage, place, "supervisor")
        with stage.transaction() as session:
            deadlines.remind(session, [one.document_id for one in lines], by, stage.now, words, stage.calendar())


def _call(stage: Stage, place: int, late: list[Line]) -> None:
    """Some promise a day and keep it, some don't; who picks up says why."""
    by = _sits(stage, place, "supervisor")
    for at, line in enumerate(late[: len(_CALLS)]):
        on, words, promised = _CALLS[at]
        stage.at(on, 9, 5 + 7 * at)
        with stage.transaction() as session:
            day = date.fromisoformat(promised) if promised else None
            notes.call(session, line.document_id, words, by, stage.now, promised=day)


def _ask_for_time(stage: Stage, late: list[Line]) -> None:
    """Asked too late to count, and waiting for an answer."""
    until = stage.calendar().due_at(date(2026, 12, 30))
    for minutes, line in enumerate(late):
        stage.at("2026-12-28", 15, 10 + 9 * minutes)
        with stage.transaction() as session:
            duties.ask(session, line.document_id, "extension", until, "Lãnh đạo đi công tác, xin lùi đến 30/12 (mẫu).",
                       _sits(stage, line.unit_id, "drafter"), stage.now)  # fmt: skip


def _talk(stage: Stage, plan: int) -> None:
    """Questions up and down, one of them answered; one comment on a place."""
    province = stage.unit(QUANG_NGAI)
    wards, supervisor = stage.below(province, "commune"), _sits(stage, province, "supervisor")
    monday = stage.at("2026-12-28")
    lines = [line for line in stage.board(plan, province).lines if line.sent_at and line.level == "commune"]
    sent = sorted((line for line in lines if _sent_at(line) < monday and line.received), key=_sent_at, reverse=True)
    for number, line in enumerate(sent[: len(_FROM_ABOVE)]):
        stage.at("2026-12-28", 10 + number, 20)
        question = _ask(stage, line.document_id, _FROM_ABOVE[number], supervisor, "rows.1")
        if number == 1:
            _answer(stage, question, _sits(stage, line.unit_id, "drafter"))
    for code, (called, words) in _FROM_BELOW.items():
        stage.at("2026-12-28", 16, int(code) % 60)
        _ask(stage, stage.owed(plan, wards[code]), words, _sits(stage, wards[code], called))
    with stage.transaction() as session:
        words = "Phần khó khăn viết rõ, nên đưa vào báo cáo của tỉnh (mẫu)."
        notes.comment(session, sent[0].document_id, words, supervisor, stage.now, place="texts.difficulties")


def _ask(stage: Stage, document: int, words: str, by: Holder, place: str | None = None) -> int:
    """About the content that was put up last."""
    with stage.transaction() as session:
        seen = session.connection().exec_driver_sql(_NEWEST, {"id": document}).scalar()
        return notes.ask(session, document, words, by, stage.now, place=place, revision_id=seen)


def _answer(stage: Stage, question: int, by: Holder) -> None:
    with stage.transaction() as session:
        notes.answer(session, question, "Đã đối chiếu danh sách ký nhận, số liệu đúng (mẫu).", by, stage.later(hours=3))


def _contribute(stage: Stage, plan: int) -> None:
    """A ward's draft and the province's total ask others for their part; some have given it."""
    province = stage.unit(QUANG_NGAI)
    ward = stage.below(province, "commune")["21478"]
    for unit, asked in ((ward, _IN_WARD), (province, _IN_PROVINCE)):
        report, holder = stage.owed(plan, unit), _sits(stage, unit, "drafter")
        for number, (name, channel, given_by, figures) in enumerate(asked):
            stage.at("2026-12-23", 8, 10 + number)
            with stage.transaction() as session:
                until = stage.calendar().due_at(date(2026, 12, 25 if number % 2 else 30))
                one = contributing.ask(session, report, name, holder, stage.now, "Số liệu Tháng hành động (mẫu)", until,
                                       asked_only=name.startswith("Hội"))  # fmt: skip
                if channel:
                    contributing.give(session, one, {"rows": [figures]}, given_by, channel, holder,
                                      stage.at("2026-12-24", 10, number))  # fmt: skip


def _sent_at(line: Line) -> datetime:
    assert line.sent_at is not None
    return line.sent_at


def _sits(stage: Stage, unit: int, called: str) -> Holder:
    actor: Actor = stage.who(unit, called)
    with stage.transaction() as session:
        return offices.holder(session, actor, stage.today).holder


def _event(row: int, label: str, events: str, men: str, women: str) -> dict[str, object]:
    return {"table": 1, "row": row, "label": label, "values": {"1": events, "2": men, "3": women}}


_NEWEST = "SELECT max(id) FROM revision WHERE document_id = %(id)s AND part = 'whole'"
_CALLS = (
    ("2026-12-28", "Văn thư nói Phó Chủ tịch đi họp, chiều mai ký (mẫu).", "2026-12-29"),
    ("2026-12-24", "Công chức tham mưu hứa gửi trong ngày 25/12 (mẫu).", "2026-12-25"),
    ("2026-12-28", "Đang chờ số liệu của hai trường học (mẫu).", "2026-12-30"),
    ("2026-12-28", "Không ai nghe máy, gọi lại sau (mẫu).", None),
    ("2026-12-24", "Mạng chập chờn do mưa lũ; hứa gửi trước 28/12 (mẫu).", "2026-12-28"),
    ("2026-12-28", "Đã trình ký từ thứ Sáu, sẽ nhắc lãnh đạo (mẫu).", "2026-12-29"),
    ("2026-12-28", "Công chức nghỉ ốm, người thay hứa làm trong tuần (mẫu).", "2026-12-31"),
)
_FROM_ABOVE = (
    "Lễ phát động ghi nhiều nữ hơn hẳn năm trước, có tính cả học sinh không? (mẫu)",
    "Một cuộc tập huấn hay hai? Kế hoạch của xã ghi hai cuộc (mẫu).",
    "Số băng rôn đã gồm băng rôn do tỉnh cấp chưa? (mẫu)",
    "Kinh phí vận động để trống là không có hay chưa có số? (mẫu)",
)
_FROM_BELOW = {
    "21025": ("vice", "Số lượt tiếp cận trên Zalo lấy từ đâu? (mẫu)"),
    "21478": ("drafter", "Trường học trên địa bàn báo cho phường hay cho Sở? (mẫu)"),
    "21172": ("drafter", "Phần phối hợp với Hội Phụ nữ viết ở mục nào của mẫu? (mẫu)"),
    "21235": ("drafter", "Đã ký sáng nay, số văn bản lấy theo sổ năm 2026 phải không? (mẫu)"),
}
_Asked = tuple[tuple[str, str | None, str, dict[str, object]], ...]
_IN_WARD: _Asked = (
    ("Trường Tiểu học số 1 (mẫu)", "phone", "Hiệu trưởng (mẫu)", _event(2, "Sinh hoạt dưới cờ", "2", "210", "204")),
    ("Trạm Y tế phường (mẫu)", None, "", {}),
    ("Công an phường (mẫu)", "message", "Phó trưởng Công an (mẫu)", _event(5, "Nắm tình hình", "1", "4", "2")),
    ("Hội Liên hiệp Phụ nữ phường (mẫu)", None, "", {}),
)
_IN_PROVINCE: _Asked = (
    ("Sở Giáo dục và Đào tạo (mẫu)", "paper", "Văn phòng Sở (mẫu)", _event(6, "Hội thi tìm hiểu", "1", "180", "240")),
    ("Sở Y tế (mẫu)", None, "", {}),
    ("Công an tỉnh (mẫu)", None, "", {}),
    ("Hội Liên hiệp Phụ nữ tỉnh (mẫu)", "program", "Ban Chính sách (mẫu)", _event(2, "Tọa đàm", "3", "40", "220")),
)
