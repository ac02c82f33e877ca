"""When a value that was read is the one of the facts: bodies, numbers, cells, kinds that are named in two ways."""

from __future__ import annotations

import re
from typing import Any

from documents.reading.folding import fold, key, squeeze
from documents.reading.measuring.marks import as_figure, equal, plain
from documents.reading.names import bodies
from documents.reading.tables.captions import caption_of
from states.figures import BadFigure, Figure

_PERIODS = {"half": ("half_year", "H"), "quarter": ("quarter", "Q")}
_ROLES = {"request": ("superior_guidance",), "answers": ("superior_guidance",), "proposal": ("other",)}
"""Roles for which the reader has a wider word, or none: a letter that asks is guidance, a Tờ trình is «other»."""
_FAMILIES = (
    ("union", r"hoi\b(?! dong)|ban thuong vu hoi|ban chap hanh|doan\b|lien doan|cong doan|mat tran|uy ban mat tran|"
              r"uy ban mttq|ubmttq|mttq"),
    ("party", r"dang\b|dang uy|dang bo|huyen uy|tinh uy|thanh uy|thi uy|quan uy|chi bo"),
    ("unit", r"so\b|phong|tram|trung tam|truong|chi cuc|cuc\b|thanh tra|cong an|bo chi huy|ban chi huy|ban quan ly|"
             r"van phong|vien\b|benh vien|toa an|to\b|doi\b"),
)  # fmt: skip
_LEVELS = {"commune": "ward"}
_SAME_FAMILY = {"department": "unit", "agency": "unit", "office": "unit", "organization": "union", "front": "union"}


def same_body(said: Any, found: Any) -> bool:
    """One body, however it is shortened (UBND, Ủy ban nhân dân)."""
    return plain(re.sub(r"\s*\(not stated\)", "", bodies.canonical(str(said)))) == plain(bodies.canonical(str(found)))


def same_number(said: Any, found: Any) -> bool:
    """Without leading zeros."""
    return str(said or "").lstrip("0") == str(found or "").lstrip("0")


def same_symbol(said: Any, found: Any) -> bool:
    """Without blanks and case."""
    return squeeze(str(said)).upper() == squeeze(str(found)).upper()


def like(said: Any, found: Any) -> bool:
    """Titles that a person shortened: most of their words, in the other's."""
    words = set(key(str(said)).split())
    return len(words & set(key(str(found)).split())) >= 0.7 * len(words)


def begins(said: Any, found: Any) -> bool:
    """Headings that a person shortened: the words of the facts, without (đề nghị) and the like."""
    short, long = (plain(bodies.canonical(re.sub(r"\(.*?\)|^Đề nghị ", "", str(one)))) for one in (said, found))
    return equal(short, long) or f" {short} " in f" {long} " or like(short, long)


def same_caption(said: Any, found: Any) -> bool:
    """A table's caption; the number before it ("II.", "Bảng 2:") does not count."""
    return equal(caption_of(str(said)), caption_of(str(found)))


def same_cell(said: Any, found: Any) -> bool:
    """A number of the facts is the cell read by Vietnamese rules ("1.175", "03", "3,40"); words are words."""
    if equal(said, found) and not (isinstance(said, int | float) and _number(found) is None):
        return True
    number = as_figure(said) if isinstance(said, int | float) else _number(said) if "%" in str(said) else None
    return number is not None and number == _number(found)


def _number(cell: Any) -> str | None:
    """A cell that is one exact number and nothing else, a percent sign apart."""
    said = re.sub(r"\s*%$", "", str(cell).strip())
    if not re.fullmatch(r"-?\d[\d.,\s]*", said):
        return None
    try:
        return Figure.parse(said).figure.canonical
    except BadFigure:
        return None


def same_period(said: Any, kind: str, index: int | None) -> bool:
    """Kinds by either name: "half_year" is H1 or H2, "quarter" any of Q1..Q4, which the title's words tell apart."""
    plain_name, letter = _PERIODS.get(kind, (kind, ""))
    return str(said) in (kind, plain_name, f"{letter}{index}" if letter else kind)


def same_role(said: Any, found: Any) -> bool:
    """The reader's own words, and for two of the facts' words the reader's wider one."""
    return found == said or found in _ROLES.get(str(said), ())


def level_of(body: str, level: str) -> str:
    """A level of the tree with the family of the body that issues: ward, ward_unit, ward_union, province_unit …"""
    said = fold(body)
    own = _LEVELS.get(level, level)
    family = next((name for name, words in _FAMILIES if re.match(words, said)), "")
    return f"{own}_{family}" if family else own


def same_level(said: Any, found: Any) -> bool:
    """Facts that say only the level are content with it; those that name the family ask for it too."""
    wanted, own = (_parted(str(one)) for one in (said, found))
    return wanted[0] == own[0] and wanted[1] in ("", own[1])


def _parted(level: str) -> tuple[str, str]:
    first, _, family = level.replace("commune", "ward").partition("_")
    return first, _SAME_FAMILY.get(family, family)
