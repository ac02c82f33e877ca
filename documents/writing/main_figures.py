"""The main figures of a total (kết quả chủ yếu): what is counted, this period and the last, against targets. Pure.

Percentages are made from their parts, which must both be there; nothing that is missing counts as zero.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from documents.filled import ratios_of
from documents.forms import Category, Column, Form, Table, Target
from documents.writing.fonts import KEEP
from documents.writing.grids import UNMAPPED, reported_rows, summable
from states.figures import Cell, Figure, Match, Ratio

Figures = Mapping[Cell, Figure]
Value = Figure | Ratio
PERSONS = f"lượt{KEEP}người"


@dataclass(frozen=True)
class Indicator:
    """A figure or a share, this period and the last. `of`: which of a row's figures it is, where there are several.

    `target`: national; `planned`: what the plan asks for, in %.
    """

    label: str
    unit: str
    now: Value | None
    before: Value | None = None
    target: Target | None = None
    planned: Figure | None = None
    of: str = ""

    @property
    def named(self) -> str:
        """Its name where it stands alone: "Sinh hoạt câu lạc bộ: số cuộc"."""
        return f"{self.label}: {self.of}" if self.of else self.label

    @property
    def meets(self) -> bool | None:
        """Whether the national target is met; None where that can't be told."""
        return None if self.target is None else reached(self.now, Figure.from_canonical(self.target.value))

    @property
    def meets_plan(self) -> bool | None:
        """Whether what the plan asks for is met."""
        return None if self.planned is None else reached(self.now, self.planned)


@dataclass(frozen=True)
class People:
    """Those who took part in a table's rows, by what is known of their sex."""

    total: Figure
    women: Figure | None
    share: Ratio | None
    """Women among those whose sex is told."""
    unsplit: Figure | None


@dataclass(frozen=True)
class Part:
    """A table of the form with its main figures."""

    table: Table
    indicators: tuple[Indicator, ...]
    people: People | None = None


def parts(form: Form, now: Figures, before: Figures, planned: Mapping[str, Figure], year: int) -> list[Part]:
    """The main figures by table; a table that nobody reported in, now or before, is left out."""
    made = [
        Part(table, tuple(_of_rows(table, now, before)), people(table, now)) if table.layout == "rows"
        else Part(table, tuple(_of_fields(form, table, now, before, planned, year)))
        for table in form.tables
    ]  # fmt: skip
    return [replace(p, indicators=kept) for p in made if (kept := tuple(filter(_is_told, p.indicators)))]


def people(table: Table, figures: Figures) -> People | None:
    """Who took part; None where the table has no such columns or nobody was counted."""
    by_sex = {c.sex: _column(table, c, figures) for c in table.columns if c.sex and c.type == "count"}
    total = Figure.total(by_sex.values())
    if total is None or table.layout != "rows":
        return None
    men, women = by_sex.get("male"), by_sex.get("female")
    share = Ratio(women, men + women) if men and women else None
    return People(total, women, share, by_sex.get("unknown"))


def reached(value: Value | None, wanted: Figure) -> bool | None:
    """Whether a share keeps a bound like ">=60"; None where there is no exact share."""
    if not isinstance(value, Ratio) or value.percent() is None or not (value.part.is_exact and value.whole.is_exact):
        return None
    at_least = wanted if not wanted.is_exact else Figure.from_canonical(f">={wanted.canonical}")
    return value.matches(at_least) is Match.EXACT


def _of_rows(table: Table, now: Figures, before: Figures) -> Iterator[Indicator]:
    """A sum where the column says what it counts, else each row; then the people, whose rows always add up."""
    found = reported_rows(table, now) | reported_rows(table, before)
    said = [one for one in (*table.categories, UNMAPPED) if one.number in found]
    for c in (c for c in table.columns if c.type in ("count", "money") and not c.sex):
        if c.unit and summable(table, c, said):
            yield Indicator(c.name, c.unit, _column(table, c, now), _column(table, c, before))
        else:
            yield from (_of_row(table, one, c, now, before) for one in said)
    here, was = people(table, now), people(table, before)
    if here or was:
        group = next((c.group for c in table.columns if c.sex), "") or "Số người"
        yield Indicator(group, PERSONS, here.total if here else None, was.total if was else None)
        yield Indicator("Trong đó nữ", PERSONS, here.women if here else None, was.women if was else None)


def _of_row(table: Table, one: Category, c: Column, now: Figures, before: Figures) -> Indicator:
    cell = Cell.of(table.number, one.number, c.number)
    return Indicator(one.label, one.unit or c.unit, now.get(cell), before.get(cell))


def _of_fields(
    form: Form, table: Table, now: Figures, before: Figures, planned: Mapping[str, Figure], year: int
) -> Iterator[Indicator]:
    """A share where its parts are counted, else each figure that adds up."""
    shares, were = ratios_of(now, form), ratios_of(before, form)
    rules = [rule for rule in form.identities if rule.kind == "percent" and rule.table == table.number]
    columns = {c.number: c for c in table.columns}
    for one in table.categories:
        ruled = [rule for rule in rules if one.number in (rule.rows or (one.number,))]
        parts_of = {number for rule in ruled for number in (rule.part, rule.whole)}
        for rule in ruled:
            cell = Cell.of(table.number, one.number, rule.stated)
            yield Indicator(one.label, "%", shares.get(cell), were.get(cell), _target(one, year),
                            planned.get(one.code), _of(columns[rule.stated], len(ruled) > 1))  # fmt: skip
        cells = {Cell.of(table.number, one.number, c.number): c for c in table.columns if c.number not in parts_of}
        counted = {cell: c for cell, c in cells.items() if cell in form.specs and form.specs[cell].adds}
        for cell, c in counted.items():
            unit = c.unit if c.type == "money" else form.specs[cell].unit
            yield Indicator(one.label, unit, now.get(cell), before.get(cell), of=_of(c, len(counted) > 1))


def _of(c: Column, several: bool) -> str:
    return f"{c.name[:1].lower()}{c.name[1:]}" if several else ""


def _target(one: Category, year: int) -> Target | None:
    """The national target that holds for a year: the next one to come, else the last."""
    ahead = sorted(one.targets, key=lambda target: target.year)
    return next((target for target in ahead if target.year >= year), ahead[-1] if ahead else None)


def _column(table: Table, c: Column, figures: Figures) -> Figure | None:
    return Figure.total(_cells(table, c, figures, (*table.categories, UNMAPPED)))


def _cells(table: Table, c: Column, figures: Figures, rows: Iterable[Category]) -> Sequence[Figure | None]:
    return [figures.get(Cell.of(table.number, one.number, c.number)) for one in rows]


def _is_told(one: Indicator) -> bool:
    """Whether it was reported in one of both periods; an indicator with a target is told even so."""
    return one.now is not None or one.before is not None or one.target is not None
