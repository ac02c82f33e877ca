"""What comes back in order."""

from __future__ import annotations

from typing import Any

from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.sign.fields import SigSeedSubFilter

from documents.signing.names import OFFICER
from tests.documents.signing.hostile.case import Make, Stamper, generic, picture, to_field


def _with_a_hand(writer: Any) -> None:
    """A small picture of the officer's hand, as a plug-in draws it."""
    made = writer.add_object(picture(b"0 0 1 RG 10 10 m 90 60 l 170 12 l S"))
    to_field(OFFICER, AP=generic.DictionaryObject({pdf_name("/N"): made}))(writer)


GENUINE: dict[str, Make] = {
    "with a picture of his hand": lambda case: case.signed(_with_a_hand),
    "P-256": lambda case: case.signed(),
    "P-256 with a time stamp": lambda case: case.signed(stamper=Stamper(case.others["tsa"], case.at)),
    "as older plug-ins sign (adbe.pkcs7.detached)": lambda case: case.signed(
        subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    ),
    "SHA-384": lambda case: case.signed(md="sha384"),
    "SHA-512 with a time stamp": lambda case: case.signed(md="sha512", stamper=Stamper(case.others["tsa"], case.at)),
}
