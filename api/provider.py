"""An identity provider (OpenID Connect): asking it who somebody is, and believing nothing that it hasn't signed.

Authorization code with a proof key (RFC 7636), `state` and `nonce` (OpenID Connect Core 1.0, 3.1). Authlib builds the
request and checks the claims, joserfc the signature; HTTP is httpx, for Authlib's own client is moving away from it.
"""

import time
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, cast
from urllib.parse import quote

import httpx
from authlib.common.security import generate_token
from authlib.oauth2.client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from states.errors import Refused, StartupError
from states.outside_identity import Claims
from states.settings import Settings

_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
"""Signatures by a key that only the provider has; none by a secret that is shared, nor none at all."""
_LEEWAY = 60
_SECONDS = 10.0
_KNOWN_FOR = 600


class ProviderSilent(StartupError):
    """Nhà cung cấp định danh không trả lời (the identity provider does not answer: {why}): thử lại sau ít phút, hoặc
    đăng nhập bằng mật khẩu.
    """


class NotFromProvider(Refused):
    """Chưa xác minh được câu trả lời của nhà cung cấp định danh (the provider's answer can't be trusted: {why}): đăng
    nhập lại từ đầu.
    """


@dataclass(frozen=True)
class Asked:
    """What we asked, kept in the browser under seal until it comes back."""

    state: str
    nonce: str
    verifier: str
    den: str
    at: float


def ask(machine: Settings, back: str, den: str) -> tuple[str, Asked]:
    """The address at the provider where the browser goes, and what must come back. Raises `ProviderSilent`."""
    asked = Asked(generate_token(32), generate_token(32), generate_token(64), den, time.time())
    client = OAuth2Client(None, machine.oidc_client_id, scope="openid email profile", redirect_uri=back,
                          code_challenge_method="S256")  # fmt: skip
    where, _ = client.create_authorization_url(
        _metadata(machine)["authorization_endpoint"], asked.state, code_verifier=asked.verifier, nonce=asked.nonce
    )
    return str(where), asked


def believe(machine: Settings, asked: Asked, code: str, back: str) -> Claims:
    """Who it is, by the code that the browser brought. Raises `NotFromProvider`, `ProviderSilent`."""
    known = _metadata(machine)
    token = _redeem(machine, known, asked, code, back)
    told = _verified(machine, known, asked, token)
    if "email" not in told and "userinfo_endpoint" in known and token.get("access_token"):
        more = _get(known["userinfo_endpoint"], Authorization=f"Bearer {token['access_token']}")
        # Core 1.0, 5.3.2: what it says counts only where it speaks of the same subject.
        told = {**more, **told} if more.get("sub") == told["sub"] else told
    email = told.get("email")
    return Claims(told["iss"], str(told["sub"]), email if isinstance(email, str) else None,
                  told.get("email_verified") is True)  # fmt: skip


def as_kept(asked: Asked) -> dict[str, Any]:
    """As JSON keeps it."""
    return asdict(asked)


def _redeem(machine: Settings, known: dict[str, Any], asked: Asked, code: str, back: str) -> dict[str, Any]:
    body = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": asked.verifier,
            "client_id": str(machine.oidc_client_id)}  # fmt: skip
    login = None
    if machine.oidc_client_secret is not None:
        secret = machine.oidc_client_secret.get_secret_value()
        if "client_secret_basic" in known.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
            login = (quote(str(machine.oidc_client_id), safe=""), quote(secret, safe=""))  # RFC 6749, 2.3.1
        else:
            body["client_secret"] = secret
    try:
        with httpx.Client(timeout=_SECONDS, auth=login) as client:
            answer = client.post(known["token_endpoint"], data=body, headers={"Accept": "application/json"})
        token = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise ProviderSilent(why=type(error).__name__) from None
    if not answer.is_success or not isinstance(token, dict) or not isinstance(token.get("id_token"), str):
        raise NotFromProvider(why=f"token endpoint: {answer.status_code}")
    return token


def _verified(machine: Settings, known: dict[str, Any], asked: Asked, token: dict[str, Any]) -> dict[str, Any]:
    """The claims, once signature, issuer, audience, times and nonce are right."""
    keys = cast(KeySetSerialization, _get(known["jwks_uri"]))
    wanted = {"iss": {"essential": True, "value": machine.oidc_issuer},
              "aud": {"essential": True, "value": machine.oidc_client_id}}  # fmt: skip
    try:
        read = jwt.decode(token["id_token"], KeySet.import_key_set(keys), algorithms=_ALGORITHMS)
        params = {"nonce": asked.nonce, "client_id": machine.oidc_client_id, "access_token": token.get("access_token")}
        claims = CodeIDToken(read.claims, read.header, wanted, params)
        # The real clock, for the provider's is: the demo's is ahead.
        claims.validate(now=int(time.time()), leeway=_LEEWAY)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise NotFromProvider(why=f"ID token: {error}"[:200]) from None
    if not isinstance(claims["sub"], str) or not claims["sub"]:
        raise NotFromProvider(why="ID token: sub")
    return dict(claims)


def _metadata(machine: Settings) -> dict[str, Any]:
    return _discovered(str(machine.oidc_issuer), int(time.time() // _KNOWN_FOR))


@cache
def _discovered(issuer: str, _: int) -> dict[str, Any]:
    """What the provider says of itself, asked again after ten minutes."""
    known = _get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if known.get("issuer") != issuer:
        raise NotFromProvider(why="discovery: another issuer")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not isinstance(known.get(name), str):
            raise NotFromProvider(why=f"discovery: no {name}")
    return known


def _get(address: str, **headers: str) -> dict[str, Any]:
    try:
        with httpx.Client(timeout=_SECONDS) as client:
            told = client.get(address, headers=headers).raise_for_status().json()
    except (httpx.HTTPError, ValueError) as error:
        raise ProviderSilent(why=type(error).__name__) from None
    if not isinstance(told, dict):
        raise NotFromProvider(why="not a JSON object")
    return told
