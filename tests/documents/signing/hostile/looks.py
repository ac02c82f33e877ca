"""A look that is not seen, not printed, changes under the hand, or comes from elsewhere."""

from __future__ import annotations

import zlib
from typing import Any

from pyhanko.pdf_utils.generic import pdf_name

from documents.signing.names import OFFICER
from tests.documents.signing.hostile.case import HOSTILE, Make, field_of, generic, picture, to_field

_BOX = b"0 0 180 72 re f"


def _field(**values: Any) -> Make:
    return lambda case: case.signed(late=to_field(OFFICER, **values))


def _look(data: bytes = _BOX, **keys: Any) -> Make:
    """A picture with keys more."""

    def late(writer: Any) -> None:
        made = picture(data)
        for key, value in keys.items():
            made[pdf_name(f"/{key}")] = value
        _put(writer, N=writer.add_object(made))

    return lambda case: case.signed(late=late)


def _put(writer: Any, **looks: Any) -> None:
    look = {pdf_name(f"/{key}"): value for key, value in looks.items()}
    to_field(OFFICER, AP=generic.DictionaryObject(look))(writer)


def _dictionary(**entries: Any) -> Any:
    return generic.DictionaryObject({pdf_name(f"/{key}"): value for key, value in entries.items()})


def _under_the_hand(writer: Any) -> None:
    _put(writer, **{key: writer.add_object(picture(data)) for key, data in {"N": _BOX, "R": b"", "D": b""}.items()})


def _the_pages_own(writer: Any) -> None:
    contents = field_of(writer, OFFICER)["/P"].raw_get("/Contents")
    _put(writer, N=contents[0] if isinstance(contents, list) else contents)


def _packed(times: int, size: int) -> Any:
    data = b" " * size
    for _ in range(times):
        data = zlib.compress(data, 9)
    filters = generic.ArrayObject([pdf_name("/FlateDecode")] * times)
    return lambda writer: _put(writer, N=writer.add_object(generic.StreamObject(
        {pdf_name("/Subtype"): pdf_name("/Form"), pdf_name("/Filter"): filters}, encoded_data=data)))  # fmt: skip


_LAYER = _dictionary(Type=pdf_name("/OCG"), Name=generic.TextStringObject("x"))
HOSTILE |= {
    "a signature that is not printed": _field(F=generic.NumberObject(128)),
    "a field on a layer": _field(OC=_LAYER),
    "a look on a layer": _look(OC=_LAYER),
    "a layer in the resources of a look": _look(Resources=_dictionary(Properties=_dictionary(MC0=_LAYER))),
    "a look from another file": _look(Ref=_dictionary(F=generic.TextStringObject("http://x/x.pdf"))),
    "a look whose data are in another file": _look(F=generic.TextStringObject("http://x/stream")),
    "a look by a program": _look(b"/X Do", Resources=_dictionary(XObject=_dictionary(X=_dictionary(
        Subtype=pdf_name("/PS"), Level1=generic.TextStringObject("showpage"))))),
    "another look under the hand": lambda case: case.signed(late=_under_the_hand),
    "no look at all": _field(AP=generic.DictionaryObject()),
    "a white look": _look(b"1 g " + _BOX),
    "an empty look": _look(b""),
    "the page's own text as a look": lambda case: case.signed(late=_the_pages_own),
    "a look packed twice": lambda case: case.signed(late=_packed(2, 30 << 20)),
    "a look of thirty megabytes": lambda case: case.signed(late=_packed(1, 30 << 20)),
    "a turned field": _field(MK=_dictionary(R=generic.NumberObject(90))),
}  # fmt: skip
