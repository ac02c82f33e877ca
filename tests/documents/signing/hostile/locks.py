"""A signature that forbids what must follow it (number, day, seal), or takes its certification away."""

from __future__ import annotations

from typing import Any

from pyhanko.pdf_utils.generic import pdf_name

from documents.signing.names import OFFICER
from tests.documents.signing.hostile.case import Case, field_of, generic, hostile, to_field, to_root


def _reference(case: Case, method: str, **parameters: Any) -> bytes:
    """Signed with a transform method, which pyHanko writes only where the field asks for it."""

    def late(writer: Any) -> None:
        values = {pdf_name(f"/{key}"): value for key, value in parameters.items()}
        one = generic.DictionaryObject({
            pdf_name("/Type"): pdf_name("/SigRef"), pdf_name("/TransformMethod"): pdf_name(method),
            pdf_name("/TransformParams"): generic.DictionaryObject({pdf_name("/V"): pdf_name("/1.2"), **values}),
        })  # fmt: skip
        field_of(writer, OFFICER)["/V"][pdf_name("/Reference")] = generic.ArrayObject([one])

    return case.signed(late=late)


@hostile
def no_change_allowed_from_here_on(case: Case) -> bytes:
    return _reference(case, "/DocMDP", P=generic.NumberObject(1))


@hostile
def all_fields_locked(case: Case) -> bytes:
    return _reference(case, "/FieldMDP", Action=pdf_name("/All"))


@hostile
def a_lock_in_the_field(case: Case) -> bytes:
    lock = generic.DictionaryObject({pdf_name("/Action"): pdf_name("/All")})
    return case.signed(late=to_field(OFFICER, Lock=lock))


@hostile
def the_certification_out_of_the_catalogue(case: Case) -> bytes:
    return case.signed(to_root("/Perms", lambda _: generic.DictionaryObject()))


@hostile
def the_certification_by_another_object(case: Case) -> bytes:
    def perms(writer: Any) -> Any:
        return generic.DictionaryObject({pdf_name("/DocMDP"): writer.add_object(generic.DictionaryObject())})

    return case.signed(to_root("/Perms", perms))


@hostile
def usage_rights_of_his_own(case: Case) -> bytes:
    def perms(writer: Any) -> Any:
        rights = {pdf_name("/UR3"): writer.add_object(generic.DictionaryObject())}
        return generic.DictionaryObject({**writer.root["/Perms"], **rights})

    return case.signed(to_root("/Perms", perms))
