"""What the signature looks like: one picture in its field, of shapes, words and images, that is seen and printed."""

import math
import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import accumulate
from typing import Any

from pyhanko.pdf_utils.generic import IndirectObject, StreamObject

from documents.signing.extension.alike import named
from documents.signing.extension.refusing import no
from documents.signing.extension.walking import Walk

_PRINTED, _UNSEEN = 4, 1 | 2 | 8 | 16 | 32 | 256
"""Flags of a field: printed; invisible, hidden, of its own size or turn on the screen, no view, toggle no view."""
_NO_OPERATORS = re.compile(rb"\((?:[^()\\]|\\.)*\)|\bID\s.*?\sEI\b|%[^\r\n]*", re.DOTALL)
"""Strings, inline images, comments."""
_STATE = re.compile(rb"(?<![A-Za-z0-9*'\"/])[qQ](?![A-Za-z0-9*'\"])")
_FORMS = frozenset({"/Form", "Form"})
_DRAWS, _MOST = re.compile(rb"(?<![A-Za-z])Do(?![A-Za-z])"), 4 * 2**20
"""What draws a form within a form; and bytes that may be drawn when each is counted as often as it may be."""
DRAWN = frozenset("/" + one for one in (
    # a form, its group and its resources
    "Type Subtype FormType BBox Matrix Resources Group Length Filter DecodeParms Name LastModified S CS I K "
    "Font XObject ExtGState ColorSpace ProcSet "
    # how it is painted
    "CA ca BM SMask AIS LW LC LJ ML SA SM op OP OPM TK RI FL "
    # an image
    "Width Height BitsPerComponent ImageMask Mask Decode Interpolate Intent Matte Predictor Columns Colors "
    "EarlyChange ColorTransform N Alternate Range WhitePoint BlackPoint Gamma "
    # its letters
    "BaseFont Encoding FirstChar LastChar Widths FontDescriptor ToUnicode DescendantFonts CIDSystemInfo W DW W2 DW2 "
    "CIDToGIDMap Registry Ordering Supplement Differences BaseEncoding FontName FontFamily FontStretch FontWeight "
    "Flags FontBBox Ascent Descent CapHeight XHeight StemV StemH ItalicAngle AvgWidth MaxWidth MissingWidth Leading "
    "FontFile FontFile2 FontFile3 CharSet CIDSet Lang Style Length1 Length2 Length3 CMapName WMode"
).split())  # fmt: skip
"""What a picture may consist of: no layer (/OC, /Properties), no other file (/Ref, /F), no program (/PS, /JS)."""


def seen_and_printed(field: Any, walk: Walk) -> None:
    """Raise `NotReturnedRight` where the signature would not be seen, not be printed, or be more than a picture."""
    flags = int(field.get("/F", 0))
    if flags & _UNSEEN:
        raise no("chữ ký bị giấu đi (the signature is hidden).")
    if not flags & _PRINTED:
        raise no("chữ ký không được in ra (the signature would not be printed).")
    look: Any = field["/AP"] if "/AP" in field else {}
    if set(look) != {"/N"}:
        raise no("hình của chữ ký không phải đúng một hình (its look is not one picture).")
    picture = look.raw_get("/N")
    if not isinstance(picture, IndirectObject) or picture.idnum in walk.known:
        raise no("hình của chữ ký là phần của văn bản (its look is a part of the paper).")
    if not named(look["/N"].get("/Subtype"), "/Form"):
        raise no("hình của chữ ký không phải đúng một hình (its look is not one picture).")
    box, turn = look["/N"].get("/BBox", ()), look["/N"].get("/Matrix", (1, 0, 0, 1, 0, 0))
    if len(box) != 4 or len(turn) != 6 or not all(isinstance(one, int | Decimal) for one in (*box, *turn)):
        raise no("hình của chữ ký không có khung đúng chuẩn (its look has no proper frame).")
    walk.through("hình của chữ ký", field.raw_get("/AP"), DRAWN | {"/N"})
    _bounded(walk.update.objects.values())


def _bounded(objects: Iterable[Any]) -> None:
    """Ten forms that each draw the next ten times are few bytes: so many ways at most lead through all of them."""
    forms = [one.data for one in objects if isinstance(one, StreamObject) and str(one.get("/Subtype")) in _FORMS]
    ways = math.prod(1 + len(_DRAWS.findall(one)) for one in forms)
    if ways * sum(map(len, forms)) > _MOST:
        raise no("hình của chữ ký vẽ quá nhiều lần (its look draws too much).")
    if any(_pops_more(one) for one in forms):
        raise no("hình của chữ ký không tự đóng kín (its look restores more than it saved: readers differ there).")


def _pops_more(drawing: bytes) -> bool:
    """Whether it restores (Q) what it did not save (q): poppler then draws nothing, PDFium goes on."""
    deep = accumulate(1 if one == b"q" else -1 for one in _STATE.findall(_NO_OPERATORS.sub(b" ", drawing)))
    return min(deep, default=0) < 0
