"""Words of a PDF's page from its letters: by where the pen stood, not by the boxes of the fonts.

A font that lacks Vietnamese letters lends them from another, whose letters hang lower, and slanted ones reach over
their neighbours: by their boxes "CHỦ TỊCH" falls apart and "Nơi nhận" runs together. The pen's origin and advance are
the same for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_UNDER, _OVER = 0.22, 0.78
"""Of a letter's size, below and above its baseline."""
_LEVEL = 0.25
"""Baselines nearer than this share of the size are of one line (a raised footnote mark is not far off either)."""
_APART = 0.12
"""A gap wider than this share of the size parts two words where no blank was written."""
_TWICE = 0.08
"""The same letter again within this share of its size: a bold face made by printing twice."""
_NO_WIDTH = 0.02


def put_right(page: Any) -> None:
    """Give every letter the box of its pen: from origin to origin, around its baseline."""
    if getattr(page, "rotation", 0):
        return
    for one in page.chars:
        matrix = one.get("matrix")
        if not one["upright"] or not matrix or matrix[1] or not one.get("adv"):
            continue
        baseline = one["bottom"] + one["y0"] - matrix[5]
        one["top"], one["bottom"] = baseline - _OVER * one["size"], baseline + _UNDER * one["size"]
        if matrix[2] and matrix[0] > 0:  # slanted: its box is wider than its advance
            one["x0"], one["x1"] = matrix[4], matrix[4] + one["adv"] * matrix[0]


def words(page: Any) -> list[dict[str, Any]]:
    """The page's words: text, x0, x1, top, bottom, fontname; letters of several fonts may make one word."""
    return [word for row in _rows(page.chars) for word in _words(row)]


def _rows(letters: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Letters of one baseline, from left to right."""
    row: list[dict[str, Any]] = []
    for one in sorted(letters, key=lambda letter: (letter["bottom"], letter["x0"])):
        if row and one["bottom"] - row[0]["bottom"] > _LEVEL * max(row[0]["size"], one["size"]):
            yield sorted(row, key=lambda letter: letter["x0"])
            row = []
        row.append(one)
    if row:
        yield sorted(row, key=lambda letter: letter["x0"])


def _words(row: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    word: list[dict[str, Any]] = []
    for one in row:
        if not one["text"].strip():
            if word:
                yield _word(word)
            word = []
            continue
        if word and (_same(word[-1], one) or _is_shadow(word, one)):
            continue
        if word and one["x0"] - word[-1]["x1"] > _APART * one["size"]:
            yield _word(word)
            word = []
        word.append(one)
    if word:
        yield _word(word)


def _same(before: dict[str, Any], one: dict[str, Any]) -> bool:
    near = abs(one["x0"] - before["x0"]) < _TWICE * one["size"]
    return near and bool(one["text"] == before["text"])


def _is_shadow(word: list[dict[str, Any]], one: dict[str, Any]) -> bool:
    """A mark painted apart from its letter, both told as the whole letter: without a width, beside the same letter."""
    none = one["x1"] - one["x0"] < _NO_WIDTH * one["size"]
    return bool(none and one["text"].isalpha() and one["text"] in (letter["text"] for letter in word[-2:]))


def _word(letters: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "text": "".join(one["text"] for one in letters), "x0": letters[0]["x0"], "x1": letters[-1]["x1"],
        "top": min(one["top"] for one in letters), "bottom": max(one["bottom"] for one in letters),
        "fontname": letters[0]["fontname"],
    }  # fmt: skip
