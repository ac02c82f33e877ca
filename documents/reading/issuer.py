"""Who issued a paper (cơ quan ban hành): letterhead, opening, closing, caption and symbol witness."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from documents.reading import bodies
from documents.reading.folding import fold, key, squeeze
from documents.reading.gazetteer import Gazetteer, Match, Mention
from documents.reading.layout import Parts
from documents.reading.model import NOWHERE, Line, Place, Read
from documents.reading.own_unit import Own
from documents.reading.words import BODY

_STARTS = re.compile(rf"^{BODY}\b")
_NOT_HEAD = re.compile(
    r"^(?:s ?[o06] ?(?:[:.,]|\d|/)|v/v|ve viec|cong hoa|doc lap|dang cong san|mat|hoa toc|khan|thuong khan|du thao)"
)
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
    parts: Parts, opening: str, closing: str, symbol: str | None, whole: str, gazetteer: Gazetteer, day: date
) -> Issued:
    """Weigh the witnesses; the unit is that of `day`."""
    head = letterhead(parts.left)
    unsure = Own(gazetteer, day, squeeze(whole))
    witnesses = list(_witnesses(head, parts, opening, closing))
    named = _unit(witnesses, unsure, parts, whole)
    own = Own(gazetteer, day, unsure.context, unit=named.unit if named else None, match=named)
    name = _chosen(witnesses, own, symbol, named)
    own = Own(gazetteer, day, unsure.context, name.value or "", own.unit, own.match)
    return Issued(name, _parent(head, own), own)


def letterhead(left: Sequence[Line]) -> list[tuple[str, Line]]:
    """The bodies of the letterhead, top down: each begins like a body's name, its broken lines joined."""
    found: list[tuple[str, Line]] = []
    for line in left:
        said = fold(line.text).strip(" *-")
        if _NOT_HEAD.match(said):
            break
        if not any(one.isalpha() for one in said) or ":" in said:  # a web page's own lines: "Nơi ban hành: …"
            continue
        if found and (not _STARTS.match(said) or _goes_on(found[-1][0], said)):
            found[-1] = (squeeze(f"{found[-1][0]} {line.text}"), found[-1][1])
        elif _STARTS.match(said) or not found and line.text.isupper():
            found.append((squeeze(line.text), line))
    return found


def _goes_on(before: str, said: str) -> bool:
    """As "BAN VÌ SỰ TIẾN BỘ" / "CỦA PHỤ NỮ"; "PHÒNG KINH TẾ," / "HẠ TẦNG": a name that is not over yet."""
    return bool(re.search(r"(?:\b(?:va|cua|cac|ve)|[-,&])$", fold(before).strip())) or said.startswith(("va ", "- "))


def witnesses(parts: Parts, opening: str, closing: str) -> list[Witness]:
    """Every place of the paper that names its issuer: letterhead, closing, opening, caption."""
    return list(_witnesses(letterhead(parts.left), parts, opening, closing))


def _witnesses(head: list[tuple[str, Line]], parts: Parts, opening: str, closing: str) -> Iterator[Witness]:
    if head:
        yield Witness(_sentence_case(head[-1][0]), head[-1][1].place, _LETTERHEAD, "đầu văn bản")
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
    others = [w for w in witnesses if not _agree(own.qualified(_with_unit(w.name, own)), value)]
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
        and fold(said).endswith(fold(own.type_word))
    ):
        return name
    local = re.match(
        r"(?:ban|phong|so|dang uy|ubnd|hdnd|van phong|hoi|doan|trung tam|tram|cong an|mttq|ubmttq)\b", fold(said)
    )
    return f"{name} {own.unit_name}" if local else name


