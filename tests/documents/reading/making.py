"""Sample papers made as offices make them: plain text as a printout gives it, Word, and PDF."""

from __future__ import annotations

import io
import json
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import docx
import yaml
from docx.shared import Pt

_HERE = Path(__file__).parent
KINDS = ("txt", "docx", "pdf")
Block = str | dict[str, Any]
"""A paragraph, or {"rows": a table}; there a cell "<" belongs to the one at its left, "^" to the one above."""


@dataclass(frozen=True)
class Sample:
    """A paper and what a careful reader finds in it (facts as `documents.reading.measuring.fields` takes them)."""

    name: str
    facts: dict[str, Any] = field(hash=False)
    left: Sequence[str] = ()
    right: Sequence[str] = ()
    type_line: str = ""
    title: Sequence[str] = ()
    body: Sequence[Block] = ()
    recipients: Sequence[str] = ()
    sign: Sequence[str] = ()
    after: Sequence[Block] = ()
    raw: str = ""
    made: Sequence[str] = KINDS


def samples(name: str) -> list[Sample]:
    """The papers of a file beside this one."""
    return [Sample(**one) for one in yaml.safe_load((_HERE / name).read_text(encoding="utf-8"))]


def made(sample: Sample, kind: str) -> bytes:
    """The sample as a file of this kind."""
    return {"txt": _txt, "docx": word, "pdf": _pdf}[kind](sample)


# ── plain text, as a printout of two columns is copied ────────────────────────────────────────────────────────


def _txt(sample: Sample) -> bytes:
    if sample.raw:
        return sample.raw.encode()
    lines = [*_side_by_side(sample.left, sample.right), "", sample.type_line, *sample.title, ""]
    lines += _flowing(sample.body)
    lines += ["", *_side_by_side(_listed(sample), sample.sign)]
    return "\n".join([*lines, "", *_flowing(sample.after)]).encode()


def _listed(sample: Sample) -> list[str]:
    return ["Nơi nhận:", *sample.recipients] if sample.recipients else []


def _side_by_side(left: Sequence[str], right: Sequence[str]) -> list[str]:
    count = max(len(left), len(right))
    pairs = zip([*left, *[""] * (count - len(left))], [*right, *[""] * (count - len(right))], strict=True)
    return [f"{one:<42}    {other}".rstrip() if other else one for one, other in pairs]


def _flowing(blocks: Sequence[Block]) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            lines += textwrap.wrap(block, 88) or [""]
        else:
            lines += ["\t".join("" if cell in ("<", "^") else cell for cell in row) for row in block["rows"]]
    return lines


# ── Word ──────────────────────────────────────────────────────────────────────────────────────────────────────


def word(sample: Sample) -> bytes:
    """The sample as .docx: letterhead and foot in tables without lines, tables with lines."""
    paper = docx.Document()
    paper.styles["Normal"].font.name = "Times New Roman"
    paper.styles["Normal"].font.size = Pt(14)
    if sample.left or sample.right:
        _pair(paper, sample.left, sample.right)
    for line in filter(None, (sample.type_line, *sample.title)):
        paper.add_paragraph().add_run(line).bold = True
    _write(paper, sample.body)
    if sample.recipients or sample.sign:
        _pair(paper, _listed(sample), sample.sign)
    _write(paper, sample.after)
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _pair(paper: Any, left: Sequence[str], right: Sequence[str]) -> None:
    table = paper.add_table(rows=1, cols=2)
    for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
        cell.paragraphs[0].text = lines[0] if lines else ""
        for line in lines[1:]:
            cell.add_paragraph(line)


def _write(paper: Any, blocks: Sequence[Block]) -> None:
    for block in blocks:
        if isinstance(block, str):
            paper.add_paragraph(block)
        else:
            _table(paper, block["rows"])


def _table(paper: Any, rows: Sequence[Sequence[str]]) -> None:
    table = paper.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for at, row in enumerate(rows):
        for n, said in enumerate(row):
            if said in ("<", "^"):
                table.cell(at, n).merge(table.cell(at, n - 1) if said == "<" else table.cell(at - 1, n))
            else:
                table.cell(at, n).text = said


# ── PDF ───────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def _press() -> Any:
    import typst

    return typst.Compiler(input=str(_HERE / "sample.typ"), root=str(_HERE))


def _pdf(sample: Sample) -> bytes:
    data = {
        "left": sample.left, "right": sample.right, "head": [x for x in (sample.type_line, *sample.title) if x],
        "body": sample.body, "after": sample.after, "sign": sample.sign, "recipients": _listed(sample),
    }  # fmt: skip
    return bytes(_press().compile(format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)}))
