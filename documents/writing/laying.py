"""Tables laid on the page (dàn bảng): column widths by what stands in them; what is too wide goes to a landscape annex.

Pure. Measured with the font's own widths, so that no word and no figure is broken or runs over its column.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from documents.writing.fonts import BREAK, clean, face
from documents.writing.paper import Annex, Block, Column, Heading, Paper, Paragraph, Table
from documents.writing.sections import roman

PORTRAIT, LANDSCAPE = 210 - 30 - 15, 297 - 30 - 15
"""Width of the text in mm: A4 less the margins of Phụ lục I, I.1 (left 30, right 15)."""
PADDING = 3.4
"""What a cell keeps free on both sides, with its rule, in mm."""
_SIZES, _ANNEX_SIZES = (13.0, 12.0, 11.0), (12.0, 11.0, 10.0)
_WORD = 18  # a longer word in a cell may be broken
_WIDEST = 300.0  # mm: a longer text asks for no more
_WIDE = 100.0  # mm: as far as a column of text grows beyond what it needs
_NAME = 40.0  # mm: what the name of a row needs at least, where it is so long


def laid(paper: Paper) -> Paper:
    """The paper with every table's widths and type size; tables that don't fit are moved to annexes."""
    if paper.landscape:
        return replace(paper, blocks=_in_parts(paper.blocks), annexes=tuple(map(_annex, paper.annexes)))
    wide = [number for number, block in enumerate(paper.blocks) if isinstance(block, Table) and not _in_text(block)]
    count = len(wide) + len(paper.annexes)
    referred = [
        _reference(wide.index(number) + 1, count) if number in wide else block
        for number, block in enumerate(paper.blocks)
    ]
    moved = [Annex(_title_before(paper.blocks, number), (paper.blocks[number],)) for number in wide]
    annexes = (*moved, *paper.annexes)
    blocks = tuple(_alike(_by_number(referred, annexes), PORTRAIT, _SIZES))
    return replace(paper, blocks=blocks, annexes=tuple(map(_annex, annexes)))


def annex_label(number: int, count: int) -> str:
    """ "Phụ lục", or "Phụ lục II" where there are several (Phụ lục I, III.1)."""
    return "Phụ lục" if count == 1 else f"Phụ lục {roman(number)}"


def heads(table: Table) -> list[list[tuple[str, int, int]]]:
    """The head's rows as (text, columns, rows) that each cell spans."""
    if not any(c.group for c in table.columns):
        return [[(c.title, 1, 1) for c in table.columns]]
    upper: list[tuple[str, int, int]] = []
    for run in _runs(table.columns):
        upper.append((run[0].group, len(run), 1) if run[0].group else (run[0].title, 1, 2))
    return [upper, [(c.title, 1, 1) for c in table.columns if c.group]]


def _alike(blocks: Sequence[Block], width: float, sizes: Sequence[float]) -> Iterator[Block]:
    """All tables in one size of type: the largest in which each of them fits."""
    tables = [block for block in blocks if isinstance(block, Table)]
    size = min((fitted.size for table in tables if (fitted := _fitted(table, width, sizes))), default=sizes[-1])
    for block in blocks:
        yield (_fitted(block, width, (size,)) or block) if isinstance(block, Table) else block


def _in_text(table: Table) -> Table | None:
    return _fitted(table, PORTRAIT, _SIZES)


def _reference(number: int, count: int) -> Paragraph:
    return Paragraph(f"(Chi tiết tại {annex_label(number, count)} kèm theo.)")


def _by_number(blocks: Sequence[Block], annexes: Sequence[Annex]) -> list[Block]:
    """An annex that the text calls by its title («Ý kiến của các đơn vị») is called by its number."""
    labels = {f"Phụ lục «{one.title}»": annex_label(number, len(annexes)) for number, one in enumerate(annexes, 1)}
    return [_called(block, labels) if isinstance(block, Paragraph) else block for block in blocks]


def _called(block: Paragraph, labels: Mapping[str, str]) -> Paragraph:
    text = block.text
    for title, label in labels.items():
        text = text.replace(title, label)
    return replace(block, text=text)


def _title_before(blocks: Sequence[Block], number: int) -> str:
    """The heading that the table stood under, without its number."""
    headings = [block.text for block in blocks[:number] if isinstance(block, Heading)]
    return headings[-1].partition(". ")[2] or headings[-1] if headings else "Biểu số liệu"


def _annex(annex: Annex) -> Annex:
    """All tables upright where each fits so, else all on landscape pages, in parts where even these are too narrow."""
    if all(_in_text(block) for block in annex.blocks if isinstance(block, Table)):
        return replace(annex, blocks=tuple(_alike(annex.blocks, PORTRAIT, _SIZES)))
    return replace(annex, blocks=_in_parts(annex.blocks), landscape=True)


