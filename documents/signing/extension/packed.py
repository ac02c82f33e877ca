"""Packed streams: few bytes may unpack to gigabytes, so each is unpacked under a limit before anything reads it."""

import zlib
from collections.abc import Iterable
from typing import Any

from pyhanko.pdf_utils.generic import StreamObject

from documents.signing.extension.jpeg import as_it_says
from documents.signing.extension.refusing import no

ROOM = 16 * 2**20
"""Bytes that all streams of an update may unpack to."""
PIXELS = 8_000_000
"""Of one picture; a scanned hand has some hundred thousand."""
_PREDICTED = 64 * 1024
"""Bytes of a stream that is no picture and is told to be foreseen (7.4.4.4): tables are, nothing else is."""


def refuse_packed(objects: Iterable[Any], left: int = ROOM) -> None:
    """Raise `NotReturnedRight` where streams are packed twice, in an unknown way, or unpack to more than `left`."""
    for one in objects:
        if isinstance(one, StreamObject):
            left -= _size(one, left)
            if left < 0 or int(one.get("/Width", 0)) * int(one.get("/Height", 0)) > PIXELS:
                raise _too_much()


def _size(stream: Any, most: int) -> int:
    filters = stream.get("/Filter", [])
    names = filters if isinstance(filters, list) else [filters]
    if len(names) > 1 or not {"/FlateDecode", "/DCTDecode"}.issuperset(names):
        said = ", ".join(map(str, names))
        raise no(f"có luồng đóng gói lạ: dùng ảnh PNG hoặc JPEG ({said}: packed in an unusual way).")
    if "/DCTDecode" in names:
        as_it_says(stream.encoded_data, int(stream.get("/Width", 0)), int(stream.get("/Height", 0)))
    if "/FlateDecode" not in names:
        return len(stream.encoded_data)
    unpacking = zlib.decompressobj()
    size = len(unpacking.decompress(stream.encoded_data, most + 1))
    if size > _PREDICTED and "/DecodeParms" in stream and stream.get("/Subtype") != "/Image":
        raise _too_much()  # a library undoes that byte by byte
    if size <= most and (not unpacking.eof or unpacking.unused_data.strip(b"\r\n")):
        raise no("có luồng đóng gói không kết thúc đúng chỗ (a packed stream does not end where it should).")
    return size


def _too_much() -> Exception:
    return no("phần thêm vào bung ra quá lớn (what was added unpacks to too much).")
