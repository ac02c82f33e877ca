"""Templates and how they are rendered: one environment per language, everything escaped, nothing undefined.

A page knows its shell (`Visit`); an error page may have none, when there is no database to ask.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from api.pages import formats, vocabulary
from api.pages.language import LANGUAGES, translations
from api.pages.static import address


def html(template: str, language: str, status: int = 200, headers: Mapping[str, str] | None = None, /,
         **facts: Any) -> HTMLResponse:  # fmt: skip
    """A page or a part of one; no copy of it stays behind on a machine that others use after us."""
    kept = {"Cache-Control": "private, no-store", **(headers or {})}
    return HTMLResponse(text(template, language, **facts), status, headers=kept)


def text(template: str, language: str, /, **facts: Any) -> str:
    """The rendered template itself, for what is sent in pieces (SSE)."""
    return environment(language).get_template(template).render(facts)


@cache
def environment(language: str) -> Environment:
    """The environment of one language."""
    made = Environment(
        loader=PackageLoader("api", "templates"), autoescape=select_autoescape(("html", "svg"), default=True),
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"],
        auto_reload=False,  # else the age of some twenty files is looked at for each page
    )  # fmt: skip
    catalogue = translations(language)
    # By its functions: handed the catalogue itself, jinja2 would ask for `ugettext`, which babel aliases to nothing.
    made.install_gettext_callables(catalogue.gettext, catalogue.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(formats.filters(language, catalogue.gettext))
    made.globals.update(language=language, languages=LANGUAGES, asset=address, **vocabulary.words(catalogue.gettext))
    return made
