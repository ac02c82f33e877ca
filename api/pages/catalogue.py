"""The catalogues of the pages' sentences: gathered from the code, kept in `api/locale`, never edited twice.

`python -m api.pages.catalogue` (make words) gathers what is said and writes it into `en.po` and `vi.po`: new sentences
come in without a translation, gone ones leave, and it says how many wait. The sentences of the pages are Vietnamese,
so `vi.po` holds only what the errors say, which is written in both languages at once.
"""

import ast
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from states.errors import DonDocError
from states.sentences import LANGUAGE

LOCALE = Path(str(resources.files("api"))) / "locale"
_ROOT = Path(str(resources.files("api")))
_METHODS = [("**/templates/**.html", "jinja2.ext.babel_extract")]
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "say": None}
_TELLERS = ("Sentence", "Reason")
_ROOMS = ("states", "documents", "notifications", "workflows", "api")


def main() -> int:
    """Write both catalogues; 1 where a sentence waits for its translation."""
    waiting = 0
    for language in ("en", "vi"):
        found = updated(language)
        buffer = BytesIO()
        write_po(buffer, found, width=0, sort_output=True, omit_header=True, no_location=True)
        LOCALE.mkdir(exist_ok=True)
        (LOCALE / f"{language}.po").write_bytes(buffer.getvalue())
        missing = untranslated(found)
        waiting += len(missing)
        sys.stdout.write(f"{language}.po: {len(found)} sentences, {len(missing)} wait for a translation\n")
    return 1 if waiting else 0


def updated(language: str) -> Catalog:
    """What is said now, with the translations that are there."""
    kept = _kept(language)
    fresh = Catalog(language, header_comment="# Sentences of Đôn Đốc; gathered by make words.", fuzzy=False)
    for sentence in (*(pages() if language == "en" else ()), *errors()):
        before = kept.get(sentence[0] if isinstance(sentence, tuple) else sentence)
        fresh.add(sentence, _as_many(sentence, before.string if before else None))
    return fresh


def _as_many(sentence: str | tuple[str, str], said: object) -> Any:
    """A translation in as many forms as the sentence has: one that is said of several things too keeps its first."""
    forms = _forms(said)
    return (forms if len(forms) == 2 else None) if isinstance(sentence, tuple) else forms[0]


def untranslated(catalogue: Catalog) -> list[str]:
    """The sentences without a translation."""
    return [str(one.id) for one in catalogue if one.id and not all(_forms(one.string))]


def _forms(said: object) -> tuple[object, ...]:
    return tuple(said) if isinstance(said, (tuple, list)) else (said,)


def pages() -> Iterator[str | tuple[str, str]]:
    """The sentences of the templates and of the Python beside them."""
    for _, _, message, *_ in extract_from_dir(_ROOT, _METHODS, keywords=_KEYWORDS, directory_filter=_ours):
        if message and message[0]:
            yield (message[0], message[1]) if isinstance(message, tuple) else message
    for path in sorted(_ROOT.rglob("*.py")):
        yield from _python(path)
    yield LANGUAGE
    for room in _ROOMS:
        for path in sorted((_ROOT.parent / room).rglob("*.py")):
            yield from _told(path)


def _told(path: Path) -> Iterator[str]:
    """What reasons and sentences say, by the syntax of a module; a name without a blank is an address, no word."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _TELLERS:
            for one in node.args:
                if isinstance(one, ast.Constant) and isinstance(one.value, str) and " " in one.value:
                    yield one.value


def _python(path: Path) -> Iterator[str | tuple[str, str]]:
    """The sentences of a module, by its syntax: Babel's own way does not look into f-strings."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        said = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if name == "ngettext" and len(said) == 2:
            yield said[0], said[1]
        elif name in _KEYWORDS and said:
            yield said[0]


def errors() -> Iterator[str]:
    """What each error of the family says, before its fields are filled in."""
    for room in _ROOMS:
        _load(room)
    ours = (one for one in _family(DonDocError) if one.__module__.split(".")[0] in _ROOMS)
    yield from sorted({text for one in ours if (text := one._first_paragraph())})


def _load(room: str) -> None:
    package = importlib.import_module(room)
    for found in pkgutil.walk_packages(package.__path__, f"{room}."):
        # Prefect costs a second, migrations need alembic's context, and a main module runs.
        if not found.name.startswith(("workflows.flows", "states.migrations")) and "__main__" not in found.name:
            importlib.import_module(found.name)


def _family(error: type[DonDocError]) -> Iterator[type[DonDocError]]:
    yield error
    for below in error.__subclasses__():
        yield from _family(below)


def _ours(folder: str) -> bool:
    return Path(folder).name not in ("static", "locale", "__pycache__")


def _kept(language: str) -> Catalog:
    path = LOCALE / f"{language}.po"
    if not path.is_file():
        return Catalog(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


if __name__ == "__main__":
    sys.exit(main())
