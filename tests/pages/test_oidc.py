"""Signing in by an identity provider that is a process of its own; whatever it says falsely lets nobody in."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pydantic import ValidationError

from states import database as db
from states import outside_identity
from states.policy import Actor
from states.settings import BadSetting, Settings, current
from tests.http_world import Api
from tests.pages.oidc_provider import CLIENT, SECRET
from tests.pages.visitor import Visitor, account, machine, words
from tests.world import WARDS

UNKNOWN = "Danh tính này chưa gắn với ai"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The provider's address."""
    path = Path(__file__).with_name("oidc_provider.py")
    with subprocess.Popen([sys.executable, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


@pytest.fixture(autouse=True)
def _machine(api: Api, issuer: str) -> None:
    api.at("2026-10-05")
    machine(api, oidc_issuer=issuer, oidc_client_id=CLIENT, oidc_client_secret=SECRET, oidc_name="Cổng định danh")


def say(issuer: str, **what: Any) -> None:
    httpx.post(f"{issuer}/says", json=what, timeout=60)


def person(api: Api, ward: int, seat: str, mail: str) -> Actor:
    actor: Actor = api.world.act(WARDS[ward], seat)
    account(api, actor, f"{seat}.{ward}", None)
    with db.transaction(db.engine(api.urls.program)) as session:
        session.connection().exec_driver_sql("UPDATE person SET email = %s WHERE id = %s", (mail, actor.person_id))
    return actor


def to_provider(visitor: Visitor, den: str = "/thiet-lap") -> str:
    sent = visitor.get(f"/dang-nhap/oidc?den={den}")
    assert sent.status_code == 303
    return sent.headers["location"]


def back_from(where: str) -> str:
    """What the provider's browser page does: says yes and leads back."""
    answer = httpx.get(where, timeout=60)
    assert answer.status_code == 302
    back = urlsplit(answer.headers["location"])
    return f"{back.path}?{back.query}"


def through(visitor: Visitor, den: str = "/thiet-lap") -> httpx.Response:
    return visitor.get(back_from(to_provider(visitor, den)))


def test_the_first_time_a_verified_mail_says_who_it_is_then_the_identity(api: Api, issuer: str) -> None:
    actor = person(api, 0, "leader", "hoa@xa.example")
    say(issuer, sub="hoa-1", email="Hoa@xa.example")
    hoa = Visitor(api)
    assert "Đăng nhập bằng Cổng định danh" in words(hoa.get("/dang-nhap"))
    entered = through(hoa)
    assert (entered.status_code, entered.headers["location"]) == (303, "/thiet-lap"), words(entered)
    assert hoa.is_in()
    with db.transaction(db.engine(api.urls.program)) as session:
        assert outside_identity.find(session, issuer, "hoa-1") == actor.person_id
    say(issuer, sub="hoa-1", email="moi@xa.example", verified=False)  # another address by now: the identity stays
    assert through(Visitor(api)).headers["location"] == "/thiet-lap"
    say(issuer, sub="hoa-2", email="hoa@xa.example")  # the old address given to somebody else
    assert UNKNOWN in words(through(Visitor(api)))


def test_the_request_asks_by_code_with_a_proof_key_state_and_nonce(api: Api) -> None:
    visitor = Visitor(api)
    asked = {name: value[0] for name, value in parse_qs(urlsplit(to_provider(visitor)).query).items()}
    assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 32
    assert asked["redirect_uri"].endswith("/dang-nhap/oidc/ve") and "openid" in asked["scope"].split()
    kept = visitor.client.cookies.get("dondoc-oidc")
    assert kept is not None and not any(asked[name] in kept for name in ("state", "nonce"))


def test_mail_from_userinfo_counts_only_for_the_same_subject(api: Api, issuer: str) -> None:
    person(api, 1, "leader", "hai@xa.example")
    say(issuer, sub="hai-1", email="hai@xa.example", by_userinfo=True, lie="userinfo")
    assert UNKNOWN in words(through(Visitor(api)))
    say(issuer, sub="hai-1", email="hai@xa.example", by_userinfo=True)
    assert through(Visitor(api)).status_code == 303


@pytest.mark.parametrize("verified", [False, "true", None])
def test_an_unverified_mail_names_nobody(api: Api, issuer: str, verified: object) -> None:
    mail = f"{verified}@xa.example"
    person(api, 2, {False: "leader", "true": "clerk", None: "drafter"}[verified], mail)
    say(issuer, sub=f"ba-{verified}", email=mail, verified=verified)
    visitor = Visitor(api)
    refused = through(visitor)
    assert refused.status_code == 422 and UNKNOWN in words(refused) and visitor.cookie is None


@pytest.mark.parametrize("lie", ["nonce", "state", "iss", "issuer", "audience", "expired", "key", "unsigned"])
def test_a_false_answer_lets_nobody_in(api: Api, issuer: str, lie: str) -> None:
    if not api.rows("SELECT FROM account WHERE name = 'leader.3'"):
        person(api, 3, "leader", "bon@xa.example")
    say(issuer, sub="bon-1", email="bon@xa.example", lie=lie)
    visitor = Visitor(api)
    refused = through(visitor)
    assert refused.status_code == 403 and "Chưa xác minh được" in words(refused)
    assert visitor.cookie is None and api.rows("SELECT FROM identity WHERE subject = 'bon-1'") == []
    say(issuer, sub="bon-1", email="bon@xa.example")  # the same, truly said
    assert through(visitor).status_code == 303
    with db.transaction(db.engine(api.urls.program)) as session:
        outside_identity.unlink(session, issuer, "bon-1")


def test_an_answer_belongs_to_the_browser_that_asked_and_counts_once(api: Api, issuer: str) -> None:
    person(api, 3, "clerk", "thu@xa.example")
    say(issuer, sub="thu-1", email="thu@xa.example")
    mine, others = Visitor(api), Visitor(api)
    back = back_from(to_provider(mine))
    assert others.get(back).status_code == 403  # nobody is signed in by a link that somebody sends
    to_provider(others)
    assert others.get(back).status_code == 403  # nor by one that answers another request
    assert mine.get(back).status_code == 303
    assert mine.with_cookie(None).get(back).status_code == 403


def test_a_provider_that_is_away_is_said_in_words(api: Api) -> None:
    machine(api, oidc_issuer="http://127.0.0.1:1", oidc_client_id=CLIENT)
    away = Visitor(api).get("/dang-nhap/oidc")
    assert away.status_code == 503
    machine(api)
    assert Visitor(api).get("/dang-nhap/oidc").status_code == 404
    assert "oidc" not in Visitor(api).get("/dang-nhap").text


def test_half_a_provider_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_OIDC_ISSUER", "https://id.example")
    current.cache_clear()
    try:
        with pytest.raises(BadSetting, match="DONDOC_OIDC_CLIENT_ID"):
            current()
    finally:
        current.cache_clear()
    with pytest.raises(ValidationError):
        Settings(oidc_issuer="http://id.example", oidc_client_id="x")  # over the network only by https
