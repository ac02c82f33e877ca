"""Whether two values of PDF are the same, in kind as well: to Python the string (/Sig) equals the name /Sig."""

from decimal import Decimal
from typing import Any

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NameObject


def alike(one: Any, other: Any) -> bool:
    """Of one kind and value, to their depths (references by their numbers); 100 and 100.0 are one number, for
    programs write either.
    """
    if _number(one) and _number(other):
        return bool(one == other)
    if type(one) is not type(other):
        return False
    if isinstance(one, DictionaryObject):
        return one.keys() == other.keys() and all(alike(one.raw_get(key), other.raw_get(key)) for key in one)
    if isinstance(one, ArrayObject):
        return len(one) == len(other) and all(alike(one.raw_get(at), other.raw_get(at)) for at in range(len(one)))
    return bool(one == other)


def named(value: Any, *names: str) -> bool:
    """Whether it is a name (no string), and one of these."""
    return isinstance(value, NameObject) and value in names


def whole(value: Any, *numbers: int) -> bool:
    """Whether it is a whole number as it is written, and one of these where there are some."""
    return isinstance(value, int) and (not numbers or value in numbers)


def _number(value: Any) -> bool:
    return isinstance(value, int | Decimal)
