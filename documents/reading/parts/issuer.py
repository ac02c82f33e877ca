"""Who issued a paper (cơ quan ban hành): letterhead, opening, closing, caption and symbol witness."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from documents.reading.folding import fold, key, squeeze
from documents.reading.model import NOWHERE, Line, Place, Read
from documents.reading.names import bodies
from documents.reading.names.casing import as_written, sentence_case
from documents.reading.names.gazetteer import Gazetteer, Match, Mention
from documents.reading.names.own_unit import Own
from documents.reading.parts.layout import Parts
from documents.reading.parts.letterheads import letterhead
from states.names import short_name

_ACTS = (
    r"(?:bao cao|ban hanh|xay dung|thong bao|de nghi|trinh|huong dan|yeu cau|kinh de nghi|tran trong|to chuc|kinh moi)"
)
_OWNED = re.compile(r"\btren day la (?:toan bo )?(?:noi dung )?(?:bao cao|ke hoach) cua\s*$")
_IN_PERIOD = re.compile(r"[\s,]*(?:trong )?(?:(?:6|9|sau|chin) thang(?: dau| cuoi)?|quy [ivx\d]+)?[\s,]*nam 20\d\d\W*$")
_OF_OTHERS = re.compile(
    r"\b(?:ke hoach|chuong trinh|cong van|chi thi|nghi quyet|quyet dinh|huong dan|chi dao|de an)\b[^.;]*$"
)
_LETTERHEAD = 2.0
"""The letterhead outweighs every sentence and the symbol; the others are weighed against each other."""
_MARKED = {fold(one): one for one in ("tỉnh", "thành phố", "quận", "huyện", "thị xã", "xã", "phường", "thị trấn",
                                      "đặc khu")}  # fmt: skip
_GUESSED = 0.6
"""How sure a unit is that no part of the head names."""
_LEVEL = {"province": "province", "district": "district", "commune": "ward"}


@dataclass(frozen=True, slots=True)
class Witness:
    """One place of the paper that names the issuer."""

    name: str
    place: Place
    weight: float
    where: str


@dataclass(frozen=True, slots=True)
class Issued:
    """The issuer's name, the body above it in the letterhead, its unit, and the paper's own view of units."""

    name: Read[str | None]
    parent_line: Read[str | None]
    own: Own


def issued(
    parts: Parts, opening: str, closing: str, symbol: str | None, whole: str, gazetteer: Gazetteer, day: date,
    place: str | None = None,
) -> Issued:  # fmt: skip
    """Weigh the witnesses; the unit is that of `day`. `place` stands before the date: an office writes its unit's."""
    head = letterhead(parts.left)
    unsure = Own(gazetteer, day, squeeze(whole))
    head = [(as_written(name, unsure.context), line) for name, line in head]
    witnesses = list(_witnesses(head, parts, opening, closing))
    named = _unit(witnesses, unsure, parts, whole, place or "")
    own = Own(gazetteer, day, unsure.context, unit=named.unit if named else None, match=named)
    name = _chosen(witnesses, own, symbol, named)
    own = Own(gazetteer, day, unsure.context, name.value or "", own.unit, own.match)
    return Issued(name, _parent(head, own), own)


def witnesses(parts: Parts, opening: str, closing: str) -> list[Witness]:
    """Every place of the paper that names its issuer: letterhead, closing, opening, caption."""
    return list(_witnesses(letterhead(parts.left), parts, opening, closing))


