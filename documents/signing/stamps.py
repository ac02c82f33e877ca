"""Time stamps (dấu thời gian, RFC 3161), asked for over HTTP."""

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import httpx
from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError

_KIND = "application/timestamp-query"
_begin: Any = TimeStamper.__init__  # its types are not written down


class HttpStamper(TimeStamper):
    """A time-stamping authority at an address. Each request stands alone, so that threads may share one of these."""

    def __init__(self, url: str, seconds: float) -> None:
        """`seconds`: how long it may take to answer."""
        _begin(self)
        self._url, self._seconds = url, seconds

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Ask it. Raises `TimestampRequestError` where it does not answer, or not with a time stamp."""
        try:
            answer = httpx.post(self._url, content=req.dump(), headers={"Content-Type": _KIND}, timeout=self._seconds,
                                trust_env=not _here(self._url))  # fmt: skip
            answer.raise_for_status()
            return tsp.TimeStampResp.load(answer.content)
        except (httpx.HTTPError, ValueError) as error:
            raise TimestampRequestError(f"{self._url}: {error}") from error


def _here(url: str) -> bool:
    """Whether it is this machine, to which no proxy leads."""
    try:
        return ip_address(urlsplit(url).hostname or "").is_loopback
    except ValueError:
        return urlsplit(url).hostname == "localhost"
