"""Words suggested for a report's sections (phần gợi ý), made from its figures and links; nobody's text is touched.

The drafter takes them into his draft or leaves them; what he wrote himself is never changed by them. Nothing is
suggested that the figures do not say: causes, lessons and judgements are for people.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from documents.drafting import form_of
from documents.forms import Table
from documents.writing import beside, consolidated, covering, material, told_figures
from documents.writing.below import read_below
from documents.writing.beside import Cited
from documents.writing.consolidated import Summary
from documents.writing.grids import UNMAPPED, reported_rows
from documents.writing.main_figures import Figures, Part, people
from documents.writing.material import Material
from states import contents
from states.figures import Cell
from states.periods import LOCAL
from states.policy import Holder

# Which table of a form tells what was done under a section.
_TELLS = {"activities": "activities", "capacity": "events", "women_cadres": "politics", "violence": "family"}

_FIGURES_STAND = "Kết quả cụ thể nêu tại phần Tổng hợp số liệu."
_SEVERAL = 2
"""From so many units on it says something how many of them did a thing."""


def propose(session: Session, document_id: int, at: datetime) -> dict[str, str]:
    """Suggested words by section of a draft that others' figures went into; empty where there is nothing to say.

    Raises `NoSuchDocument`.
    """
    found = material.read(session, document_id, None, at)
    made = consolidated.summary(session, found, read_below(session, found))
    return suggested(found, made, beside.answered(session, found)) if made else {}


def take(
    session: Session, document_id: int, codes: Iterable[str], version: int, holder: Holder, at: datetime
) -> list[str]:  # fmt: skip
    """Write the suggested words of these sections into the draft saved as `version`; returns the sections written.

    A section that has words keeps them, the suggestion stands after them; what stands there already is not written
    twice. Raises `EditedMeanwhile`, `NotADraft`, `NotItsDrafter`, `NoSuchDocument`.
    """
    contents.lock_draft(session, document_id, holder)
    words, now = propose(session, document_id, at), contents.draft(session, document_id)
    texts = {code: str(said) for code, said in (now.content.get("texts") or {}).items()}
    taken = [code for code in dict.fromkeys(codes) if code in words and words[code] not in texts.get(code, "")]
    if taken:
        texts |= {code: f"{texts.get(code, '').rstrip()}\n\n{words[code]}".strip() for code in taken}
        content = {"form": form_of(session, document_id).key, **now.content, "texts": texts}
        contents.save_draft(session, document_id, content, version, holder, at)
    return taken


def suggested(found: Material, made: Summary, plans: list[Cited]) -> dict[str, str]:
    """The words by section, from what was read already."""
    words = {
        "direction": _direction(found, made, plans), "results": _results(made), "launch": _launch(made),
        "next_tasks": _next(made), **{code: _table(made, told) for code, told in _TELLS.items()},
    }  # fmt: skip
    known = {section.code for section in made.form.sections}
    return {code: said for code, said in words.items() if said and code in known}


def _direction(found: Material, made: Summary, plans: list[Cited]) -> str:
    """Whose plan is carried out, which plan of one's own was made for it, and who was asked to report."""
    issuer = found.facts.issuer.full_name
    above = [plan for plan in plans if plan.issuer != found.facts.issuer.name][:1]
    own = [plan for plan in plans if plan not in above][:1]
    said = f"Thực hiện {above[0].words}, {issuer} đã " if above else f"{issuer} đã "
    cited = own[0].words if own else ""
    said += f"ban hành {cited.rpartition(' của ')[0] or cited}, " if own else ""  # whose it is was said just before
    count, day = len(made.below.children), found.facts.period_last or found.cut_at.astimezone(LOCAL).date()
    units = covering.kinds(made.below.children[0].level, day)
    return f"{said}triển khai đến {count} {units} để thực hiện và báo cáo kết quả."


def _results(made: Summary) -> str:
    """How many units did what; how much was done stands in the section of its own and is not said twice."""
    table = next((part.table for part in made.parts if part.table.layout == "rows"), None)
    there = [child.figures for child in made.below.children if not child.why]
    if table is None or len(there) < _SEVERAL:
        return _FIGURES_STAND if made.below.total else ""
    counted = [(one.label, sum(_did(table, one.number, figures) for figures in there)) for one in table.categories]
    said = [f"- {label}: {count} đơn vị;" for label, count in counted if count]
    if not said:
        return _FIGURES_STAND
    head = f"Trong {len(there)} đơn vị có số liệu, số đơn vị đã triển khai từng hoạt động:"
    return "\n".join([head, *said[:-1], f"{said[-1][:-1]}.", _FIGURES_STAND])


def _did(table: Table, row: int, figures: Figures) -> bool:
    return any(cell.table == table.number and cell.row == row and figure.amount for cell, figure in figures.items())


def _launch(made: Summary) -> str:
    """The launching ceremonies, where the form counts them."""
    for part in made.parts:
        for one in part.table.categories:
            if one.code == "launch":
                return _category(part.table, one.number, made.below.total)
    return ""


def _table(made: Summary, code: str) -> str:
    """A table in words, a line a category."""
    part = next((part for part in made.parts if part.table.code == code), None)
    if part is None:
        return ""
    if part.table.layout == "fields":
        return _indicators(part)
    told = {one.number for one in part.table.categories if one.code in {s.code for s in made.form.sections}}
    rows = sorted(reported_rows(part.table, made.below.total) - {UNMAPPED.number} - told)
    return "\n".join(line for row in rows if (line := _category(part.table, row, made.below.total)))


def _category(table: Table, row: int, total: Figures) -> str:
    """ "Lễ phát động …: 62 cuộc, 7.729 lượt người tham gia, trong đó nữ 4.610 lượt."."""
    one = next(c for c in table.categories if c.number == row)
    counts = [
        f"{figure.vi} {one.unit or c.unit}".strip()
        for c in table.columns if c.type == "count" and not c.sex
        if (figure := total.get(Cell.of(table.number, row, c.number)))
    ]  # fmt: skip
    if found := people(table, {cell: figure for cell, figure in total.items() if cell.row == row}):
        women = f", trong đó nữ {found.women.vi} lượt" if found.women else ""
        counts.append(f"{found.total.vi} lượt người{women}")
    return f"- {one.label}: {', '.join(counts)}." if counts else ""


def _indicators(part: Part) -> str:
    said = [
        f"- {one.named}: {told_figures.value_words(one.now)}{f' {one.unit}' if one.unit not in ('', '%') else ''}."
        for one in part.indicators if one.now is not None
    ]  # fmt: skip
    return "\n".join(said)


def _next(made: Summary) -> str:
    """What the figures leave to be done: missing reports, targets that were not met, what most units ask for."""
    said = []
    if gone := made.below.gaps:
        said.append(f"- Đôn đốc {len(gone)} đơn vị chưa có số liệu hoàn thành báo cáo; tổng hợp bổ sung theo quy định.")
    said += [
        f"- Tập trung thực hiện nội dung chưa đạt mục tiêu: {one.label}."
        for part in made.parts for one in part.indicators if one.meets is False or one.meets_plan is False
    ]  # fmt: skip
    asked = made.voices.get("proposals", [])[:1]
    said += [f"- Xem xét đề xuất được nhiều đơn vị nêu: {one.words}" for one in asked if len(one.units) > 1]
    return "\n".join(said)
