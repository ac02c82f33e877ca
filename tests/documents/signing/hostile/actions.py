"""Something that acts, hides or is drawn anew by the viewer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyhanko.pdf_utils.generic import pdf_name

from documents.signing.names import OFFICER
from tests.documents.signing.hostile.case import Case, generic, hostile, to_field, to_root


def _script() -> Any:
    return generic.DictionaryObject({pdf_name("/S"): pdf_name("/JavaScript"),
                                     pdf_name("/JS"): generic.TextStringObject("app.alert('x')")})  # fmt: skip


def _names(kind: str) -> Callable[[Any], Any]:
    def made(writer: Any) -> Any:
        entries = generic.ArrayObject([generic.TextStringObject("x"), writer.add_object(_script())])
        tree = generic.DictionaryObject({pdf_name("/Names"): entries})
        return generic.DictionaryObject({pdf_name(kind): tree})

    return made


@hostile
def a_script(case: Case) -> bytes:
    return case.signed(to_root("/Names", _names("/JavaScript")))


@hostile
def an_embedded_file(case: Case) -> bytes:
    return case.signed(to_root("/Names", _names("/EmbeddedFiles")))


@hostile
def an_action_on_opening(case: Case) -> bytes:
    return case.signed(to_root("/OpenAction", lambda _: _script()))


@hostile
def actions_of_the_document(case: Case) -> bytes:
    return case.signed(to_root("/AA", lambda _: generic.DictionaryObject({pdf_name("/WP"): _script()})))


@hostile
def layers_that_hide(case: Case) -> bytes:
    return case.signed(to_root("/OCProperties", lambda _: generic.DictionaryObject()))


@hostile
def an_action_on_the_field(case: Case) -> bytes:
    return case.signed(to_field(OFFICER, AA=generic.DictionaryObject({pdf_name("/E"): _script()})))


def _to_form(name: str, value: Any) -> Callable[[Any], None]:
    def change(writer: Any) -> None:
        form = writer.root["/AcroForm"]
        form[pdf_name(name)] = value
        writer.update_container(form)

    return change


@hostile
def a_form_in_xfa(case: Case) -> bytes:
    return case.signed(_to_form("/XFA", generic.TextStringObject("<xdp/>")))


@hostile
def pictures_of_fields_made_anew_by_the_viewer(case: Case) -> bytes:
    return case.signed(late=_to_form("/NeedAppearances", generic.BooleanObject(True)))
