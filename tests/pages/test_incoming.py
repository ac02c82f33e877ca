"""Nhận văn bản: a file comes, is kept and read, put right beside its picture; it fills a draft or is registered."""

from __future__ import annotations

import asyncio
import hashlib
import html
import json
import re
from email.message import EmailMessage
from typing import Any

import pytest
from starlette.types import Message

from api.pages.incoming.reader_words import reasons
from api.wall import Wall
from documents.writing.composing import compose
from documents.writing.recorded import ELSEWHERE
from states import database as db
from states import files, incoming
from states.incoming import Arrival
from states.reading import incoming as reading
from tests.documents.bad_files.sound import packed
from tests.http_world import Api, issue_plan, report_of
from tests.pages.incoming_papers import TITLE, came, paper
from tests.pages.page_reader import Reader, words
from tests.world import PROVINCE

ONE, TWO, THREE, FOUR = "Phường Một", "Phường Hai", "Phường Ba", "Phường Bốn"
DISTRICT, OTHER = "Huyện An Mẫu", "Huyện Bình Mẫu"


@pytest.fixture(scope="module", autouse=True)
def plan(api: Api) -> int:
    plan = issue_plan(api)
    api.at("2026-12-16")
    return plan


@pytest.fixture(scope="module")
def pdf(api: Api) -> int:
    """The report of Phường Hai as its receiver's clerk has got it: a PDF, read once."""
    return came(Reader(api, DISTRICT, "clerk"), "bao-cao.pdf", paper(TWO, "pdf"))


@pytest.fixture(scope="module")
def content(api: Api, pdf: int) -> dict[str, Any]:
    """What the reader found in it."""
    (row,) = api.rows("SELECT content FROM incoming_reading WHERE incoming_id = %s", pdf)
    return dict(row["content"])


@pytest.fixture(scope="module")
def registered(api: Api, plan: int, pdf: int) -> tuple[int, str]:
    """The report of Phường Hai, registered from it, and the digest of the file."""
    answer = decide(Reader(api, DISTRICT, "clerk"), pdf, "register", arrived="2026-12-16")
    report = report_of(api, plan, TWO)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/van-ban/{report}"), words(answer.text)
    (row,) = api.rows("SELECT file_digest FROM incoming WHERE id = %s", pdf)
    return report, bytes(row["file_digest"]).hex()


def put(api: Api, unit: str, seat: str, data: bytes, content: dict[str, Any]) -> int:
    """A paper that was read before: kept with this reading."""
    actor = api.world.act(unit, seat)
    with db.transaction(db.engine(api.urls.program)) as session:
        digest = files.keep(session, data)
        arrival = Arrival(api.world.unit(unit), digest, "mau.txt", "text/plain", "upload")
        number, _ = incoming.arrive(session, arrival, actor, api.world.now)
        incoming.note_reading(session, number, "thử", api.world.now, content=content)
    return number


def of_unit(content: dict[str, Any], unit: str, code: str) -> dict[str, Any]:
    """The same paper as if another ward had written it."""
    told: dict[str, Any] = json.loads(json.dumps(content).replace(TWO, unit))
    told["paper"]["unit"]["value"] |= {"code": code, "name": unit}
    return told


def decide(reader: Reader, number: int, do: str, **filled: str) -> Any:
    return reader.send(f"/nhan/{number}", f"/nhan/{number}?", do=do, **filled)


def test_an_empty_list_says_what_comes_next_and_no_file_is_no_act(api: Api) -> None:
    reader = Reader(api, FOUR, "drafter")
    assert "Không có văn bản nào chờ" in words(reader.page("/nhan"))
    assert 'href="/nhan" aria-current="page"' in reader.page("/nhan")
    assert reader.post("/nhan", {}).status_code == 422


