"""Tables, indicators, money and activities against the facts: each fact meets the reading that fits it best, once.

A paper's sentence may be an indicator to one careful reader and an activity to another ("165 người dự, nữ 98"), and
some list a table's total among the indicators: what was read rightly under another heading, or as a cell under its
column, is right. It never makes an invented value. A rise or fall may be told with its figure or alone, a target that
has no result is the figure, and a fall is below zero on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from documents.reading.events.told import Event
from documents.reading.folding import key
from documents.reading.incoming import Incoming
from documents.reading.indicators.indicator import Indicator, Sex
from documents.reading.measuring.marks import Mark, as_figure, canonical, equal, mark
from documents.reading.measuring.same import same_caption, same_cell
from documents.reading.measuring.tables import of_tables, sums_of_tables
from documents.reading.model import Read
from documents.reading.tables.squaring import ReadTable
from states.figures import Figure

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
        yield mark("bảng: tên", label, said["title"], found.title if found else None, same_caption)
    for at, name in enumerate(said["columns"]):
        yield mark(
            "bảng: cột", f"{label} cột {at + 1}", name, found.columns[at] if found and at < len(found.columns) else None
        )
    for row, values in enumerate(said["rows"]):
        for at, value in enumerate(values):
            own = found.rows[row][at] if found and row < len(found.rows) and at < len(found.rows[row]) else None
            if value is None and found and (row, at) in found.across:
                own = None  # one cell over two columns: the facts tell it apart from both
            yield mark("bảng: ô", f"{label} ô {row + 1},{at + 1}", value, own or None, same_cell)


def indicators(read: Incoming, facts: Facts) -> Iterator[Mark]:
    """Numerator, denominator, percentages with bounds; the name by its words; the line."""
    left = list(read.indicators)
    elsewhere = [*_as_indicators(read.events), *_as_changes(read.indicators), *of_tables(read.tables)]
    for said in facts.get("indicators") or []:
        wanted = _wanted(said)
        best = _best(wanted, left, said)
        other = _best(wanted, [one for one in elsewhere if _akin(said["name"], one.value.name)], said)
        if other and (not best or _fit(wanted, _given(other.value, said), other, said)[0] > _fit(
                wanted, _given(best.value, said), best, said)[0]):  # fmt: skip
            best = other
        given = _given(best.value, said) if best else {}
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
        if best in left:
            left.remove(best)


def _best(wanted: Mapping[str, str | None], found: list[Read[Indicator]], said: Facts) -> Read[Indicator] | None:
    best = max(found, key=lambda one: _fit(wanted, _given(one.value, said), one, said), default=None)
    given = _given(best.value, said) if best else {}
    return best if any(given.get(name) == value for name, value in wanted.items() if value) else None


def _as_indicators(events: Sequence[Read[Event]]) -> Iterator[Read[Indicator]]:
    """Who came to an event, as women of all."""
    for one in events:
        own = one.value
        if own.participants or own.female or own.male:
            sex: Sex = "female" if own.female or own.male else ""
            part = own.female if sex else own.participants
            value = Indicator(own.what, part, own.participants if sex else None, None, sex, own.male)
            yield Read(value, one.raw, one.place)


def _wanted(said: Facts) -> dict[str, str | None]:
    """The facts' figures under the names that readings have too."""
    female, total = said.get("female"), said.get("total")
    change = said.get("change_stated")
    moved = as_figure(change.replace("tăng ", "").replace("giảm ", "")) if change else None
    moved = f"-{moved}" if change and moved and "giảm" in change else moved
    alone = said.get("is_target") and said.get("numerator") is None and said.get("value_stated") is None
    return {
        "female": as_figure(female), "male": as_figure(said.get("male")), "total": as_figure(total),
        "numerator": as_figure(said.get("numerator")), "denominator": as_figure(said.get("denominator")),
        "percent_female": as_figure(said.get("percent_female_stated")),
        "percent_male": as_figure(said.get("percent_male_stated")),
        "value": as_figure(said.get("target_stated") if alone else said.get("value_stated")), "change": moved,
    }  # fmt: skip


