"""Văn bản: what a seat sees and may press, each act by its form with its trace, refusals in words, old pages."""

from __future__ import annotations

import hashlib

import pytest

from documents.writing import house
from states import database as db
from tests.http_world import Api, issue_plan, report_of, report_text, send_report
from tests.pages.page_reader import HTML, Reader, words
from tests.world import PROVINCE

WARD = "Phường Một"
DISTRICT = "Huyện An Mẫu"


@pytest.fixture(scope="module")
def plan(api: Api) -> int:
    return issue_plan(api)


@pytest.fixture(scope="module")
def report(api: Api, plan: int) -> int:
    """The report of Phường Một, put up for signature."""
    report = report_of(api, plan, WARD)
    drafter = api.as_(WARD, "drafter")
    drafter.put(f"/documents/{report}/draft", {"content": report_text(), "version": 0})
    drafter.step(report, "present")
    return report


def trace(api: Api, document: int) -> list[str]:
    return [row["action"] for row in api.rows("SELECT action FROM step WHERE document_id = %s ORDER BY seq", document)]


def test_the_signer_sees_what_he_signs_and_the_others_whose_turn_it_is(api: Api, report: int) -> None:
    signer = Reader(api, WARD, "leader").page(f"/van-ban/{report}")
    assert f'href="/van-ban/{report}/viec/sign?' in signer and 'data-key="k"' in signer
    assert "Số liệu khớp với mọi điều kiện" in signer and "Người soạn và người ký là hai người khác nhau" in signer
    clerk = Reader(api, WARD, "clerk").page(f"/van-ban/{report}")
    assert "viec/sign" not in clerk and "viec/submit" not in clerk
    assert "bạn lấy số và gửi được sau khi lãnh đạo ký" in clerk
    above = Reader(api, DISTRICT, "supervisor").page(f"/van-ban/{report}")
    assert "/viec/" not in above.split("doc-acts")[1].split("doc-turn")[0] and "Đơn vị soạn chưa gửi" in above


def test_an_auditor_reads_and_presses_nothing(api: Api, report: int) -> None:
    page = Reader(api, PROVINCE, "auditor").page(f"/van-ban/{report}")
    assert "Bạn xem để theo dõi" in page
    assert "data-form" not in page.split('<main id="main"')[1]


def test_the_text_version_says_what_the_paper_says_and_names_its_places(api: Api, report: int) -> None:
    page = Reader(api, WARD, "leader").page(f"/van-ban/{report}")
    assert 'id="cho-rows-1-values-2"' in page and f"/van-ban/{report}/hoi?cho=rows.1.values.2" in page
    text = words(page.split('id="ban-chu"')[1])
    for said in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Tọa đàm", "Đã ban hành kế hoạch.", "KT. CHỦ TỊCH"):
        assert said in text


def test_the_paper_comes_as_pictures_known_by_their_digest(api: Api, report: int) -> None:
    leader = Reader(api, WARD, "leader")
    answer = leader.get(f"/van-ban/{report}/trang/1.svg")
    assert answer.headers["content-type"] == "image/svg+xml" and answer.text.startswith("<svg")
    assert "private" in answer.headers["cache-control"]
    tag = answer.headers["etag"]
    assert leader.get(f"/van-ban/{report}/trang/1.svg", **{"If-None-Match": tag}).status_code == 304
    assert Reader(api, WARD, "clerk").get(f"/van-ban/{report}/trang/1.svg").headers["etag"] != tag  # no name on it
    assert leader.get(f"/van-ban/{report}/trang/99.svg").status_code == 404
    assert leader.get(f"/van-ban/{report}/ban.pdf").content.startswith(b"%PDF")
    file = leader.get(f"/van-ban/{report}/ban.docx")
    assert file.content.startswith(b"PK")
    assert file.headers["content-disposition"] == f'attachment; filename="van-ban-{report}-ban-1.docx"'


