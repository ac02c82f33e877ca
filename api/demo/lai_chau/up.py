"""Lai Châu, December 2023: the communes' reports come up, with reminders, a return, a paper, and one that is late."""

from datetime import datetime
from hashlib import sha256

from api.demo import show
from api.demo.lai_chau.story import Story, commune_text
from states.periods import LOCAL
from states.reading import board as boards
from states.steps import Paper
from workflows.ladder import LADDER


def reports_come(story: Story) -> None:
    """đôn đốc, báo cáo xã gửi lên"""
    stage, data = story.stage, story.data
    senders = [code for code in story.communes if code not in (data["late"], data["paper"])]
    for day, codes in (
        ("2023-12-12", []),
        ("2023-12-15", []),
        ("2023-12-18", senders[:8]),
        ("2023-12-19", senders[8:]),
    ):
        stage.at(day, 7, 30)
        _remind(story)
        for code in codes:
            stage.at(day, 8)
            commune_sends(story, code, data["first_said"].get(code))
            story.step()
    stage.say("Xã không làm băng rôn ghi «Không»: số 0 được báo cáo, không phải ô trống.")


def commune_sends(story: Story, code: str, first_said: list[int] | None = None) -> str:
    report = story.report(code)
    story.stage.write(report, commune_text(first_said or story.data["communes"][code]))
    return str(story.stage.send(report, "Phòng LĐTB&XH huyện", words="Không có số người nghe theo nam, nữ.").number)


def difficult_ones(story: Story) -> None:
    """trả lại, bản giấy, gửi lại số mới"""
    stage, data = story.stage, story.data
    stage.at("2023-12-19", 13)
    _return_one(story, data["returned"])
    _register_one(story, data["paper"])
    stage.at("2023-12-20", 7, 30)
    _remind(story)
    stage.at("2023-12-20", 8)
    _send_again(story, data["returned"])
    story.step(3)


def _remind(story: Story) -> None:
    """One look at the deadlines, as the flow takes it every quarter of an hour."""
    watched = story.stage.watch()
    climbed = story.told.setdefault("reminded", {})
    for rung, number in watched.climbed.items():
        climbed[rung] = climbed.get(rung, 0) + number
    if watched.climbed:
        ladder = [rung.name for rung in LADDER if rung.name in watched.climbed]
        rungs = ", ".join(f"{_rung(name)}: {watched.climbed[name]} văn bản" for name in ladder)
        story.stage.say(f"Đôn đốc ({rungs}), {watched.notices} tin nhắn.")


def _rung(name: str) -> str:
    """A rung in words: "trước hạn 2 ngày làm việc"."""
    when, _, days = name.partition("-")
    words = {"before": f"trước hạn {days} ngày làm việc", "after": f"quá hạn {days} ngày làm việc"}
    return words.get(when, "đúng ngày hạn")


def _return_one(story: Story, code: str) -> None:
    stage = story.stage
    stage.receive(story.report(code))
    stage.give_back(story.report(code), "figures-wrong", "Một cuộc có 30 nữ dự, danh sách kèm theo có 3: xem lại.",
                    "2023-12-21")  # fmt: skip
    stage.say(f"Phòng LĐTB&XH [yellow]trả lại[/] báo cáo của {story.name(code)} (số liệu sai), hạn gửi lại 21/12.")


def _send_again(story: Story, code: str) -> None:
    stage = story.stage
    again = commune_sends(story, code)
    numbers = [row["number"] for row in stage.rows(_NUMBERS, id=story.report(code))]
    stage.say(f"{story.name(code)} gửi lại với số mới [bold]{again}[/], thay số {numbers[0]}.")
    story.told["returned"] = {"unit": story.name(code), "numbers": numbers}


def _register_one(story: Story, code: str) -> None:
    stage = story.stage
    stage.at("2023-12-19", 15)
    signed = datetime(2023, 12, 18, 9, tzinfo=LOCAL)
    paper = Paper(41, "BC-UBND", signed, "Giàng A Mẫu (mẫu)", stage.now, sha256(b"ban giay mau").digest())
    stage.register(story.report(code), commune_text(story.data["communes"][code]), paper)
    stage.say(f"{story.name(code)} gửi bản giấy 41/BC-UBND: vào sổ, luôn hiện là «ký ngoài hệ thống».")
    story.told["paper"] = {"unit": story.name(code), "number": "41/BC-UBND"}


def look_at_the_board(story: Story) -> None:
    """bảng theo dõi ngày 20/12"""
    stage = story.stage
    stage.at("2023-12-20", 13)
    with stage.transaction() as session:
        board = boards.board(session, story.plan, story.units["district"], stage.now, stage.calendar())
    story.late = board.late
    stage.console.print(show.board(board, "Bảng theo dõi huyện Phong Thổ, 20/12/2023 13:00"))
    story.told["board"] = show.counts(board.counts)
    story.told["late"] = [show.line_data(line) for line in board.late]


_NUMBERS = """
SELECT to_char(number, 'FM9900') || '/' || symbol AS number FROM sending WHERE document_id = %(id)s ORDER BY no
"""
