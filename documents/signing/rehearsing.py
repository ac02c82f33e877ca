"""What comes after the officer's signature, done once on a copy: a file that can't be numbered and sealed is refused
while he can still sign anew, and not when the office issues it.
"""

import io
from collections.abc import Sequence
from datetime import datetime

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from documents.signing import fields, pades, pictures
from documents.signing.extension.refusing import no
from documents.signing.names import SEAL
from documents.signing.pades import Evidence
from documents.signing.trust import Means
from documents.signing.validating import Report, validate

_NUMBER = "1"


def rehearse(data: bytes, at: datetime, means: Means, lists: Sequence[bytes], between: Sequence[bytes]) -> None:
    """Number, day and a seal by the system's own key; the result is thrown away. Raises `NotReturnedRight`."""
    try:
        made = _sealed(data, at, means)
    except Exception as error:  # what a hostile file does to a writer can't be foreseen
        raise _stuck() from error
    if not _stands(validate(made, means.roots, at, means.system_roots, lists, between)):
        raise _stuck()


def _sealed(data: bytes, at: datetime, means: Means) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    fields.fill(writer, _NUMBER, at.date())
    return pades.sign(writer, SEAL, means.system, at, Evidence(), pictures.seal("", at, sample=True))


def _stands(report: Report) -> bool:
    officer, seal = report.of("officer"), report.of("seal")
    if officer is None or seal is None or report.number != _NUMBER:
        return False
    return officer.trusted and not officer.changed_after and seal.intact and seal.covers_file


def _stuck() -> Exception:
    return no("không điền được số hoặc không đóng được dấu lên tệp này (it could not be numbered or sealed).")
