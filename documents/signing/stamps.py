"""Time stamps (dấu thời gian, RFC 3161): asked for over HTTP, and what one says."""

import io
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx
from asn1crypto import tsp
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

_KIND = "application/timestamp-query"


class HttpStamper(TimeStamper):
    """A time-stamping authority at an address. Each request stands alone, so that threads may share one of these."""

    def __init__(self, url: str, seconds: float) -> None:
        """`seconds`: how long it may take to answer."""
        super().__init__()  # type: ignore[no-untyped-call]
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


def stamped_at(data: bytes, name: str) -> datetime | None:
    """What the stamp of the signature in this field says; None where it bears none. The stamp is not judged here."""
    for one in PdfFileReader(io.BytesIO(data)).embedded_regular_signatures:
        if one.field_name == name:
            for token in extract_tst_data_iter(one.signer_info, signed=False):
                moment: datetime = token["encap_content_info"]["content"].parsed["gen_time"].native
                return moment
    return None


def _here(url: str) -> bool:
    """Whether it is this machine, to which no proxy leads."""
    try:
        return ip_address(urlsplit(url).hostname or "").is_loopback
    except ValueError:
        return urlsplit(url).hostname == "localhost"