def _unit(witnesses: list[Witness], own: Own, parts: Parts, whole: str) -> Match | None:
    """The unit that the best witnesses name; else the one the place names; else the one named most."""
    bare = ""
    for witness in sorted(witnesses, key=lambda one: -one.weight):
        if mention := next(own.gazetteer.mentions(witness.name), None):
            if found := own.gazetteer.match(f"{mention.type_word} {mention.name}", own.day, own.context):
                return _as_above(found, mention, own, parts)
        bare = bare or _bare_type(witness.name)
    above = letterhead(parts.left)
    for name, _ in reversed(above[:-1]):
        if mention := next(own.gazetteer.mentions(_sentence_case(name)), None):
            return own.gazetteer.match(f"{mention.type_word} {mention.name}", own.day, own.context)
    return _most_named(own, bare, whole)


def _as_above(found: Match, mention: Mention, own: Own, parts: Parts) -> Match:
    """A name misspelt in a sentence is the one that the letterhead spells rightly, not another that is like it."""
    if found.score == 1:
        return found
    for name, _ in letterhead(parts.left):
        for other in own.gazetteer.mentions(_sentence_case(name)):
            written = f"{other.type_word} {other.name}"
            if fold(written) == fold(f"{mention.type_word} {mention.name}"):
                right = own.gazetteer.match(written, own.day, own.context)
                return right if right and right.score > found.score else found
    return found


def _bare_type(name: str) -> str:
    found = re.search(r"\b(tinh|thanh pho|quan|huyen|thi xa|xa|phuong|thi tran|dac khu)$", fold(name))
    return found[1] if found else ""


def _most_named(own: Own, bare: str, whole: str) -> Match | None:
    counted: Counter[str] = Counter()
    for mention in own.gazetteer.mentions(whole):
        if not bare or fold(mention.type_word) == bare:
            counted[key(f"{mention.type_word} {mention.name}")] += 1
    if not counted:
        return None
    best = counted.most_common(1)[0][0]
    written = next(m for m in own.gazetteer.mentions(whole) if key(f"{m.type_word} {m.name}") == best)
    return own.gazetteer.match(f"{written.type_word} {written.name}", own.day, own.context)


def _parent(head: list[tuple[str, Line]], own: Own) -> Read[str | None]:
    if len(head) < 2:
        return Read(None, "", NOWHERE, 0.9, "")
    name, line = head[-2]
    said = _sentence_case(name)
    mention = next(own.gazetteer.mentions(said), None)
    found = own.gazetteer.match(f"{mention.type_word} {mention.name}", own.day, own.context) if mention else None
    sure, why = (found.sure, found.said) if found and found.score < 1 else (0.95, "")
    return Read(own.qualified(said), name, line.place, sure, why)


def _sentence_case(name: str) -> str:
    """Capitals as a sentence writes them; names of units get theirs back from the gazetteer, known bodies from here."""
    if not name.isupper():
        return name
    return squeeze(_cased(name))


def _cased(name: str) -> str:
    said = name.lower()
    types = r"(?<!\w)(tỉnh|thành phố|tp\.?|quận|huyện|thị xã|tx\.?|xã|phường|thị trấn|đặc khu)\s+(?!hội\b)(.+)$"
    if found := re.search(types, said):
        rest = found[2]
        said = said[: found.start(2)] + " ".join(_capital(word) for word in rest.split())
    said = re.sub(r"(?<!\w)(?:ubnd|hđnd|ubmttq|mttq|lhpn|ccb|tncs)", lambda found: found[0].upper(), said)
    said = re.sub(r"(?<=\s)hội(?= LHPN| CCB| liên hiệp| nông dân| cựu)", "Hội", said)
    for small in ("- ", "sở ", "phòng ", "bộ ", "ban "):
        if said.startswith(small):
            said = small + _capital(said[len(small) :])
    said = re.sub(r"(?<=^ủy ban )(?!nhân dân|mặt trận)(\w)", lambda found: found[0].upper(), said)
    said = re.sub(r"(?<=- )(\w)", lambda found: found[0].upper(), said)
    return _capital(said)


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def level_of(own: Own) -> str | None:
    """province, district or ward, as the unit's level is called."""
    return _LEVEL.get(own.unit.level) if own.unit else None
