"""What is drawn into a field: words as they stand around it, the officer's blue signature, the office's red seal.

Set by typst as small pages of their own, which the PDF takes over as they are; all pictures of one act at once.
"""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter

from documents.signing.names import NO_LEGAL_VALUE
from documents.writing import fonts
from documents.writing.fonts import clean
from states.periods import LOCAL

LINE = 14.391
"""Height of a line of 13 points as the paper sets it."""
SIGNATURE = (180.0, 72.0)
"""Width and height of the officer's signature, in points: between title and name there are 27 mm."""
SEAL = 102.0
"""Width of the seal: 36 mm, its true size."""
_TEMPLATE = Path(__file__).with_name("pictures.typ")
_ALONE = Lock()


@dataclass(frozen=True)
class Picture:
    """One picture, in points; `lines`: the small ones under the name."""

    kind: str  # words, officer, seal
    width: float
    height: float
    words: str = ""
    italic: bool = False
    align: str = "left"
    lines: tuple[str, ...] = ()
    size: float = 0


def line(words: str, width: float, *, italic: bool = False, align: str = "left") -> Picture:
    """Words in a field of one line of 13 points; smaller where they would not fit."""
    return Picture("words", width, LINE, words, italic, align)


def officer(name: str, title: str, unit: str, at: datetime, *, sample: bool) -> Picture:
    """Who signed, for whom, and when (Phụ lục I of the decree: time by ISO 8601, +07:00)."""
    lines = (f"{title}, {unit}", f"Thời gian ký: {_moment(at)}", *([NO_LEGAL_VALUE] if sample else []))
    return Picture("officer", *SIGNATURE, name, lines=lines)


def seal(unit: str, at: datetime, *, sample: bool) -> Picture:
    """The office's seal with the moment of sealing."""
    moment = _moment(at)
    lines = (moment[:10], moment[11:], *(["DẤU THỬ"] if sample else []))
    return Picture("seal", SEAL, SEAL, unit.upper(), lines=lines, size=8.4 if len(unit) < 24 else 7)


def drawn(writer: BasePdfFileWriter, pictures: Sequence[Picture]) -> list[Any]:
    """Each picture as a form of the PDF, in their order; the same picture is there once."""
    different = list(dict.fromkeys(pictures))
    source = PdfFileReader(io.BytesIO(_set(different)))
    forms = {one: writer.import_page_as_xobject(source, page_ix=at) for at, one in enumerate(different)}
    return [forms[one] for one in pictures]


def _set(pictures: Sequence[Picture]) -> bytes:
    data = json.dumps([_data(one) for one in pictures], ensure_ascii=False)
    with _ALONE:
        made = _press().compile(
            sys_inputs={"pictures": data}, format="pdf", pdf_standards=["1.7"], timestamp=0, pdf_tags=False
        )
    return bytes(made)


def _data(one: Picture) -> dict[str, Any]:
    return {
        "kind": one.kind, "width": one.width, "height": one.height, "words": one.words, "italic": one.italic,
        "align": one.align, "name": clean(one.words), "lines": [clean(line) for line in one.lines], "size": one.size,
    }  # fmt: skip


@cache
def _press() -> Any:
    import typst

    return typst.Compiler(input=str(_TEMPLATE), root=str(_TEMPLATE.parent), font_paths=fonts.for_typst())


def _moment(at: datetime) -> str:
    return at.astimezone(LOCAL).isoformat(sep=" ", timespec="seconds")
