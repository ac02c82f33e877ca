"""Pages as pictures: how a page is drawn, compared with the one that was looked at, and how that is renewed.

After a change that was meant: ``python -m tests.documents.golden``, then look at every picture that `git status` names.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops, ImageFilter

FOLDER = Path(__file__).with_name("golden")
RENEW = "RENEW_GOLDEN_PAGES"
_DPI, _SHADES = 60, 16
_SEEN = 40
"""So many of 255 shades apart, after blurring, are a difference that the eye sees."""
TOLERANCE = 0.00015
"""The share of the page's points that may differ: far less than one word."""


def drawn(pdf: bytes, page: int) -> Image.Image:
    """A page (from 1; -1 is the last) in grey."""
    with pdfium.PdfDocument(pdf) as document:
        bitmap = document[page - 1 if page > 0 else len(document) + page].render(scale=_DPI / 72, grayscale=True)
        picture: Image.Image = bitmap.to_pil().convert("L")
    return picture


def difference(one: Image.Image, other: Image.Image) -> float:
    """The share of points that differ to the eye; 1 where the pages are not of one size."""
    if one.size != other.size:
        return 1.0
    apart = ImageChops.difference(*(image.filter(ImageFilter.GaussianBlur(1.2)) for image in (one, other)))
    return sum(apart.histogram()[_SEEN:]) / (one.width * one.height)


def assert_looks(pdf: bytes, page: int, name: str, made: Path) -> None:
    """The page looks as the picture does that is kept under this name; else it is written into the folder `made`."""
    kept, now = FOLDER / f"{name}.png", drawn(pdf, page)
    if os.environ.get(RENEW):
        FOLDER.mkdir(exist_ok=True)
        now.quantize(_SHADES).save(kept, optimize=True)
        return
    assert kept.is_file(), f"no picture {kept}: `python -m tests.documents.golden`, then look at it"
    with Image.open(kept) as picture:
        apart = difference(now, picture.convert("L"))
    if apart > TOLERANCE:
        now.save(made / f"{name}.png")
    assert apart <= TOLERANCE, f"{apart:.4%} of {kept} is different: now {made / f'{name}.png'}; look at both"


if __name__ == "__main__":
    os.environ[RENEW] = "1"
    sys.exit(pytest.main(["-q", str(Path(__file__).with_name("test_golden_pages.py"))]))
