"""Excel beside the drafting page: the blank goes out, comes back filled, is shown place by place, then is saved."""

from __future__ import annotations

import html

import httpx
import pytest

from tests.documents.filling import Place, Value, fill
from tests.http_world import Api, issue_plan, report_of
from tests.pages.drafting_officer import Officer

WARD, OTHER = "Phường Một", "Phường Hai"
FILLED: dict[Place, Value] = {
    ("Biểu 1", "§d2", "v1"): 2,
    ("Biểu 1", "§d2", "v2"): "trên 540",
    ("Lời văn", "§results", "text"): "Đạt.\n\nDòng hai.",
    ("Biểu 3", "§khong", "nil"): "Không",
}
HTML = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def report(api: Api) -> int:
    return report_of(api, issue_plan(api), WARD)


def blank(api: Api, report: int) -> bytes:
    answer = api.as_(WARD, "drafter").say("GET", f"/soan/{report}/bieu.xlsx")
    assert answer.status_code == 200 and "attachment" in answer.headers["content-disposition"]
    return answer.content


def sent(api: Api, report: int, file: bytes, unit: str = WARD, seat: str = "drafter") -> httpx.Response:
    return api.as_(unit, seat).say("POST", f"/soan/{report}/nap", files={"tep": ("bieu.xlsx", file)}, headers=HTML)


def kept(api: Api, report: int) -> dict[str, object]:
    content: dict[str, object] = api.as_(WARD, "drafter").get(f"/documents/{report}/draft")["content"]
    return content


def taken(api: Api, report: int, preview: httpx.Response) -> Officer:
    """Press the preview's button: its hidden fields are a page's."""
    officer = Officer(api, api.as_(WARD, "drafter"), report)
    page = preview.text.replace('<form class="mt"', '<form id="draft"')
    officer._seen(httpx.Response(200, text=page))
    officer.press("save")
    return officer


def test_a_filled_form_is_shown_first_and_saved_by_a_second_press(api: Api, report: int) -> None:
    page = api.as_(WARD, "drafter").say("GET", f"/soan/{report}", headers={"Accept": "text/html"}).text
    assert "Tải biểu Excel để điền" in page and "Nạp từ Excel" in page

    preview = sent(api, report, fill(blank(api, report), FILLED))
    seen = html.unescape(preview.text)
    assert preview.status_code == 200 and "4 chỗ thay đổi" in seen and "trên 540" in seen and "cột Nam" in seen
    assert kept(api, report) == {}, "nothing is saved by looking"

    assert taken(api, report, preview).status == 200
    content = kept(api, report)
    assert [row["values"] for row in content["rows"]] == [{"1": "2", "2": ">540"}]  # type: ignore[attr-defined]
    assert content["nil"] == [3] and content["texts"] == {"results": "Đạt.\n\nDòng hai."}
    again = sent(api, report, fill(blank(api, report), {}))
    assert "không thay đổi gì" in html.unescape(again.text)


def test_what_was_saved_meanwhile_is_kept_and_a_clash_is_asked(api: Api, report: int) -> None:
    file = fill(blank(api, report), FILLED)
    officer = Officer(api, api.as_(WARD, "drafter"), report)
    officer.write(**{"t.direction": "Đã viết trên trang.", "r.1.c2n1.v1": "9"}).press()
    preview = sent(api, report, file)
    assert "cả hai" in html.unescape(preview.text)

    asked = taken(api, report, preview)
    assert asked.status == 409 and "xin chọn" in html.unescape(asked.page)
    asked.press("take-mine")
    content = kept(api, report)
    assert content["texts"] == {"direction": "Đã viết trên trang.", "results": "Đạt.\n\nDòng hai."}
    assert content["rows"][0]["values"]["1"] == "2"  # type: ignore[index]


def test_a_wrong_cell_is_named_and_nothing_can_be_saved(api: Api, report: int) -> None:
    answer = sent(api, report, fill(blank(api, report), {**FILLED, ("Biểu 1", "§d2", "v3"): "abc"}))
    seen = html.unescape(answer.text)
    assert answer.status_code == 422 and "Biểu 1, ô " in seen and "«abc»" in seen
    assert "Lưu vào bản dự thảo" not in seen


@pytest.mark.parametrize(
    ("name", "said"), [("other", "Phường Hai"), ("text", "văn bản thuần"), ("none", "Chưa chọn tệp")]
)
def test_a_file_that_is_not_this_reports_is_refused_in_a_sentence(api: Api, report: int, name: str, said: str) -> None:
    other = report_of(api, api.rows("SELECT plan_id FROM document WHERE id = %s", report)[0]["plan_id"], OTHER)
    theirs = api.as_(OTHER, "drafter").say("GET", f"/soan/{other}/bieu.xlsx").content
    if name == "none":
        answer = api.as_(WARD, "drafter").say("POST", f"/soan/{report}/nap", headers=HTML)
    else:
        answer = sent(api, report, theirs if name == "other" else b"khong phai Excel")
    assert answer.status_code == 422 and said in html.unescape(answer.text)


def test_only_those_who_write_the_draft_bring_a_form_in(api: Api, report: int) -> None:
    file = blank(api, report)
    assert sent(api, report, file, OTHER).status_code in (403, 404)
    assert sent(api, report, file, WARD, "clerk").status_code == 403


def test_the_api_gives_the_form_and_takes_it_back(api: Api, report: int) -> None:
    drafter = api.as_(WARD, "drafter")
    file = drafter.say("GET", f"/documents/{report}/draft/form.xlsx").content
    saved = drafter.say("PUT", f"/documents/{report}/draft/form.xlsx", files={"file": ("a.xlsx", fill(file, FILLED))})
    assert saved.status_code == 200 and saved.headers["etag"] == '"v1"'
    assert saved.json()["content"]["nil"] == [3]
    stale = drafter.say("PUT", f"/documents/{report}/draft/form.xlsx", files={"file": ("a.xlsx", fill(file, FILLED))})
    assert stale.status_code == 409
    bad = fill(file, {("Biểu 1", "§d2", "v3"): "abc"})
    refused = drafter.say("PUT", f"/documents/{report}/draft/form.xlsx", files={"file": ("a.xlsx", bad)})
    assert refused.status_code == 422 and "Biểu 1!" in refused.text
