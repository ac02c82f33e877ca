"""Of what a look is made: each stream is what it says by name, none draws itself, letters have widths."""

import re
from collections.abc import Iterator, Mapping, Set
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from typing import Any

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from documents.signing.extension.alike import named, whole
from documents.signing.extension.refusing import no

_DRAWN = ("/Form", "/Image")
_STREAMS = (*_DRAWN, "/XML", "/Type1C", "/CIDFontType0C", "/OpenType")
"""What a stream may be; no PostScript (/PS), which is run when the page is printed."""
_KINDS = tuple("/" + one for one in (
    "XObject Font FontDescriptor ExtGState Encoding Group Mask CMap Sig DSS VRI Metadata DeveloperExtensions"
).split())  # fmt: skip
"""What a new dictionary may say it is: no page, no catalogue, no object that holds others, which a reader that repairs
a file takes for the real one.
"""
_LAST_CODE, _LAST_GLYPH = 255, 65_535
_PICTURES = 100
"""So many a drawing may name; programs name a handful."""
_WIDTHS, _WIDEST = ("/MissingWidth", "/DW", "/Widths", "/W"), 5_000
_LETTER = re.compile(r"/(?:[A-Za-z]{1,40}(?:\.[a-z]{1,10})?|uni[0-9A-F]{4}|\.notdef)")
"""What a letter is called: names of a letter and a number are its code to one reader and nothing to another."""


def refuse_odd_parts(objects: Mapping[int, Any], known: Set[int]) -> None:
    """Raise `NotReturnedRight` for the new objects (by their numbers) that are not as the standard asks; `known`: the
    numbers of what was there before.
    """
    draws: dict[int, set[int]] = {}
    judged = set[int]()
    for number, one in objects.items():
        for each in _dictionaries(one):
            _plain(each, judged)
            if number not in known and "/Type" in each and not named(each.raw_get("/Type"), *_KINDS):
                raise _odd()
            draws.setdefault(number, set()).update(_drawn(each))
    try:
        TopologicalSorter(draws).prepare()
    except CycleError as error:
        raise _odd() from error


def _dictionaries(value: Any) -> Iterator[Any]:
    """All that stand in it, itself included; references are not followed."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            yield one
            waiting += [one.raw_get(key) for key in one]
        elif isinstance(one, ArrayObject):
            waiting += [one.raw_get(at) for at in range(len(one))]


def _plain(one: Any, judged: set[int]) -> None:
    """`judged`: the numbers of arrays of widths that were looked at; many fonts may share one."""
    if "/DescendantFonts" in one and not named(one.get("/Encoding"), "/Identity-H"):
        raise _odd()
    if isinstance(one, StreamObject) and "/Subtype" in one and not named(one.raw_get("/Subtype"), *_STREAMS):
        raise _odd()
    if isinstance(one.get("/Font"), ArrayObject):  # letters chosen by a state of drawing
        raise _odd()
    if "/FirstChar" in one or "/LastChar" in one:
        _coded(one)
    if any(isinstance(name, str) and not _LETTER.fullmatch(name) for name in one.get("/Differences", ())):
        raise _odd()
    for key in _WIDTHS:
        where = one.raw_get(key) if key in one else None
        number = where.idnum if isinstance(where, IndirectObject) else -1
        if key in one and number not in judged and not _fair(key, one[key]):
            raise _odd()
        judged.update({number} - {-1})


def _coded(font: Any) -> None:
    """As many widths as codes."""
    first, last = font.get("/FirstChar"), font.get("/LastChar")
    if not (whole(first) and whole(last) and 0 <= first <= last <= _LAST_CODE):
        raise _odd()
    if "/Widths" in font and len(font["/Widths"]) != last - first + 1:
        raise _odd()


def _fair(key: str, value: Any) -> bool:
    """Whether widths are widths; `/W` also says between them for which letters they are (9.7.4.3). Within stands no
    reference, for that would lead anywhere, as often as it likes.
    """
    parts = _parts(value)
    inner = [each for one in parts if isinstance(one, ArrayObject) for each in _parts(one)]
    outer = [one for one in parts if not isinstance(one, ArrayObject)]
    most = _LAST_GLYPH if key == "/W" else _WIDEST
    return all(_within(one, _WIDEST) for one in inner) and all(_within(one, most) for one in outer)


def _parts(value: Any) -> list[Any]:
    return [value.raw_get(at) for at in range(len(value))] if isinstance(value, ArrayObject) else [value]


def _within(value: Any, most: int) -> bool:
    return isinstance(value, int | Decimal) and 0 <= value <= most


def _drawn(one: Any) -> Iterator[int]:
    """The numbers of what it may draw by name."""
    pictures: Any = one["/XObject"] if "/XObject" in one else {}
    if len(pictures) > _PICTURES:
        raise _odd()
    for name in pictures:
        picture = pictures[name]
        if not isinstance(picture, StreamObject) or not named(picture.get("/Subtype"), *_DRAWN):
            raise _odd()
        if not named(picture.get("/Type", picture.get("/Subtype")), "/XObject", *_DRAWN):
            raise _odd()
        yield pictures.raw_get(name).idnum


def _odd() -> Exception:
    return no("hình của chữ ký có phần viết sai chuẩn (a part of its look is not written as the standard asks).")
