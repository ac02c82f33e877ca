"""Ký số trên trang: by passphrase, with a token, many at once, sealed when sent; what is asked, shown and refused."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest

from documents.signing import trust
from documents.signing.sample import SAMPLE_PASSPHRASE
from documents.signing.validating import validate
from tests.documents.signing.hostile.case import Case
from tests.http_world import Api
from tests.pages.page_reader import HTML, Reader, words
from tests.pages.signing_office import PASSPHRASE, WARD, Office, signing_machine, with_token
from tests.pages.visitor import Visitor, account, machine
from tests.world import PROVINCE

PDF = "application/pdf"


@pytest.fixture(scope="module")
def office(api: Api, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    api.world.at("2026-12-16")
    with signing_machine(api, tmp_path_factory.mktemp("may")) as settings:
        made = Office(api, settings)
        made.issue(api.world.act(WARD, "leader"))
        made.issue(seal=WARD)
        yield made


@pytest.fixture
def report(office: Office) -> int:
    """One of Phường Một on the leader's desk; he has a certificate here, the ward a seal."""
    return office.reports(1)[0]


@pytest.fixture
def signed(api: Api, report: int) -> int:
    """It bears his signature."""
    assert leader(api).act(report, "sign", passphrase=PASSPHRASE).headers["location"] == f"/van-ban/{report}"
    return report


def leader(api: Api) -> Reader:
    return Reader(api, WARD, "leader")


def signatures(api: Api, report: int) -> list[str]:
    rows = api.rows("SELECT purpose FROM signature WHERE document_id = %s ORDER BY seq, purpose", report)
    return [row["purpose"] for row in rows]


# ── one, by passphrase ──────────────────────────────────────────────────────────────────────────────────────


def test_the_form_says_with_whose_certificate_and_tells_nobody_the_passphrase(api: Api, report: int) -> None:
    form = leader(api).page(f"/van-ban/{report}/viec/sign")
    assert 'name="passphrase" type="password" autocomplete="off"' in form
    assert "Chữ ký thử – không có giá trị pháp lý" in form and "Dùng được đến" in form
    assert SAMPLE_PASSPHRASE not in form  # this is no demo


def test_only_the_demo_tells_the_sample_passphrase(api: Api, office: Office, report: int) -> None:
    machine(api, home=office.settings.home, demo_ahead="PT0S")
    form = leader(api).page(f"/van-ban/{report}/viec/sign")
    assert SAMPLE_PASSPHRASE in form and "Chữ ký thử" in form
    machine(api, home=office.settings.home)
    assert SAMPLE_PASSPHRASE not in leader(api).page(f"/van-ban/{report}/viec/sign")


def test_a_wrong_passphrase_signs_nothing_and_is_not_shown_again(api: Api, report: int) -> None:
    answer = leader(api).act(report, "sign", passphrase="không phải cái này")
    assert answer.status_code == 403 and "Mật khẩu của chứng thư số không đúng" in answer.text
    assert "không phải cái này" not in answer.text and signatures(api, report) == []
    empty = leader(api).act(report, "sign", passphrase="")
    assert empty.status_code == 422 and "Chưa nhập mật khẩu" in empty.text


def test_signed_by_passphrase_the_file_is_kept_and_the_signature_shown(api: Api, signed: int) -> None:
    page = leader(api).page(f"/van-ban/{signed}")
    card = words(page.split('id="chu-ky-so"')[1].split("</section>")[0])
    assert "Còn hiệu lực" in card and "Phó Chủ tịch" in card and "không có dấu thời gian" in card
    (row,) = api.rows("SELECT encode(file_digest, 'hex') AS d FROM signature WHERE document_id = %s", signed)
    assert row["d"][:16] in card and row["d"][16:32] in card  # grouped
    file = leader(api).get(f"/van-ban/{signed}/ban.pdf")
    assert file.headers["content-type"] == PDF and b"/ByteRange" in file.content


