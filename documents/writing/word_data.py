"""What is filled into the Word template: the same laid paper as the PDF's, with lengths in twips (20 to the point)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any

from markupsafe import Markup, escape

from documents.writing.fonts import BREAK, KEEP, face
from documents.writing.laying import LANDSCAPE, PORTRAIT
from documents.writing.paper import Paper
from documents.writing.typesetting import as_data
from documents.writing.word_widths import with_room

_Data = dict[str, Any]
_SLACK = 4.0  # mm: what another program may measure wider than we do
_WIDEST_HEAD = 110.0  # mm: a longer place and day takes two lines
_ISSUER_RULE, _TITLE_RULE = 0.4, 0.33  # parts of the text above: between a third and a half (Phụ lục I, II.2 and II.5)
_NO_NUMBER = KEEP * 10  # room that the clerk fills in
_STYLES = {"body": "Body", "strong": "Strong", "basis": "Basis", "blank": "Blank", "note": "Note"}
_LONG_CELL, _SMALL_ROWS, _SMALL_TEXT = 700, 5, 440  # letters and rows: as in paper.typ
_MANY_RECIPIENTS = 28


def filled(paper: Paper) -> _Data:
    """The paper as `word.xml` reads it; every text escaped, as Word may hold it."""
    data = as_data(paper)
    room = LANDSCAPE if paper.landscape else PORTRAIT
    data["head"], data["foot"] = _head(data, room), _foot(data, room)
    data["number"] = data["number"] or _NO_NUMBER
    data["ends_in_table"] = bool(data["blocks"]) and data["blocks"][-1]["kind"] == "table"
    data["blocks"] = list(_blocks(data["blocks"], room))
    for annex in data["annexes"]:
        wide = LANDSCAPE if annex["landscape"] else PORTRAIT
        annex["blocks"] = list(_blocks(annex["blocks"], wide))
    made: _Data = _safe(data)
    return made


def twips(mm: float) -> int:
    """1 mm is 56.7 twips."""
    return round(mm * 1440 / 25.4)


def _head(data: Mapping[str, Any], room: float) -> _Data:
    """The letterhead's two columns, and how far the lines under its texts stand in from both sides."""
    motto = face(True).width("Độc lập - Tự do - Hạnh phúc", 13)
    nation = face(True).width("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12)
    dated = face().width(f"{data['place']}, {data['date']}", 13)
    right = min(max(nation, dated) + _SLACK, _WIDEST_HEAD)
    left = room - right
    issuer = min(face(True).width(data["issuer_lines"][-1], 12), left) * _ISSUER_RULE
    title = min(face(True).width(data["title"], 14), room) * _TITLE_RULE
    notice = face(True).width(data["notice"] or "", 11) + _SLACK
    return {
        "widths": _split([left, right]), "notice_side": twips(max(0.0, room - notice)),
        "issuer_side": _side(left, issuer), "motto_side": _side(right, motto),
        "title_side": _side(room, title),
    }  # fmt: skip


def _foot(data: Mapping[str, Any], room: float) -> _Data:
    """Recipients and signature, 1 to 1.25, with 5 mm between them."""
    left = (room - 5) / 2.25 + 5
    return {
        "widths": _split([left, room - left]),
        "room": twips(10 if data["signatory"]["outside"] else 30),
        "whole": len(data["recipients"]) <= _MANY_RECIPIENTS,
    }


def _side(room: float, line: float) -> int:
    return twips(max(0.0, (room - line) / 2))


def _split(widths: Sequence[float]) -> list[int]:
    """Widths whose sum is rounded only once."""
    ends = [twips(end) for end in accumulate(widths)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _blocks(blocks: Sequence[Mapping[str, Any]], room: float) -> Iterator[_Data]:
    """What follows a table stands a little below it, after a low line of its own: two tables would be one in Word if
    nothing were between them, and LibreOffice leaves a heading alone at a page's end if it comes right after a table.
    """
    after_table = False
    for one in blocks:
        yield {**_block(one, room), "after_table": after_table}
        after_table = one["kind"] == "table"


def _block(one: Mapping[str, Any], room: float) -> _Data:
    if one["kind"] == "table":
        return _table(one, room)
    style = f"Heading{one['level']}" if one["kind"] == "heading" else _STYLES[one["style"]]
    return {"kind": "line", "style": style, "text": one["text"], "leads": _leads(one["text"])}


def _leads(said: str) -> bool:
    """Whether a short line leads to what follows and stays on its page, as in paper.typ."""
    return len(said) < 150 and (said.endswith(":") or said == "(tiếp theo)")


def _table(one: Mapping[str, Any], room: float) -> _Data:
    """Rows of cells with their widths; cells that are merged downwards stand in each row that they cover."""
    head = list(_downwards(one["head"]))
    widths = _split(with_room([min(wide, room) for wide in one["widths"]], [*head, *one["body"]], one["size"]))
    small = len(one["body"]) <= _SMALL_ROWS and sum(len(c["text"]) for row in one["body"] for c in row) < _SMALL_TEXT
    rows = [_row(cells, widths, head=True, keep=True) for cells in head]
    last = len(one["body"]) - 1
    for n, cells in enumerate(one["body"]):
        opens_group = bool(cells) and cells[0]["kind"] == "heading"
        rows.append(_row(cells, widths, head=False, keep=opens_group or (small and n < last)))
    return {"kind": "table", "style": f"Cell{one['size']:g}", "summary": one["summary"], "widths": widths,
            "width": sum(widths), "rows": rows}  # fmt: skip


def _row(cells: Sequence[Mapping[str, Any]], widths: Sequence[int], *, head: bool, keep: bool) -> _Data:
    made, at = [], 0
    for cell in cells:
        made.append({"merge": "", **cell, "width": sum(widths[at : at + cell["columns"]])})
        at += cell["columns"]
    whole = max((len(cell["text"]) for cell in cells), default=0) <= _LONG_CELL
    return {"cells": made, "head": head, "keep": keep, "whole": whole}


def _downwards(head: Sequence[Sequence[Mapping[str, Any]]]) -> Iterator[list[Mapping[str, Any]]]:
    """A head of two rows: what covers both goes on, blank, in the lower one."""
    if len(head) == 1:
        yield list(head[0])
        return
    upper, under = head[0], iter(head[1])
    yield [{**cell, "merge": "restart"} if cell["rows"] > 1 else cell for cell in upper]
    lower: list[Mapping[str, Any]] = []
    for cell in upper:
        goes_on = {**cell, "text": "", "merge": "continue"}
        lower += [goes_on] if cell["rows"] > 1 else [next(under) for _ in range(cell["columns"])]
    yield lower


def _safe(value: Any) -> Any:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return {name: _safe(inner) for name, inner in value.items()}
    return [_safe(inner) for inner in value] if isinstance(value, list) else value


@lru_cache(maxsize=8192)
def _text(said: str) -> Markup:
    """Escaped. Word breaks a long word by itself; what XML can't hold is left out; `{_{`, which docxtpl would turn
    into a mark of its own, stays as it was written."""
    kept = _NOT_IN_XML.sub("", said.replace(BREAK, ""))
    return Markup(str(escape(kept)).replace("{_", "{&#95;").replace("_}", "&#95;}").replace("%_", "%&#95;"))


_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
