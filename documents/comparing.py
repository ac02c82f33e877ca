"""Two contents of one document compared (so sánh): word by word in text, cell by cell in tables, rows added or removed.

Pure: contents in their stored form go in, changes in the order of the form come out; equal contents give none. The
figures of a total are compared as they are stated, the units' words as they were gathered.
"""

from collections.abc import Iterator
from typing import Any

from documents.changes import Change, Part
from documents.comparing_tables import tables
from documents.forms import Content, Form
from documents.word_diff import by_words


def compare(old: Content, new: Content, form: Form | None) -> list[Part]:
    """What differs from the old content to the new one, part by part."""
    parts = [*(tables(old, new, form) if form else ()), *_texts(old, new, form), *_gathered(old, new, form)]
    parts += [*_entries(old, new, "tasks", "Nhiệm vụ"), *_entries(old, new, "assignees", "Phân công")]
    return [part for part in parts if part.changes]


def count(parts: list[Part]) -> int:
    """How many changes there are."""
    return sum(len(part.changes) for part in parts)


def _texts(old: Content, new: Content, form: Form | None) -> Iterator[Part]:
    was, now = _mapping(old, "texts"), _mapping(new, "texts")
    titles = {section.code: section.title for section in form.sections} if form else {}
    for code in dict.fromkeys((*titles, *was, *now)):
        title = titles.get(code, code)
        yield Part(title, tuple(_text(f"texts.{code}", title, was.get(code), now.get(code))))


def _text(place: str, label: str, was: object, now: object) -> Iterator[Change]:
    old, new = str(was or ""), str(now or "")
    if old != new:
        yield Change("text", place, label, "", old, new, pieces=tuple(by_words(old, new)))


def _gathered(old: Content, new: Content, form: Form | None) -> Iterator[Part]:
    """What the units below said, unit by unit."""
    was, now = _mapping(old, "gathered"), _mapping(new, "gathered")
    titles = {section.code: section.title for section in form.sections} if form else {}
    for code in dict.fromkeys((*was, *now)):
        before, after = _by_unit(was.get(code)), _by_unit(now.get(code))
        found = [
            change for unit in dict.fromkeys((*before, *after))
            for change in _text(f"gathered.{code}", unit, before.get(unit), after.get(unit))
        ]  # fmt: skip
        yield Part(f"{titles.get(code, code)}: ý kiến của các đơn vị", tuple(found))


def _by_unit(said: object) -> dict[str, str]:
    entries = said if isinstance(said, list) else []
    return {str(one.get("unit")): str(one.get("text")) for one in entries if isinstance(one, dict)}


def _entries(old: Content, new: Content, name: str, title: str) -> Iterator[Part]:
    """Tasks and assignees of a plan, one after the other, each as one line of words."""
    was, now = (
        [_said(one) for one in content.get(name) or ()] if isinstance(content.get(name), list) else []
        for content in (old, new)
    )
    found = [
        change for at in range(max(len(was), len(now)))
        for change in _text(f"{name}.{at + 1}", f"{title} {at + 1}", *(_at(one, at) for one in (was, now)))
    ]  # fmt: skip
    yield Part(title, tuple(found))


def _at(entries: list[str], at: int) -> str:
    return entries[at] if at < len(entries) else ""


def _said(entry: Any) -> str:
    """An entry in one line; what only the program reads (numbers, codes) is left out."""
    if not isinstance(entry, dict):
        return str(entry)
    words = [_words(value) for key, value in entry.items() if key not in ("number", "group", "code", "unit_id")]
    return "; ".join(word for word in words if word)


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_words(one) for one in value)
    if isinstance(value, dict):
        return _said(value)
    return "đề nghị phối hợp" if value is True else "" if value in (None, False) else str(value)


def _mapping(content: Content, name: str) -> dict[str, Any]:
    found = content.get(name)
    return dict(found) if isinstance(found, dict) else {}
