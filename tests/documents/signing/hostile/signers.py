"""Somebody else's signature, a weak one, or one at another time."""

from __future__ import annotations

import io
from datetime import timedelta

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfTimeStamper

from documents.signing.names import OFFICER
from tests.documents.signing.hostile.case import HOSTILE, Case, Make, Stamper, hostile


def _by(name: str) -> Make:
    return lambda case: case.signed(key=case.others[name])


for _name in ("another officer's certificate", "the same name, signed by himself", "the office's seal as an officer",
              "the system's own key"):  # fmt: skip
    HOSTILE[_name] = _by(_name)


@hostile
def weak_digest_sha1(case: Case) -> bytes:
    return case.signed(md="sha1", key=case.others["rsa"])


@hostile
def weak_digest_md5(case: Case) -> bytes:
    return case.signed(md="md5", key=case.others["rsa"])


@hostile
def a_stamp_of_nobody(case: Case) -> bytes:
    return case.signed(stamper=Stamper(case.others["a stamp of nobody"], case.at))


@hostile
def a_stamp_only(case: Case) -> bytes:
    stamper = PdfTimeStamper(Stamper(case.others["tsa"], case.at), field_name=OFFICER)
    writer = IncrementalPdfFileWriter(io.BytesIO(case.served))
    return bytes(stamper.timestamp_pdf(writer, "sha256").getvalue())


@hostile
def signed_a_year_ago(case: Case) -> bytes:
    return case.signed(at=case.at - timedelta(days=365))


@hostile
def stamped_a_year_from_now(case: Case) -> bytes:
    return case.signed(stamper=Stamper(case.others["tsa"], case.at + timedelta(days=365)))
