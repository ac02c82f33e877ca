"""What somebody typed into the one search box, understood: "36/BC-UBND", "phong tho binh dang gioi 2024"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from states.names import search_form

MOST_WORDS = 12
"""More words than these narrow no search."""


@dataclass(frozen=True)
class Understood:
    """`number` and `symbol` of a sending, a `year`, and bare `words` that are to be found in title or unit's name."""

    number: int | None = None
    symbol: str = ""
    year: int | None = None
    words: tuple[str, ...] = ()


def understand(text: str) -> Understood:
    """Read a search box. A number alone, after «số» or before a symbol is a document's; 1990 to 2099 is a year."""
    tokens = text.split()
    number, symbol, year, words = None, "", None, list[str]()
    for token, before, after in zip(tokens, ["", *tokens], [*tokens[1:], ""], strict=False):
        if found := _NUMBERED.fullmatch(token):
            number, symbol = _small(found[1]), found[2] or ""
        elif _SYMBOL.fullmatch(token):
            symbol = token.strip("/")
        elif _YEAR.fullmatch(token):
            year = int(token)
        elif token.isdecimal() and (len(tokens) == 1 or search_form(before) == "so"):
            number = _small(token)
        elif search_form(token) != "so" or not after[:1].isdecimal():
            words += search_form(token).split()
    return Understood(number, symbol, year, tuple(words[:MOST_WORDS]))


def numbered(text: str) -> tuple[int | None, str]:
    """Number and symbol from "236", "236/BC-UBND" or "/BC-UBND"."""
    number, _, symbol = text.strip().partition("/")
    if not number.isdecimal():  # only a symbol was written
        number, symbol = "", symbol or number
    return (_small(number) if number else None), symbol.strip()


def titles_with(phrase: str, titles: Iterable[str]) -> list[str]:
    """The titles in which a bare phrase begins at the beginning of a word, with or without marks."""
    wanted = re.compile(rf"(?<!\w){re.escape(phrase)}")
    return [title for title in titles if wanted.search(_bare(title))]


def word_of_name(word: str) -> str:
    """A pattern for a word that begins in a bare name (``' ' || search_key LIKE …``)."""
    return f"% {_literal(word)}%"


def symbol_pattern(symbol: str) -> str | None:
    """A pattern for a symbol in small letters; None where there is none."""
    return f"{_literal(symbol.lower())}%" if symbol else None


@lru_cache(maxsize=20_000)
def _bare(title: str) -> str:
    return search_form(title)


def _literal(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)


def _small(number: str) -> int:
    return min(int(number), 2**31 - 1)


_NUMBERED = re.compile(r"(\d+)/((?!\d*$)[\w./&-]+)?")
_SYMBOL = re.compile(r"/[\w./&-]+|[A-ZĐ]{2,}(?:-[A-ZĐ&]+)+")
_YEAR = re.compile(r"199\d|20\d\d")
