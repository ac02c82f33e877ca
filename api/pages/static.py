"""The files beside the pages: named by their content, so that a browser may keep them for good."""

import hashlib
import re
from functools import cache
from importlib import resources
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from states.errors import StartupError

ROOT = Path(str(resources.files("api"))) / "static"
# Words between quotes stay as they are; comments go, and spaces where no reader of styles needs them.
_REMARK = re.compile(r"""("[^"]*"|'[^']*')|/\*.*?\*/""", re.DOTALL)
_SPACE = re.compile(r"""("[^"]*"|'[^']*')|\s*([{};,])\s*|(:)\s+|(\s)\s*""")


class NoSuchFile(StartupError):
    """Thiếu tệp «{name}» của các trang (a file of the pages is missing): run make setup, then start again."""


@cache
def address(name: str) -> str:
    """Where a file of ours is fetched from; its digest in the address changes with its content."""
    path = ROOT / name
    if not path.is_file():
        raise NoSuchFile(name=name)
    return f"/static/{name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"


@cache
def lean(name: str) -> bytes:
    """A style sheet as it is sent: the same rules, without what is there for its writers."""
    return packed((ROOT / name).read_text(encoding="utf-8")).encode()


def packed(style: str) -> str:
    """A style sheet without comments and needless spaces."""
    bare = _REMARK.sub(lambda it: it[1] or " ", style)
    short = _SPACE.sub(lambda it: it[1] or it[2] or it[3] or " ", bare)
    return short.replace(";}", "}").strip()


class _Kept(StaticFiles):
    """An address with a digest may be kept for good; one without, asked again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        if path.endswith(".css") and answer.status_code == 200:
            answer = Response(lean(path), media_type="text/css")
        named = scope["query_string"].startswith(b"v=")
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if named else "public, no-cache"
        return answer


def install(app: FastAPI) -> None:
    """Serve the folder."""
    app.mount("/static", _Kept(directory=ROOT), name="static")
