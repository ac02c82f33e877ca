"""Excel beside the page: the blank form to fill in, and the filled one read back, shown place by place first.

What a file says is brought together with what others saved since it was made, as for a page that stood open so long.
Nothing is saved here: the preview sends the same fields to `/soan/…` that the page itself would.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter, UploadFile
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages.draft import facts as draft_facts
from api.pages.draft.facts import Facts
from api.pages.draft.merge import Flat, Say, flat, in_words, merge, unflat
from api.pages.draft.post import hear
from api.pages.draft.save import shown, stored
from api.pages.draft.sheet import Row, Sheet, of_content
from api.pages.shell import Visit, Visiting, tried
from api.seeing import SeenDocument
from documents.forms import Form
from documents.reading import files, limits
from documents.reading.filled.form import FilledForm, read_filled
from documents.reading.filled.key import Expected
from documents.writing.blank_form import blank_xlsx, read_blank
from documents.writing.sheets import MEDIA_TYPE, file_name
from states import contents
from states.errors import Invalid
from states.periods import local

router = APIRouter()


class NoFileChosen(Invalid):
    """Chưa chọn tệp nào (no file was chosen): chọn biểu Excel đã điền rồi nạp lại."""


@dataclass(frozen=True)
class Change:
    """One place that the file changes: its words, what is saved now, what the file says; `both`: somebody changed it
    on the page as well, and one will have to choose.
    """

    words: str
    old: str
    new: str
    both: bool


@dataclass(frozen=True)
class Preview:
    """What would become of the draft. `fields`: what the page sends on when the preview is taken."""

    filled: FilledForm
    changes: list[Change]
    fields: list[tuple[str, str]]
    base: str


@router.get("/soan/{document_id}/bieu.xlsx", dependencies=[allowed(Access.OFFICE)])
def blank(seen: SeenDocument, visit: Visiting, session: InTransaction) -> Response:
    """The blank form, with what the draft holds already."""
    found = draft_facts.facts(session, seen, visit.by)
    made = read_blank(session, found.id, visit.now)
    name = file_name("bieu", found.unit, found.title, f"{local(visit.now):%Y-%m-%d}", ending="xlsx")
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return Response(blank_xlsx(made), media_type=MEDIA_TYPE, headers=headers)


@router.post("/soan/{document_id}/nap", dependencies=[allowed(Access.WORKING)])
def read_back(
    seen: SeenDocument, visit: Visiting, session: InTransaction, tep: UploadFile | None = None
) -> HTMLResponse:
    """What a filled form would change; nothing is saved yet."""
    found = draft_facts.facts(session, seen, visit.by)
    contents.lock_draft(session, found.id, visit.me.holder)
    made, error = tried(session, lambda: _preview(session, found, visit, tep))
    status = error.status if error else 422 if made.filled.reasons else 200
    return visit.page("draft/excel.html", status, facts=found, preview=made, error=error)


def _preview(session: Session, found: Facts, visit: Visit, file: UploadFile | None) -> Preview:
    if file is None or not file.filename:
        raise NoFileChosen()
    if found.form is None:
        raise NoFileChosen()
    data = file.file.read(limits.FILE + 1)
    filled = read_filled(files.own_name(file.filename), data, Expected(found.id, found.unit_id, found.form))
    sheet = sheet_of(filled)
    changes = list(_changes(session, found, found.form, filled, sheet, visit.say))
    base = json.dumps(flat(filled.key.base), ensure_ascii=False)
    return Preview(filled, changes, list(fields_of(sheet)), base)


def sheet_of(filled: FilledForm) -> Sheet:
    """The page's fields as the file fills them."""
    sheet = Sheet({int(cell): said for cell, said in filled.cells.items()}, [], set(filled.nil), dict(filled.texts))
    for number, row in enumerate(filled.rows, 1):
        key = f"c{row.category}n{number}" if row.category else f"x{number}"
        sheet.rows.append(Row(row.table, key, row.category, row.label, row.level, dict(row.values)))
    return sheet


def fields_of(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """The fields of a sheet, as a page sends them."""
    yield from ((f"f.{cell}", said) for cell, said in sheet.figures.items())
    for row in sheet.rows:
        yield from ((f"{row.name}.l", row.label), (f"{row.name}.c", str(row.category)), (f"{row.name}.e", row.level))
        yield from ((f"{row.name}.v{column}", said) for column, said in row.values.items())
    yield from ((f"n.{table}", "1") for table in sorted(sheet.nil))
    yield from ((f"t.{code}", words) for code, words in sheet.texts.items())


def _changes(
    session: Session, found: Facts, form: Form, filled: FilledForm, sheet: Sheet, say: Say
) -> Iterator[Change]:
    """The places that differ from what is saved now, once both are brought together."""
    now = stored(session, found.id, form)
    mine, was = flat(hear(sheet, form).content), flat(filled.key.base)
    both: frozenset[str] = frozenset()
    if now.version != filled.key.version:
        merged = merge(was, mine, now.base)
        both = frozenset(one.place for one in merged.clashes)
        mine = flat(hear(of_content(unflat(merged.flat, form), form), form).content)
    old = flat(now.heard.content)
    known: Flat = {**old, **mine}
    for place in dict.fromkeys([*old, *mine]):
        if old.get(place) != mine.get(place) and not _is_name(place, old, mine):
            words = in_words(place, form, known, say)
            yield Change(words, shown(place, old.get(place)), shown(place, mine.get(place)), place in both)


def _is_name(place: str, old: Flat, new: Flat) -> bool:
    """The name of a row that comes or goes with its values is not told apart from them."""
    start, _, last = place.rpartition("|")
    if not place.startswith("row|") or last != "label" or (place in old and place in new):
        return False
    return any(other.startswith(f"{start}|v") for other in (old if place in old else new))