def _witnesses(head: list[tuple[str, Line]], parts: Parts, opening: str, closing: str) -> Iterator[Witness]:
    if head:
        yield Witness(sentence_case(head[-1][0]), head[-1][1].place, _LETTERHEAD, "đầu văn bản")
    start = parts.body[0].place if parts.body else NOWHERE
    for named in bodies.every(closing):
        before, behind = fold(closing[: named.start]), fold(closing[named.end :])
        if before.rstrip().endswith("cua") and _is_whose(before, behind):
            yield Witness(named.name, parts.body[-1].place, 0.75, "câu kết")
        elif re.match(rf"\s*{_ACTS}", behind) and not before.rstrip().endswith("cua"):
            yield Witness(named.name, parts.body[-1].place, 0.6, "câu kết")
    for named in bodies.every(opening):
        cited = fold(opening[: named.start]).rstrip().rstrip(" :-").endswith(("cua", "cho", "gui"))
        if not cited and re.match(rf"\s*(?:\([^)]*\)\s*)?(?:da )?{_ACTS}", fold(opening[named.end :])):
            yield Witness(named.name, start, 0.8, "câu mở đầu")  # closings are copied from other papers
    for line in [*parts.body[:4], *parts.annex[:4]]:
        if fold(line.text).startswith(("(kem theo", "kem theo", "cua ubnd", "cua ban")) and (
            of := re.search(r"\bcủa\s", line.text)
        ):
            if body := bodies.at(line.text, of.end()):
                yield Witness(body.name.strip(" )"), line.place, 0.65, "dòng kèm theo")


def _is_whose(before: str, behind: str) -> bool:
    """Whether a closing (folded) that says "của" of a body speaks of its own issuer: at its end, before its period."""
    if re.match(r"\W*$", behind) or _OWNED.search(before):
        return True
    return bool(_IN_PERIOD.match(behind)) and not _OF_OTHERS.search(before)


def _chosen(witnesses: list[Witness], own: Own, symbol: str | None, unit: Match | None) -> Read[str | None]:
    if not witnesses:
        return _by_symbol(own, symbol)
    ranked = sorted(witnesses, key=lambda w: -(w.weight + 0.5 * _fits(w.name, symbol)))
    best = ranked[0]
    value = own.qualified(_with_unit(best.name, own))
    others = [
        w
        for w in witnesses
        if not _is_short(w, best, own) and not _agree(own.qualified(_with_unit(w.name, own)), value)
    ]
    sure, said = (0.97 if best.weight == _LETTERHEAD else 0.85), ""
    if others:
        sure, said = (
            min(sure, 0.8 if best.weight == _LETTERHEAD else 0.7),
            f"{others[0].where} lại ghi «{others[0].name}»",
        )
    if unit and unit.score < 1:
        sure, said = min(sure, unit.sure), "; ".join(filter(None, (said, unit.said)))
    if best.weight < _LETTERHEAD and not said:
        said = f"không có tên ở đầu văn bản, theo {best.where}"
    return Read(value, best.name, best.place, round(sure, 2), said)


def _by_symbol(own: Own, symbol: str | None) -> Read[str | None]:
    if symbol and "UBND" in symbol and own.unit:
        return Read(f"UBND {own.unit_name}", symbol, NOWHERE, 0.6, "không có tên cơ quan, suy từ ký hiệu")
    return Read(None, "", NOWHERE, 0.4, "không rõ cơ quan ban hành")


def _fits(name: str, symbol: str | None) -> float:
    """Whether the symbol's last part (UBND, BVSTBPN) is made of this name's letters."""
    return bodies.fits_symbol(name, symbol) if symbol and re.search(r"[-/]", symbol) else 0.0


def _is_short(one: Witness, best: Witness, own: Own) -> bool:
    """Whether a sentence only begins the full name, without a unit: "Trung tâm đề nghị …", "Ban Chỉ đạo báo cáo …"."""
    begins = key(best.name).startswith(f"{key(one.name)} ")
    return begins and next(own.gazetteer.mentions(one.name), None) is None


def _agree(one: str, other: str) -> bool:
    first, second = key(one), key(other)
    return first.startswith(second) or second.startswith(first)


def _with_unit(name: str, own: Own) -> str:
    """A committee or department named without its unit belongs to the unit of the paper."""
    said = bodies.canonical(name)
    if (
        not own.unit
        or next(own.gazetteer.mentions(said), None)
        or own.type_word
        and fold(said).endswith((fold(own.type_word), fold(short_name(own.unit.name))))
    ):
        return name
    local = re.match(
        r"(?!.*\bkhu vuc \w)(?:ban|phong|so|dang uy|ubnd|hdnd|van phong|hoi|doan|trung tam|tram|cong an|mttq|ubmttq)\b",
        fold(said),
    )
    return f"{name} {own.unit_name}" if local else name


