"""The key of this machine: from the environment, or a file made once that only we may read."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from states import secret_key
from states.secret_key import KeyNotOurs, OtherKey
from states.settings import Settings

WORDS = SecretStr("mot khoa mau dai hon ba muoi hai ky tu")


def test_a_sealed_text_opens_for_its_key_and_owner_only() -> None:
    key, other = secret_key.of(Settings(secret_key=WORDS)), secret_key.SecretKey(bytes(32))
    sealed = secret_key.seal(key, "bí mật", "account 7")
    assert secret_key.unseal(key, sealed, "account 7") == "bí mật"
    assert secret_key.seal(key, "bí mật", "account 7") != sealed
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for wrong in ((other, sealed, "account 7"), (key, sealed, "account 8"), (key, changed, "account 7")):
        with pytest.raises(OtherKey):
            secret_key.unseal(*wrong)


def test_the_file_is_made_once_and_for_us_only(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "new" / "home")
    key = secret_key.of(settings)
    file = settings.home / "secret.key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in settings.home.iterdir()] == ["secret.key"]
    secret_key.of.cache_clear()
    assert secret_key.of(settings) == key
    assert secret_key.of(Settings(home=tmp_path)) != key


def test_two_processes_that_begin_at_once_share_one(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    with ThreadPoolExecutor(8) as pool:
        words = set(pool.map(lambda _: secret_key._from_file(path), range(8)))
    assert len(words) == 1


def test_a_file_that_others_may_read_or_that_is_no_key_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    file.write_text("x" * 43)
    file.chmod(0o644)
    with pytest.raises(KeyNotOurs, match="read by others"):
        secret_key.of(Settings(home=tmp_path))
    file.chmod(0o600)
    file.write_text("")
    with pytest.raises(KeyNotOurs, match="too short"):
        secret_key.of(Settings(home=tmp_path))


def test_the_environment_comes_first_and_must_be_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_SECRET_KEY", WORDS.get_secret_value())
    secret_key.of(Settings(home=tmp_path))
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("DONDOC_SECRET_KEY", "short")
    with pytest.raises(ValidationError, match="at least 32"):
        Settings()
