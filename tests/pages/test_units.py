"""Đơn vị: the tree as of a day, a unit with its people, and what an administrator does about them."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from api.pages import csv_safe
from tests.http_world import Api
from tests.pages.page_reader import HTML, Form, Reader, words
from tests.world import PROVINCE, WARDS

WARD = WARDS[0]


def admin(api: Api) -> Reader:
    return Reader(api, PROVINCE, "admin")


def offices(api: Api, name: str) -> list[Any]:
    return api.rows("SELECT o.*, p.full_name, p.email, p.phone FROM office o JOIN person p ON p.id = o.person_id"
                    " WHERE p.full_name = %s ORDER BY o.id", name)  # fmt: skip


def test_the_tree_is_the_tree_of_the_day(api: Api) -> None:
    reader = Reader(api, WARD, "drafter")
    today, before = reader.page("/don-vi"), reader.page("/don-vi?ngay=2025-06-30")
    assert "35 tỉnh, thành phố" in words(today) and "64 tỉnh, thành phố" in words(before)
    branch = reader.page(f"/don-vi/{api.world.unit(PROVINCE)}/cay")
    assert "<html" not in branch and "Huyện An Mẫu" in branch and "2 xã, phường" in words(branch)
    opened = reader.page(f"/don-vi?mo={api.world.unit('Huyện An Mẫu')}")
    assert "Phường Một" in opened and "Phường Ba" not in opened


def test_units_are_found_without_marks_by_code_and_on_the_other_side_of_the_reform(api: Api) -> None:
    reader = Reader(api, WARD, "drafter")
    assert "Phường Một" in reader.page("/don-vi?tim=phuong+mot")
    assert "Tỉnh Mẫu Giang" in reader.page("/don-vi?tim=mau:MG")
    part = reader.voice.say("GET", "/don-vi?tim=phuong+mot", headers={**HTML, "HX-Request": "true"}).text
    assert part.lstrip().startswith('<div id="found"')
    gone = reader.page("/don-vi?tim=hai+ba+trung&cap=district")
    assert "Không có đơn vị nào" in gone and "tim=hai%20ba%20trung&amp;ngay=2025-06-30" in gone
    assert "Không phải ngày" in reader.page("/don-vi?ngay=hom-qua")


def test_a_unit_tells_what_it_came_from_and_the_doubt(api: Api) -> None:
    doubted = api.rows("SELECT new_id, doubt FROM succession WHERE doubt IS NOT NULL ORDER BY new_id LIMIT 1")[0]
    page = Reader(api, WARD, "drafter").page(f"/don-vi/{doubted['new_id']}")
    assert "Được lập từ" in page and "Còn nghi vấn" in page and "chia, chỉ nhập một phần" in page
    old = api.rows("SELECT old_id FROM succession WHERE new_id = %s LIMIT 1", doubted["new_id"])[0]["old_id"]
    assert "Không còn hiệu lực" in Reader(api, WARD, "drafter").page(f"/don-vi/{old}")


def test_an_administrator_gives_an_office_once_with_all_that_it_carries(api: Api) -> None:
    reader, unit = admin(api), api.world.unit(WARD)
    chair = api.world.act(WARD, "chair").office_id
    path = f"/don-vi/{unit}/giao"
    filled = {"full_name": "Người Thay (mẫu)", "email": "thay@dondoc.example", "phone": "0900 000 001",
              "seat": "leader", "title": "Phó Chủ tịch", "authority": "KT.", "fields": "lao động, trẻ em",
              "kinds": "report", "mandate": "QĐ 12/QĐ-UBND", "stands_for": str(chair), "valid_from": "2026-10-01",
              "valid_to": "2026-10-31", "viec": "giao"}  # fmt: skip
    form = Form(reader.page(path), path)
    sent = {**dict(form.fields), **filled}
    for _ in range(2):  # the same form again: the key in it is used
        answer = reader.post(form.action, sent)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/don-vi/{unit}")
    (given,) = offices(api, "Người Thay (mẫu)")
    assert (given["authority"], given["fields"], given["kinds"]) == ("KT.", ["lao động", "trẻ em"], ["report"])
    assert (given["mandate"], given["stands_for"], given["valid_to"]) == ("QĐ 12/QĐ-UBND", chair, date(2026, 10, 31))
    page = words(reader.page(f"/don-vi/{unit}?ngay=2026-10-07"))
    assert "thay Dũng" in page and "lao động, trẻ em" in page and "theo QĐ 12/QĐ-UBND" in page
    assert "Người Thay (mẫu)" not in words(reader.page(f"/don-vi/{unit}?ngay=2026-11-07")).split("lúc khác")[0]


def test_what_is_wrong_is_told_and_what_was_typed_stays(api: Api) -> None:
    reader, unit = admin(api), api.world.unit(WARD)
    path = f"/don-vi/{unit}/giao"
    answer = reader.send(path, path, full_name="Lê Giữ Lại (mẫu)", title="", valid_from="mai", authority="TUQ.")
    assert answer.status_code == 422 and "Lê Giữ Lại (mẫu)" in answer.text
    assert "«mai» không phải ngày" in answer.text and "Chưa ghi chức vụ" in answer.text
    name = "Lê Giữ Lại (mẫu)"
    refused = reader.send(path, path, full_name=name, title="Trưởng phòng", seat="leader", authority="TUQ.")
    assert refused.status_code == 422 and "văn bản ủy quyền" in refused.text
    assert offices(api, "Lê Giữ Lại (mẫu)") == []
    assert api.rows("SELECT 1 FROM person WHERE full_name = 'Lê Giữ Lại (mẫu)'") == []


def test_a_person_who_is_there_is_found_and_given_another_office(api: Api) -> None:
    reader, unit = admin(api), api.world.unit(WARDS[1])
    path = f"/don-vi/{unit}/giao"
    known = api.rows("SELECT p.id, p.full_name FROM person p JOIN office o ON o.person_id = p.id WHERE o.id = %s",
                     api.world.act(WARD, "clerk").office_id)[0]  # fmt: skip
    found = reader.send(path, path, viec="tim", tim=known["full_name"], title="Giữ nguyên chữ này").text
    assert f'name="person" value="{known["id"]}"' in found and "Giữ nguyên chữ này" in found
    answer = reader.send(path, path, person=str(known["id"]), seat="clerk", title="Văn thư kiêm nhiệm", viec="giao")
    assert answer.status_code == 303
    assert [row["unit_id"] for row in offices(api, known["full_name"])][-1] == unit


def test_an_office_ends_and_contacts_are_kept(api: Api) -> None:
    actor, unit = api.seat(api.world.unit(WARDS[2]), "clerk", "Sắp thôi"), api.world.unit(WARDS[2])
    reader, path = admin(api), f"/don-vi/{api.world.unit(WARDS[2])}/vi-tri/{actor.office_id}"
    kept = reader.send(path, f"{path}/lien-he", email="sapthoi@dondoc.example", phone="0900 000 002")
    assert kept.status_code == 303 and "sapthoi@dondoc.example" in reader.page(f"/don-vi/{unit}")
    bad = reader.send(path, f"{path}/lien-he", email="sapthoi@dondoc.example", phone="gọi sau")
    assert bad.status_code == 422 and "không phải số điện thoại" in bad.text
    other = api.seat(unit, "drafter", "Trùng thư")
    taken = reader.send(f"/don-vi/{unit}/vi-tri/{other.office_id}", f"/don-vi/{unit}/vi-tri/{other.office_id}/lien-he",
                        email="sapthoi@dondoc.example")  # fmt: skip
    assert taken.status_code == 409 and "là của Sắp thôi" in taken.text
    ended = reader.send(path, f"{path}/het", last_day="2026-12-31")
    assert ended.status_code == 303
    assert offices(api, "Sắp thôi (mẫu)")[0]["valid_to"] == date(2026, 12, 31)


def test_a_unit_keeps_its_telephone_and_how_it_signs(api: Api) -> None:
    unit, reader = api.world.unit(WARDS[3]), admin(api)
    path = f"/don-vi/{unit}/sua"
    assert reader.send(path, path, phone="0203 999 999", small="1", totp="1").status_code == 303
    (row,) = api.rows("SELECT phone, small, totp_to_sign FROM unit WHERE id = %s", unit)
    assert row == {"phone": "0203 999 999", "small": True, "totp_to_sign": True}
    page = words(reader.page(f"/don-vi/{unit}"))
    assert "cần mã xác thực hai bước" in page and "người soạn được ký" in page
    assert reader.send(path, path, phone="không có").status_code == 422


def test_others_see_no_button_and_are_refused(api: Api) -> None:
    unit, reader = api.world.unit(WARD), Reader(api, WARD, "leader")
    page = reader.page(f"/don-vi/{unit}")
    assert "/giao" not in page and "/sua" not in page and "/nhap" not in page and "nhan-su.csv" not in page
    for path in ("giao", "sua", "nhap"):
        assert reader.post(f"/don-vi/{unit}/{path}", {"phone": "1"}).status_code == 403
    far = api.rows("SELECT id FROM unit WHERE registry = 'vn2' AND level = 'commune' LIMIT 1")[0]["id"]
    beyond = admin(api)
    assert "/giao" not in beyond.page(f"/don-vi/{far}")
    answer = beyond.post(f"/don-vi/{far}/sua", {"phone": "0900"})
    assert answer.status_code == 403 and "không thuộc phạm vi quản trị" in answer.text


def test_files_go_out_without_formulas_and_come_in_again(api: Api) -> None:
    reader, unit = admin(api), api.world.unit(PROVINCE)
    api.seat(api.world.unit(WARD), "drafter", "=1+1")
    raw = reader.get(f"/don-vi/{unit}/nhan-su.csv").content
    assert "'=1+1 (mẫu)" in raw.decode("utf-8-sig") and "\n=" not in raw.decode()
    again = upload(reader, unit, "nhan-su", raw)
    assert again.status_code == 303, words(again.text)
    assert len(offices(api, "=1+1 (mẫu)")) == 1 and offices(api, "'=1+1 (mẫu)") == []
    tree = reader.get(f"/don-vi/{unit}/don-vi.csv").content
    rows = list(csv.DictReader(io.StringIO(tree.decode("utf-8-sig"))))
    assert {"W1", "AM", "MG"} <= {row["code"] for row in rows}
    assert upload(reader, unit, "don-vi", tree.replace(b",", b";")).status_code == 303


def test_every_bad_row_is_told_and_nothing_is_half_done(api: Api) -> None:
    reader, unit = admin(api), api.world.unit(PROVINCE)
    head = "full_name,email,registry,code,seat,title,valid_from,authority\n"
    rows = ("Tốt Lành (mẫu),tot@dondoc.example,mau,W1,drafter,Tham mưu,2026-01-01,\n"
            "Sai Ghế (mẫu),,mau,W1,ghế,Tham mưu,hôm nay,\n"
            "Sai Nơi (mẫu),,mau,KHONG,drafter,Tham mưu,2026-01-01,\n"
            "Thiếu Ủy Quyền (mẫu),,mau,W1,leader,Trưởng phòng,2026-01-01,TUQ.\n")  # fmt: skip
    refused = upload(reader, unit, "nhan-su", (head + rows).encode())
    said = words(refused.text)
    assert refused.status_code == 422 and "Chưa nhập dòng nào" in said
    for line in ("dòng 3", "dòng 4", "dòng 5", "không có đơn vị mau:KHONG", "văn bản ủy quyền", "viết như 2025-07-01"):
        assert line in said
    assert api.rows("SELECT 1 FROM person WHERE full_name = 'Tốt Lành (mẫu)'") == []
    assert upload(reader, unit, "nhan-su", (head + rows.split("\n")[0]).encode()).status_code == 303
    assert len(offices(api, "Tốt Lành (mẫu)")) == 1
    bad = b"registry,code,name,level,parent_registry,parent_code,valid_from\nmau,X1,Thon,xom,mau,W1,2026-01-01\n"
    assert "dòng 2" in words(upload(reader, unit, "don-vi", bad).text)
    assert upload(reader, unit, "don-vi", b"").status_code == 422


def test_cells_that_a_spreadsheet_would_run_are_marked_and_unmarked() -> None:
    cells = ["=HYPERLINK(1)", "+84 1", "-x", "@a", "\tb", "thường", ""]
    written = csv_safe.written(["a"] * len(cells), [cells])
    row = written.decode("utf-8-sig").split("\r\n")[1]
    assert all(f"'{cell.strip()}" in row or cell in ("thường", "", "\tb") for cell in cells)
    back = list(csv.reader(io.StringIO(csv_safe.plain(written).decode())))[1]
    assert back == cells


def upload(reader: Reader, unit: int, what: str, raw: bytes) -> Any:
    headers = {**HTML, "Sec-Fetch-Site": "same-origin"}
    return reader.voice.say("POST", f"/don-vi/{unit}/nhap", data={"gi": what}, follow_redirects=False, headers=headers,
                            files={"tep": ("tep.csv", raw, "text/csv")})  # fmt: skip