def test_a_word_file_fills_the_draft_that_it_answers_and_what_differs_is_told_and_kept(api: Api, plan: int) -> None:
    drafter, report = Reader(api, ONE, "drafter"), report_of(api, plan, ONE)
    data = paper(ONE)
    number = came(drafter, "C:\\gui\\..\\bao cao.docx", data)

    assert words(drafter.page("/nhan")).count(TITLE) == 1
    page = drafter.page(f"/nhan/{number}")
    assert f'<option value="{report}" selected>' in page and "đúng đơn vị" in page and "đúng kế hoạch" in page
    assert "bao cao.docx" in page and "gui" not in words(page)
    assert 'name="h.number" value="25"' in page and 'href="#p-' in page and 'name="r.1.c2n1.v2" value="42"' in page

    told = decide(drafter, number, "draft", **{"r.1.c2n1.v2": "52", "h.number": "52"})
    said = words(html.unescape(told.text))
    assert told.status_code == 422 and "Có chỗ nhập khác tệp" in said
    assert "Số : trong tệp: 25; nhập: 52" in said and "cột Nam : trong tệp: 42; nhập: 52" in said
    assert api.rows("SELECT * FROM working_copy WHERE document_id = %s", report) == []

    done = decide(drafter, number, "draft", **{"r.1.c2n1.v2": "52", "h.number": "52", "khac": "2"})
    assert (done.status_code, done.headers["location"]) == (303, f"/soan/{report}")
    (draft,) = api.rows("SELECT content FROM working_copy WHERE document_id = %s", report)
    row = draft["content"]["rows"][0]
    assert (row["row"], row["values"], draft["content"]["nil"]) == (2, {"1": "1", "2": "52", "3": "55"}, [2, 3])
    assert draft["content"]["texts"]["results"].startswith("Nhận thức")
    (kept,) = api.rows("SELECT * FROM incoming_outcome WHERE incoming_id = %s", number)
    assert [(one["read"], one["stands"]) for one in kept["confirmed"]["differs"]] == [("25", "52"), ("42", "52")]
    assert "42" in words(drafter.page(f"/nhan/{number}")) and "Đã đưa vào dự thảo" in drafter.page("/nhan?xong=1")
    assert drafter.get(f"/nhan/{number}/tep").content == data


def test_a_draft_that_somebody_saved_meanwhile_is_not_written_over(
    api: Api, plan: int, content: dict[str, Any]
) -> None:
    number = put(api, THREE, "drafter", b"bao cao cua phuong ba", of_unit(content, THREE, "W3"))
    drafter, report = Reader(api, THREE, "drafter"), report_of(api, plan, THREE)
    fields = {"cho": str(report), "cho.was": str(report), f"version.{report}": "7"}
    answer = decide(drafter, number, "draft", **fields)
    assert answer.status_code == 409 and "người khác lưu" in html.unescape(answer.text)
    assert api.rows("SELECT * FROM incoming_outcome WHERE incoming_id = %s", number) == []
    assert decide(drafter, number, "draft").status_code == 303


def test_the_same_file_comes_once(api: Api) -> None:
    drafter, data = Reader(api, THREE, "drafter"), "Thư ngỏ của phường, không có gì để đọc.".encode()
    first = came(drafter, "thu.txt", data)
    assert came(drafter, "thu khac.txt", data) == first
    mine = api.rows("SELECT name FROM incoming WHERE unit_id = %s", api.world.unit(THREE))
    assert [row["name"] for row in mine if row["name"].startswith("thu")] == ["thu.txt"]
    assert len(api.rows("SELECT * FROM incoming_reading WHERE incoming_id = %s", first)) == 1


def test_a_pdf_is_seen_page_by_page_and_a_partial_date_or_no_number_is_refused(api: Api, plan: int, pdf: int) -> None:
    clerk, report = Reader(api, DISTRICT, "clerk"), report_of(api, plan, TWO)
    page = clerk.page(f"/nhan/{pdf}")
    assert f'<option value="{report}" selected>' in page and f"/nhan/{pdf}/trang/1.png" in page
    assert '<rect id="p-1-' in page
    picture = clerk.get(f"/nhan/{pdf}/trang/1.png")
    assert picture.content.startswith(b"\x89PNG") and picture.headers["cache-control"] == "private, no-cache"
    assert clerk.get(f"/nhan/{pdf}/trang/1.png", **{"If-None-Match": picture.headers["etag"]}).status_code == 304
    assert clerk.get(f"/nhan/{pdf}/trang/9.png").status_code == 422

    wrong = decide(clerk, pdf, "register", **{"h.number": "", "h.date.d": "", "arrived": "2026-12-16"})
    assert wrong.status_code == 422 and "chưa có số" in wrong.text and "chưa đủ ngày, tháng, năm" in wrong.text
    assert 'href="#h-date-d"' in wrong.text
    assert api.rows("SELECT * FROM step WHERE document_id = %s AND action = 'register'", report) == []


