"""Moments as people say them."""

from __future__ import annotations

from datetime import date, datetime

from states.periods import LOCAL


def moment(day: str, hour: int = 9, minute: int = 0) -> datetime:
    """That day (ISO) at that hour, Asia/Ho_Chi_Minh."""
    on = date.fromisoformat(day)
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=LOCAL)
