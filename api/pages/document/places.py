"""Places of a content in words (chỗ trong văn bản): «Biểu 1, dòng «Tọa đàm», cột Nữ», and their ids on the page."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from documents.forms import Form
from states.figures import Cell

Say = Callable[[str], str]


def anchor(place: str) -> str:
    """The id of a place's element on the page."""
    return "cho-" + re.sub(r"[^a-z0-9_-]", "-", place)


def name(place: str | None, form: Form | None, content: Mapping[str, Any], say: Say) -> str:
    """A place in words; what is not known is named as it is."""
    kind, _dot, rest = (place or "").partition(".")
    if kind == "figures" and form and rest.isdecimal():
        return form.cell_label(int(rest))
    if kind == "rows" and (said := _row(rest, form, content, say)):
        return said
    if kind == "tables":
        return say(_("Biểu %(n)s")) % {"n": rest}
    if kind in ("texts", "gathered") and form:
        return next((f"«{one.title}»" for one in form.sections if one.code == rest), place or "")
    if kind in _WHOLE:
        return say(_WHOLE[kind])
    return place or ""


def choices(form: Form | None, content: Mapping[str, Any], say: Say) -> list[tuple[str, str]]:
    """The places that may be chosen where there is no pointing: sections, tables, rows and stated figures."""
    if form is None:
        return []
    found = [f"texts.{section.code}" for section in form.sections if section.code not in ("tasks", "organisation")]
    found += ["tasks", "assignees"] if form.kind == "plan" else []
    found += [f"tables.{table.number}" for table in form.tables]
    found += [f"rows.{number}" for number in range(1, len(_rows(content)) + 1)]
    found += [f"figures.{cell}" for cell in _figures(content)]
    return [(place, name(place, form, content, say)) for place in found]


def _row(rest: str, form: Form | None, content: Mapping[str, Any], say: Say) -> str:
    parts = rest.split(".")
    rows = _rows(content)
    if not parts[0].isdecimal() or not 1 <= int(parts[0]) <= len(rows) or len(parts) not in (1, 3):
        return ""
    row = rows[int(parts[0]) - 1]
    told = {"table": row.get("table"), "row": _label(row, form)}
    if len(parts) == 1:
        return say(_("Biểu %(table)s, dòng «%(row)s»")) % told
    return say(_("Biểu %(table)s, dòng «%(row)s», cột %(column)s")) % {**told, "column": _column(row, parts[2], form)}


def _label(row: Mapping[str, Any], form: Form | None) -> str:
    if row.get("label") or form is None:
        return str(row.get("label") or "")
    table = next((one for one in form.tables if one.number == row.get("table")), None)
    return next((c.label for c in table.categories if c.number == row.get("row")), "") if table else ""


def _column(row: Mapping[str, Any], number: str, form: Form | None) -> str:
    tables = form.tables if form else ()
    columns = (c for table in tables if table.number == row.get("table") for c in table.columns)
    found = next((c for c in columns if str(c.number) == number), None)
    if found is None:
        return number
    return f"{found.group}, {found.name}" if found.group else found.name


def _rows(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    rows = content.get("rows")
    return [one if isinstance(one, dict) else {} for one in rows] if isinstance(rows, list) else []


def _figures(content: Mapping[str, Any]) -> Iterator[int]:
    figures = content.get("figures")
    for key in sorted(figures) if isinstance(figures, dict) else ():
        if str(key).isdecimal():
            yield int(Cell(int(key)))


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


_WHOLE = {"tasks": _("Nhiệm vụ"), "assignees": _("Phân công"), "period": _("Kỳ số liệu"), "form": _("Biểu mẫu")}
