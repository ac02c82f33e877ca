"""The one family of errors: every refusal and failure the program tells people about.

Each class's docstring is its message for people: name the place and the remedy, and use
``{named}`` fields for what is only known when it is raised.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import ClassVar

from states.sentences import in_words, said


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a refusal: the place it concerns, what is wrong there, and the remedy."""

    place: str
    message: str
    remedy: str = ""

    def said(self, translate: Callable[[str], str]) -> Reason:
        """The reason in another language (see `states.sentences`)."""
        return Reason(*(said(words, translate) for words in (self.place, self.message, self.remedy)))


class DonDocError(Exception):
    """Something went wrong in Đôn Đốc."""

    status: ClassVar[int] = 400
    """The HTTP status the API answers with."""
    exit_code: ClassVar[int] = 1
    """What the command line ends with."""

    def __init__(self, message: str | None = None, *, reasons: Sequence[Reason] = (), **fields: object) -> None:
        """Fill the class's docstring (or `message`) with `fields`; a missing field shows as its name."""
        self.fields: dict[str, object] = fields
        self.reasons: tuple[Reason, ...] = tuple(reasons)
        self.text = message if message is not None else self._first_paragraph()
        self._filled = message is None or bool(fields)
        self.message = self.said(str)
        super().__init__(self.message)

    def said(self, translate: Callable[[str], str]) -> str:
        """The message in another language: `translate` is given the sentence before its fields are filled in."""
        text = translate(self.text)
        return _Lenient().vformat(text, (), in_words(self.fields, translate)) if self._filled else text

    @property
    def code(self) -> str:
        """The class's name in kebab case: `StalePeriod` is `stale-period`."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", type(self).__name__).lower()

    @classmethod
    def _first_paragraph(cls) -> str:
        # A subclass without a docstring of its own speaks with its parent's.
        doc = next((c.__doc__ for c in cls.__mro__ if c.__doc__), "")
        return " ".join((doc or "").split("\n\n")[0].split())


class NotFound(DonDocError):
    """{what} was not found: check its number or name, or list what there is first."""

    status = 404


class Refused(DonDocError):
    """You may not {act}: {why}."""

    status = 403


class Conflict(DonDocError):
    """{what} has changed since you read it: read it again, then repeat your act."""

    status = 409

    def __init__(
        self,
        message: str | None = None,
        *,
        present: object = None,
        reasons: Sequence[Reason] = (),
        **fields: object,
    ) -> None:
        """Carry `present`, the state as it is now, so that the caller can show it."""
        self.present = present
        super().__init__(message, reasons=reasons, present=present, **fields)


class Invalid(DonDocError):
    """{what} cannot be taken as it is: see the reasons, correct each one, then send it again."""

    status = 422
    exit_code = 1


class StartupError(DonDocError):
    """Đôn Đốc cannot start: {why}."""

    status = 503
    exit_code = 2


class _Lenient(Formatter):
    """Formats what it is given and leaves an unknown field's name in place of failing."""

    def get_value(self, key: int | str, args: Sequence[object], kwargs: object) -> object:
        assert isinstance(kwargs, dict)
        return kwargs.get(key, str(key))
