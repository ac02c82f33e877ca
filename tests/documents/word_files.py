"""A Word version opened, and every text that it and its paper have, in the order in which they are read."""

import io
import unicodedata
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from documents.writing.laying import annex_label, heads, laid
from documents.writing.letterhead import day_words
from documents.writing.paper import Block, Paper, Table
from documents.writing.word import to_word

_NATION = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]


def words_of(paper: Paper) -> list[str]:
    """Every text of a paper, in the order in which it is read."""
    ready = laid(paper)
    said = [ready.parent_line or "", *ready.issuer_lines, *_NATION]
    if ready.symbol:
        said += [f"Số: {ready.number_words}", f"{ready.place}, {day_words(ready.day, ready.year)}"]
    said += [ready.type_word, ready.title, ready.answers or "", *ready.bases, *blocks_of(ready.blocks), ready.closing,
             "Nơi nhận:", *ready.recipients, *ready.signatory.lines, ready.signatory.name]  # fmt: skip
    for number, annex in enumerate(ready.annexes, 1):
        given = f"{ready.number:02d}" if ready.number is not None else ""
        said += [annex_label(number, len(ready.annexes)), annex.title.upper(),
                 f"(Kèm theo {ready.type_word.capitalize()} số {given}/{ready.symbol} "
                 f"{day_words(ready.day, ready.year)} của {ready.author})", *blocks_of(annex.blocks)]  # fmt: skip
    return [one for one in map(plain, said) if one]


def blocks_of(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Paragraphs, and tables cell by cell, row by row."""
    for block in blocks:
        if not isinstance(block, Table):
            yield block.text
            continue
        yield from (text for line in heads(block) for text, _, _ in line)
        for row in block.rows:
            yield from (cell or "" for cell in row.cells)
            yield row.words


def words_in(document: Any) -> list[str]:
    """Every text of a Word document's body, in its order."""
    said = [plain(paragraph_text(one)) for one in document.element.body.iter(qn("w:p"))]
    return [one for one in said if one]


def paragraph_text(paragraph: Any) -> str:
    return "".join(one.text or "" for one in paragraph.iter(qn("w:t")))


def plain(text: str) -> str:
    """Blanks of any kind are one; what is between number and symbol before the number is given is none."""
    kept = "".join(one for one in unicodedata.normalize("NFC", text) if one != "\u200b")
    return " ".join(kept.split()).replace("số /", "số/").replace("Số: /", "Số:/")


def opened(paper: Paper) -> Any:
    """The paper's Word version, opened."""
    return docx.Document(io.BytesIO(to_word(paper)))


def part(data: bytes, name: str) -> str:
    """A part of the package."""
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        return box.read(name).decode()
