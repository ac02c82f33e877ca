"""Of what a look is made: each stream is what it says by name, none draws itself, letters have widths."""

from collections.abc import Iterator, Mapping, Set
from decimal import Decimal
from typing import Any

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from documents.signing.extension.alike import named
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
_WIDTHS, _WIDEST = ("/MissingWidth", "/DW", "/Widths", "/W"), 65_535


def refuse_odd_parts(objects: Mapping[int, Any], known: Set[int]) -> None:
    """Raise `NotReturnedRight` for the new objects (by their numbers) that are not as the standard asks; `known`: the
    numbers of what was there before.
    """
    draws: dict[int, set[int]] = {}
    for number, one in objects.items():
        for each in _dictionaries(one):
            _plain(each)
            if number not in known and "/Type" in each and not named(each.raw_get("/Type"), *_KINDS):
                raise _odd()
            draws.setdefault(number, set()).update(_drawn(each))
    for number in draws:
        _refuse_circle(number, draws)


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


def _plain(one: Any) -> None:
    if "/DescendantFonts" in one and not named(one.get("/Encoding"), "/Identity-H"):
        raise _odd()
    if isinstance(one, StreamObject) and "/Subtype" in one and not named(one.raw_get("/Subtype"), *_STREAMS):
        raise _odd()
    for key in _WIDTHS:
        if key in one and not all(0 <= width <= _WIDEST for width in _numbers(one[key])):
            raise _odd()


def _numbers(value: Any) -> Iterator[Any]:
    """All in it; within an array of widths stands no reference, for that would lead anywhere, as often as it likes."""
    if isinstance(value, ArrayObject):
        for at in range(len(value)):
            yield from _numbers(value.raw_get(at))
    elif isinstance(value, IndirectObject):
        raise _odd()
    elif isinstance(value, int | Decimal):
        yield value


def _drawn(one: Any) -> Iterator[int]:
    """The numbers of what it may draw by name."""
    pictures: Any = one["/XObject"] if "/XObject" in one else {}
    for name in pictures:
        picture = pictures[name]
        if not isinstance(picture, StreamObject) or not named(picture.get("/Subtype"), *_DRAWN):
            raise _odd()
        if not named(picture.get("/Type", picture.get("/Subtype")), "/XObject", *_DRAWN):
            raise _odd()
        yield pictures.raw_get(name).idnum


def _refuse_circle(start: int, draws: Mapping[int, set[int]]) -> None:
    seen, waiting = set[int](), list(draws[start])
    while waiting:
        one = waiting.pop()
        if one == start:
            raise _odd()
        if one not in seen:
            seen.add(one)
            waiting += draws.get(one, ())


def _odd() -> Exception:
    return no("hình của chữ ký có phần viết sai chuẩn (a part of its look is not written as the standard asks).")
