"""Identities (đẳng thức kiểm tra số liệu): what must hold inside one document, as its form names it.

`check` gives every finding at once; it changes nothing and needs no database. What concerns several
documents (numbers, dates, bases, recipients) is checked elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from documents.filled import Line, Read, read
from documents.forms import Content, Form, Rule, Table
from states.figures import Cell, Figure, Match, Ratio


class Severity(StrEnum):
    """How bad a finding is."""

    REFUSE = "refuse"  # can't be signed
    EXPLAIN = "explain"  # can be signed once somebody explained it
    NOTE = "note"  # shown only


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding (điều cần xem lại); `code` and `place` together name it, so that it can be explained."""

    code: str
    severity: Severity
    place: str
    """Path into the content: "figures.10102", "rows.2", "texts.purpose", "tables.3"."""
    message: str
    """In Vietnamese, naming the place and the values that disagree."""
    message_en: str
    values: tuple[str, ...] = ()
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class _Spot:
    """One row that rules look at: a written row, or a category's or indicator's figures."""

    place: str
    label: str
    label_en: str
    table: int
    row: int
    values: Mapping[int, Figure]
    before: Mapping[int, Figure] | None
    """The same row one period earlier, where it is known."""

    def finds(self, code: str, severity: str, column: int, vi: str, en: str, *values: object) -> Finding:
        """A finding at one column of this row."""
        place = f"{self.place}.values.{column}" if self.place.startswith("rows.") else self._figure(column)
        return Finding(
            code, Severity(severity), place, f"{self.label}: {vi}", f"{self.label_en}: {en}",
            tuple(map(str, values)), Cell.of(self.table, self.row, column),
        )  # fmt: skip

    def _figure(self, column: int) -> str:
        return f"figures.{int(Cell.of(self.table, self.row, column))}"


def check(
    form: Form, content: Content, previous: Content | None = None, *, consolidated: bool = False
) -> list[Finding]:
    """Everything a careful officer would say of the figures and texts, the worst first.

    `previous` is the same unit's content of the period before, in the same form. In a `consolidated`
    document the figures also cover units below, so its own rows need not make them.
    """
    found = read(content, form)
    before = read(previous, form).figures if previous is not None else None
    findings = [Finding("bad-value", Severity.REFUSE, r.place, r.message, r.message) for r in found.reasons]
    findings += _tables(form, found, consolidated)
    findings += _rows(form, found)
    for spot in _spots(form, found, before, consolidated):
        findings += _required(form, spot)
        findings += _by_rules(form, spot)
    findings += _bounds(form, found)
    findings += _texts(form, content)
    findings += _plan(form, content, found)
    order = list(Severity)
    return sorted(findings, key=lambda finding: order.index(finding.severity))


def _tables(form: Form, found: Read, consolidated: bool) -> Iterator[Finding]:
    for table in form.tables:
        place, written = f"tables.{table.number}", _written(table.number, found)
        if table.number in found.nil and any(figure.amount for figure in written):
            yield Finding(
                "nil-contradicted", Severity.REFUSE, place,
                f"Bảng {table.number} báo cáo «Không» nhưng vẫn có số liệu; bỏ một trong hai",
                f"Table {table.number} says nil and has figures; drop one of them",
            )  # fmt: skip
        if table.nil_allowed and not written and table.number not in found.nil:
            yield Finding(
                "table-blank", Severity.EXPLAIN if consolidated else Severity.REFUSE, place,
                f"Bảng {table.number} để trống; nhập số liệu hoặc chọn «Không»",
                f"Table {table.number} is blank; enter figures or report nil",
            )  # fmt: skip
    if not consolidated:
        yield from _sums(form, found)


def _sums(form: Form, found: Read) -> Iterator[Finding]:
    """Where a table has rows, the figures stated beside them are their sums."""
    in_rows, sums = {line.table for line in found.lines}, found.sums
    for cell, stated in found.stated.items():
        total = sums.get(cell)
        if cell.table in in_rows and stated != total:
            made = "không có" if total is None else str(total)
            yield Finding(
                "rows-differ", Severity.REFUSE, f"figures.{int(cell)}",
                f"{form.cell_label(cell)}: ghi {stated} nhưng các dòng cộng lại là {made}",
                f"Cell {int(cell)}: states {stated.canonical}, its rows make "
                + (total.canonical if total else "nothing"),
                (str(stated), made), cell,
            )  # fmt: skip


