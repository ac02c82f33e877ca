"""Administrators: people, offices, units and the calendar, each as far as his own part of the tree."""

from __future__ import annotations

from tests.http_world import Api, Voice
from tests.world import PROVINCE, WARDS


def test_an_office_that_has_ended_opens_nothing(api: Api) -> None:
    actor = api.seat(api.world.unit(WARDS[2]), "clerk", "Sắp nghỉ")
    voice, admin = api.voice(actor), api.as_(PROVINCE, "admin")
    ended = admin.post(f"/offices/{actor.office_id}/end", {"last_day": api.world.today.isoformat()})
    assert ended["valid_to"] == api.world.today.isoformat()
    assert voice.say("GET", "/inbox").status_code == 200  # the last day is held
    api.world.later(days=1)
    assert voice.say("GET", "/inbox").json()["code"] == "no-office"


def test_an_administrator_reaches_as_far_as_his_tree(api: Api) -> None:
    admin = api.as_(PROVINCE, "admin")
    far = api.rows("SELECT id FROM unit WHERE registry <> 'mau' AND level = 'province' LIMIT 1")
    person = admin.post("/people", {"full_name": "Người Mới (mẫu)"})["id"]
    office = {"person_id": person, "seat": "drafter", "title": "Tham mưu", "valid_from": "2026-01-01"}
    outside = admin.say("POST", "/offices", json={**office, "unit_id": far[0]["id"]})
    assert (outside.status_code, outside.json()["code"]) == (403, "not-your-tree")
    given = admin.post("/offices", {**office, "unit_id": api.world.unit(WARDS[0])})
    assert given["unit"] == WARDS[0]
    secret = admin.post("/tokens", {"name": "lần đầu", "person_id": person})["secret"]
    assert Voice(api.client, secret).get("/me")["offices"][0]["office_id"] == given["office_id"]
    assert admin.say("PUT", "/calendar/2026-12-14", json={"off": True, "source": "x"}).status_code == 403
    root = api.as_("Việt Nam", "admin")
    decided = root.put("/calendar/2026-12-14", {"off": True, "source": "Thông báo mẫu"})
    assert (decided["working"], decided["rest"]) == (False, "Thông báo mẫu")


def test_units_come_in_by_csv_all_or_nothing_and_only_below(api: Api) -> None:
    admin = api.as_(PROVINCE, "admin")
    head = "registry,code,name,level,role,symbol,parent_registry,parent_code,valid_from\n"
    good = head + "mau,W1-T1,Tổ dân phố 1 (mẫu),village,,TDP,mau,W1,2026-01-01\n"
    bad = good + "mau,W1-T2,Tổ dân phố 2 (mẫu),thôn,,TDP,mau,W1,2026-01-01\n"
    csv = {"Content-Type": "text/csv"}
    refused = admin.say("POST", "/units/import", content=bad.encode(), headers=csv)
    assert refused.status_code == 422 and "dòng 3" in refused.json()["reasons"][0]["place"]
    outside = head + "mau,VN-X,Ban của cả nước (mẫu),body,ban_x,BX,vn,0,2026-01-01\n"
    assert admin.say("POST", "/units/import", content=outside.encode(), headers=csv).json()["code"] == "not-your-tree"
    assert api.rows("SELECT 1 FROM unit WHERE code IN ('W1-T1','VN-X')") == []
    assert admin.say("POST", "/units/import", content=good.encode(), headers=csv).json() == {"units": 1}
    found = admin.get("/units", params={"name": "to dan pho 1", "level": "village"})
    assert [one["parent_name"] for one in found] == [WARDS[0]]
    children = admin.get(f"/units/{api.world.unit(WARDS[0])}/children")
    assert [one["code"] for one in children] == ["W1-T1"]
