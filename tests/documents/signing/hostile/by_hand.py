"""Updates written by hand that only look like a program's: strings for names, fractions for numbers, frames and words
that one reader takes and another does not, forms that draw each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.documents.signing.hostile import programs, tables
from tests.documents.signing.hostile.case import HOSTILE, Case, Make
from tests.documents.signing.hostile.programs import Habit, Update, stream_of

Edit = Callable[[Update], None]
_STROKES = programs._STROKES
_BOX = b"/BBox[0 0 180 72]"


def _by_hand(edit: Edit = lambda _: None, look: Callable[[Update], int] | None = None) -> Make:
    def made(case: Case) -> bytes:
        update = Update(case)
        update.sign(look(update) if look else update.add(_form(_BOX, _STROKES)))
        edit(update)
        return update.written(Habit())

    return made


def _in(marks: bytes, pattern: bytes, becomes: bytes) -> Edit:
    """In the one object that has these bytes."""

    def edit(update: Update) -> None:
        (number,) = [one for one, said in update.objects.items() if marks in said]
        changed = re.sub(pattern, becomes, update.objects[number], count=1)
        assert changed != update.objects[number]
        update.objects[number] = changed

    return edit


def _catalogue(update: Update) -> None:
    update.root(Type=b"(/Catalog)")


def _letters(update: Update) -> None:
    odd = b"<</Differences[0/a 48.0/nine/nine]>>"
    helv = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding %b>>" % odd
    update.form(DA=b"(/Helv 0 Tf 0 g )", DR=b"<</Font<</Helv %b>>>>" % helv)


def _described(change: Callable[[bytes], bytes]) -> Edit:
    def edit(update: Update) -> None:
        stream = update.before.root.raw_get("/Metadata")
        data = update.before.get_object(stream.reference).data
        assert change(data) != data
        update.objects[stream.idnum] = stream_of(b"/Type/Metadata/Subtype/XML", change(data))

    return edit


def _declared(data: bytes) -> bytes:
    return b'<?xml version="1.0" encoding="ISO-8859-1"?>' + data[data.index(b"<x:xmpmeta") :]


def _more(said: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(b"</rdf:RDF>", said + b"</rdf:RDF>")


def _form(keys: bytes, data: bytes, resources: bytes = b"") -> bytes:
    return stream_of(b"/Type/XObject/Subtype/Form%b/Resources<<%b>>" % (keys, resources), data)


def _look(keys: bytes, more: bytes = b"") -> Make:
    letters = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    return _by_hand(look=lambda update: update.add(_form(keys, _STROKES + more, letters)))


def _words(across: int, up: int) -> Make:
    return _look(_BOX, b" BT /F 12 Tf %d %d Td (9999) Tj ET" % (across, up))


def _laughing(update: Update) -> int:
    number = update.add(_form(_BOX, _STROKES))
    for _ in range(9):
        number = update.add(_form(_BOX, b"/a Do " * 10, b"/XObject<</a %d 0 R>>" % number))
    return number


def _wide(case: Case) -> bytes:
    """The kind of each entry in two bytes: some readers take the lower one, some none."""
    update = programs.of_pdfbox(case)
    body, places = update._laid(Habit())
    rows = b"".join(b"\0\1" + places[one].to_bytes(4) + b"\0" for one in sorted(places))
    keys = programs._dictionary(update._trailer(update.next + 1))[2:-2] + b"/Type/XRef/W[2 4 1]/Index[%b]" % b" ".join(
        b"%d 1" % one for one in sorted(places))  # fmt: skip
    table = b"%d 0 obj\n%b\nendobj\n" % (update.next, stream_of(keys, rows))
    return tables._signed_anew(case, body + table + programs._end(len(body), b"\n"))


_OTHER_NODE = b'<p:P xmlns:p="x:y" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>9999</dc:title></p:P>'
_NESTED = b"<rdf:Description><a>" * 2000 + b"</a></rdf:Description>" * 2000
HOSTILE |= {
    "a description made anew without its title": _by_hand(lambda update: update.described_anew(b"/Title")),
    "a description made anew without its author": _by_hand(lambda update: update.described_anew(b"/Author")),
    "a remark before its trailer": lambda case: programs.of_pdfbox(case).written(Habit(gap=b"% trailer\n")),
    "a dot for a look": _by_hand(look=lambda update: update.add(_form(_BOX, b"0 0 1 rg 9 9 3 3 re f"))),
    "a field of a kind in a string": _by_hand(_in(b"/V ", rb"/FT\s*/Sig", b"/FT (/Sig)")),
    "a field that is a widget in a string": _by_hand(_in(b"/V ", rb"/Subtype\s*/Widget", b"/Subtype (/Widget)")),
    "a field with a fraction of flags": _by_hand(_in(b"/V ", rb"/F 132", b"/F 132.9")),
    "a field that keeps its size on the screen": _by_hand(_in(b"/V ", rb"/F 132", b"/F 140")),
    "a field that does not turn with its page": _by_hand(_in(b"/V ", rb"/F 132", b"/F 148")),
    "a kind of signature in a string": _by_hand(_in(b"/ByteRange", rb"/SubFilter(/[\w.]+)", rb"/SubFilter(\1)")),
    "a catalogue in a string": _by_hand(_catalogue),
    "letters of the form by fractions": _by_hand(_letters),
    "a description in another encoding": _by_hand(_described(_declared)),
    "a description beside the usual ones": _by_hand(_described(_more(_OTHER_NODE))),
    "descriptions in descriptions": _by_hand(_described(_more(_NESTED))),
    "a description with other elements": _by_hand(_described(lambda data: data.replace(b"rdf:li", b"rdf:xx"))),
    "a look without a frame": _look(b""),
    "a look with a matrix of five": _look(_BOX + b"/Matrix[1 0 0 1 0]"),
    "a look that pops what it did not push": _look(_BOX, b" q Q Q Q 1 0 0 rg 0 0 180 72 re f"),
    "words left of the signature that nobody sees": _words(-100, 40),
    "words above the signature that nobody sees": _words(-150, 200),
    "words below the signature that nobody sees": _words(20, -60),
    "forms within forms, ten to the ninth": _by_hand(look=_laughing),
    "a table in a stream with wide kinds": _wide,
}
