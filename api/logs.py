"""The program's log: one line an event, in UTC, without secrets and without line breaks that somebody typed.

`dondoc.security` tells who came in and who was refused (OWASP ASVS 5.0, 16.3); `dondoc.accounts` what administrators
did to accounts. Everything goes to standard error, where the service's keeper collects it.
"""

from __future__ import annotations

import logging
import re
import sys
import time
from typing import Any

from fastapi import Request

security = logging.getLogger("dondoc.security")

_SECRETS = (
    re.compile(r"dd_[\w-]{20,}"),  # tokens
    re.compile(r"\$argon2[^\s'\"]*"),
    re.compile(r"(?<=Bearer )\S+", re.IGNORECASE),
    re.compile(r"(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"),  # a password in an address
    re.compile(r"(?i)(?<=\b)((?:__Host-)?dondoc[\w-]*|password|passphrase|secret|otp|code|mat_khau|old|new|again)"
               r"(['\"]?\s*[=:]\s*['\"]?)[^\s,;&'\"}]+"),
)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def redacted(text: str) -> str:
    """The same without tokens, hashes, passwords and codes."""
    for secret in _SECRETS:
        text = secret.sub(lambda found: f"{found[1]}{found[2]}…" if found.re.groups else "…", text)
    return text


class OneLine(logging.Formatter):
    """2026-12-16T02:00:00.000Z WARNING dondoc.security: what happened."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line; what would begin another one is written out."""
        line = super().formatMessage(record).replace("\n", "\\n")
        return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", redacted(line))

    def formatException(self, ei: Any) -> str:
        """A traceback, indented so that no line of it looks like an event."""
        said = super().formatException(ei)
        return redacted(said).replace("\n", "\n    ")


class NoQuery(logging.Filter):
    """uvicorn's access log without what was asked by: search words, an identity provider's code."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; the address is cut at its question mark."""
        if isinstance(record.args, tuple) and len(record.args) == 5:
            client, method, path, *rest = record.args
            record.args = (client, method, str(path).split("?")[0], *rest)
        return True


def install() -> None:
    """Write the program's own events to standard error; safe to call again."""
    ours = logging.getLogger("dondoc")
    if not ours.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(OneLine())
        ours.addHandler(handler)
        ours.setLevel(logging.INFO)
    access = logging.getLogger("uvicorn.access")
    if not any(isinstance(one, NoQuery) for one in access.filters):
        access.addFilter(NoQuery())


def refused(request: Request, status: int, code: str) -> None:
    """Somebody was not let in or not let do something."""
    address = request.client.host if request.client else "?"
    security.warning("refused %s (%s): %s %s from %s", status, code, request.method, request.url.path, address)
