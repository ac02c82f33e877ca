"""Many small things in one message (bản tin tổng hợp), for those to whom many wards report.

A person with more than `MANY` waiting notices that are not urgent gets one message about all of them. What failed
together is tried again together, so that a digest keeps its identity over its attempts.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from notifications.claims import Waiting
from notifications.matters import Matter

MANY = 5
LINES = 20
"""How many units a digest names under one heading; the rest is counted."""

Bundle = tuple[Waiting, ...]


def bundles(waiting: Iterable[Waiting]) -> list[Bundle]:
    """Which notices go out as one message, in the order in which they wait."""
    groups: dict[Hashable, list[Waiting]] = defaultdict(list)
    for notice in waiting:
        groups[_together(notice)].append(notice)
    return [bundle for key, group in groups.items() for bundle in _bundled(key, group)]


def subject(told: Sequence[Matter]) -> str:
    """Đôn Đốc: 12 việc (7 Đã gửi, 5 Việc mới), hạn sớm nhất 18/12/2026."""
    counts: dict[str, int] = defaultdict(int)
    for matter in told:
        counts[matter.label] += 1
    what = ", ".join(f"{count} {label.lower()}" for label, count in counts.items())
    dues = sorted((m.due for m in told if m.due), key=lambda due: due.order)
    return f"{len(told)} việc ({what})" + (f", hạn sớm nhất {dues[0].short}" if dues else "")


def context(told: Sequence[Matter]) -> dict[str, Any]:
    """What the digest's template shows: matters grouped by label and title, at most `LINES` of each named."""
    groups: dict[tuple[str, str], list[Matter]] = defaultdict(list)
    for matter in told:
        groups[matter.label, matter.title].append(matter)
    shown = [
        {"label": label, "title": title, "count": len(group), "matters": group[:LINES], "more": len(group[LINES:])}
        for (label, title), group in groups.items()
    ]
    return {"groups": shown, "count": len(told)}


def _together(notice: Waiting) -> Hashable:
    """What was claimed at one moment was one message; fresh ones gather by person unless they are urgent."""
    if notice.claimed_at is not None:
        return "again", notice.to.person_id, notice.claimed_at
    return ("alone", notice.matter.notice_id) if notice.matter.urgent else ("fresh", notice.to.person_id)


def _bundled(key: Hashable, group: list[Waiting]) -> list[Bundle]:
    fresh = isinstance(key, tuple) and key[0] == "fresh"
    return [tuple(group)] if not fresh or len(group) > MANY else [(notice,) for notice in group]
