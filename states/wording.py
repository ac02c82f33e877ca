"""The office's words for documents and issuers, as they are written in papers."""

from datetime import date

from states.names import split_type

_TERRITORIAL = ("nation", "province", "district", "commune")


def issuer_name(unit: str, level: str) -> str:
    """The issuing body in running text: "Thị xã Đức Phổ" gives "UBND thị xã Đức Phổ"; a body keeps its own name."""
    if level not in _TERRITORIAL:
        return unit
    kind, rest = split_type(unit)
    return f"UBND {kind.lower()} {rest}" if kind else f"UBND {unit}"


def cite(type_name: str, number: str, day: date, issuer: str) -> str:
    """A citation: "Kế hoạch số 74/KH-UBND ngày 11/4/2024 của UBND thị xã Đức Phổ"."""
    return f"{type_name} số {number} ngày {day.day}/{day.month}/{day.year} của {issuer}"
