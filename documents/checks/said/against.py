"""Against another period (so với cùng kỳ): which way it went, where a rate of the other period or both ends tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.papers.sentences import sentences, shortened
from documents.checks.registry import rule
from documents.checks.said.phrases import Quantity, quantities
from documents.reading.folding import fold
from states.figures import Figure

_ALL = Decimal(100)
_NEAR = Decimal("0.11")
"""How far a rate and a change may be rounded apart."""
_RATE = re.compile(r"\b(?:bang|dat)(?: khoang)?$|\b(?:dat ty le|bang ty le)$")
_THEN = re.compile(
    r"^(?:(?:so )?(?:voi|sanh voi)?\s*)(?:thuc hien |muc )?(?:cua )?(?:cung ky|nam truoc|nam ngoai|ky truoc|"
    r"thang truoc|quy truoc|"
    r"cung thoi diem)\b[^\d%]{0,30}"
)
_GOAL = re.compile(r"\b(?:ke hoach|du toan|chi tieu|muc tieu|nghi quyet)\b")
_MOVED = re.compile(
    r"(?<!\w)(?P<way>tăng|giảm|cao hơn|thấp hơn|nhiều hơn|ít hơn)(?: thêm| được| là| lên| đi)?\s*$", re.I
)
_UP = ("tăng", "cao hơn", "nhiều hơn")
_THAN = re.compile(
    r"^[^;.\d]{0,45}\b(?:so với|so sánh với|hơn)\b[^;.\d()]{0,40}\(?\s*(?:(?:là|có|năm 20\d\d|cùng kỳ)\s*:?\s*)*$", re.I
)


@rule("change-way-differs", "explain", "Ghi tăng mà số liệu giảm, hoặc ngược lại",
      "A rise is told where it fell, or the reverse",
      example="bằng 92,3% so với cùng kỳ, tăng 7,7%; từ 120 hộ xuống còn 135 hộ")  # fmt: skip
def change_way_differs(paper: Paper) -> Iterator[Hit]:
    """A rate of the period before under 100 is a fall; from A down to B, B is less; A and B told with so với."""
    for one in sentences(paper):
        found = quantities(one.text)
        for wrong in (*_of_rates(one.text, found), *_of_ends(one.text, found), *_of_both(one.text, found)):
            said, why = wrong
            yield Hit(one.place, f"Ghi «{said}», nhưng {why}: «{shortened(one.text)}»",
                      f"«{said}» is said, its own figures say otherwise", (said, why))  # fmt: skip


def _of_rates(text: str, found: tuple[Quantity, ...]) -> Iterator[tuple[str, str]]:
    """As "bằng 92,3% cùng kỳ, tăng 7,7%"."""
    for rate, moved in zip(found, found[1:], strict=False):
        way = _MOVED.search(text[: moved.start])
        if not (way and rate.percent and moved.percent and _exact(rate, moved)) or not _RATE.search(rate.before):
            continue
        between = fold(text[rate.end : way.start()])
        if not _THEN.match(between.strip()) or _GOAL.search(between) or len(between) > 60:
            continue
        up, change = way["way"].lower() in _UP, abs(rate.figure.amount - _ALL)
        right = "tăng" if rate.figure.amount > _ALL else "giảm"
        if change and (up != (right == "tăng") or abs(change - moved.figure.amount) > _NEAR):
            yield f"{way['way'].lower()} {moved.raw}", f"bằng {rate.raw} cùng kỳ là {right} {Figure(change)}%"


def _of_ends(text: str, found: tuple[Quantity, ...]) -> Iterator[tuple[str, str]]:
    """As "giảm từ 120 hộ xuống còn 135 hộ"."""
    for first, last in zip(found, found[1:], strict=False):
        between = text[first.end : last.start]
        to = re.fullmatch(
            r"(?:[^;.,\d]|20\d\d){0,45}?\b(?P<to>xuống(?: còn)?|lên(?: đến| tới|"
            r" thành)?)\s*",
            between,
            re.I,
        )
        led = re.search(r"(?<!\w)từ\s*$", text[: first.start], re.I)
        if not (to and led and _exact(first, last)) or first.percent != last.percent or first.money != last.money:
            continue
        down = to["to"].lower().startswith("xuống")
        if first.figure.amount != last.figure.amount and down != (last.figure.amount < first.figure.amount):
            yield f"từ {first.raw} {to['to']} {last.raw}", f"{last.raw} {'cao' if down else 'thấp'} hơn {first.raw}"


def _of_both(text: str, found: tuple[Quantity, ...]) -> Iterator[tuple[str, str]]:
    """As "48,2 %, cao hơn 3,1 điểm phần trăm so với cùng kỳ (51,3 %)": of percentages, whose change is in points."""
    for now, moved, then in zip(found, found[1:], found[2:], strict=False):
        way = _MOVED.search(text[: moved.start])
        points = moved.percent or moved.after.startswith("diem")
        if not (way and now.percent and then.percent and points and _exact(now, moved, then)):
            continue
        if not re.fullmatch(r"\s*[,;(]?\s*", text[now.end : way.start()]) or not _THAN.match(
            text[moved.end : then.start]
        ):
            continue
        up = way["way"].lower() in _UP
        apart = now.figure.amount - then.figure.amount
        if apart and up != (apart > 0):
            yield (
                f"{way['way'].lower()} {moved.raw}",
                f"từ {then.raw} đến {now.raw} là {'tăng' if apart > 0 else 'giảm'}",
            )


def _exact(*found: Quantity) -> bool:
    return all(one.figure.is_exact and one.of is None for one in found)
