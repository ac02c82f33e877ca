"""From a paper to a draft (đề xuất nội dung): what the reading would put into each form that the paper may fill.

Nothing is decided here: every value keeps its place and how sure it is, and an officer lets it stand or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rapidfuzz import fuzz

from documents.checks import of_file
from documents.forms import Category, Column, Form, Table, load_forms
from documents.reading.events.proposed import events_for
from documents.reading.folding import key
from documents.reading.incoming import Incoming, as_data
from documents.reading.indicators.indicator import Indicator
from documents.reading.model import ASK_BELOW, Place, Read, Text
from documents.reading.names.gazetteer import Gazetteer
from documents.reading.recognising import recognise
from documents.reading.tables import into_form
from states.figures import BadFigure, Figure

MATCHED = 0.6
"""How sure a figure of the running text is in the cell that it was matched with: it is always asked about."""
MOST_ROWS, MOST_SAID = 300, 200
"""Rows that are laid before an officer, and sentences: a file with more is no report of a ward."""
_ALIKE = 72.0
_SAME = (("kho khan", "vuong mac", "han che", "ton tai"), ("kien nghi", "de xuat", "de nghi"))
_NOTHING = ("khong", "khong co", "khong phat sinh")
_CLOSING = re.compile(r"\s*\bTrên đây là (?:báo cáo|kết quả)\b[^\n]*\Z")
_LINE = re.compile(r"trang (\d+), dòng (\d+)")
_TABLE = re.compile(r"bảng (\d+)(?:, ô (\d+,\d+))?")
HEAD = ("issuer", "unit", "parent_line", "number", "symbol", "place", "date", "type_word", "title", "references",
        "recipients", "signer")  # fmt: skip
"""The fields that an officer is asked about where they are unsure."""


def content_of(text: Text, gazetteer: Gazetteer) -> dict[str, Any]:
    """All that a reading keeps beside the text, as JSON's own kinds: the paper's fields, and a proposal per form."""
    paper = recognise(text, gazetteer)
    asks = sum(1 for name, read in paper.reads() if name in HEAD and read.asks)
    proposals = {form.key: proposal(form, paper) for form in _forms(paper)}
    return {"paper": as_data(paper), "asks": asks, "proposals": proposals, "findings": findings(paper, text)}


def findings(paper: Incoming, text: Text) -> list[dict[str, Any]]:
    """What the careful officer says of the paper as it was read; `where` is the place as the other fields have it."""
    return [
        {"code": one.code, "severity": str(one.severity), "place": one.place, "where": _where(one.place),
         "message": one.message, "message_en": one.message_en, "values": [str(value) for value in one.values]}
        for one in of_file(paper, text)[:MOST_SAID]
    ]  # fmt: skip


def _where(words: str) -> dict[str, Any] | None:
    """A place from its words ("trang 1, dòng 5", "bảng 2, ô 3,1")."""
    if found := _TABLE.search(words):
        return as_data(Place(1, 0, int(found[1]), found[2] or "")) or None
    found = _LINE.search(words)
    return as_data(Place(int(found[1]), int(found[2]))) if found else None


def proposal(form: Form, paper: Incoming) -> dict[str, Any]:
    """Rows, nil tables, figures and texts in the words of one form, and what of the paper has no place in it."""
    filled = into_form.fill(form, paper.tables)
    more = len(filled.rows) - MOST_ROWS
    texts = dict(_texts(form, paper))
    unplaced = [*filled.unplaced, *([f"còn {more} dòng sau {MOST_ROWS} dòng đầu"] if more > 0 else []),
                *_homeless(paper, {one["raw"] for one in texts.values()})]  # fmt: skip
    return {
        "rows": [_row(form, row) for row in filled.rows[:MOST_ROWS]], "nil": [*filled.nil, *_nil(form, paper, filled)],
        "unplaced": unplaced[:MOST_SAID],
        "figures": dict(_figures(form, paper)), "texts": texts,
    }  # fmt: skip


def _forms(paper: Incoming) -> list[Form]:
    kind = {"Kế hoạch": "plan", "Báo cáo": "report"}.get(paper.type_word.value or "")
    return [form for form in load_forms().values() if kind is None or form.kind.value == kind]


def _row(form: Form, row: into_form.FormRow) -> dict[str, Any]:
    figures = {column.number for column in form.table(row.table).columns if column.type != "text"}
    doubts = {column: said for column, value in row.values.items()
              if column in figures and (said := _doubt(value) or row.doubts.get(column, ""))}  # fmt: skip
    return {"table": row.table, "row": row.row, "label": row.label, "level": row.level, "place": as_data(row.place),
            "values": {str(column): value for column, value in row.values.items()},
            "doubts": {str(column): said for column, said in doubts.items()}}  # fmt: skip


def _doubt(value: str) -> str:
    """Why a cell may mean something else, or ""."""
    try:
        reading = Figure.parse(value)
    except BadFigure as error:
        return error.message
    return reading.echo if reading.doubt else ""


# ── figures of the running text ─────────────────────────────────────────────────────────────────────────────


def _figures(form: Form, paper: Incoming) -> Iterator[tuple[str, dict[str, Any]]]:
    """The cells of tables with one row per indicator; the first that tells of a cell keeps it."""
    taken: set[str] = set()
    for table in form.indicators:
        for one in paper.indicators:
            if not one.value.moved and (row := _category(table, one.value.name)):
                yield from _new(taken, table, row, _of_indicator(table, row, one.value), one)
        for money in paper.money:
            if row := _category(table, money.value.what):
                cells = {"money": money.value.amount}
                yield from _new(taken, table, row, _by_kind(table, row, cells), money)
        for row, values, read in events_for(table, paper.events, _category):
            yield from _new(taken, table, row, values, read)


def _new(
    taken: set[str], table: Table, row: Category, values: dict[Column, Figure], read: Read[Any]
) -> Iterator[tuple[str, dict[str, Any]]]:  # fmt: skip
    for column, figure in values.items():
        cell = f"{table.number}{row.number:02d}{column.number:02d}"
        if cell not in taken:
            taken.add(cell)
            yield cell, {"value": figure.vi, "raw": read.raw, "place": as_data(read.place), "sure": MATCHED,
                         "said": read.said}  # fmt: skip


def _category(table: Table, name: str) -> Category | None:
    """The row that these words name: by what the form knows of it, else by its label."""
    rows = {row.number: row for row in table.categories}
    if number := table.suggest(name):
        return rows[number]
    scored = [(fuzz.token_sort_ratio(key(row.label), key(name)), row) for row in table.categories]
    best = max(scored, key=lambda one: one[0], default=(0.0, None))
    return best[1] if best[0] >= _ALIKE else None


def _of_indicator(table: Table, row: Category, said: Indicator) -> dict[Column, Figure]:
    told: dict[str, Figure | None] = {"total": said.denominator, "percent": said.percent, "change": said.change}
    told["female" if said.sex == "female" else "male" if said.sex == "male" else "count"] = said.numerator
    if said.other is not None:
        told["male" if said.sex == "female" else "female"] = said.other
    return _by_kind(table, row, {name: figure for name, figure in told.items() if figure is not None})


def _by_kind(table: Table, row: Category, told: dict[str, Figure]) -> dict[Column, Figure]:
    """Each figure in the column that is made for it; what has none is left to the officer."""
    found: dict[Column, Figure] = {}
    for column in table.columns:
        if row.columns is None or column.number in row.columns:
            kind = column.type if column.type in ("percent", "money") else column.sex or column.code
            kind = "change" if column.signed else kind
            if kind in told:
                found[column] = told[kind]
    return found


# ── texts ───────────────────────────────────────────────────────────────────────────────────────────────────


def _texts(form: Form, paper: Incoming) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each section of the form with the part of the paper whose heading is most like its title."""
    headed = [(n, part) for n, part in enumerate(paper.sections) if "." not in part.mark]
    pairs = sorted(
        ((_likeness(wanted.title, part.title), code, -n)
         for code, wanted in enumerate(form.sections) for n, part in headed), reverse=True)  # fmt: skip
    used: set[int] = set()
    given: set[int] = set()
    for score, code, before in pairs:
        n = -before
        if score >= _ALIKE and code not in given and n not in used:
            given.add(code)
            used.add(n)
            part = paper.sections[n]
            sure = 0.95 if score >= 90 else ASK_BELOW - 0.1
            said = "" if score >= 90 else f"mục «{part.title}» hiểu là «{form.sections[code].title}»"
            yield form.sections[code].code, {"value": _whole(paper, n), "raw": part.title,
                                             "place": as_data(part.place), "sure": sure, "said": said}  # fmt: skip


