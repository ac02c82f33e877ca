"""Đăng nhập bằng nhà cung cấp định danh: to the provider and back, with what we asked sealed in the browser."""

import base64
import hmac
import json
import time
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from api import browser, logs, provider
from api.auth import cookie_name
from api.deps import InTransaction
from api.pages.plain import Looking
from api.pages.shell import inside, tried
from api.pages.signing_in.entering import welcome
from api.pages.signing_in.page import page
from api.provider import Asked, NotFromProvider
from states import outside_identity, secret_key
from states.attempts import Refusal
from states.errors import DonDocError, NotFound
from states.settings import Settings

router = APIRouter(prefix="/dang-nhap/oidc", include_in_schema=False)
COOKIE = "dondoc-oidc"
_OWNER = "oidc request"
_LASTS = 600
"""Seconds for signing in at the provider."""


class NoProvider(NotFound):
    """Chưa khai báo nhà cung cấp định danh nào (no identity provider is set up): sign in with name and password."""


@router.get("")
def go_to_provider(looking: Looking, den: Annotated[str, Query(max_length=2000)] = "") -> Response:
    """Away to the provider. Raises `NoProvider`, `ProviderSilent`."""
    machine = _with_provider(looking.machine)
    where, asked = provider.ask(machine, _back(machine, looking.request), inside(den))
    answer = RedirectResponse(where, 303)
    sealed = secret_key.seal(secret_key.of(machine), json.dumps(provider.as_kept(asked)), _OWNER)
    kept = base64.urlsafe_b64encode(sealed).decode()
    browser.put(answer, cookie_name(machine, COOKIE), kept, machine, max_age=_LASTS)
    return answer


@router.get("/ve")
def come_back(
    looking: Looking, session: InTransaction, state: Annotated[str, Query(max_length=500)] = "",
    code: Annotated[str, Query(max_length=5000)] = "", iss: Annotated[str, Query(max_length=500)] = "",
) -> Response:  # fmt: skip
    """Back with a code: in, or the sign-in page with why not."""
    machine = _with_provider(looking.machine)
    asked, error = tried(session, lambda: _asked(looking.request, machine, state, code, iss))
    claims = None
    if asked is not None:
        back = _back(machine, looking.request)
        claims, error = tried(session, lambda: provider.believe(machine, asked, code, back))
    den = asked.den if asked is not None else ""
    answer = _enter(looking, session, claims, error, den)
    browser.drop(answer, cookie_name(machine, COOKIE), machine)
    return answer


def _enter(looking: Looking, session: InTransaction, claims: outside_identity.Claims | None,
           error: DonDocError | None, den: str) -> Response:  # fmt: skip
    if claims is None:
        logs.security.warning("sign-in by provider failed from %s", browser.address(looking.request))
        return page(looking, session, den, refused_by=error)
    entered = outside_identity.enter(session, claims, looking.now, agent=browser.agent(looking.request),
                                     address=browser.address(looking.request))  # fmt: skip
    if isinstance(entered, Refusal):
        logs.security.warning("sign-in by provider refused (%s) from %s", entered.code,
                              browser.address(looking.request))  # fmt: skip
        return page(looking, session, den, refusal=entered)
    logs.security.info("person %s signed in by provider from %s", entered.web.person_id,
                       browser.address(looking.request))  # fmt: skip
    return welcome(looking, session, entered, den)


def _asked(request: Request, machine: Settings, state: str, code: str, iss: str) -> Asked:
    """What this browser asked, if the answer is to that. Raises `NotFromProvider`."""
    try:
        sealed = base64.urlsafe_b64decode(request.cookies.get(cookie_name(machine, COOKIE), ""))
        asked = Asked(**json.loads(secret_key.unseal(secret_key.of(machine), sealed, _OWNER)))
    except (ValueError, TypeError, secret_key.OtherKey):
        raise NotFromProvider(why="no request of this browser") from None
    if not hmac.compare_digest(asked.state.encode(), state.encode()):
        raise NotFromProvider(why="state")
    if time.time() - asked.at > _LASTS:
        raise NotFromProvider(why="too late")
    if iss and iss != machine.oidc_issuer:  # RFC 9207: an answer of another provider
        raise NotFromProvider(why="iss")
    if not code:
        raise NotFromProvider(why="no code")
    return asked


def _with_provider(machine: Settings) -> Settings:
    if not machine.oidc_issuer:
        raise NoProvider()
    return machine


def _back(machine: Settings, request: Request) -> str:
    """Where the provider sends the browser back to: it must know this address."""
    return f"{(machine.public_url or str(request.base_url)).rstrip('/')}/dang-nhap/oidc/ve"
