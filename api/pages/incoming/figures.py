"""What of a paper goes into a form: rows, cells and texts as they were read, as they stand, and where they differ."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData

from api.pages.draft import post
from api.pages.draft.form import Beside, Grid, Said, Text, texts
from api.pages.draft.grid import grids
from api.pages.draft.post import Heard
from api.pages.draft.sheet import Row, Sheet, element, of_content
from documents.forms import Form
from states.figures import BadFigure, Figure


@dataclass(frozen=True)
class Doubt:
    """A cell or text that the reader is not sure of: its field, what was read and where, and why it asks."""

    name: str
    label: str
    value: str
    raw: str
    place: Mapping[str, Any] | None
    said: str
    looked: bool

    @property
    def field(self) -> str:
        """The id of the field's element."""
        return element(self.name)


@dataclass(frozen=True)
class Content:
    """The part of the page that fills the form."""

    form: Form
    grids: list[Grid]
    texts: list[Text]
    places: Mapping[str, Mapping[str, Any]]
    doubts: tuple[Doubt, ...]
    unplaced: tuple[str, ...]
    read: Sheet
    sheet: Sheet
    heard: Heard


def content(form: Form, proposal: Mapping[str, Any], draft: Mapping[str, Any], sent: FormData | None = None) -> Content:
    """The proposal of the reading over what the draft says already, or as it was sent back."""
    read, places, told = _read(form, proposal)
    if sent is not None:
        sheet = post.of_posted(((n, v) for n, v in sent.multi_items() if isinstance(v, str)), form)
        _act(sheet, form, str(sent.get("do") or ""))
    else:
        sheet = _over(of_content(draft, form), read, form)
    heard = post.hear(sheet, form)
    said = {name: (Said("doubt", words),) for name, words in told.items()}
    said |= {name: (Said("bad", words),) for name, words in heard.unread.items()}
    beside = Beside(said=said)
    doubts = tuple(_doubts(form, proposal, read, told, places, sent))
    return Content(form, grids(form, sheet, heard, beside), texts(form, sheet, beside), places, doubts,
                   tuple(proposal["unplaced"]), read, sheet, heard)  # fmt: skip


def differences(found: Content) -> Iterator[tuple[str, str, str, str]]:
    """Name, label, as read and as it stands, of every cell and text that the file says and that stands otherwise."""
    for name, value in _values(found.read):
        stands = found.sheet.get(name) if not name.startswith("t.") else found.sheet.texts.get(name[2:], "")
        if value.strip() and not same(value, stands):
            yield name, label(found.form, found.read, name), value, stands
    for table in sorted(found.read.nil ^ (found.sheet.nil & {int(one) for one in _tables(found.read)})):
        said = ("Không", "") if table in found.read.nil else ("", "Không")
        yield f"n.{table}", f"Biểu {table}", *said
    there = dict(_values(found.read))
    for name, stands in _values(found.sheet):
        if name.startswith("r.") and name not in there and stands.strip() and name.split(".")[1] in _tables(found.read):
            yield name, label(found.form, found.sheet, name), "", stands


def same(one: str, other: str) -> bool:
    """Whether two texts say the same, as figures or as words."""
    try:
        return Figure.parse(one).figure == Figure.parse(other).figure
    except BadFigure:
        return " ".join(one.split()) == " ".join(other.split())


def label(form: Form, sheet: Sheet, name: str) -> str:
    """A field in words: "Biểu 1, «Tọa đàm», cột Nam"."""
    if name.startswith("f."):
        return form.cell_label(int(name[2:]))
    if name.startswith("t."):
        return next((one.title for one in form.sections if one.code == name[2:]), name)
    start, _, column = name.rpartition(".v")
    row = next((row for row in sheet.rows if row.name == start), None)
    table = form.table(int(name.split(".")[1]))
    head = next((c.name for c in table.columns if c.number == int(column)), column)
    return f"Biểu {table.number}, «{row.label if row else ''}», cột {head}"


