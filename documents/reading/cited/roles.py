"""What part a paper plays among those that another cites (căn cứ pháp lý, kế hoạch cấp trên, quyết định giao …)."""

from __future__ import annotations

import re

from documents.reading.cited.reference import Reference
from documents.reading.folding import fold
from documents.reading.names import bodies
from documents.reading.names.own_unit import Own

_DEPARTMENT = re.compile(r"(?:so|phong|chi cuc|trung tam|tram|van phong)\b")
_OF_CENTRE = re.compile(r"^QĐ-(?:TTg|CTN|B[A-ZĐ]{1,8})$")
_SETS = re.compile(r"\b(?:giao|phan bo|dieu chinh) (?:\w+ ){0,2}(?:chi tieu|ke hoach|du toan|von|nhiem vu)\b")


def role_of(reference: Reference, own: Own) -> str:
    """The part that a paper plays among what another cites, by its type, its symbol and who issued it."""
    symbol, title, issuer = reference.symbol, fold(reference.title), fold(bodies.canonical(reference.issuer))
    if re.search(r"/(ĐU|TU|HU|TW|BCT|QU|ThU|TVTU)|-(ĐU|TU|HU|TW)$", symbol) or "dang uy" in issuer:
        return "party_resolution"
    if reference.type_word == "Nghị quyết" and re.search(r"-(?:CP|HĐND|HDND)$|QH\d", symbol):
        return "legal"
    if "/" in reference.number or reference.type_word in ("Nghị định", "Thông tư", "Luật", "Bộ luật", "Pháp lệnh"):
        return "legal"
    if reference.type_word in ("Kế hoạch", "Chương trình"):
        if re.search(r"giai doan|den nam 20|chien luoc|\d{4}\s?-\s?\d{4}", title):
            return "programme_plan"
        return "own_plan" if _is_ours(reference, own) else "parent_plan"
    if reference.type_word in ("Công văn", "Hướng dẫn", "Công điện", "Thông báo", "Văn bản"):
        return "own_document" if _is_ours(reference, own) else "superior_guidance"
    return _of_decision(symbol, title) if reference.type_word == "Quyết định" else "other"


def _of_decision(symbol: str, title: str) -> str:
    """The Prime Minister's and the ministries' make rules, unless they set somebody targets; others do mostly that."""
    return "legal" if _OF_CENTRE.search(symbol) and not _SETS.search(title) else "target_decision"


def _is_ours(reference: Reference, own: Own) -> bool:
    """Whether our own body issued it: to a department the unit's committee is the body above (a Ban is part of it)."""
    above = bodies.canonical(reference.issuer).startswith("UBND") and _DEPARTMENT.match(fold(own.issuer))
    return own.is_own(reference.issuer) and not above
