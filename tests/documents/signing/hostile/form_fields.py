"""Fields filled in, moved, added, taken away, or hidden."""

from __future__ import annotations

from typing import Any

from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.sign.fields import SigFieldSpec

from documents.signing.names import OFFICER, SEAL, SYSTEM
from tests.documents.signing.hostile.case import Case, field_of, generic, hostile, picture, to_field


@hostile
def the_number_filled_in(case: Case) -> bytes:
    return case.signed(to_field("So", V=generic.TextStringObject("99")))


@hostile
def another_picture_of_the_day(case: Case) -> bytes:
    def change(writer: Any) -> None:
        made = writer.add_object(picture(b"", (0, 0, 100, 20)))
        to_field("Ngay", AP=generic.DictionaryObject({pdf_name("/N"): made}))(writer)

    return case.signed(change)


@hostile
def the_picture_of_the_number_overwritten(case: Case) -> bytes:
    def change(writer: Any) -> None:
        picture = field_of(writer, "So")["/AP"].raw_get("/N")
        stream = picture.get_object()
        stream._data, stream._encoded_data = b"0 0 10 10 re f", None
        stream.pop("/Filter", None)
        writer.mark_update(picture.reference)

    return case.signed(change)


@hostile
def the_seals_field_signed(case: Case) -> bytes:
    return case.signed(name=SEAL)


@hostile
def a_field_of_his_own_signed(case: Case) -> bytes:
    return case.signed(name="Khac", new=SigFieldSpec("Khac", on_page=0, box=(10, 10, 200, 60)))


@hostile
def signed_twice(case: Case) -> bytes:
    return case.signed(data=case.signed(), name=SEAL)


@hostile
def the_field_moved(case: Case) -> bytes:
    box = generic.ArrayObject(generic.NumberObject(x) for x in (0, 0, 595, 842))
    return case.signed(to_field(OFFICER, Rect=box))


@hostile
def the_systems_certification_taken_away(case: Case) -> bytes:
    def change(writer: Any) -> None:
        found = field_of(writer, SYSTEM)
        del found["/V"]
        writer.update_container(found)

    return case.signed(change)


@hostile
def the_systems_certification_overwritten(case: Case) -> bytes:
    def change(writer: Any) -> None:
        value = field_of(writer, SYSTEM).raw_get("/V")
        value.get_object()[pdf_name("/Name")] = generic.TextStringObject("x")
        writer.mark_update(value.reference)

    return case.signed(change)


@hostile
def the_signature_hidden(case: Case) -> bytes:
    return case.signed(to_field(OFFICER, F=generic.NumberObject(2)))
