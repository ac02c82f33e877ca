"""What the signature looks like: one picture in its field, of shapes, words and images, that is seen and printed."""

import math
from collections.abc import Iterable
from typing import Any

from pyhanko.pdf_utils.generic import IndirectObject, StreamObject

from documents.signing.extension.alike import named
from documents.signing.extension.frames import plain_frame
from documents.signing.extension.grammar.content import steps
from documents.signing.extension.naming import own_names
from documents.signing.extension.parts import refuse_odd_parts
from documents.signing.extension.refusing import no
from documents.signing.extension.walking import Walk

_PRINTED, _UNSEEN = 4, 1 | 2 | 8 | 16 | 32 | 256
"""Flags of a field: printed; invisible, hidden, of its own size or turn on the screen, no view, toggle no view."""
_LONGEST, _MOST = 2**20, 4 * 2**20
"""Bytes of all that is drawn: once, and when each form is counted as often as it may be."""
_PAINTED = 128_000_000
"""Pixels, when each drawing paints the largest picture."""
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
    "FontFile2 FontFile3 CharSet CIDSet Lang Style Length1 Length2 Length3 CMapName WMode"
).split())  # fmt: skip
"""What a picture may consist of: no layer (/OC, /Properties), no other file (/Ref, /F), no program (/PS, /JS, a font
of Type 1, which is one)."""


def seen_and_printed(field: Any, walk: Walk) -> None:
    """Raise `NotReturnedRight` where the signature would not be seen, not be printed, or be more than a picture."""
    flags = int(field.get("/F", 0))
    if flags & _UNSEEN:
        raise no("chữ ký bị giấu đi (the signature is hidden).")
    if not flags & _PRINTED:
        raise no("chữ ký không được in ra: đặt chữ ký có hình, cho in (the signature would not be printed).")
    look: Any = field["/AP"] if "/AP" in field else {}
    if set(look) != {"/N"}:
        raise no("hình của chữ ký không phải đúng một hình (its look is not one picture).")
    picture = look.raw_get("/N")
    if not isinstance(picture, IndirectObject) or picture.idnum in walk.known:
        raise no("hình của chữ ký là phần của văn bản (its look is a part of the paper).")
    if not named(look["/N"].get("/Subtype"), "/Form"):
        raise no("hình của chữ ký không phải đúng một hình (its look is not one picture).")
    walk.through("hình của chữ ký", field.raw_get("/AP"), DRAWN | {"/N"})
    refuse_odd_parts(walk.update.objects, walk.known)
    _bounded(walk.update.objects.values())


def _bounded(objects: Iterable[Any]) -> None:
    """Ten forms that each draw the next ten times are few bytes: so many ways at most lead through all of them."""
    streams = [one for one in objects if isinstance(one, StreamObject)]
    forms = [one for one in streams if one.get("/Subtype") == "/Form"]
    size = sum(len(one.data) for one in forms)
    if size > _LONGEST:
        raise _too_much()
    drawn = [steps(one.data) for one in forms]
    for form, named_by in zip(forms, drawn, strict=True):
        plain_frame(form)
        own_names(form, named_by)
    ways = [sum(each.operator == b"Do" for each in one) for one in drawn]
    if math.prod(1 + one for one in ways) * size > _MOST or sum(ways) * max(map(_pixels, streams)) > _PAINTED:
        raise _too_much()


def _pixels(stream: Any) -> int:
    return int(stream.get("/Width", 0)) * int(stream.get("/Height", 0))


def _too_much() -> Exception:
    return no("hình của chữ ký vẽ quá nhiều: dùng ảnh PNG hoặc JPEG (its look draws too much).")
