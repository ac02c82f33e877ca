"""Files of every kind opened apart: what they say, in which order; and how hostile ones end."""

import io
import os
import subprocess
import sys
import zipfile
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import pytest
import xlsxwriter

from documents.reading import files, limits
from documents.reading.apart import Apart
from documents.reading.files import open_all, open_bytes, open_file
from documents.reading.formats.letters import put_right, words
from documents.reading.refusals import (
    KINDS,
    BadName,
    EmptyFile,
    NestedArchive,
    NoSuchFile,
    NotAPlainFile,
    NotRead,
    Scan,
    TookTooLong,
    UnknownEncoding,
    WrongKind,
)
from tests.documents.bad_files.sound import good, word
from tests.documents.reading.making import samples

SAID = "Báo cáo của Ủy ban nhân dân phường về công tác năm 2024, được thực hiện ngày 05 tháng 3"


# ── what they say ─────────────────────────────────────────────────────────────────────────────────────────────


def test_word_keeps_the_order_of_its_body_and_merged_cells_speak_once() -> None:
    paper = docx.Document()
    paper.add_paragraph("trước bảng")
    table = paper.add_table(rows=2, cols=3)
    table.style = "Table Grid"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Số người"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "STT"
    table.cell(1, 1).text, table.cell(1, 2).text = "Nam", "Nữ"
    paper.add_paragraph("sau bảng")
    text = open_bytes("a.docx", _saved(paper))
    assert [line.text for line in text.lines] == ["trước bảng", "sau bảng"]
    assert text.grids[0].rows == (("STT", "Số người", ""), ("", "Nam", "Nữ"))
    assert text.lines[0].number < text.grids[0].line < text.lines[1].number


def test_word_writes_the_numbers_that_its_lists_show() -> None:
    paper = docx.Document()
    for style, said in (("List Number", "Một"), ("List Number", "Hai"), ("List Bullet", "chấm")):
        paper.add_paragraph(said, style=style)
    shown = [line.text for line in open_bytes("a.docx", _saved(paper)).lines]
    assert shown == ["1. Một", "2. Hai", "- chấm"]


def test_word_in_an_old_font_is_turned_into_unicode_and_told() -> None:
    run = '<w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>B¸o c¸o cña ñy ban</w:t></w:r></w:p>'
    text = open_bytes("a.docx", word(run))
    assert text.lines[0].text == "Báo cáo của ủy ban"
    assert "TCVN3" in text.notes[0]


def test_word_reads_what_is_inserted_and_not_what_is_deleted() -> None:
    body = "<w:p><w:r><w:t>số </w:t></w:r><w:del><w:r><w:t>5</w:t></w:r></w:del>"
    body += "<w:ins><w:r><w:t>6</w:t></w:r></w:ins></w:p>"
    assert open_bytes("a.docx", word(body)).lines[0].text == "số 6"


def test_a_sheet_gives_its_letterhead_as_lines_and_its_table_as_a_grid() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Biểu 1")
        sheet.write(0, 0, "UBND XÃ MẪU")
        sheet.merge_range(2, 2, 2, 3, "Số người tham gia")
        sheet.write_row(2, 0, ["STT", "Hoạt động"])
        sheet.write_row(3, 2, ["Nam", "Nữ"])
        sheet.write_row(4, 0, [1, "Mít tinh", 35, 80.5])
        book.add_worksheet("ẩn").hide()
    text = open_bytes("a.xlsx", stream.getvalue())
    assert [line.text for line in text.lines] == ["UBND XÃ MẪU"]
    assert text.grids[0].rows == (
        ("STT", "Hoạt động", "Số người tham gia", ""),
        ("", "", "Nam", "Nữ"),
        ("1", "Mít tinh", "35", "80,5"),
    )
    assert (text.grids[0].sheet, text.grids[0].line, text.notes) == ("Biểu 1", 3, ("bỏ qua 1 trang tính ẩn",))


def test_an_opendocument_sheet_is_read() -> None:
    assert [line.text for line in open_bytes("a.ods", good()["ods"]).lines] == ["STT", "A", "B"]


@pytest.mark.parametrize(
    ("code", "note"),
    [
        ("utf-8", ()),
        ("utf-8-sig", ()),
        ("utf-16", ("bảng mã UTF-16",)),
        ("utf-16-le", ("bảng mã UTF-16-LE không có dấu BOM",)),
        ("cp1258", ("bảng mã Windows-1258, đã chuyển sang Unicode",)),
    ],
)
def test_a_text_is_read_in_every_encoding_and_says_which(code: str, note: tuple[str, ...]) -> None:
    said = _for_windows(SAID) if code == "cp1258" else SAID
    text = open_bytes("a.txt", said.encode(code))
    assert (text.lines[0].text, text.notes) == (SAID, note)


