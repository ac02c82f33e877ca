"""The languages of the pages: Vietnamese as it is written in the templates, English from a catalogue (gettext).

The message that a template holds is the Vietnamese sentence itself; `api/locale/en.po` gives it in English. What the
errors say in both languages at once is taken apart by `api/locale/vi.po`. Catalogues are read once, when first used.
"""

from collections.abc import Callable
from functools import cache
from importlib import resources

from babel.messages.pofile import read_po
from babel.support import NullTranslations
from fastapi import Request

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
COOKIE = "dondoc-lang"


def chosen(request: Request) -> str:
    """The language that the person chose, else the browser's first that we have, else Vietnamese."""
    kept = request.cookies.get(COOKIE)
    if kept in LANGUAGES:
        return kept
    wanted = (part.split(";")[0].strip()[:2].lower() for part in request.headers.get("accept-language", "").split(","))
    return next((one for one in wanted if one in LANGUAGES), "vi")


def say(language: str) -> Callable[[str], str]:
    """How a sentence is said in that language: the way for words that come from Python."""
    return translations(language).gettext


@cache
def translations(language: str) -> "Catalogue":
    """The catalogue of a language; empty for one without a file: the sentence itself is said then."""
    path = resources.files("api").joinpath("locale", f"{language}.po")
    if not path.is_file():
        return Catalogue({}, {})
    with path.open("rb") as file:
        read = read_po(file, locale=language)
    single: dict[str, str] = {}
    several: dict[str, tuple[str, ...]] = {}
    for message in read:
        if isinstance(message.id, (tuple, list)):
            forms = tuple(message.string or ())
            if all(forms):
                several[message.id[0]] = forms
                single[message.id[0]] = forms[0]
        elif message.id and message.string:
            single[message.id] = str(message.string)
    return Catalogue(single, several)


class Catalogue(NullTranslations):
    """Sentences by sentence; what is missing is said as it is written."""

    def __init__(self, single: dict[str, str], several: dict[str, tuple[str, ...]]) -> None:
        super().__init__()
        self.single, self.several = single, several

    def gettext(self, message: str) -> str:
        """The sentence in this language."""
        return self.single.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The sentence for that many: Vietnamese has one form, English two; one that has no forms is said as it is."""
        forms = self.several.get(msgid1) or (self.gettext(msgid1), self.gettext(msgid2))
        return forms[0] if n == 1 else forms[-1]
