"""What the signature says of itself beside its bytes: another name, another kind, no moment."""

from __future__ import annotations

from typing import Any

from pyhanko.pdf_utils.generic import pdf_name

from documents.signing.names import OFFICER
from tests.documents.signing.hostile.case import HOSTILE, Make, field_of, generic

_text = generic.TextStringObject


def _said(**values: Any) -> Make:
    """With these entries; None takes one away."""

    def late(writer: Any) -> None:
        said = field_of(writer, OFFICER)["/V"]
        for key, value in values.items():
            said.pop(f"/{key}", None)
            if value is not None:
                said[pdf_name(f"/{key}")] = value

    return lambda case: case.signed(late=late)


def _dictionary(**entries: Any) -> Any:
    return generic.DictionaryObject({pdf_name(f"/{key}"): value for key, value in entries.items()})


_SCRIPT = _dictionary(S=pdf_name("/JavaScript"), JS=_text("app.alert('x')"))
HOSTILE |= {
    "no moment at all": _said(M=None),
    "a moment years ago beside the signature": _said(M=_text("D:20200101000000+00'00'")),
    "a moment in words": _said(M=_text("hôm qua")),
    "another name beside the signature": _said(Name=_text("Nguyễn Văn Mẫu, Chủ tịch tỉnh")),
    "a name that is no word": _said(Name=generic.NumberObject(1)),
    "a handler of his own": _said(Filter=pdf_name("/Evil.Handler")),
    "no kind": _said(Type=None),
    "a kind of stamp": _said(Type=pdf_name("/DocTimeStamp")),
    "another version of signatures": _said(V=generic.NumberObject(99)),
    "a script in how it was built": _said(Prop_Build=_dictionary(App=_dictionary(Name=pdf_name("/x"), JS=_SCRIPT))),
    "a reason as long as a book": _said(Reason=_text("x" * 501)),
    "a script for a contact": _said(Contact=_SCRIPT),
    "a certificate beside the signature": _said(Cert=generic.ByteStringObject(b"x")),
}
