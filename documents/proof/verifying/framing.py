"""How the file must be laid out: members in the order of their names, nothing before, between or behind them.

Compressed bytes are taken as they are: another machine's zlib may pack the same member in another way.
"""

import struct
import zlib
from collections.abc import Sequence
from zipfile import ZipInfo

_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_PIECE = 1 << 20
_NEEDED, _TIME, _DAY, _UNIX, _MODE = 20, 0, 33, 3, 0o644 << 16
"""ZIP 2.0; midnight of 1 January 1980; made on Unix, readable by all."""


def is_plain(data: bytes, listed: Sequence[ZipInfo], comment: int) -> bool:
    """Whether the file's bytes are these members and nothing else, written in the one way that bundles are.

    `comment`: how long the comment at the end is.
    """
    names, place, directory = [each.filename for each in listed], 0, b""
    if names != sorted(names) or any(each.compress_type != _method(each.filename) for each in listed):
        return False
    for each in listed:
        name = each.filename.encode()
        same = each.compress_type, _TIME, _DAY, each.CRC, each.compress_size, each.file_size, len(name)
        local = _LOCAL.pack(b"PK\3\4", _NEEDED, 0, *same, 0) + name
        if not data.startswith(local, place) or not _ends(data, place + len(local), each):
            return False
        directory += _CENTRAL.pack(b"PK\1\2", _UNIX << 8 | _NEEDED, _NEEDED, 0, *same, 0, 0, 0, 0, _MODE, place) + name
        place += len(local) + each.compress_size
    end = _END.pack(b"PK\5\6", 0, 0, len(listed), len(listed), len(directory), place, comment)
    return data[place : len(data) - comment] == directory + end


def _method(name: str) -> int:
    return 0 if name.startswith("files/") else 8


def _ends(data: bytes, start: int, member: ZipInfo) -> bool:
    """Whether the compressed bytes end with the member: what stood behind its end would be read by nobody."""
    if member.compress_type == 0:
        return member.compress_size == member.file_size
    unpacking, size, rest = zlib.decompressobj(-15), 0, data[start : start + member.compress_size]
    while size <= member.file_size and not unpacking.eof:
        piece = unpacking.decompress(rest, _PIECE)
        size, rest = size + len(piece), unpacking.unconsumed_tail
        if not piece and not rest:
            break
    return size == member.file_size and unpacking.eof and not unpacking.unused_data
