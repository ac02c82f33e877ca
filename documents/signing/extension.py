"""Whether a file is what went out and one update behind it, which touches nothing but what a signature must touch.

Asked of the bytes first (what a reader that mends broken files would find counts too), then of the objects.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject
from pyhanko.pdf_utils.reader import PdfFileReader

from documents.signing.errors import NotReturnedRight, TooLarge
from documents.signing.names import OFFICER, SYSTEM
from states.sentences import InBoth

ROOM = 512 * 1024
"""Bytes that a token may add: its signature, certificates and a picture of the officer's hand."""
_FILLED = frozenset({"/V", "/AP", "/AS", "/F", "/Ff", "/M", "/MK", "/DA", "/BS", "/Border", "/NM", "/Type"})
"""What a token may write into its field; nothing that acts (/A, /AA) or locks (/Lock), no other place (/Rect, /P)."""
_UNSEEN = 1 | 2 | 32 | 256
"""Flags that hide a field: invisible, hidden, no view, toggle no view."""
_ROOT_GAINS = frozenset({"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/Perms", "/Version"})
_FORM_GAINS = frozenset({"/DA", "/DR", "/SigFlags"})
_INFO_CHANGES = frozenset({"/ModDate", "/Producer"})
_SIGNATURE_HAS = frozenset({
    "/Type", "/Filter", "/SubFilter", "/ByteRange", "/Contents", "/M", "/Name", "/Reason", "/Location", "/ContactInfo",
    "/Prop_Build", "/Prop_AuthTime", "/Prop_AuthType", "/R", "/V",
})  # fmt: skip
_WRITTEN = re.compile(rb"(?<!\d)(\d{1,10})\s+\d{1,5}\s+obj\b")


def prove_extension(data: bytes, served: bytes) -> None:
    """Raise `TooLarge`, or `NotReturnedRight` with the first thing that is wrong."""
    _bytes(data, served)
    try:
        reader, before = PdfFileReader(io.BytesIO(data)), PdfFileReader(io.BytesIO(served))
        _structure(reader, before)
        _touched(reader, before, data[len(served) :])
        _gains("danh mục", before.root, reader.root, _ROOT_GAINS)
        _gains("biểu mẫu", before.root["/AcroForm"], reader.root["/AcroForm"], _FORM_GAINS)
        _said_of_it(reader, before)
        _fields(reader, before)
    except NotReturnedRight:
        raise
    except Exception as error:  # a hostile file may break a parser in any way
        raise no(f"không đọc được phần thêm vào (what was added can't be read: {type(error).__name__}).") from error


def no(said: str) -> NotReturnedRight:
    """A refusal from words in both languages: "việt (english)."."""
    vietnamese, _, english = said.removesuffix(").").rpartition(" (")
    return NotReturnedRight(why=InBoth(*(f"{one[:1].upper()}{one[1:]}." for one in (vietnamese, english))))