def _likeness(wanted: str, title: str) -> float:
    """How like two headings are, out of 100; words that offices use for one another make them alike, to be asked."""
    left, right = key(wanted), key(title)
    same = any(any(w in left for w in words) and any(w in right for w in words) for words in _SAME)
    return max(float(fuzz.token_set_ratio(left, right)), 85.0 if same else 0.0)


def _whole(paper: Incoming, at: int) -> str:
    """A section with the ones below it, a paragraph each; captions that only stand over a table are not text."""
    captions = {key(one.value.title) for one in paper.tables}
    said = [paper.sections[at].text]
    for part in paper.sections[at + 1 :]:
        if "." not in part.mark:
            break
        if part.text or key(part.title) not in captions:
            said.append(f"{part.mark.rpartition('.')[2]}. {part.title}" + (f": {part.text}" if part.text else ""))
    return _CLOSING.sub("", "\n\n".join(one for one in said if one))


def _homeless(paper: Incoming, taken: set[str]) -> Iterator[str]:
    """Sections with words of their own that no section of the form took."""
    for n, part in enumerate(paper.sections):
        if "." not in part.mark and part.title not in taken and _whole(paper, n):
            yield f"mục «{part.title}»"


def _nil(form: Form, paper: Incoming, filled: into_form.Filled) -> Iterator[int]:
    """Tables reported as nothing in a sentence, as "3. Sản xuất, phát hành sản phẩm truyền thông: Không."."""
    told = {*filled.nil, *(row.table for row in filled.rows)}
    for table in form.tables:
        if table.nil_allowed and table.number not in told and any(
            key(part.text) in _NOTHING and fuzz.token_set_ratio(key(table.title), key(part.title)) >= 90
            for part in paper.sections
        ):  # fmt: skip
            yield table.number