def _written(table: int, found: Read) -> list[Figure]:
    in_rows = [figure for line in found.lines if line.table == table for figure in line.values.values()]
    return in_rows + [figure for cell, figure in found.stated.items() if cell.table == table]


def _rows(form: Form, found: Read) -> Iterator[Finding]:
    seen: dict[tuple[int, str, str], Line] = {}
    for line in found.lines:
        twin = seen.setdefault((line.table, line.key, line.level), line)
        if twin is not line:
            yield Finding(
                "same-activity-twice", Severity.EXPLAIN, f"rows.{line.number}",
                f"Bảng {line.table}: dòng {line.number} trùng tên với dòng {twin.number}, «{line.label}»",
                f"Table {line.table}: rows {twin.number} and {line.number} name the same activity",
                (str(twin.number), str(line.number)),
            )  # fmt: skip
        if line.row == 0:
            hint = form.table(line.table).suggest(line.label)
            said = f"Bảng {line.table}, dòng {line.number} «{line.label}» chưa xếp nhóm"
            yield Finding(
                "row-unmapped", Severity.NOTE, f"rows.{line.number}",
                said + _hint(form, line, hint),
                f"Table {line.table}, row {line.number} has no category yet",
                (str(hint),),
            )  # fmt: skip


def _hint(form: Form, line: Line, number: int) -> str:
    label = next((c.label for c in form.table(line.table).categories if c.number == number), "")
    return f"; gợi ý nhóm {number}, «{label}»" if label else ""


def _spots(form: Form, found: Read, before: Mapping[Cell, Figure] | None, consolidated: bool) -> Iterator[_Spot]:
    for table in form.tables:
        lines = [line for line in found.lines if line.table == table.number]
        for line in lines:
            label = f"Bảng {table.number}, dòng {line.number} «{line.label}»"
            english = f"Table {table.number}, row {line.number}"
            yield _Spot(f"rows.{line.number}", label, english, table.number, line.row, line.values, None)
        if consolidated or not lines:
            yield from _categories(table, found.stated, before)


def _categories(table: Table, figures: Mapping[Cell, Figure], before: Mapping[Cell, Figure] | None) -> Iterator[_Spot]:
    for row in table.categories:
        place = (table.number, row.number)
        values = _of_row(place, figures)
        if values:
            label, english = f"Bảng {table.number}, «{row.label}»", f"Table {table.number}, {row.code}"
            yield _Spot("", label, english, *place, values, _of_row(place, before) if before else None)


def _of_row(place: tuple[int, int], figures: Mapping[Cell, Figure]) -> dict[int, Figure]:
    return {cell.column: figure for cell, figure in figures.items() if (cell.table, cell.row) == place}


def _required(form: Form, spot: _Spot) -> Iterator[Finding]:
    for column in form.table(spot.table).columns:
        if column.required and column.number not in spot.values:
            yield spot.finds(
                "required-missing", "refuse", column.number,
                f"thiếu «{column.name}»; nếu không phát sinh thì ghi 0", f"{column.code} is missing",
            )  # fmt: skip


def _by_rules(form: Form, spot: _Spot) -> Iterator[Finding]:
    for rule in form.identities:
        if rule.table == spot.table and rule.kind in _RULES and (not rule.rows or spot.row in rule.rows):
            yield from _RULES[rule.kind](rule, spot)


def _part(rule: Rule, spot: _Spot) -> Iterator[Finding]:
    part, whole = spot.values.get(rule.part), spot.values.get(rule.whole)
    if part and whole and not part.can_be_at_most(whole):
        yield spot.finds(
            "part-over-whole", "refuse", rule.part,
            f"{part} lớn hơn tổng số {whole}", f"{part.canonical} of {whole.canonical}", part, whole,
        )  # fmt: skip


