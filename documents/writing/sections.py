"""The text of a report (thân báo cáo): its sections and tables in the order in which offices write them."""

from collections.abc import Sequence

from documents.filled import Read, read
from documents.forms import Form, Section
from documents.writing.below import Below
from documents.writing.grids import Filled, totals, written
from documents.writing.material import Material
from documents.writing.paper import MISSING, Block, Heading, Paragraph, Table

# What is said after the figures: the judgement of what was done, and what comes next.
_AFTER_FIGURES = ("lessons", "advantages", "difficulties", "proposals", "next_tasks")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def blocks(material: Material, below: Below | None) -> list[Block]:
    """Sections, figures, sections: numbered I, II, III; what nobody wrote is left out, or named where it must stand."""
    form = material.facts.form
    if form is None:
        return [block for words in material.content.get("texts", {}).values() for block in paragraphs(words)]
    before = [s for s in form.sections if s.code not in _AFTER_FIGURES]
    after = [s for s in form.sections if s.code in _AFTER_FIGURES]
    made = [_section(material, below, section) for section in before]
    made += [("Tổng hợp số liệu", _figures(material, below, form))] if form.tables else []
    made += [_section(material, below, section) for section in after]
    return numbered([(title, inside) for title, inside in made if inside])


def coverage(below: Below) -> str:
    """What stands in a total and what does not, by name."""
    said = f"Số liệu được tổng hợp từ báo cáo của {below.covered}/{below.expected} đơn vị."
    gaps = [f"{child.unit} ({child.gap_words})" for child in below.gaps] + list(below.deeper)
    if gaps:
        said += f" Chưa có số liệu của: {'; '.join(gaps)}."
    elif below.expected:
        said += " Các đơn vị phải báo cáo đều đã có số liệu."
    if let_off := [child.unit for child in below.children if child.let_off]:
        said += f" Được miễn báo cáo: {'; '.join(let_off)}."
    return said


def numbered(parts: Sequence[tuple[str, Sequence[Block]]]) -> list[Block]:
    """Parts under "I. …", "II. …"."""
    return [
        block for number, (title, inside) in enumerate(parts, 1)
        for block in (Heading(f"{roman(number)}. {title.upper()}"), *inside)
    ]  # fmt: skip


def paragraphs(words: object) -> list[Block]:
    """A text as it was written, a paragraph a line."""
    return [Paragraph(line.strip()) for line in str(words or "").splitlines() if line.strip()]


def roman(number: int) -> str:
    """4 is IV."""
    for value, letters in _ROMAN:
        if number >= value:
            return letters + roman(number - value)
    return ""


def _section(material: Material, below: Below | None, section: Section) -> tuple[str, list[Block]]:
    inside = paragraphs(material.content.get("texts", {}).get(section.code))
    if below and (said := below.gathered.get(section.code)):
        inside.append(Paragraph("Ý kiến của các đơn vị:"))
        inside += [words for one in said for words in _said(str(one["unit"]), str(one["text"]))]
    if not inside and section.required and material.is_draft:
        inside = [Paragraph("(chưa có nội dung)", "blank")]
    return section.title, inside


def _said(unit: str, text: str) -> list[Paragraph]:
    """A unit's words under its name; several lines each in its own."""
    lines = [line.strip().lstrip("-–+• ") for line in text.splitlines() if line.strip()]
    if len(lines) == 1:
        return [Paragraph(f"- {unit}: {lines[0]}")]
    return [Paragraph(f"- {unit}:"), *(Paragraph(f"+ {line}") for line in lines)]


def _figures(material: Material, below: Below | None, form: Form) -> list[Block]:
    filled = Filled(form, below.total, {}) if below else None
    found: Read = read(material.content, form)
    made: list[Block] = []
    for number, table in enumerate(form.tables, 1):
        one = totals(table, filled, table.number in found.nil) if filled else written(form, material.content, table)
        made += [Heading(f"{number}. {table.title}", 2), one]
    if any(cell == MISSING for t in made if isinstance(t, Table) for row in t.rows for cell in row.cells):
        made.append(Paragraph(f"Ghi chú: «{MISSING}» là chưa có số liệu báo cáo, không phải số 0.", "note"))
    return made
