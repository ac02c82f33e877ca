"""The picture that a telephone reads a second factor's secret from (mã QR)."""

import io

import qrcode
from fastapi import Response
from qrcode.image.svg import SvgPathImage


def picture_of(uri: str) -> Response:
    """Drawn for this answer; nobody keeps it."""
    drawn = io.BytesIO()
    qrcode.make(uri, image_factory=SvgPathImage, border=2).save(drawn)
    return Response(drawn.getvalue(), media_type="image/svg+xml", headers={"Cache-Control": "private, no-store"})


def in_letters(secret: str) -> str:
    """The secret in groups of four, to be typed."""
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
