"""Setting a paper by typst: the PDF of record (PDF/A-2a and PDF/UA-1, tagged) and the same pages as SVG for the screen.

What people wrote is handed over as JSON in `sys.inputs` and stands in the template as strings, never as markup. The
typesetter sees only the folder of the template and the four font files: no system fonts, no packages, no network.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from queue import Empty, LifoQueue
from threading import BoundedSemaphore, Lock
from typing import Any

from documents.writing import fonts
from documents.writing.fonts import KEEP, clean
from documents.writing.laying import annex_label, heads, laid
from documents.writing.letterhead import day_words
from documents.writing.paper import ABOUT, Annex, Block, Heading, Paper, Paragraph, Table
from states.errors import DonDocError

TEMPLATE = Path(__file__).with_name("paper.typ")
STANDARDS = ["a-2a", "ua-1"]


class NotSet(DonDocError):
    """Không dàn được trang văn bản (the paper could not be set): {why}."""

    status = 500


@dataclass(frozen=True)
class Anchor:
    """A place on the set pages, in points from the upper left corner of its page (1 is the first)."""

    page: int
    x: float
    y: float
    width: float = 0


def to_pdf(paper: Paper) -> bytes:
    """The PDF of record; the same paper gives the same bytes."""
    made_at = int(paper.as_of.timestamp())
    return bytes(_compile(paper, format="pdf", pdf_standards=STANDARDS, timestamp=made_at))


def to_svg(paper: Paper) -> list[str]:
    """One SVG per page, in order."""
    pages = _compile(paper, format="svg")
    return [page.decode() for page in ([pages] if isinstance(pages, bytes) else pages)]


def anchors(paper: Paper) -> dict[str, Anchor]:
    """Where the signature ("sig"), the number and the date will stand."""
    with _press() as press:
        _run(press, _handed_over(paper), format="svg")
        return _anchors(press)


def to_sign(paper: Paper) -> tuple[bytes, dict[str, Anchor]]:
    """The PDF that is signed, its number and day left blank, and where they, in each annex too, and the signature
    will stand. It claims neither PDF/A nor PDF/UA: what is filled in and signed later would not keep the promise.
    """
    made_at = int(paper.as_of.timestamp())
    with _press() as press:
        made = _run(press, _handed_over(paper, to_sign=True), format="pdf", pdf_standards=["1.7"], timestamp=made_at)
        return bytes(made), _anchors(press)


def as_data(paper: Paper, *, to_sign: bool = False) -> dict[str, Any]:
    """The paper as the template reads it: laid, and every text such as the font can show it."""
    ready = laid(paper)
    return {
        "to-sign": to_sign,
        "name": clean(ready.name), "author": clean(ready.author), "notice": ready.notice,
        "watermark": ready.watermark, "parent_line": ready.parent_line and clean(ready.parent_line, 24),
        "issuer_lines": [clean(line, 24) for line in ready.issuer_lines],
        "number": None if ready.number is None else f"{ready.number:02d}", "symbol": clean(ready.symbol),
        "place": clean(ready.place), "date": day_words(ready.day, ready.year), "type_word": ready.type_word,
        "title": clean(_with_year(ready.title)), "answers": ready.answers and clean(ready.answers),
        "bases": [clean(line) for line in ready.bases], "blocks": [_block(block) for block in ready.blocks],
        "closing": clean(ready.closing), "recipients": [clean(line, 30) for line in ready.recipients],
        "signatory": {"lines": [clean(line, 24) for line in ready.signatory.lines],
                      "name": clean(ready.signatory.name), "outside": ready.signatory.outside},
        "annexes": [_annex(ready, number, annex) for number, annex in enumerate(ready.annexes, 1)],
        "kind": ready.kind, "about": clean(ABOUT + ready.title) if ready.kind == "letter" else None,
        "addressed": [clean(line, 30) for line in ready.addressed], "landscape": ready.landscape,
    }  # fmt: skip


def _with_year(title: str) -> str:
    """No year stands alone in the title's last line."""
    return title.replace(" năm ", f" năm{KEEP}")


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "text": clean(block.text), "level": block.level}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": clean(block.text), "style": block.style}
    return {"kind": "table", "widths": [c.width for c in block.columns], "size": block.size,
            "summary": clean(block.summary), "head": _head(block), "body": _body(block)}  # fmt: skip