def test_the_seal_is_set_when_it_is_sent(api: Api, office: Office, signed: int) -> None:
    clerk = Reader(api, WARD, "clerk")
    form = clerk.page(f"/van-ban/{signed}/viec/submit")
    assert "Mật khẩu con dấu số" in form
    wrong = clerk.act(signed, "submit", passphrase="sai hẳn", recipients="UBND huyện")
    assert wrong.status_code == 403 and "UBND huyện" in wrong.text and "sai hẳn" not in wrong.text
    assert clerk.act(signed, "submit", passphrase=PASSPHRASE).status_code == 303
    assert signatures(api, signed) == ["officer", "seal"]
    sealed = clerk.get(f"/van-ban/{signed}/ban.pdf").content
    means = trust.means(office.settings)
    found = validate(sealed, means.roots, api.world.now, means.system_roots)
    assert [one.purpose for one in found.signatures] == ["system", "officer", "seal"] and found.whole, found.problems
    assert "con dấu của cơ quan" in words(clerk.page(f"/van-ban/{signed}"))


def test_a_paper_signed_without_says_so(api: Api, office: Office) -> None:
    (plain,) = office.reports(1, "Phường Hai")
    page = Reader(api, "Phường Hai", "leader").page(f"/van-ban/{plain}/viec/sign")
    assert "passphrase" not in page
    assert Reader(api, "Phường Hai", "leader").act(plain, "sign").status_code == 303
    assert "Ký trong chương trình, không có chữ ký số." in Reader(api, "Phường Hai", "clerk").page(f"/van-ban/{plain}")


def test_an_auditor_reads_it_all(api: Api, signed: int) -> None:
    assert Reader(api, WARD, "clerk").act(signed, "submit", passphrase=PASSPHRASE).status_code == 303
    auditor = Reader(api, PROVINCE, "auditor")
    assert "Chữ ký số" in auditor.page(f"/van-ban/{signed}")
    assert "Chứng thư của người ký" in auditor.page(f"/don-vi/{api.world.unit(WARD)}/chung-thu")
    assert auditor.get(f"/van-ban/{signed}/phieu.pdf").content.startswith(b"%PDF")
    kinds = [one["purpose"] for one in auditor.voice.get(f"/documents/{signed}/signatures")]
    assert kinds == ["officer", "seal"]


# ── many ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_three_at_once_with_one_passphrase(api: Api, office: Office) -> None:
    reports = office.reports(3)
    path = "/cho-ky?" + "&".join(f"chon={one}" for one in reports)
    page = leader(api).page(path)
    assert page.count('name="van-ban"') == 3 and page.count('name="passphrase"') == 1
    wrong = leader(api).send(path, "/cho-ky", passphrase="sai")
    assert wrong.status_code == 403 and "Chưa ký văn bản nào" in wrong.text
    assert wrong.text.count('name="van-ban"') == 3
    done = leader(api).send(path, "/cho-ky", passphrase=PASSPHRASE)
    assert done.status_code == 200 and "Đã ký 3 văn bản." in words(done.text)
    assert [signatures(api, one) for one in reports] == [["officer"]] * 3


def test_who_listens_is_told_of_each(api: Api, report: int) -> None:
    marks = api.rows("SELECT d.id || '.' || d.seq || '.' || (SELECT max(r.id) FROM revision r WHERE"
                     " r.document_id = d.id) AS said FROM document d WHERE id = %s", report)  # fmt: skip
    fields = {"van-ban": [marks[0]["said"], "999999.1.1"], "passphrase": PASSPHRASE}
    told = leader(api).voice.say("POST", "/cho-ky", data=fields, headers={
        "Accept": "text/event-stream, text/html", "Sec-Fetch-Site": "same-origin"})  # fmt: skip
    assert told.headers["content-type"].startswith("text/event-stream")
    first, last = told.text.strip().split("\n\n")
    assert json.loads(first.removeprefix("data: ")) == {"n": 1, "of": 1}
    assert last.startswith("event: xong") and "Đã ký 1 văn bản." in words(last) and "Chưa ký được" in last
    assert signatures(api, report) == ["officer"]


def test_many_are_sealed_with_one_passphrase(api: Api, office: Office, signed: int) -> None:
    (other,) = office.reports(1)
    assert leader(api).act(other, "sign", passphrase=PASSPHRASE).status_code == 303
    clerk, path = Reader(api, WARD, "clerk"), f"/can-gui?chon={signed}&chon={other}"
    wrong = clerk.send(path, "/can-gui", passphrase="sai")
    assert wrong.status_code == 403 and "Chưa gửi văn bản nào" in wrong.text
    assert "Đã lấy số và gửi 2 văn bản." in words(clerk.send(path, "/can-gui", passphrase=PASSPHRASE).text)
    assert [signatures(api, one) for one in (signed, other)] == [["officer", "seal"]] * 2


