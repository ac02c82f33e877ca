"""The pages on the named province, behind the same app, database and clock as the API's tests."""

from tests.api.conftest import api

__all__ = ["api"]
