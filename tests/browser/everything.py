"""A province in which every page has something to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from states import database as db
from states import offices, second_factor, secret_key
from states.offices import NewOffice
from states.policy import Actor
from tests.browser.conftest import Site
from tests.browser.every_page import DISTRICT, FOUR, NATION, ONE, THREE, TWO
from tests.http_world import issue_plan, plan_order, report_of, report_text, send_report
from tests.pages.incoming_papers import came, paper
from tests.pages.page_reader import Reader
from tests.pages.signing_office import issue, with_token
from tests.pages.total_readers import District
from tests.pages.visitor import machine
from tests.world import PROVINCE
from workflows.consolidation import close_plans


@dataclass
class Story:
    """The names that stand in addresses."""

    site: Site
    names: dict[str, Any]

    def path(self, address: str) -> str:
        return address.format(**self.names)


def tell(site: Site) -> Story:
    """Monday after the wards' deadline: one ward is reopened, one has presented, one drafts, one has signed."""
    api, world = site.api, site.world
    api.at("2026-10-05")
    district = District(api)
    names: dict[str, Any] = {
        "plan": district.plan, "total": district.total, "first": district.first, "second": district.second,
        "third": report_of(api, district.plan, THREE), "fourth": report_of(api, district.plan, FOUR),
    }  # fmt: skip
    names |= _closed(site)
    api.at("2026-12-21")
    _wards(site, district, names)
    person = world.act(TWO, "leader")
    names |= {"person": person.person_id, "unit": world.unit(TWO), "office": person.office_id, **_found(site, names)}
    names["signing"] = _signing(site, names)
    _people(site)
    return Story(site, names)


def _closed(site: Site) -> dict[str, int]:
    """A plan that asked the province alone, and is done with."""
    api = site.api
    order = plan_order(api, title="Kế hoạch đã xong (mẫu)")
    order["requirements"][0]["levels"] = [{"level": "province", "due_on": "2026-12-28"}]
    plan = issue_plan(api, order)
    report = report_of(api, plan, PROVINCE)
    send_report(api, report, PROVINCE, recipients=["UBND các huyện"])
    with db.transaction(db.engine(api.urls.program)) as session:
        assert close_plans(session, site.world.now) == 1
    return {"closed": plan, "closed_report": report}


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
    drafter = Reader(api, THREE, "drafter")
    names |= {
        "paper": came(drafter, "bao-cao.pdf", paper(THREE, "pdf", number="")),
        "unread": came(drafter, "x.pdf", b"MZ"),
    }
    order = plan_order(api, title="Kế hoạch đang soạn (mẫu)")
    names["draft"] = api.as_(PROVINCE, "drafter").post("/plans", order)["document_id"]


def _signing(site: Site, names: dict[str, Any]) -> str:
    """One leader signs with a token and has begun to, another by a passphrase; returns the secret of what is begun."""
    api = site.api
    issue(api, site.world.act(TWO, "leader"))
    with_token(api, site.world.act(ONE, "leader"), ONE, site.home)
    first = f"/van-ban/{names['first']}"
    begun = Reader(api, ONE, "leader").send(f"{first}/viec/sign", f"{first}/ky-thiet-bi")
    return str(begun.headers["location"]).rpartition("/")[2].partition("?")[0]


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
    world, there = site.world, machine(site.api, demo_ahead="PT0S", home=site.home)
    site.account(world.act(THREE, "clerk"), "minh.ba", "con đường làng rợp bóng tre")
    with db.transaction(db.engine(site.api.urls.program)) as session:
        second_factor.enrol(session, world.act(THREE, "clerk").person_id, secret_key.of(there), there.office)
        chair, district = world.act(PROVINCE, "chair"), world.unit(DISTRICT)
        offices.give(session, NewOffice(chair.person_id, district, "leader", "Chủ tịch", world.today, "TM."))
        gone = offices.add_person(session, "Bình (mẫu)", sample=True)
    world.people[world.unit(NATION), "gone"] = Actor(gone, 0)