def _given(one: Indicator, said: Facts) -> dict[str, str | None]:
    women = one.sex == "female"
    alone = all(said.get(name) is None for name in ("female", "male", "numerator", "denominator"))  # "500 trẻ" are 500
    counted = None if one.sex and said.get("female") is not None else one.numerator  # "250 phụ nữ" are 250 in all
    return {
        "female": canonical(one.numerator) if women else canonical(one.other) if one.sex == "male" else None,
        "male": canonical(one.other) if women else canonical(one.numerator) if one.sex == "male" else None,
        "total": canonical(counted or one.denominator if alone else one.denominator or counted),
        "numerator": None if one.sex else canonical(one.numerator),
        "denominator": None if one.sex else canonical(one.denominator),
        "percent_female": canonical(one.percent) if women else None,
        "percent_male": canonical(one.other_percent) if women else canonical(one.percent),
        "value": canonical(one.percent or (None if one.denominator else one.numerator)),
        "change": canonical(one.moved_by or one.change) or _signed(one),
    }  # fmt: skip


def _as_changes(indicators: Sequence[Read[Indicator]]) -> Iterator[Read[Indicator]]:
    """Some list a rise or fall as an indicator of its own."""
    for one in indicators:
        if moved := one.value.moved_by:
            word: Literal["tăng", "giảm"] = "giảm" if moved.amount < 0 else "tăng"
            by = Indicator(f"{one.value.name} {word} so với", Figure(abs(moved.amount), moved.bound), moved=word)
            yield replace(one, value=by)


def _signed(one: Indicator) -> str | None:
    return {"tăng": "", "giảm": "-"}[one.moved] + one.numerator.canonical if one.moved and one.numerator else None


def _fit(
    wanted: Mapping[str, str | None], given: Mapping[str, str | None], one: Read[Indicator], said: Facts
) -> tuple[int, float]:
    agree = sum(given.get(name) == value for name, value in wanted.items() if value is not None)
    near = 1.0 if abs(one.place.line - said.get("line", one.place.line)) <= _NEAR else 0.0
    words = set(key(str(said["name"])).split())
    return agree, near + len(words & set(key(one.value.name).split())) / max(len(words), 1)


def _akin(said: Any, found: str) -> bool:
    """A third of the words and two at least: a figure alone, found somewhere else, proves nothing."""
    words = set(key(str(said)).split())
    return len(words & set(key(found).split())) >= max(len(words) / 3, 2)


def _named(said: str, best: Read[Indicator]) -> bool:
    """Half of the facts' own words stand in the name (people shorten and turn names round)."""
    words = {word for word in key(said).split() if word not in ("nu", "so", "cua", "va", "duoc", "trong", "nam")}
    return len(words & set(key(f"{best.value.name} {best.raw}").split())) >= 0.5 * len(words)


def sums(read: Incoming, facts: Facts) -> Iterator[Mark]:
    """Amounts of money in đồng, in their order, and their lines."""
    left, cells = list(read.money), sums_of_tables(read.tables)
    for said in facts.get("money") or []:
        wanted = as_figure(said.get("amount")) if "amount" in said else as_figure(said["amount_vnd"])
        akin = (one for one in cells if _akin(said.get("what"), one.value.what))
        hit = next((one for one in [*left, *akin] if one.value.amount.canonical == wanted), None)
        yield mark(
            "tiền", f"{said.get('what')}", wanted, hit.value.amount.canonical if hit else None, lambda a, b: a == b
        )
        if "line" in said:
            near = hit is not None and abs(hit.place.line - said["line"]) <= _NEAR
            yield Mark("vị trí", f"{said.get('what')}: dòng", said["line"], hit.place.line if hit else None, True, near)
        if hit in left:
            left.remove(hit)
    if "money" in facts:
        for more in left:
            yield Mark("tiền", "tiền thêm", None, more.raw, False, False)


def activities(read: Incoming, facts: Facts) -> Iterator[Mark]:
    """Counts, people, men, women, how long; each activity meets the event that agrees with it most."""
    for said in facts.get("activities") or []:
        wanted = {name: as_figure(said.get(name)) for name in ("count", "participants", "male", "female")}
        counts = _as_events(read.indicators)
        akin = [one for one in counts if _akin(said["what"], f"{one.value.what} {one.value.unit} {one.raw}")]
        found = [*read.events, *akin]
        best = max(found, key=lambda one: _agree(wanted, one, said), default=None)
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


def _as_events(indicators: Sequence[Read[Indicator]]) -> Iterator[Read[Event]]:
    """Things handed out and people reached that were read as counts."""
    for one in indicators:
        own = one.value
        if own.numerator and not own.denominator:
            yield Read(Event(own.name, own.numerator, own.unit), one.raw, one.place)
            yield Read(Event(own.name, None, participants=own.numerator), one.raw, one.place)
        elif own.sex == "female" and own.denominator:
            women = Event(own.name, None, participants=own.denominator, male=own.other, female=own.numerator)
            yield Read(women, one.raw, one.place)


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
