"""Tables, indicators, money and activities against the facts: each fact meets the reading that fits it best, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from documents.reading.events import Event
from documents.reading.folding import key
from documents.reading.incoming import Incoming
from documents.reading.indicator import Indicator
from documents.reading.measuring_marks import Mark, as_figure, canonical, equal, mark
from documents.reading.model import Read
from documents.reading.tables import ReadTable

Facts = Mapping[str, Any]
_NEAR = 3
"""Lines between a fact's place and a reading's; a wrapped sentence has several lines."""


def tables(read: Incoming, facts: Facts) -> Iterator[Mark]:
    """Caption, columns and every cell; a table is right when all of it is."""
    for at, said in enumerate(facts.get("tables") or []):
        found = read.tables[at].value if at < len(read.tables) else None
        cells = list(_cells(said, found))
        yield from cells
        yield Mark(
            "bảng nguyên vẹn",
            f"bảng {at + 1}",
            "đủ",
            "đủ" if all(one.right for one in cells) else "sai",
            True,
            all(one.right for one in cells),
        )
    for more in read.tables[len(facts.get("tables") or []) :]:
        yield Mark("bảng nguyên vẹn", "bảng thêm", None, more.value.title, False, False)


def _cells(said: Facts, found: ReadTable | None) -> Iterator[Mark]:
    label = f"bảng {said.get('no')}"
    if said.get("title"):
        yield mark("bảng: tên", label, said["title"], found.title if found else None)
    for at, name in enumerate(said["columns"]):
        yield mark(
            "bảng: cột", f"{label} cột {at + 1}", name, found.columns[at] if found and at < len(found.columns) else None
        )
    for row, values in enumerate(said["rows"]):
        for at, value in enumerate(values):
            own = found.rows[row][at] if found and row < len(found.rows) and at < len(found.rows[row]) else None
            yield mark("bảng: ô", f"{label} ô {row + 1},{at + 1}", value, own or None)


def indicators(read: Incoming, facts: Facts) -> Iterator[Mark]:
    """Numerator, denominator, percentages with bounds; the name by its words; the line."""
    left = list(read.indicators)
    for said in facts.get("indicators") or []:
        wanted = _wanted(said)
        best = max(left, key=lambda one: _fit(wanted, _given(one.value), one, said), default=None)
        if best is None or not any(_given(best.value).get(name) == value for name, value in wanted.items() if value):
            best = None
        given = _given(best.value) if best else {}
        for name, value in wanted.items():
            if value is not None:
                yield mark("chỉ tiêu", f"{said['name']}: {name}", value, given.get(name), lambda a, b: a == b)
        yield Mark(
            "chỉ tiêu: tên gọi",
            str(said["name"]),
            said["name"],
            best.value.name if best else None,
            True,
            best is not None and _named(said["name"], best),
        )
        if "line" in said:
            near = best is not None and abs(best.place.line - said["line"]) <= _NEAR
            yield Mark("vị trí", f"{said['name']}: dòng", said["line"], best.place.line if best else None, True, near)
        if best is not None:
            left.remove(best)


def _wanted(said: Facts) -> dict[str, str | None]:
    """The facts' figures under the names that readings have too."""
    female, total = said.get("female"), said.get("total")
    change = said.get("change_stated")
    moved = as_figure(change.replace("tăng ", "").replace("giảm ", "-")) if change else None
    return {
        "female": as_figure(female), "male": as_figure(said.get("male")), "total": as_figure(total),
        "numerator": as_figure(said.get("numerator")), "denominator": as_figure(said.get("denominator")),
        "percent_female": as_figure(said.get("percent_female_stated")),
        "percent_male": as_figure(said.get("percent_male_stated")),
        "value": as_figure(said.get("value_stated")), "change": moved,
    }  # fmt: skip


