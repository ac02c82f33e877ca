"""How days, moments, numbers and shares are written on the pages, in either language (Asia/Ho_Chi_Minh)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal, format_percent

from states.errors import Reason
from states.periods import LOCAL
from states.sentences import said

DASH = "–"


def filters(language: str, gettext: Callable[[str], str]) -> dict[str, Callable[..., Any]]:
    """The template filters of one language."""

    def number(value: int | float | Decimal | None, digits: int = 2) -> str:
        if value is None:
            return DASH
        pattern = "#,##0" + ("." + "#" * digits if digits else "")
        return str(format_decimal(value, pattern, locale=language))

    def percent(value: float | None, digits: int = 1) -> str:
        """A share of 0..1 as it is written there: «71,9 %», "71.9%"."""
        if value is None:
            return DASH
        return str(format_percent(value, "#,##0." + "0" * digits + "%", locale=language)).replace("%", "\u00a0%")

    def ago(at: datetime | None, now: datetime) -> str:
        return _ago(at, now, gettext) if at else DASH

    return {
        "day": day, "moment": moment, "clock": clock, "long_day": lambda it: long_day(it, language),
        "number": number, "percent": percent, "ago": ago, "span": lambda it: span(it, gettext), "short": short_unit,
        "said": lambda it: it.said(gettext) if isinstance(it, Reason) else said(it, gettext),
    }  # fmt: skip


def day(value: date | datetime | None) -> str:
    """15/11/2026."""
    if value is None:
        return DASH
    return f"{_local(value):%d/%m/%Y}"


def moment(value: datetime | None) -> str:
    """15/11/2026 09:41."""
    if value is None:
        return DASH
    return f"{_local(value):%d/%m/%Y %H:%M}"


def clock(value: datetime | None) -> str:
    """09:41."""
    return f"{_local(value):%H:%M}" if value else DASH


def long_day(value: date | datetime | None, language: str = "vi") -> str:
    """«ngày 05 tháng 02 năm 2024», with the decree's zeros (Nghị định 30/2020/NĐ-CP, Phụ lục I); "5 February 2024"."""
    if value is None:
        return DASH
    it = _local(value)
    if language == "en":
        return f"{it.day} {it:%B %Y}"
    month = f"{it.month:02d}" if it.month < 3 else str(it.month)
    return f"ngày {it.day:02d} tháng {month} năm {it.year}"


def span(value: timedelta | float | None, gettext: Callable[[str], str]) -> str:
    """A length of time in words: «6 ngày 4 giờ», «35 phút»; a number is hours."""
    if value is None:
        return DASH
    minutes = int((value if isinstance(value, timedelta) else timedelta(hours=value)).total_seconds() // 60)
    days, hours = divmod(minutes // 60, 24)
    if days:
        words = [f"{days} {gettext('ngày')}", f"{hours} {gettext('giờ')}" if hours else ""]
    elif hours:
        words = [f"{hours} {gettext('giờ')}"]
    else:
        words = [f"{minutes} {gettext('phút')}"]
    return " ".join(filter(None, words))


def short_unit(name: str) -> str:
    """A unit's name for narrow places: «Xã Sơn Hà» gives «X. Sơn Hà»."""
    for long, brief in _BRIEF.items():
        if name.startswith(long):
            return brief + name.removeprefix(long)
    return name


_BRIEF = {"Xã ": "X. ", "Phường ": "P. ", "Thị trấn ": "TT. ", "Đặc khu ": "ĐK. ", "Huyện ": "H. ", "Quận ": "Q. ",
          "Thị xã ": "TX. ", "Thành phố ": "TP. ", "Tỉnh ": "T. "}  # fmt: skip


def _local(value: date | datetime) -> date:
    return value.astimezone(LOCAL) if isinstance(value, datetime) else value


def _ago(at: datetime, now: datetime, gettext: Callable[[str], str]) -> str:
    local, today = at.astimezone(LOCAL), now.astimezone(LOCAL)
    days = (today.date() - local.date()).days
    if days == 0:
        return f"{gettext('hôm nay')} {local:%H:%M}"
    if days == 1:
        return f"{gettext('hôm qua')} {local:%H:%M}"
    return f"{local:%d/%m %H:%M}" if local.year == today.year else f"{local:%d/%m/%Y}"
