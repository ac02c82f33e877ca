"""Jinja2 as every message uses it: what is not given is an error, and HTML is escaped by its file's name."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, select_autoescape


def render(file: str, /, **context: Any) -> str:
    """A template file's text."""
    return _environment().get_template(file).render(**context)


def say(sentence: str, /, **context: Any) -> str:
    """One plain sentence, with its first letter large."""
    text = _compiled(sentence).render(**context)
    return text[:1].upper() + text[1:]


@cache
def _compiled(sentence: str) -> Template:
    return _environment().from_string(sentence)


@cache
def _environment() -> Environment:
    escaped = select_autoescape(enabled_extensions=("html.j2",), default_for_string=False)
    return Environment(loader=PackageLoader("notifications", "templates"), autoescape=escaped,
                       undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)  # fmt: skip
