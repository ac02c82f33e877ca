"""A picture that is packed as JPEG (ITU T.81, annex B) is as large as its dictionary says, and has few scans."""

import re

from documents.signing.extension.refusing import no

_SCANS = 20
"""A progressive one of four colours has 18."""
_FRAMES, _SCAN, _END = (0xC0, 0xC1, 0xC2), 0xDA, 0xD9
_SEGMENTS = frozenset({*_FRAMES, 0xC4, _SCAN, 0xDB, 0xDD, *range(0xE0, 0xF0), 0xFE})
"""Frames (without loss of hierarchy), tables, scans, restarts, what programs note; nothing else."""
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""Behind a scan; within one stand stuffed zeros and restarts."""


def as_it_says(data: bytes, width: int, height: int) -> None:
    """Raise `NotReturnedRight` where it is not that many pixels wide and high, or is not plain."""
    if not data.startswith(b"\xff\xd8"):
        raise _odd()
    at, frames, scans = 2, 0, 0
    while (kind := _kind(data, at)) != _END:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if kind in _FRAMES:
            frames += 1
            if (int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])) != (width, height):
                raise _odd()
        if kind == _SCAN:
            scans += 1
            found = _MARKER.search(data, end)
            end = found.end() - 2 if found else len(data)
        if end <= at + 3:
            raise _odd()
        at = end
    if frames != 1 or not 0 < scans <= _SCANS or data[at + 2 :].strip(b"\r\n\0"):
        raise _odd()


def _kind(data: bytes, at: int) -> int:
    """Of the marker there: `_END`, or what a segment begins with."""
    kind = data[at + 1] if data[at : at + 1] == b"\xff" and at + 1 < len(data) else 0
    if kind != _END and kind not in _SEGMENTS:
        raise _odd()
    return kind


def _odd() -> Exception:
    return no("ảnh JPEG trong chữ ký không như nó khai: dùng ảnh PNG hoặc JPEG thường (a JPEG is not what it says).")
