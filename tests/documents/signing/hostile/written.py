"""Objects of an update that readers understand in two ways: what one library forgives, another does not."""

from __future__ import annotations

import zlib

from tests.documents.signing.hostile.by_hand import Edit, _by_hand, _in
from tests.documents.signing.hostile.case import HOSTILE, Make
from tests.documents.signing.hostile.programs import Update, _bytes, stream_of

_SCRIPT = b"<</S/JavaScript/JS(app.alert(1))>>"
_OWN = rb"^<<"
"""Where the dictionary of an object begins."""
_CATALOGUE, _FIELD = b"/Type /Catalog", b"/V "


def _catalogue(pattern: bytes, becomes: bytes) -> Make:
    def edit(update: Update) -> None:
        update.root()
        _in(_CATALOGUE, pattern, becomes)(update)

    return _by_hand(edit)


def _field(pattern: bytes, becomes: bytes) -> Make:
    return _by_hand(_in(_FIELD, pattern, becomes))


def _said(value: bytes) -> Make:
    """As what the signature says of its reason."""
    return _by_hand(_in(b"/ByteRange", _OWN, b"<</Reason " + value.replace(b"\\", b"\\\\")))


def _more(body: bytes) -> Edit:
    def edit(update: Update) -> None:
        update.add(body)

    return edit


def _length_elsewhere(update: Update) -> None:
    length = update.add(b"[4]")
    update.add(b"<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Length %d 0 R>>stream\nq Q \nendstream" % length)


def _stream(head: bytes, tail: bytes = b"\nendstream") -> Make:
    return _by_hand(_more(b"<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Length 4>>" + head + b"q Q " + tail))


def _named(second: bytes) -> Make:
    """The second of the file's two identifiers is this."""

    def edit(update: Update) -> None:
        trailer, first = update._trailer, _bytes(update.before.trailer["/ID"].raw_get(0))
        update._trailer = lambda size: trailer(size) | {"/ID": b"[" + first + second + b"]"}  # type: ignore[method-assign]

    return _by_hand(edit)


def _packed(data: bytes) -> bytes:
    return stream_of(b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Filter/FlateDecode", data)


def _titled(update: Update) -> None:
    """In UTF-8, which older readers take for Latin letters."""
    title = str(update.before.trailer["/Info"]["/Title"]).encode()
    update.info(Title=b"<EFBBBF%b>" % title.hex().encode())


def _small_parts(update: Update) -> None:
    for _ in range(60):
        update.add(b"[" + b"0 " * 1000 + b"]")


WRITTEN: dict[str, Make] = {
    "a script behind a comment in a string": _catalogue(_OWN, b"<</Lang<41%>/OpenAction " + _SCRIPT + b"/X<41\n>"),
    "a script behind a comment in the field": _field(_OWN, b"<</M<41%>/AA<</E " + _SCRIPT + b">>/X<41\n>"),
    "another catalogue behind a comment": _named(b"<41%>]/Root 9 0 R/X[<\n41>"),
    "a remark in an object": _catalogue(_OWN, b"<<% a remark\n"),
    "a vertical tab in a reference": _field(rb"/V (\d+) 0 R", rb"/V \1" + b"\x0b0\x0bR"),
    "a zero byte for a blank": _field(rb"/V (\d+) 0 R", rb"/V \1" + b" \\0000 R"),
    "a dictionary with half an end": _catalogue(rb">>$", b">\n"),
    "a key said twice": _catalogue(_OWN, b"<</Lang(en)/Lang(vi)"),
    "a key said twice, by a code": _catalogue(_OWN, b"<</L#61ng(en)"),
    "a kind by a code": _field(rb"/FT\s*/Sig", b"/FT/S#69g"),
    "an entry of nothing": _catalogue(_OWN, b"<</OpenAction null"),
    "a name of nothing": _catalogue(_OWN, b"<</ 1"),
    "a name of two hundred letters": _said(b"/" + b"a" * 200),
    "a number with two signs": _field(rb"/F 132", b"/F --132"),
    "a number with a plus": _field(rb"/F 132", b"/F +132"),
    "nothing with a sign": _field(rb"/F 132", b"/Ff -0/F 132"),
    "a number with zeros in front": _field(rb"/F 132", b"/F 000132"),
    "a number beyond four bytes": _field(rb"/F 132", b"/F 4294967428"),
    "a number and a letter": _field(rb"/F 132", b"/F 132a"),
    "a number by a power": _field(rb"/F 132", b"/F 132e0"),
    "a reference of another generation": _field(rb"/V (\d+) 0 R", rb"/V \1 1 R"),
    "a reference with zeros in front": _field(rb"/V (\d+) 0 R", rb"/V 000\1 0 R"),
    "half a byte in a string": _said(b"<4>"),
    "an escape that is none": _said(b"(\\8)"),
    "an escape above a byte": _said(b"(\\777)"),
    "a carriage return in a string": _said(b"(a\rb)"),
    "a string that nothing ends": _said(b"(a"),
    "brackets in brackets": _said(b"[" * 30 + b"]" * 30),
    "a bracket that closes another": _said(b"[1>>"),
    "an object that is a number": _by_hand(_more(b"1")),
    "an object that is a string": _by_hand(_more(b"(a)")),
    "a length that stands elsewhere": _by_hand(_length_elsewhere),
    "a stream behind a carriage return": _stream(b"stream\r"),
    "a stream behind a blank": _stream(b"stream \n"),
    "a stream behind a remark": _stream(b"%\nstream\n"),
    "a stream longer than it says": _stream(b"stream\n", b" \nendstream"),
    "a stream without an end of its own": _stream(b"stream\n", b"endstream"),
    "sixty thousand numbers": _by_hand(_small_parts),
}
BESIDE: dict[str, Make] = {
    "an identifier that is no string": _named(b"<</S/JavaScript>>"),
    "an identifier of two hundred bytes": _named(b"<%b>" % (b"00" * 200)),
    "a spare catalogue": _by_hand(_more(b"<</Type/Catalog>>")),
    "a spare page": _by_hand(_more(b"<</Type/Page>>")),
    "a spare action": _by_hand(_more(b"<</Type/Action/S/JavaScript>>")),
    "a spare list": _by_hand(_more(b"[/OpenAction 1]")),
    "a spare stream of objects": _by_hand(_more(stream_of(b"/Type/ObjStm/N 1", b"1 0 <<>>"))),
    "something behind packed data": _by_hand(_more(_packed(zlib.compress(b"q Q") + b"9999"))),
    "packed data that are cut off": _by_hand(_more(_packed(zlib.compress(b"q Q " * 99)[:-9]))),
    "a title in other letters": _by_hand(_titled),
    "words for a date": _by_hand(lambda update: update.info(ModDate=b"(HUY)")),
    "a program that is a reference": _by_hand(_in(b"/ByteRange", _OWN, b"<</Prop_Build<</App<</REx 130 0 R>>>>")),
}
HOSTILE |= WRITTEN | BESIDE
