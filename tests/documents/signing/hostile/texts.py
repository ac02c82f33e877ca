"""The text is changed: before, with or after the signature."""

from __future__ import annotations

from typing import Any

from pyhanko.pdf_utils import writer as pyhanko_writer
from pyhanko.pdf_utils.generic import pdf_name

from tests.documents.signing.hostile.case import Case, generic, hostile


def _page(writer: Any) -> Any:
    return writer.root["/Pages"]["/Kids"][0].get_object()


def swap_text(writer: Any) -> None:
    """The first page says something else."""
    page = _page(writer)
    stream = generic.StreamObject(stream_data=b"BT /F1 20 Tf 100 500 Td (9999) Tj ET")
    page[pdf_name("/Contents")] = writer.add_object(stream)
    writer.update_container(page)


def _overwrite_text(writer: Any) -> None:
    """The very stream of the first page is written anew."""
    contents = _page(writer).raw_get("/Contents")
    stream = contents.get_object()
    if isinstance(stream, list):
        contents = stream[0]
        stream = contents.get_object()
    stream._data = stream.data.replace(b"Tj", b"Tj ", 1)
    stream._encoded_data = None
    writer.mark_update(contents.reference)


def _annotate(writer: Any) -> None:
    """A text over the page."""
    note = generic.DictionaryObject({
        pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name("/FreeText"),
        pdf_name("/Contents"): generic.TextStringObject("9999"), pdf_name("/F"): generic.NumberObject(4),
        pdf_name("/DA"): generic.TextStringObject("/Helv 14 Tf 0 g"),
        pdf_name("/Rect"): generic.ArrayObject(generic.NumberObject(x) for x in (100, 500, 300, 540)),
    })  # fmt: skip
    ref, _ = writer.find_page_for_modification(0)
    writer.register_annotation(ref, writer.add_object(note))


def _append_page(writer: Any) -> None:
    make: Any = pyhanko_writer.PageObject
    page = make(contents=writer.add_object(generic.StreamObject(stream_data=b"")),
                                     media_box=(0, 0, 595, 842))  # fmt: skip
    writer.insert_page(page)


def _swap_fonts(writer: Any) -> None:
    """The same text in a font whose digits are others'."""
    page = _page(writer)
    resources = page["/Resources"]
    fonts = resources["/Font"]
    first = next(iter(fonts))
    fonts[first] = writer.add_object(generic.DictionaryObject({
        pdf_name("/Type"): pdf_name("/Font"), pdf_name("/Subtype"): pdf_name("/Type1"),
        pdf_name("/BaseFont"): pdf_name("/Symbol")}))  # fmt: skip
    writer.update_container(fonts)
    page[pdf_name("/Resources")] = resources
    writer.update_container(page)


@hostile
def text_swapped_before_signing(case: Case) -> bytes:
    return case.signed(data=case.changed(swap_text))


@hostile
def text_swapped_with_the_signature(case: Case) -> bytes:
    return case.signed(swap_text)


@hostile
def text_overwritten_with_the_signature(case: Case) -> bytes:
    return case.signed(_overwrite_text)


@hostile
def text_swapped_after_signing(case: Case) -> bytes:
    return case.changed(swap_text, case.signed())


@hostile
def a_note_with_the_signature(case: Case) -> bytes:
    return case.signed(_annotate)


@hostile
def a_note_before_signing(case: Case) -> bytes:
    return case.signed(data=case.changed(_annotate))


@hostile
def a_note_after_signing(case: Case) -> bytes:
    return case.changed(_annotate, case.signed())


@hostile
def a_page_more(case: Case) -> bytes:
    return case.signed(_append_page)


@hostile
def other_fonts(case: Case) -> bytes:
    return case.signed(_swap_fonts)


@hostile
def a_title_rewritten(case: Case) -> bytes:
    def change(writer: Any) -> None:
        info = writer.trailer.raw_get("/Info")
        info.get_object()[pdf_name("/Title")] = generic.TextStringObject("9999")
        writer.mark_update(info.reference)

    return case.signed(change)
