"""How much is read rightly: fields right over fields present, against facts that a careful reader wrote down.

Honest rules: values are equal in their normal form with their marks (Thổ is not Thỏ); bounds and partial dates
belong to the value; a value where the facts have none counts as invented; what nobody tries to read is named.

What is forgiven, and no more: a number of the facts is met by a cell that says it the Vietnamese way (1175: "1.175");
kinds of period, levels and two roles have two names (`same`); a parent that the facts name as a body is the
line above the issuer; the unit above, the province and the days of a period that the reader concluded from lists and
rules are not measured where the facts, which hold what is printed, leave them out; a whole may be called total or
denominator; a figure that the facts list among indicators, activities or sums is right where it was read as another of
these or as a table's cell under its column (`lists`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.reading.cited.reference import Reference
from documents.reading.folding import key
from documents.reading.incoming import Incoming
from documents.reading.measuring.lists import activities, indicators, sums, tables
from documents.reading.measuring.marks import Mark, mark
from documents.reading.measuring.same import (
    begins,
    level_of,
    like,
    same_body,
    same_level,
    same_number,
    same_period,
    same_role,
    same_symbol,
)
from documents.reading.model import Read
from documents.reading.names.words import abbreviation_of

NOT_TRIED = ("facts", "hotlines", "theme", "difficulties", "recommendations", "lessons", "causes",
             "negative_findings", "lifecycle", "anomalies", "ocr", "budget_statement", "other_references",
             "basis_checks", "subject")  # fmt: skip
"""Facts that are read by nobody here, or only as the text of a section."""

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Count:
    """Fields right of fields present, and values told where there is nothing."""

    right: int
    present: int
    invented: int

    @property
    def share(self) -> float:
        """Right of present, 0..1; 1 where nothing was to be read."""
        return self.right / self.present if self.present else 1.0


def measure(read: Incoming, facts: Facts) -> list[Mark]:
    """Every field of the facts with what was read for it."""
    found = [*_issuer(read, facts), *_head(read, facts), *_signer(read, facts), *_references(read, facts)]
    found += [
        *_lists(read, facts),
        *tables(read, facts),
        *indicators(read, facts),
        *sums(read, facts),
        *activities(read, facts),
    ]
    return found


def count(marks: Sequence[Mark]) -> Count:
    """All marks together."""
    present = [one for one in marks if one.present]
    return Count(
        sum(one.right for one in present), len(present), sum(not one.present and not one.right for one in marks)
    )


def by_kind(marks: Sequence[Mark]) -> dict[str, Count]:
    """Counts for each kind of field, in their first order."""
    return {
        kind: count([one for one in marks if one.kind == kind]) for kind in dict.fromkeys(one.kind for one in marks)
    }


def _issuer(read: Incoming, facts: Facts) -> Iterator[Mark]:
    issuer = facts.get("issuer") or {}
    unit = read.unit.value
    yield mark("cơ quan ban hành", "issuer.name", issuer.get("name"), read.issuer.value, same_body)
    yield mark("đơn vị", "issuer.unit", issuer.get("unit"), unit.name if unit else None)
    level = level_of(read.issuer.value or "", unit.level) if unit else None
    yield mark("đơn vị", "issuer.level", issuer.get("level"), level, same_level)
    yield from _above(read, issuer)
    codes = issuer.get("code_2tier_before") or issuer.get("code") or issuer.get("codes")
    if codes:
        code = list(codes.values())[-1] if isinstance(codes, Mapping) else codes
        yield mark("đơn vị", "issuer.code", int(code), int(unit.code) if unit else None)
    if "parent_line" in issuer:
        yield mark(
            "cơ quan cấp trên (dòng đầu)",
            "issuer.parent_line",
            issuer["parent_line"],
            read.parent_line.value,
            same_body,
        )


def _above(read: Incoming, issuer: Facts) -> Iterator[Mark]:
    """What stands above by the facts: a unit, or the body on the line above; what they leave out was only concluded."""
    if parent := issuer.get("parent"):
        line, unit = read.parent_line.value, read.parent_unit.value
        found = line if line and same_body(parent, line) else unit
        yield mark("đơn vị cấp trên", "issuer.parent", parent, found, same_body)
    if province := issuer.get("province"):
        yield mark("đơn vị cấp trên", "issuer.province", province, read.province.value)


def _head(read: Incoming, facts: Facts) -> Iterator[Mark]:
    yield mark("số", "number", facts.get("number"), read.number.value, same_number)
    yield mark("ký hiệu", "symbol", facts.get("symbol"), read.symbol.value, same_symbol)
    said = read.date.value.iso if read.date.value else None
    yield mark("ngày", "date", facts.get("date") or facts.get("date_partial"), said or None)
    yield mark("địa danh", "place", facts.get("place"), read.place.value)
    yield mark("tên loại", "doc_type", facts.get("doc_type"), read.type_word.value)
    if "type_abbr" in facts:
        yield mark("tên loại", "type_abbr", facts["type_abbr"], abbreviation_of(read.type_word.value or "") or None)
    yield mark("trích yếu", "title", facts.get("title"), read.title.value)
    if "national_motto_present" in facts:
        yield Mark(
            "quốc hiệu",
            "national_motto_present",
            facts["national_motto_present"],
            read.motto,
            True,
            facts["national_motto_present"] == read.motto,
        )
    if period := facts.get("period"):
        yield from _period(read, period)


def _period(read: Incoming, said: Facts) -> Iterator[Mark]:
    """Kind and year; the days only where the facts have them: otherwise a rule says them, no paper."""
    own = read.period.value if read.period else None
    name = f"{own.kind} {own.index or ''}".strip() if own else None
    yield mark("kỳ", "period.kind", said.get("kind"), name,
               lambda kind, _: own is not None and same_period(kind, own.kind, own.index))  # fmt: skip
    yield mark("kỳ", "period.year", said.get("year"), own.year if own else None)
    for edge, day in (("start", own.first if own else None), ("end", own.last if own else None)):
        if said.get(edge):
            yield mark("kỳ", f"period.{edge}", said[edge], day.isoformat() if day else None)


def _signer(read: Incoming, facts: Facts) -> Iterator[Mark]:
    said, own = facts.get("signer") or {}, read.signer.value
    for name, value in (("name", own.name), ("position", own.position), ("authority", own.authority),
                        ("on_behalf_of", own.on_behalf_of), ("concurrent_position", own.also)):  # fmt: skip
        if name in said:
            yield mark("người ký", f"signer.{name}", said[name], value)


def _references(read: Incoming, facts: Facts) -> Iterator[Mark]:
    """Each paper cited: found at all, its date, issuer, part; then which of them is answered."""
    basis = facts.get("basis") or []
    for said in basis:
        one = _cited(read.references, said)
        label = f"{said.get('number')}/{said.get('symbol')}"
        yield Mark("căn cứ: số, ký hiệu", label, label, one.value.code if one else None, True, one is not None)
        own = one.value if one else None
        yield mark("căn cứ: ngày", f"{label} date", said.get("date"), own.date.iso or None if own else None)
        yield mark("căn cứ: cơ quan", f"{label} issuer", said.get("issuer"), own.issuer if own else None, same_body)
        if "role" in said:
            yield mark("căn cứ: vai trò", f"{label} role", said["role"], own.role if own else None, same_role)
        if said.get("title"):
            yield mark("căn cứ: nội dung", f"{label} title", said["title"], own.title if own else None, like)
    answered = _answered(facts)
    if answered or "basis" in facts:
        found = read.answers.value.code if read.answers else None
        yield mark("văn bản được trả lời", "answers", answered, found, lambda a, b: key(str(a)) == key(str(b)))


def _answered(facts: Facts) -> str | None:
    """The letter that asks for it, else the plan above, else guidance from above, else the own plan."""
    basis = facts.get("basis") or []
    if stated := facts.get("answers"):
        return str(stated)
    for roles in (("answers",), ("parent_plan",), ("superior_guidance", "request"), ("own_plan",)):
        for one in basis:
            if one.get("role") in roles:
                return f"{one['number']}/{one['symbol']}"
    return None


def _cited(references: Sequence[Read[Reference]], said: Facts) -> Read[Reference] | None:
    """By number and symbol; a law has neither and is known by its name."""
    if not said.get("number") and not said.get("symbol"):
        nameless = (one for one in references if not one.value.number)
        return next((one for one in nameless if like(said.get("title"), one.value.words)), None)
    for one in references:
        if same_number(said.get("number"), one.value.number) and same_symbol(said.get("symbol"), one.value.symbol):
            return one
    return None


def _lists(read: Incoming, facts: Facts) -> Iterator[Mark]:
    """Recipients, addressees, groups of tasks, who carries them out: each item found, in the same words."""
    kinds: tuple[tuple[str, str, Sequence[Read[str]], Callable[[Any, Any], bool]], ...] = (
        ("recipients", "nơi nhận", read.recipients, same_body),
        ("addressees", "kính gửi", read.addressees, same_body),
        ("task_groups", "nhóm nhiệm vụ", read.task_groups, begins),
        ("assignees", "phân công", read.assignees, begins),
    )  # fmt: skip
    for name, kind, found, same in kinds:
        if name not in facts:
            continue
        left = [one.value for one in found]
        for item in facts[name] or []:
            said = item if isinstance(item, str) else item.get("name") or item.get("title")
            hit = next((one for one in left if same(said, one)), None)
            yield Mark(kind, f"{name}: {said}", said, hit, True, hit is not None)
            left = [one for one in left if one is not hit]
        for more in left:
            yield Mark(kind, f"{name} thêm", None, more, False, False)
