"""A province in which every page has something to show, and every page with who looks at it.

`PAGES`: the route, who sits where, and an address with the story's names in it. `NO_PAGES`: what answers a GET and is
no page, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from states import database as db
from states import offices, second_factor, secret_key
from states.offices import NewOffice
from states.policy import Actor
from tests.browser.conftest import Site
from tests.http_world import plan_order, report_of, report_text
from tests.pages.page_reader import Reader
from tests.pages.total_readers import District
from tests.pages.visitor import machine
from tests.world import DISTRICTS, PROVINCE, WARDS

NATION, DISTRICT, NOBODY = "Việt Nam", DISTRICTS[0], "nobody"
ONE, TWO, THREE, FOUR = WARDS
PLAN, PAPER = "/ke-hoach/{plan_id:int}", "/van-ban/{document_id}"
_SUPERVISOR, _LEADER, _ADMIN = (DISTRICT, "supervisor"), (TWO, "leader"), (PROVINCE, "admin")

PAGES: tuple[tuple[str, str, str, str], ...] = (
    ("/", *_SUPERVISOR, "/"), ("/", *_LEADER, "/"), ("/", TWO, "drafter", "/"), ("/", FOUR, "clerk", "/"),
    ("/", PROVINCE, "auditor", "/"), ("/", *_ADMIN, "/"),
    ("/ke-hoach", PROVINCE, "drafter", "/ke-hoach"), ("/ke-hoach/moi", PROVINCE, "drafter", "/ke-hoach/moi"),
    (PLAN, *_SUPERVISOR, "/ke-hoach/{plan}"), (PLAN, *_SUPERVISOR, "/ke-hoach/{plan}?xem=bang"),
    (PLAN, *_SUPERVISOR, "/ke-hoach/{plan}?xem=cay"), (PLAN, PROVINCE, "supervisor", "/ke-hoach/{plan}"),
    (PLAN, TWO, "drafter", "/ke-hoach/{plan}"),
    (f"{PLAN}/cay", PROVINCE, "supervisor", "/ke-hoach/{plan}/cay"),
    (f"{PLAN}/don-doc/{{document_id:int}}", *_SUPERVISOR, "/ke-hoach/{plan}/don-doc/{second}"),
    (f"{PLAN}/nhac", *_SUPERVISOR, "/ke-hoach/{plan}/nhac"),
    (f"{PLAN}/tong-hop", *_SUPERVISOR, "/ke-hoach/{plan}/tong-hop"),
    (f"{PLAN}/tong-hop", *_SUPERVISOR, "/ke-hoach/{plan}/tong-hop?bieu=loi"),
    ("/ke-hoach/{plan_id}/gia-han-chung", PROVINCE, "leader", "/ke-hoach/{plan}/gia-han-chung"),
    ("/bang", PROVINCE, "supervisor", "/bang"), ("/bang", TWO, "drafter", "/bang"),
    ("/tong-hop", *_SUPERVISOR, "/tong-hop"),
    ("/van-ban/{document_id:int}/chenh-lech", *_SUPERVISOR, "/van-ban/{total}/chenh-lech"),
    ("/van-ban/{document_id:int}/o/{cell:int}", *_SUPERVISOR, "/van-ban/{total}/o/10203"),
    (PAPER, *_LEADER, "/van-ban/{second}"), (PAPER, *_SUPERVISOR, "/van-ban/{first}"),
    (PAPER, PROVINCE, "leader", "/van-ban/{plan}"), ("/cho-ky/{document_id}", *_LEADER, "/cho-ky/{second}"),
    (f"{PAPER}/viec/{{action}}", *_LEADER, "/van-ban/{second}/viec/sign"),
    (f"{PAPER}/viec/{{action}}", *_LEADER, "/van-ban/{second}/viec/send_back"),
    (f"{PAPER}/viec/{{action}}", FOUR, "clerk", "/van-ban/{fourth}/viec/submit"),
    (f"{PAPER}/giay", *_LEADER, "/van-ban/{second}/giay"), (f"{PAPER}/hoi", *_LEADER, "/van-ban/{second}/hoi"),
    (f"{PAPER}/hoi/{{question_id}}", TWO, "drafter", "/van-ban/{second}/hoi/{question}"),
    (f"{PAPER}/gia-han", TWO, "drafter", "/van-ban/{second}/gia-han"),
    (f"{PAPER}/so-sanh", ONE, "leader", "/van-ban/{first}/so-sanh"),
    (f"{PAPER}/so-sanh/{{old}}..{{new}}", ONE, "leader", "/van-ban/{first}/so-sanh/1..2"),
    ("/soan", THREE, "drafter", "/soan"), ("/soan/{document_id}", THREE, "drafter", "/soan/{third}"),
    ("/soan/{document_id}", PROVINCE, "drafter", "/soan/{draft}"),
    ("/soan/{document_id}/dong-gop/{contribution_id}", TWO, "drafter", "/soan/{second}/dong-gop/{contribution}"),
    ("/cho-ky", *_LEADER, "/cho-ky?chon={second}"), ("/can-gui", FOUR, "clerk", "/can-gui?chon={fourth}"),
    ("/viec/{name}", *_LEADER, "/viec/presented"), ("/viec/{name}", THREE, "drafter", "/viec/to_draft"),
    ("/viec/{name}", *_SUPERVISOR, "/viec/to_accept"), ("/viec/{name}", FOUR, "clerk", "/viec/to_send"),
    ("/kho", *_SUPERVISOR, "/kho?tim=bao+cao"),
    ("/nhat-ky", *_SUPERVISOR, "/nhat-ky"), ("/nhat-ky/van-ban/{document_id}", *_SUPERVISOR, "/nhat-ky/van-ban/{first}"),
    ("/nhat-ky/van-ban/{document_id}/kiem-tra", *_SUPERVISOR, "/nhat-ky/van-ban/{first}/kiem-tra"),
    ("/nhat-ky/nguoi/{person_id}", PROVINCE, "auditor", "/nhat-ky/nguoi/{person}"),
    ("/ngoai-le", PROVINCE, "auditor", "/ngoai-le"),
    ("/don-vi", *_ADMIN, "/don-vi"), ("/don-vi/{unit_id}", *_ADMIN, "/don-vi/{unit}"),
    ("/don-vi/{unit_id}/sua", *_ADMIN, "/don-vi/{unit}/sua"), ("/don-vi/{unit_id}/nhap", *_ADMIN, "/don-vi/{unit}/nhap"),
    ("/don-vi/{unit_id}/giao", *_ADMIN, "/don-vi/{unit}/giao"),
    ("/don-vi/{unit_id}/vi-tri/{office_id}", *_ADMIN, "/don-vi/{unit}/vi-tri/{office}"),
    ("/bieu-mau", *_ADMIN, "/bieu-mau"), ("/bieu-mau/{code}/{version}", *_ADMIN, "/bieu-mau/action-month/2"),
    ("/so-dang-ky", FOUR, "clerk", "/so-dang-ky"),
    ("/so-dang-ky/{register_id}", PROVINCE, "clerk", "/so-dang-ky/{register}"),
    ("/tac-vu", NATION, "admin", "/tac-vu"), ("/tac-vu/ghi-nhan", NATION, "admin", "/tac-vu/ghi-nhan"),
    ("/tac-vu/prefect", NATION, "admin", "/tac-vu/prefect"),
    ("/thiet-lap", *_LEADER, "/thiet-lap"), ("/thiet-lap/lich", NATION, "admin", "/thiet-lap/lich?nam=2026"),
    ("/thiet-lap/tai-khoan", *_ADMIN, "/thiet-lap/tai-khoan"),
    ("/thiet-lap/tai-khoan/{person_id}", *_ADMIN, "/thiet-lap/tai-khoan/{person}"),
    ("/tai-khoan", *_LEADER, "/tai-khoan"), ("/tai-khoan/hai-lop", THREE, "clerk", "/tai-khoan/hai-lop"),
    ("/ma-xac-nhan", *_LEADER, "/ma-xac-nhan"), ("/mat-khau", THREE, "clerk", "/mat-khau"),
    ("/vi-tri", PROVINCE, "chair", "/vi-tri"), ("/chua-co-vi-tri", NATION, "gone", "/chua-co-vi-tri"),
    ("/dang-nhap", NOBODY, "", "/dang-nhap"), ("/dang-nhap", NOBODY, "", "/dang-nhap?tim=phuong"),
)  # fmt: skip
REFUSED = (
    (404, TWO, "drafter", "/van-ban/999999"), (404, TWO, "drafter", "/khong-co"), (404, NOBODY, "", "/khong-co"),
    (403, TWO, "drafter", "/thiet-lap/tai-khoan"), (422, TWO, "drafter", "/van-ban/{second}/viec/khac"),
)  # fmt: skip
"""The pages that say no: the status, who asks, the address."""
OPENED = (
    (*_SUPERVISOR, "/ke-hoach/{plan}", "a[data-sheet] >> nth=0", "#to .sheet-top"),
    (*_LEADER, "/van-ban/{second}", "a[data-key=r]", "#form-box form"),
    (*_LEADER, "/van-ban/{second}", "#trao-doi a[data-form] >> nth=0", "#form-box form"),
    (*_SUPERVISOR, "/ke-hoach/{plan}/tong-hop", "#total tfoot td:not(.where) a >> nth=0", "#cell .trace"),
    (*_LEADER, "/", ".me summary", ".me .menu"),
)  # fmt: skip
"""What opens on a page: who, where, what is pressed, what is seen then."""

_FILE, _PART = "a file", "a part of a page, put into one that is looked at"
NO_PAGES = {
    **dict.fromkeys([f"{PLAN}/bang.xlsx", f"{PLAN}/bang.csv", f"{PLAN}/tong-hop.xlsx", f"{PLAN}/tong-hop.csv",
                     "/ngoai-le/ngoai-le.xlsx", "/ngoai-le/ngoai-le.csv", "/nhat-ky/nhat-ky.xlsx", "/nhat-ky/nhat-ky.csv",
                     "/don-vi/{unit_id}/don-vi.csv", "/don-vi/{unit_id}/nhan-su.csv", f"{PAPER}/ban.pdf"], _FILE),
    f"{PAPER}/trang/{{number}}.svg": "a picture of a paper, in pages that are looked at",
    "/tai-khoan/ma-qr.svg": "a picture, in /tai-khoan/hai-lop",
    "/docs": "the API's description by Swagger UI: others' work, for programmers", f"{PLAN}/song": "a stream", "/soan/{document_id}/moi": "whether there is something newer: no words",
    "/ke-hoach/moi/cay/{unit_id}": _PART, "/don-vi/{unit_id}/cay": _PART,
    "/thong-bao": "leads on to /thiet-lap", "/dang-nhap/oidc": "leads to the identity provider",
    "/dang-nhap/oidc/ve": "where the identity provider leads back to: leads on",
}  # fmt: skip


@dataclass
class Story:
    """The names that stand in addresses."""

    site: Site
    names: dict[str, Any]

    def path(self, address: str) -> str:
        return address.format(**self.names)


def tell(site: Site) -> Story:
    """Monday after the wards' deadline: one ward reopened after it was taken up, one presented, one drafting, one signed."""
    api, world = site.api, site.world
    api.at("2026-10-05")
    district = District(api)
    names = {"plan": district.plan, "total": district.total, "first": district.first, "second": district.second,
             "third": report_of(api, district.plan, THREE), "fourth": report_of(api, district.plan, FOUR)}  # fmt: skip
    api.at("2026-12-21")
    _wards(site, district, names)
    person = world.act(TWO, "leader")
    names |= {"person": person.person_id, "unit": world.unit(TWO), "office": person.office_id, **_found(site, names)}
    _people(site)
    return Story(site, names)


