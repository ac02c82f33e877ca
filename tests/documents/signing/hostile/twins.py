"""Fields by other objects: the form names new ones, the page keeps the old; number and day go where nobody looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyhanko.pdf_utils.generic import pdf_name

from documents.signing.names import DATE, NUMBER, OFFICER, SEAL
from tests.documents.signing.hostile.case import HOSTILE, Case, Make, generic, hostile

Fields = Callable[[Any, list[Any]], list[Any]]


def _form(fields: Fields) -> Callable[[Any], None]:
    def change(writer: Any) -> None:
        form = writer.root["/AcroForm"]
        old = [form["/Fields"].raw_get(one) for one in range(len(form["/Fields"]))]
        form[pdf_name("/Fields")] = generic.ArrayObject(fields(writer, old))
        writer.update_container(form)

    return change


def _twin(*names: str) -> Callable[[Any], None]:
    def twins(writer: Any, old: list[Any]) -> list[Any]:
        return [_copy(writer, one.get_object()) if one.get_object()["/T"] in names else one for one in old]

    return _form(twins)


def _by_twins(*names: str) -> Make:
    return lambda case: case.signed(_twin(*names))


def _copy(writer: Any, field: Any) -> Any:
    return writer.add_object(generic.DictionaryObject({key: field.raw_get(key) for key in field}))


for _name, _whose in {"the number's": (NUMBER,), "the number's and the day's": (NUMBER, DATE),
                      "the seal's": (SEAL,), "the officer's own": (OFFICER,)}.items():  # fmt: skip
    HOSTILE[f"{_name} field by a twin"] = _by_twins(*_whose)


@hostile
def the_fields_in_another_order(case: Case) -> bytes:
    return case.signed(_form(lambda _, old: old[::-1]))


@hostile
def a_field_listed_twice(case: Case) -> bytes:
    return case.signed(_form(lambda _, old: [*old, old[0]]))
