"""What `make` fetched for the pages is whole, small, licensed, and all that the templates name."""

from __future__ import annotations

import re
import string
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from api import assets, icons

VIETNAMESE = "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"


def test_a_second_run_does_nothing() -> None:
    assert assets.fetch() is False


def test_the_sprite_holds_every_icon_of_the_list_with_a_drawing() -> None:
    symbols = ElementTree.parse(assets.VENDOR / "icons.svg").getroot()
    assert [symbol.get("id") for symbol in symbols] == [f"i-{name}" for name in icons.names()]
    assert all(len(symbol) for symbol in symbols)


def test_templates_and_pages_name_no_icon_that_is_missing() -> None:
    house = assets.HOUSE / "api"
    assert icons.missing([*house.rglob("*.html"), *house.glob("pages/**/*.py")]) == {}


def test_a_missing_icon_is_named_with_its_file(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("""{{ icon("home") }} {{ ui.icon('sea-monster', "big") }} <use href="/icons.svg#i-kraken"/>""")
    assert icons.missing([page]) == {"sea-monster": ["page.html"], "kraken": ["page.html"]}


@pytest.mark.parametrize(
    "text",
    ['ui.empty("kraken", x)', 'button(x, glyph="kraken")', 'Way(icon="kraken")', 'Sign(_("Đã gửi"), "kraken", "x")'],
)
def test_each_way_to_name_an_icon_is_seen(text: str) -> None:
    assert icons.unknown(text) == {"kraken"}
    assert icons.unknown(text.replace("kraken", "home")) == set()


def test_digits_are_of_one_width_when_asked_for_tabular() -> None:
    for weight in assets.WEIGHTS:
        font = TTFont(assets.VENDOR / f"inter-digits-{weight}.woff")
        named, widths, tables = font.getBestCmap(), font["hmtx"], font["GSUB"].table
        assert [record.FeatureTag for record in tables.FeatureList.FeatureRecord] == ["tnum"]
        swaps = tables.LookupList.Lookup[0].SubTable[0]
        swap = getattr(swaps, "ExtSubTable", swaps).mapping
        assert len({widths[named[ord(digit)]][0] for digit in "0123456789"}) > 1
        assert len({widths[swap[named[ord(digit)]]][0] for digit in "0123456789"}) == 1
        assert len({widths[swap[named[ord(mark)]]][0] for mark in ".,"}) == 1


@pytest.mark.parametrize("style", ["Regular", "Italic", "Bold", "BoldItalic"])
def test_paper_is_set_in_a_font_with_every_vietnamese_letter(style: str) -> None:
    known = TTFont(assets.FONTS / f"Tinos-{style}.ttf").getBestCmap()
    assert [letter for letter in VIETNAMESE + VIETNAMESE.upper() if ord(letter) not in known] == []


def test_the_font_faces_cover_vietnamese_and_name_files_that_are_there() -> None:
    css = (assets.VENDOR / "fonts.css").read_text(encoding="utf-8")
    assert all((assets.VENDOR / name).is_file() for name in re.findall(r'url\("([^"]+)"\)', css))
    ranges = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", css)
    covered = [range(int(first, 16), int(last or first, 16) + 1) for first, last in ranges]
    letters = VIETNAMESE + VIETNAMESE.upper()
    assert [letter for letter in letters if not any(ord(letter) in part for part in covered)] == []


@pytest.mark.parametrize("weight", assets.WEIGHTS)
def test_a_page_in_vietnamese_needs_no_letter_beyond_the_two_small_fonts(weight: str) -> None:
    known: set[int] = set()
    for part in ("core", "vietnamese"):
        known |= TTFont(assets.VENDOR / f"be-vietnam-pro-{part}-{weight}.woff").getBestCmap().keys()
    said = VIETNAMESE + VIETNAMESE.upper() + string.ascii_letters + string.digits + "«»“”–—…·›×"
    assert [letter for letter in said if ord(letter) not in known] == []


def test_what_a_page_loads_leaves_room_within_250_kilobytes() -> None:
    fonts = ["*-core-*.woff", "*-vietnamese-*.woff", "inter-*.woff", "fonts.css"]
    shared = ["htmx.min.js", "hx-*.min.js", *fonts, "icons.svg"]
    loaded = sum(file.stat().st_size for pattern in shared for file in assets.VENDOR.glob(pattern))
    assert loaded < 110_000


def test_the_text_is_set_in_the_faces_that_are_fetched() -> None:
    faces = set(re.findall(r'font-family:"([^"]+)"', (assets.VENDOR / "fonts.css").read_text(encoding="utf-8")))
    said = re.search(r"--text: ([^;]+);", (assets.HOUSE / "api/static/css/tokens.css").read_text(encoding="utf-8"))
    assert said and set(re.findall(r'"([^"]+)"', said[1])) == faces


def test_each_folder_carries_the_licences_of_what_it_holds() -> None:
    served = (assets.VENDOR / "LICENSES.txt").read_text(encoding="utf-8")
    assert all(f"\n{name} " in served for name in ("htmx.org", "@tabler/icons", "@fontsource/inter"))
    assert "SIL OPEN FONT LICENSE" in (assets.FONTS / "LICENSES.txt").read_text(encoding="utf-8").upper()


def test_a_fetch_that_breaks_says_what_to_do_and_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (vendor := tmp_path / "vendor").mkdir()
    (vendor / "old.js").write_text("here before")
    monkeypatch.setattr(assets, "VENDOR", vendor)
    monkeypatch.setattr(assets, "FONTS", tmp_path / "fonts")
    # A program that fails as npm does without a network.
    broken = [sys.executable, "-c", "import sys; sys.exit('npm error code ECONNREFUSED')"]
    monkeypatch.setattr(assets, "_npm", lambda: broken)
    with pytest.raises(assets.AssetsNotFetched, match=r"ECONNREFUSED\. Check the network.*then run make again"):
        assets.fetch()
    assert [path.name for path in tmp_path.iterdir()] == ["vendor"]
    assert [path.name for path in vendor.iterdir()] == ["old.js"]


def test_the_browser_is_found_or_the_remedy_is_said() -> None:
    command = [sys.executable, "-m", "tests.browser.chromium"]
    said = subprocess.run(command, cwd=assets.HOUSE, capture_output=True, text=True, check=True).stdout
    assert said.startswith("Browser: /") and said.count("\n") == 1
