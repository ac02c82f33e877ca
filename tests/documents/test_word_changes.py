"""Changes that a Word file still tracks: told by the reader, found by the officer."""

from __future__ import annotations

import io
import zipfile

from documents.checks import of_file
from documents.reading.formats import word
from documents.reading.formats.word_changes import told
from documents.reading.model import Text
from documents.reading.recognising import recognise

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(paragraph: str) -> Text:
    """A Word file of one paragraph."""
    body = f"<w:document {_W}><w:body><w:p>{paragraph}</w:p></w:body></w:document>"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as box:
        box.writestr("[Content_Types].xml", "<Types/>")
        box.writestr("word/document.xml", body)
    return word.read("mau.docx", "0" * 64, data.getvalue())


def run(words: str, tag: str = "t") -> str:
    return f"<w:r><w:{tag}>{words}</w:{tag}></w:r>"


def test_words_put_in_and_taken_out_are_counted_and_the_first_is_quoted() -> None:
    text = read(run("Mở ") + f"<w:del>{run('04', 'delText')}</w:del><w:ins>{run('05')}</w:ins>" + run(" lớp"))
    assert text.lines[0].text == "Mở 05 lớp"
    assert told(text.notes) == told(Text.of(text.as_data()).notes) == (1, 1, "«04» → «05»")
    [found] = [one for one in of_file(recognise(text), text) if one.code == "tracked-changes"]
    assert found.severity.value == "explain" and "«05»" in found.message


def test_a_change_of_format_or_of_a_paragraph_mark_is_none() -> None:
    marked = f"<w:pPr><w:rPr><w:ins/></w:rPr></w:pPr><w:ins>{run('')}</w:ins>{run('Mở 05 lớp')}"
    assert told(read(marked).notes) is None
