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
        """Whether several units did the same."""
        return len(self.changes) > 1


def gathered(changes: Iterable[Change]) -> list[News]:
    """In the order of the newest of each. What is done to a document of one's own always stands by itself."""
    found: dict[tuple[object, ...], list[Change]] = {}
    for one in changes:
        alike = (one.topic, one.action, one.kind, one.title)
        alone = (one.document_id, one.topic, one.action, one.seq, one.at)
        found.setdefault(alone if one.ours else alike, []).append(one)
    return [News(tuple(these)) for these in found.values()]