def _read(form: Form, proposal: Mapping[str, Any]) -> tuple[Sheet, dict[str, Mapping[str, Any]], dict[str, str]]:
    """The sheet of what was read, the place of each field, and what is unsure of it."""
    said = {code: one["value"] for code, one in proposal["texts"].items()}
    sheet = of_content({"nil": proposal["nil"], "texts": said}, form)
    places: dict[str, Mapping[str, Any]] = {}
    told: dict[str, str] = {}
    for one in proposal["rows"]:
        row = _new_row(sheet, one)
        for column in row.values:
            places[f"{row.name}.v{column}"] = one["place"]
            if doubt := one["doubts"].get(str(column)):
                told[f"{row.name}.v{column}"] = doubt
    for cell, one in proposal["figures"].items():
        if not sheet.figures.get(int(cell)):
            sheet.figures[int(cell)] = one["value"]
            places[f"f.{cell}"], told[f"f.{cell}"] = one["place"], one["said"] or f"ghép từ «{one['raw']}»"
    for code, one in proposal["texts"].items():
        places[f"t.{code}"] = one["place"]
    return sheet, places, told


def _new_row(sheet: Sheet, one: Mapping[str, Any]) -> Row:
    """The row as people wrote it: what is no figure stays as it is, to be put right beside its words."""
    table, category = int(one["table"]), int(one["row"])
    used = {row.key for row in sheet.rows_of(table)}
    start = f"c{category}n" if category else "x"
    free = next(f"{start}{n}" for n in range(1, 10_000) if f"{start}{n}" not in used)
    values = {int(column): str(value) for column, value in one["values"].items()}
    sheet.rows.append(Row(table, free, category, str(one["label"]), str(one["level"]), values))
    return sheet.rows[-1]


def _over(draft: Sheet, read: Sheet, form: Form) -> Sheet:
    """Tables of the file take the place of the draft's; its texts fill what the draft leaves blank."""
    mine = {int(table) for table in _tables(read)}
    rows = [*[row for row in draft.rows if row.table not in mine], *read.rows]
    numbers = [table.number for table in form.tables]
    return Sheet(
        {**draft.figures, **read.figures}, sorted(rows, key=lambda row: numbers.index(row.table)),
        (draft.nil - mine) | read.nil, {**read.texts, **{c: t for c, t in draft.texts.items() if t.strip()}},
        draft.tasks, draft.assignees,
    )  # fmt: skip


def _tables(sheet: Sheet) -> set[str]:
    return {str(row.table) for row in sheet.rows} | {str(number) for number in sheet.nil}


def _values(sheet: Sheet) -> Iterable[tuple[str, str]]:
    for row in sheet.rows:
        yield from ((f"{row.name}.v{column}", value) for column, value in row.values.items())
    yield from ((f"f.{cell}", value) for cell, value in sheet.figures.items())
    yield from ((f"t.{code}", words) for code, words in sheet.texts.items())


def _doubts(
    form: Form, proposal: Mapping[str, Any], read: Sheet, told: Mapping[str, str],
    places: Mapping[str, Mapping[str, Any]], sent: FormData | None,
) -> Iterator[Doubt]:  # fmt: skip
    for name, words in told.items():
        raw = proposal["figures"][name[2:]]["raw"] if name.startswith("f.") else ""
        yield Doubt(name, label(form, read, name), read.get(name), raw, places.get(name), words, _looked(sent, name))
    for code, one in proposal["texts"].items():
        if one["sure"] < 0.8:
            name = f"t.{code}"
            yield Doubt(name, label(form, read, name), "", one["raw"], one["place"], one["said"], _looked(sent, name))


def _looked(sent: FormData | None, name: str) -> bool:
    return sent is not None and sent.get(f"ok.{name}") == "1"


def _act(sheet: Sheet, form: Form, asked: str) -> None:
    """A row more or less, where no script does it."""
    what, _, name = asked.partition(":")
    if what == "add" and name.isdecimal() and any(table.number == int(name) for table in form.tables):
        sheet.new_row(int(name))
    elif what == "drop":
        sheet.rows = [row for row in sheet.rows if row.name != name]
