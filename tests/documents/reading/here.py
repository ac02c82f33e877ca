"""Files read in this process: one of its own for each (see documents.reading.worker) costs a fifth of a second."""

from __future__ import annotations

import hashlib

from documents.reading.formats import pdf, plain, spoilt, word
from documents.reading.formats.kinds import kind_of
from documents.reading.model import Text

READERS = {"docx": word.read, "pdf": pdf.read, "txt": plain.read}


def read_here(name: str, data: bytes) -> Text:
    """What the reading process makes of a file; that it is the same is for test_reading_papers."""
    text = READERS[kind_of(name, data)](name, hashlib.sha256(data).hexdigest(), data)
    return Text.of(spoilt.noted(text).as_data())