def _head(table: Table) -> list[list[dict[str, Any]]]:
    return [[_cell(text, "head", "center", columns, rows) for text, columns, rows in line] for line in heads(table)]


def _body(table: Table) -> list[list[dict[str, Any]]]:
    width, made = len(table.columns), []
    for row in table.rows:
        cells = [
            _cell(text or "", row.kind if text is not None else "none", _align(table, at))
            for at, text in enumerate(row.cells)
        ]
        if row.kind == "gap":
            cells = [dict(cell, kind="row") for cell in cells]
            cells.append(_cell(row.words, "gap", "center", width - len(cells)))
        elif row.kind == "heading":
            cells = [_cell(row.cells[0] or "", "heading", "left", width)]
        made.append(cells)
    return made


def _cell(text: str, kind: str, align: str, columns: int = 1, rows: int = 1) -> dict[str, Any]:
    return {"text": clean(text, 18), "kind": kind, "align": align, "columns": columns, "rows": rows}


def _align(table: Table, at: int) -> str:
    column = table.columns[at]
    return "right" if column.numeric else "center" if column.title in ("STT", "Đơn vị tính") else "left"


def _annex(paper: Paper, number: int, annex: Annex) -> dict[str, Any]:
    """Its caption names the paper that it comes with, number and day as far as they are given (Phụ lục I, III.1)."""
    given = format(paper.number, "02d") if paper.number is not None else "      "
    before, after = f"(Kèm theo {paper.type_word.capitalize()} số ", f" của {paper.author})"
    attached = f"{before}{given}/{paper.symbol} {day_words(paper.day, paper.year)}{after}"
    return {
        "label": annex_label(number, len(paper.annexes)), "title": clean(annex.title.upper()), "attached": attached,
        "before": before, "after": after,
        "landscape": annex.landscape, "blocks": [_block(one) for one in annex.blocks],
    }  # fmt: skip


def _compile(paper: Paper, **how: Any) -> Any:
    data = _handed_over(paper)
    with _press() as press:
        return _run(press, data, **how)


def _handed_over(paper: Paper, *, to_sign: bool = False) -> dict[str, str]:
    return {"paper": json.dumps(as_data(paper, to_sign=to_sign), ensure_ascii=False)}


def _anchors(press: Any) -> dict[str, Anchor]:
    """Those of the paper that was set last."""
    found: list[dict[str, Any]] = json.loads(press.query("metadata", field="value"))
    return {at.pop("name"): Anchor(**at) for at in found if at}  # other marks of the layout say nothing


def _run(press: Any, data: dict[str, str], **how: Any) -> Any:
    import typst

    try:
        return press.compile(sys_inputs=data, **how)
    except typst.TypstError as error:
        raise NotSet(why=error.message) from error
    finally:
        if len(data["paper"]) > _HEAVY:
            _forget()


def _forget() -> None:
    """typst remembers the layouts of its last ten papers: of great ones (a province's annex) each takes 80 MB."""
    with _BLANK_ALONE:
        for _ in range(_REMEMBERED + 1):
            _blank().compile(b" ", format="svg")


@cache
def _blank() -> Any:
    import typst

    return typst.Compiler(input=b" ", font_paths=fonts.for_typst())


@contextmanager
def _press() -> Iterator[Any]:
    """A compiler for this thread alone: it may not be used by two at once, but keeps its fonts for the next."""
    with _FREE:
        try:
            press = _IDLE.get_nowait()
        except Empty:
            press = _new_press()
        try:
            yield press
        finally:
            _IDLE.put(press)


def _new_press() -> Any:
    import typst

    return typst.Compiler(input=str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts.for_typst())


_HEAVY = 100_000  # characters of JSON; a ward's report has 15,000
_REMEMBERED = 10
_IDLE: LifoQueue[Any] = LifoQueue()
_BLANK_ALONE = Lock()
_FREE = BoundedSemaphore(os.cpu_count() or 1)
