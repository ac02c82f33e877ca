"""The Word version: the paper's words in the paper's order, and people's text is only text."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import docx
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2.exceptions import SecurityError
from sqlmodel import Session

from documents.writing.composing import compose
from documents.writing.paper import Paper, Paragraph, Signatory, Table
from documents.writing.typesetting import to_pdf
from documents.writing.word import SANDBOX, to_word, word
from tests.documents.sample_papers import SAMPLES, ward_plan, ward_report
from tests.documents.word_files import opened, paragraph_text, part, words_in, words_of
from tests.world import DISTRICTS, World

HOSTILE = (
    "{{ 7 * 7 }}", "{% for x in y %}", "{%p if true %}", "{%tr endfor %}", "{# ẩn #}", "{_{ 1 }_}", "{_% raw %_}",
    "{{p xml }}", "{%- vm -%}", "{{ self.__class__.__mro__ }}", "<w:p/>", "</w:t></w:r>", "&lt;b&gt; & <b>",
    "<!DOCTYPE x>", "<![CDATA[x]]>", "]]>", "&#x41;", "=1+1", "\\{\\}", "{{", "%}", "{%", "}}",
)  # fmt: skip


# ── the same words in the same order: paper, Word, PDF ──────────────────────────────────────────────────────


@pytest.mark.parametrize("name", SAMPLES)
def test_word_and_pdf_say_what_the_paper_says_in_its_order(name: str) -> None:
    paper = SAMPLES[name]()
    said = words_of(paper)
    assert words_in(opened(paper)) == said
    with pdfium.PdfDocument(to_pdf(paper)) as book:
        pages = "".join(page.get_textpage().get_text_range() for page in book)
    seen = tight(pages)
    missing = [one for one in said if tight(one) not in seen]
    assert missing == []


def tight(text: str) -> str:
    return "".join(one for one in text if not one.isspace() and one not in "\u200b\ufffe")


def test_a_report_of_the_database_its_plan_and_a_total_say_the_same(session: Session) -> None:
    there = World(session)
    there.issue_plan()
    there.at("2026-12-17")
    there.report("Phường Một", 2, 42, 55)
    there.at("2026-12-20")
    there.consolidate(DISTRICTS[0])
    for document in (there.plan, there.report_of("Phường Một"), there.report_of(DISTRICTS[0])):
        made = docx.Document(io.BytesIO(word(session, document, None, there.now)))
        said = words_of(compose(session, document, None, there.now))
        assert words_in(made) == said
    assert "chưa gửi báo cáo" in said  # Phường Hai, in its row of the annex


def test_a_draft_says_so_and_leaves_room_for_what_is_not_given() -> None:
    data = to_word(replace(ward_report(), number=None, day=None, notice="DỰ THẢO LẦN 2", watermark="DỰ THẢO"))
    texts = words_in(docx.Document(io.BytesIO(data)))
    assert "Số:/BC-UBND" in texts
    assert "Nhơn Hội, ngày tháng năm 2024" in texts
    headers = [part(data, f"word/header{n}.xml") for n in (1, 2, 3)]
    assert ["DỰ THẢO LẦN 2" in one for one in headers] == [False, True, False]
    assert all('string="DỰ THẢO"' in one for one in headers)
    assert "textpath" not in part(to_word(ward_report()), "word/header1.xml")


def test_a_letter_says_what_it_is_about_and_a_register_is_signed_by_nobody() -> None:
    letter = replace(ward_plan(), kind="letter", title="đôn đốc báo cáo", addressed=("UBND xã Một", "UBND xã Hai"))
    texts = words_in(opened(letter))
    assert texts[texts.index("Số: 45/KH-UBND") + 1] == "V/v đôn đốc báo cáo"
    assert texts[texts.index("Kính gửi:") :][1:3] == ["UBND xã Một", "UBND xã Hai"]
    assert "KẾ HOẠCH" not in texts
    register = replace(ward_report(), kind="record", symbol="", place="", closing="", recipients=(),
                       signatory=Signatory(()), landscape=True)  # fmt: skip
    document = opened(register)
    assert not [one for one in words_in(document) if one.startswith(("Số:", "Nơi nhận:", "Nhơn Hội, ngày"))]
    assert document.sections[0].page_width > document.sections[0].page_height


# ── people's text is data ───────────────────────────────────────────────────────────────────────────────────


def everywhere(said: str) -> Paper:
    """A paper that says this in every place there is."""
    (table, *_) = [replace(block, summary=said) for block in ward_report().blocks if isinstance(block, Table)]
    columns = tuple(replace(one, title=f"{one.title} {said}", group=one.group and said) for one in table.columns)
    rows = tuple(replace(row, cells=(said,) * len(columns)) for row in table.rows)
    return replace(
        ward_report(), parent_line=said, issuer_lines=(said,), symbol=said, place=said, title=said, answers=said,
        bases=(said,), blocks=(Paragraph(said), replace(table, columns=columns, rows=rows)), closing=said,
        signatory=Signatory((said,), said), recipients=(said,), notice=said, watermark=said, author=said,
    )  # fmt: skip


@pytest.mark.parametrize("said", HOSTILE)
def test_marks_of_the_template_and_of_xml_are_printed_as_they_were_written(said: str) -> None:
    paper = everywhere(said)
    data = to_word(paper)
    document = docx.Document(io.BytesIO(data))
    assert words_in(document) == words_of(paper)
    assert document.core_properties.author == said
    assert said in "".join(paragraph_text(one) for one in document.sections[0].first_page_header._element.iter())


def test_templates_are_filled_in_a_sandbox_that_escapes() -> None:
    assert SANDBOX.from_string("{{ x }}").render(x="<w:p/>&") == "&lt;w:p/&gt;&amp;"
    with pytest.raises(SecurityError):
        SANDBOX.from_string("{{ x.__class__.__mro__ }}").render(x="")


def test_characters_that_xml_cannot_hold_and_marks_that_turn_lines_are_left_out() -> None:
    said = "Số nữ \u202e42\u202c người\x00\x01\x0b\x1b\ud800 \u2028\u00adhết \ufffe\U0001f600"
    texts = words_in(docx.Document(io.BytesIO(to_word(everywhere(said)))))
    assert texts.count("Số nữ 42 người hết □□") >= 10


def test_a_very_long_word_is_kept_whole_and_breaks_nothing() -> None:
    texts = words_in(opened(everywhere("W" * 5000)))
    assert texts.count("W" * 5000) >= 10


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=80))
def test_whatever_is_written_makes_a_document_that_opens(said: str) -> None:
    assert words_in(opened(everywhere(said)))


def test_the_same_paper_gives_the_same_bytes_in_every_thread() -> None:
    papers = [replace(ward_report(), number=n % 3 + 1) for n in range(9)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(to_word, papers))
    assert len(set(made)) == 3
    assert all(made[n] == made[n % 3] for n in range(9))
