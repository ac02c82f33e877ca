"""The figures of a consolidated report as its reader wants them (phần số liệu của báo cáo tổng hợp): what was done and
how it changed, targets, units that stand out; the tables themselves and the units' rows stand in annexes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from documents.filled import read
from documents.forms import Form
from documents.writing import beside, covering, standing_out, told_figures, units, voices
from documents.writing.below import Below
from documents.writing.fonts import KEEP
from documents.writing.grids import Filled, totals
from documents.writing.last_period import LastPeriod, last_period
from documents.writing.main_figures import Part, parts
from documents.writing.material import Material
from documents.writing.paper import MISSING, Annex, Block, Heading, Paragraph, Table
from documents.writing.taken_figures import summed
from documents.writing.voices import Voice
from states.periods import LOCAL

TABLES = "Biểu tổng hợp số liệu"
_NOTE = f"Ghi chú: «{MISSING}» là chưa có số liệu báo cáo, không phải số 0."


@dataclass(frozen=True)
class Summary:
    """A total with what it is compared with. `voices`: the units' words by section of the form.

    `alike`: where the two periods don't cover the same, the figures of those units (`both`) that have them in each.
    """

    form: Form
    below: Below
    parts: tuple[Part, ...]
    last: LastPeriod | None
    voices: dict[str, list[Voice]]
    alike: tuple[Part, ...] = ()
    both: int = 0

    @property
    def compared(self) -> bool:
        """Whether the period before can be set against this one: both are complete."""
        there = self.below
        return self.last is not None and (self.last.covered, there.covered) == (self.last.expected, there.expected)


def summary(session: Session, material: Material, below: Below | None) -> Summary | None:
    """What a total is told from; None where nothing stands below the report."""
    form = material.facts.form
    if form is None or below is None or not below.children:
        return None
    last = last_period(session, material)
    year = (material.facts.period_last or material.cut_at.astimezone(LOCAL).date()).year
    made = parts(form, below.total, last.figures if last else {}, beside.planned(session, material), year)
    heard = {code: voices.voices(said, below.places) for code, said in below.gathered.items()}
    found = Summary(form, below, tuple(made), last, heard)
    return found if found.compared or last is None else _with_alike(found, last, year)


def blocks(found: Summary) -> list[Block]:
    """What stands under "Tổng hợp số liệu"."""
    if not found.below.total:
        return [Paragraph("Chưa có số liệu nào được tổng hợp.", "blank")]
    told = [
        ("Kết quả chung", _lines(general(found))),
        ("So với chỉ tiêu, mục tiêu", _lines(told_figures.judged(found.parts))),
        ("Đơn vị nổi bật", _lines(standing_out.lines(found.form, found.below, found.parts))),
        ("Bảng kết quả chủ yếu", _table(found)),
    ]  # fmt: skip
    made: list[Block] = []
    for number, (title, inside) in enumerate(((t, i) for t, i in told if i), 1):
        made += [Heading(f"{number}. {title}", 2), *inside]
    where = f"Phụ lục «{TABLES}» và Phụ lục «{units.ANNEX}»"
    return [*made, Paragraph(f"Số liệu chi tiết nêu tại {where} kèm theo.")]


def general(found: Summary) -> list[str]:
    """The main figures, and what rose or fell: of the whole where both periods are complete, else of the same units."""
    said, last = told_figures.sentences(found.parts, found.compared), found.last
    if last is None:
        return [*said, told_figures.NO_LAST]
    source = f"Số liệu kỳ trước lấy theo {last.words}"
    if found.compared:
        return [f"{source}; tăng, giảm dưới đây là so với kỳ trước.", *said]
    there, rose = found.below, told_figures.moved(found.alike)
    said.append(f"{source}, tổng hợp từ {last.covered}/{last.expected} đơn vị; kỳ này từ"
                f" {there.covered}/{there.expected} đơn vị, nên không so sánh tổng số.")  # fmt: skip
    return [*said, f"Tính riêng {found.both} đơn vị có số liệu cả hai kỳ, so với kỳ trước:", *rose] if rose else said


def annexes(material: Material, found: Summary) -> list[Annex]:
    """Tables of the form, what each unit reported, what the units say, who is missing: as far as there is any."""
    made = [Annex(TABLES, _tables(material, found)), *units.by_unit(material, found.below)] if found.below.total else []
    said: list[Block] = []
    for section in found.form.sections:
        heard = found.voices.get(section.code, [])
        if voices.in_annex(heard, is_written(material, section.code)):
            said += [Heading(section.title, 2), voices.listed(heard, section.title)]
    return [*made, *([Annex(voices.ANNEX, tuple(said))] if said else []), *covering.annex(found.below)]


def is_written(material: Material, code: str) -> bool:
    """Whether somebody wrote this section himself."""
    return bool(str(material.content.get("texts", {}).get(code) or "").strip())


def _with_alike(found: Summary, last: LastPeriod, year: int) -> Summary:
    both = [child for child in found.below.children if not child.why and child.unit_id in last.by_unit]
    now, before = summed(c.figures for c in both), summed(last.by_unit[c.unit_id] for c in both)
    return replace(found, alike=tuple(parts(found.form, now, before, {}, year)), both=len(both))


def _lines(said: Sequence[str]) -> list[Block]:
    return [Paragraph(line) for line in said]


def _table(found: Summary) -> list[Block]:
    there, last = found.below, found.last
    covered = ("", "") if last is None or found.compared else (
        _of_units(there.covered, there.expected), _of_units(last.covered, last.expected))  # fmt: skip
    table = told_figures.compared_table(found.parts, bool(last), found.compared, covered)
    return [table, *_note([table])]


def _of_units(covered: int, expected: int) -> str:
    return f"{covered}/{expected} đơn vị".replace(" ", KEEP)


def _tables(material: Material, found: Summary) -> tuple[Block, ...]:
    """The form's tables with their totals."""
    filled, nil = Filled(found.form, found.below.total, {}), read(material.content, found.form).nil
    tables = [totals(table, filled, table.number in nil) for table in found.form.tables]
    made = [
        block for number, (table, one) in enumerate(zip(found.form.tables, tables, strict=True), 1)
        for block in (Heading(f"{number}. {table.title}", 2), one)
    ]  # fmt: skip
    return (*made, *_note(tables))


def _note(tables: Sequence[Table]) -> list[Block]:
    missing = any(cell == MISSING for table in tables for row in table.rows for cell in row.cells)
    return [Paragraph(_NOTE, "note")] if missing else []