def test_a_signed_paper_is_registered_as_signed_outside_with_its_own_number_and_file(
    api: Api, registered: tuple[int, str]
) -> None:
    report, digest = registered
    (step,) = api.rows("SELECT * FROM step WHERE document_id = %s AND action = 'register'", report)
    assert bytes(step["file_digest"]).hex() == digest
    (sending,) = api.rows("SELECT * FROM sending WHERE document_id = %s", report)
    assert (sending["number"], sending["symbol"], str(sending["date"])) == (25, "BC-UBND", "2026-12-15")
    assert sending["paper"] and sending["signer"] == "Trần Thị Bình"
    document = Reader(api, DISTRICT, "clerk").page(f"/van-ban/{report}")
    assert words(document).count("Ký ngoài hệ thống") == 2 and f"/van-ban/{report}/tep/{digest}" in document

    with db.transaction(db.engine(api.urls.program)) as session:
        record = compose(session, report, None, api.world.now)
    assert record.notice == "BẢN GHI TỪ VĂN BẢN GIẤY" and record.answers is None
    assert record.recipients != (ELSEWHERE,) and digest[:16] in str(record.blocks[0])

    with db.transaction(db.engine(api.urls.program)) as session:
        record = compose(session, report, None, api.world.now)
    assert record.notice == "BẢN GHI TỪ VĂN BẢN GIẤY" and record.answers is None
    assert record.recipients != (ELSEWHERE,) and digest[:16] in str(record.blocks[0])

    ward = Reader(api, TWO, "drafter")
    file = ward.get(f"/van-ban/{report}/tep/{digest}")
    assert hashlib.sha256(file.content).hexdigest() == digest
    assert file.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in file.headers["content-security-policy"]
    assert ward.get(f"/van-ban/{report}/tep/{digest}/trang/1.png").status_code == 200
    assert Reader(api, ONE, "drafter").get(f"/van-ban/{report}/tep/{digest}").status_code == 404
    assert ward.get(f"/van-ban/{report}/tep/{'0' * 64}").status_code == 404


def test_a_file_that_is_registered_is_not_registered_again(
    api: Api, plan: int, content: dict[str, Any], registered: tuple[int, str]
) -> None:
    first, digest = registered
    with db.transaction(db.engine(api.urls.program)) as session:
        data = files.read(session, bytes.fromhex(digest))
    number = put(api, OTHER, "clerk", data, content)
    clerk, report = Reader(api, OTHER, "clerk"), report_of(api, plan, THREE)
    assert f'href="/van-ban/{first}"' in clerk.page(f"/nhan/{number}?cho={report}")
    answer = decide(clerk, number, "register", cho=str(report))
    assert answer.status_code == 409 and f"văn bản số {first}" in answer.text


def test_another_units_paper_is_refused_until_it_is_put_right(api: Api, plan: int, content: dict[str, Any]) -> None:
    number = put(api, OTHER, "clerk", b"mot ban khac", of_unit(content, "Phường Bốn", "W4"))
    clerk, three = Reader(api, OTHER, "clerk"), report_of(api, plan, THREE)
    fields = {"cho": str(three), "cho.was": str(three)}
    answer = decide(clerk, number, "register", **fields)
    assert answer.status_code == 422 and "không phải của Phường Ba" in html.unescape(answer.text)
    assert api.rows("SELECT * FROM step WHERE document_id = %s AND action = 'register'", three) == []


