"""The text of a report (thân báo cáo): its sections and figures in the order in which offices write them."""

from collections.abc import Mapping, Sequence

from documents.filled import Read, read
from documents.forms import Form, Section
from documents.writing import consolidated, voices
from documents.writing.below import Below
from documents.writing.consolidated import Summary
from documents.writing.grids import Filled, totals, written
from documents.writing.material import Material
from documents.writing.paper import MISSING, Block, Heading, Paragraph, Table

# What is said after the figures: the judgement of what was done, and what comes next.
_AFTER_FIGURES = ("lessons", "advantages", "difficulties", "proposals", "next_tasks")
_VERBS = {"proposals": "đề xuất"}
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
SUGGESTED = "(Gợi ý từ số liệu, chưa ghi vào dự thảo:)"
"""Stands over words that the program suggests for a section that must be written and that nobody has written yet."""


def blocks(
    material: Material, below: Below | None, summary: Summary | None = None,
    suggested: Mapping[str, str] | None = None,
) -> list[Block]:  # fmt: skip
    """Sections, figures, sections: numbered I, II, III; what nobody wrote is left out, or named where it must stand.

    `suggested`: words by section for a working copy's required sections that are empty.
    """
    form = material.facts.form
    if form is None:
        return [block for words in material.content.get("texts", {}).values() for block in paragraphs(words)]
    before = [s for s in form.sections if s.code not in _AFTER_FIGURES]
    after = [s for s in form.sections if s.code in _AFTER_FIGURES]
    made = [_section(material, below, summary, section, suggested or {}) for section in before]
    if form.tables:
        figures = consolidated.blocks(summary) if summary else _figures(material, below, form)
        made.append(("Tổng hợp số liệu", figures))
    made += [_section(material, below, summary, section, suggested or {}) for section in after]
    return numbered([(title, inside) for title, inside in made if inside])


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


def _section(
    material: Material, below: Below | None, summary: Summary | None, section: Section, suggested: Mapping[str, str]
) -> tuple[str, list[Block]]:  # fmt: skip
    """What the drafter wrote comes first, then what the units say; a required section is never silently empty."""
    own = paragraphs(material.content.get("texts", {}).get(section.code))
    inside = own + voices.told(_heard(below, summary, section.code), bool(own), _VERBS.get(section.code, "phản ánh"))
    if inside or not (section.required and material.is_draft):
        return section.title, inside
    if material.revision_id is None and (words := suggested.get(section.code)):
        return section.title, [Paragraph(one, "blank") for one in (SUGGESTED, *words.splitlines())]
    return section.title, [Paragraph("(chưa có nội dung)", "blank")]


def _heard(below: Below | None, summary: Summary | None, code: str) -> list[voices.Voice]:
    if summary:
        return summary.voices.get(code, [])
    return voices.voices(below.gathered.get(code, []), below.places) if below else []


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
