"""A Word document (.docx) as lines and tables, in the order of its body; drawn with lxml, entities off."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from documents.reading import limits
from documents.reading.folding import fold, squeeze, tidy
from documents.reading.formats import old_fonts
from documents.reading.formats.packed import checked
from documents.reading.formats.word_changes import tracked
from documents.reading.formats.word_lists import Lists
from documents.reading.formats.word_styles import Styles
from documents.reading.model import Grid, Line, Text
from documents.reading.refusals import Damaged, NothingIn, Scan, TooMuch
from states.sentences import Sentence

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LAYOUT = ("cong hoa xa hoi chu nghia", "doc lap - tu do", "noi nhan", "kt. chu tich", "tm. uy ban", "kinh gui")


def read(name: str, sha256: str, data: bytes) -> Text:
    """The document's text; `Damaged`, `NothingIn` and what `packed.checked` refuses."""
    notes = checked(name, ".docx", data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            styles = _root(box, "word/styles.xml")
            pen = _Pen(name, Lists(_root(box, "word/numbering.xml"), styles), Styles(styles))
            body = _root(box, "word/document.xml")
            pictures = any(part.startswith("word/media/") for part in box.namelist())
    except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, UnicodeDecodeError) as error:
        raise Damaged(name=name, kind=".docx") from error
    if body is None or body.find(f"{_W}body") is None:
        raise Damaged(name=name, kind=".docx")
    pen.blocks(body.find(f"{_W}body"))
    if not pen.lines and not pen.grids:
        raise Scan(name=name) if pictures else NothingIn(name=name)
    if pen.old_fonts:
        notes.append(Sentence("chữ gõ bằng bảng mã TCVN3 (phông .Vn), đã chuyển sang Unicode"))
    if left := tracked(body):
        notes.append(left)
    return Text(name, "docx", sha256, pen.page, tuple(pen.lines), tuple(pen.grids), tuple(notes))


def _root(box: zipfile.ZipFile, part: str) -> Any:
    if part not in box.namelist():
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(box.read(part), parser)


class _Pen:
    """Walks the body and writes lines and tables down."""

    def __init__(self, name: str, lists: Lists, styles: Styles) -> None:
        self.name, self.lists, self.styles = name, lists, styles
        self.lines: list[Line] = []
        self.grids: list[Grid] = []
        self.page, self.number, self.gap, self.cells, self.old_fonts = 1, 0, False, 0, False

    def blocks(self, holder: Any) -> None:
        for node in _visible(holder):
            if node.tag == f"{_W}p":
                self._paragraph(node)
            elif node.tag == f"{_W}tbl":
                self._table(node)
            elif node.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
                self.blocks(node)

    def _paragraph(self, node: Any) -> None:
        for text, bold in self._texts(node):
            self.number += 1
            if len(self.lines) >= limits.LINES:
                raise TooMuch(name=self.name, what="dòng", most=limits.LINES)
            if text:
                self.lines.append(Line(text, self.page, self.number, 0, self.gap, bold))
            self.gap = not text

    def _texts(self, node: Any) -> list[tuple[str, bool]]:
        """The lines of a paragraph (hard breaks divide it), each with whether all of it is bold; boxes come after."""
        label = self.lists.label(node)
        pieces: list[tuple[str, bool]] = [(f"{label} ", True)] if label else []
        boxes: list[Any] = []
        self._runs(node, node, pieces, boxes)
        whole = [("".join(t for t, _ in part), all(b for t, b in part if t.strip())) for part in _parted(pieces)]
        lines = [(tidy(text).strip(), bold) for text, bold in whole]
        for box in boxes:
            for inner in box.iter(f"{_W}p"):
                lines += self._texts(inner)
        return lines

    def _runs(self, node: Any, paragraph: Any, pieces: list[tuple[str, bool]], boxes: list[Any]) -> None:
        for child in _visible(node):
            if child.tag == f"{_W}r":
                text, font = self._run(child, boxes), self.styles.font(child, paragraph)
                if old_fonts.is_old(font):
                    self.old_fonts, text = True, old_fonts.to_unicode(text, font)
                pieces.append((text, self.styles.is_bold(child, paragraph)))
            elif child.tag not in (f"{_W}pPr", f"{_W}del", f"{_W}moveFrom"):
                self._runs(child, paragraph, pieces, boxes)

    def _run(self, run: Any, boxes: list[Any]) -> str:
        said = []
        for node in _deep(run, boxes):
            if node.tag == f"{_W}t":
                said.append(node.text or "")
            elif node.tag == f"{_W}tab":
                said.append("\t")
            elif node.tag in (f"{_W}br", f"{_W}cr"):
                self.page += node.get(f"{_W}type") == "page"
                said.append("\n")
            elif node.tag == f"{_W}noBreakHyphen":
                said.append("-")
            elif node.tag == f"{_W}lastRenderedPageBreak":
                self.page += 1
        return "".join(said)

    def _table(self, node: Any) -> None:
        rows = [list(self._row(row)) for row in _rows(node)]
        said = " ".join(" ".join(text for text, _ in lines) for row in rows for lines, _, _ in row)
        plain = not _has_borders(node) and max(map(len, rows), default=0) <= 3
        if plain or any(sign in fold(squeeze(said)) for sign in _LAYOUT) or all(len(row) < 2 for row in rows):
            return self._side_by_side(rows)
        self.number += 1
        grid, spans = _squared(rows)
        self.cells += sum(map(len, grid))
        if self.cells > limits.CELLS:
            raise TooMuch(name=self.name, what="ô bảng", most=limits.CELLS)
        if grid:
            self.grids.append(Grid(grid, self.page, self.number, "", spans))
        self.gap = True

    def _row(self, row: Any) -> Iterator[tuple[list[tuple[str, bool]], int, bool]]:
        for cell in _cells(row):
            properties = cell.find(f"{_W}tcPr")
            span = _number(properties, "gridSpan") if properties is not None else 1
            merged = properties.find(f"{_W}vMerge") if properties is not None else None
            goes_on = merged is not None and merged.get(f"{_W}val") != "restart"
            own = [one for one in cell.iter(f"{_W}p") if next(one.iterancestors(f"{_W}txbxContent"), None) is None]
            lines = [line for paragraph in own for line in self._texts(paragraph)]
            yield lines, min(max(span, 1), 60), goes_on

    def _side_by_side(self, rows: list[list[tuple[list[tuple[str, bool]], int, bool]]]) -> None:
        """A table that only lays out: letterhead, or recipients beside the signature."""
        for row in rows:
            for column, (lines, _, _) in enumerate(row):
                gap = self.gap
                for at, (text, bold) in enumerate(lines, 1):
                    if text:
                        self.lines.append(Line(text, self.page, self.number + at, min(column, 1), gap, bold))
                    gap = not text
            self.number += max((len(lines) for lines, _, _ in row), default=0)
        self.gap = True