def test_what_is_unsure_must_be_looked_at_before_going_on(api: Api, content: dict[str, Any]) -> None:
    told = of_unit(content, FOUR, "W4")
    told["paper"]["issuer"] |= {"asks": True, "sure": 0.7, "said": "viết «Phường Bồn», hiểu là Phường Bốn"}
    row = told["proposals"]["action-month/2"]["rows"][0]
    row["values"]["2"], row["doubts"] = "1.118", {"2": "đọc «1.118» là 1118"}
    number = put(api, FOUR, "drafter", b"mot ban chua chac", told)
    drafter = Reader(api, FOUR, "drafter")
    page = html.unescape(drafter.page(f"/nhan/{number}"))
    assert "Chưa chắc" in page and "hiểu là Phường Bốn" in page and "2 mục chưa chắc" in page

    answer = decide(drafter, number, "draft")
    said = html.unescape(answer.text)
    assert answer.status_code == 422 and "Cơ quan ban hành: chưa đối chiếu" in said and "cột Nam: chưa" in said
    answer = decide(drafter, number, "draft", **{"ok.h.issuer": "1", "ok.r.1.c2n1.v2": "1"})
    assert answer.status_code == 303


def test_what_has_become_something_is_not_decided_again(api: Api, content: dict[str, Any]) -> None:
    clerk = Reader(api, OTHER, "clerk")
    number = put(api, OTHER, "clerk", b"mot ban thua", content)
    assert clerk.post(f"/nhan/{number}/de-sang-ben", {"ly-do": "  "}).status_code == 422
    assert clerk.post(f"/nhan/{number}/de-sang-ben", {"ly-do": "Bản gửi thừa."}).status_code == 303
    assert "Bản gửi thừa." in clerk.page("/nhan?xong=1&ket-qua=put_aside")
    assert "Bản gửi thừa." in clerk.page(f"/nhan/{number}")
    assert clerk.post(f"/nhan/{number}", {"do": "register"}).status_code == 409
    assert clerk.post(f"/nhan/{number}/de-sang-ben", {"ly-do": "Lần nữa"}).status_code == 409


def test_a_hostile_file_ends_in_one_sentence_and_nothing_is_half_stored(api: Api) -> None:
    drafter = Reader(api, THREE, "drafter")
    bomb = packed({"word/document.xml": b"0" * 30_000_000, "[Content_Types].xml": b"<Types/>"})
    number = came(drafter, "bom.docx", bomb)
    page = html.unescape(drafter.page(f"/nhan/{number}"))
    assert "giải nén ra quá lớn" in page and "Tệp gốc vẫn được giữ nguyên" in page and 'id="fields"' not in page
    assert drafter.get(f"/nhan/{number}/tep").content == bomb
    assert drafter.get(f"/nhan/{number}/trang/1.png").status_code == 422
    assert drafter.post(f"/nhan/{number}", {"do": "draft"}).status_code == 409

    before = len(api.rows("SELECT * FROM file"))
    sent = [("tep", ("rong.docx", b"")), ("tep", ("../../x.exe", b"MZ" + b"\0" * 99))]
    answer = drafter.post("/nhan", {}, files=sent)
    assert answer.status_code == 200 and "«rong.docx» rỗng" in answer.text and "Đã giữ 1 tệp khác" in answer.text
    assert len(api.rows("SELECT * FROM file")) == before + 1
    assert [one["name"] for one in api.rows("SELECT name FROM incoming ORDER BY id DESC LIMIT 1")] == ["x.exe"]
    assert "Không đọc được loại tệp" in html.unescape(drafter.page("/nhan"))


def test_a_mail_is_taken_apart_and_its_files_stand_for_themselves(api: Api) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@xa.example", "b@huyen.example", "Báo cáo"
    mail.set_content("Kính gửi.")
    mail.add_attachment("BÁO CÁO của phường, gửi qua thư.".encode(), maintype="text", subtype="plain", filename="a.txt")
    mail.add_attachment(b"", maintype="text", subtype="plain", filename="rong.txt")
    drafter = Reader(api, "Huyện Bình Mẫu", "drafter")
    number = came(drafter, "thu.eml", mail.as_bytes())
    page = html.unescape(drafter.page(f"/nhan/{number}"))
    assert "Thư đã được tách" in page and "«thu.eml › rong.txt» rỗng" in page or "rong.txt" in page
    rows, _more = _papers(api, OTHER)
    assert "a.txt" in [row.name for row in rows] and "thu.eml" not in [row.name for row in rows]


