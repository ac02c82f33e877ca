"""A file that was read (văn bản đến) as the rules see it: what was recognised, and what only its text tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from documents.checks.papers.figures import figures_of
from documents.checks.papers.lines import Told, told
from documents.checks.papers.paper import Asked, Cited, Head, Paper, Said, Unit
from documents.checks.papers.units_below import communes, misspelt_rows, names_below
from documents.reading.cited.reference import Reference
from documents.reading.folding import fold, squeeze
from documents.reading.formats import word_changes
from documents.reading.incoming import Incoming
from documents.reading.model import Place, Read, Text
from states.names import normal_form, split_type

_KINDS = {"Kế hoạch": "plan", "Báo cáo": "report"}
_MEANT = re.compile(r"«(?P<wrong>[^»]+)»,? hiểu là (?P<right>[^;]+)")
_UNIT = re.compile(r"^(?:tinh|thanh pho|tp|quan|huyen|thi xa|tx|xa|phuong|thi tran|dac khu)\b")
_CARRIED = re.compile(r"\b(?:to chuc thuc hien|phan cong|trach nhiem|to chuc trien khai)\b")
_SURE_OF_UNIT = 0.7
"""Below this the unit may be another one, whose name is spelt so."""
_COUNTED = re.compile(r"\d/\d{2,3} (?:xa|phuong|dac khu)\b")
_SHEETS = ("xlsx", "xls", "ods", "xlsm", "csv")


def of_incoming(
    incoming: Incoming, text: Text | None = None, asked: Asked | None = None, numbers: Mapping[str, str] | None = None
) -> Paper:
    """Everything that is known of a file; without its text the rules about wording are silent."""
    words = told(incoming, text) if text else Told()
    cited = tuple(map(_cited, incoming.references))
    figures = figures_of(incoming, words, text)
    return replace(
        figures, kind=_KINDS.get(incoming.type_word.value or "", ""), type_word=incoming.type_word.value or "",
        title=Said(incoming.title.value, incoming.title.place.words) if incoming.title.value else None,
        closing_title=words.closing_title, head=_head(incoming, words), unit=_unit(incoming, words),
        issuers=_issuers(incoming, words), cited=cited,
        misspelt=(*_misspelt(incoming, words), *misspelt_rows(incoming, figures.grids)),
        answers=_cited(incoming.answers) if incoming.answers else None, annexed=words.annexed, annexes=words.annexes,
        period=_period(incoming), text=words.sentences, tracked=word_changes.told(incoming.notes),
        plan_says=_plan_says(incoming), asked=asked or Asked(), numbers=numbers or {},
    )  # fmt: skip


def _head(incoming: Incoming, words: Told) -> Head | None:
    """None where there is nothing of a paper about it: a sheet of figures, a party's paper with its own layout."""
    symbol = incoming.symbol.value or ""
    if incoming.kind in _SHEETS and not incoming.number.value:
        return None
    if re.search(r"(?:^|[-/])(?:ĐU|TU|HU|TW|QU)$", symbol):
        return None
    signer = incoming.signer.value
    dated = incoming.date
    return Head(
        number=_said(incoming.number), symbol=_said(incoming.symbol), place=_said(incoming.place),
        date=Said(dated.value, dated.place.words) if dated.value and dated.value.iso else None,
        signer=Said(signer.name, incoming.signer.place.words) if signer.name else None,
        post=signer.position or "", authority=signer.authority or "", on_behalf=signer.on_behalf_of or "",
        with_tm=signer.with_tm, recipients=tuple(Said(one.value, one.place.words) for one in incoming.recipients),
        addressees=tuple(one.value for one in incoming.addressees),
        motto=words.motto or ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" if incoming.motto else ""),
        letterhead=words.letterhead or incoming.parent_line.value is not None, type_line=words.type_line,
        date_words=_day_words(dated.raw), ends_at=words.ends_at, ends_with=words.ends_with,
    )  # fmt: skip


def _day_words(raw: str) -> str:
    found = re.search(r"ngày\b.*", raw)
    return squeeze(found[0]) if found else ""


def _said(read: Read[str | None]) -> Said[str] | None:
    return Said(read.value, read.place.words) if read.value else None


def _unit(incoming: Incoming, words: Told) -> Unit | None:
    unit, dated = incoming.unit.value, incoming.date.value
    if unit is None:
        return None
    day = dated.full or date(dated.year, dated.month or 12, 28) if dated and dated.year else None
    gone = "không có vào ngày" in incoming.unit.said
    counted = any(_COUNTED.search(fold(one.text)) for one in words.sentences)
    many, kinds = communes(unit, dated.full if dated else None) if counted else (0, ())
    instead = unit.name if gone and day else ""
    return Unit(unit.name, unit.level, unit.last, day, instead, many, kinds, names_below(unit, day))


