"""Other papers that a paper names (căn cứ, văn bản viện dẫn): type, number, symbol, date, issuer, title, part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from documents.reading.cited.reference import Reference
from documents.reading.cited.roles import role_of
from documents.reading.cited.symbols import BARE, BLANKED, NUMBERED, cut, is_number, is_symbol, tidied
from documents.reading.days.dates import Dated, PartialDate
from documents.reading.days.dates import one as first_date
from documents.reading.flow import Flow
from documents.reading.folding import fold, key, squeeze
from documents.reading.model import Read
from documents.reading.names import bodies
from documents.reading.names.gazetteer import Gazetteer
from documents.reading.names.own_unit import Own
from documents.reading.names.words import CITED, type_of_abbreviation

_TYPES = "|".join(sorted((fold(word) for word in CITED), key=len, reverse=True))
_TYPED = re.compile(rf"(?<!\w)(?:{_TYPES})(?!\w)")
_UP_TO_NUMBER = re.compile(r"(?:\s[^,;.\n]{0,25}?)??\s*(?:so)?\s*[:.]?\s*")
_WITHIN = r" (?:chống|chữa|bảo vệ|chăm sóc|nhập cảnh|quá cảnh|cư trú|sĩ quan|bổ sung)\b"
"""What follows a comma within a law's name: "Phòng, chống bạo lực gia đình"."""
_LAW_NAME = rf"(?:[^;,.()\n]|,(?={_WITHIN})){{3,120}}"
_LAW = re.compile(
    rf"(?<!\w)(?P<name>(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp)\s{_LAW_NAME}?)(?=\s*(?:số\b|ngày\b|năm \d{{4}}|được|"
    rf"đã|[;.()\n]|,(?!{_WITHIN})|$))"
)
_LAWS = {"Bộ luật": "Quốc hội", "Luật": "Quốc hội", "Hiến pháp": "Quốc hội",
         "Pháp lệnh": "Ủy ban Thường vụ Quốc hội"}  # fmt: skip
_LOOKS = str.maketrans("OolI", "0011")
_ISSUES = r"(?:ban hanh|xay dung|ky|co|ra|da ban hanh|da xay dung|thuc hien|trien khai|tham muu ban hanh|tai)"
_TITLE_STOP = re.compile(
    r"[;\n()]|\.\s|\.$|,\s[^,;()]{0,90}?\b(?:bao cao|ban hanh|xay dung|de nghi|thong bao)\b|,? (?:qua do|trong do|tap "
    r"trung vao|cu the)\b|"
    r"(?<=\w)\",?\s"
)


def references(flow: Flow, own: Own, gazetteer: Gazetteer, until: int) -> list[Read[Reference]]:
    """All numbered papers named in the text (and laws by name before offset `until`, where the body begins)."""
    found: dict[tuple[str, str], Read[Reference]] = {}
    for read in [*_numbered(flow, own, gazetteer, until), *_laws(flow, until)]:
        said = (read.value.number.lstrip("0"), key(read.value.symbol) or key(read.value.title))
        found[said] = _merged(found[said], read) if said in found else read
    return list(found.values())


def _numbered(flow: Flow, own: Own, gazetteer: Gazetteer, until: int) -> Iterator[Read[Reference]]:
    matches = {m.start(): m for pattern in (BLANKED, BARE, NUMBERED) for m in pattern.finditer(flow.text)}
    starts = sorted(matches)
    for at, start in enumerate(starts):
        match = matches[start]
        symbol = tidied(match["symbol"])
        type_word, begin = _type_before(flow, start)
        if not is_symbol(symbol, type_word) or not (is_number(match["number"]) or match.re is BLANKED):
            continue
        following = starts[at + 1] if at + 1 < len(starts) else len(flow.text)
        yield _reference(flow, own, gazetteer, match, symbol, (type_word, begin), following, until)


