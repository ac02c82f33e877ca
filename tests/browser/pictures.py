"""The pictures of docs/ and the README, taken from the demo as `make show` serves it: `make pictures`.

`python -m tests.browser.pictures [URL] [NAME...]`: each picture is a sample person, a way through the pages, a width.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from states.errors import DonDocError
from tests.browser.chromium import find_or_install

FOLDER = Path(__file__).parents[2] / "docs" / "pictures" / "pages"
WIDE, NARROW = (1440, 900), (390, 844)
_WATCHER = ("Tỉnh Quảng Ngãi", "Công chức theo dõi, Tỉnh Quảng Ngãi")
_SIGNER = ("Phường Cẩm Thành", "Phó Chủ tịch, Phường Cẩm Thành")
_WRITER = ("Phường Sa Huỳnh", "Công chức tham mưu, Phường Sa Huỳnh")
_AUDITOR = ("", "Thanh tra viên, Việt Nam")
_NATION = ("", "Công chức theo dõi, Việt Nam")


class NothingServed(DonDocError):
    """The demo does not answer at {url}: run make show in another window, wait until it is there, then repeat."""


@dataclass(frozen=True)
class Picture:
    """Who looks, and how he comes to the page from the one after signing in."""

    name: str
    who: tuple[str, str] | None
    way: Callable[[Page], object]
    size: tuple[int, int] = WIDE


def main(url: str = "http://127.0.0.1:8000", *names: str) -> int:
    """Take all pictures, or those that are named."""
    try:
        urlopen(f"{url}/healthz", timeout=10).close()
    except URLError as error:
        raise NothingServed(url=url) from error
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_or_install()), args=["--no-sandbox"])
        for picture in PICTURES:
            if not names or picture.name in names:
                _take(browser, url, picture)
                sys.stdout.write(f"{picture.name}.png\n")
        browser.close()
    return 0


# A page of paper is set when it is first asked for; one below the window is not asked for at all.
_SEEN = """[...document.images].every(it => it.complete && it.naturalWidth
           || it.getBoundingClientRect().top > innerHeight || !it.offsetParent)"""


def _take(browser: Browser, url: str, picture: Picture) -> None:
    width, height = picture.size
    window = browser.new_context(base_url=url, viewport={"width": width, "height": height}, locale="vi-VN")
    page = window.new_page()
    go(page, picture)
    page.evaluate("document.fonts.ready")
    while not page.evaluate(_SEEN):  # asked from outside: the pages' policy forbids to wait within
        page.wait_for_timeout(200)
    page.wait_for_timeout(300)
    page.screenshot(path=FOLDER / f"{picture.name}.png")
    window.close()


def go(page: Page, picture: Picture) -> None:
    """Sign in as the person and come to the page."""
    page.goto("/dang-nhap" + (f"?tim={picture.who[0]}" if picture.who and picture.who[0] else ""))
    if picture.who:
        page.get_by_role("button", name=picture.who[1]).first.click()
        page.wait_for_url("**/")
    picture.way(page)
    page.wait_for_load_state("load")


def follow(start: str, *selectors: str) -> Callable[[Page], object]:
    """Open a page of ours, then follow the first link of each kind."""

    def way(page: Page) -> None:
        page.goto(start)
        for selector in selectors:
            address = page.locator(selector).first.get_attribute("href")
            assert address, f"{selector} at {page.url}"
            page.goto(address)

    return way


def below(way: Callable[[Page], object], more: str) -> Callable[[Page], object]:
    """A page whose address begins with that of another."""

    def on(page: Page) -> None:
        way(page)
        page.goto(page.url.split("?")[0] + more)

    return on


board = follow("/", "main a[href^='/ke-hoach/']")
_draft = follow("/viec/to_draft", "main a[href^='/soan/']")
_paper = follow("/viec/presented", "main [data-rows] a[href^='/cho-ky/'], main [data-rows] a[href^='/van-ban/']")
_corrected = follow("/kho?tim=Xã Nghĩa Hành", "main [data-rows] a[href^='/van-ban/']:has-text('Báo cáo')")


def _compare(page: Page) -> None:
    _corrected(page)
    number = page.url.split("?")[0].rstrip("/").rsplit("/", 1)[1]
    page.goto(f"/van-ban/{number}/so-sanh")


def _incoming(page: Page) -> None:
    """Last year's report comes once more, as the Word file that another office would send."""
    page.goto("/kho?tim=Phường Sa Huỳnh&nam=2025")
    last = page.locator("main [data-rows] a[href^='/van-ban/']:has-text('Báo cáo')").first.get_attribute("href")
    word = page.request.get(f"{last}/ban.docx").body()
    page.goto("/nhan")
    page.locator("#tep").set_input_files({"name": "Bao cao 2025.docx", "mimeType": _WORD, "buffer": word})
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Nhận", exact=True).click()
    page.goto("/nhan")
    while page.get_by_text("Đang đọc").count():
        page.wait_for_timeout(500)
        page.reload()
    page.locator("main a[href^='/nhan/']").first.click()


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PICTURES = (
    Picture("sign-in", None, lambda page: None),
    Picture("today", _WATCHER, lambda page: None),
    Picture("board", _WATCHER, board),
    Picture("board-phone", _WATCHER, board, NARROW),
    Picture("matrix", _NATION, follow("/bang")),
    Picture("tree", _WATCHER, below(board, "/cay")),
    Picture("draft", _WRITER, _draft),
    Picture("draft-phone", _WRITER, _draft, NARROW),
    Picture("document", _SIGNER, _paper),
    Picture("document-phone", _SIGNER, _paper, NARROW),
    Picture("to-sign", _SIGNER, follow("/viec/presented")),
    Picture("compare", _WATCHER, _compare),
    Picture("total", _WATCHER, below(board, "/tong-hop")),
    Picture("journal", _AUDITOR, follow("/nhat-ky")),
    Picture("exceptions", _AUDITOR, follow("/ngoai-le")),
    Picture("archive", _AUDITOR, follow("/kho?tim=binh dang gioi")),
    Picture("units", _WATCHER, follow("/don-vi")),
    Picture("incoming", _WRITER, _incoming),
    Picture("rules", _WATCHER, follow("/quy-tac")),
    Picture("letter", _WATCHER, below(board, "/cong-van")),
    Picture("new-plan", ("Tỉnh Quảng Ngãi", "Công chức tham mưu, Tỉnh Quảng Ngãi"), follow("/ke-hoach/moi")),
)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
