"""The API's description (OpenAPI) read for people: groups of operations, and the shapes of what goes in and out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.auth import Access
from api.openapi import WHO_MAY

Schema = Mapping[str, Any]
PROBLEM = "Problem"
_SHAPE = "#/components/schemas/"


@dataclass(frozen=True)
class Operation:
    """One thing that the API does; `who_may` names seats, `anyone` is said where all seats or everybody may."""

    id: str
    method: str
    path: str
    group: str
    summary: str
    about: str
    who_may: tuple[str, ...]
    parameters: Sequence[Schema]
    media: str
    body: Schema | None
    answers: tuple[tuple[str, str, Schema | None], ...]

    @property
    def anyone(self) -> str:
        """«public», «signed_in», «office» (whoever holds one), or nothing where the seats must be named."""
        if not self.who_may:
            return "public"
        if self.who_may == ("signed_in",):
            return "signed_in"
        return "office" if set(self.who_may) == {str(seat.name).lower() for seat in Access.OFFICE} else ""


@dataclass(frozen=True)
class Reference:
    """The description, taken apart."""

    version: str
    groups: Mapping[str, tuple[Operation, ...]]
    schemas: Mapping[str, Schema]

    def shapes(self, group: str) -> dict[str, Schema]:
        """The shapes that a group's operations name, and those that these name, in the order they are met."""
        named: dict[str, None] = {}
        for operation in self.groups[group]:
            bodies = [operation.body, *(schema for _, _, schema in operation.answers)]
            for part in (*(one["schema"] for one in operation.parameters), *bodies):
                self._name(part, named)
        return {name: self.schemas[name] for name in named}

    def shape(self, name: str) -> dict[str, Schema]:
        """One shape with those that it names."""
        named: dict[str, None] = {}
        self._name({"$ref": _SHAPE + name}, named)
        return {one: self.schemas[one] for one in named}

    def _name(self, part: Any, named: dict[str, None]) -> None:
        for name in _named(part):
            if name not in named:
                named[name] = None
                self._name(self.schemas[name], named)


def read(description: Mapping[str, Any]) -> Reference:
    """The description for people; groups in the order in which the routes stand."""
    groups: dict[str, tuple[Operation, ...]] = {}
    for path, methods in description["paths"].items():
        for method, said in methods.items():
            one = _operation(path, method, said)
            groups[one.group] = (*groups.get(one.group, ()), one)
    return Reference(description["info"]["version"], groups, description["components"]["schemas"])


def shape_name(reference: str) -> str:
    """The shape's name in a reference to it."""
    return reference.removeprefix(_SHAPE)


def _operation(path: str, method: str, said: Mapping[str, Any]) -> Operation:
    media, body = _content(said.get("requestBody", {}))
    # Refusals have one shape everywhere: it is told once, for all.
    answers = tuple((status, *_content(one)) for status, one in said["responses"].items() if status != "default")
    return Operation(
        said["operationId"], method.upper(), path, said["tags"][0], said["summary"],
        re.sub(r"\s*\n\s*", " ", said.get("description", "")), tuple(said.get(WHO_MAY, ())),
        said.get("parameters", ()), media, body, answers,
    )  # fmt: skip


def _content(said: Mapping[str, Any]) -> tuple[str, Schema | None]:
    return next(((media, one["schema"]) for media, one in said.get("content", {}).items() if "schema" in one),
                ("", None))  # fmt: skip


def _named(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        if isinstance(part.get("$ref"), str):
            yield shape_name(part["$ref"])
        for inner in part.values():
            yield from _named(inner)
    elif isinstance(part, (list, tuple)):
        for inner in part:
            yield from _named(inner)
