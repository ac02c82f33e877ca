"""Asked of the bytes first (what a reader that mends broken files would find counts too), then of the objects."""

import io
from collections.abc import Set
from typing import Any

from pyhanko.pdf_utils.generic import ByteStringObject, IndirectObject, TextStringObject
from pyhanko.pdf_utils.reader import PdfFileReader

from documents.signing.errors import NotReturnedRight, TooLarge
from documents.signing.extension import about, form, look, signature, update
from documents.signing.extension.alike import alike
from documents.signing.extension.grammar.tokens import odd
from documents.signing.extension.refusing import no
from documents.signing.extension.signature import Claims
from documents.signing.extension.tables import TRAILER
from documents.signing.extension.update import Update
from documents.signing.extension.walking import Walk
from documents.signing.names import OFFICER, SYSTEM

_LONGEST = 64
"""Bytes of the file's own identifier: programs write 16 or 32."""
_OLD = "phần mềm ký quá cũ (như iText 2, iTextSharp 4) thì đổi bản mới hơn"


def prove_extension(data: bytes, served: bytes) -> Claims:
    """What the signature says of itself, where the file is what went out and one update behind it that touches
    nothing but what a signature must touch. Raises `TooLarge`, or `NotReturnedRight` with what is wrong first.
    """
    try:
        table = update.outline(data, served)
        reader, before = PdfFileReader(io.BytesIO(data)), PdfFileReader(io.BytesIO(served))
        added = update.read(data, len(served), table, reader)
        _structure(reader, before, added)
        walk = Walk(added, _known(before))
        _touched(added, before, walk.known)
        return _asked(reader, before, walk)
    except (NotReturnedRight, TooLarge):
        raise
    except Exception as error:  # a hostile file may break a parser in any way
        raise no(f"không đọc được phần thêm vào (what was added can't be read: {type(error).__name__}).") from error


def _asked(reader: Any, before: Any, walk: Walk) -> Claims:
    about.same_catalogue(reader, before, walk)
    form.same_form(before.root["/AcroForm"], reader.root["/AcroForm"], walk)
    about.same_words_about_it(reader, before, walk)
    field = form.signed_field(reader, before, walk)
    page = field.raw_get("/P").idnum
    if page in walk.update.objects:
        form.same_page(before.get_object(field.raw_get("/P").reference), walk.update.objects[page])
    claims = signature.claims(reader, walk)
    look.seen_and_printed(field, walk)
    for number in sorted(walk.update.objects.keys() - walk.known - walk.reached):
        walk.spare(number, look.DRAWN)
    return claims


def _structure(reader: Any, before: Any, added: Update) -> None:
    if reader.encrypted:
        raise no("tệp bị mã hóa (it is encrypted).")
    if reader.xrefs.hybrid_xrefs_present:
        raise no("có hai bảng tham chiếu lẫn nhau (a hybrid cross-reference).")
    if _tables(reader)[:-1] != _tables(before):
        raise no("phần thêm vào không phải đúng một lần cập nhật (what was added is not exactly one update).")
    _trailer(added.trailer, before)
    _seen_alike(added, reader)
    names = sorted(one.field_name for one in reader.embedded_signatures)
    if names == [SYSTEM]:
        raise no("tệp chưa được ký (it is not signed).")
    if names != sorted([SYSTEM, OFFICER]):
        raise no(f"không phải đúng một chữ ký, trong ô của lãnh đạo: đặt phần mềm ký vào ô có sẵn tên {OFFICER}, không "
                 "vẽ ô mới (not one signature in the right field).")  # fmt: skip


def _trailer(new: Any, before: Any) -> None:
    """Of the same file: its catalogue, its name for itself, how many objects it has."""
    old = before.trailer
    if any(_own(new, name) != _own(old, name) for name in ("/Root", "/Info")):
        raise no("danh mục của tệp bị thay bằng cái khác (it has another catalogue).")
    if len(new["/ID"]) != 2 or new["/ID"][0] != old["/ID"][0] or not _short(new["/ID"].raw_get(1)):
        raise no(f"mã của tệp bị đổi: {_OLD} (its identifier was changed).")
    if new["/Prev"] != _tables(before)[-1]:
        raise no("phần thêm vào không phải đúng một lần cập nhật (what was added is not exactly one update).")


def _seen_alike(added: Update, reader: Any) -> None:
    """The library found the same objects and the same trailer as we did."""
    newest = reader.xrefs.explicit_refs_in_revision(reader.xrefs.total_revisions - 1)
    found = {one.idnum for one in newest} - {added.own}
    same = all(alike(added.trailer.raw_get(key), reader.trailer.raw_get(key)) for key in set(added.trailer) & TRAILER)
    if found != added.objects.keys() or not same:
        raise odd()


def _short(name: Any) -> bool:
    return isinstance(name, TextStringObject | ByteStringObject) and len(name) <= _LONGEST


def _tables(reader: Any) -> list[int]:
    """Where the cross-reference table of each revision stands, the oldest first."""
    return [reader.xrefs.get_startxref_for_revision(one) for one in range(reader.xrefs.total_revisions)]


def _known(before: Any) -> set[int]:
    """By number alone, for not every reader looks at generations."""
    return {one.idnum for each in range(before.xrefs.total_revisions)
            for one in before.xrefs.explicit_refs_in_revision(each)}  # fmt: skip


def _touched(added: Update, before: Any, known: Set[int]) -> None:
    """Of what went out only the officer's field, his page, the form and the catalogue may be written anew."""
    written, size = set(added.objects) | ({added.own} - {0}), int(before.trailer["/Size"])
    if foreign := (written & known) - _allowed(before):
        raise no(f"phần thêm vào sửa {len(foreign)} đối tượng đã phát ra: {_OLD} (it rewrites what was sent out).")
    if added.own in known or any(number < size for number in written - known):
        raise no("phần thêm vào dùng lại số của đối tượng cũ (it takes a number that is not new).")
    if int(added.trailer["/Size"]) != max(size, *(number + 1 for number in written)):
        raise no("bảng tham chiếu khai sai số đối tượng (its table is wrong about how many objects there are).")


def _allowed(before: Any) -> set[int]:
    officer = next(one for one in before.root["/AcroForm"]["/Fields"] if one.get_object()["/T"] == OFFICER)
    held = (
        before.trailer.raw_get("/Root"), before.root.raw_get("/AcroForm"), officer, officer.get_object().raw_get("/P"),
        _own(before.trailer, "/Info"), _own(before.root, "/Metadata"),
    )  # fmt: skip
    return {one.idnum for one in held if isinstance(one, IndirectObject)}


def _own(holder: Any, name: str) -> Any:
    return holder.raw_get(name) if name in holder else None