def test_a_text_in_tcvn3_is_read_and_told() -> None:
    said = "B¸o c¸o c«ng t¸c n¨m 2024 cña ñy ban nh©n d©n ph­êng".encode("latin-1")
    text = open_bytes("a.txt", said)
    assert text.lines[0].text == "Báo cáo công tác năm 2024 của ủy ban nhân dân phường"
    assert text.notes == ("bảng mã TCVN3 (ABC), đã chuyển sang Unicode",)


def test_no_encoding_is_guessed_for_noise() -> None:
    with pytest.raises(UnknownEncoding):
        open_bytes("a.txt", bytes(range(128, 256)) * 20)


def test_a_table_printed_with_blanks_is_a_table() -> None:
    said = (
        "STT   Hoạt động       Số cuộc   Nam\n1     Mít tinh        2         35\n2     Tọa đàm         1         12\n"
    )
    grid = open_bytes("a.txt", said.encode()).grids[0]
    assert grid.rows[1] == ("1", "Mít tinh", "2", "35")


def test_the_digest_is_of_the_bytes_that_were_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(SAID.encode())
    assert open_file(path).sha256 == sha256(path.read_bytes()).hexdigest()


# ── many ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_folder_goes_on_after_a_file_that_is_refused(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text(SAID, encoding="utf-8")
    (tmp_path / "2.docx").write_bytes(b"x")
    (tmp_path / "3.docx").write_bytes(good()["docx"])
    (tmp_path / "4.txt").symlink_to("/etc/passwd")
    (tmp_path / "~$3.docx").write_bytes(b"lock")
    found = list(open_all(tmp_path))
    assert [(one.name, one.text is not None) for one in found] == [
        ("1.txt", True),
        ("2.docx", False),
        ("3.docx", True),
        ("4.txt", False),
    ]
    assert isinstance(found[1].refused, WrongKind) and isinstance(found[3].refused, NotAPlainFile)


def test_a_mailbox_gives_every_attached_file_with_its_bytes(tmp_path: Path) -> None:
    box = tmp_path / "den.mbox"
    box.write_bytes(
        b"".join(
            b"From a@b.vn Mon\n" + _mail(name, data) + b"\n"
            for name, data in (
                ("1.docx", good()["docx"]),
                ("../2.docx", good()["docx"]),
                ("3.zip", b"PK\x05\x06" + b"\0" * 18),
            )
        )
    )
    found = list(open_all(box))
    assert [one.name.split(" › ")[-1] for one in found] == ["1.docx", "../2.docx", "3.zip"]
    assert found[0].text is not None and found[0].sha256 == sha256(good()["docx"]).hexdigest()
    assert isinstance(found[1].refused, BadName) and found[2].refused is not None


def test_a_mail_in_a_mail_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(_mail("in.eml", _mail("1.txt", SAID.encode())))
    (found,) = open_all(path)
    assert isinstance(found.refused, NestedArchive)


# ── hostile ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_no_plain_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ong.txt")
    with pytest.raises(NotAPlainFile):
        open_file(tmp_path / "ong.txt", seconds=2)
    with pytest.raises(NoSuchFile):
        open_file(tmp_path / "khong.txt")


def test_letters_lent_by_another_font_stay_in_their_word() -> None:
    """A font without Vietnamese borrows letters that hang lower or reach over their neighbours: words stay words."""
    letters = [letter("C", 10), letter("H", 18), letter("Ủ", 26, hangs=3), letter(" ", 34), letter("T", 37),
               letter("Ị", 44, hangs=3, wide=14), letter("C", 52), letter("C", 52.3), letter("H", 60)]  # fmt: skip
    page = SimpleNamespace(rotation=0, chars=letters)
    put_right(page)
    assert [one["text"] for one in words(page)] == ["CHỦ", "TỊCH"]


def letter(text: str, x: float, hangs: float = 0.0, wide: float = 8.0) -> dict[str, Any]:
    """A letter of 10 points whose pen stood at `x` on one baseline; its font's box may hang lower or be wider."""
    return {"text": text, "x0": x, "x1": x + wide, "y0": 98.0 - hangs, "top": 290.0, "bottom": 302.0 + hangs,
            "size": 10.0, "upright": True, "adv": 8.0, "matrix": (1, 0, 0.3, 1, x, 100.0),
            "fontname": "A"}  # fmt: skip


