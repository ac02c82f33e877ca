"""What each kind of notice says (mẫu câu báo tin): a label for subject and digest, and one sentence.

The sentences are Jinja texts over `Matter`. A topic that stands not here says its bare facts, and never fails.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """`label`: two or three words before the title; `sentence`: what happened and what is to be done.

    `open`: whether its deadline still matters to whoever reads it.
    """

    label: str
    sentence: str
    open: bool = True


PLAIN = Topic("Thông báo", "Có tin mới về {{ m.paper }}{{ m.of_unit }}.")

TOPICS: dict[str, Topic] = {
    # ── steps ──
    "open": Topic("Việc mới", "{{ m.unit or 'Đơn vị' }} cần {{ m.duty }} {{ m.paper }}."),
    "assign": Topic("Giao việc", "Ông/bà được giao xử lý {{ m.paper }}{{ m.of_unit }}."),
    "present": Topic("Trình ký", "{{ m.paper }}{{ m.of_unit }} đã được trình, đang chờ ký."),
    "send_back": Topic("Chuyển lại", "{{ m.paper }}{{ m.of_unit }} được chuyển lại để hoàn thiện."),
    "sign": Topic("Đã ký", "{{ m.paper }}{{ m.of_unit }} đã ký, chờ lấy số và gửi."),
    "submit": Topic("Đã gửi", "{{ m.unit or 'Đơn vị' }} đã gửi {{ m.paper }}.", open=False),
    "recall": Topic("Rút về", "{{ m.unit or 'Đơn vị' }} đã rút {{ m.paper }} về để sửa."),
    "register": Topic("Đã vào sổ", "{{ m.paper }}{{ m.of_unit }}, ký ngoài hệ thống, đã được vào sổ.", open=False),
    "return": Topic("Trả lại", "{{ m.paper }}{{ m.of_unit }} bị trả lại, cần sửa và gửi lại."),
    "reopen": Topic("Mở lại", "{{ m.paper }}{{ m.of_unit }} được mở lại sau tổng hợp, cần sửa và gửi lại."),
    "withdraw": Topic(
        "Thu hồi",
        "{{ m.paper }}{{ m.of_unit }} đã bị thu hồi; báo cáo chưa gửi theo kế hoạch này không phải gửi nữa.",
        open=False,
    ),
    # ── talk beside a document; its words stay in the system, for they may quote the report ──
    "question": Topic("Câu hỏi", "{{ m.by or 'Đơn vị khác' }} hỏi về {{ m.paper }}{{ m.of_unit }}, đang chờ trả lời."),
    "answer": Topic("Trả lời", "{{ m.by or 'Đơn vị khác' }} đã trả lời câu hỏi về {{ m.paper }}{{ m.of_unit }}."),
    # ── the log (workflows.sealing) ──
    "checkpoint": Topic(
        "Mốc niêm phong",
        "Nhật ký đã được niêm phong; xin giữ nguyên văn mốc dưới đây ở nơi người quản trị không sửa được.",
        open=False,
    ),
    # ── the ladder (workflows.deadlines) ──
    "reminder-before": Topic(
        "Sắp đến hạn", "{{ m.paper }}{{ m.of_unit }} sắp đến thời hạn {{ m.verb }}{{ m.days_words(', còn ') }}."
    ),
    "reminder-due": Topic("Đến hạn", "Hôm nay là thời hạn {{ m.verb }} {{ m.paper }}{{ m.of_unit }}."),
    "overdue": Topic("Quá hạn", "{{ m.late }}."),
    "escalation-chair": Topic("Báo cáo Chủ tịch", "{{ m.late }}; kính báo cáo Chủ tịch chỉ đạo."),
    "escalation-above": Topic("Chuyển cấp trên", "{{ m.late }}; chuyển cấp trên đôn đốc."),
    "return-due": Topic(
        "Hạn gửi lại", "{{ m.paper }}{{ m.of_unit }} đã bị trả lại, cần gửi lại theo thời hạn dưới đây."
    ),
    "manual-reminder": Topic(
        "Đôn đốc",
        "{{ m.by or 'Đơn vị theo dõi' }} đề nghị {{ m.unit or 'đơn vị' }} khẩn trương {{ m.verb }} {{ m.paper }}.",
    ),
}

STOPS_WHEN_SENT = (
    "reminder-before", "reminder-due", "overdue", "escalation-chair", "escalation-above", "return-due",
    "manual-reminder",
)  # fmt: skip
"""What is not said any more once the document has been sent or waived, though it was written before."""


def of(topic: str) -> Topic:
    """The topic's words, or plain ones."""
    return TOPICS.get(topic, PLAIN)
