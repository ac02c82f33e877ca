"""The words of a timeline: what somebody did, said, asked for or was given, by its kind."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from api.pages.document.places import anchor
from api.pages.vocabulary import ACTION_ICONS, DONE
from states.periods import LOCAL
from states.reading.timeline import Event

Say = Callable[[str], str]
_ONE_TICK = timedelta(microseconds=1)


def event_words(event: Event, say: Say) -> str:
    """What was done, after the name of who did it."""
    if event.topic == "step":
        return say(DONE[event.what])
    told = {"until": f"{due_day(event.until):%d/%m/%Y}" if event.until else ""}
    if event.topic == "call" and event.until:
        return say(_("gọi điện, được hẹn ngày %(until)s")) % {"until": f"{event.until.astimezone(LOCAL):%d/%m/%Y}"}
    words = _WORDS.get((event.topic, event.what)) or _WORDS.get((event.topic, "")) or event.topic
    return say(words) % told


def event_icon(event: Event) -> str:
    """Its icon."""
    return ACTION_ICONS.get(event.what, "circle-dashed") if event.topic == "step" else _ICONS[event.topic]


def event_tone(event: Event) -> str:
    """Its colour: a step has that of the state it led to, save moves inside a state."""
    if event.topic != "step":
        return "draft"
    return {"sign": "signed", "submit": "submitted", "register": "submitted", "receive": "submitted",
            "return": "returned", "reopen": "returned", "send_back": "returned", "recall": "returned",
            "consolidate": "consolidated"}.get(event.what, "draft")  # fmt: skip


def due_day(moment: datetime) -> date:
    """The local day that a deadline belongs to: 00:00 is the 24:00 of the day before."""
    return (moment - _ONE_TICK).astimezone(LOCAL).date()


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


_WORDS = {
    ("call", ""): _("gọi điện nhắc"),
    ("question", ""): _("hỏi"),
    ("answer", ""): _("trả lời"),
    ("comment", ""): _("ghi ý kiến"),
    ("asked", "extension"): _("xin gia hạn đến hết ngày %(until)s"),
    ("asked", "waiver"): _("xin miễn báo cáo"),
    ("granted", "extension"): _("gia hạn đến hết ngày %(until)s"),
    ("granted", "waiver"): _("cho miễn báo cáo"),
    ("granted", "refusal"): _("giữ nguyên hạn"),
    ("granted", "amendment"): _("đổi hạn chung đến hết ngày %(until)s"),
    ("granted", "cancellation"): _("hủy nghĩa vụ báo cáo"),
    ("reminder", ""): _("nhắc hạn"),
    ("explained", ""): _("giải trình"),
    ("received", ""): _("ghi số đến"),
    ("contribution", ""): _("ghi nhận đóng góp"),
}
_ICONS = {
    "call": "phone", "question": "message-question", "answer": "message-circle", "comment": "message-circle",
    "asked": "clock", "granted": "calendar", "reminder": "bell-ringing", "explained": "info-circle",
    "received": "inbox", "contribution": "users",
}  # fmt: skip
TOOLS = {"event_words": event_words, "event_icon": event_icon, "event_tone": event_tone, "due_day": due_day,
         "anchor": anchor, "COUNTRY": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
         "MOTTO": "Độc lập - Tự do - Hạnh phúc"}  # fmt: skip
"""What the templates of a document call."""