def _reference(
    flow: Flow, own: Own, gazetteer: Gazetteer, match: re.Match[str], symbol: str, typed: tuple[str, int],
    following: int, until: int,
) -> Read[Reference]:  # fmt: skip
    type_word, begin = typed
    blank = match.re is BLANKED
    number = "" if blank else match["number"].translate(_LOOKS)
    misread = not blank and number != match["number"]
    said = [f"chữ số bị nhận nhầm, «{match['number']}» đọc là {number}"] if misread else []
    said += ["số còn để trống"] if blank else []
    if match.groupdict().get("year"):
        number = f"{number}/{match['year']}"
    end = match.start("symbol") + len(cut(match["symbol"]))
    stop = min(_behind(flow, end), following)
    behind = flow.text[end:stop]
    dated = first_date(behind[:60]) or _date_before(flow, begin)
    issuer, doubt = _issuer(flow, own, gazetteer, (begin, end, stop), symbol)
    type_word = (
        type_word or type_of_abbreviation(re.split(r"[-/–]", symbol)[0]) or ("" if "-" not in symbol else "Công văn")
    )
    said += [dated.doubt] if dated and dated.doubt else []
    said += [doubt] if doubt else []
    reference = Reference(
        type_word, number, symbol, dated.date if dated else PartialDate(), issuer,
        _title(behind) or _law_name(flow.text[begin : match.start()], type_word), basis=begin < until,
        places=(flow.place(begin),),
    )  # fmt: skip
    partial = dated is not None and dated.date.full is None
    said += ["không ghi ngày"] if not dated else ["ngày ghi không đủ"] if partial else []
    sure = 0.98 - 0.2 * bool(doubt) - 0.3 * (blank or misread and "/" not in number)
    sure -= 0.1 * (not dated) + 0.2 * partial
    raw = squeeze(flow.text[begin : end + (dated.end if dated and dated.raw in behind else 0)])
    return Read(
        replace(reference, role=role_of(reference, own)),
        raw,
        flow.place(begin),
        round(max(sure, 0.3), 2),
        "; ".join(said),
    )


def _date_before(flow: Flow, begin: int) -> Dated | None:
    """As "Ngày 20/11/2025, UBND xã đã ban hành Công văn số …": the date leads the sentence."""
    start = flow.sentence(begin)[0]
    ahead = flow.text[start:begin]
    found = first_date(ahead[:40])
    acts = re.search(rf"{_ISSUES}\b[^,;]{{0,20}}$", fold(ahead))
    return found if found and found.start < 8 and acts else None


def _type_before(flow: Flow, start: int) -> tuple[str, int]:
    """The type word just before a number, with an optional "số", and where it begins."""
    begin = max(start - 60, 0)
    for typed in reversed(list(_TYPED.finditer(flow.folded, begin, start))):
        if _UP_TO_NUMBER.fullmatch(flow.folded, typed.end(), start):
            return next(one for one in CITED if fold(one) == typed[0]), typed.start()
    return _law_before(flow, start)


def _law_before(flow: Flow, start: int) -> tuple[str, int]:
    """As "Luật Tổ chức chính quyền địa phương số 77/2015/QH13": the name stands between type and number."""
    window = flow.text[max(start - 140, 0) : start]
    found = re.search(rf"(?<!\w)(Luật|Bộ luật|Pháp lệnh|Hiến pháp)\s{_LAW_NAME}?\s*(?:số)?\s*$", window)
    return (found[1], max(start - 140, 0) + found.start()) if found else ("", start)


def _law_name(said: str, type_word: str) -> str:
    """A law's name stands before its number: "Luật Trẻ em số 102/2016/QH13"."""
    return squeeze(re.sub(r"\s*số\s*$", "", said)) if type_word in _LAWS else ""


def _behind(flow: Flow, end: int) -> int:
    """How far the words about a reference can reach: its sentence."""
    return min(max(flow.sentence(end)[1], end), end + 400)