def _wards(site: Site, district: District, names: dict[str, Any]) -> None:
    api = site.api
    district.run()
    district.reopen(district.first)
    _presented(site, ONE, district.first, report_text(2, 30, 45))
    asking = Reader(api, TWO, "drafter")
    assert asking.post(f"/soan/{district.second}/dong-gop", {"assignee": "Trạm Y tế (mẫu)"}).status_code == 303
    _presented(site, TWO, district.second, report_text(2, 3, 9_000))
    leader = Reader(api, TWO, "leader")
    asked = {"words": "Số nữ đã đối chiếu chưa?", "kind": "question", "place": ""}
    assert leader.send(f"/van-ban/{district.second}/hoi", f"/van-ban/{district.second}/hoi", **asked).status_code == 303
    half = {"rows": report_text(2, 3, 90_000)["rows"], "texts": {"results": "Đang làm."}}
    api.as_(THREE, "drafter").put(f"/documents/{names['third']}/draft", {"content": half, "version": 0})
    _presented(site, FOUR, names["fourth"], report_text())
    api.as_(FOUR, "leader").step(names["fourth"], "sign")
    order = plan_order(api, title="Kế hoạch đang soạn (mẫu)")
    names["draft"] = api.as_(PROVINCE, "drafter").post("/plans", order)["document_id"]