def _issuers(incoming: Incoming, words: Told) -> tuple[Said[str], ...]:
    """The recognised name first, then each place of the text that names the issuer."""
    if not incoming.issuer.value:
        return ()
    first = Said(incoming.issuer.value, incoming.issuer.place.words)
    return (first, *words.issuers)


def _misspelt(incoming: Incoming, words: Told) -> tuple[tuple[str, str, str], ...]:
    """Names of units that were read as others: place, issuer, recipients."""
    found: dict[tuple[str, str], tuple[str, str, str]] = {}
    reads: tuple[tuple[str, Place], ...] = (
        (incoming.place.said, incoming.place.place), (incoming.unit.said, incoming.issuer.place),
        (incoming.parent_line.said, incoming.parent_line.place),
        *((one.said, one.place) for one in incoming.recipients),
    )  # fmt: skip
    for said, place in reads:
        for match in _MEANT.finditer(said):
            wrong, right = match["wrong"].strip(), match["right"].strip()
            is_unit = said == incoming.place.said or _UNIT.match(fold(wrong)) or wrong.isupper() and right.isupper()
            if is_unit and _other(wrong, right):
                found.setdefault((wrong, right), (wrong, right, place.words))
    for wrong, right, where in _own_name(incoming, words):
        if not any(told.endswith(wrong) for told, _ in found):
            found.setdefault((wrong, right), (wrong, right, where))
    return tuple(found.values())


def _own_name(incoming: Incoming, words: Told) -> Iterator[tuple[str, str, str]]:
    """The own unit and those above it as letterhead and text spell them: the same letters, other marks."""
    unit = incoming.unit.value
    if unit is None or incoming.unit.sure < _SURE_OF_UNIT:
        return
    said = [(read.raw, read.place.words) for read in (incoming.issuer, incoming.parent_line)]
    said += [(one.text, one.place) for one in words.sentences]
    names = [split_type(name) for name in (unit.name, incoming.parent_unit.value, incoming.province.value) if name]
    for type_word, short in names:
        spelt = re.compile(rf"\b{re.escape(fold(f'{type_word} {short}'))}(?!\w)")
        for text, place in said:
            for found in spelt.finditer(fold(text)):
                written = text[found.end() - len(short) : found.end()]
                named = written[0].isupper() and not written.isascii()
                if named and normal_form(written) != normal_form(short):
                    yield written, short, place


def _other(wrong: str, right: str) -> bool:
    """Another spelling than of where the tone stands: letters, marks or capitals (Hoà and Hòa are one)."""
    if normal_form(wrong) != normal_form(right):
        return True
    return not wrong.isupper() and [w[0].isupper() for w in wrong.split()] != [w[0].isupper() for w in right.split()]


def _cited(read: Read[Reference]) -> Cited:
    one = read.value
    return Cited(one.words, one.code, one.type_word, one.date, one.issuer, one.title, one.role, one.basis,
                 read.place.words, read.said)  # fmt: skip


def _period(incoming: Incoming) -> tuple[str, date, date, str] | None:
    if incoming.period is None or not incoming.period.value.is_known:
        return None
    one = incoming.period.value
    return one.kind, *one.regular, incoming.period.place.words  # what the paper says itself is compared with it


def _plan_says(incoming: Incoming) -> dict[str, bool] | None:
    """What a plan states; None for what is no plan, or is not here to its end."""
    if incoming.type_word.value != "Kế hoạch" or not incoming.sections:
        return None
    if incoming.signer.value.name is None and not incoming.recipients:
        return None  # the rest of it is not here
    told = " ".join(fold(f"{one.title} {one.text}") for one in incoming.sections)
    return {
        "deadline": bool(incoming.deadlines) or bool(re.search(r"\b(?:truoc|cham nhat|han chot|hang thang, truoc)\b"
                                                               r"[^.;]{0,25}\b(?:ngay|thang) \d", told)),
        "assignee": bool(incoming.assignees)
        or any(_CARRIED.search(fold(one.title)) for one in incoming.sections),
        "targets": bool(incoming.indicators) or bool(re.search(r"\d+(?:[.,]\d+)? ?%", told)),
        "budget": bool(incoming.money),
    }  # fmt: skip
