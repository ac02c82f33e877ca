"""Whether a library read an object as we did: all that is asked later is asked of what it read."""

from decimal import Decimal
from typing import Any

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
    TextStringObject,
    pdf_string,
)

from documents.signing.extension.grammar.objects import Name, Read, Ref, Tree


def same(tree: Tree, value: Any) -> bool:
    """Whether pyHanko's object is this one, in kind and to its depths."""
    if isinstance(tree, dict):
        return (isinstance(value, DictionaryObject) and {"/" + key for key in tree} == value.keys()
                and all(same(one, value.raw_get("/" + key)) for key, one in tree.items()))  # fmt: skip
    if isinstance(tree, list):
        return (isinstance(value, ArrayObject) and len(tree) == len(value)
                and all(same(one, value.raw_get(at)) for at, one in enumerate(tree)))  # fmt: skip
    return _alike(tree, value)


def same_stream(one: Read, value: Any) -> bool:
    """The same with the data of a stream."""
    data = value.encoded_data if isinstance(value, StreamObject) else None
    return same(one.value, value) and one.data == data


def _alike(tree: Tree, value: Any) -> bool:
    if isinstance(tree, Name):
        return type(value) is NameObject and value == "/" + tree.said
    if isinstance(tree, Ref):
        return isinstance(value, IndirectObject) and (value.idnum, value.generation) == (tree.number, 0)
    if isinstance(tree, bytes):
        return type(value) in (TextStringObject, ByteStringObject) and value == pdf_string(tree)
    if tree is None or isinstance(tree, bool):
        return isinstance(value, NullObject) if tree is None else isinstance(value, BooleanObject) and value == tree
    return type(value) is (FloatObject if isinstance(tree, Decimal) else NumberObject) and value == tree
