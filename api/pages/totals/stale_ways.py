"""How an old total is made anew: exactly what the engine allows this person now, else whose turn it is."""

from dataclasses import dataclass

from sqlmodel import Session

from api.auth import Caller
from api.pages.totals import place as totals_place
from api.pages.totals.place import Total
from api.pages.totals.words import Say
from states import steps
from states.lifecycle import Action

RUN, REVISE, RECALL, ELSEWHERE = "run", "revise", "recall", ""


@dataclass(frozen=True)
class Way:
    """What the page offers. `kind`: the act, empty where there is none for him here. `words`: what it does and what
    comes after, or who can do it. `why`: a reason has to be given. `link`: where the act is, if it is elsewhere.
    """

    kind: str
    words: str
    button: str = ""
    why: bool = False
    link: str = ""


def way(session: Session, total: Total, by: Caller, above: str | None, say: Say) -> Way:
    """The way for him now. `above`: the unit whose total this one has gone into, or goes to."""
    open_now = {action for action, reasons in steps.allowed(session, total.id, by.held.actor, by.at)
                if all(reason.place == "reason" for reason in reasons)}  # fmt: skip
    runs = totals_place.may_run(total, by)
    told = {"unit": total.unit, "above": above or ""}
    if total.closed:
        return Way(ELSEWHERE, say(_("Kế hoạch đã kết thúc; số đã ký giữ nguyên, chênh lệch chỉ để xem.")))
    if total.open:
        return Way(RUN, say(_OPEN), say(_("Tổng hợp lại"))) if runs else Way(ELSEWHERE, say(_OPEN_OTHERS) % told)
    if total.state == "signed":
        return _signed(open_now, runs, say, told)
    if total.state == "submitted":
        return _sent(total, open_now, runs, say, told)
    if Action.REOPEN in open_now:
        return Way(ELSEWHERE, say(_REOPEN) % told, link=f"/van-ban/{total.id}")
    return Way(ELSEWHERE, say(_FROM_THE_TOP) % told)


def _signed(open_now: set[Action], runs: bool, say: Say, told: dict[str, str]) -> Way:
    if Action.REVISE not in open_now:
        return Way(ELSEWHERE, say(_SIGNED_OTHERS) % told)
    if runs:
        return Way(REVISE, say(_SIGNED_RUN), say(_("Lấy lại để sửa và tổng hợp lại")))
    return Way(REVISE, say(_SIGNED_ONLY) % told, say(_("Lấy lại để sửa")))


def _sent(total: Total, open_now: set[Action], runs: bool, say: Say, told: dict[str, str]) -> Way:
    if Action.RECALL in open_now:
        if runs:
            return Way(RECALL, say(_SENT_RUN), say(_("Rút về và tổng hợp lại")), why=True)
        return Way(RECALL, say(_SENT_ONLY) % told, say(_("Rút về")), why=True)
    if Action.RETURN in open_now:
        return Way(ELSEWHERE, say(_RETURN) % told, link=f"/van-ban/{total.id}")
    return Way(ELSEWHERE, say(_SENT_OTHERS) % told)


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


_OPEN = _("Bản tổng hợp còn là dự thảo: tổng hợp lại sẽ nhận số mới và bỏ số đang sửa ra, các bản cũ vẫn được giữ.")
_OPEN_OTHERS = _("Bản tổng hợp còn là dự thảo; lãnh đạo hoặc người theo dõi của %(unit)s bấm «Tổng hợp lại».")
_SIGNED_RUN = _("Bản tổng hợp đã ký, chưa gửi: lấy lại thì chữ ký hết hiệu lực (vẫn còn trong lịch sử), số được cộng "
                "lại, rồi trình ký lần nữa.")  # fmt: skip
_SIGNED_ONLY = _("Lấy lại thì chữ ký hết hiệu lực (vẫn còn trong lịch sử); sau đó lãnh đạo hoặc người theo dõi của "
                 "%(unit)s tổng hợp lại.")  # fmt: skip
_SIGNED_OTHERS = _("Bản tổng hợp đã ký; người soạn hoặc lãnh đạo của %(unit)s lấy lại để sửa, rồi tổng hợp lại.")
_SENT_RUN = _("Bản tổng hợp đã gửi, cấp trên chưa tổng hợp: rút về, cộng lại, rồi trình ký và gửi lại. Bản đã gửi vẫn "
              "còn trong lịch sử.")  # fmt: skip
_SENT_ONLY = _("Rút về thì bản tổng hợp thành dự thảo; sau đó người theo dõi của %(unit)s tổng hợp lại.")
_SENT_OTHERS = _("Bản tổng hợp đã gửi; lãnh đạo của %(unit)s rút về, hoặc %(above)s trả lại, rồi mới tổng hợp lại.")
_RETURN = _("Bản tổng hợp đã gửi đến đơn vị bạn: trả lại cho %(unit)s để tổng hợp lại (mở văn bản, chọn «Trả lại»).")
_REOPEN = _("Số này đã vào bản tổng hợp của %(above)s: mở lại báo cáo của %(unit)s để tổng hợp lại từ trên xuống "
            "(mở văn bản, chọn «Mở lại»).")  # fmt: skip
_FROM_THE_TOP = _("Số này đã vào bản tổng hợp của %(above)s. Mở lại từ trên xuống: %(above)s mở lại báo cáo này trước, "
                  "rồi %(unit)s tổng hợp lại.")  # fmt: skip