def test_a_head_that_the_unit_settles_stands_on_the_next_look(api: Api, report: int) -> None:
    leader = Reader(api, WARD, "leader")
    before = leader.get(f"/van-ban/{report}/trang/1.svg")
    with db.transaction(db.engine(api.urls.program)) as session:
        house.settle(session, api.world.unit(WARD), house.Settled("", ""), api.world.now)
    after = leader.get(f"/van-ban/{report}/trang/1.svg", **{"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200 and after.text != before.text


def test_nobody_outside_reads_a_draft_that_was_not_put_up(api: Api, plan: int) -> None:
    report = report_of(api, plan, "Phường Hai")
    body = {"content": report_text(), "version": 0}
    api.as_("Phường Hai", "drafter").put(f"/documents/{report}/draft", body)
    assert "bản nháp" in Reader(api, "Phường Hai", "drafter").page(f"/van-ban/{report}")
    above = Reader(api, DISTRICT, "supervisor")
    assert "Chưa có nội dung để xem" in above.page(f"/van-ban/{report}")
    assert above.get(f"/van-ban/{report}/trang/1.svg").status_code == 404
    assert above.get(f"/van-ban/{report}/ban.docx").status_code == 404
    stranger = Reader(api, "Phường Ba", "drafter")
    assert stranger.get(f"/van-ban/{report}").status_code == 404


def test_a_question_about_a_cell_is_asked_once_and_answered(api: Api, report: int) -> None:
    leader, drafter = Reader(api, WARD, "leader"), Reader(api, WARD, "drafter")
    form = f"/van-ban/{report}/hoi"
    asked = leader.send(f"{form}?cho=rows.1.values.3", form, words="Số nữ gồm học sinh không?")
    assert asked.status_code == 303 and "#trao-doi" in asked.headers["location"]
    (note,) = api.rows("SELECT id, place, kind, revision_id FROM note WHERE document_id = %s", report)
    assert (note["kind"], note["place"]) == ("question", "rows.1.values.3") and note["revision_id"]
    page = drafter.page(f"/van-ban/{report}")
    assert "Biểu 1, dòng «Tọa đàm», cột Số người tham gia, Nữ" in words(page) and "Chờ trả lời" in page
    drafter.send(f"{form}/{note['id']}", f"{form}/{note['id']}", words="Không, chỉ người lớn.")
    assert "Không, chỉ người lớn." in leader.page(f"/van-ban/{report}")
    assert trace(api, report)[-1] == "present"  # nothing moved


def test_the_same_form_sent_twice_says_it_once(api: Api, report: int) -> None:
    drafter = Reader(api, WARD, "drafter")
    before = len(api.rows("SELECT id FROM note WHERE document_id = %s", report))
    fields = {"words": "Đã rà soát.", "kind": "comment", "key": "một-lần"}
    for _ in range(2):
        assert drafter.post(f"/van-ban/{report}/hoi", fields).status_code == 303
    assert len(api.rows("SELECT id FROM note WHERE document_id = %s", report)) == before + 1


def test_an_empty_question_comes_back_with_its_place(api: Api, report: int) -> None:
    answer = Reader(api, WARD, "leader").post(f"/van-ban/{report}/hoi", {"words": " ", "place": "texts.results"})
    assert answer.status_code == 422 and 'value="texts.results" selected' in answer.text


def test_a_wrong_seat_is_refused_when_it_posts(api: Api, report: int) -> None:
    clerk = Reader(api, WARD, "clerk")
    assert clerk.get(f"/van-ban/{report}/viec/sign").status_code == 409
    fields = {"seq": api.as_(WARD, "clerk").get(f"/documents/{report}")["seq"], "revision_id": 1}
    assert clerk.post(f"/van-ban/{report}/viec/sign", fields).status_code == 403
    assert Reader(api, PROVINCE, "auditor").post(f"/van-ban/{report}/viec/sign", fields).status_code == 403
    assert trace(api, report)[-1] == "present"


def test_an_act_from_elsewhere_is_refused(api: Api, report: int) -> None:
    answer = Reader(api, WARD, "leader").voice.say(
        "POST", f"/van-ban/{report}/viec/send_back", data={"seq": 2, "reason": "x"},
        headers={**HTML, "Sec-Fetch-Site": "cross-site"},
    )  # fmt: skip
    assert answer.status_code == 403 and trace(api, report)[-1] == "present"


def test_sending_back_needs_words_and_shows_them_first(api: Api, report: int) -> None:
    leader, drafter = Reader(api, WARD, "leader"), Reader(api, WARD, "drafter")
    empty = leader.act(report, "send_back", reason="  ")
    assert empty.status_code == 422 and "chưa nêu lý do" in empty.text
    drafter.page(f"/van-ban/{report}")
    api.world.later(minutes=40)
    assert leader.act(report, "send_back", reason="Xem lại số nữ.").status_code == 303
    page = drafter.page(f"/van-ban/{report}")
    assert "Xem lại số nữ." in page.split('class="doc"')[0] and f'href="/soan/{report}"' in page


def test_presenting_again_tells_the_signer_what_changed_since_he_looked(api: Api, report: int) -> None:
    drafter, leader = Reader(api, WARD, "drafter"), Reader(api, WARD, "leader")
    leader.page(f"/van-ban/{report}")
    api.world.later(minutes=40)
    version = drafter.voice.get(f"/documents/{report}/draft")["version"]
    drafter.voice.put(f"/documents/{report}/draft", {"content": report_text(women=6), "version": version})
    assert drafter.act(report, "present").status_code == 303
    news = words(leader.page(f"/van-ban/{report}").split('id="moi"')[1].split("</section>")[0])
    assert "1 thay đổi so với bản 1" in news and "bản bạn đã xem" in news
    assert "Tọa đàm, Số người tham gia, Nữ" in news and "(+2)" in news and "trình ký" in news


def test_a_page_that_is_old_tells_what_happened_meanwhile(api: Api, report: int) -> None:
    leader = Reader(api, WARD, "leader")
    answer = leader.post(f"/van-ban/{report}/viec/send_back", {"seq": 2, "reason": "Sai"})
    assert answer.status_code == 409
    assert "Văn bản đã thay đổi trong lúc bạn xem" in answer.text and "trình ký" in words(answer.text)
    assert f'href="/van-ban/{report}"' in answer.text
    assert leader.post(f"/van-ban/{report}/viec/send_back", {"reason": "Sai"}).status_code == 409  # says no step


def test_signing_names_the_content_and_the_authority(api: Api, report: int) -> None:
    leader = Reader(api, WARD, "leader")
    form = leader.page(f"/van-ban/{report}/viec/sign")
    digest = api.rows("SELECT encode(digest, 'hex') AS d FROM revision WHERE document_id = %s ORDER BY no", report)
    assert "với tư cách KT. CHỦ TỊCH, PHÓ CHỦ TỊCH." in form and digest[-1]["d"][:16] in form
    answer = leader.act(report, "sign")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/van-ban/{report}")
    assert trace(api, report)[-1] == "sign"


def test_revising_takes_the_signature_back(api: Api, report: int) -> None:
    leader = Reader(api, WARD, "leader")
    assert leader.act(report, "revise", reason="").status_code == 303
    assert Reader(api, WARD, "drafter").act(report, "present").status_code == 303
    assert leader.act(report, "sign").status_code == 303


def test_sending_shows_the_next_number_and_keeps_who_gets_it(api: Api, report: int) -> None:
    clerk = Reader(api, WARD, "clerk")
    assert "Số kế tiếp trong sổ: 01/BC" in clerk.page(f"/van-ban/{report}/viec/submit")
    assert clerk.act(report, "submit", recipients="- UBND huyện;\n- Lưu: VT.").status_code == 303
    (sent,) = api.rows("SELECT number, recipients FROM sending WHERE document_id = %s", report)
    assert (sent["number"], sent["recipients"]) == (1, ["UBND huyện", "Lưu: VT"])
    assert "01/BC-UBND" in clerk.page(f"/van-ban/{report}")


def test_receiving_and_returning_with_a_code_a_place_and_a_day(api: Api, report: int) -> None:
    clerk, above = Reader(api, DISTRICT, "clerk"), Reader(api, DISTRICT, "supervisor")
    assert "Số đến kế tiếp: 1." in clerk.page(f"/van-ban/{report}/viec/receive")
    assert clerk.act(report, "receive").status_code == 303
    wrong = above.act(report, "return", reason="Thiếu danh sách", reason_code="")
    assert wrong.status_code == 422 and "Thiếu danh sách" in wrong.text and "chưa chọn mã lý do" in wrong.text
    done = above.act(
        report, "return", reason="chưa khớp danh sách", reason_code="figures-wrong", place="rows.1"
    )  # fmt: skip
    assert done.status_code == 303
    (step,) = api.rows("SELECT * FROM step WHERE document_id = %s AND action = 'return'", report)
    assert step["reason"] == "Biểu 1, dòng «Tọa đàm»: chưa khớp danh sách" and '"place":"rows.1"' in step["details"]
    drafter = Reader(api, WARD, "drafter").page(f"/van-ban/{report}")
    assert "Số liệu sai hoặc mâu thuẫn" in drafter and "viec/present" in drafter


def test_a_day_that_has_passed_is_no_day_to_answer_by(api: Api, plan: int) -> None:
    other = report_of(api, plan, "Phường Ba")
    send_report(api, other, "Phường Ba")
    above = Reader(api, "Huyện Bình Mẫu", "supervisor")
    wrong = above.act(other, "return", reason="Sai", reason_code="other", due="2026-10-01")
    assert wrong.status_code == 422 and "sau hôm nay" in wrong.text
    assert trace(api, other)[-1] == "submit"


def test_a_paper_signed_outside_is_entered_with_the_digest_of_its_scan(api: Api, plan: int) -> None:
    report = report_of(api, plan, "Phường Bốn")
    api.as_("Phường Bốn", "drafter").put(f"/documents/{report}/draft", {"content": report_text(), "version": 0})
    clerk = Reader(api, "Huyện Bình Mẫu", "clerk")
    path = f"/van-ban/{report}/viec/register"
    assert clerk.act(report, "register", number="", signer="").status_code == 422
    seq = clerk.voice.get(f"/documents/{report}")["seq"]
    fields = {"seq": seq, "number": "36", "symbol": "BC-UBND", "date": "2026-10-04", "signer": "Phạm Văn Giấy (mẫu)",
              "arrived": "2026-10-05", "arrived_time": "08:30"}  # fmt: skip
    answer = clerk.post(path, fields, files={"file": ("quet.pdf", b"%PDF-1.7 mau", "application/pdf")})
    assert answer.status_code == 303, answer.text
    (step,) = api.rows("SELECT * FROM step WHERE document_id = %s AND action = 'register'", report)
    assert bytes(step["file_digest"]) == hashlib.sha256(b"%PDF-1.7 mau").digest()
    page = clerk.page(f"/van-ban/{report}")
    assert "36/BC-UBND" in page and "người ký: Phạm Văn Giấy (mẫu)" in page


def test_more_time_is_asked_for_below_and_given_above(api: Api, plan: int) -> None:
    report = report_of(api, plan, "Phường Hai")
    path = f"/van-ban/{report}/gia-han"
    ward, above = Reader(api, "Phường Hai", "drafter"), Reader(api, DISTRICT, "supervisor")
    assert ward.send(path, path, kind="extension", until="2026-12-23", reason="").status_code == 422
    assert ward.send(path, path, kind="extension", until="2026-12-23", reason="Mưa lũ").status_code == 303
    assert "Xin gia hạn đến hết ngày 23/12/2026" in words(above.page(f"/van-ban/{report}"))
    (asked,) = api.rows("SELECT id FROM dispensation_request WHERE document_id = %s", report)
    assert above.send(f"{path}?xin={asked['id']}", path, kind="extension", reason="Đồng ý").status_code == 303
    assert "hết ngày 23/12/2026" in words(ward.page(f"/van-ban/{report}").split('id="han"')[1])
    stranger = Reader(api, "Phường Một", "drafter")
    assert stranger.post(path, {"kind": "waiver", "reason": "x"}).status_code in (403, 404)


def test_a_plan_says_what_hangs_on_it(api: Api, plan: int) -> None:
    page = words(Reader(api, WARD, "drafter").page(f"/van-ban/{plan}"))
    assert "Đã ban hành" in page and "Tổ chức tọa đàm" in page
