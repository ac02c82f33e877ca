"""What is read back from a PDF: every part of the paper, in its order; and people's text, which is never markup.

The text goes the whole way: typed into a draft, cut, composed, set and read again.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator

import pdfplumber
import pypdfium2 as pdfium
import pytest
from sqlmodel import Session

from documents.writing.composing import compose
from documents.writing.fonts import clean
from documents.writing.laying import annex_label, heads, laid
from documents.writing.letterhead import day_words
from documents.writing.pages import pages_svg
from documents.writing.paper import Block, Paper, Table
from documents.writing.typesetting import to_pdf
from tests.world import DISTRICTS, PROVINCE, World

AN = DISTRICTS[0]
HOSTILE = (
    '#import "@preview/cetz:0.3.0": *', '#read("/etc/passwd")', '#include "../paper.typ"', "#panic(1) #{while true {}}",
    "$x^2$ *đậm* _nghiêng_ `mã`", "```typ #eval(\"1\")```", "\\ \\u{41} // chú thích /* hết */", "= Tiêu đề - mục + số",
    "<sig> @sig @nhãn", "]) #[ ) }", '{"json": "\\u0041"}', "#sys.inputs #link(\"http://127.0.0.1:1/x\")[y]",
    "<b>đậm</b> &amp; {{ 7*7 }} {% raw %} ${7}", "=1+1 +2 @SUM(A1)", "a\u202eb\u2066c\u200fd", "\x07chuông\x1b[31m",
)  # fmt: skip


@pytest.fixture
def there(session: Session) -> World:
    """A plan, a ward's report that was sent and taken up, another ward that is missing."""
    there = World(session)
    there.issue_plan()
    there.at("2026-12-16")
    there.report("Phường Một", 2, 42, 55)
    there.later(hours=2)
    there.consolidate(AN)
    return there


def as_set(pdf: bytes) -> str:
    """All letters in the order in which they are set, which is that of reading, without any space."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        pages = ["".join(letter["text"] for letter in page.chars) for page in document.pages]
    return bare("".join(pages))


def text(pdf: bytes) -> str:
    """All pages' text without page numbers and without any space."""
    with pdfium.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return bare("".join(re.sub(r"^\s*[0-9]{1,3}\s", "", page) for page in pages))


def bare(words: str) -> str:
    """Words as they are compared: places where a line may break do not count."""
    return re.sub(r"[\s\u00a0\u200b\ufffe\u00ad]+", "", words)


def in_order(paper: Paper) -> Iterator[str | list[str]]:
    """Every text of a paper in the order in which it is to be read; a table's heads as a list of their own."""
    yield from filter(None, (paper.parent_line, *paper.issuer_lines))
    yield from ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", f"Số: {paper.number_words}")
    yield from (paper.place, day_words(paper.day, paper.year), paper.type_word, paper.title, paper.answers or "")
    yield from (*paper.bases, *of_blocks(paper.blocks), paper.closing)
    yield from ("Nơi nhận:", *paper.recipients, *paper.signatory.lines, paper.signatory.name)
    for number, annex in enumerate(paper.annexes, 1):
        yield from (annex_label(number, len(paper.annexes)), annex.title.upper(), "(Kèm theo", paper.symbol)
        yield from of_blocks(annex.blocks)


def of_blocks(blocks: Iterable[Block]) -> Iterator[str | list[str]]:
    """The texts of blocks; a table's heads together (merged ones are set with their last row), then its body."""
    for block in blocks:
        if isinstance(block, Table):
            yield [one for line in heads(block) for one, _, _ in line]
            for row in block.rows:
                yield from (*(cell or "" for cell in row.cells), row.words)
        else:
            yield block.text


def assert_says(paper: Paper) -> None:
    """Each text of the paper stands in its PDF after the one before it."""
    found, at = as_set(to_pdf(paper)), 0
    for said in in_order(laid(paper)):
        wanted = [bare(clean(one)) for one in ([said] if isinstance(said, str) else said)]
        places = [found.find(one, at) for one in wanted]
        assert min(places) >= 0, f"«{said}» is missing, or stands before «{found[max(0, at - 60) : at]}»"
        at = max(place + len(one) for place, one in zip(places, wanted, strict=True))


@pytest.mark.parametrize("which", ["plan", "ward", "blank", "district", "province"])
def test_every_part_is_read_back_in_its_order(there: World, which: str) -> None:
    report = there.report_of
    document = {"plan": there.plan, "ward": report("Phường Một"), "blank": report("Phường Ba"),
                "district": report(AN), "province": report(PROVINCE)}[which]  # fmt: skip
    assert_says(compose(there.session, document, None, there.now))


def test_the_parts_are_named_for_those_who_hear_the_paper_read(there: World) -> None:
    data = to_pdf(compose(there.session, there.report_of(AN), None, there.now))
    for mark in (b"<pdfaid:part>2", b"<pdfaid:conformance>A", b"<pdfuaid:part>1", b"/StructTreeRoot", b"/Marked true"):
        assert mark in data
    assert data.count(b"/S/Table") + data.count(b"/S /Table") >= 3
    assert not [mark for mark in (b"/JavaScript", b"/Launch", b"/URI", b"/EmbeddedFile") if mark in data]


@pytest.mark.parametrize("said", HOSTILE)
def test_what_was_typed_is_printed_as_text_from_the_ward_up_to_the_district(there: World, said: str) -> None:
    ward = there.report_of("Phường Hai")
    row = {"table": 1, "row": 2, "label": said, "values": {"1": "1", "2": "1", "3": "1"}}
    texts = {"direction": said, "results": "Đạt.", "difficulties": said, "proposals": f"- {said}"}
    there._save(ward, {"rows": [row], "nil": [2, 3], "texts": texts}, None)
    printed = bare(clean(said))
    made = text(to_pdf(compose(there.session, ward, None, there.now)))
    assert made.count(printed) >= 4
    there.send(ward)
    there.consolidate(AN)
    assert text(to_pdf(compose(there.session, there.report_of(AN), None, there.now))).count(printed.lstrip("-+")) >= 2


def test_a_word_of_ten_thousand_letters_is_set_inside_the_page(there: World) -> None:
    ward, long = there.report_of("Phường Hai"), "x" * 10_000
    there._save(ward, {"texts": {"direction": long, "results": "Đạt."}}, None)
    paper = compose(there.session, ward, None, there.now)
    assert text(to_pdf(paper)).count("x") >= 10_000
    pages = pages_svg(there.session, ward, None, there.now)
    assert not [page for page in pages if "http" in page.replace("http://www.w3.org", "") or "<script" in page]
