"""Another passphrase for a key that is kept here: the old one opens it, the new one closes it."""

from datetime import datetime

from sqlmodel import Session

from documents.signing import keys
from documents.signing.certificates import Certificate
from documents.signing.errors import TokenSigns
from documents.signing.unlocking import unlock
from states.errors import Invalid

SHORTEST = 8
"""Characters of a passphrase that an officer chooses."""


class PassphraseTooShort(Invalid):
    """Mật khẩu mới quá ngắn (the new passphrase is too short): dùng ít nhất {least} ký tự."""


def change(session: Session, certificate: Certificate, old: str, new: str, at: datetime) -> None:
    """Close the key with `new`. Raises what `unlock` raises of `old`, `PassphraseTooShort`, `TokenSigns`."""
    if certificate.store != "local":
        raise TokenSigns()
    if len(new) < SHORTEST:
        raise PassphraseTooShort(least=SHORTEST)
    packed = keys.pack(unlock(session, certificate, old, at), new)
    sql = "UPDATE keystore SET pkcs12 = %(pkcs12)s WHERE certificate_id = %(id)s"
    session.connection().exec_driver_sql(sql, {"pkcs12": packed, "id": certificate.id})