def _bytes(data: bytes, served: bytes) -> None:
    if len(data) > len(served) + ROOM:
        raise TooLarge(limit=ROOM // 1024)
    if data == served:
        raise no("tệp chưa được ký (it is not signed).")
    if not data.startswith(served):
        raise no("không bắt đầu bằng đúng tệp đã phát ra (it does not begin with what was sent out).")
    added = data[len(served) :]
    if added.count(b"startxref") != 1 or added.count(b"%%EOF") != 1 or not added.rstrip(b"\r\n").endswith(b"%%EOF"):
        raise no("phần thêm vào không phải đúng một lần cập nhật (what was added is not exactly one update).")
    if b"/Encrypt" in added:
        raise no("tệp bị mã hóa (it is encrypted).")
    if b"/XRefStm" in added:
        raise no("có hai bảng tham chiếu lẫn nhau (a hybrid cross-reference).")


def _structure(reader: PdfFileReader, before: PdfFileReader) -> None:
    if reader.encrypted:
        raise no("tệp bị mã hóa (it is encrypted).")
    if reader.xrefs.hybrid_xrefs_present:
        raise no("có hai bảng tham chiếu lẫn nhau (a hybrid cross-reference).")
    if _tables(reader)[:-1] != _tables(before):
        raise no("phần thêm vào không phải đúng một lần cập nhật (what was added is not exactly one update).")
    if any(_own(reader.trailer, name) != _own(before.trailer, name) for name in ("/Root", "/Info")):
        raise no("danh mục của tệp bị thay bằng cái khác (it has another catalogue).")
    names = sorted(one.field_name for one in reader.embedded_signatures)
    if names == [SYSTEM]:
        raise no("tệp chưa được ký (it is not signed).")
    if names != sorted([SYSTEM, OFFICER]):
        raise no("không phải đúng một chữ ký, trong ô của lãnh đạo (not one signature in the right field).")
    _byte_range(reader)


def _tables(reader: PdfFileReader) -> list[int]:
    """Where the cross-reference table of each revision stands, the oldest first."""
    return [reader.xrefs.get_startxref_for_revision(one) for one in range(reader.xrefs.total_revisions)]


def _byte_range(reader: PdfFileReader) -> None:
    """The signature covers the whole file but for its own hexadecimal string, to the byte."""
    one = next(each for each in reader.embedded_signatures if each.field_name == OFFICER)
    stream, ranges = reader.stream, [int(part) for part in one.byte_range]
    stream.seek(0, io.SEEK_END)
    size = stream.tell()
    if len(ranges) != 4 or ranges[0] != 0 or ranges[2] + ranges[3] != size or min(ranges) < 0 or ranges[1] > ranges[2]:
        raise no("chữ ký không phủ cả tệp (the signature does not cover the whole file).")
    stream.seek(ranges[1])
    if not re.fullmatch(rb"<[0-9A-Fa-f\s]+>", stream.read(ranges[2] - ranges[1])):
        raise no("chữ ký chừa trống một phần tệp (the signature leaves a part of the file out).")
    if "/Reference" in one.sig_object:
        raise no("chữ ký khóa văn bản, không điền số và đóng dấu được nữa (it locks the file: no number, no seal).")
    if extra := set(one.sig_object) - _SIGNATURE_HAS:
        raise no(f"chữ ký mang thứ không cần ({', '.join(sorted(extra))}: not part of a signature).")


def _touched(reader: PdfFileReader, before: PdfFileReader, added: bytes) -> None:
    """Of what went out only the officer's field, his page, the form and the catalogue may be written anew.

    By number alone, for not every reader looks at generations; and also where no table leads to it.
    """
    written = {one.idnum for one in reader.xrefs.explicit_refs_in_revision(reader.xrefs.total_revisions - 1)}
    written |= {int(found[1]) for found in _WRITTEN.finditer(added)}
    known = {one.idnum for each in range(before.xrefs.total_revisions)
             for one in before.xrefs.explicit_refs_in_revision(each)}  # fmt: skip
    if foreign := (written & known) - set(_allowed(before)):
        raise no(f"phần thêm vào sửa {len(foreign)} đối tượng đã phát ra (it rewrites what was sent out).")


def _allowed(before: PdfFileReader) -> Iterator[int]:
    officer = _named(before)[OFFICER]
    for one in (
        before.trailer.raw_get("/Root"), before.root.raw_get("/AcroForm"), officer, officer.get_object().raw_get("/P"),
        _own(before.trailer, "/Info"), _own(before.root, "/Metadata"),
    ):  # fmt: skip
        if isinstance(one, IndirectObject):
            yield one.idnum


def _own(holder: Any, name: str) -> Any:
    return holder.raw_get(name) if name in holder else None


def _gains(what: str, old: DictionaryObject, new: DictionaryObject, gains: frozenset[str]) -> None:
    if extra := set(new) - set(old) - gains:
        raise no(f"{what} của tệp có thêm {', '.join(sorted(extra))} (something was added that may act or hide).")
    if lost := set(old) - set(new):
        raise no(f"{what} của tệp mất {', '.join(sorted(lost))} (something was taken away).")


def _said_of_it(reader: PdfFileReader, before: PdfFileReader) -> None:
    """Title, author and the like stay; when and with what the file was written last may change."""
    old, new = ({**one.trailer["/Info"]} if "/Info" in one.trailer else {} for one in (before, reader))
    if any(old.get(key) != new.get(key) for key in (old.keys() | new.keys()) - _INFO_CHANGES):
        raise no("tên hoặc tác giả của tệp bị đổi (its title or author was changed).")


def _fields(reader: PdfFileReader, before: PdfFileReader) -> None:
    """Each field is what it was, but for the officer's, which gains a value and a picture in its place."""
    old, new = _named(before), _named(reader)
    if set(old) != set(new):
        raise no("biểu mẫu có thêm hoặc mất ô (fields were added or taken away).")
    for name in old:
        was, now = old[name].get_object(), new[name].get_object()
        if name == OFFICER:
            _gains("ô chữ ký", was, now, _FILLED)
            if any(was.get(key) != now.get(key) for key in ("/Rect", "/FT", "/T", "/Subtype")):
                raise no("ô chữ ký bị dời hoặc đổi loại (the field was moved or changed).")
            if int(now.get("/F", 0)) & _UNSEEN:
                raise no("chữ ký bị giấu đi (the signature is hidden).")
        elif now.get("/V", None) != was.get("/V", None) or now.get("/AP", None) != was.get("/AP", None):
            raise no(f"ô «{name}» đã bị điền (this field was filled in).")


def _named(reader: PdfFileReader) -> dict[str, Any]:
    fields: list[Any] = list(reader.root["/AcroForm"]["/Fields"])
    return {str(one.get_object()["/T"]): one for one in fields}
