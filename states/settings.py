"""Everything that differs between two machines, read from the environment once.

Our own names begin with ``DONDOC_``; ``DATABASE_URL``, ``DATABASE_OWNER_URL`` and
``PREFECT_API_URL`` keep the names that other tools give them. ``.env.example`` lists them all.
"""

from __future__ import annotations

import os
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from states.errors import Reason, StartupError

Port = int


class BadSetting(StartupError):
    """The environment has settings that cannot be used: {what}. Correct or unset them, then start again."""


class Settings(BaseSettings):
    """The settings of this machine; immutable, so that a test passes its own copy."""

    model_config = SettingsConfigDict(env_prefix="DONDOC_", env_ignore_empty=True, extra="ignore", frozen=True)

    home: Path = Field(default_factory=lambda: default_home())
    """The data folder: the embedded PostgreSQL, Prefect's files, logs."""
    office: str = "Đôn Đốc"
    """The name that messages are sent in, e.g. "Sở Nội vụ tỉnh Lai Châu"."""
    secret_key: SecretStr | None = Field(default=None, min_length=32)
    """Encrypts what the database keeps in secret (second factors); unset: the file `secret.key` in the data folder."""
    log_key: SecretStr | None = None
    """Signs the log's checkpoints; unset: the file `log.key` in the data folder, whose one line it may be."""
    checkpoints: Path | None = None
    """A folder that an outsider keeps (a mounted share, a synced folder): each sealing writes its checkpoint there."""
    signing: Path | None = None
    """Whom signatures are trusted by (`trust/`), and the test authority's keys; unset: `signing` in the data folder."""
    tsa_url: str | None = Field(default=None, pattern=r"^https?://[^\s]+$")
    """A time-stamping authority (RFC 3161); unset: `serve` starts a small one of its own where only test certificates
    are trusted, else signatures are not stamped."""
    tsa_seconds: float = Field(default=5, gt=0)

    database: str = Field(default="dondoc", pattern=r"^[a-z_][a-z0-9_]{0,62}$")
    """The database on the embedded server; "dondoc_demo" is the one that the demo leaves behind."""
    database_url: str | None = Field(default=None, validation_alias="DATABASE_URL")
    """The program's own login, which owns nothing; unset: the embedded server."""
    database_owner_url: str | None = Field(default=None, validation_alias="DATABASE_OWNER_URL")
    """The owner of the tables, used by `dondoc migrate` only."""
    connect_seconds: int = Field(default=5, ge=1)
    lock_seconds: float = Field(default=10, gt=0)
    """How long a statement waits for a row that another one holds."""
    statement_seconds: float = Field(default=120, gt=0)
    """How long one statement may run; the widest roll-up takes a few seconds."""
    pool_size: int = Field(default=10, ge=1)

    api_host: str = "127.0.0.1"
    api_port: Port = Field(default=8000, ge=1, le=65535)
    session_requests_per_minute: int = Field(default=1200, ge=0)
    """How many requests one session or token may make; 0: without limit. What is too much is answered 429."""
    address_requests_per_minute: int = Field(default=6000, ge=0)
    """The same for one network address, behind which a whole office may sit."""
    body_seconds: float = Field(default=60, gt=0)
    """How long the body of a request may take to arrive; then it is answered 408."""
    prefect_host: str = "127.0.0.1"
    prefect_port: Port = Field(default=4200, ge=1, le=65535)
    prefect_api_url: str | None = Field(default=None, validation_alias="PREFECT_API_URL")
    """A Prefect server that runs elsewhere; unset: `dondoc serve` starts its own."""
    prefect_database_url: str | None = None
    """A PostgreSQL (with pg_trgm) for our own Prefect server; unset: a SQLite file in the data folder."""
    prefect_seconds: float = Field(default=2, gt=0)
    """How long a person's step may wait for Prefect; the sweep asks again when it did not answer."""
    start_seconds: float = Field(default=120, gt=0)
    """How long a part may take to come up before the start is given up."""
    stop_seconds: float = Field(default=10, gt=0)
    """How long a part may take to end before it is killed."""

    smtp_host: str = "localhost"
    smtp_port: Port = Field(default=1025, ge=1, le=65535)
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_from: str = "dondoc@localhost"
    smtp_security: Literal["none", "starttls", "tls"] = "none"
    smtp_seconds: float = Field(default=20, gt=0)
    demo_ahead: timedelta | None = None
    """For the demo's database only: how far its clock is ahead of the real one. The sign-in page then offers the
    sample people."""
    public_url: str | None = None
    """Where people reach the program, for the links in messages; unset: the API's own address."""
    oidc_issuer: str | None = Field(default=None, pattern=r"^(https://|http://(localhost|127\.0\.0\.1)[:/])[^\s?#]+$")
    """An identity provider (OpenID Connect), by its issuer; unset: name and password only."""
    oidc_client_id: str | None = Field(default=None, validate_default=True)
    """What the provider calls this program; needed with the issuer."""
    oidc_client_secret: SecretStr | None = None
    """Unset for a public client: the proof key (PKCE) is then all."""
    oidc_name: str = "nhà cung cấp định danh"
    """What the sign-in page calls the provider: «Đăng nhập bằng …»."""
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    """Signs what the webhook posts (HMAC-SHA256), so that its receiver knows whom it is from."""
    webhook_seconds: float = Field(default=10, gt=0)

    @field_validator("oidc_client_id")
    @classmethod
    def _named_to_provider(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None and info.data.get("oidc_issuer"):
            raise ValueError("the identity provider must be told who asks: set it with DONDOC_OIDC_ISSUER")
        return value

    @property
    def prefect_url(self) -> str:
        """The address of Prefect's API: the one named by PREFECT_API_URL, else our own child's."""
        return self.prefect_api_url or f"http://{self.prefect_host}:{self.prefect_port}/api"


@cache
def current() -> Settings:
    """This process's settings, read once; raises `BadSetting` in words that name each variable."""
    try:
        return Settings()
    except ValidationError as error:
        reasons = [Reason(_variable(e["loc"]), e["msg"], "Correct it or unset it.") for e in error.errors()]
        what = "; ".join(f"{r.place}: {r.message}" for r in reasons)
        raise BadSetting(what=what, reasons=reasons) from None


def default_home() -> Path:
    """Where data lies by default: a person's own share folder; as root a folder of the system.

    PostgreSQL never runs as root, so root's data must lie where another user can reach it,
    and root's own home folder is (rightly) closed to others.
    """
    if os.name == "posix" and os.geteuid() == 0:
        return Path("/var/lib/dondoc")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "dondoc"


def _variable(place: tuple[int | str, ...]) -> str:
    name = str(place[0]) if place else "?"
    return name if name.isupper() else f"DONDOC_{name.upper()}"
