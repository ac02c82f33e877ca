"""A small identity provider (OpenID Connect) as a process of its own, that can be told to lie.

``python tests/pages/oidc_provider.py``: prints its address, then answers discovery, authorize (says yes at once),
token, JWKS and userinfo. What it says next is told to it by POST /says: {"email": …, "lie": "nonce"}.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

CLIENT, SECRET = "dondoc-thu", "bí mật: của/khách hàng"
KEY, OTHER = ECKey.generate_key("P-256"), ECKey.generate_key("P-256")
SAYS: dict[str, Any] = {}
CODES: dict[str, dict[str, str]] = {}


class Provider(BaseHTTPRequestHandler):
    """One request."""

    issuer = ""

    def do_GET(self) -> None:
        where = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(where.query).items()}
        if where.path == "/authorize":
            return self._authorize(asked)
        known = {"/.well-known/openid-configuration": self._metadata, "/jwks": self._jwks, "/userinfo": self._userinfo}
        self._answer(known[where.path]() if where.path in known else {}, 200 if where.path in known else 404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        if self.path == "/says":
            SAYS.clear()
            SAYS.update(json.loads(body))
            return self._answer({})
        answer, status = self._token({name: values[0] for name, values in parse_qs(body).items()})
        self._answer(answer, status)

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""

    def _metadata(self) -> dict[str, Any]:
        me = self.issuer
        return {
            "issuer": me, "authorization_endpoint": f"{me}/authorize", "token_endpoint": f"{me}/token",
            "jwks_uri": f"{me}/jwks", "userinfo_endpoint": f"{me}/userinfo", "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["ES256"], "subject_types_supported": ["public"],
        }  # fmt: skip

    def _jwks(self) -> dict[str, Any]:
        return {"keys": [KEY.as_dict(private=False)]}

    def _userinfo(self) -> dict[str, Any]:
        subject = "khac" if SAYS.get("lie") == "userinfo" else SAYS["sub"]
        return {"sub": subject, "email": SAYS.get("email"), "email_verified": SAYS.get("verified", True)}

    def _authorize(self, asked: dict[str, str]) -> None:
        if asked.get("client_id") != CLIENT or asked.get("code_challenge_method") != "S256":
            return self._answer({"error": "invalid_request"}, 400)
        code = secrets.token_urlsafe(16)
        CODES[code] = asked
        state = "khac" if SAYS.get("lie") == "state" else asked["state"]
        issuer = "https://khac.example" if SAYS.get("lie") == "iss" else self.issuer
        back = {"code": code, "state": state, "iss": issuer}
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(back)}")
        self.end_headers()

    def _token(self, given: dict[str, str]) -> tuple[dict[str, Any], int]:
        asked = CODES.pop(given.get("code", ""), None)  # a code is good for once
        if asked is None or self._client() != (CLIENT, SECRET) or given["redirect_uri"] != asked["redirect_uri"]:
            return {"error": "invalid_grant"}, 400
        digest = hashlib.sha256(given["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return {"error": "invalid_grant"}, 400
        token = {"access_token": secrets.token_urlsafe(8), "token_type": "Bearer", "id_token": self._id_token(asked)}
        return token, 200

    def _client(self) -> tuple[str, str]:
        said = base64.b64decode(self.headers.get("authorization", "").removeprefix("Basic ")).decode()
        name, _, secret = said.partition(":")
        return unquote(name), unquote(secret)

    def _id_token(self, asked: dict[str, str]) -> str:
        now, lie = int(time.time()), SAYS.get("lie")
        claims: dict[str, Any] = {
            "iss": "https://khac.example" if lie == "issuer" else self.issuer, "sub": SAYS["sub"],
            "aud": "khac" if lie == "audience" else CLIENT, "iat": now - 700 if lie == "expired" else now,
            "exp": now - 600 if lie == "expired" else now + 300, "nonce": "khac" if lie == "nonce" else asked["nonce"],
        }  # fmt: skip
        if not SAYS.get("by_userinfo"):
            claims.update(email=SAYS.get("email"), email_verified=SAYS.get("verified", True))
        if lie == "unsigned":
            return ".".join([*(_part(one) for one in ({"alg": "none"}, claims)), ""])
        return jwt.encode({"alg": "ES256"}, claims, OTHER if lie == "key" else KEY)

    def _answer(self, body: dict[str, Any], status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())


def _part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    Provider.issuer = f"http://127.0.0.1:{server.server_port}"
    print(Provider.issuer, flush=True)  # noqa: T201 (how the test learns the address)
    server.serve_forever()
