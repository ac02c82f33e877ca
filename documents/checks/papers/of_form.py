"""Content in its form as the rules see it: its identities (đẳng thức) become shares, splits and gatherings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from documents.checks.papers.amounts import Amount, Change, Gathering, Share, Split, Where
from documents.checks.papers.paper import Filled, Grid, Paper, Sentence
from documents.filled import Read, read
from documents.forms import Content, Form, Rule, Table
from states.figures import Cell, Figure, Ratio


def of_form(form: Form, content: Content, previous: Content | None = None, *, consolidated: bool = False) -> Paper:
    """A draft's content alone; `previous` is the same unit's content of the period before, in the same form.

    In a `consolidated` document the figures also cover units below, so its own rows need not make them.
    """
    found = read(content, form)
    before = read(previous, form).figures if previous is not None else None
    made = _Made()
    for spot in _spots(form, found, before, consolidated):
        _required(form, spot, made)
        for rule in form.identities:
            if rule.table == spot.table and rule.kind in _MAKES and (not rule.rows or spot.row in rule.rows):
                _MAKES[rule.kind](rule, spot, made)
    made.amounts += [_bounded(form, cell, figure) for cell, figure in found.figures.items() if not figure.is_exact]
    return Paper(
        kind=form.kind.value, shares=tuple(made.shares), splits=tuple(made.splits), changes=tuple(made.changes),
        gatherings=tuple(made.gatherings), amounts=tuple(made.amounts),
        filled=Filled(form, content, found, before, consolidated), text=tuple(_texts(form, content)),
        grids=tuple(_tables(form, found)),
    )  # fmt: skip


def _texts(form: Form, content: Content) -> Iterator[Sentence]:
    """What is written in the sections, each as one piece of text."""
    texts = content.get("texts")
    titles = {section.code: section.title for section in form.sections}
    for code, words in texts.items() if isinstance(texts, Mapping) else ():
        if words and code in titles:
            yield Sentence(str(words), f"texts.{code}", section=titles[code])


def _tables(form: Form, found: Read) -> Iterator[Grid]:
    """Tables with their rows' words alone, for what the text says of them."""
    for table in form.tables:
        rows = [line for line in found.lines if line.table == table.number]
        if table.layout == "rows" and (rows or table.number in found.nil):
            places = tuple(f"rows.{line.number}" for line in rows)
            yield Grid(table.number, table.title, (), tuple((line.label,) for line in rows), places,
                       table.number in found.nil, f"tables.{table.number}")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Spot:
    """One row that identities look at: a written row, or a category's or indicator's figures."""

    place: str
    label: str
    label_en: str
    table: int
    row: int
    values: Mapping[int, Figure]
    before: Mapping[int, Figure] | None
    """The same row one period earlier, where it is known."""

    def at(self, column: int) -> Where:
        """One column of this row."""
        cell = Cell.of(self.table, self.row, column)
        place = f"{self.place}.values.{column}" if self.place else f"figures.{int(cell)}"
        return Where(place, self.label, self.label_en, cell)

    def many(self, columns: tuple[int, ...]) -> tuple[Figure | None, ...]:
        """What stands in these columns."""
        return tuple(self.values.get(column) for column in columns)


@dataclass
class _Made:
    shares: list[Share] = field(default_factory=list)
    splits: list[Split] = field(default_factory=list)
    gatherings: list[Gathering] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)


def _spots(form: Form, found: Read, before: Mapping[Cell, Figure] | None, consolidated: bool) -> Iterator[_Spot]:
    for table in form.tables:
        lines = [line for line in found.lines if line.table == table.number]
        for line in lines:
            label = f"Biểu {table.number}, dòng {line.number} «{line.label}»"
            english = f"Table {table.number}, row {line.number}"
            yield _Spot(f"rows.{line.number}", label, english, table.number, line.row, line.values, None)
        if consolidated or not lines:
            yield from _categories(table, found.stated, before)


def _categories(table: Table, figures: Mapping[Cell, Figure], before: Mapping[Cell, Figure] | None) -> Iterator[_Spot]:
    for row in table.categories:
        place = (table.number, row.number)
        values = _of_row(place, figures)
        if values:
            label, english = f"Biểu {table.number}, «{row.label}»", f"Table {table.number}, {row.code}"
            yield _Spot("", label, english, *place, values, _of_row(place, before) if before else None)


def _of_row(place: tuple[int, int], figures: Mapping[Cell, Figure]) -> dict[int, Figure]:
    return {cell.column: figure for cell, figure in figures.items() if (cell.table, cell.row) == place}


def _required(form: Form, spot: _Spot, made: _Made) -> None:
    for column in form.table(spot.table).columns:
        if column.required and column.number not in spot.values:
            at = spot.at(column.number)
            named = Where(at.place, f"{at.label}: thiếu «{column.name}»", f"{at.label_en}: {column.code}", at.cell)
            made.amounts.append(Amount(named, None))


def _bounded(form: Form, cell: Cell, figure: Figure) -> Amount:
    return Amount(Where(f"figures.{int(cell)}", form.cell_label(cell), f"Cell {int(cell)}", cell), figure)


def _part(rule: Rule, spot: _Spot, made: _Made) -> None:
    part, whole = spot.values.get(rule.part), spot.values.get(rule.whole)
    made.shares.append(Share(spot.at(rule.part), part, whole, None, at_part=spot.at(rule.part)))


def _percent(rule: Rule, spot: _Spot, made: _Made) -> None:
    stated = spot.values.get(rule.stated)
    if stated is not None:
        part, whole = spot.values.get(rule.part), spot.values.get(rule.whole)
        made.shares.append(Share(spot.at(rule.stated), part, whole, stated))


def _split(rule: Rule, spot: _Spot, made: _Made) -> None:
    made.splits.append(Split(spot.at(rule.whole), spot.many(rule.parts), spot.values.get(rule.whole)))


def _unsplit(rule: Rule, spot: _Spot, made: _Made) -> None:
    told = spot.values.get(rule.total)
    made.splits.append(Split(spot.at(rule.total), spot.many(rule.parts), told, unsplit=True))


def _split_blank(rule: Rule, spot: _Spot, made: _Made) -> None:
    given = spot.values.get(rule.given)
    if given is not None:
        made.gatherings.append(
            Gathering(spot.at(rule.parts[0]), given=given, parts=spot.many(rule.parts), severity=rule.severity)
        )


def _per_event(rule: Rule, spot: _Spot, made: _Made) -> None:
    people = Figure.total(spot.many(rule.parts))
    events = spot.values.get(rule.events)
    made.gatherings.append(
        Gathering(spot.at(rule.parts[0]), events=events, people=people, low=rule.low, high=rule.high)
    )


def _change(rule: Rule, spot: _Spot, made: _Made) -> None:
    stated = spot.values.get(rule.stated)
    if stated is not None:
        now, then = _value(rule, spot.values), _value(rule, spot.before or {})
        made.changes.append(Change(spot.at(rule.stated), stated, now, then))


def _value(rule: Rule, values: Mapping[int, Figure]) -> Decimal | None:
    part, whole = values.get(rule.part), values.get(rule.whole)
    return Ratio(part, whole).percent(digits=6) if part and whole else None


_MAKES: dict[str, Callable[[Rule, _Spot, _Made], None]] = {
    "part": _part,
    "split": _split,
    "split-blank": _split_blank,
    "unsplit": _unsplit,
    "percent": _percent,
    "percent-only": _percent,
    "change": _change,
    "per-event": _per_event,
}
