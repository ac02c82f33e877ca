"""Exports: what stands in the files, that nothing a person typed is a formula, and that gaps are named, never zero."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from documents.forms import form
from documents.writing.board_sheet import board_csv, board_xlsx, day_of
from documents.writing.csv_file import Value, csv_file, harmless
from documents.writing.journal_sheet import journal_csv, journal_xlsx
from documents.writing.sheets import Book, Column, Head, file_name, sheet_name
from documents.writing.total_sheet import total_csv, total_xlsx
from states import acting, days
from states.figures import Bound, Cell, Figure
from states.periods import LOCAL
from states.reading.board import board
from states.reading.by_unit import by_unit
from states.reading.journal import Asked, all_entries
from states.reading.staleness import NoTotalYet
from tests.world import World

AT = datetime(2026, 12, 21, 9, tzinfo=LOCAL)
HEAD = Head(("UBND TỈNH MẪU GIANG", "SỞ LAO ĐỘNG"), "=1+1 BẢNG THEO DÕI", AT, ("Kế hoạch (mẫu)",))
_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@dataclass(frozen=True)
class Sheet:
    """One sheet as Excel reads it: the shown value of each cell, its formulas, merged ranges, the raw XML."""

    cells: dict[str, str]
    formulas: dict[str, str]
    merged: list[str]
    xml: str

    def row_of(self, words: str, column: str = "") -> dict[str, str]:
        """The cells of the row in which a text stands (in that column), by column."""
        place = next(key for key, value in self.cells.items() if value == words and key.startswith(column))
        number = re.sub(r"\D", "", place)
        return {re.sub(r"\d", "", k): v for k, v in self.cells.items() if re.sub(r"\D", "", k) == number}


def opened(file: bytes) -> dict[str, Sheet]:
    """The sheets of a file by name."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        names = archive.namelist()
        shared = archive.read("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in names else b"<none/>"
        texts = ["".join(one.itertext()) for one in ElementTree.fromstring(shared).findall("m:si", _NS)]
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        titles = [str(one.get("name")) for one in book.findall("m:sheets/m:sheet", _NS)]
        return {title: _sheet(archive.read(f"xl/worksheets/sheet{n}.xml").decode(), texts)
                for n, title in enumerate(titles, 1)}  # fmt: skip


def _sheet(xml: str, texts: list[str]) -> Sheet:
    root = ElementTree.fromstring(xml)
    cells, formulas = {}, {}
    for one in root.findall(".//m:c", _NS):
        place, value = str(one.get("r")), one.findtext("m:v", None, _NS)
        if (formula := one.findtext("m:f", None, _NS)) is not None:
            formulas[place] = formula
        if one.get("t") == "inlineStr":
            cells[place] = "".join(one.itertext())
        elif value is not None:
            cells[place] = texts[int(value)] if one.get("t") == "s" else value
    return Sheet(cells, formulas, [str(m.get("ref")) for m in root.findall(".//m:mergeCell", _NS)], xml)


@pytest.fixture
def world(session: Session) -> World:
    """One ward has sent, one is waived, two are late; the district has taken up what there is."""
    world = World(session)
    world.issue_plan()
    world.report("W1", events=2, men=3, women=4)
    world.at(AT.date())
    return world


# ── the board ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_board_names_who_has_not_sent_and_says_where_it_lies(world: World) -> None:
    shown = board(world.session, world.plan, "/1/", AT, days.calendar(world.session), level="commune")
    sheets = opened(board_xlsx(shown, HEAD))

    assert list(sheets) == ["Bảng theo dõi", "Chưa gửi"]
    sheet = sheets["Bảng theo dõi"]
    assert "Đã gửi 1/4 (25,0 %), đúng hạn 1 (25,0 %)." in sheet.cells.values()
    assert "Chưa gửi (3): Phường Hai, Phường Ba, Phường Bốn." in sheet.cells.values()
    late, sent = sheet.row_of("Phường Hai"), sheet.row_of("Phường Một")
    assert (late["C"], late["D"], late["H"]) == ("Quá hạn, chưa gửi", "Người soạn", "1")
    assert "Lan, Phường Hai (mẫu)" in late["E"] and "I" not in late, "no number, no zero"
    assert (sent["C"], sent["I"]) == ("Đã gửi đúng hạn", "01/BC-UBND") and "H" not in sent
    assert float(sent["G"]) == (date(2026, 12, 18) - date(1899, 12, 30)).days, "a real date: the last day that keeps it"
    assert "Phường Một" not in sheets["Chưa gửi"].cells.values()


def test_a_board_is_ready_to_print(world: World) -> None:
    shown = board(world.session, world.plan, "/1/", AT, days.calendar(world.session))
    with zipfile.ZipFile(io.BytesIO(board_xlsx(shown, HEAD))) as archive:
        sheet, book = archive.read("xl/worksheets/sheet1.xml").decode(), archive.read("xl/workbook.xml").decode()
    assert 'orientation="landscape"' in sheet and 'paperSize="9"' in sheet and 'fitToHeight="0"' in sheet
    assert "_xlnm.Print_Titles" in book, "the heading is repeated on each page"
    assert 'state="frozen"' in sheet


def test_units_stand_below_their_own_by_name(world: World) -> None:
    shown = board(world.session, world.plan, "/1/", AT, days.calendar(world.session))
    names = [row[1] for row in csv.reader(io.StringIO(board_csv(shown).decode("utf-8-sig")), delimiter=";")][1:]
    assert names == ["Tỉnh Mẫu Giang", "Huyện An Mẫu", "Phường Hai", "Phường Một", "Huyện Bình Mẫu", "Phường Ba",
                     "Phường Bốn"]  # fmt: skip


def test_a_deadline_at_midnight_is_the_day_before() -> None:
    assert day_of(datetime(2026, 12, 19, tzinfo=LOCAL)) == date(2026, 12, 18)
    assert day_of(datetime(2026, 12, 19, 17, tzinfo=LOCAL)) == date(2026, 12, 19)


# ── the consolidated table ──────────────────────────────────────────────────────────────────────────────────


def test_a_total_sums_live_carries_its_value_and_names_the_gap(world: World) -> None:
    world.consolidate("AM")
    total = by_unit(world.session, world.report_of("AM"))
    sheets = opened(total_xlsx(total, form(total.form, total.form_version), HEAD))

    assert list(sheets) == ["Biểu 1", "Biểu 2", "Biểu 3", "Đơn vị chưa gửi"], "«Không» of biểu 2 and 3 is a reported 0"
    sheet = sheets["Biểu 1"]
    ward, gap, sums = sheet.row_of("Phường Một"), sheet.row_of("Phường Hai"), sheet.row_of("TỔNG CỘNG")
    assert [ward[c] for c in "GHI"] == ["2", "3", "4"] == [sums[c] for c in "GHI"], "the value stands with the formula"
    place = next(key for key in sheet.formulas if key.startswith("G"))
    assert re.fullmatch(r"SUM\(G\d+:G\d+\)", sheet.formulas[place])
    assert gap["D"] == "chưa gửi báo cáo" and not set("GHI") & set(gap), "a unit that has not sent is no zero"
    assert any(re.fullmatch(r"D(\d+):[A-Z]+\1", area) for area in sheet.merged)
    assert "Số người tham gia" in sheet.cells.values() and "D" in sums and sums["D"] == "…"
    note = next(text for text in sheet.cells.values() if text.startswith("Gồm 1/2"))
    assert "Còn thiếu: Phường Hai" in note and "CHƯA KÝ" in note
    assert sheets["Đơn vị chưa gửi"].row_of("Phường Hai")["D"] == "chưa gửi báo cáo"


def test_the_lines_of_a_total_make_it_with_the_units_own_part_last(world: World) -> None:
    world.consolidate("AM")
    district = world.report_of("AM")
    world.write(district, events=5, men=6, women=7)
    world.send(district)
    total = by_unit(world.session, district)

    assert [(part.unit, part.part, part.figures is None) for part in total.parts] == [
        ("Phường Một", "whole", False), ("Phường Hai", "whole", True), ("Huyện An Mẫu", "own", False),
    ]  # fmt: skip
    events = Cell.of(1, 2, 1)
    assert total.signed and total.total[events] == Figure.exact(7)
    sums = Figure.total(part.figures.get(events) for part in total.parts if part.figures is not None)
    assert sums == total.total[events]
    with pytest.raises(NoTotalYet):
        by_unit(world.session, world.report_of("W1"))


def test_a_total_as_csv_tells_each_cell_and_each_gap(world: World) -> None:
    world.consolidate("AM")
    total = by_unit(world.session, world.report_of("AM"))
    rows = list(csv.reader(io.StringIO(total_csv(total, form("action-month", 2)).decode("utf-8-sig")), delimiter=";"))
    assert ["Phường Hai", "whole", "", str(total.parts[1].document_id), "", "", "", "", "chưa gửi"] in rows
    assert ["10201", "2"] in [row[4:7:2] for row in rows if row[0] == "TỔNG CỘNG"]


def test_a_bounded_figure_is_a_text_and_an_exact_one_a_number() -> None:
    book = Book("x")
    sheet, row = book.sheet("Biểu", [Column("a", 9), Column("b", 9)], HEAD)
    book.write(sheet, row, 0, Figure(Decimal(540), Bound.MORE_THAN), "number")
    book.write(sheet, row, 1, Figure(Decimal(540)), "number")
    cells = opened(book.bytes())["Biểu"].cells
    assert (cells[f"A{row + 1}"], cells[f"B{row + 1}"]) == ("trên 540", "540")


# ── the journal ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_journal_goes_out_with_its_digests(world: World) -> None:
    entries = list(all_entries(world.session, Asked()))
    (sheet,) = opened(journal_xlsx(entries, HEAD)).values()
    signed = next(entry for entry in entries if entry.action == "sign")
    row = sheet.row_of(signed.digest, "M")
    assert (row["E"], row["J"], row["N"], row["O"]) == ("ký", "KT.", signed.previous, signed.revision_digest)
    lines = list(csv.reader(io.StringIO("".join(journal_csv(entries)).removeprefix("\ufeff")), delimiter=";"))
    assert len(lines) == len(entries) + 1 and lines[1][0] == "05/10/2026 08:00:00"


# ── harmless ────────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_that_was_typed_is_a_formula_or_a_link(world: World) -> None:
    run = world.session.connection().exec_driver_sql
    bad = '=HYPERLINK("http://x","y")'
    caller = world.act("AM", "supervisor").office_id
    acting.tell(world.session, caller)
    run("INSERT INTO note (document_id, office_id, kind, words, at) VALUES (%s, %s, 'call', %s, %s)",
        (world.report_of("W2"), caller, bad, AT))  # fmt: skip
    shown = board(world.session, world.plan, "/1/", AT, days.calendar(world.session))
    sheet = opened(board_xlsx(shown, HEAD))["Bảng theo dõi"]
    assert sheet.formulas == {} and "hyperlink" not in sheet.xml.lower()
    assert "=1+1 BẢNG THEO DÕI" in sheet.cells.values() and sheet.row_of("Phường Hai")["L"].endswith(bad)


@pytest.mark.parametrize("text", ["=1+1", "+84 912", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_csv_puts_a_mark_before_what_excel_would_reckon_with(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_csv_is_read_by_an_office_excel() -> None:
    rows: list[list[Value]] = [["Phường «A»; B", 1200, Decimal("1.5"), -3, date(2026, 12, 5), AT, None, True]]
    text = csv_file(["Tên", "n", "x", "y", "ngày", "lúc", "trống", "có"], rows)
    assert text.startswith(b"\xef\xbb\xbfT") and text.endswith(b"\r\n")
    (_, row) = csv.reader(io.StringIO(text.decode("utf-8-sig")), delimiter=";")
    assert row == ["Phường «A»; B", "1200", "1,5", "-3", "05/12/2026", "21/12/2026 09:00:00", "", "có"]
    (_, row) = csv.reader(io.StringIO(csv_file(["x"], [[Decimal("1.5")]], separator=",").decode("utf-8-sig")))
    assert row == ["1.5"]


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=5))
def test_whatever_is_typed_comes_back_from_csv(rows: list[list[str]]) -> None:
    text = csv_file(["a", "b"], rows).decode("utf-8-sig") if _writable(rows) else ""
    if text:
        read = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[1:]
        assert [[value.removeprefix("'") for value in row] for row in read] == [
            [harmless(value).removeprefix("'") for value in row] for row in rows
        ]


def _writable(rows: list[list[str]]) -> bool:
    return not any("\x00" in value for row in rows for value in row)


def test_names_of_sheets_and_files_are_taken_by_every_system() -> None:
    assert sheet_name("Biểu 1: [kinh phí]/2026 *?'") == "Biểu 1   kinh phí  2026"
    assert len(sheet_name("x" * 50)) == 31 and sheet_name("''") == "Biểu"
    assert file_name("Bảng theo dõi", "Thành phố Hà Nội", ending="xlsx") == "bang-theo-doi-thanh-pho-ha-noi.xlsx"
