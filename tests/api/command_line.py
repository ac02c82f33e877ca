"""`dondoc` as the tests speak to it.

Most commands run in this process through the console script's own function; a few as real processes.
"""

from __future__ import annotations

import dataclasses
import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from api.cli import main
from states import database as db
from states import settings
from states.embedded import Urls


@dataclasses.dataclass
class Cli:
    """`dondoc` on one database; `code` is how the command must end."""

    urls: Urls

    def say(self, *words: object, code: int = 0) -> str:
        """What it prints on stdout, or where it refuses, what it says on stderr."""
        with (
            pytest.MonkeyPatch.context() as patch,
            redirect_stdout(io.StringIO()) as out,
            redirect_stderr(io.StringIO()) as err,
        ):
            patch.setenv("DATABASE_URL", self.urls.program)
            patch.setenv("DATABASE_OWNER_URL", self.urls.owner)
            patch.setattr(sys, "argv", ["dondoc", *map(str, words)])
            _forget()
            try:
                with pytest.raises(SystemExit) as end:
                    main()
            finally:
                _forget()
        assert (end.value.code or 0) == code, out.getvalue() + err.getvalue()
        return err.getvalue() if code in (1, 2) else out.getvalue()

    def json(self, *words: object, code: int = 0) -> Any:
        return json.loads(self.say(*words, "--json", code=code))

    def process(self, *words: object, code: int = 0) -> subprocess.CompletedProcess[str]:
        """The console script itself, as a shell starts it."""
        command = [str(Path(sys.executable).with_name("dondoc")), *map(str, words)]
        variables = {"DATABASE_URL": self.urls.program, "DATABASE_OWNER_URL": self.urls.owner,
                     "DONDOC_PREFECT_PORT": "1", "DONDOC_HOME": "/nonexistent"}  # fmt: skip
        done = subprocess.run(command, env=os.environ | variables, capture_output=True, text=True, timeout=60)
        assert done.returncode == code, done.stdout + done.stderr
        return done

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """A question to its database in SQL."""
        with db.transaction(db.engine(self.urls.program)) as session:
            return [tuple(row) for row in session.connection().exec_driver_sql(sql, values)]


def _forget() -> None:
    """Each command reads its settings anew, as a process would."""
    settings.current.cache_clear()
    db.program_engine.cache_clear()
    db.request_engine.cache_clear()
