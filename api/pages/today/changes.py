"""What changed since the last working morning, the same done by many units told once."""

from collections.abc import Iterable
from dataclasses import dataclass

from states.reading.changes import Change


@dataclass(frozen=True)
class News:
    """One or several changes of one sort, the newest first."""

    changes: tuple[Change, ...]

    @property
    def first(self) -> Change:
        """The newest of them, which tells the moment and the words."""
        return self.changes[0]

    @property
    def many(self) -> bool:
        """Whether the same was done several times."""
        return len(self.changes) > 1

    @property
    def title(self) -> str:
        """The title that all of them have; "" where they differ."""
        return self.first.title if len({one.title for one in self.changes}) == 1 else ""


def gathered(changes: Iterable[Change]) -> list[News]:
    """In the order of the newest of each. What asks for an answer (returned, granted, …) stands by itself where it is
    about a document of one's own."""
    found: dict[tuple[object, ...], list[Change]] = {}
    for one in changes:
        alike = (one.topic, one.action, one.kind, one.ours)
        alone = (one.document_id, one.topic, one.action, one.seq, one.at)
        found.setdefault(alone if one.ours and one.action not in _USUAL else alike, []).append(one)
    return [News(tuple(these)) for these in found.values()]


_USUAL = ("open", "assign", "present", "sign", "submit", "receive", "register", "consolidate")