def _given(one: Indicator) -> dict[str, str | None]:
    women = one.sex == "female"
    return {
        "female": canonical(one.numerator) if women else canonical(one.other) if one.sex == "male" else None,
        "male": canonical(one.other) if women else canonical(one.numerator) if one.sex == "male" else None,
        "total": canonical(one.denominator) if one.sex else None,
        "numerator": None if one.sex else canonical(one.numerator),
        "denominator": None if one.sex else canonical(one.denominator),
        "percent_female": canonical(one.percent) if women else None,
        "percent_male": canonical(one.other_percent) if women else canonical(one.percent),
        "value": canonical(one.percent), "change": canonical(one.change),
    }  # fmt: skip


def _fit(
    wanted: Mapping[str, str | None], given: Mapping[str, str | None], one: Read[Indicator], said: Facts
) -> tuple[int, float]:
    agree = sum(given.get(name) == value for name, value in wanted.items() if value is not None)
    near = 1.0 if abs(one.place.line - said.get("line", one.place.line)) <= _NEAR else 0.0
    words = set(key(str(said["name"])).split())
    return agree, near + len(words & set(key(one.value.name).split())) / max(len(words), 1)


def _named(said: str, best: Read[Indicator]) -> bool:
    """Half of the facts' own words stand in the name (people shorten and turn names round)."""
    words = {word for word in key(said).split() if word not in ("nu", "so", "cua", "va", "duoc", "trong", "nam")}
    return len(words & set(key(f"{best.value.name} {best.raw}").split())) >= 0.5 * len(words)


def sums(read: Incoming, facts: Facts) -> Iterator[Mark]:
    """Amounts of money in đồng, in their order, and their lines."""
    left = list(read.money)
    for said in facts.get("money") or []:
        wanted = as_figure(said.get("amount")) if "amount" in said else as_figure(said["amount_vnd"])
        hit = next((one for one in left if one.value.amount.canonical == wanted), None)
        yield mark(
            "tiền", f"{said.get('what')}", wanted, hit.value.amount.canonical if hit else None, lambda a, b: a == b
        )
        if "line" in said:
            near = hit is not None and abs(hit.place.line - said["line"]) <= _NEAR
            yield Mark("vị trí", f"{said.get('what')}: dòng", said["line"], hit.place.line if hit else None, True, near)
        if hit is not None:
            left.remove(hit)
    if "money" in facts:
        for more in left:
            yield Mark("tiền", "tiền thêm", None, more.raw, False, False)


def activities(read: Incoming, facts: Facts) -> Iterator[Mark]:
    """Counts, people, men, women, how long; each activity meets the event that agrees with it most."""
    for said in facts.get("activities") or []:
        wanted = {name: as_figure(said.get(name)) for name in ("count", "participants", "male", "female")}
        best = max(read.events, key=lambda one: _agree(wanted, one, said), default=None)
        given = _figures(best.value) if best else {}
        for name, value in wanted.items():
            if value is not None:
                yield mark("hoạt động", f"{said['what']}: {name}", value, given.get(name), lambda a, b: a == b)
        if said.get("duration"):
            yield mark(
                "hoạt động", f"{said['what']}: duration", said["duration"], best.value.duration if best else None, equal
            )
        if "/" in str(said.get("count", "")):
            yield mark(
                "hoạt động",
                f"{said['what']}: per",
                str(said["count"]).rsplit("/", 1)[1],
                best.value.per if best else None,
                equal,
            )


def _figures(event: Event) -> dict[str, str | None]:
    return {
        "count": canonical(event.count),
        "participants": canonical(event.participants),
        "male": canonical(event.male),
        "female": canonical(event.female),
    }


def _agree(wanted: Mapping[str, str | None], one: Read[Event], said: Facts) -> tuple[int, float]:
    given = _figures(one.value)
    agree = sum(given[name] == value for name, value in wanted.items() if value is not None)
    words: Sequence[str] = key(str(said["what"])).split()
    return agree, len(set(words) & set(key(f"{one.value.what} {one.raw}").split())) / max(len(words), 1)
