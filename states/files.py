"""Files as they came (tệp gốc): kept once by their SHA-256, never changed, never deleted."""

import hashlib

from sqlmodel import Session

from states.driver import one_or_none
from states.errors import NotFound


class NoSuchFile(NotFound):
    """Không có tệp này (no such file is kept): xem lại địa chỉ, hoặc gửi tệp lên lần nữa."""


def keep(session: Session, data: bytes) -> bytes:
    """Keep the bytes; returns their digest. The same bytes are kept once, whoever brings them."""
    digest = hashlib.sha256(data).digest()
    session.connection().exec_driver_sql(_KEEP, {"digest": digest, "size": len(data), "bytes": data})
    return digest


def read(session: Session, digest: bytes) -> bytes:
    """The bytes of this digest. Raises `NoSuchFile`."""
    row = one_or_none(session, _READ, {"digest": digest})
    if row is None:
        raise NoSuchFile()
    return bytes(row[0])


_KEEP = "INSERT INTO file (digest, size, bytes) VALUES (%(digest)s, %(size)s, %(bytes)s) ON CONFLICT DO NOTHING"
_READ = "SELECT bytes FROM file WHERE digest = %(digest)s"
