"""Trusted certificates from a folder."""

import base64
import re
from pathlib import Path

_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----(.+?)-----END CERTIFICATE-----", re.DOTALL)


def read_roots(folder: Path) -> list[bytes]:
    """All certificates in the folder's files (PEM or DER), as DER."""
    found: list[bytes] = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in (".pem", ".crt", ".cer", ".der"):
            data = path.read_bytes()
            found += [base64.b64decode(body) for body in _PEM.findall(data)] or [data]
    return found
