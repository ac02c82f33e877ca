"""The log: who was refused and who came in, one line each; no password, code, token or what somebody wrote."""

from __future__ import annotations

import logging
import sys

import pytest
from sqlalchemy.exc import DBAPIError

from api import logs
from states import database as db
from tests.http_world import Api, Voice
from tests.pages.visitor import GOOD, Visitor, account, machine
from tests.world import WARDS

EVERYTHING = pytest.mark.usefixtures("_all_logs")


@pytest.fixture
def _all_logs(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "httpx")  # the client of the test, which is no part of the program
    caplog.set_level(logging.DEBUG)


@EVERYTHING
def test_nothing_secret_stands_in_any_log(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    api.at("2026-10-05")
    machine(api)
    actor = api.seat(api.world.unit(WARDS[0]), "clerk", "Nhật")
    account(api, actor, "nhat.ky")
    visitor = Visitor(api)
    visitor.sign_in("nhat.ky", "mật khẩu gõ nhầm 123")
    assert visitor.sign_in("nhat.ky").status_code == 303
    cookie = visitor.cookie
    started = visitor.post("/ma-xac-nhan", {"code": "123456"})
    visitor.post("/mat-khau", {"old": GOOD, "new": GOOD + " xanh", "again": GOOD + " đỏ"})
    made = api.voice(actor).post("/tokens", {"name": "máy"})["secret"]
    Voice(api.client, "dd_" + "y" * 43).say("GET", "/me?secret=khong-ghi")
    assert started.status_code < 500 and cookie
    said = caplog.text
    for secret in ("mật khẩu gõ nhầm 123", GOOD, cookie, made, "y" * 43, "123456", "khong-ghi", "argon2"):
        assert secret not in said, secret
    assert "sign-in refused (wrong)" in said and f"person {actor.person_id} signed in by password" in said
    assert "refused 401 (not-signed-in): GET /me" in said


@EVERYTHING
def test_an_error_of_the_database_tells_its_statement_and_not_its_values(
    api: Api, caplog: pytest.LogCaptureFixture
) -> None:
    values = {"nil": 0, "words": " ".join(("riêng", "tư"))}
    with pytest.raises(DBAPIError) as raised, db.transaction(db.engine(api.urls.program)) as session:
        session.connection().exec_driver_sql("SELECT 1 / %(nil)s, %(words)s", values)
    logging.getLogger("dondoc.api").error("unexpected", exc_info=raised.value)
    assert "SELECT 1 /" in caplog.text and "riêng tư" not in caplog.text


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (f"Bearer dd_{'x' * 43}", "Bearer …"),
        ("postgresql://dondoc:matkhau@host/db", "postgresql://…@host/db"),
        ('{"password": "abc", "seq": 3}', '{"password": "…", "seq": 3}'),
        ("code=123456&den=/", "code=…&den=/"),
        ("$argon2id$v=19$m=65536$abc$def", "…"),
        ("không có gì phải giấu", "không có gì phải giấu"),
    ],
)
def test_what_is_secret_is_taken_out_of_a_line(said: str, kept: str) -> None:
    assert logs.redacted(said) == kept


def test_nobody_writes_a_line_of_his_own_into_the_log() -> None:
    record = logging.LogRecord(
        "dondoc.api", logging.INFO, __file__, 1, "refused %s", ("a\n2026 INFO x\r\x1b[2J",), None
    )
    line = logs.OneLine().format(record)
    assert "\n" not in line and "\\n2026 INFO x\\x0d\\x1b[2J" in line and line.split(" ")[0].endswith("Z")
    try:
        raise ValueError("một\nhai dd_" + "z" * 43)
    except ValueError:
        record.exc_info = sys.exc_info()
    told = logs.OneLine().format(record)
    assert all(one.startswith("    ") for one in told.splitlines()[2:]) and "z" * 43 not in told


def test_the_access_log_has_no_queries() -> None:
    record = logging.LogRecord("uvicorn.access", logging.INFO, __file__, 1, '%s - "%s %s HTTP/%s" %d',
                               ("::1:1", "GET", "/dang-nhap/oidc/ve?code=abc", "1.1", 200), None)  # fmt: skip
    assert logs.NoQuery().filter(record) and record.getMessage() == '::1:1 - "GET /dang-nhap/oidc/ve HTTP/1.1" 200'
    logs.install()
    assert sum(isinstance(one, logs.NoQuery) for one in logging.getLogger("uvicorn.access").filters) == 1