def _title(behind: str) -> str:
    """What it is about: behind "về", "về việc", "triển khai" …, up to the end of the clause."""
    folded = fold(behind)
    found = re.search(
        r"\b(?:ve viec|v/v|ve|quy dinh|huong dan|trien khai|ban hanh|thuc hien|phe duyet|chi dao|sua doi)\b", folded
    )
    if found is None or ";" in folded[: found.start()]:  # what follows is another's
        return ""
    start = found.start() if found[0] not in ("ve viec", "v/v", "ve") else found.end()
    stop = _TITLE_STOP.search(folded, start)
    return squeeze(behind[start : stop.start() if stop else len(behind)]).strip(' ,.“”"')


def _issuer(flow: Flow, own: Own, gazetteer: Gazetteer, at: tuple[int, int, int], symbol: str) -> tuple[str, str]:
    """Who issued it: "của …" behind it, the one who acts before it, what the symbol can only mean, or our own UBND."""
    begin, end, stop = at
    behind = fold(flow.text[end:stop])
    of = re.search(r"(?:^|[\s,\d])cua\s", behind[:140])
    if of and (named := bodies.at(flow.text[: stop + 80], end + of.end(), gazetteer)):
        return own.qualified(bodies.office_of(named.name)), ""
    start = flow.sentence(begin)[0]
    before = fold(flow.text[start:begin])
    acts = list(re.finditer(rf"{_ISSUES}\b[^;]{{0,40}}$", before))
    if acts and (found := _last_body(flow.text[start : start + acts[0].end()], gazetteer, symbol)):
        return own.qualified(bodies.office_of(found)), ""
    if known := bodies.of_symbol(symbol):
        return known, ""
    if re.search(r"UBND|HĐND|HDND", symbol) and own.unit_name:
        body = "UBND" if "UBND" in symbol else "HĐND"
        return own.qualified(f"{body} {own.type_word}"), "không ghi cơ quan ban hành, hiểu là cơ quan cùng cấp"
    return "", "không rõ cơ quan ban hành"


def _last_body(text: str, gazetteer: Gazetteer, symbol: str) -> str:
    """The body nearest before whose symbol this can be."""
    for named in reversed(bodies.every(text, gazetteer)):
        if (
            bodies.fits_symbol(named.name, symbol) >= 0.6
            or re.search(r"ĐU|TU|HU", symbol)
            and "uy" in fold(named.name)[:9]
        ):
            return named.name
    return ""


def _laws(flow: Flow, until: int) -> Iterator[Read[Reference]]:
    """Laws named without a number among the legal bases."""
    for found in _LAW.finditer(flow.text[:until]):
        stop = _behind(flow, found.end())
        if NUMBERED.search(flow.text[found.end() : min(stop, found.end() + 30)]):
            continue
        dated = first_date(flow.text[found.end() : min(stop, found.end() + 50)])
        name = squeeze(found["name"])
        place = flow.place(found.start())
        type_word = next(word for word in _LAWS if name.startswith(word))
        date_of = dated.date if dated else PartialDate()
        reference = Reference(type_word, "", "", date_of, _LAWS[type_word], name, "legal", True, (place,))
        yield Read(reference, name, place, 0.9, "" if dated else "không ghi số và ngày")


def _merged(first: Read[Reference], second: Read[Reference]) -> Read[Reference]:
    """The same paper named twice: what one leaves out the other may say."""
    one, two = first.value, second.value
    sure = max(first.sure, second.sure)
    better = one if one.date.iso or not two.date.iso else replace(one, date=two.date)
    if not better.title and two.title:
        better = replace(better, title=two.title)
    if "hiểu là" in first.said and "hiểu là" not in second.said and two.issuer:
        better = replace(better, issuer=two.issuer, role=two.role)
    said = first.said if first.sure >= second.sure else second.said
    if one.date.iso and two.date.iso and one.date != two.date:
        sure, said = min(sure, 0.6), f"hai ngày khác nhau: {one.date} và {two.date}"
    value = replace(better, basis=one.basis or two.basis, places=one.places + two.places)
    return Read(value, first.raw, first.place, sure, said)
