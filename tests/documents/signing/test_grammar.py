"""The grammar of returned files: what it takes, every reader reads alike; what it does not take is told as such."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef
from pdfminer.psparser import PSLiteral
from pyhanko.pdf_utils.generic import Reference, read_object
from pyhanko.pdf_utils.misc import PdfReadError, PdfStreamError

from documents.signing.errors import NotReturnedRight
from documents.signing.extension.grammar.content import Step, steps
from documents.signing.extension.grammar.objects import Name, Ref, Tree, read
from documents.signing.extension.grammar.sameness import same, same_stream

_GAPS = st.sampled_from([b" ", b"\n", b"\r\n", b"\t", b"\f "])
_NAMES = st.text("abcXYZ019._-+:,@é# ()/", min_size=1, max_size=20)
_PLAIN = st.one_of(
    _NAMES.map(Name),
    st.integers(1, 10**6).map(Ref),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.binary(max_size=40),
    st.decimals(-(10**6), 10**6, places=4, allow_nan=False, allow_infinity=False),
)
_VALUES = st.recursive(_PLAIN, lambda one: st.lists(one, max_size=4) | st.dictionaries(_NAMES, one, max_size=4),
                       max_leaves=20)  # fmt: skip
_NASTY = st.sampled_from(
    [
        *(bytes([one]) for one in b"%<>[]()/\\#\r\n\0\x0b \t+-.0R1aQ"),
        b">>",
        b"<<",
        b"%\n",
        b"null",
        b"/F 1",
        b" 0 R",
        b"\\8",
        b"\\\r",
        b"#61",
        b"#00",
        b"stream\r",
        b"endstream",
    ]
)
_SAMPLE = (b"<</Type/XObject/Subtype /Form\n/BBox[0 0 180.5 -.5]/A(a\\(b\\)\\351)/N/a#20b/I<feff0041>/B true/R 12 0 R"
           b"/Length 4>>")  # fmt: skip
_WORDS = b"q|Q|BT|ET|/F 8 Tf|(a)|(|Tj|[|]|0|0 0 m|1 1 l|S|W|n|%|\n".split(b"|")
_STREAM = b"stream\r\nq Q \r\nendstream\nendobj\n"


@given(st.dictionaries(_NAMES, _VALUES, max_size=5), st.data())
def test_what_is_written_by_the_standard_is_read_as_it_was_meant(tree: dict[str, Tree], data: st.DataObject) -> None:
    said = _written(tree, data) + b"\nendobj\n"
    assert read(said).value == tree
    assert same(tree, _by_pyhanko(said))
    assert _by_pdfminer(said) == _plain(tree)


@given(
    st.sampled_from([b"\nendobj\n", _STREAM]),
    st.lists(st.tuples(st.integers(0, len(_SAMPLE + _STREAM)), st.integers(0, 3), _NASTY), min_size=1, max_size=3),
)
@example(b"\nendobj\n", [(2, 0, b"/Lang<41%>/OpenAction 1/X<41\n>")])
@settings(max_examples=200)
def test_whatever_is_changed_is_refused_or_read_alike(end: bytes, changes: list[tuple[int, int, bytes]]) -> None:
    said = _SAMPLE + end
    for at, less, more in changes:
        said = said[:at] + more + said[at + less :]
    try:
        one, other = read(said), _by_pyhanko(said)
    except (NotReturnedRight, PdfReadError, PdfStreamError):
        return
    if said[one.end :].strip(b"\t\n\f\r ") != b"endobj":
        return  # that nothing else stands in an object is asked elsewhere
    assert same_stream(one, other)
    if one.data is None:
        assert _by_pdfminer(said[: one.end] + b"\nendobj\n") == _plain(one.value)


def test_a_library_that_read_something_else_is_noticed() -> None:
    one = read(b"<</A<</B[1 (2) /C]>>>>")
    for other in (b"<</A<</B[1 (2) (C)]>>>>", b"<</A<</B[1.0 (2) /C]>>>>", b"<</A<</B[1 (2) /C]>>/D 1>>",
                  b"<</A<</B[1 (2)]>>>>", b"<</A<</B[1 (3) /C]>>>>", b"<</A 1 0 R>>"):  # fmt: skip
        assert not same(one.value, _by_pyhanko(other))


def test_a_drawing_is_read_operator_by_operator() -> None:
    drawn = b"% DSBlank\nq 1 0 0 1 2 3 cm/F0 Do Q BT/F 8 Tf[(a)-3<41>]TJ ET []0 d .5 w 0 0 m 1. 1 l S"
    named = {b"Do": "F0", b"Tf": "F"}
    said = b"q cm Do Q BT Tf TJ ET d w m l S".split()
    assert steps(drawn) == [Step(one, named.get(one, "")) for one in said]


@given(st.binary(max_size=200) | st.lists(st.sampled_from(_WORDS)).map(b" ".join))
def test_whatever_is_drawn_ends_as_it_began_or_is_refused(drawing: bytes) -> None:
    try:
        found = [one.operator for one in steps(drawing)]
    except NotReturnedRight:
        return
    assert found.count(b"q") == found.count(b"Q") and found.count(b"BT") == found.count(b"ET")


def _by_pyhanko(said: bytes) -> Any:
    return read_object(io.BytesIO(said), Reference(1, 0, None))


def _by_pdfminer(said: bytes) -> Any:
    parser = PDFParser(io.BytesIO(said))
    return _mined(parser.nextobject()[1])


def _mined(value: Any) -> Any:
    """As comparable values."""
    if isinstance(value, dict):
        return {key: _mined(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_mined(one) for one in value]
    if isinstance(value, PSLiteral):
        return Name(str(value.name))
    return Ref(value.objid) if isinstance(value, PDFObjRef) else value


def _plain(tree: Tree) -> Any:
    """Fractions as the other reader has them."""
    if isinstance(tree, dict):
        return {key: _plain(one) for key, one in tree.items()}
    if isinstance(tree, list):
        return [_plain(one) for one in tree]
    return float(tree) if isinstance(tree, Decimal) else tree


def _written(tree: Tree, data: st.DataObject) -> bytes:
    """As a program might write it, with any white space."""
    gap = data.draw(_GAPS)
    if isinstance(tree, dict):
        return b"<<" + gap.join(_name(key) + gap + _written(one, data) for key, one in tree.items()) + b">>"
    if isinstance(tree, list):
        return b"[" + gap.join(_written(one, data) for one in tree) + gap + b"]"
    if isinstance(tree, bytes):
        escaped = b"".join(b"\\%03o" % one if one in b"\r()\\" else bytes([one]) for one in tree)
        return data.draw(st.sampled_from([b"<%b>" % tree.hex().encode(), b"(%b)" % escaped]))
    if isinstance(tree, Name):
        return _name(tree.said)
    return b"%d 0 R" % tree.number if isinstance(tree, Ref) else str(tree).lower().encode()


def _name(said: str) -> bytes:
    plain = b"abcXYZ019"
    return b"/" + b"".join(bytes([one]) if one in plain else b"#%02x" % one for one in said.encode())
