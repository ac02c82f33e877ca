"""How much is read rightly: fields right over fields present, against facts that a careful reader wrote down.

Honest rules: values are equal in their normal form with their marks (Thổ is not Thỏ); bounds and partial dates
belong to the value; a value where the facts have none counts as invented; what nobody tries to read is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.reading import bodies
from documents.reading.folding import key, squeeze
from documents.reading.incoming import Incoming
from documents.reading.measuring_lists import activities, indicators, sums, tables
from documents.reading.measuring_marks import Mark, equal, mark, plain
from documents.reading.model import Read
from documents.reading.references import Reference
from documents.reading.words import abbreviation_of

NOT_TRIED = ("facts", "hotlines", "theme", "difficulties", "recommendations", "lessons", "causes",
             "negative_findings", "lifecycle", "anomalies", "ocr", "budget_statement", "other_references",
             "basis_checks", "subject")  # fmt: skip
"""Facts that are read by nobody here, or only as the text of a section."""

Facts = Mapping[str, Any]
_PERIODS = {"half": {1: "H1", 2: "H2"}, "quarter": {n: f"Q{n}" for n in range(1, 5)}}


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
    yield mark("cơ quan ban hành", "issuer.name", issuer.get("name"), read.issuer.value, _same_body)
    yield mark("đơn vị", "issuer.unit", issuer.get("unit"), unit.name if unit else None)
    level = {"province": "province", "district": "district", "commune": "ward"}.get(unit.level) if unit else None
    yield mark("đơn vị", "issuer.level", issuer.get("level"), level)
    yield mark("đơn vị cấp trên", "issuer.parent", issuer.get("parent"), read.parent_unit.value)
    yield mark("đơn vị cấp trên", "issuer.province", issuer.get("province"), read.province.value)
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
            _same_body,
        )


def _head(read: Incoming, facts: Facts) -> Iterator[Mark]:
    yield mark("số", "number", facts.get("number"), read.number.value, _same_number)
    yield mark("ký hiệu", "symbol", facts.get("symbol"), read.symbol.value, _same_symbol)
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
        own = read.period.value if read.period else None
        kind = _PERIODS.get(own.kind, {}).get(own.index or 0, own.kind) if own else None
        yield mark("kỳ", "period.kind", period.get("kind"), kind)
        yield mark("kỳ", "period.year", period.get("year"), own.year if own else None)
        for name, day in (("start", own.first if own else None), ("end", own.last if own else None)):
            if name in period:
                yield mark("kỳ", f"period.{name}", period[name], day.isoformat() if day else None)


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
        yield mark("căn cứ: cơ quan", f"{label} issuer", said.get("issuer"), own.issuer if own else None, _same_body)
        if "role" in said:
            yield mark("căn cứ: vai trò", f"{label} role", said["role"], own.role if own else None)
        if said.get("title"):
            yield mark("căn cứ: nội dung", f"{label} title", said["title"], own.title if own else None, _like)
    answered = _answered(facts)
    if answered or "basis" in facts:
        found = read.answers.value.code if read.answers else None
        yield mark("văn bản được trả lời", "answers", answered, found, lambda a, b: key(str(a)) == key(str(b)))


def _answered(facts: Facts) -> str | None:
    """The plan above, else guidance from above, else the own plan."""
    basis = facts.get("basis") or []
    if stated := facts.get("answers"):
        return str(stated)
    for role in ("parent_plan", "superior_guidance", "own_plan"):
        for one in basis:
            if one.get("role") == role:
                return f"{one['number']}/{one['symbol']}"
    return None


def _cited(references: Sequence[Read[Reference]], said: Facts) -> Read[Reference] | None:
    for one in references:
        if _same_number(said.get("number"), one.value.number) and _same_symbol(said.get("symbol"), one.value.symbol):
            return one
    return None


def _lists(read: Incoming, facts: Facts) -> Iterator[Mark]:
    """Recipients, addressees, groups of tasks, who carries them out: each item found, in the same words."""
    kinds: tuple[tuple[str, str, Sequence[Read[str]], Callable[[Any, Any], bool]], ...] = (
        ("recipients", "nơi nhận", read.recipients, _same_body),
        ("addressees", "kính gửi", read.addressees, _same_body),
        ("task_groups", "nhóm nhiệm vụ", read.task_groups, _begins),
        ("assignees", "phân công", read.assignees, _begins),
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


def _same_body(said: Any, found: Any) -> bool:
    return plain(re.sub(r"\s*\(not stated\)", "", bodies.canonical(str(said)))) == plain(bodies.canonical(str(found)))


def _same_number(said: Any, found: Any) -> bool:
    return str(said or "").lstrip("0") == str(found or "").lstrip("0")


def _same_symbol(said: Any, found: Any) -> bool:
    return squeeze(str(said)).upper() == squeeze(str(found)).upper()


def _like(said: Any, found: Any) -> bool:
    """Titles that a person shortened: most of their words, in the other's."""
    words = set(key(str(said)).split())
    return len(words & set(key(str(found)).split())) >= 0.7 * len(words)


def _begins(said: Any, found: Any) -> bool:
    """Headings that a person shortened: the words of the facts, without (đề nghị) and the like."""
    short, long = (plain(bodies.canonical(re.sub(r"\(.*?\)|^Đề nghị ", "", str(one)))) for one in (said, found))
    return equal(short, long) or f" {short} " in f" {long} " or _like(short, long)