def _has_borders(table: Any) -> bool:
    """Whether lines are drawn: by a named style of tables, by the table or by a cell."""
    style = table.find(f"{_W}tblPr/{_W}tblStyle")
    if style is not None and str(style.get(f"{_W}val")).lower() not in ("tablenormal", "normaltable"):
        return True
    drawn = [*table.iterfind(f"{_W}tblPr/{_W}tblBorders/*"), *table.iterfind(f".//{_W}tcBorders/*")]
    return any(one.get(f"{_W}val") not in ("nil", "none", None) for one in drawn)


def _visible(node: Any) -> Iterator[Any]:
    """Children; of two ways to show the same thing only the first."""
    for child in node:
        if child.tag == f"{_MC}AlternateContent":
            chosen = child.find(f"{_MC}Choice")
            yield from _visible(chosen if chosen is not None else child)
        elif isinstance(child.tag, str):
            yield child


def _deep(run: Any, boxes: list[Any]) -> Iterator[Any]:
    for child in _visible(run):
        if child.tag == f"{_W}txbxContent":
            boxes.append(child)
        else:
            yield child
            yield from _deep(child, boxes)


def _rows(table: Any) -> Iterator[Any]:
    for node in _visible(table):
        if node.tag == f"{_W}tr":
            yield node
        elif node.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
            yield from _rows(node)


def _cells(row: Any) -> Iterator[Any]:
    for node in _visible(row):
        if node.tag == f"{_W}tc":
            yield node
        elif node.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _cells(node)


def _squared(rows: list[list[tuple[list[tuple[str, bool]], int, bool]]]) -> tuple[Any, dict[tuple[int, int], int]]:
    """All rows of one width; merged cells say their words once."""
    spans: dict[tuple[int, int], int] = {}
    made: list[list[str]] = []
    for at, row in enumerate(rows):
        cells: list[str] = []
        for lines, span, goes_on in row:
            if span > 1:
                spans[at, len(cells)] = span
            cells += ["" if goes_on else squeeze(" ".join(text for text, _ in lines))] + [""] * (span - 1)
        made.append(cells)
    width = max(map(len, made), default=0)
    return tuple(tuple(row + [""] * (width - len(row))) for row in made), spans


def _parted(pieces: list[tuple[str, bool]]) -> list[list[tuple[str, bool]]]:
    parts: list[list[tuple[str, bool]]] = [[]]
    for text, bold in pieces:
        first, *more = text.split("\n")
        parts[-1].append((first, bold))
        parts += [[(one, bold)] for one in more]
    return parts


def _number(properties: Any, name: str) -> int:
    found = properties.find(f"{_W}{name}")
    said = "" if found is None else str(found.get(f"{_W}val"))
    return int(said) if said.isdecimal() and len(said) < 4 else 1
