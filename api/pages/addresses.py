"""The address of a page whose every choice is a part of it, so that a link shows the same to whoever may see it."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    T = TypeVar("T", bound=DataclassInstance)


def query(asked: "DataclassInstance", names: Mapping[str, str]) -> str:
    """What is asked, with its «?», each part by its name in the address; "" where all is as usual."""
    usual = {one.name: one.default for one in fields(asked)}
    told = {name: value for part, name in names.items() if (value := getattr(asked, part)) not in (usual[part], "")}
    return f"?{urlencode(told, doseq=True)}" if told else ""


def changed(asked: "T", first: Mapping[str, object], changes: Mapping[str, object]) -> "T":
    """The same with something else asked; it begins at its `first` page unless a page is among the changes."""
    others: dict[str, Any] = {**first, **changes}
    return replace(asked, **others)