# ── as a unit asks for it ───────────────────────────────────────────────────────────────────────────────────


def test_where_a_signature_is_asked_for_and_none_there_is_no_button(api: Api, office: Office) -> None:
    (report,) = office.reports(1, "Phường Ba")
    unit, admin = api.world.unit("Phường Ba"), Reader(api, PROVINCE, "admin")
    path = f"/don-vi/{unit}/chung-thu"
    assert admin.send(path, f"{path}/bat-buoc", required="1").status_code == 303
    signer = Reader(api, "Phường Ba", "leader")
    form = signer.page(f"/van-ban/{report}/viec/sign").split('class="body act-form"')[1]
    assert "yêu cầu ký số" in form and 'type="submit"' not in form
    assert signer.act(report, "sign").status_code == 422
    assert "bắt buộc" in words(admin.page(f"/don-vi/{unit}"))


@pytest.mark.usefixtures("office")
def test_an_administrator_issues_registers_and_ends(api: Api) -> None:
    unit, admin = api.world.unit("Phường Ba"), Reader(api, PROVINCE, "admin")
    path, vice = f"/don-vi/{unit}/chung-thu", api.world.act("Phường Ba", "leader").office_id
    assert "Chưa có chứng thư số nào" in admin.page(path)
    short = admin.send(path, f"{path}/thu", whose=str(vice), test_passphrase="ngắn")
    assert short.status_code == 422 and "ít nhất 8 ký tự" in short.text
    assert admin.send(path, f"{path}/thu", whose=str(vice), test_passphrase=PASSPHRASE).status_code == 303
    page = admin.page(path)
    assert "Còn hiệu lực" in page and "Phó Chủ tịch" in page
    other = api.world.act(WARD, "leader").office_id
    assert admin.send(path, f"{path}/thu", whose=str(other), test_passphrase=PASSPHRASE).status_code == 422
    no_file = admin.post(path, {"whose": "dau", "store": "local"}, files={"file": ("a.p12", b"no certificate")})
    assert no_file.status_code == 422
    (row,) = api.rows("SELECT id FROM certificate WHERE unit_id = %s", unit)
    end = f"{path}/{row['id']}/het"
    assert admin.send(path, end, reason=" ").status_code == 422
    assert admin.send(path, end, reason="mất thiết bị").status_code == 303
    assert "mất thiết bị" in admin.page(path)
    assert api.rows("SELECT 1 FROM keystore WHERE certificate_id = %s", row["id"]) == []
    assert Reader(api, "Phường Ba", "leader").get(path).status_code == 403


def test_who_holds_one_is_told_before_it_runs_out(api: Api, office: Office) -> None:
    chair = api.world.act("Phường Bốn", "chair")
    office.issue(chair, days=20)
    told = Reader(api, "Phường Bốn", "chair")
    assert "hết hạn ngày" in words(told.page("/")) and "Phường Bốn" in words(told.page("/"))
    assert "Đăng ký chứng thư mới" in Reader(api, PROVINCE, "admin").page("/")
    assert "Chứng thư số" in told.page("/tai-khoan") and "Sắp hết hạn" in told.page("/tai-khoan")


def test_an_officer_changes_the_passphrase_of_his_own(api: Api, office: Office) -> None:
    chair = api.world.act(WARD, "chair")
    number = office.issue(chair)
    account(api, chair, "dung.mot")
    his, path = Visitor(api), f"/tai-khoan/chung-thu/{number}"
    his.sign_in("dung.mot")
    assert path in his.get("/tai-khoan").text
    wrong = his.post(path, {"passphrase": "sai hẳn", "new_passphrase": "một mật khẩu mới"})
    assert wrong.status_code == 403 and "Mật khẩu của chứng thư số không đúng" in wrong.text
    assert his.post(path, {"passphrase": PASSPHRASE, "new_passphrase": "ngắn"}).status_code == 422
    assert his.post(path, {"passphrase": PASSPHRASE, "new_passphrase": "một mật khẩu mới"}).status_code == 303
    assert his.post(path, {"passphrase": PASSPHRASE, "new_passphrase": "một mật khẩu nữa"}).status_code == 403
    account(api, api.world.act("Phường Hai", "chair"), "dung.hai")
    other = Visitor(api)
    other.sign_in("dung.hai")
    assert other.post(path, {"passphrase": PASSPHRASE, "new_passphrase": "của người khác"}).status_code == 404


