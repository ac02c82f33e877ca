"""Tables of two contents compared: rows by what they are called, figures cell by cell (so sánh biểu số liệu)."""

from collections.abc import Iterator

from documents.changes import Change, Part
from documents.filled import Line, Read, read
from documents.forms import Content, Form, Table
from documents.word_diff import by_words
from states.figures import Figure

_NIL = "Không (cả biểu)"


def tables(old: Content, new: Content, form: Form) -> Iterator[Part]:
    """The changes of each table of the form, in its order."""
    before, after = read(old, form), read(new, form)
    for table in form.tables:
        changes = [*_nil(table, before, after), *_stated(table, before, after), *_rows(table, before, after)]
        yield Part(f"Biểu {table.number}. {table.title}", tuple(changes), table.number)


def _nil(table: Table, before: Read, after: Read) -> Iterator[Change]:
    was, now = table.number in before.nil, table.number in after.nil
    if was != now:
        yield Change("cell", f"tables.{table.number}", "Cả biểu", "", _NIL if was else "", _NIL if now else "")


def _stated(table: Table, before: Read, after: Read) -> Iterator[Change]:
    rows = {one.number: one.label for one in table.categories}
    for cell in sorted({c for c in (*before.stated, *after.stated) if c.table == table.number}):
        label, place = rows.get(cell.row, "Dòng chưa xếp vào nhóm"), f"figures.{int(cell)}"
        yield from _cell(table, cell.column, label, place, before.stated.get(cell), after.stated.get(cell))


def _rows(table: Table, before: Read, after: Read) -> Iterator[Change]:
    old = [line for line in before.lines if line.table == table.number]
    new = [line for line in after.lines if line.table == table.number]
    pairs = _paired(old, new)
    for line in new:
        if (was := pairs.get(line.number)) is None:
            yield Change("added", f"rows.{line.number}", _label(table, line), values=_values(table, line))
        else:
            yield from _row(table, was, line)
    kept = {line.number for line in pairs.values()}
    for line in old:
        if line.number not in kept:
            yield Change("removed", f"rows.{line.number}", _label(table, line), values=_values(table, line))


def _paired(old: list[Line], new: list[Line]) -> dict[int, Line]:
    """The old line of each new one, by its number: the same words first, then the same category."""
    pairs: dict[int, Line] = {}
    left = list(old)
    for alike in (_all_the_same, _same_words, _same_category):
        for line in new:
            was = next((one for one in left if line.number not in pairs and alike(one, line)), None)
            if was is not None:
                pairs[line.number] = was
                left.remove(was)
    return pairs


def _all_the_same(one: Line, other: Line) -> bool:
    return _same_words(one, other) and (one.values, one.texts, one.level) == (other.values, other.texts, other.level)


def _same_words(one: Line, other: Line) -> bool:
    return (one.row, one.key) == (other.row, other.key)


def _same_category(one: Line, other: Line) -> bool:
    return one.row == other.row != 0 or one.key == other.key != ""


def _row(table: Table, was: Line, now: Line) -> Iterator[Change]:
    label, place = _label(table, now), f"rows.{now.number}"
    named = {one.number: one.label for one in table.categories}
    for column, old, new in (
        ("Nội dung", was.label, now.label), ("Nhóm", named.get(was.row, ""), named.get(now.row, "")),
        ("Cấp triển khai", was.level, now.level),
    ):  # fmt: skip
        if old != new:
            yield Change("text", place, label, column, old, new, pieces=tuple(by_words(old, new)))
    for number in sorted({*was.values, *now.values}):
        spot = f"{place}.values.{number}"
        yield from _cell(table, number, label, spot, was.values.get(number), now.values.get(number))
    for number in sorted({*was.texts, *now.texts}):
        old, new = was.texts.get(number, ""), now.texts.get(number, "")
        if old != new:
            pieces = tuple(by_words(old, new))
            spot = f"{place}.values.{number}"
            yield Change("text", spot, label, _column(table, number), old, new, pieces=pieces)


def _cell(
    table: Table, column: int, label: str, place: str, old: Figure | None, new: Figure | None
) -> Iterator[Change]:  # fmt: skip
    if old != new:
        exact = old is not None and new is not None and old.is_exact and new.is_exact
        apart = new.amount - old.amount if exact and old and new else None
        said = (old.vi if old else "", new.vi if new else "")
        yield Change("cell", place, label, _column(table, column), *said, apart)


def _label(table: Table, line: Line) -> str:
    return line.label or next((one.label for one in table.categories if one.number == line.row), "")


def _column(table: Table, number: int) -> str:
    found = next((one for one in table.columns if one.number == number), None)
    if found is None:
        return str(number)
    return f"{found.group}, {found.name}" if found.group else found.name


def _values(table: Table, line: Line) -> tuple[tuple[str, str], ...]:
    said = {number: figure.vi for number, figure in line.values.items()} | dict(line.texts)
    return tuple((_column(table, number), said[number]) for number in sorted(said) if said[number])
