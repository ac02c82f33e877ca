"""From a text to its fields: the whole of the recognition, in the order in which one finding helps the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from documents.forms import form
from documents.reading.cited.reference import Reference
from documents.reading.cited.references import references
from documents.reading.days import deadlines, period
from documents.reading.days.dates import PartialDate, dates
from documents.reading.doubting import doubted
from documents.reading.events import told as events
from documents.reading.figures import money
from documents.reading.figures.marking import Marked
from documents.reading.flow import Flow
from documents.reading.folding import fold, squeeze
from documents.reading.incoming import Incoming
from documents.reading.indicators import told as indicators
from documents.reading.model import ASK_BELOW, NOWHERE, Line, Read, Text
from documents.reading.names.gazetteer import Gazetteer, Unit, shipped
from documents.reading.names.own_unit import Own
from documents.reading.names.words import abbreviation_of
from documents.reading.parts import head, issuer, outline, recipients, signing, titles
from documents.reading.parts.layout import Parts, parts_of
from documents.reading.tables import into_form
from documents.reading.tables import squaring as tables
from states.names import normal_form

_HEADING = re.compile(r"^(?:[IVX]{1,4}|[A-H]|1)\s?[.)/]\s?\S")

_REPLIES = re.compile(r"\b(?:phuc dap|tra loi)\s(?:[^\W\d]+\s){1,6}?so\s?:?\s?(?P<number>\d{1,5})\b")
"""How an opening names the letter that it answers, folded."""


def recognise(text: Text, gazetteer: Gazetteer | None = None) -> Incoming:
    """Read one paper; units are those of the paper's own day (or of the year that it speaks of)."""
    known = gazetteer or shipped()
    parts = parts_of(text)
    number, symbol = head.number_and_symbol(parts)
    place, dated = head.place_and_date(parts)
    opening, closing = _opening(parts), _closing(parts)
    type_word = head.type_of(parts, symbol.value, opening)
    title, taken = titles.title_of(parts, type_word.value)
    whole = "\n".join(line.text for line in text.lines)
    issued = issuer.issued(
        parts, opening, closing, symbol.value, whole, known, _day(dated.value, title.value or "", whole), place.value
    )
    own = issued.own
    flow = Flow(parts.body[taken:])
    until = _preamble(flow)
    cited = references(flow, own, known, until)
    read = tables.tables(text.grids, text.lines)
    marked = Marked(Flow([*parts.body[taken:], *parts.annex]))
    happened, used = events.events(marked)
    measured = indicators.indicators(marked, used)
    spoken = title.value or (read[0].value.title if read else "")  # a bare table has its caption for a title
    named_at = title.place if title.value else read[0].place if read else NOWHERE
    kind = period.period_of(spoken, named_at, type_word.value, flow, until)
    filled_in = into_form.form_for(type_word.value, spoken, read)
    found = outline.sections(parts.body[taken:])
    is_plan = type_word.value == "Kế hoạch"
    return doubted(Incoming(
        text.name, text.kind, text.sha256, text.pages, issued.name, _unit(own), *_above(own), issued.parent_line,
        number, symbol, _place(place, own), dated, type_word, abbreviation_of(type_word.value or ""), title,
        head.motto(parts), kind, _answers(cited, flow, until), tuple(cited), tuple(recipients.addressees(parts)),
        tuple(recipients.recipients(parts, own)), signing.signer(parts), filled_in, tuple(read),
        into_form.fill(form(filled_in.value), read) if filled_in and read else None, tuple(measured),
        tuple(money.money(marked)), (*happened, *_of_tables(read)), tuple(deadlines.deadlines(flow)), tuple(found),
        tuple(outline.task_groups(found)) if is_plan else (),
        tuple(outline.assignees(found, parts.body[taken:])) if is_plan else (),
        text.notes,
    ))  # fmt: skip


