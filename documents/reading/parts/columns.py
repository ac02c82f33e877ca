"""Two columns on one line, taken apart: letterhead beside quốc hiệu, recipients beside the signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from documents.reading.folding import fold, squeeze
from documents.reading.model import Line
from documents.reading.names.words import AUTHORITIES, POST

APART = re.compile(r"\t+| {3,}|\s*\|\s*")
"""What stands between two columns."""
BLANK = re.compile(r"(?:^s ?[o06] ?[:.,]?|\bngay|\bthang|\bthang ?\d{0,2} nam|,)$")
"""What a form leaves blank behind it: its wide gap parts no columns."""
_BLANK_BEFORE = re.compile(r"^(?:/|-|thang\b|nam\b|ngay\b)")
RIGHT_OF_HEAD = re.compile(
    r"cong hoa xa hoi|^cong hoa xa$|^(?:hoi )?chu nghia viet nam|^(?:nghia )?viet nam$|"
    r"(?<!\w)doc lap ?-? ?tu do|dang cong san viet nam"
)
"""What stands in the right column of a letterhead."""
NUMBER = re.compile(r"^s ?[o06] ?[:.,]?\s*(?=[\d./_…oil-])")
"""How the line of the number begins."""
DATED = re.compile(r"[^\W\d_][\w .'-]{0,40}(?:,? ?ngay\b.{0,25}thang\b.{0,20}nam\b|, ?thang\b.{0,12}nam\b)")
"""Place and date."""
AUTHORITY = re.compile(rf"(?:^|(?<=[\s;.]))(?:{'|'.join(AUTHORITIES)})\s?[. ]\s?\w")
"""Words of authority (KT., TM. …), anywhere in a line."""
SIGNS = re.compile(rf"^(?:(?:{'|'.join(AUTHORITIES)})\s?[. ]|{POST}|thay mat|thua lenh)")
"""How a line of a signature block begins."""


def of_head(line: Line) -> Iterator[Line]:
    """A line of the letterhead by its columns, even where one blank parts them."""
    made = [part for piece in _columns(line.text) for part in _parted_head(piece)]
    for at, piece in enumerate(made):
        right = at > 0 or line.column > 0 or bool(RIGHT_OF_HEAD.match(fold(piece)) or _is_dated(piece))
        yield replace(line, text=piece, column=int(right), gap=line.gap and at == 0)


def _columns(text: str) -> list[str]:
    """The pieces between wide gaps, save where the gap is a blank to be filled in ("Số:      /BC-UBND")."""
    pieces: list[str] = []
    for piece in (squeeze(one) for one in APART.split(text.strip()) if one.strip(" -–—_=*")):
        if pieces and (
            BLANK.search(fold(pieces[-1]))
            or _BLANK_BEFORE.match(fold(piece))
            and not NUMBER.match(fold(piece))
            and piece != "NAM"  # of "VIỆT NAM", which a narrow column has broken: no "năm"
        ):
            pieces[-1] = f"{pieces[-1]} {piece}"
        else:
            pieces.append(piece)
    return pieces


def _is_dated(piece: str) -> bool:
    found = DATED.match(fold(piece))
    return bool(found) and not NUMBER.match(fold(piece))


def _parted_head(piece: str) -> list[str]:
    said = fold(piece)
    if (found := RIGHT_OF_HEAD.search(said)) and found.start() > 3:
        return [piece[: found.start()].strip(), piece[found.start() :].strip()]
    if NUMBER.match(said) and (dated := re.search(r",? ?ngay\b", said)):
        cut = _after_symbol(piece)
        if cut and cut < dated.start():
            return [piece[:cut].strip(), piece[cut:].strip()]
    return [piece]


def _after_symbol(piece: str) -> int:
    """Where the symbol ends and the place begins: at the first word that is not all capitals after a slash or dash."""
    slash = re.search(r"[/-]", piece)
    if slash is None:
        return 0
    for found in re.finditer(r"\s+(?=(\S+))", piece[slash.start() :]):
        word = found[1]
        if not (word.upper() == word and not word[0].isdigit()) and word not in ("-", "–", "/"):
            return slash.start() + found.start()
    return 0


def of_sign(line: Line) -> Iterator[Line]:
    """A line of the foot by its columns: recipients to the left, signature to the right."""
    pieces = [squeeze(one) for one in APART.split(line.text.strip()) if one.strip()]
    made = [part for piece in pieces for part in _parted_sign(piece)]
    for at, piece in enumerate(made):
        right = at > 0 or line.column > 0 or bool(SIGNS.match(fold(piece)) and piece[:6].isupper())
        yield replace(line, text=piece, column=int(right), gap=line.gap and at == 0)


def _parted_sign(piece: str) -> list[str]:
    """As "Nơi nhận: KT. CHỦ TỊCH" and "- Lưu: VT. PHÓ CHỦ TỊCH" with one blank between."""
    said = fold(piece)
    if not (said.startswith(("noi nhan", "-", "+", "*", "•")) or ";" in said):
        return [piece]
    for found in re.finditer(rf"(?<=[\s;.:])(?:{_authorities()}\s?\.\s?\w|{POST})", said):
        if piece[found.start() : found.start() + 6].isupper() and found.start() > 4:
            return [piece[: found.start()].strip(), piece[found.start() :].strip()]
    return [piece]


def _authorities() -> str:
    return f"(?:{'|'.join(AUTHORITIES)})"
