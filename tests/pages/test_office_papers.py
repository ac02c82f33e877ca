"""Records and letters from the pages: the register as a book and as files, a document's certificate, công văn đôn đốc,
and what an administrator settles for the head of a unit's papers."""

from __future__ import annotations

import html
import io
import re

from python_calamine import CalamineWorkbook

from tests.documents.test_paper_pages import pages
from tests.http_world import Api, report_of
from tests.pages.board_story import LATE, SENT, begin
from tests.pages.page_reader import Reader, words
from tests.world import DISTRICTS, PROVINCE, WARDS

DISTRICT = DISTRICTS[0]


def sent(api: Api, report: int) -> str:
    """The number that a report bears."""
    (row,) = api.rows("SELECT number, symbol FROM sending WHERE document_id = %s", report)
    return f"{row['number']:02d}/{row['symbol']}"


def test_a_register_is_read_narrowed_and_taken_away(api: Api) -> None:
    number = sent(api, report_of(api, begin(api), SENT))
    clerk = Reader(api, SENT, "clerk")
    said = words(clerk.page("/so-van-ban"))
    assert "Sổ văn bản đi" in said and number in said and "chưa vào sổ đến" in said
    assert "KT. Phó Chủ tịch Hoa, Phường Một (mẫu)" in said
    assert "Chưa có số nào trong phần sổ này" in words(clerk.page("/so-van-ban?loai=BC&tu=2026-12-20"))
    assert "Không có trang này" in words(clerk.page("/so-van-ban?trang=9"))
    assert clerk.page("/so-van-ban?nam=x&don-vi=y&tu=z&trang=-1")  # what is not understood is left out
    pdf = clerk.get("/so-van-ban/so.pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    assert 'filename="so-van-ban-di-phuong-mot-2026.pdf"' in pdf.headers["content-disposition"]
    assert "SỔ ĐĂNG KÝ VĂN BẢN ĐI" in pages(pdf.content)[0] and "Tổng số: " in pages(pdf.content)[-1]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(clerk.get("/so-van-ban/so.xlsx").content))
    assert number in [row[0] for row in sheet.get_sheet_by_index(0).to_python()]


def test_what_came_in_is_in_the_other_book_and_neighbours_see_neither(api: Api) -> None:
    report = report_of(api, begin(api), SENT)
    number = sent(api, report)
    api.as_(DISTRICT, "clerk").step(report, "receive")
    said = words(Reader(api, DISTRICT, "supervisor").page("/so-van-ban?huong=den"))
    assert "Sổ văn bản đến" in said and SENT in said and "Minh, Huyện An Mẫu (mẫu)" in said
    ward = api.world.unit(SENT)
    assert "số đến 1" in words(Reader(api, DISTRICT, "leader").page(f"/so-van-ban?don-vi={ward}"))
    for path in ("", "/so.pdf", "/so.xlsx"):
        assert Reader(api, LATE, "clerk").get(f"/so-van-ban{path}?don-vi={ward}").status_code == 404
    listed = api.as_(DISTRICT, "clerk").get("/registers/incoming", params={"year": 2026})
    newest = listed["items"][0]
    assert (newest["number"], newest["author"], newest["their_number"]) == (1, SENT, number) and listed["next"] is None
    given = api.as_(DISTRICT, "clerk").get("/registers/outgoing", params={"unit": ward})["items"]
    assert (given[0]["number"], given[0]["received_number"]) == (number, 1)
    refused = api.as_(LATE, "clerk").say("GET", "/registers/outgoing", params={"unit": ward})
    assert (refused.status_code, refused.json()["code"]) == (403, "not-below-you")
    assert [one["series"] for one in api.as_(SENT, "clerk").get("/registers")] == ["BC"]


def test_a_certificate_is_for_whoever_sees_the_document(api: Api) -> None:
    report = report_of(api, begin(api), SENT)
    path = f"/van-ban/{report}/phieu.pdf"
    reader = Reader(api, DISTRICT, "supervisor")
    assert path in reader.page(f"/van-ban/{report}") and path in reader.page(f"/nhat-ky/van-ban/{report}")
    assert "PHIẾU XÁC NHẬN" in pages(reader.get(path).content)[0]
    assert Reader(api, WARDS[2], "leader").get(path).status_code == 404


