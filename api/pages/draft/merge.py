"""Two people save one draft (hai người cùng sửa): their contents place by place, and how they are brought together.

A place is a cell, a row's label, a text, a field of a task. What only one of them changed since the version that both
knew is taken from him; where both changed the same place differently, somebody must choose.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from documents.forms import Form, label_key
from states.figures import Cell

Say = Callable[[str], str]
Flat = dict[str, Any]
"""A content by places, in its order."""

_SEP = "|"


@dataclass(frozen=True)
class Clash:
    """One place that both changed; None: nothing stands there."""

    place: str
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Merged:
    """`flat`: both together, mine where they clash. `came`: places taken from the other. `clashes`: to be chosen."""

    flat: Flat
    came: tuple[str, ...]
    clashes: tuple[Clash, ...]


def flat(content: Mapping[str, Any]) -> Flat:
    """A stored content by its places."""
    found: Flat = {f"figures{_SEP}{cell}": value for cell, value in (content.get("figures") or {}).items()}
    for start, row in _numbered("row", content.get("rows"), "label"):
        found[start + "label"] = row.get("label", "")
        found |= {start + "level": row["level"]} if row.get("level") else {}
        found |= {f"{start}v{column}": value for column, value in (row.get("values") or {}).items()}
    found |= {f"nil{_SEP}{table}": True for table in content.get("nil") or ()}
    found |= {f"texts{_SEP}{code}": words for code, words in (content.get("texts") or {}).items() if words}
    for part, name in (("tasks", "title"), ("assignees", "name")):
        for start, one in _numbered(part, content.get(part), name):
            found |= {start + key: value for key, value in one.items() if value or key == name}
    return found


def merge(base: Flat, mine: Flat, theirs: Flat) -> Merged:
    """Bring two contents together that both began from `base`."""
    both: Flat = {}
    came: list[str] = []
    clashes: list[Clash] = []
    for place in dict.fromkeys([*mine, *theirs, *base]):
        was, ours, other = base.get(place), mine.get(place), theirs.get(place)
        value = other if ours == was else ours
        if ours not in (was, other) and other != was:
            clashes.append(Clash(place, ours, other))
        elif value != ours:
            came.append(place)
        if value is not None:
            both[place] = value
    return Merged(_whole(both, mine, theirs), tuple(came), tuple(clashes))


def choose(mine: Flat, theirs: Flat, places: Iterable[str]) -> Flat:
    """Mine, with the other's word at these places."""
    chosen = dict(mine)
    for place in places:
        if theirs.get(place) is None:
            chosen.pop(place, None)
        else:
            chosen[place] = theirs[place]
    return _whole(chosen, mine, theirs)


def unflat(places: Flat, form: Form) -> dict[str, Any]:
    """The content that stands at these places."""
    content: dict[str, Any] = {"form": form.key, "figures": {}, "rows": [], "nil": [], "texts": {}}
    if form.kind == "plan":
        content |= {"tasks": [], "assignees": []}
    things: dict[str, dict[str, Any]] = {}
    for place, value in places.items():
        part, *rest = place.split(_SEP)
        if part in ("figures", "texts"):
            content[part][rest[0]] = value
        elif part == "nil":
            content["nil"].append(int(rest[0]))
        else:
            things.setdefault(_start(place), {})[rest[-1]] = value
    for start, thing in things.items():
        part, *rest = start.split(_SEP)
        content["rows" if part == "row" else part].append(_row(rest, thing) if part == "row" else thing)
    return content | {"nil": sorted(content["nil"])}


def in_words(place: str, form: Form, known: Flat, say: Say) -> str:
    """A place as people name it; `known`: where the names of its row or task stand."""
    part, *rest = place.split(_SEP)
    if part == "figures":
        return form.cell_label(Cell(rest[0]))
    if part == "texts":
        return next((section.title for section in form.sections if section.code == rest[0]), rest[0])
    if part == "nil":
        return say(_("Biểu %(table)s: không phát sinh")) % {"table": rest[0]}
    if part == "row":
        said = {"table": rest[0], "row": known.get(_start(place) + "label") or rest[2]}
        column = _column(form, int(rest[0]), rest[-1], say)
        if column:
            return say(_("Biểu %(table)s, dòng «%(row)s», cột %(column)s")) % {**said, "column": column}
        return say(_("Biểu %(table)s, dòng «%(row)s»")) % said
    name = known.get(_start(place) + ("title" if part == "tasks" else "name")) or rest[0]
    words = _("Nhiệm vụ «%(name)s»: %(field)s") if part == "tasks" else _("Phân công «%(name)s»: %(field)s")
    return say(words) % {"name": name, "field": say(_FIELDS.get(rest[-1], rest[-1]))}


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


_FIELDS = {
    "title": _("nội dung"), "name": _("tên"), "due": _("thời hạn"), "assignees": _("người thực hiện"),
    "target": _("chỉ tiêu"), "amount": _("kinh phí"), "asked": _("chỉ đề nghị"), "tasks": _("việc được giao"),
    "task": _("việc được giao"), "number": _("số thứ tự"), "group": _("nhóm"),
}  # fmt: skip


def _column(form: Form, table: int, name: str, say: Say) -> str:
    if name == "level":
        return say(_("cấp triển khai"))
    return next((column.name for column in form.table(table).columns if f"v{column.number}" == name), "")


def _whole(places: Flat, *known: Flat) -> Flat:
    """A row or task of which anything stands has its name again, even where one of both had taken it out."""
    names = {"row": "label", "tasks": "title", "assignees": "name"}
    for start in dict.fromkeys(_start(place) for place in places if place.split(_SEP)[0] in names):
        name = start + names[start.split(_SEP)[0]]
        if name not in places:
            places[name] = next((one[name] for one in known if name in one), "")
    return places


def _row(rest: list[str], thing: dict[str, Any]) -> dict[str, Any]:
    values = {name[1:]: value for name, value in thing.items() if name.startswith("v")}
    row = {"table": int(rest[0]), "row": int(rest[1]), "label": thing["label"], "values": values}
    return row | ({"level": thing["level"]} if thing.get("level") else {})


def _start(place: str) -> str:
    return place.rpartition(_SEP)[0] + _SEP


def _numbered(part: str, things: Any, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each thing with the start of its places: named by its words, and by how many before it have the same."""
    seen: dict[str, int] = {}
    for thing in things or ():
        table = [str(thing.get("table")), str(thing.get("row") or 0)] if part == "row" else []
        start = _SEP.join([part, *table, label_key(str(thing.get(name) or ""))])
        seen[start] = seen.get(start, 0) + 1
        yield f"{start}{_SEP}{seen[start]}{_SEP}", thing
