"""Sentences that can be said in another language: each keeps its pattern and what fills it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

LANGUAGE = "vi"
"""A sentence that each catalogue translates to the name of its own language."""


def said(words: str, translate: Callable[[str], str]) -> str:
    """The words in another language; a plain `str` without fields is its own pattern."""
    return words.said(translate) if isinstance(words, Sentence | InBoth) else translate(words)


class Sentence(str):
    """A Vietnamese sentence (câu): to everybody a `str`, to a translator the pattern with its named fields.

    `Sentence("hạn muộn hơn hạn của cấp {level}", level="province")`. Names, numbers and what people wrote stay as
    they are; a field that is a sentence or an error of ours is translated with it.
    """

    pattern: str
    fields: dict[str, Any]

    def __new__(cls, pattern: str, **fields: Any) -> Sentence:
        """The sentence in Vietnamese, filled in."""
        made = super().__new__(cls, pattern.format(**fields))
        made.pattern, made.fields = pattern, fields
        return made

    def said(self, translate: Callable[[str], str]) -> str:
        """The sentence as `translate` gives its pattern, filled in."""
        return translate(self.pattern).format(**in_words(self.fields, translate))


class InBoth(str):
    """Words that were written in both languages at once, as a finding's are (documents.checks)."""

    english: str

    def __new__(cls, vietnamese: str, english: str) -> InBoth:
        """The Vietnamese words, which know the English ones; without those they stay as they are."""
        made = super().__new__(cls, vietnamese)
        made.english = english or vietnamese
        return made

    def said(self, translate: Callable[[str], str]) -> str:
        """The words in the language that `translate` translates to."""
        return self.english if translate(LANGUAGE) == "en" else str(self)


def in_words(fields: dict[str, Any], translate: Callable[[str], str]) -> dict[str, Any]:
    """Fields with each one that can be said in another language said in it."""
    return {name: value.said(translate) if hasattr(value, "said") else value for name, value in fields.items()}
