"""What this program writes as Word, it reads back: the same head, text, figures, signer and recipients."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from documents import typed
from documents.filled import figures_of
from documents.forms import form
from documents.reading.files import open_bytes
from documents.reading.incoming import Incoming
from documents.reading.recognising import recognise
from documents.reading.tables import into_form
from documents.writing.composing import compose
from documents.writing.laying import heads, laid
from documents.writing.paper import Heading, Paper, Paragraph, Table
from documents.writing.word import to_word
from states.figures import Figure
from tests.documents.reading.here import read_here
from tests.documents.sample_papers import SAMPLES, ward_report
from tests.world import World


def read_back(paper: Paper) -> Incoming:
    """The paper's Word version as the reader of incoming papers understands it."""
    return recognise(read_here("bao-cao.docx", to_word(paper)))


@pytest.mark.parametrize("name", SAMPLES)
def test_head_bases_signer_and_recipients_come_back(name: str) -> None:
    assert_same_head(SAMPLES[name](), read_back(SAMPLES[name]()))


def assert_same_head(paper: Paper, read: Incoming) -> None:
    """Every field of the head and of the foot, as it was written."""
    said = " ".join(paper.issuer_lines).replace("ỦY BAN NHÂN DÂN", "UBND")
    assert str(read.issuer.value).upper() == said
    assert (read.parent_line.value or "").upper() == (paper.parent_line or "")
    assert (read.number.value, read.symbol.value) == (f"{paper.number:02d}", paper.symbol)
    assert read.place.value == paper.place
    assert read.date.value is not None and read.date.value.full == paper.day
    assert str(read.type_word.value).upper() == paper.type_word
    assert (read.title.value, read.motto) == (paper.title, True)
    signer = read.signer.value
    assert signer.name == paper.signatory.name
    assert str(signer.position).upper() == paper.signatory.lines[-1]
    assert (signer.authority == "KT.") == any(line.startswith("KT.") for line in paper.signatory.lines)
    assert [f"- {one.value}" for one in read.recipients] == [one.rstrip(";.") for one in paper.recipients]
    cited = " ".join((paper.answers or "", *paper.bases))
    codes = [one.value.code for one in read.references if one.value.basis and one.value.number]
    assert codes and all(code in cited for code in codes) if "số " in cited else not codes


@pytest.mark.parametrize("name", SAMPLES)
def test_every_table_comes_back_cell_by_cell(name: str) -> None:
    paper = laid(SAMPLES[name]())
    blocks = [*paper.blocks, *(block for annex in paper.annexes for block in annex.blocks)]
    wanted = [list(rows_of(block)) for block in blocks if isinstance(block, Table)]
    document = open_bytes("a.docx", to_word(SAMPLES[name]()))
    assert [[list(row) for row in grid.rows] for grid in document.grids] == wanted


def rows_of(table: Table) -> Iterator[list[str]]:
    """The table as a square: a merged cell says its words where it begins."""
    width = len(table.columns)
    lines = heads(table)
    yield [text for text, columns, _ in lines[0] for text in (text, *[""] * (columns - 1))]
    for _ in lines[1:]:
        yield [c.title if c.group else "" for c in table.columns]
    for row in table.rows:
        cells = [cell or "" for cell in row.cells] + ([row.words] if row.kind == "gap" else [])
        yield cells + [""] * (width - len(cells))


def test_the_sections_come_back_with_their_text() -> None:
    for name in ("ward", "plan"):
        paper = SAMPLES[name]()
        sections = read_back(paper).sections
        found = [f"{one.mark.rpartition('.')[2]}. {one.title}" for one in sections]
        wanted = [block.text for block in paper.blocks if isinstance(block, Heading)]
        assert [one for one in found if one in wanted] == wanted
        told = " ".join(one.text for one in sections)
        for block in paper.blocks:
            if isinstance(block, Paragraph) and block.text[:2] != "1.":
                assert block.text in told


def test_the_figures_come_back_in_the_form_and_a_gap_is_no_zero() -> None:
    read = read_back(ward_report())
    assert read.form is not None and read.form.value == "action-month/1"
    assert read.filled is not None
    assert read.filled.nil == (3,)
    assert [(row.table, row.label, row.values) for row in read.filled.rows] == [
        (1, "Lễ phát động", {1: "1", 2: "35", 3: "80"}),
        (1, "Tọa đàm với cha mẹ học sinh", {1: "3", 2: "1.204", 3: "trên 960"}),
        (1, "Kiểm tra, giám sát", {1: "2"}),
        (2, "Phát thanh trên loa truyền thanh", {1: "12", 5: "180 phút"}),
    ]
    assert [row.level for row in read.filled.rows] == ["Phường", "Phường", "Khu phố", ""]


def test_a_report_of_the_database_gives_its_revisions_figures_again(session: Session) -> None:
    there = World(session)
    there.issue_plan()
    there.at("2026-12-16")
    report = there.report("Phường Một", 2, 1042, 55)
    paper = compose(session, report, None, there.now)
    assert_same_figures(there, report, paper)
    named = replace(paper, signatory=replace(paper.signatory, name="Trần Thị Mẫu"))  # no name has "(mẫu)" in it
    named = replace(named, issuer_lines=("ỦY BAN NHÂN DÂN", "XÃ NHƠN HỘI"), parent_line=None)
    assert_same_head(named, read_back(named))


def assert_same_figures(there: World, document: int, paper: Paper) -> None:
    revision = there.document(document)["revision_id"]
    (row,) = there.rows("SELECT content FROM revision WHERE id = %s", revision)
    content: Any = row["content"]
    of = form(content["form"])
    filled = into_form.fill(of, read_back(paper).tables)
    assert filled.unplaced == ()
    again = typed.enter(filled.content, of).content
    assert figures_of(again, of) == figures_of(content, of)
    assert again["nil"] == content["nil"]


_WORDS = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹ ", min_size=4, max_size=30).map(
    lambda said: "Tổ chức " + " ".join(said.split())
)
_FIGURES = st.one_of(st.integers(0, 9_999_999).map(lambda n: Figure.exact(n).vi), st.just("…"), st.just("trên 540"))


@settings(max_examples=6, deadline=None)
@given(
    st.lists(st.tuples(_WORDS, _FIGURES, _FIGURES, _FIGURES), min_size=1, max_size=8),
    st.integers(1, 4999), st.dates(date(2019, 1, 1), date(2025, 6, 30)),
    st.sampled_from(["Trần Thị Mẫu", "Lò Văn Ước", "Nguyễn Thị Ánh Nguyệt", "H'Linh Niê"]),
)  # fmt: skip
def test_whatever_is_reported_comes_back(
    rows: list[tuple[str, str, str, str]], number: int, day: date, name: str
) -> None:  # fmt: skip
    old = ward_report()
    (table,) = [block for block in old.blocks[:6] if isinstance(block, Table)]
    said = [(str(n), *row, "Phường") for n, row in enumerate(rows, 1)]
    made = replace(table, rows=tuple(replace(table.rows[0], cells=cells) for cells in said))
    blocks = tuple(made if block is table else block for block in old.blocks)
    paper = replace(old, number=number, day=day, blocks=blocks, signatory=replace(old.signatory, name=name))
    read = read_back(paper)
    assert_same_head(paper, read)
    assert read.filled is not None
    wanted = [{n: value for n, value in enumerate(row[1:], 1) if value != "…"} for row in rows]
    assert [row.values for row in read.filled.rows if row.table == 1] == wanted
