"""The preview of a letter: its pages as pictures by themselves, whose address says what was typed.

Nothing is kept of a letter that is only looked at, so any process of the program can draw a page of it.
"""

import base64
import hashlib
import json
import zlib

from starlette.datastructures import FormData

from api.pages import typed
from api.pages.document.sheets import Sheets, kept
from documents.writing.paper import Paper
from documents.writing.typesetting import as_data, to_svg
from states.errors import NotFound

FIELDS = ("nguoi-ky", "han-moi", "han-cu", "ky-hieu", "noi-dung")
_MOST = 40_000


class NoSuchLetter(NotFound):
    """Địa chỉ trang công văn không đọc được (this address of a letter's page can't be read): mở lại trang soạn."""


def sheets(paper: Paper) -> Sheets:
    """The pages of the letter, from the kept ones where they were set before."""
    content = json.dumps(as_data(paper), ensure_ascii=False, sort_keys=True)
    return kept(f"letter-{hashlib.sha256(content.encode()).hexdigest()}", lambda: to_svg(paper))


def packed(form: FormData | None) -> str:
    """What was typed, small enough for an address; nothing for the letter as it is proposed."""
    if form is None:
        return ""
    said = json.dumps({name: typed.words(form, name) for name in FIELDS}, ensure_ascii=False)
    return base64.urlsafe_b64encode(zlib.compress(said.encode(), 9)).decode().rstrip("=")


def unpacked(text: str) -> FormData | None:
    """What was typed, out of an address. Raises `NoSuchLetter`."""
    if not text:
        return None
    try:
        body = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        said = json.loads(zlib.decompressobj().decompress(body, _MOST))
        return FormData({name: str(said[name]) for name in FIELDS})
    except (ValueError, zlib.error, KeyError, TypeError):
        raise NoSuchLetter() from None
