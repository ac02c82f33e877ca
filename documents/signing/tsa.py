"""A small time-stamping authority (RFC 3161) for development: `python -m documents.signing.tsa PORT FOLDER`.

It stamps whatever is sent to it, by this machine's clock (the demo's, where one is set), with the certificate of the
test authority: no legal time stamp.
"""

import hashlib
import secrets
import sys
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from asn1crypto import algos, cms, core, tsp, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from documents.signing import testing
from documents.signing.keys import Key
from states import clock

_LARGEST = 4096
_POLICY = "1.3.6.1.4.1.4146.2.3"
_REJECTION = bytes.fromhex("30053003020102")  # PKIStatus 2, no token: asn1crypto asks for one
_KINDS = {"sha256": 32, "sha384": 48, "sha512": 64}


def answer(key: Key, request: bytes, at: datetime) -> bytes:
    """The answer to a request: a token over its digest, or a rejection."""
    try:
        asked = tsp.TimeStampReq.load(request, strict=True)
        imprint = asked["message_imprint"]
        fits = len(imprint["hashed_message"].native) == _KINDS.get(imprint["hash_algorithm"]["algorithm"].native)
    except (ValueError, TypeError):
        fits = False
    if not fits:
        return _REJECTION
    told = {"version": "v1", "policy": _POLICY, "message_imprint": imprint, "serial_number": secrets.randbits(63),
            "gen_time": at}  # fmt: skip
    if asked["nonce"].native is not None:
        told["nonce"] = asked["nonce"]
    info = tsp.TSTInfo(told)
    return bytes(tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": _token(key, info)}).dump())


def serve(key: Key, port: int, host: str = "127.0.0.1") -> ThreadingHTTPServer:
    """A server that answers until it is shut down; port 0 takes a free one."""

    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            self._say(b"time stamps\n", "text/plain")

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if not length.isascii() or not length.isdigit() or int(length) > _LARGEST:
                self.send_error(413)
                return
            asked = self.rfile.read(int(length))
            self._say(answer(key, asked, clock.now()), "application/timestamp-reply")

        def _say(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    return ThreadingHTTPServer((host, port), Handler)


def _token(key: Key, info: tsp.TSTInfo) -> cms.ContentInfo:
    certificate = x509.Certificate.load(key.der)
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    attributes = cms.CMSAttributes([
        _attribute("content_type", "tst_info"),
        _attribute("message_digest", hashlib.sha256(info.dump()).digest()),
        _attribute("signing_certificate_v2", tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2({
            "hash_algorithm": sha256, "cert_hash": hashlib.sha256(key.der).digest()})]})),
    ])  # fmt: skip
    assert isinstance(key.private, ec.EllipticCurvePrivateKey)
    signature = key.private.sign(attributes.dump(), ec.ECDSA(hashes.SHA256()))
    signer = cms.SignerInfo({
        "version": "v1", "digest_algorithm": sha256, "signature": signature, "signed_attrs": attributes,
        "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
        "sid": cms.SignerIdentifier({"issuer_and_serial_number": cms.IssuerAndSerialNumber(
            {"issuer": certificate.issuer, "serial_number": certificate.serial_number})}),
    })  # fmt: skip
    signed = cms.SignedData({
        "version": "v3", "digest_algorithms": [sha256], "certificates": [certificate], "signer_infos": [signer],
        "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(info.dump())},
    })  # fmt: skip
    return cms.ContentInfo({"content_type": "signed_data", "content": signed})


def _attribute(name: str, value: object) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": cms.CMSAttributeType(name), "values": (value,)})


if __name__ == "__main__":
    serve(testing.authority(Path(sys.argv[2])).tsa, int(sys.argv[1])).serve_forever()