def _split(rule: Rule, spot: _Spot) -> Iterator[Finding]:
    whole = spot.values.get(rule.whole)
    parts = Figure.total(spot.values.get(column) for column in rule.parts)
    if whole is None or parts is None:
        return
    complete = all(column in spot.values for column in rule.parts)
    severity = "explain" if parts.can_be_at_most(whole) else "refuse"
    if severity == "refuse" or (complete and not parts.can_equal(whole)):
        yield spot.finds(
            "split-differs", severity, rule.whole,
            f"nam và nữ cộng lại là {parts}, khác tổng số {whole}",
            f"the sexes make {parts.canonical}, the total says {whole.canonical}", parts, whole,
        )  # fmt: skip


def _split_blank(rule: Rule, spot: _Spot) -> Iterator[Finding]:
    given = spot.values.get(rule.given)
    if given and given.amount and not any(column in spot.values for column in rule.parts):
        yield spot.finds(
            "split-blank", rule.severity, rule.parts[0],
            f"có {given} nhưng để trống số người theo nam, nữ",
            f"{given.canonical} given, the people by sex left blank", given,
        )  # fmt: skip


def _unsplit(rule: Rule, spot: _Spot) -> Iterator[Finding]:
    parts = [spot.values.get(column) for column in rule.parts]
    total, told = Figure.total(parts), spot.values.get(rule.total)
    if None not in parts and total and told and told.amount and told == total:
        yield spot.finds(
            "unsplit-is-total", "explain", rule.total,
            f"ghi {told}, đúng bằng nam cộng nữ; cột này chỉ ghi số người chưa tách nam, nữ",
            f"{told.canonical} equals the sum of the sexes; this column takes only people not split", told,
        )  # fmt: skip


def _percent(rule: Rule, spot: _Spot) -> Iterator[Finding]:
    stated = spot.values.get(rule.stated)
    part, whole = spot.values.get(rule.part), spot.values.get(rule.whole)
    if stated is None:
        return
    if part is None or whole is None:
        yield from _percent_only(rule, spot)
        return
    ratio = Ratio(part, whole)
    match, computed = ratio.matches(stated), _shown(ratio.percent())
    if match is not Match.EXACT:
        cut = match is Match.TRUNCATED
        said = f"ghi {stated} %, nhưng {part}/{whole} là {computed} %"
        yield spot.finds(
            "percent-truncated" if cut else "percent-wrong", "note" if cut else "explain", rule.stated,
            said + (" (cắt bớt, không làm tròn)" if cut else ""),
            f"states {stated.canonical} %, {part.canonical}/{whole.canonical} is {ratio.percent()} %",
            stated, computed,
        )  # fmt: skip


def _percent_only(rule: Rule, spot: _Spot) -> Iterator[Finding]:
    stated = spot.values.get(rule.stated)
    if stated is not None:
        yield spot.finds(
            "percent-without-fraction", "note", rule.stated,
            f"ghi {stated} % mà không có tử số, mẫu số nên không tổng hợp lên cấp trên được",
            f"{stated.canonical} % without numerator and denominator can't be consolidated", stated,
        )  # fmt: skip


def _change(rule: Rule, spot: _Spot) -> Iterator[Finding]:
    """A change is meant in percentage points; many write it in percent of last year's value."""
    stated = spot.values.get(rule.stated)
    if stated is None:
        return
    now, then = _value(rule, spot.values), _value(rule, spot.before or {})
    if now is None or not then:
        yield spot.finds(
            "change-unchecked", "note", rule.stated,
            f"mức thay đổi {stated} không đối chiếu được vì thiếu số liệu kỳ trước",
            f"the change {stated.canonical} can't be compared: no figures of the period before", stated,
        )  # fmt: skip
        return
    points, relative = now - then, 100 * (now - then) / then
    moved = f"{_shown(round(then, 2))} % đến {_shown(round(now, 2))} % là {_shown(round(points, 2))}"
    if abs(points - stated.amount) > _SLACK:
        code = "change-relative" if abs(relative - stated.amount) <= _SLACK else "change-wrong"
        yield spot.finds(
            code, "explain", rule.stated,
            f"ghi {stated}, nhưng từ {moved} điểm phần trăm",
            f"states {stated.canonical}, from {then:.2f} % to {now:.2f} % makes {points:.2f} points",
            stated, _shown(round(points, 2)),
        )  # fmt: skip


