"""Walking through what a signature brought along: every key of every dictionary must be one of those named."""

from collections.abc import Set
from dataclasses import dataclass, field
from typing import Any

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from documents.signing.extension.refusing import no
from documents.signing.extension.update import Update

_NAMED = frozenset({"/Font", "/XObject", "/ExtGState", "/ColorSpace", "/VRI"})
"""Under these the names are the writer's own."""


@dataclass
class Walk:
    """Through the new objects of an update; `known`: the numbers of what was there before, where it turns back."""

    update: Update
    known: Set[int]
    _seen: set[tuple[int, bool]] = field(default_factory=set)

    @property
    def reached(self) -> set[int]:
        """The numbers of the new objects that it came to."""
        return {number for number, _ in self._seen}

    def through(self, what: str, value: Any, keys: Set[str], *, named: bool = False) -> None:
        """All that hangs on `value`. Raises `NotReturnedRight` for a key that is not among `keys`.

        `named`: the keys of this one dictionary are names of the writer's own.
        """
        if isinstance(value, IndirectObject):
            self._follow(what, value.idnum, keys, named)
        elif isinstance(value, DictionaryObject):
            if not named and (extra := set(value) - keys):
                raise no(f"{what} mang {', '.join(sorted(extra))} (this has no place there).")
            for key in value:
                self.through(what, value.raw_get(key), keys, named=not named and key in _NAMED)
        elif isinstance(value, ArrayObject):
            for one in range(len(value)):
                self.through(what, value.raw_get(one), keys)

    def spare(self, number: int, keys: Set[str]) -> None:
        """A new object that nothing led to; some programs leave such behind."""
        if isinstance(self.update.objects[number], ArrayObject | NameObject | str | bytes):
            raise no("có đối tượng thừa không rõ để làm gì (an object that nothing leads to).")
        self._follow("một đối tượng thừa", number, keys, False)

    def _follow(self, what: str, number: int, keys: Set[str], named: bool) -> None:
        if number in self.known or (number, named) in self._seen:
            return
        if number not in self.update.objects:
            raise no(f"{what} trỏ tới đối tượng {number} không có (it refers to an object that is not there).")
        self._seen.add((number, named))
        self.through(what, self.update.objects[number], keys, named=named)
