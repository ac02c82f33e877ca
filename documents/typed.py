"""What people type into a form, brought to its stored form: numbers in Vietnamese, echoed back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from documents.filled import bad_content, misfit, read
from documents.forms import Content, Form, label_key
from states.errors import Reason
from states.figures import BadFigure, Cell, Figure
from states.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Echo:
    """How a typed number was understood, to be shown beside it; ask again where in `doubt`."""

    place: str
    words: str
    doubt: bool


@dataclass(frozen=True, slots=True)
class Entered:
    """Content as typed by people, brought to its stored form."""

    content: dict[str, Any]
    echoes: tuple[Echo, ...]


def enter(typed: Content, form: Form) -> Entered:
    """Bring typed figures ("trên 540 lượt người", "1.118") to canonical strings; blanks become missing.

    A lone row "Không" makes its table nil. `BadContent` names every place that can't be read.
    """
    pen = _Pen(form)
    figures = pen.write("figures", {key: key for key in typed.get("figures", {})}, typed.get("figures", {}))
    nil, rows = set(typed.get("nil", ())), list[dict[str, Any]]()
    for row in typed.get("rows", ()):
        if _says_nil(row):
            nil.add(row.get("table"))
            continue
        values, start = row.get("values") or {}, f"{row.get('table')}{str(row.get('row', 0)).zfill(2)}"
        keys = {column: f"{start}{column:0>2}" for column in values}
        rows.append({**row, "values": pen.write(f"rows.{len(rows) + 1}.values", keys, values)})
    content = {**typed, "form": form.key, "figures": figures, "rows": rows, "nil": sorted(nil)}
    if reasons := [*pen.reasons, *read(content, form).reasons]:
        raise bad_content(reasons)
    return Entered(content, tuple(pen.echoes))


class _Pen:
    """Writes typed values in their stored form and remembers what was read how, and what could not be."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.echoes: list[Echo] = []
        self.reasons: list[Reason] = []

    def write(self, place: str, keys: Mapping[str, str], values: Content) -> dict[str, str]:
        """The values that are not blank, stored; `keys` names each value's cell."""
        written = {name: self._one(f"{place}.{name}", keys[name], said) for name, said in values.items()}
        return {name: value for name, value in written.items() if value}

    def _one(self, place: str, key: str, said: object) -> str:
        text = "" if said is None else str(said).strip()
        spec = self.form.specs.get(Cell(key)) if re.fullmatch(r"[1-9][0-9]{4,6}", key) else None
        if not text or spec is None or not spec.is_number:
            # What the form doesn't have is kept: reading the content refuses it by name.
            return text
        try:
            reading = Figure.parse(text)
        except BadFigure as error:
            return self._refuse(place, Sentence("{cell}: {wrong}", cell=spec.label, wrong=error))
        if wrong := misfit(spec, reading.figure, reading.unit):
            return self._refuse(place, Sentence("{cell}: {wrong}", cell=spec.label, wrong=wrong))
        self.echoes.append(Echo(place, reading.echo, reading.doubt))
        return reading.figure.canonical

    def _refuse(self, place: str, message: str) -> str:
        self.reasons.append(Reason(place, message))
        return ""


def _says_nil(row: Content) -> bool:
    said = label_key(str(row.get("label", "")))
    return said == "khong" and not any((row.get("values") or {}).values())
