"""Changes that a Word file still tracks (theo dõi sửa đổi): nobody accepted or refused them before it went out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from documents.reading.folding import squeeze
from states.sentences import Sentence

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def tracked(body: Any) -> Sentence | None:
    """What is told of the changes of words in the body; None where there are none. Changes of format are not told."""
    added, dropped = ([squeeze(words) for words in _words(body, *tags)] for tags in (_IN, _OUT))
    if not added and not dropped:
        return None
    first = f"{_first(dropped)} → {_first(added)}".strip()
    return Sentence(
        "còn {added} chỗ thêm, {dropped} chỗ bỏ đang theo dõi sửa đổi (Track Changes), đầu tiên: {first}; chữ thêm được"
        " đọc, chữ bỏ thì không", added=len(added), dropped=len(dropped), first=first,
    )  # fmt: skip


def told(notes: Sequence[Sentence]) -> tuple[int, int, str] | None:
    """What `tracked` said, found again among a file's notes: how many put in, how many taken out, the first."""
    one = next((note for note in notes if note.fields.keys() == {"added", "dropped", "first"}), None)
    return None if one is None else (int(one.fields["added"]), int(one.fields["dropped"]), str(one.fields["first"]))


def _first(words: list[str]) -> str:
    return f"«{words[0][:60]}»" if words else ""


_IN = ("ins", "moveTo", "t")
_OUT = ("del", "moveFrom", "delText")


def _words(body: Any, change: str, moved: str, text: str) -> Iterator[str]:
    """The words of each change; of one within another only the outer."""
    for node in body.iter(f"{_W}{change}", f"{_W}{moved}"):
        told = "".join(one.text or "" for one in node.iter(f"{_W}{text}", f"{_W}t"))
        if told.strip() and next(node.iterancestors(node.tag), None) is None:
            yield told
