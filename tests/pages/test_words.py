"""Every sentence of the pages is there in both languages, with the same places for what is filled in."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Catalog

from api.pages import catalogue
from api.pages.language import translations
from tests.http_world import Api

FILLED = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}")
VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
# Names and words of the field that an English sentence keeps.
KEPT = re.compile(
    r"Đôn Đốc|Phường Sa Huỳnh|Trường Sa|Hoàng Sa|Đà Nẵng|Khánh Hòa|Tiếng Việt|«[^»]*»|\([^)]*\)|Ngãi|Lắk|Nghị định"
)


@pytest.fixture(scope="module")
def gathered() -> dict[str, Catalog]:
    return {language: catalogue.updated(language) for language in ("en", "vi")}


@pytest.mark.parametrize("language", ["en", "vi"])
def test_no_sentence_waits_for_its_translation(gathered: dict[str, Catalog], language: str) -> None:
    assert len(gathered[language]) > 150
    assert catalogue.untranslated(gathered[language]) == []


@pytest.mark.parametrize("language", ["en", "vi"])
def test_what_is_filled_in_has_its_place_in_the_translation(gathered: dict[str, Catalog], language: str) -> None:
    for one in gathered[language]:
        ids = one.id if isinstance(one.id, (tuple, list)) else (one.id,)
        said = one.string if isinstance(one.string, (tuple, list)) else (one.string,)
        assert not any("\t" in words for words in said if words), ids[0]
        # The singular may leave the number out: «one unit reminded».
        if any(said):
            assert set(FILLED.findall(str(said[-1]))) == set(FILLED.findall(ids[-1])), ids[0]
            assert set(FILLED.findall(str(said[0]))) <= set(FILLED.findall(ids[-1])), ids[0]


def test_english_is_english(gathered: dict[str, Catalog]) -> None:
    for one in gathered["en"]:
        for sentence in one.string if isinstance(one.string, (tuple, list)) else (one.string,):
            assert not VIETNAMESE.search(KEPT.sub("", str(sentence or ""))), one.id


def test_a_page_is_all_in_the_language_that_was_chosen(api: Api) -> None:
    drafter = api.as_("Phường Một", "drafter")
    for language, name, other in (("vi", "Hôm nay", "Today"), ("en", "Today", "Hôm nay")):
        page = drafter.say("GET", "/", headers={"Accept": "text/html", "Accept-Language": language}).text
        assert f'<html lang="{language}"' in page
        assert f">{name}</h1>" in page and other not in page


def test_the_rail_says_the_plural_where_a_column_says_the_singular(api: Api) -> None:
    english = {"Accept": "text/html", "Accept-Language": "en"}
    page = api.as_("Phường Một", "drafter").say("GET", "/", headers=english).text
    rail = page.split('id="rail"')[1].split("</nav>")[0]
    assert all(f"{name}</a>" in rail for name in ("Plans", "Units", "Forms"))
    assert translations("en").gettext("Kế hoạch") == "Plan"


def test_a_sentence_without_a_translation_is_said_as_it_is_written() -> None:
    english = translations("en")
    assert english.gettext("Hôm nay") == "Today"
    assert english.gettext("chưa ai viết câu này") == "chưa ai viết câu này"
    assert english.ngettext("%(num)s ngày", "%(num)s ngày", 1) % {"num": 1} == "1 day"
    assert english.ngettext("%(num)s ngày", "%(num)s ngày", 3) % {"num": 3} == "3 days"
