"""What the first visit of a page weighs: every byte that a browser with nothing kept fetches until it rests.

`python -m tests.browser.weights [URL]`: a table of the biggest pages of the demo that `make show` serves.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import find_or_install
from tests.browser.pictures import PICTURES, WIDE, Picture, below, board, follow, go

LIMIT = 250_000
"""Bytes of a first visit that no page may pass, on the line or unpacked."""
HEAVIER = {
    "document": 290_000, "nation: plan": 290_000,
    "city: board as table": 320_000, "city: board as tree": 320_000, "city: total": 330_000,
}  # fmt: skip
"""What may weigh more unpacked: a sheet of paper is drawn letter by letter and packs to a quarter, and a city of 168
wards stands on one page, to be read, printed and walked through as one table (on the line some 110 thousand)."""


@dataclass
class Weight:
    """What one visit fetched: bytes unpacked and on the line (packed, with heads), by address."""

    raw: dict[str, int] = field(default_factory=dict)
    sent: dict[str, int] = field(default_factory=dict)

    @property
    def whole(self) -> tuple[int, int]:
        """Bytes on the line, and unpacked."""
        return sum(self.sent.values()), sum(self.raw.values())

    def heaviest(self, n: int = 3) -> str:
        """The heaviest of it, in thousands of bytes unpacked."""
        parts = sorted(self.raw.items(), key=lambda one: -one[1])[:n]
        named = [(where.partition("?")[0].rpartition("/")[2] or "/", size) for where, size in parts]
        return ", ".join(f"{name} {size / 1000:.0f}" for name, size in named)


class Scales:
    """A page whose line is counted. What the browser has from an earlier visit weighs what it weighed then."""

    def __init__(self, page: Page) -> None:
        self._page, self._line = page, page.context.new_cdp_session(page)
        self._weight, self._asked, self._open = Weight(), dict[str, str](), set[str]()
        self._then: dict[str, int] = {}
        self._line.send("Network.enable")
        for event, hear in (("requestWillBeSent", self._begins), ("dataReceived", self._comes),
                            ("loadingFinished", self._ends)):  # fmt: skip
            self._line.on(f"Network.{event}", hear)
        self._line.on("Network.loadingFailed", lambda said: self._open.discard(said["requestId"]))

    def begin(self) -> Weight:
        """The weight of what is fetched from now on."""
        self._weight, self._asked, self._open = Weight(), {}, set()
        return self._weight

    def weigh(self, address: str) -> Weight:
        """A visit of the page, until nothing is on its way and a moment has passed in which nothing came."""
        weight, before = self.begin(), -1
        self._page.goto(address, wait_until="load")
        while self._open or before != weight.whole[1]:
            before = weight.whole[1]
            self._page.wait_for_timeout(200)
        return weight

    def _begins(self, said: dict[str, Any]) -> None:
        self._asked[said["requestId"]] = said["request"]["url"]
        if said.get("type") != "EventSource" and "event-stream" not in said["request"]["headers"].get("Accept", ""):
            self._open.add(said["requestId"])  # a stream never ends

    def _comes(self, said: dict[str, Any]) -> None:
        address = self._asked.get(said["requestId"], "")
        if address.startswith("http"):
            self._weight.raw[address] = self._weight.raw.get(address, 0) + said["dataLength"]
            self._weight.sent.setdefault(address, self._then.get(address, 0))

    def _ends(self, said: dict[str, Any]) -> None:
        self._open.discard(said["requestId"])
        address = self._asked.get(said["requestId"], "")
        fetched = int(said["encodedDataLength"])
        if address.startswith("http") and fetched > self._then.get(address, 0):
            self._weight.sent[address] = self._then[address] = fetched


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    name: str
    address: str
    weight: Weight

    @property
    def over(self) -> bool:
        """Whether it weighs more than it may."""
        sent, raw = self.weight.whole
        return sent > LIMIT or raw > HEAVIER.get(self.name, LIMIT)

    def __str__(self) -> str:
        sent, raw = (f"{n / 1000:6.0f}" for n in self.weight.whole)
        over = "!" if self.over else "~" if max(self.weight.whole) > LIMIT else " "
        return f"{self.name:22}{sent}{raw} {over}  {self.address:34.34}  {self.weight.heaviest()}"


def main(url: str = "http://127.0.0.1:8000") -> int:
    """Print the table; the pages are those of the pictures and the largest city's. 1 when one weighs too much."""
    rows = []
    sys.stdout.write(f"{'thousands of bytes':22}{'sent':>6}{'raw':>6}\n")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_or_install()), args=["--no-sandbox"])
        for picture in (*PICTURES, *LARGEST):
            if picture.size != WIDE or picture.name == "incoming":  # that one hands a file in first
                continue
            rows.append(_weighed(browser, url, picture))
            sys.stdout.write(f"{rows[-1]}\n")
            sys.stdout.flush()
        browser.close()
    return int(any(row.over for row in rows))


def _weighed(browser: Browser, url: str, picture: Picture) -> Row:
    """One person finds the way, then comes again with nothing kept."""
    width, height = picture.size
    look: Any = {"base_url": url, "viewport": {"width": width, "height": height}, "locale": "vi-VN"}
    found = browser.new_context(**look)
    page = found.new_page()
    go(page, picture)
    again = browser.new_context(**look, storage_state=found.storage_state())
    weight = Scales(again.new_page()).weigh(page.url)
    row = Row(picture.name, page.url.removeprefix(url), weight)
    for window in (found, again):
        window.close()
    return row


_NATION = ("", "Công chức theo dõi, Việt Nam")
_CITY = ("Thành phố Hồ Chí Minh", "Công chức theo dõi, Thành phố Hồ Chí Minh")
LARGEST = (
    Picture("receiving", ("Phường Sa Huỳnh", "Công chức tham mưu, Phường Sa Huỳnh"), lambda page: page.goto("/nhan")),
    Picture("nation: board", _NATION, board),
    Picture("nation: plan", _NATION, follow("/", "main a[href^='/ke-hoach/']", ".lead a[href^='/van-ban/']")),
    Picture("city: board", _CITY, board),
    Picture("city: board as table", _CITY, below(board, "?xem=bang")),
    Picture("city: board as tree", _CITY, below(board, "?xem=cay")),
    Picture("city: total", _CITY, below(board, "/tong-hop")),
    Picture("city: letter", _CITY, below(board, "/cong-van")),
)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
