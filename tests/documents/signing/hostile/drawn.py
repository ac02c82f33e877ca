"""Looks that are drawn so that one reader draws over the page, leaves words in it, or takes long, and others do not."""

from __future__ import annotations

import zlib

from tests.documents.signing.hostile import programs
from tests.documents.signing.hostile.by_hand import _BOX, _by_hand, _form
from tests.documents.signing.hostile.case import HOSTILE, Make
from tests.documents.signing.hostile.programs import Update, stream_of

_OVER = b" 1 0 0 rg -300 100 400 60 re f"
_FONT = b"/Type/Font/Subtype/%b/BaseFont/Arial"
_DESCRIBED = b"/FontDescriptor<</Type/FontDescriptor/FontName/Arial/Flags 32%b>>"


def _drawn(more: bytes, resources: bytes = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>") -> Make:
    return _by_hand(look=lambda update: update.add(_form(_BOX, programs._STROKES + b" " + more, resources)))


def _words(before: bytes, after: bytes = b"") -> Make:
    return _drawn(b"BT /F 8 Tf 5 30 Td " + before + b" (9999) Tj ET" + after)


def _lettered(kind: bytes, described: bytes = b"", more: bytes = b"") -> Make:
    font = _FONT % kind + _DESCRIBED % described + more
    return _drawn(b"BT /F 8 Tf 5 30 Td (AAA9999) Tj ET", b"/Font<</F<<%b>>>>" % font)


def _program(update: Update) -> int:
    """PostScript, which is run when the page is printed."""
    program = update.add(stream_of(b"/Type/XObject/Subtype/PS", b"initclip 0 0 600 900 rectfill"))
    return update.add(_form(_BOX, programs._STROKES + b" /P Do", b"/XObject<</P %d 0 R>>" % program))


def _itself(update: Update) -> int:
    return update.add(_form(_BOX, programs._STROKES + b" /X Do", b"/XObject<</X %d 0 R>>" % update.next))


def _font_program(update: Update) -> int:
    program = update.add(stream_of(b"/Length1 9/Length2 0/Length3 0", b"%!PS show"))
    font = _FONT % b"Type1" + _DESCRIBED % (b"/FontFile %d 0 R" % program)
    return update.add(_form(_BOX, programs._STROKES, b"/Font<</F<<%b>>>>" % font))


def _framed(keys: bytes) -> Make:
    return _by_hand(look=lambda update: update.add(_form(keys, programs._STROKES)))


def _pictured(update: Update, data: bytes) -> int:
    keys = b"/Type/XObject/Subtype/Image/Width 16/Height 16/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/DCTDecode"
    image = update.add(stream_of(keys, data))
    return update.add(_form(_BOX, programs._STROKES + b" /I Do", b"/XObject<</I %d 0 R>>" % image))


def _foreseen(update: Update) -> int:
    """Undone byte by byte by a library, it takes seconds."""
    keys = b"/Type/XObject/Subtype/Form%b/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 1>>" % _BOX
    return update.add(stream_of(keys, zlib.compress(b"\0 " * 200_000)))


def _again(update: Update) -> int:
    keys = b"/Type/XObject/Subtype/Image/Width 4000/Height 1000/BitsPerComponent 1/ColorSpace/DeviceGray"
    image = update.add(stream_of(keys + b"/Filter/FlateDecode", zlib.compress(bytes(500_000))))
    return update.add(_form(_BOX, programs._STROKES + b" /I Do" * 100, b"/XObject<</I %d 0 R>>" % image))


def _stated(update: Update) -> int:
    other = update.add(b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>")
    letters = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>/ExtGState<</G<</Font[%d 0 R 8]>>>>" % other
    words = programs._STROKES + b" BT /F 8 Tf /G gs 5 30 Td (9999) Tj ET"
    return update.add(_form(_BOX, words, letters))


def _jpeg(side: int, scans: int) -> bytes:
    """The shell of one: its frame, and scans of nothing."""
    frame = b"\xff\xc2\0\x0b\x08" + side.to_bytes(2) * 2 + b"\1\1\x11\0"
    return b"\xff\xd8" + frame + b"\xff\xda\0\x08\1\1\0\0\0\0\0" * scans + b"\xff\xd9"


def _doubling(update: Update) -> int:
    last = update.add(b"[500]")
    for _ in range(30):
        last = update.add(b"[%d 0 R %d 0 R]" % (last, last))
    font = _FONT % b"TrueType" + b"/FirstChar 48/LastChar 49/Widths %d 0 R" % last
    return update.add(_form(_BOX, programs._STROKES, b"/Font<</F<<%b>>>>" % font))


def _coded(update: Update) -> int:
    table = update.add(stream_of(b"/Type/CMap/CMapName/X/WMode 1", b"1 begincmap endcmap"))
    below = b"/DescendantFonts[<<" + _FONT % b"CIDFontType2" + b"/DW2[0 -6000]>>]"
    font = _FONT % b"Type0" + b"/Encoding %d 0 R" % table + below
    return update.add(_form(_BOX, programs._STROKES, b"/Font<</F<<%b>>>>" % font))


WRONG: dict[str, Make] = {
    "a Q behind brackets in brackets": _drawn(b"q BT /F 8 Tf ((a)%) Tj ET Q Q Q" + _OVER),
    "a Q behind a name that is called ID": _drawn(b"/ID gs Q Q Q EI" + _OVER),
    "a Q glued to a number": _drawn(b"0Q 0Q 0Q" + _OVER),
    "a Q behind a remark in a line": _drawn(b"q % Q\r Q Q Q" + _OVER),
    "a q that stays open": _drawn(b"q"),
    "words that stay open": _drawn(b"BT /F 8 Tf (a) Tj"),
    "a path that stays open": _drawn(b"-400 -400 m 600 600 l"),
    "a clip that waits": _drawn(b"0 0 1 1 re W"),
    "a mark that stays open": _drawn(b"/Tx BMC"),
    "a string that stays open": _drawn(b"(abc"),
    "an array that stays open": _drawn(b"[ (abc)"),
    "operands that nothing takes": _drawn(b"1 2 3"),
    "words across a q": _drawn(b"BT q /F 8 Tf (a) Tj ET Q"),
    "a picture in words": _drawn(b"BT /F 8 Tf 0 0 10 10 re f ET"),
    "an image within the operators": _drawn(b"BI /W 1 /H 1 /BPC 8 /CS /G ID a EI"),
    "operators that a reader need not know": _drawn(b"BX nonsense EX"),
    "a shading": _drawn(b"/S sh"),
    "an operator of type 3": _drawn(b"1 0 d0"),
    "a figure of the page in the look": _drawn(b"/P<</MCID 0>>BDC BT /F 8 Tf 5 5 Td (9999) Tj ET EMC"),
    "words that stand for the rest of the file": _drawn(b"/Span<</ActualText(9999)>>BDC"),
    "a number with two signs in the look": _words(b"--300 0 Td"),
    "two numbers in one": _words(b"-300-300 0 Td"),
    "too many operands": _words(b"-300 100 0 0 Td"),
    "too few operands": _words(b"1 0 0 1 -200 Tm"),
    "a name for a number": _words(b"/x -200 Td"),
    "numbers beyond four bytes in the look": _words(b"4294967296 0 Td -4294967500 0 Td"),
    "a scale beyond all measure": _drawn(b"1000 0 0 1000 0 0 cm 1000 0 0 1000 0 0 cm BT /F 8 Tf (9999) Tj ET"),
    "letters of no size": _words(b"/F 0 Tf -200 100 Td"),
    "letters on a line": _words(b"0 0 0 0 -200 100 Tm"),
    "blanks as wide as the page": _words(b"-400 Tw"),
    "letters as wide as the page": _words(b"-100000 Tz"),
    "letters that nobody sees": _words(b"3 Tr"),
    "lines fed beyond all measure": _words(b"32767 TL T* T* T*"),
    "letters moved beyond all measure": _words(b"/F 1000 Tf [%b] TJ" % (b"-32767 " * 400)),
    "letters spaced beyond all measure": _words(b"100 Tc (%b) Tj" % (b" " * 200)),
    "dashes that nobody can count": _drawn(b"0.01 w [0.0001 0.0001] 0 d 0 5 m 180 5 l S"),
    "dashes of nothing": _drawn(b"[0 0] 0 d 0 5 m 180 5 l S"),
    "letters that were not chosen": _drawn(b"BT 5 5 Td (9999) Tj ET"),
    "forty times ten thousand brackets": _drawn(b"\\(" * 40_000),
    "a hundred thousand operators": _drawn(b"q Q " * 51_000),
}
ELSEWHERE: dict[str, Make] = {
    "letters that are not brought along": _drawn(b"BT /Z 8 Tf -200 100 Td (9999) Tj ET"),
    "a picture that is not brought along": _drawn(b"/X Do"),
    "a state that is not brought along": _drawn(b"/G gs"),
    "colours that are not brought along": _drawn(b"/Pattern cs"),
}
PARTS: dict[str, Make] = {
    "a look that is printed by a program": _by_hand(look=_program),
    "a look that draws itself": _by_hand(look=_itself),
    "letters by a program": _by_hand(look=_font_program),
    "letters of a width below nothing": _lettered(b"TrueType", b"/MissingWidth -3500"),
    "a look that is foreseen": _by_hand(look=_foreseen),
    "a large picture a hundred times": _by_hand(look=_again),
    "letters chosen by a state": _by_hand(look=_stated),
    "codes below nothing": _lettered(b"TrueType", b"", b"/FirstChar -1/LastChar 1/Widths[1 1 1]"),
    "codes without widths": _lettered(b"TrueType", b"", b"/FirstChar 48/LastChar 57/Widths[500]"),
    "a letter that is called by its number": _lettered(b"TrueType", b"", b"/Encoding<</Differences[1/C57]>>"),
    "letters wider than ten": _lettered(b"TrueType", b"", b"/FirstChar 57/LastChar 57/Widths[10000]"),
    "widths below nothing": _lettered(b"TrueType", b"", b"/FirstChar 48/LastChar 49/Widths[-500 -500]"),
}
SHAPES: dict[str, Make] = {
    "a frame without a breadth": _framed(b"/BBox[0 0 180 0]"),
    "a frame as wide as the world": _framed(b"/BBox[-99999999 0 99999999 72]"),
    "a matrix that leaves nothing": _framed(_BOX + b"/Matrix[0 0 0 0 0 0]"),
    "a picture larger than it says": _by_hand(look=lambda update: _pictured(update, _jpeg(65_500, 1))),
    "a picture in a hundred scans": _by_hand(look=lambda update: _pictured(update, _jpeg(16, 100))),
    "a picture without an end": _by_hand(look=lambda update: _pictured(update, _jpeg(16, 1)[:-2])),
    "widths by references that double": _by_hand(look=_doubling),
    "letters by a table of its own": _by_hand(look=_coded),
}
HOSTILE |= WRONG | ELSEWHERE | PARTS | SHAPES