def test_a_scan_is_told_to_be_one() -> None:
    with pytest.raises(Scan, match="bản quét"):
        open_bytes("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 100)


def test_a_reader_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_START", "while True: pass")
    with pytest.raises(TookTooLong, match="quá 1 giây"):
        open_bytes("a.txt", b"a", seconds=1)


def test_a_reader_that_dies_or_lies_is_one_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    for start in ("import os; os.abort()", "print('no json')", "import sys; sys.exit(3)", "print('{}')"):
        monkeypatch.setattr(files, "_START", start)
        with pytest.raises(NotRead):
            open_bytes("a.txt", b"a")


def test_the_reading_process_can_neither_write_nor_connect_nor_start_anything(tmp_path: Path) -> None:
    tries = {
        f"open({str(tmp_path / 'a')!r}, 'w')": "PermissionError",
        "__import__('socket').create_connection(('127.0.0.1', 9))": "PermissionError",
        "__import__('subprocess').run(['true'])": "PermissionError",
        "__import__('os').system('true')": "PermissionError",
        "bytearray(4 * 1024 ** 3)": "MemoryError",
    }
    for attempt, ends in tries.items():
        start = f"import sys; sys.path.insert(0, {files._ROOT!r}); from documents.reading import worker; "
        start += f"worker._limit(5); worker._seal(); {attempt}"
        done = subprocess.run([sys.executable, "-I", "-c", start], capture_output=True, text=True, check=False)
        assert done.returncode == 1 and ends in done.stderr, attempt
    assert list(tmp_path.iterdir()) == []


def test_no_bytes_and_no_name_are_refused() -> None:
    with pytest.raises(EmptyFile):
        open_bytes("a.docx", b"")
    with pytest.raises(BadName):
        open_bytes("../a.docx", b"a")


def test_every_refusal_is_one_sentence_that_names_the_file_and_the_remedy() -> None:
    fields: dict[str, Any] = {
        "name": "a.docx",
        "most": "9",
        "what": "x",
        "said": ".docx",
        "found": "y",
        "better": ".docx",
        "inner": "b",
        "kind": ".docx",
        "seconds": 3,
    }
    for kind in KINDS.values():
        said = kind(**fields).message
        assert "«a.docx»" in said and ":" in said and "\n" not in said and said.count(".") < 12, kind
        assert "{" not in said


def test_limits_leave_room_for_an_honest_report() -> None:
    longest = max(len(str(one)) for one in samples("papers_second.yaml"))
    assert longest * 50 < limits.CHARACTERS and limits.FILE >= 20 * limits.MEGA


def test_embedded_objects_are_left_out_and_told() -> None:
    inside = {"word/embeddings/oleObject1.bin": b"x" * 99}
    assert open_bytes("a.docx", word("<w:p><w:r><w:t>chữ</w:t></w:r></w:p>", **inside)).notes == (
        "bỏ qua 1 tệp nhúng bên trong",
    )


def _saved(paper: object) -> bytes:
    stream = io.BytesIO()
    paper.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def _for_windows(said: str) -> str:
    """Windows-1258 has letters and tones apart: the tone stands behind its vowel."""
    import unicodedata

    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = []
    for letter in said:
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(one for one in parts if one not in tones))
        out.append(base + "".join(one for one in parts if one in tones))
    return "".join(out)


def _mail(name: str, data: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "xa@example.vn", "huyen@example.vn", "Bao cao"
    mail.set_content("Kính gửi")
    mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def test_a_part_twice_in_a_file_is_a_trick() -> None:
    stream = io.BytesIO(word("<w:p/>"))
    with zipfile.ZipFile(stream, "a") as box:
        box.writestr("WORD/DOCUMENT.XML", "<a/>")
    with pytest.raises(KINDS["BadInside"]):
        open_bytes("a.docx", stream.getvalue())


def test_a_text_that_keeps_its_reader_busy_is_stopped_and_the_next_is_read() -> None:
    busy = open_bytes("bận.txt", ("Căn cứ Kế hoạch số 1/KH-UBND ngày 1/1/2026 của UBND xã, " * 8_000).encode())
    short = open_bytes("ngắn.txt", "Số: 36/BC-UBND\nBÁO CÁO\nKết quả năm 2026".encode())
    with Apart(seconds=0.05) as apart:
        with pytest.raises(TookTooLong, match="bận.txt"):
            apart.recognise(busy)
        apart.seconds = 60
        assert apart.recognise(short).number.value == "36"
