"""What the signature looks like: one picture in its field, of shapes, words and images, that is seen and printed."""

from typing import Any

from pyhanko.pdf_utils.generic import IndirectObject

from documents.signing.extension.refusing import no
from documents.signing.extension.walking import Walk

_PRINTED, _UNSEEN = 4, 1 | 2 | 32 | 256
"""Flags of a field: printed; invisible, hidden, no view, toggle no view."""
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
    if look["/N"].get("/Subtype") != "/Form":
        raise no("hình của chữ ký không phải đúng một hình (its look is not one picture).")
    walk.through("hình của chữ ký", field.raw_get("/AP"), DRAWN | {"/N"})