def _in_parts(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks for landscape pages."""
    made: list[Block] = []
    for block in blocks:
        made += _parts(block) if isinstance(block, Table) else [block]
    return tuple(made)


def _parts(table: Table) -> Iterator[Block]:
    """The table whole, or cut between groups of columns, the naming columns repeated."""
    if whole := _fitted(table, LANDSCAPE, _ANNEX_SIZES):
        yield whole
        return
    for number, chosen in enumerate(_cuts(table)):
        if number:
            yield Paragraph("(tiếp theo)", "note")
        part = _picked(table, chosen)
        yield _fitted(part, LANDSCAPE, _ANNEX_SIZES) or _squeezed(part, LANDSCAPE, _ANNEX_SIZES[-1])


def _cuts(table: Table) -> Iterator[list[int]]:
    """Which columns stand in each part: as many groups as the page takes."""
    names, chosen, at = list(range(table.keys)), list[int](), table.keys
    for run in _runs(table.columns[table.keys :]):
        group = list(range(at, at + len(run)))
        at += len(run)
        if chosen and not _fitted(_picked(table, names + chosen + group), LANDSCAPE, _ANNEX_SIZES[-1:]):
            yield names + chosen
            chosen = []
        chosen += group
    yield names + chosen


def _picked(table: Table, chosen: Sequence[int]) -> Table:
    rows = tuple(
        replace(row, cells=tuple(row.cells[at] for at in chosen)) if row.kind in ("row", "total") else row
        for row in table.rows
    )
    return replace(table, columns=tuple(table.columns[at] for at in chosen), rows=rows)


def _runs(columns: Sequence[Column]) -> Iterator[list[Column]]:
    """Neighbours of one group together, others alone."""
    run: list[Column] = []
    for one in columns:
        if run and not (one.group and one.group == run[-1].group):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _fitted(table: Table, width: float, sizes: Sequence[float]) -> Table | None:
    """The table in the largest of these sizes in which each column has room for its longest word; None if in none.

    Widths that are said already are kept, as shares of the page.
    """
    if all(one.width for one in table.columns):
        whole = sum(one.width for one in table.columns)
        return _in_widths(table, [one.width * width / whole for one in table.columns], sizes)
    for size in sizes:
        least = _least(table, size)
        if sum(least) <= width:
            return _with_widths(table, _shared(table, least, width, size), size)
    return None


def _in_widths(table: Table, widths: Sequence[float], sizes: Sequence[float]) -> Table:
    for size in sizes:
        least = _least(table, size)
        if all(need <= width for need, width in zip(least, widths, strict=True)):
            break
    return _with_widths(table, widths, size)


def _squeezed(table: Table, width: float, size: float) -> Table:
    """A table that fits nowhere: every column gives way alike."""
    least = _least(table, size)
    return _with_widths(table, [one * width / sum(least) for one in least], size)


def _with_widths(table: Table, widths: Sequence[float], size: float) -> Table:
    columns = (replace(c, width=round(width, 2)) for c, width in zip(table.columns, widths, strict=True))
    return replace(table, columns=tuple(columns), size=size)


def _shared(table: Table, least: list[float], width: float, size: float) -> list[float]:
    """What is left goes where the most text stands; what nobody needs, first to the columns of text, then to all."""
    wanted = [max(0.0, _full(table, at, size) - one) for at, one in enumerate(least)]
    left = width - sum(least)
    part = min(1.0, left / sum(wanted)) if sum(wanted) else 0.0
    widths = [one + more * part for one, more in zip(least, wanted, strict=True)]
    takers = [at for at, c in enumerate(table.columns) if not c.numeric and c.title not in ("STT", "Đơn vị tính")]
    needs = {at: _full(table, at, size) for at in takers}
    spare = width - sum(widths)
    for at, need in needs.items():
        widths[at] += max(0.0, min(spare * need / sum(needs.values()), max(_WIDE, need) - widths[at]))
    rest = (width - sum(widths)) / max(1, len(widths) - 1)  # the number of the row needs none
    return [one + (rest if at or len(widths) == 1 else 0.0) for at, one in enumerate(widths)]


def _least(table: Table, size: float) -> list[float]:
    """Room for the longest word, for whole figures, and for a name in few lines; columns of a group are alike."""
    least = [_narrowest(table, at, size) for at in range(len(table.columns))]
    at = 0
    for run in _runs(table.columns):
        if run[0].group:
            head = max((face(True).width(word, size) for word in words(run[0].group)), default=0.0) + PADDING
            alike = max(head / len(run), *least[at : at + len(run)])
            least[at : at + len(run)] = [alike] * len(run)
        at += len(run)
    return least


def _narrowest(table: Table, at: int, size: float) -> float:
    one, cells = table.columns[at], _cells(table, at)
    said = cells if one.numeric else [word for cell in cells for word in words(cell)]
    widest = max((face(True).width(part, size) for part in (*words(one.title), *said)), default=0.0) + PADDING
    return max(widest, min(_NAME, _full(table, at, size))) if at == 1 and not one.numeric else widest


def _full(table: Table, at: int, size: float) -> float:
    """What a column would take to need no second line, within reason; the head of figures may take two."""
    one = table.columns[at]
    said = [face().width(cell, size) for cell in _cells(table, at)]
    head = face(True).width(one.title, size) / (2 if one.numeric else 1)
    return min(_WIDEST, max(head, *said, 0.0) + PADDING)


def _cells(table: Table, at: int) -> list[str]:
    return [clean(row.cells[at] or "", _WORD) for row in table.rows if row.kind != "heading" and at < len(row.cells)]


def words(text: str) -> list[str]:
    """What is not broken: a blank that keeps words together is no edge."""
    return [word for word in re.split(f"[{BREAK} \n\t]+", text) if word]
