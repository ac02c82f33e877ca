"""The paper's font: Tinos, as wide as Times New Roman, letter by letter, with every Vietnamese one.

Besides the files themselves: which characters they have and how wide they are, so that a table is measured before it
is set, and that a character without a glyph is seen on the paper instead of stopping it (PDF/A allows none).
"""

import struct
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from states.errors import StartupError

FOLDER = Path(__file__).with_name("fonts")
FILES = ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf")
REPLACEMENT = "□"
"""Stands for a character that the font has no picture of."""
KEEP = "\u00a0"
"""A space at which no line ends."""
BREAK = "\u200b"
"""A place in a long word where a line may end."""


_REMEMBERED = 8192


class FontsMissing(StartupError):
    """Thiếu phông chữ của văn bản: {files} (the paper's fonts are missing): run `make setup`."""


class Face:
    """One font file: its characters and their widths in thousandths of the type's size."""

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        tables = _directory(data)
        units = struct.unpack_from(">H", data, tables["head"] + 18)[0]
        count = struct.unpack_from(">H", data, tables["hhea"] + 34)[0]
        metrics = struct.unpack_from(">" + "Hh" * count, data, tables["hmtx"])
        self._advances: list[float] = [advance / units for advance in metrics[::2]]
        self.glyphs = _characters(data, tables["cmap"])
        self._widths: dict[str, float] = {}  # figures and words of tables are measured again and again

    def width(self, text: str, size: float) -> float:
        """How wide a line is, in mm, set in `size` points."""
        ems = self._widths.get(text)
        if ems is None:
            last = len(self._advances) - 1
            ems = sum(self._advances[min(self.glyphs.get(ord(letter), 0), last)] for letter in text)
            if len(self._widths) < _REMEMBERED:
                self._widths[text] = ems
        return ems * size * 25.4 / 72


@cache
def face(bold: bool = False) -> Face:
    """The upright face. Raises `FontsMissing`."""
    check()
    return Face(FOLDER / FILES[1 if bold else 0])


@cache
def for_typst() -> Any:
    """The four files as typst takes them, and no others. Raises `FontsMissing`."""
    import typst

    check()
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])


def check() -> None:
    """Raise `FontsMissing` where a file is not there."""
    missing = [name for name in FILES if not (FOLDER / name).is_file()]
    if missing:
        raise FontsMissing(files=", ".join(missing))


@lru_cache(maxsize=8192)
def clean(text: str, longest: int = 40) -> str:
    """A text as it can be set: composed letters, no control or direction marks, nothing that the font lacks.

    Marks that turn the direction would let a line read otherwise than it is stored. A word of more than `longest`
    characters gets places to break, else it runs over the margin.
    """
    known = face().glyphs
    composed = unicodedata.normalize("NFC", text)
    shown = (_as_shown(letter, known) for letter in composed if _is_shown(letter))
    return " ".join(_breakable(word, longest) for word in "".join(shown).split(" ") if word)


def _as_shown(letter: str, known: Mapping[int, int]) -> str:
    if letter.isspace() and letter != KEEP:
        return " "
    return letter if ord(letter) in known else REPLACEMENT


def _is_shown(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cf", "Cs")


def _breakable(word: str, longest: int) -> str:
    if len(word) <= longest:
        return word
    step = max(4, longest // 4)
    return BREAK.join(word[at : at + step] for at in range(0, len(word), step))


def _directory(data: bytes) -> dict[str, int]:
    """Where each table of the file begins."""
    count = struct.unpack_from(">H", data, 4)[0]
    entries = (struct.unpack_from(">4sIII", data, 12 + 16 * number) for number in range(count))
    return {tag.decode("ascii"): offset for tag, _, offset, _ in entries}


def _characters(data: bytes, cmap: int) -> dict[int, int]:
    """Code points and their glyphs (cmap format 4: the basic plane, which is all that Vietnamese needs)."""
    count = struct.unpack_from(">H", data, cmap + 2)[0]
    places = [struct.unpack_from(">I", data, cmap + 8 + 8 * number)[0] for number in range(count)]
    at = next(cmap + p for p in places if struct.unpack_from(">H", data, cmap + p)[0] == 4)
    segments = struct.unpack_from(">H", data, at + 6)[0] // 2
    starts = at + 16 + 2 * segments
    found: dict[int, int] = {}
    for number in range(segments):
        last = struct.unpack_from(">H", data, at + 14 + 2 * number)[0]
        first = struct.unpack_from(">H", data, starts + 2 * number)[0]
        delta = struct.unpack_from(">H", data, starts + 2 * (segments + number))[0]
        place = starts + 2 * (2 * segments + number)
        offset = struct.unpack_from(">H", data, place)[0]
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code if not offset else struct.unpack_from(">H", data, place + offset + 2 * (code - first))[0]
            if glyph := (glyph + delta) & 0xFFFF if glyph or not offset else 0:
                found[code] = glyph
    return found