def _presented(site: Site, ward: str, report: int, content: dict[str, Any]) -> None:
    drafter = site.api.as_(ward, "drafter")
    version = drafter.get(f"/documents/{report}/draft")["version"]
    drafter.put(f"/documents/{report}/draft", {"content": content, "version": version})
    drafter.step(report, "present")


def _found(site: Site, names: dict[str, Any]) -> dict[str, int]:
    def one(sql: str, *values: Any) -> int:
        return int(site.api.rows(sql, *values)[0]["id"])

    return {
        "question": one("SELECT id FROM note WHERE document_id = %s", names["second"]),
        "contribution": one("SELECT id FROM contribution WHERE document_id = %s", names["second"]),
        "register": one("SELECT id FROM register WHERE unit_id = %s", site.world.unit(PROVINCE)),
    }


def _people(site: Site) -> None:
    """One with a second factor begun, one with two offices, one with none."""
    world, there = site.world, machine(site.api, demo_ahead="PT0S")
    site.account(world.act(THREE, "clerk"), "minh.ba", "con đường làng rợp bóng tre")
    with db.transaction(db.engine(site.api.urls.program)) as session:
        second_factor.enrol(session, world.act(THREE, "clerk").person_id, secret_key.of(there), there.office)
        chair = world.act(PROVINCE, "chair")
        offices.give(session, NewOffice(chair.person_id, world.unit(DISTRICT), "leader", "Chủ tịch", world.today, "TM."))
        gone = offices.add_person(session, "Bình (mẫu)", sample=True)
    world.people[world.unit(NATION), "gone"] = Actor(gone, 0)