def _papers(api: Api, unit: str) -> Any:
    with db.transaction(db.engine(api.urls.program)) as session:
        return reading.papers(session, api.world.unit(unit))


def test_other_seats_are_refused_and_other_units_files_are_not_there(api: Api, content: dict[str, Any]) -> None:
    mine = put(api, ONE, "clerk", b"cua phuong mot", content)
    for seat in ("leader", "supervisor"):
        person = Reader(api, ONE, seat)
        assert person.get("/nhan").status_code == 403 and 'href="/nhan"' not in person.page("/")
        assert person.post("/nhan", {}, files={"tep": ("a.txt", b"a")}).status_code == 403
    other = Reader(api, TWO, "drafter")
    for path in ("", "/tep", "/trang/1.png"):
        assert other.get(f"/nhan/{mine}{path}").status_code == 404
    for act in ("", "/de-sang-ben", "/doc-lai"):
        assert other.post(f"/nhan/{mine}{act}", {"do": "draft", "ly-do": "x"}).status_code == 404


def test_a_great_file_is_read_only_of_somebody_who_is_signed_in(api: Api) -> None:
    clerk, big = Reader(api, DISTRICT, "clerk"), {"tep": ("lon.bin", b"x" * 6_000_000)}
    assert clerk.post("/nhan", {}, files=big).status_code == 303, "read to its end"
    asked, answers = [], []

    async def receive() -> Message:
        asked.append(1)
        return {"type": "http.request", "body": b"x", "more_body": False}

    async def send(message: Message) -> None:
        answers.append(message)

    for bearer in (b"Bearer dd_khong-co", b""):
        headers = [(b"content-type", b"multipart/form-data; boundary=x"), (b"authorization", bearer),
                   (b"sec-fetch-site", b"same-origin"), (b"cookie", b"dondoc=khong-co")]  # fmt: skip
        scope = {"type": "http", "method": "POST", "path": "/nhan", "raw_path": b"/nhan", "query_string": b"",
                 "headers": headers, "app": api.app}  # fmt: skip
        asyncio.run(Wall(api.app)(scope, receive, send))
        assert answers.pop(0)["status"] == 401 and not asked, "refused before a byte of it was read"
        answers.clear()


def test_the_rail_says_how_many_papers_wait(api: Api) -> None:
    clerk = Reader(api, OTHER, "clerk")

    def waiting() -> int:
        found = re.search(r'<a href="/nhan">.*?</a>', clerk.page("/so-van-ban"), re.DOTALL)
        return int(words(found[0]).split()[-1]) if found and "count" in found[0] else 0

    before = waiting()
    number = came(clerk, "mot.docx", paper(FOUR, number="77"))
    assert waiting() == before + 1
    clerk.post(f"/nhan/{number}/de-sang-ben", {"ly-do": "Gửi nhầm."})
    assert waiting() == before


def test_an_open_document_is_looked_for_by_its_unit(api: Api) -> None:
    unit = api.world.unit(PROVINCE)
    with db.transaction(db.engine(api.urls.program)) as session:
        every = reading.owed(session, unit, "clerk")
        some = reading.owed(session, unit, "clerk", words="an mau")
        last = every[-1]
        first = reading.owed(session, unit, "clerk", unit=(last.registry, last.code), limit=1)
        kept = reading.owed(session, unit, "clerk", words="an mau", asked=last.id)
    assert {one.unit for one in some} == {DISTRICT} and len(every) > len(some) and last.unit != DISTRICT
    assert [one.unit for one in first] == [last.unit] and last.id in {one.id for one in kept}


def test_the_readers_reasons_are_said_in_the_visitors_language() -> None:
    said = {"viết gần giống, hiểu là %(meant)s": "taken for %(meant)s", "không ghi ngày": "no date"}
    kept = "viết gần giống, hiểu là Phong Thổ; không ghi ngày; điều chưa biết"
    assert reasons(kept, lambda words: said.get(words, words)) == "taken for Phong Thổ; no date; điều chưa biết"
    assert reasons(kept, lambda words: words) == kept and reasons("", str) == ""
