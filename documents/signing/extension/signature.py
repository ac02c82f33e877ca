"""The signature's own dictionary: what it says beside the signature, and that this covers all the rest."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, NameObject, parse_pdf_date

from documents.signing.extension.alike import named, whole
from documents.signing.extension.refusing import no
from documents.signing.extension.walking import Walk
from documents.signing.names import OFFICER
from states.periods import LOCAL

_HAS = frozenset({
    "/Type", "/Filter", "/SubFilter", "/ByteRange", "/Contents", "/M", "/Name", "/Reason", "/Location", "/ContactInfo",
    "/Contact",  # as endesive names it
    "/Prop_Build", "/Prop_AuthTime", "/Prop_AuthType", "/R", "/V",
})  # fmt: skip
_BUILT = frozenset({"/Filter", "/PubSec", "/App", "/SigQ"})
_BUILT_WITH = frozenset({"/Name", "/Date", "/R", "/V", "/OS", "/PreRelease", "/NonEFontNoWarn", "/TrustedMode", "/REx"})
"""With what program it was made (Adobe's Digital Signature Build Dictionary)."""
_HANDLERS = frozenset({"/Adobe.PPKLite", "/Adobe.PPKMS"})
CADES = "/ETSI.CAdES.detached"
_KINDS = frozenset({CADES, "/adbe.pkcs7.detached"})
_SAID = ("/Name", "/Reason", "/Location", "/ContactInfo", "/Contact")
_LONGEST = 500
"""Letters of what he says beside it (reason, place, contact)."""


@dataclass(frozen=True)
class Claims:
    """What it says of itself, and where it stands.

    `contents`: the bytes of the signature as they stand; `moment`: when, None if unsaid; `page`: from 0; `box`: in
    points from the lower left corner of that page.
    """

    contents: bytes
    kind: str
    name: str | None
    moment: datetime | None
    page: int
    box: tuple[float, float, float, float]


def claims(reader: Any, walk: Walk) -> Claims:
    """Of the officer's signature. Raises `NotReturnedRight`."""
    one = next(each for each in reader.embedded_signatures if each.field_name == OFFICER)
    said, contents = one.sig_object, _contents(reader.stream, [int(part) for part in one.byte_range])
    if contents != one.pkcs7_content:
        raise no("chữ ký chừa trống một phần tệp (the signature leaves a part of the file out).")
    if "/Reference" in said:
        raise no("chữ ký khóa văn bản, không điền số và đóng dấu được nữa (it locks the file: no number, no seal).")
    if extra := set(said) - _HAS:
        raise no(f"chữ ký mang thứ không cần ({', '.join(sorted(extra))}: not part of a signature).")
    walk.through("chữ ký", one.sig_field.raw_get("/V"), _HAS | _BUILT | _BUILT_WITH)
    _usual(said)
    left, bottom, right, top = (float(each) for each in one.sig_field["/Rect"])
    page = [each.idnum for each in _pages(reader.root["/Pages"])].index(one.sig_field.raw_get("/P").idnum)
    return Claims(contents, str(said["/SubFilter"]), _text(said, "/Name"), _moment(said), page,
                  (left, bottom, right, top))  # fmt: skip


def _pages(tree: Any) -> Iterator[Any]:
    """References to the pages in their order."""
    for one in tree["/Kids"]:
        if one.get_object()["/Type"] == "/Pages":
            yield from _pages(one.get_object())
        else:
            yield one


def _contents(stream: Any, ranges: list[int]) -> bytes:
    """The signature covers the whole file but for its own hexadecimal string, to the byte."""
    stream.seek(0, io.SEEK_END)
    size = stream.tell()
    if len(ranges) != 4 or ranges[0] != 0 or ranges[2] + ranges[3] != size or min(ranges) < 0 or ranges[1] > ranges[2]:
        raise no("chữ ký không phủ cả tệp (the signature does not cover the whole file).")
    stream.seek(ranges[1])
    found = re.fullmatch(rb"<((?:[0-9A-Fa-f]{2})+)>", stream.read(ranges[2] - ranges[1]))
    if not found:
        raise no("chữ ký chừa trống một phần tệp (the signature leaves a part of the file out).")
    return bytes.fromhex(found[1].decode())


def _usual(said: Any) -> None:
    if isinstance(said.get("/SubFilter"), NameObject) and said["/SubFilter"] not in _KINDS:
        raise no(f"kiểu chữ ký {said['/SubFilter'][:40]} không nhận: đặt phần mềm ký kiểu adbe.pkcs7.detached hoặc "
                 "ETSI.CAdES.detached (not a kind of signature that is taken).")  # fmt: skip
    kinds = {"/Type": {"/Sig"}, "/Filter": _HANDLERS, "/SubFilter": _KINDS}
    if not all(named(said.get(key), *names) for key, names in kinds.items()):
        raise no("chữ ký thuộc loại không nhận (not a kind of signature that is taken).")
    if not whole(said.get("/V", 0), 0) or not whole(said.get("/R", 0)):
        raise no("chữ ký thuộc loại không nhận (not a kind of signature that is taken).")
    if any(isinstance(said.raw_get(key), IndirectObject) for key in said):
        raise no("chữ ký để lời của nó ở nơi khác (what it says stands elsewhere).")
    if any(len(_text(said, key) or "") > _LONGEST for key in _SAID):
        raise no("lời ghi cùng chữ ký quá dài (what is said beside the signature is too long).")
    built = said.get("/Prop_Build", {})
    parts = [one.raw_get(key) for one in (built.raw_get(name) for name in built) for key in one]
    if set(built) - _BUILT or any(set(one) - _BUILT_WITH for one in built.values()) or any(map(_leads, parts)):
        raise no("chữ ký mang thứ không cần (/Prop_Build: not part of a signature).")


def _leads(value: Any) -> bool:
    """Elsewhere, or is more than a word or two."""
    return isinstance(value, IndirectObject | DictionaryObject) or (isinstance(value, str) and len(value) > _LONGEST)


def _text(said: Any, key: str) -> str | None:
    if key not in said:
        return None
    if not isinstance(said[key], str):
        raise no(f"{key} của chữ ký không phải chữ (it should be words).")
    return str(said[key])


def _moment(said: Any) -> datetime | None:
    """Where it names no zone of time: of here."""
    try:
        moment: datetime | None = parse_pdf_date(said["/M"]) if "/M" in said else None
    except Exception as error:
        raise no("thời gian ký không đọc được (its moment can't be read).") from error
    return moment.replace(tzinfo=LOCAL) if moment and moment.tzinfo is None else moment