def _opening(parts: Parts) -> str:
    """The first sentences, up to the first heading."""
    said: list[str] = []
    for line in parts.body[:30]:
        if _HEADING.match(line.text) and said:
            break
        said.append(line.text)
    return squeeze(" ".join(said))[:2500]


def _closing(parts: Parts) -> str:
    """The last sentences before recipients and signature."""
    return squeeze(" ".join(line.text for line in parts.body[-8:]))[-900:]


def _day(dated: PartialDate | None, title: str, whole: str) -> date:
    """The day whose units are meant: the paper's date, else the latest day it speaks of, else the end of its year."""
    if dated and dated.year:
        return dated.full or date(dated.year, dated.month or 12, 28)
    years = [int(one) for one in re.findall(r"\b20[0-3]\d\b", title)]
    if years and not re.search(r"giai đoạn", title):
        return date(max(years), 6 if max(years) == 2025 else 12, 28)
    named = [one.date.full for one in dates(whole) if one.date.full and one.date.full.year < 2100]
    return max(named) if named else date(2026, 1, 1)


def _preamble(flow: Flow) -> int:
    """Where the legal bases and the opening end: the first heading, at most the first paragraphs."""
    at = 0
    for paragraph in flow.text.split("\n"):
        if _HEADING.match(paragraph) or at > 6000:
            break
        at += len(paragraph) + 1
    return at


def _unit(own: Own) -> Read[Unit | None]:
    if own.unit is None or own.match is None:
        return Read(None, "", NOWHERE, 0.4, "không rõ đơn vị")
    return Read(own.unit, own.gazetteer.full_name(own.unit), NOWHERE, own.match.sure, own.match.said)


def _above(own: Own) -> tuple[Read[str | None], Read[str | None]]:
    """The unit above and the province, by the tree of that day."""
    sure = own.match.sure if own.match else 0.4
    if own.match and own.match.others:  # namesakes: which one it is, is not ours to say
        nothing: Read[str | None] = Read(None, "", NOWHERE, sure, own.match.said)
        return nothing, nothing
    above = own.above
    top = above[-1].name if above else own.unit.name if own.unit and own.unit.level == "province" else None
    said = "theo danh mục đơn vị" if own.unit else "không rõ đơn vị"
    first: Read[str | None] = Read(above[0].name if above else None, "", NOWHERE, sure, said)
    return first, Read(top, "", NOWHERE, sure, said)


def _place(place: Read[str | None], own: Own) -> Read[str | None]:
    """The place in the unit's own spelling, where a scan has lost a mark."""
    if not place.value or own.unit is None:
        return place
    for unit in (own.unit, *own.above):
        words = len(place.value.split())
        short = " ".join(unit.name.split()[-words:])
        if normal_form(short) == normal_form(place.value):
            return replace(place, value=short) if short.casefold() != place.value.casefold() else place
        if fold(short) == fold(place.value):
            return replace(place, value=short, sure=ASK_BELOW - 0.05, said=f"viết «{place.value}», hiểu là {short}")
    return place


def _answers(cited: Sequence[Read[Reference]], flow: Flow, until: int) -> Read[Reference] | None:
    """The letter that the opening says it replies to; else the plan above among the bases; else the guidance;
    else the own plan."""
    for asked in _REPLIES.finditer(flow.folded, 0, until):
        for read in cited:
            if read.value.number == asked["number"] and read.value.role == "superior_guidance":
                return read
    for role in ("parent_plan", "superior_guidance", "own_plan"):
        for read in cited:
            if read.value.role == role and (read.value.basis or role == "own_plan"):
                return read
    return None


def _of_tables(read: Sequence[Read[tables.ReadTable]]) -> list[Read[events.Event]]:
    """Rows of a table of activities are events too."""
    from documents.reading.events.in_tables import events_of

    return [one for table in read for one in events_of(table.value)]


def lines_of(text: Text) -> list[Line]:
    """The lines that people see, for showing a place."""
    return list(text.lines)
