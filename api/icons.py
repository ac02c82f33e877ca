"""The icons of the pages (biểu tượng): api/icons.txt names them, one sprite holds their drawings by Tabler.

The check looks for names that templates and modules use and the list lacks: a missing icon is an empty place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

LIST = Path(__file__).resolve().parent / "icons.txt"

# As pages name icons: an address in the sprite, a macro's first or named argument, a status of the vocabulary.
USE = re.compile(
    r"""(?:\#i- | \b(?:icon|empty)\(\s*["'] | \b(?:icon|glyph)=["'] | \bSign\(_\("[^"]*"\),\s*")([a-z0-9][a-z0-9-]*)""",
    re.VERBOSE,
)


class NoSuchIcon(LookupError):
    """The list names an icon that Tabler does not have."""


def names() -> dict[str, str]:
    """The icons of icons.txt: our name to Tabler's."""
    lines = (line.split("#")[0].strip() for line in LIST.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line)
    return {ours.strip(): theirs.strip() or ours.strip() for ours, _, theirs in pairs}


def missing(files: Iterable[Path]) -> dict[str, list[str]]:
    """Icons that templates or modules of pages name and icons.txt lacks: the name to its files."""
    lacking: dict[str, list[str]] = {}
    for file in files:
        for name in sorted(unknown(file.read_text(encoding="utf-8"))):
            lacking.setdefault(name, []).append(file.name)
    return lacking


def unknown(text: str) -> set[str]:
    """The icons that a template, a module or a rendered page names and icons.txt lacks."""
    return {*USE.findall(text)} - names().keys()


def sprite(drawings: Path) -> str:
    """One SVG with a symbol for each icon, from Tabler's folder. Raises `NoSuchIcon`."""
    wanted = names()
    if absent := [theirs for theirs in wanted.values() if not (drawings / f"{theirs}.svg").is_file()]:
        raise NoSuchIcon(f"Tabler has no icon {', '.join(absent)}")
    files = {ours: drawings / f"{theirs}.svg" for ours, theirs in wanted.items()}
    symbols = (_symbol(ours, file.read_text(encoding="utf-8")) for ours, file in files.items())
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{"".join(symbols)}</svg>\n'


def _symbol(name: str, drawing: str) -> str:
    inside = re.sub(r"<!--.*?-->", "", drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")], flags=re.DOTALL)
    # Each drawing begins with an invisible square that keeps its size; the symbol's viewBox does that.
    shapes = "".join(line.strip().replace(" />", "/>") for line in inside.splitlines() if "M0 0h24v24H0z" not in line)
    # Lines that follow one another are one path; how they are drawn is said once, by the class `icon` (components.css).
    shapes = shapes.replace('"/><path d="', "").replace(" -", "-")
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{shapes}</symbol>\n'
