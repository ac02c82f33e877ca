"""The process that draws what went out and what came back with PDFium, and compares: words, then pixels.

On standard input the file that came back; argv: its seconds, how many of the bytes went out, the page of the
signature (from 0) and its box. It answers one word. Limits of memory, of seconds, and of written bytes (none).
"""

import resource
import sys
from collections import Counter
from typing import Any

import pypdfium2
from pypdfium2 import raw

_SCALE = 0.5
"""Pixels for a point: strokes of letters are seen, a page costs some milliseconds."""
_AROUND = 2
"""Pixels around the signature's box that its edges may colour; points around it where its letters may stand."""
_BLANK = 32
"""Up to here characters are blanks, ends of lines, and what a reader adds of its own."""
_SEEN = 100
"""Bytes of the picture that must differ where the signature stands: a stroke of the hand differs in thousands, the
shortest name in small letters in a hundred."""
_DEPTH = 3
"""Bytes of a pixel as PDFium draws on white."""
_MEMORY = 1024 * 2**20


def main() -> None:
    """Print "same", or what differs: "table", "pages", "words", "drawing", "nothing" (the signature is not seen)."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    seconds = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    size, page, *box = (float(one) for one in sys.argv[2:])
    data = sys.stdin.buffer.read()
    sys.stdout.buffer.write(_compared(data[: int(size)], data, int(page), box).encode())


def _compared(served: bytes, data: bytes, signed: int, box: list[float]) -> str:
    old, new = pypdfium2.PdfDocument(served), pypdfium2.PdfDocument(data)
    for one in (old, new):
        one.init_forms()  # else PDFium leaves the fields out
    if not raw.FPDF_DocumentHasValidCrossReferenceTable(new):
        return "table"
    if len(old) != len(new):
        return "pages"
    for number in range(len(old)):
        if said := _page(old[number], new[number], box if number == signed else None):
            return said
    return "words" if any(_outside(one, box) for one in _letters(new, signed) - _letters(old, signed)) else "same"


def _page(old: Any, new: Any, box: list[float] | None) -> str:
    if old.get_size() != new.get_size():
        return "pages"
    if old.get_textpage().get_text_bounded() != new.get_textpage().get_text_bounded():
        return "words"
    if _drawn(old, fields=False)[0] != _drawn(new, fields=False)[0]:
        return "drawing"
    (was, wide), (now, _) = _drawn(old, fields=True), _drawn(new, fields=True)
    if box is None:
        return "" if was == now else "drawing"
    return _but_for(was, now, wide, _rows(box, old.get_height()))


def _letters(file: Any, number: int) -> Counter[tuple[int, int, int]]:
    """Every letter of a page and of the fields on it with its middle in points: a clipped one is read, not seen."""
    raw.FPDFPage_Flatten(file[number], raw.FLAT_NORMALDISPLAY)
    words = file[number].get_textpage()
    found = ((words.get_charbox(at), raw.FPDFText_GetUnicode(words, at)) for at in range(words.count_chars()))
    return Counter((round((box[0] + box[2]) / 2), round((box[1] + box[3]) / 2), letter)
                   for box, letter in found if letter > _BLANK)  # fmt: skip


def _outside(letter: tuple[int, int, int], box: list[float]) -> bool:
    """Left of, above or below the box; a line of pyHanko's own stamp may run out to its right, into the margin."""
    across, up, _ = letter
    return across < box[0] - _AROUND or not box[1] - _AROUND <= up <= box[3] + _AROUND


def _drawn(page: Any, *, fields: bool) -> tuple[bytes, int]:
    """The page's pixels, three bytes for each, and how many bytes a row has."""
    picture = page.render(scale=_SCALE, draw_annots=fields, may_draw_forms=fields)
    return bytes(picture.buffer), picture.stride


def _rows(box: list[float], height: float) -> tuple[int, int, int, int]:
    """The box in pixels from the upper left corner, with its edges: left, top, right, bottom."""
    left, bottom, right, top = (round(one * _SCALE) for one in (box[0], height - box[1], box[2], height - box[3]))
    return max(left - _AROUND, 0), max(top - _AROUND, 0), right + _AROUND, bottom + _AROUND


def _but_for(was: bytes, now: bytes, stride: int, box: tuple[int, int, int, int]) -> str:
    left, top, right, bottom = box
    begin, end, seen, deep = left * _DEPTH, right * _DEPTH, 0, len(was) // stride
    for row in range(deep):
        old, new = (one[row * stride : (row + 1) * stride] for one in (was, now))
        if top <= row < bottom:
            seen += sum(map(int.__ne__, old[begin:end], new[begin:end]))
            old, new = (one[:begin] + one[end:] for one in (old, new))
        if old != new:
            return "drawing"
    return "" if seen >= _SEEN else "nothing"