def _unit(witnesses: list[Witness], own: Own, parts: Parts, whole: str, place: str) -> Match | None:
    """The unit that the best witnesses name; else the one the place names; else the one named most, which is asked."""
    bare = ""
    for witness in sorted(witnesses, key=lambda one: -one.weight):
        if mention := next(own.gazetteer.mentions(witness.name), None):
            if found := own.gazetteer.match(f"{mention.type_word} {mention.name}", own.day, own.context):
                return _as_above(found, mention, own, parts)
        bare = bare or _bare_type(witness.name)
    above = letterhead(parts.left)
    for name, _ in reversed(above[:-1]):
        if mention := next(own.gazetteer.mentions(sentence_case(name)), None):
            return own.gazetteer.match(f"{mention.type_word} {mention.name}", own.day, own.context)
    for name, _ in reversed(above):
        if found := _of_department(name, own):
            return found
    if bare and place and (found := own.gazetteer.match(f"{_MARKED[bare]} {place}", own.day, own.context)):
        return found
    return _most_named(own, bare, whole, place)


def _of_department(name: str, own: Own) -> Match | None:
    """The province whose bare name ends a department's: "SỞ Y TẾ HÀ NỘI"."""
    words = name.split()
    if fold(words[0]) != "so":
        return None
    tried = (f"{kind} {' '.join(words[-n:])}" for n in (2, 3, 1, 4) for kind in ("tỉnh", "thành phố") if n < len(words))
    found = (own.gazetteer.match(one, own.day, own.context) for one in tried)
    return next((one for one in found if one and one.score == 1 and one.unit.level == "province"), None)


def _as_above(found: Match, mention: Mention, own: Own, parts: Parts) -> Match:
    """A name misspelt in a sentence is the one that the letterhead spells rightly, not another that is like it."""
    if found.score == 1:
        return found
    for name, _ in letterhead(parts.left):
        for other in own.gazetteer.mentions(sentence_case(name)):
            written = f"{other.type_word} {other.name}"
            if fold(written) == fold(f"{mention.type_word} {mention.name}"):
                right = own.gazetteer.match(written, own.day, own.context)
                return right if right and right.score > found.score else found
    return found


def _bare_type(name: str) -> str:
    found = re.search(rf"\b({'|'.join(_MARKED)})$", fold(name))
    return found[1] if found else ""


def _most_named(own: Own, bare: str, whole: str, place: str) -> Match | None:
    """Who is spoken of most may be somebody else: asked, unless the place says so too."""
    counted: Counter[str] = Counter()
    for mention in own.gazetteer.mentions(whole):
        if not bare or fold(mention.type_word) == bare:
            counted[key(f"{mention.type_word} {mention.name}")] += 1
    if not counted:
        return None
    best = counted.most_common(1)[0][0]
    written = next(m for m in own.gazetteer.mentions(whole) if key(f"{m.type_word} {m.name}") == best)
    found = own.gazetteer.match(f"{written.type_word} {written.name}", own.day, own.context)
    if found is None or found.score < 1 or place and key(place) == key(short_name(found.unit.name)):
        return found
    return replace(found, score=_GUESSED, said=f"đầu văn bản không ghi đơn vị, {found.unit.name} được nhắc nhiều nhất")


def _parent(head: list[tuple[str, Line]], own: Own) -> Read[str | None]:
    if len(head) < 2:
        return Read(None, "", NOWHERE, 0.9, "")
    name, line = head[-2]
    said = sentence_case(name)
    mention = next(own.gazetteer.mentions(said), None)
    if mention and mention.start == 0:  # "PHƯỜNG … - TỈNH …" above "ỦY BAN NHÂN DÂN": a unit, no body
        return Read(None, "", NOWHERE, 0.9, "")
    found = own.gazetteer.match(f"{mention.type_word} {mention.name}", own.day, own.context) if mention else None
    sure, why = (found.sure, found.said) if found and found.score < 1 else (0.95, "")
    return Read(own.qualified(said), name, line.place, sure, why)


def level_of(own: Own) -> str | None:
    """province, district or ward, as the unit's level is called."""
    return _LEVEL.get(own.unit.level) if own.unit else None