# ── with a token ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_token_takes_the_file_away_and_gives_it_back(api: Api, office: Office) -> None:
    (report,) = office.reports(1, "Phường Bốn")
    signer, home = Reader(api, "Phường Bốn", "leader"), office.settings.home
    key = with_token(api, api.world.act("Phường Bốn", "leader"), "Phường Bốn", home)
    form = f"/van-ban/{report}/viec/sign"
    where = signer.send(form, f"/van-ban/{report}/ky-thiet-bi").headers["location"].partition("?")[0]
    assert "Còn 15 phút" in words(signer.page(where))
    others = [Reader(api, "Phường Bốn", "chair"), Reader(api, WARD, "leader")]
    assert [one.get(where).status_code for one in others] == [404, 404]
    served = signer.get(f"{where}/tep.pdf")
    assert served.headers["content-type"] == PDF and "Đã tải về" in signer.page(where)
    assert signer.get(f"{where}/tep.pdf").status_code == 410
    api.world.later(minutes=2)
    case = Case(served.content, key, api.world.now, b"")
    refused = give_back(signer, where, served.content)
    assert refused.status_code == 422 and "Chuẩn bị lại" in refused.text
    assert "Tệp gửi lên không nhận được" in refused.text
    assert give_back(others[1], where, case.signed()).status_code == 404  # an outsider's, though the file is right
    assert signatures(api, report) == []
    assert give_back(signer, where, case.signed()).headers["location"] == f"/van-ban/{report}"
    assert signatures(api, report) == ["officer"]
    assert give_back(signer, where, case.signed()).status_code == 409


def test_a_program_signs_with_a_passphrase_that_nothing_keeps(api: Api, report: int) -> None:
    voice = api.as_(WARD, "leader")
    seen = voice.get(f"/documents/{report}")
    body = {"action": "sign", "seq": seen["seq"], "revision_id": seen["newest_revision_id"]}
    path, once = f"/documents/{report}/steps", {"Idempotency-Key": "ky-mot-lan"}
    assert voice.say("POST", path, json=body).json()["code"] == "passphrase-needed"
    prepare = {"seq": seen["seq"], "revision_id": seen["newest_revision_id"]}
    assert voice.say("POST", f"/documents/{report}/signing", json=prepare).json()["code"] == "key-signs"
    first = voice.say("POST", path, json={**body, "passphrase": PASSPHRASE}, headers=once)
    again = voice.say("POST", path, json={**body, "passphrase": "quên mất"}, headers=once)
    assert (first.status_code, again.status_code) == (201, 201) and first.json() == again.json()
    assert PASSPHRASE not in str(api.rows("SELECT * FROM idempotency"))


def test_a_program_takes_the_file_of_a_token_away(api: Api, office: Office) -> None:
    (report,) = office.reports(1, "Phường Bốn")
    voice = api.as_("Phường Bốn", "leader")
    key = with_token(api, api.world.act("Phường Bốn", "leader"), "Phường Bốn", office.settings.home)
    seen = voice.get(f"/documents/{report}")
    told = voice.post(f"/documents/{report}/signing", {"seq": seen["seq"], "revision_id": seen["newest_revision_id"]})
    served = voice.say("GET", told["download"]).content
    assert api.as_(WARD, "leader").say("GET", told["download"]).status_code == 404 and len(served) == told["size"]
    file = {"file": ("ky.pdf", Case(served, key, api.world.now, b"").signed(), PDF)}
    assert voice.say("POST", told["upload"], files=file).json()["action"] == "sign"


def give_back(who: Reader, where: str, data: bytes) -> httpx.Response:
    return who.voice.say("POST", where, files={"file": ("da-ky.pdf", data, PDF)}, follow_redirects=False,
                         headers={**HTML, "Sec-Fetch-Site": "same-origin"})  # fmt: skip
