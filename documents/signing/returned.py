"""What comes back from outside is hostile until it is proven to be what went out, with the one signature that was asked
for and nothing else.

Cheap questions first: its size, its beginning, its structure; then what the new part touches; then the signatures.
"""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, Reference
from pyhanko.pdf_utils.reader import PdfFileReader

from documents.signing.errors import NotReturnedRight, TooLarge
from documents.signing.names import OFFICER, SYSTEM
from documents.signing.trust import Means
from documents.signing.validating import Report, Signed, validate
from states.sentences import InBoth

ROOM = 512 * 1024
"""Bytes that a token may add: its signature, certificates and a picture of the officer's hand."""
SKEW = timedelta(minutes=5)
"""How far the clock of the officer's machine may be off."""
_FILLED = frozenset({"/V", "/AP", "/AS", "/F", "/Ff", "/M", "/MK", "/DA", "/BS", "/Border", "/NM", "/Lock", "/Type"})
"""What a token may write into its field; nothing that acts (/A, /AA), nor another place on the page (/Rect, /P)."""
_ROOT_GAINS = frozenset({"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/Perms", "/Version"})
_FORM_GAINS = frozenset({"/DA", "/DR", "/SigFlags"})
_SIGNATURE_HAS = frozenset({
    "/Type", "/Filter", "/SubFilter", "/ByteRange", "/Contents", "/M", "/Name", "/Reason", "/Location", "/ContactInfo",
    "/Prop_Build", "/Prop_AuthTime", "/Prop_AuthType", "/R", "/V", "/Reference",
})  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What must come back: the file that went out, signed with this certificate, between these two moments."""

    served: bytes
    certificate: bytes
    began_at: datetime
    at: datetime


@dataclass(frozen=True)
class Accepted:
    """What was proven of it."""

    stamped_at: datetime | None
    level: str


def judge(data: bytes, wanted: Wanted, means: Means, revoked: Sequence[tuple[int, datetime]] = (),
          chain: Iterable[bytes] = ()) -> Accepted:  # fmt: skip
    """Prove it, or raise `TooLarge`, `NotReturnedRight` with the first thing that is wrong."""
    _extends(data, wanted.served)
    try:
        reader, served = PdfFileReader(io.BytesIO(data)), PdfFileReader(io.BytesIO(wanted.served))
        _structure(reader, served)
        _touched(reader, served)
    except NotReturnedRight:
        raise
    except Exception as error:  # a hostile file may break a parser in any way
        raise _no(f"không đọc được phần thêm vào (what was added can't be read: {type(error).__name__}).") from error
    report = validate(data, means.roots, wanted.at, means.system_roots, means.lists(wanted.at, revoked), chain)
    return _signatures(report, wanted)


def _no(said: str) -> NotReturnedRight:
    """A refusal from words in both languages: "việt (english)."."""
    vietnamese, _, english = said.removesuffix(").").rpartition(" (")
    return NotReturnedRight(why=InBoth(*(f"{one[:1].upper()}{one[1:]}." for one in (vietnamese, english))))


def _extends(data: bytes, served: bytes) -> None:
    if len(data) > len(served) + ROOM:
        raise TooLarge(limit=ROOM // 1024)
    if data == served:
        raise _no("tệp chưa được ký (it is not signed).")
    if not data.startswith(served):
        raise _no("không bắt đầu bằng đúng tệp đã phát ra (it does not begin with what was sent out).")
    added = data[len(served) :]
    if added.count(b"startxref") != 1 or added.count(b"%%EOF") != 1 or not added.rstrip(b"\r\n").endswith(b"%%EOF"):
        raise _no("phần thêm vào không phải đúng một lần cập nhật (what was added is not exactly one update).")
    if b"/Encrypt" in added:
        raise _no("tệp bị mã hóa (it is encrypted).")
    if b"/XRefStm" in added:
        raise _no("có hai bảng tham chiếu lẫn nhau (a hybrid cross-reference).")


def _structure(reader: PdfFileReader, served: PdfFileReader) -> None:
    if reader.encrypted:
        raise _no("tệp bị mã hóa (it is encrypted).")
    if reader.xrefs.hybrid_xrefs_present:
        raise _no("có hai bảng tham chiếu lẫn nhau (a hybrid cross-reference).")
    if reader.xrefs.total_revisions != served.xrefs.total_revisions + 1:
        raise _no("phần thêm vào không phải đúng một lần cập nhật (what was added is not exactly one update).")
    names = sorted(one.field_name for one in reader.embedded_signatures)
    if names == [SYSTEM]:
        raise _no("tệp chưa được ký (it is not signed).")
    if names != sorted([SYSTEM, OFFICER]):
        raise _no("không phải đúng một chữ ký, trong ô của lãnh đạo (not one signature in the right field).")
    _byte_range(reader)


def _byte_range(reader: PdfFileReader) -> None:
    """The signature covers the whole file but for its own hexadecimal string, to the byte."""
    one = next(each for each in reader.embedded_signatures if each.field_name == OFFICER)
    stream, ranges = reader.stream, [int(part) for part in one.byte_range]
    stream.seek(0, io.SEEK_END)
    size = stream.tell()
    if len(ranges) != 4 or ranges[0] != 0 or ranges[2] + ranges[3] != size or min(ranges) < 0 or ranges[1] > ranges[2]:
        raise _no("chữ ký không phủ cả tệp (the signature does not cover the whole file).")
    stream.seek(ranges[1])
    if not re.fullmatch(rb"<[0-9A-Fa-f\s]+>", stream.read(ranges[2] - ranges[1])):
        raise _no("chữ ký chừa trống một phần tệp (the signature leaves a part of the file out).")
    if extra := set(one.sig_object) - _SIGNATURE_HAS:
        raise _no(f"chữ ký mang thứ không cần ({', '.join(sorted(extra))}: not part of a signature).")


def _touched(reader: PdfFileReader, served: PdfFileReader) -> None:
    """Of what went out only the officer's field, his page, the form and the catalogue may be written anew."""
    last = reader.xrefs.total_revisions - 1
    written = reader.xrefs.explicit_refs_in_revision(last)
    known = {Reference(one.idnum, one.generation) for one in served.xrefs.explicit_refs_in_revision(0)}
    for revision in range(1, served.xrefs.total_revisions):
        known |= {Reference(one.idnum, one.generation) for one in served.xrefs.explicit_refs_in_revision(revision)}
    again = {one for one in (Reference(each.idnum, each.generation) for each in written) if one in known}
    allowed = _allowed(served)
    if foreign := {one for one in again if (one.idnum, one.generation) not in allowed}:
        raise _no(f"phần thêm vào sửa {len(foreign)} đối tượng đã phát ra (it rewrites what was sent out).")
    _gains("danh mục", served.root, reader.root, _ROOT_GAINS)
    _gains("biểu mẫu", served.root["/AcroForm"], reader.root["/AcroForm"], _FORM_GAINS)
    _fields(reader, served)