_SLACK = Decimal("0.02")  # two percentages, each rounded or cut at two digits


def _value(rule: Rule, values: Mapping[int, Figure]) -> Decimal | None:
    part, whole = values.get(rule.part), values.get(rule.whole)
    return Ratio(part, whole).percent(digits=6) if part and whole else None


def _per_event(rule: Rule, spot: _Spot) -> Iterator[Finding]:
    events = spot.values.get(rule.events)
    people = Figure.total(spot.values.get(column) for column in rule.parts)
    if events is None or people is None:
        return
    low, high = rule.low * events.amount, rule.high * events.amount
    if not low <= people.amount <= high:
        yield spot.finds(
            "people-per-event", "explain", rule.parts[0],
            f"{people} người cho {events} cuộc; thường từ {rule.low} đến {rule.high} người một cuộc",
            f"{people.canonical} people at {events.canonical} events, expected {rule.low}-{rule.high} each",
            people, events,
        )  # fmt: skip


_RULES: dict[str, Callable[[Rule, _Spot], Iterator[Finding]]] = {
    "part": _part,
    "split": _split,
    "split-blank": _split_blank,
    "unsplit": _unsplit,
    "percent": _percent,
    "percent-only": _percent_only,
    "change": _change,
    "per-event": _per_event,
}


def _shown(value: Decimal | None) -> str:
    return "không tính được" if value is None else Figure(value).vi


def _bounds(form: Form, found: Read) -> Iterator[Finding]:
    for cell, figure in found.figures.items():
        if not figure.is_exact:
            yield Finding(
                "not-exact", Severity.NOTE, f"figures.{int(cell)}",
                f"{form.cell_label(cell)}: «{figure}» không phải số chính xác, tổng hợp vẫn giữ «{figure}»",
                f"Cell {int(cell)}: {figure.canonical} is not exact and stays so in every total",
                (str(figure),), cell,
            )  # fmt: skip


def _texts(form: Form, content: Content) -> Iterator[Finding]:
    texts = content.get("texts")
    told = texts if isinstance(texts, Mapping) else {}
    for section in form.sections:
        if section.required and not str(told.get(section.code) or "").strip():
            yield Finding(
                "text-missing", Severity.EXPLAIN, f"texts.{section.code}",
                f"Mục «{section.title}» để trống", f"Section {section.code} is blank",
            )  # fmt: skip
    for code in told.keys() - {section.code for section in form.sections}:
        yield Finding(
            "bad-value", Severity.REFUSE, f"texts.{code}",
            f"mẫu {form.key} không có mục «{code}»", f"Form {form.key} has no section {code}",
        )  # fmt: skip


def _plan(form: Form, content: Content, found: Read) -> Iterator[Finding]:
    """A plan without deadline, assignee, target or amount: nobody could be held to it."""
    for rule in form.identities:
        if rule.kind == "due" and not any(_each(content, "due", "tasks", "assignees")):
            yield Finding(
                "plan-without-deadline", Severity(rule.severity), "tasks",
                "Kế hoạch không nêu thời hạn cho nhiệm vụ nào", "No task of the plan has a deadline",
            )  # fmt: skip
        if rule.kind == "assigned" and not any(_each(content, "name", "assignees")):
            yield Finding(
                "plan-without-assignee", Severity(rule.severity), "assignees",
                "Kế hoạch không phân công ai thực hiện", "The plan names no assignee",
            )  # fmt: skip
        if rule.kind == "given" and not _written(rule.table, found):
            table = form.table(rule.table)
            yield Finding(
                f"plan-without-{table.code}", Severity(rule.severity), f"tables.{rule.table}",
                f"Kế hoạch không có số liệu nào ở bảng «{table.title}»", f"The plan states no {table.code}",
            )  # fmt: skip


def _each(content: Content, key: str, *parts: str) -> Iterator[object]:
    """What each entry of the content's lists says under a key."""
    for part in parts:
        entries = content.get(part)
        for entry in entries if isinstance(entries, list) else ():
            yield entry.get(key) if isinstance(entry, Mapping) else None
