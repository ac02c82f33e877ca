"""What the buttons of a draft's page do: rows come and go, the last period is copied, a finding is explained.

`do` names the act: ``add:1`` a row in table 1, ``add:tasks``; ``drop:r.1.x2``, ``drop:k.3``; ``copy:t.results``,
``copy:table.1``; ``form-assignees``; ``explain:2`` the second box of explanation.
"""

from collections.abc import Sequence

from sqlmodel import Session

from api.pages.draft.facts import Facts
from api.pages.draft.sheet import ASSIGNEE_FIELDS, TASK_FIELDS, Entry, Sheet, complete
from api.pages.shell import Visit
from documents.forms import Form, Table, label_key
from states import contents
from states.figures import Cell
from states.reading.before import Before, before


def change(session: Session, found: Facts, sheet: Sheet, do: str) -> None:
    """Do to the sheet what the button says; an act that is not one of these changes nothing."""
    act, _, what = do.partition(":")
    form = found.form
    if form is None:
        return
    if act == "add":
        _add(sheet, form, what)
    elif act == "drop":
        sheet.rows = [row for row in sheet.rows if row.name != what]
        sheet.tasks = [one for one in sheet.tasks if f"k.{one.key}" != what]
        sheet.assignees = [one for one in sheet.assignees if f"a.{one.key}" != what]
    elif act == "form-assignees":
        _add_assignees(sheet, form)
    elif act == "copy" and (earlier := before(session, found.id)):
        _copy(sheet, form, what, earlier)


def explain(session: Session, document_id: int, do: str, fields: Sequence[tuple[str, str]], visit: Visit) -> None:
    """Keep the words in the box whose button was pressed: they are never changed afterwards, only added to."""
    act, _, number = do.partition(":")
    if act != "explain":
        return
    said = dict(fields)
    words = said.get(f"why.{number}.words", "").strip()
    code, place = said.get(f"why.{number}.code", ""), said.get(f"why.{number}.place", "")
    if words and code and place:
        contents.explain(session, document_id, code[:100], place[:200], words[:4000], visit.me.holder, visit.now)


def _add(sheet: Sheet, form: Form, what: str) -> None:
    if what in ("tasks", "assignees"):
        into, known = (sheet.tasks, TASK_FIELDS) if what == "tasks" else (sheet.assignees, ASSIGNEE_FIELDS)
        into.append(Entry(_free(into), dict.fromkeys(known, "")))
    elif table := _table(form, what):
        sheet.new_row(table.number)


def _add_assignees(sheet: Sheet, form: Form) -> None:
    known = {label_key(one.said.get("name", "")) for one in sheet.assignees}
    for one in form.assignees:
        if label_key(one.name) not in known:
            said = dict.fromkeys(ASSIGNEE_FIELDS, "") | {"name": one.name, "asked": "1" if one.asked else ""}
            sheet.assignees.append(Entry(_free(sheet.assignees), said))


def _copy(sheet: Sheet, form: Form, what: str, earlier: Before) -> None:
    """Into what is empty only; a text that is there already is kept, the older one stands after it."""
    kind, _, rest = what.partition(".")
    if kind == "t" and (words := earlier.texts.get(rest)):
        now = sheet.texts.get(rest, "").strip()
        sheet.texts[rest] = f"{now}\n\n{words}" if now and words not in now else now or words
    elif kind == "table" and (table := _table(form, rest)):
        complete(sheet, form)
        _copy_table(sheet, table, earlier)


def _copy_table(sheet: Sheet, table: Table, earlier: Before) -> None:
    figures = {cell: figure for cell, figure in earlier.own.items() if Cell(cell).table == table.number}
    for cell, figure in figures.items():
        if table.layout == "fields":
            if not sheet.figures.get(int(cell), "").strip():
                sheet.figures[int(cell)] = figure.vi
            continue
        rows = [row for row in sheet.rows_of(table.number) if row.category == cell.row and cell.row]
        if len(rows) == 1 and not rows[0].values.get(cell.column, "").strip():
            rows[0].values[cell.column] = figure.vi


def _table(form: Form, number: str) -> Table | None:
    return next((table for table in form.tables if str(table.number) == number), None)


def _free(entries: Sequence[Entry]) -> str:
    used = {one.key for one in entries}
    return next(f"n{n}" for n in range(1, 10_000) if f"n{n}" not in used)
