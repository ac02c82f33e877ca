"""The file: a ZIP whose bytes depend on its members alone, with a digest over all of them in its comment."""

import hashlib
import io
import zipfile
from collections.abc import Mapping

from documents.proof.verifying.packed import COMMENT_LENGTH, FORMAT

_STORED = "files/"


def pack(members: Mapping[str, bytes]) -> bytes:
    """Pack members by name, always in the same way."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as packed:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name.startswith(_STORED) else zipfile.ZIP_DEFLATED
            packed.writestr(entry, members[name], compresslevel=6)
        packed.comment = bytes(COMMENT_LENGTH)
    data = into.getvalue()[:-COMMENT_LENGTH]
    return data + f"{FORMAT} sha256:{hashlib.sha256(data).hexdigest()}".encode()
