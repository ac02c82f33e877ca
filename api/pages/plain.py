"""Pages without the rail: for whoever is not signed in, holds no office, or must do one thing before all others."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from api.deps import Now, OfMachine
from api.pages import language
from api.pages.rendering import html
from api.pages.shell import FLASH, nonce, said
from states.attempts import Refusal
from states.settings import Settings


@dataclass(frozen=True)
class Plain:
    """One look at such a page."""

    request: Request
    machine: Settings
    now: datetime

    @property
    def language(self) -> str:
        """The language chosen in this browser."""
        return language.chosen(self.request)

    @property
    def say(self) -> Callable[[str], str]:
        """How a sentence is said in that language."""
        return language.say(self.language)

    def page(self, template: str, status: int = 200, /, **facts: Any) -> HTMLResponse:
        """The page in the browser's language."""
        told = said(self.request)
        more = {"visit": self, "nonce": nonce(self.request), "now": self.now, "said": told,
                "office_name": self.machine.office}  # fmt: skip
        answer = html(template, self.language, status, **more, **facts)
        if told:
            answer.delete_cookie(FLASH, httponly=True, samesite="lax")
        return answer


def plain(request: Request, at: Now, machine: OfMachine) -> Plain:
    """The look."""
    return Plain(request, machine, at)


Looking = Annotated[Plain, Depends(plain)]


def refused(refusal: Refusal, say: Callable[[str], str]) -> str:
    """A no in words, with the wait where there is one."""
    if refusal.wait is None:
        return say(refusal.words)
    return say(WAIT) % {"n": math.ceil(refusal.wait / timedelta(minutes=1))}


def status_of(refusal: Refusal) -> int:
    """The status of the page that says a no."""
    return 429 if refusal.wait is not None else 422


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


WAIT = _("Đã thử sai nhiều lần; thử lại sau %(n)s phút.")
WORDS = (
    _("Tên đăng nhập hoặc mật khẩu không đúng."),
    _("Tài khoản này đã đóng; liên hệ quản trị của đơn vị."),
    _("Mật khẩu tạm đã quá 7 ngày; nhờ quản trị của đơn vị cấp mật khẩu mới."),
    _("Mật khẩu hiện tại không đúng."),
    _("Mã không đúng; xem lại giờ của điện thoại rồi nhập mã đang hiện."),
    _("Mã này đã dùng rồi; chờ mã tiếp theo (không quá 30 giây)."),
    _("Đã quá 5 phút hoặc tài khoản vừa thay đổi; đăng nhập lại từ đầu."),
    _("Danh tính này chưa gắn với ai trong hệ thống; nhờ quản trị của đơn vị gắn."),
    _("Ông/bà chưa có tài khoản đang mở; liên hệ quản trị của đơn vị."),
    _("Bạn đăng nhập đã lâu; đăng xuất rồi đăng nhập lại, sau đó làm tiếp."),
)
"""What the engine's refusals say (`states.attempts.Refusal`), for translation."""
