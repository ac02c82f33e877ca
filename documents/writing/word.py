"""The Word version of a document (bản Word để sửa): the same paper as the PDF of record, for those who go on editing.

docxtpl fills the template (`word_template`) in a sandbox with every value escaped: people's words are text, never
marks of the template and never XML.
"""

import io
import zipfile
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any

import jinja2
from docxtpl import DocxTemplate
from jinja2.nodes import Template
from jinja2.sandbox import SandboxedEnvironment
from sqlmodel import Session

from documents.writing.composing import compose
from documents.writing.fonts import BREAK, clean
from documents.writing.letterhead import House
from documents.writing.paper import Paper
from documents.writing.word_data import filled
from documents.writing.word_styles import LANGUAGE
from documents.writing.word_template import template

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word(
    session: Session, document_id: int, revision_id: int | None, at: datetime, *, office_id: int | None = None,
    house: House | None = None,
) -> bytes:  # fmt: skip
    """The .docx; for the parameters see `compose`. Raises `NoSuchDocument`, `NoSuchRevision`, `FontsMissing`."""
    return to_word(compose(session, document_id, revision_id, at, office_id=office_id, house=house))


def to_word(paper: Paper) -> bytes:
    """The paper as .docx; the same paper gives the same bytes."""
    made = DocxTemplate(io.BytesIO(template()))
    made.render(filled(paper), SANDBOX)
    _say_what_it_is(made.docx.core_properties, paper)
    stream = io.BytesIO()
    made.docx.save(stream)
    return _without_times(stream.getvalue())


class _Sandbox(SandboxedEnvironment):
    """Compiles a text once: body and headers of the template are the same for every paper."""

    def from_string(
        self, source: str | Template, globals: MutableMapping[str, Any] | None = None,
        template_class: type[jinja2.Template] | None = None,
    ) -> jinja2.Template:  # fmt: skip
        """As Jinja does, from what is kept where the text is known."""
        if not isinstance(source, str) or globals or template_class:
            return super().from_string(source, globals, template_class)
        if source not in _COMPILED:
            _COMPILED[source] = super().from_string(source)
        return _COMPILED[source]


def _say_what_it_is(properties: Any, paper: Paper) -> None:
    """Title and issuer, the day of the content; nothing of who pressed the button, on which machine."""
    made_at = paper.as_of.astimezone(UTC).replace(tzinfo=None)
    said = {"title": paper.name[:255], "author": paper.author[:255], "last_modified_by": paper.author[:255]}
    for name, words in said.items():
        setattr(properties, name, _plain(words))
    properties.language, properties.comments, properties.revision = LANGUAGE, "", 1
    properties.created = properties.modified = made_at


def _plain(words: str) -> str:
    return clean(words).replace(BREAK, "")


def _without_times(data: bytes) -> bytes:
    """The same package without the clock of the machine that packed it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as box, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for name in box.namelist():
            out.writestr(zipfile.ZipInfo(name), box.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


_COMPILED: dict[str, jinja2.Template] = {}
SANDBOX = _Sandbox(autoescape=True, undefined=jinja2.StrictUndefined)
"""Where templates are filled: values are escaped, and no template reaches into Python."""
