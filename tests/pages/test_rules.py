"""Quy tắc kiểm tra: the rules for everybody to read; findings with their words, in both languages, at the signer's."""

from __future__ import annotations

from documents.checks import RULES
from tests.http_world import Api, issue_plan, report_of, report_text
from tests.pages.page_reader import Reader, words
from tests.world import WARDS


def test_every_rule_is_listed_at_its_anchor_with_how_bad_it_is(api: Api) -> None:
    page = Reader(api, WARDS[0], "drafter").page("/quy-tac")
    assert all(f'id="{code}"' in page and one.title in words(page) for code, one in RULES.items())
    assert f"Tất cả ({len(RULES)})" in words(page)


def test_they_are_filtered_by_severity_and_said_in_english(api: Api) -> None:
    reader = Reader(api, WARDS[0], "clerk")
    refused = reader.page("/quy-tac?muc=refuse")
    assert 'id="part-over-whole"' in refused and 'id="tm-missing"' not in refused
    assert 'id="tm-missing"' in reader.page("/quy-tac?muc=khong-co")
    assert RULES["tm-missing"].title_en in reader.get("/quy-tac", **{"Accept-Language": "en"}).text


def test_the_signer_reads_the_explanation_beside_its_finding_in_every_later_revision(api: Api) -> None:
    api.at("2026-10-05")
    plan = issue_plan(api)
    api.at("2026-12-16")
    report = report_of(api, plan, WARDS[0])
    drafter, leader, signer = api.as_(WARDS[0], "drafter"), api.as_(WARDS[0], "leader"), Reader(api, WARDS[0], "leader")
    drafter.put(f"/documents/{report}/draft", {"content": report_text(9), "version": 0})  # 7 people at 9 talks
    drafter.step(report, "present")
    assert "Chờ người soạn giải trình" in words(signer.page(f"/van-ban/{report}"))
    place = leader.get(f"/documents/{report}/revisions/1")["findings"][0]["place"]
    said = "Tổ chức lưu động tại nhà (mẫu)"
    drafter.post(f"/documents/{report}/explanations", {"code": "people-per-event", "place": place, "words": said})
    assert said in words(signer.page(f"/van-ban/{report}"))

    leader.step(report, "send_back", reason="Thêm kết quả.")
    changed = report_text(9)
    changed["texts"]["results"] = "Đạt yêu cầu, 9 buổi."
    drafter.put(f"/documents/{report}/draft", {"content": changed, "version": 1})
    drafter.step(report, "present")
    page = signer.page(f"/van-ban/{report}")
    assert said in words(page) and 'href="/quy-tac#people-per-event"' in page
    english = signer.get(f"/van-ban/{report}", **{"Accept-Language": "en"}).text
    found = leader.get(f"/documents/{report}/revisions/2")["findings"][0]
    assert found["message_en"] in words(english) and found["disagree"] == ["7", "9"]


def test_a_report_put_up_before_its_window_ends_is_told_and_can_be_signed(api: Api) -> None:
    api.at("2026-10-05")
    plan = issue_plan(api)
    api.at("2026-12-01")
    report = report_of(api, plan, WARDS[0])
    drafter, leader = api.as_(WARDS[0], "drafter"), api.as_(WARDS[0], "leader")
    drafter.put(f"/documents/{report}/draft", {"content": report_text(1), "version": 0})
    assert "Chốt ngày 01/12/2026, trước khi hết kỳ số liệu" in words(
        Reader(api, WARDS[0], "drafter").page(f"/soan/{report}")
    )
    drafter.step(report, "present")
    found = leader.get(f"/documents/{report}/revisions/1")["findings"]
    assert [(one["code"], one["severity"]) for one in found] == [("closed-early", "note")]
    assert leader.step(report, "sign")["state"] == "signed"
