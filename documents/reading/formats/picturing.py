"""A page of a PDF as a picture (ảnh trang), drawn by PDFium; within the limits of the reading process."""

from __future__ import annotations

import io

from documents.reading import limits
from documents.reading.refusals import Damaged, NoPicture

_WIDE, _MOST, _TONES = 1000, 4_000_000, 16
"""Pixels: the width of a page at 120 dots an inch; of a whole picture, however long the page. Tones of ink and stamps:
enough to be read, and half the bytes of 64."""


def load() -> None:
    """Have the libraries loaded before the process is sealed."""
    import PIL.PngImagePlugin  # noqa: F401
    import pypdfium2  # noqa: F401


def page_png(name: str, data: bytes, page: int) -> bytes:
    """The page (from 1) as PNG, in few tones. Raises `NoPicture`, `Damaged`."""
    import pypdfium2
    from PIL.Image import Dither

    try:
        with pypdfium2.PdfDocument(data) as book:
            if not 1 <= page <= min(len(book), limits.PAGES):
                raise NoPicture(name=name, page=page)
            sheet = book[page - 1]
            wide, high = (max(1.0, side) for side in sheet.get_size())
            scale = min(_WIDE / wide, (_MOST / (wide * high)) ** 0.5)
            drawn = sheet.render(scale=scale).to_pil()
    except pypdfium2.PdfiumError as error:
        raise Damaged(name=name, kind=".pdf") from error
    stream = io.BytesIO()
    drawn.convert("RGB").quantize(_TONES, dither=Dither.NONE).save(stream, "PNG", optimize=True)
    return stream.getvalue()
