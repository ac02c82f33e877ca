"""What Word's styles give a run of text that says nothing of its own: its font, and whether it is bold."""

from __future__ import annotations

from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEP = 12
"""Styles may stand on one another; a file that lets them run in a ring is left at this depth."""


class Styles:
    """Looks a run's properties up: its own, its character style, its paragraph's style, what the document sets for all.

    `styles` is the root of `word/styles.xml`, or None where a document has none.
    """

    def __init__(self, styles: Any) -> None:
        self._of: dict[str, Any] = {}
        self._usual, self._all = "", None
        if styles is not None:
            self._of = {str(one.get(f"{_W}styleId")): one for one in styles.iter(f"{_W}style")}
            usual = (key for key, one in self._of.items() if _is_usual(one))
            self._usual = next(usual, "")
            self._all = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")

    def font(self, run: Any, paragraph: Any) -> str:
        """The name of the font; "" where only the document's theme gives one."""
        for properties in self._properties(run, paragraph):
            found = properties.find(f"{_W}rFonts")
            if found is not None and (name := found.get(f"{_W}ascii") or found.get(f"{_W}hAnsi")):
                return str(name)
        return ""

    def is_bold(self, run: Any, paragraph: Any) -> bool:
        """Whether it is bold."""
        for properties in self._properties(run, paragraph):
            found = properties.find(f"{_W}b")
            if found is not None:
                return found.get(f"{_W}val") not in ("0", "false", "none", "off")
        return False

    def _properties(self, run: Any, paragraph: Any) -> list[Any]:
        own = run.find(f"{_W}rPr")
        named = _value(own.find(f"{_W}rStyle")) if own is not None else ""
        styled = _value(paragraph.find(f"{_W}pPr/{_W}pStyle")) or self._usual
        return [one for one in (own, *self._chain(named), *self._chain(styled), self._all) if one is not None]

    def _chain(self, name: str) -> list[Any]:
        found = []
        for _ in range(_DEEP):
            style = self._of.get(name)
            if style is None:
                break
            found.append(style.find(f"{_W}rPr"))
            name = _value(style.find(f"{_W}basedOn"))
        return found


def _is_usual(style: Any) -> bool:
    return style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true", "on")


def _value(node: Any) -> str:
    return "" if node is None else str(node.get(f"{_W}val") or "")
