"""The last papers that were set, page by page (trang giấy): made small when a page is first asked for."""

import gzip
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from api.pages.document.lean import lean

_KEPT_BYTES = 60_000_000


class Sheets:
    """The pages of one paper, as SVG."""

    def __init__(self, pages: list[str]) -> None:
        self._pages: list[str | bytes] = list(pages)

    def __len__(self) -> int:
        """How many pages."""
        return len(self._pages)

    @property
    def size(self) -> int:
        """Bytes that are kept."""
        return sum(len(page) for page in self._pages)

    def page(self, number: int) -> bytes:
        """One page from 1 on, compressed by gzip."""
        page = self._pages[number - 1]
        if isinstance(page, str):
            page = self._pages[number - 1] = gzip.compress(lean(page).encode(), 6, mtime=0)
        return page


def kept(key: str, make: Callable[[], list[str]]) -> Sheets:
    """The pages under a key, made where they are not there; the oldest papers go when there are too many."""
    with _LOCK:
        making = _MAKING.setdefault(key, Lock())
    with making:  # whoever asks for another page of the same paper waits for it and does not set it again
        if (found := _find(key)) is None:
            found = Sheets(make())
            _keep(key, found)
    return found


def _find(key: str) -> Sheets | None:
    with _LOCK:
        if key in _KEPT:
            _KEPT.move_to_end(key)
        return _KEPT.get(key)


def _keep(key: str, made: Sheets) -> None:
    with _LOCK:
        _KEPT[key] = made
        _MAKING.pop(key, None)
        while len(_KEPT) > 1 and sum(one.size for one in _KEPT.values()) > _KEPT_BYTES:
            _KEPT.popitem(last=False)


_KEPT: OrderedDict[str, Sheets] = OrderedDict()
_MAKING: dict[str, Lock] = {}
_LOCK = Lock()
