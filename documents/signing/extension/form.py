"""The form and its fields: the very same objects as before, of which only the officer's gains a value and a look."""

import re
from typing import Any

from pyhanko.pdf_utils.generic import IndirectObject, NameObject

from documents.signing.extension.alike import alike, named, whole
from documents.signing.extension.refusing import no
from documents.signing.extension.walking import Walk
from documents.signing.names import OFFICER

_FILLED = frozenset({"/V", "/AP", "/F", "/Ff", "/M", "/MK", "/NM", "/Type"})
"""What a token may write into its field; nothing that acts (/A, /AA) or locks (/Lock), no other place (/Rect, /P)."""
_GAINS = frozenset({"/DA", "/DR", "/SigFlags"})
_FLAGS = 1024
"""There are ten."""
_DEFAULT_LOOK = re.compile(r"/Helv [\d.]{1,6} Tf 0 g\s*")
_FONTS = {"/Helv": "/Helvetica", "/ZaDb": "/ZapfDingbats"}
_FONT = frozenset({"/Type", "/Subtype", "/Name", "/BaseFont", "/Encoding"})
_LETTERS = frozenset({"/PDFDocEncoding", "/WinAnsiEncoding"})


def same_form(old: Any, new: Any, walk: Walk) -> None:
    """The form as it was, but for the looks of fields that Acrobat adds (its own standard letters, black)."""
    if _numbers(old) != _numbers(new):
        raise no(f"biểu mẫu thêm, mất hoặc thay ô: đặt phần mềm ký vào ô có sẵn tên {OFFICER} "
                 "(fields were added, taken away or replaced).")  # fmt: skip
    gains("biểu mẫu", old, new, _GAINS)
    if any(not alike(old[key], new[key]) for key in old) or not whole(new.get("/SigFlags", 3), 3):
        raise no("biểu mẫu bị sửa (the form was changed).")
    if "/DA" not in old and "/DA" in new and not _DEFAULT_LOOK.fullmatch(str(new["/DA"])):
        raise no("biểu mẫu đặt lại kiểu chữ (the letters of the form were changed).")
    if "/DR" not in old and "/DR" in new:
        _standard_letters(new["/DR"])
        walk.through("biểu mẫu", new.raw_get("/DR"), _FONT | {"/Font", "/PDFDocEncoding", "/Differences"})


def _numbers(form: Any) -> list[Any]:
    """Of each field, by the page's own names: a twin under another number is another field."""
    fields = form["/Fields"]
    found = [fields.raw_get(one) for one in range(len(fields))]
    return [(one.idnum, one.generation) if isinstance(one, IndirectObject) else one for one in found]


def _standard_letters(resources: Any) -> None:
    fonts = resources["/Font"] if "/Font" in resources else {}
    for name, one in ((name, fonts[name]) for name in fonts):
        letters = one["/Encoding"] if "/Encoding" in one else "/PDFDocEncoding"
        if one.get("/BaseFont") != _FONTS.get(name) or one.get("/Subtype") != "/Type1":
            raise no("biểu mẫu đặt lại kiểu chữ (the letters of the form were changed).")
        if letters not in _LETTERS if isinstance(letters, str) else not _leaves_letters(letters):
            raise no("biểu mẫu đặt lại kiểu chữ (the letters of the form were changed).")


def _leaves_letters(encoding: Any) -> bool:
    """Whether an encoding leaves digits and letters what they are, as that of PDF documents does."""
    code, odd = 0, set()
    for one in encoding["/Differences"] if "/Differences" in encoding else []:
        if isinstance(one, int):
            code = int(one)
        elif isinstance(one, NameObject):
            odd.add(code)
            code += 1
        else:
            return False
    return odd.isdisjoint(set(range(32, 127)) - {39, 96})


def signed_field(reader: Any, before: Any, walk: Walk) -> Any:
    """The officer's field, where nothing else changed in it. Raises `NotReturnedRight`."""
    was, now = (_named(one)[OFFICER] for one in (before, reader))
    gains("ô chữ ký", was, now, _FILLED)
    if [float(one) for one in now["/Rect"]] == [0] * 4:
        raise no("phần mềm ký không vẽ hình và thu ô chữ ký lại thành rỗng: đặt chữ ký có hình, hiện trên trang "
                 "(it leaves the signature without a look).")  # fmt: skip
    if not all(alike(was.raw_get(key), now.raw_get(key)) for key in was.keys() - _FILLED):
        raise no("ô chữ ký bị dời hoặc đổi loại (the field was moved or changed).")
    if not named(now.get("/Type", NameObject("/Annot")), "/Annot") or not whole(now.get("/F", 0)):
        raise no("ô chữ ký bị dời hoặc đổi loại (the field was moved or changed).")
    if not 0 <= int(now.get("/F", 0)) < _FLAGS:
        raise no("ô chữ ký bị dời hoặc đổi loại (the field was moved or changed).")
    if now.get("/MK", {}) or not whole(now.get("/Ff", 0), 0, 1):
        raise no("ô chữ ký bị dời hoặc đổi loại (the field was moved or changed).")
    if not isinstance(now.raw_get("/V"), IndirectObject) or now.raw_get("/V").idnum in walk.known:
        raise no("chữ ký không nằm trong phần thêm vào (the signature is not part of the update).")
    return now


def same_page(was: Any, now: Any) -> None:
    """A page that was written anew says what it said."""
    if set(was) != set(now) or not all(alike(was.raw_get(key), now.raw_get(key)) for key in set(was) - {"/Annots"}):
        raise no("trang ký bị sửa (its page was changed).")
    if list(was["/Annots"]) != list(now["/Annots"]):
        raise no("trang ký thêm, mất hoặc đổi chỗ ô (fields of its page were added, taken away or moved).")


def gains(what: str, old: Any, new: Any, may: frozenset[str]) -> None:
    """Raise `NotReturnedRight` where a dictionary gained something else or lost anything."""
    if extra := set(new) - set(old) - may:
        raise no(f"{what} của tệp có thêm {', '.join(sorted(extra))} (something was added that may act or hide).")
    if lost := set(old) - set(new):
        raise no(f"{what} của tệp mất {', '.join(sorted(lost))} (something was taken away).")


def _named(reader: Any) -> dict[str, Any]:
    return {str(one["/T"]): one for one in (each.get_object() for each in reader.root["/AcroForm"]["/Fields"])}