def _allowed(served: PdfFileReader) -> set[tuple[int, int]]:
    officer = _named(served)[OFFICER]
    raw: list[Any] = [served.trailer.raw_get("/Root"), served.root.raw_get("/AcroForm"), officer]
    pages = [officer.get_object().raw_get("/P")]
    raw += [_own(served.trailer, "/Info"), _own(served.root, "/Metadata")]
    return {(one.idnum, one.generation) for one in (*raw, *pages) if isinstance(one, IndirectObject)}


def _own(holder: Any, name: str) -> Any:
    return holder.raw_get(name) if name in holder else None


def _gains(what: str, old: DictionaryObject, new: DictionaryObject, gains: frozenset[str]) -> None:
    if extra := set(new) - set(old) - gains:
        raise _no(f"{what} của tệp có thêm {', '.join(sorted(extra))} (something was added that may act or hide).")
    if lost := set(old) - set(new):
        raise _no(f"{what} của tệp mất {', '.join(sorted(lost))} (something was taken away).")


def _fields(reader: PdfFileReader, served: PdfFileReader) -> None:
    """Each field is what it was, but for the officer's, which gains a value and a picture in its place."""
    before, after = _named(served), _named(reader)
    if set(before) != set(after):
        raise _no("biểu mẫu có thêm hoặc mất ô (fields were added or taken away).")
    for name, old in before.items():
        was, now = old.get_object(), after[name].get_object()
        if name == OFFICER:
            _gains("ô chữ ký", was, now, _FILLED)
            if any(was.get(key) != now.get(key) for key in ("/Rect", "/FT", "/T", "/Subtype")):
                raise _no("ô chữ ký bị dời hoặc đổi loại (the field was moved or changed).")
        elif now.get("/V", None) != was.get("/V", None) or now.get("/AP", None) != was.get("/AP", None):
            raise _no(f"ô «{name}» đã bị điền (this field was filled in).")


def _named(reader: PdfFileReader) -> dict[str, Any]:
    fields: list[Any] = list(reader.root["/AcroForm"]["/Fields"])
    return {str(one.get_object()["/T"]): one for one in fields}


def _signatures(report: Report, wanted: Wanted) -> Accepted:
    system, officer = report.of("system"), report.of("officer")
    if system is None or officer is None:
        raise _no(report.problems[0] if report.problems else "thiếu chữ ký (a signature is missing).")
    _good("chứng nhận của hệ thống", system)
    if officer.certificate_digest != sha256(wanted.certificate).digest():
        raise _no(f"ký bằng chứng thư khác, của «{officer.who}» (signed with another certificate).")
    _good("chữ ký", officer)
    if not officer.covers_file:
        raise _no("chữ ký không phủ cả tệp (the signature does not cover the whole file).")
    for said in (officer.claimed_at, officer.timestamp_at):
        if said is not None and not wanted.began_at - SKEW <= said <= wanted.at + SKEW:
            raise _no("thời gian ký không nằm trong lượt ký này (signed at another time than this signing).")
    return Accepted(officer.timestamp_at, officer.level)


def _good(what: str, one: Signed) -> None:
    if not one.trusted:
        raise _no(f"{what}: {one.why}")
    if one.changed_after:
        raise _no(f"{what}: {one.changed_after}")