def test_a_letter_is_written_seen_and_taken_away_and_moves_nothing(api: Api) -> None:
    plan = begin(api)
    path = f"/ke-hoach/{plan}/cong-van"
    reader = Reader(api, DISTRICT, "supervisor")
    assert path in reader.page(f"/ke-hoach/{plan}")
    page = reader.page(path)
    assert "V/v" not in words(page) and "Công văn đôn đốc 1 đơn vị" in words(page)
    assert "không đổi trạng thái" in page
    proposed = picture(page)
    typed = picture(reader.send(path, path, **{"viec": "xem", "noi-dung": "Lời của tôi./."}).text)
    assert typed.startswith(proposed) and typed != proposed
    drawn = [reader.get(address) for address in (proposed, typed)]
    assert [(one.status_code, one.headers["content-type"]) for one in drawn] == [(200, "image/svg+xml")] * 2
    assert drawn[0].text.startswith("<svg") and len(drawn[1].text) < len(drawn[0].text)  # fewer words, fewer letters
    assert reader.get(f"{proposed}?thu=xyz").status_code == 404
    assert reader.get(proposed.replace("/1.svg", "/99.svg")).status_code == 404
    steps = api.rows("SELECT count(*) AS n FROM step")
    filled = {"viec": "pdf", "han-moi": "2026-12-28"}
    answer = reader.send(path, path, **filled)
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/pdf"
    text = " ".join(pages(answer.content))
    assert "/UBND-VX" in text and "KT. CHỦ TỊCH" in text and LATE in text
    assert "chậm nhất hết ngày 28/12/2026" in text  # the day in the text follows the field
    word = reader.send(path, path, **{**filled, "viec": "word"})
    assert word.content.startswith(b"PK") and word.headers["content-disposition"].endswith('.docx"')
    assert api.rows("SELECT count(*) AS n FROM step") == steps
    notes = api.rows("SELECT n.words FROM note n JOIN document d ON d.id = n.document_id WHERE d.plan_id = %s", plan)
    assert [note["words"][:40] for note in notes] == ["Đã soạn công văn đôn đốc 1 đơn vị, hạn mớ"[:40]]  # once a day


def picture(page: str) -> str:
    """The address of the first page of the letter's preview."""
    found = re.search(r'<img class="sheet" src="([^"]+)"', page)
    assert found
    return html.unescape(found[1])


def test_what_is_wrong_in_a_letter_is_said_and_what_was_typed_stays(api: Api) -> None:
    plan = begin(api)
    path = f"/ke-hoach/{plan}/cong-van"
    reader = Reader(api, DISTRICT, "supervisor")
    past = reader.send(path, path, **{"viec": "pdf", "han-moi": "2026-12-01", "noi-dung": "Lời của tôi <b>."})
    assert past.status_code == 422 and "Hạn mới đã qua" in past.text
    assert "Lời của tôi &lt;b&gt;." in past.text
    bad = reader.send(path, path, **{"viec": "word", "ky-hieu": "CV/UBND"})
    assert bad.status_code == 422 and "không phải ký hiệu công văn" in html.unescape(bad.text)
    assert Reader(api, SENT, "supervisor").get(path).status_code == 404  # nobody is late below a ward
    assert Reader(api, DISTRICT, "clerk").get(path).status_code == 403


def test_an_administrator_settles_the_head_of_a_units_papers(api: Api) -> None:
    unit = api.world.unit(SENT)
    path = f"/don-vi/{unit}/sua"
    admin = Reader(api, PROVINCE, "admin")
    assert "«UBND HUYỆN AN MẪU»" in admin.page(path)
    done = admin.send(path, path, **{"parent-line": "own", "parent-words": "UBND tỉnh Mẫu Giang", "place": "Một"})
    assert done.status_code == 303
    (row,) = api.rows("SELECT paper FROM unit WHERE id = %s", unit)
    assert (row["paper"]["parent_line"], row["paper"]["place"]) == ("UBND tỉnh Mẫu Giang", "Một")
    assert 'value="UBND tỉnh Mẫu Giang"' in admin.page(path)
    head = pages(Reader(api, SENT, "clerk").get("/so-van-ban/so.pdf").content)[0]
    assert "UBND TỈNH MẪU GIANG" in head and "HUYỆN AN MẪU" not in head
    long = admin.send(path, path, **{"place": "x" * 200})
    assert long.status_code == 422 and "không đặt lên đầu văn bản được" in html.unescape(long.text)
    assert admin.send(path, path, **{"parent-line": "none"}).status_code == 303
    assert api.rows("SELECT paper ->> 'parent_line' AS line FROM unit WHERE id = %s", unit) == [{"line": ""}]
