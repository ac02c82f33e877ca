"""What is said beside each field: what can't be read, what the checks found, how a number was read."""

import re
from collections.abc import Callable, Iterable

from api.pages.draft.checks import Mark
from api.pages.draft.form import Said
from api.pages.draft.merge import Flat
from api.pages.draft.post import Heard
from api.pages.draft.sheet import Sheet
from states import sentences

Say = Callable[[str], str]
_PLACE = re.compile(r"^(?:Biểu [0-9]+, [^:]*»(?:, cột [^:]*)?|Table [0-9]+, [^:]*): ")


def said(sheet: Sheet, heard: Heard, marks: Iterable[Mark], base: Flat, say: Say) -> dict[str, tuple[Said, ...]]:
    """The words by the name of the field, the worst first."""
    found: dict[str, list[Said]] = {name: [Said("bad", sentences.said(why, say))] for name, why in heard.unread.items()}
    for mark in marks:
        if mark.code != "unread":
            tone = "note" if mark.explained else mark.severity
            found.setdefault(mark.field, []).append(Said(tone, _short(mark.message)))
    for name, echo in heard.echoes.items():
        typed = sheet.get(name).strip()
        if echo.doubt:
            words = f"{sentences.said(echo.words, say)}. {say(_('Nếu không phải, xin ghi lại.'))}"
            found.setdefault(name, []).append(Said("doubt", words))
        elif not echo.words.endswith(f"» là {typed}") and not _is_stored(name, typed, heard, base):
            found.setdefault(name, []).append(Said("read", sentences.said(echo.words, say)))
    return {name: tuple(words) for name, words in found.items()}


def _is_stored(name: str, typed: str, heard: Heard, base: Flat) -> bool:
    """A figure that stood there already, as we write it ourselves, needs no reading."""
    figure = heard.figures.get(name)
    return figure is not None and figure.vi == typed and figure.canonical in map(str, base.values())


def _short(message: str) -> str:
    """A finding at its own field needs not name the field."""
    return _PLACE.sub("", message)


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence
