"""Whoever means harm or types nonsense: odd addresses and forms, other people's papers, words that are markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import psycopg
import pytest
from fastapi.routing import APIRoute

from api import pages
from tests.http_world import Api, another_machine, issue_plan, report_of, report_text, send_report
from tests.pages.page_reader import Reader
from tests.world import PROVINCE

DISTRICT, FIRST, SECOND, FAR = "Huyện An Mẫu", "Phường Một", "Phường Hai", "Phường Ba"
ROUTES = [route for router in (*pages.ROUTERS, *pages.PUBLIC) for route in router.routes if isinstance(route, APIRoute)]
READ = [route for route in ROUTES if "GET" in (route.methods or ()) and not route.path.endswith("/song")]
ACTS = [route for route in ROUTES if "POST" in (route.methods or ())]
ODD = ("", "-1", "00", "1.5", "9" * 30, str(2**63), "²", "٣", "‮đảo", "2026-13-45", "9999-12-31", "nhap", "'\"\\<",
       "x" * 900)  # fmt: skip
BAD = "\"><img src=x onerror=alert(1)>'</script><script>alert(2)</script>{{7*7}}"
SECRET = "chuyện chưa trình ai"


class Papers:
    """A plan; the first ward has sent, the second writes."""

    def __init__(self, api: Api) -> None:
        self.api, self.plan = api, issue_plan(api)
        self.sent, self.draft = report_of(api, self.plan, FIRST), report_of(api, self.plan, SECOND)
        send_report(api, self.sent, FIRST)

    def filled(self, route: APIRoute, document: int, **more: str) -> str:
        known = {"document_id": str(document), "plan_id": str(self.plan), "unit_id": str(self.api.world.unit(SECOND)),
                 "code": "action-month", "name": "to_draft", "action": "present", "flow": "consolidate", "act": "khoa",
                 "cell": "10201", "version": "2", "old": "1", "new": "1", **more}  # fmt: skip
        return re.sub(r"{(\w+)(?::\w+)?}", lambda place: quote(known.get(place[1], "1"), safe=""), route.path)


@pytest.fixture(scope="module")
def papers(api: Api) -> Papers:
    api.at("2026-10-06")
    return Papers(api)


def sound(answer: httpx.Response) -> None:
    """No failure of ours; a page's scripts carry this answer's nonce, and nothing else runs or styles."""
    where = str(answer.request.url)[:300]
    assert answer.status_code < 500, (where, answer.text[:300])
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return
    nonce = re.search(r"script-src 'nonce-([\w-]+)'", answer.headers["content-security-policy"])
    assert nonce, where
    for script in re.findall(r"<script\b[^>]*>", answer.text):
        assert f'nonce="{nonce[1]}"' in script and "src=" in script, (where, script)
    assert not re.search(r"<style\b|<[^>]+\s(style|on[a-z]+)=\"", answer.text), where


def asked_for(route: APIRoute) -> list[str]:
    """The names that an address of this route may ask by, those of its dependencies too."""
    found, waiting = set[str](), [route.dependant]
    while waiting:
        one = waiting.pop()
        waiting.extend(one.dependencies)
        found |= {field.alias for field in one.query_params}
    return sorted(found - {"vi-tri"})


# ── odd addresses and forms ──────────────────────────────────────────────────────────────────────────────


def test_no_address_however_odd_is_an_error_of_ours(papers: Papers) -> None:
    readers = [Reader(papers.api, unit, seat) for unit, seat in ((SECOND, "drafter"), (PROVINCE, "auditor"))]
    for route in READ:
        for number, reader in enumerate(readers):
            sound(reader.get(papers.filled(route, papers.draft)))
            for path in _odd(papers, route) if number == 0 else ():
                sound(reader.get(path))


def _odd(papers: Papers, route: APIRoute) -> Iterator[str]:
    here, names = papers.filled(route, papers.draft), asked_for(route)
    for odd in ODD[:2]:
        if names:
            yield f"{here}?{urlencode([(name, said) for name in names for said in (odd, '1', odd)])}"
        for place in re.findall(r"{(\w+)", route.path) if odd else ():
            yield papers.filled(route, papers.draft, **{place: odd})


@pytest.mark.parametrize("seat", ["drafter", "supervisor"])
def test_no_form_however_odd_is_an_error_of_ours(papers: Papers, seat: str) -> None:
    reader = Reader(papers.api, PROVINCE, seat)
    for route in ACTS:
        here = papers.filled(route, papers.sent)
        names = [field.alias for field in route.dependant.body_params] or ["viec", "seq", "words", "van-ban", "due"]
        for odd in (None, ODD[1]):
            sound(reader.post(here, dict.fromkeys(names, odd) if odd else {}))


DRAFTED: tuple[dict[str, str], ...] = (
    {"do": "copy:table.999"}, {"do": "add:" + "9" * 5000}, {"do": "add:999"}, {"do": "copy:t.zzz"}, {"do": "explain:1"},
    {"base": "[" * 100_000}, {"base": '{"a": [1], "rows|1": {}, "x": null}'}, {"version": "9" * 5000},
    {"do": "present", "seq": "9" * 5000, "to_office": "9" * 5000}, {"k.x.number": "9" * 5000}, {"n.999": "1"},
    {"f.9999999": "1"}, {"f.10000": "1"}, {"r.1.x.v99": "1", "r.1.x.c": "99"}, {"f.10201": "9" * 20_000},
    {"pick:rows|1": "theirs", "base": '{"rows|1": "x"}'}, {"pick:nil|x": "theirs", "base": '{"nil|x": true}'},
    {"pick:figures|x": "theirs", "base": '{"figures|x": "1"}'}, {"pick:row|9|9|a|1|v1": "theirs", "base":
     '{"row|9|9|a|1|v1": "1"}'},
)  # fmt: skip


@pytest.mark.parametrize("fields", DRAFTED, ids=lambda fields: str(fields)[:40])
def test_a_draft_takes_no_harm_from_what_no_page_of_ours_sends(papers: Papers, fields: dict[str, str]) -> None:
    writer = Reader(papers.api, SECOND, "drafter")
    for path in (f"/soan/{papers.draft}", f"/soan/{papers.draft}/luu"):
        sound(writer.post(path, fields))
    assert writer.get(f"/soan/{papers.draft}").status_code == 200


@pytest.mark.parametrize("due", ["9999-12-31", "0001-01-01", "2026-13-45"])
def test_a_contribution_is_never_due_on_a_day_that_is_none(papers: Papers, due: str) -> None:
    writer = Reader(papers.api, SECOND, "drafter")
    assert writer.post(f"/soan/{papers.draft}/dong-gop", {"assignee": f"Trường {due}", "due": due}).status_code == 303
    writer.page(f"/soan/{papers.draft}")


PLACES = ("rows.²", "rows." + "9" * 150, "rows.1.values.x", "figures.0", "figures." + "9" * 150, "figures.99999",
          "tables", "texts.", ".", "..", "rows", "rows.1.2", "rows.0", "gathered.zzz", BAD)  # fmt: skip


def test_a_question_about_a_strange_place_spoils_no_page(papers: Papers) -> None:
    asker = Reader(papers.api, DISTRICT, "supervisor")
    for place in PLACES:
        sound(asker.get(f"/van-ban/{papers.sent}/hoi?{urlencode({'cho': place})}"))
        sound(asker.post(f"/van-ban/{papers.sent}/hoi", {"words": "Chỗ nào?", "place": place}))
        sound(asker.get(f"/van-ban/{papers.sent}/viec/return?{urlencode({'cho': place})}"))
    for route in READ:
        if "{document_id" in route.path:
            sound(asker.get(papers.filled(route, papers.sent)))


# ── what a browser never says ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("headers", [
    {"Referer": "http://[", "Accept": "text/html"}, {"Cookie": "dondoc-said=" + quote("[" * 7000)},
    {"Cookie": "dondoc-said=" + quote('{"words": ["<b>"], "tone": {}}')}, {"Cookie": "dondoc-lang=../../x"},
    {"Cookie": "dondoc-density=<x>; dondoc=%00"}, {"Accept-Language": "<script>," * 50}, {"User-Agent": "\x7f" * 3000},
], ids=lambda headers: str(headers)[:40])  # fmt: skip
def test_headers_that_somebody_wrote_himself(papers: Papers, headers: dict[str, str]) -> None:
    reader = Reader(papers.api, SECOND, "drafter")
    for path in ("/", f"/van-ban/{papers.draft}", "/khong-co", "/dang-nhap"):
        sound(reader.get(path, **headers))
    sound(reader.post("/khong-co", {}))


def test_an_origin_that_is_no_address_is_another_site(papers: Papers) -> None:
    client = Reader(papers.api, SECOND, "drafter").voice.client
    answer = client.post("/dang-xuat", headers={"Origin": "http://["})
    assert answer.status_code == 403


def test_a_look_that_somebody_wrote_himself_is_no_look(papers: Papers) -> None:
    reader = Reader(papers.api, FIRST, "leader")
    for kept in ("1~2026-01-01", "1~0001-01-01T00:00", "9~x", "x~2026-01-01"):
        sound(reader.get(f"/van-ban/{papers.sent}", Cookie=f"dondoc-xem={papers.sent}~{kept}"))


def test_what_fails_unexpectedly_goes_out_with_all_headers(papers: Papers) -> None:
    def broken() -> Any:
        raise RuntimeError("thử xem")

    reader = Reader(papers.api, SECOND, "drafter")
    with another_machine(papers.api.app, now=broken):
        answer = reader.get("/")
    assert answer.status_code == 500 and "thử xem" not in answer.text
    assert "Chưa có gì thay đổi; xin thử lại" in answer.text and "unexpected" not in answer.text
    nonce = re.search(r"script-src 'nonce-([\w-]+)'", answer.headers["content-security-policy"])
    assert nonce and f'nonce="{nonce[1]}"' in answer.text
    assert (answer.headers["x-frame-options"], answer.headers["x-content-type-options"]) == ("DENY", "nosniff")
    assert "private" in answer.headers["cache-control"]


# ── other people's papers ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("seat", ["drafter", "leader", "clerk", "supervisor"])
def test_another_unit_finds_none_of_it_and_can_do_nothing(papers: Papers, seat: str) -> None:
    stranger = Reader(papers.api, FAR, seat)
    before = _state(papers)
    for route in ROUTES:
        if "{document_id" not in route.path:
            continue
        for document in (papers.sent, papers.draft):
            here = papers.filled(route, document)
            for answer in [stranger.get(here)] if route in READ else [stranger.post(here, {"words": "x"})]:
                sound(answer)
                assert answer.status_code in (403, 404, 422), (here, answer.status_code)
                assert FIRST not in answer.text and SECOND not in answer.text, here
    for path in ("/cho-ky", "/can-gui"):
        stranger.post(path, {"van-ban": [f"{papers.sent}.1.1", f"{papers.draft}.1.1", "x.y.z", "-1", "9" * 400]})
        sound(stranger.get(f"{path}?chon={papers.sent}&chon={2**70}"))
    for path in (f"/ke-hoach/{papers.plan}/nhac/{papers.draft}", f"/ke-hoach/{papers.plan}/don-doc/{papers.sent}/goi"):
        assert stranger.post(path, {"noi-dung": "x"}).status_code in (403, 404)
    assert _state(papers) == before


def _state(papers: Papers) -> Any:
    sql = """SELECT d.id, d.seq, d.state, (SELECT count(*) FROM note n WHERE n.document_id = d.id) AS notes
               FROM document d WHERE d.id IN (%s, %s) ORDER BY d.id"""
    return papers.api.rows(sql, papers.sent, papers.draft)


def test_an_answer_goes_only_to_a_question_of_the_document_in_the_address(papers: Papers) -> None:
    asker = Reader(papers.api, DISTRICT, "supervisor")
    asker.post(f"/van-ban/{papers.sent}/hoi", {"words": "Số này ở đâu ra?"})
    question = papers.api.rows("SELECT max(id) AS id FROM note WHERE document_id = %s", papers.sent)[0]["id"]
    for path in (f"/van-ban/{papers.draft}/hoi/{question}", f"/hom-nay/cau-hoi/{question}"):
        answer = Reader(papers.api, SECOND, "drafter").post(path, {"words": "Không rõ", "loi": "Không rõ"})
        assert answer.status_code in (403, 404, 409), path
    assert papers.api.rows("SELECT count(*) AS n FROM note WHERE answers = %s", question)[0]["n"] == 0


def test_a_cached_page_is_asked_for_anew_by_each_person(papers: Papers) -> None:
    path = f"/van-ban/{papers.sent}/trang/1.svg"
    mine = Reader(papers.api, FIRST, "drafter").get(path)
    assert mine.status_code == 200 and "private" in mine.headers["cache-control"]
    told = Reader(papers.api, FAR, "drafter").get(path, **{"If-None-Match": mine.headers["etag"]})
    assert told.status_code == 404 and "etag" not in told.headers


# ── what nobody has put up yet, and words that are markup ────────────────────────────────────────────────


def test_a_draft_is_read_by_those_who_write_it_only(api: Api, papers: Papers) -> None:
    content = report_text(71, 72, 73)
    content["texts"]["results"] = SECRET
    version = api.as_(SECOND, "drafter").get(f"/documents/{papers.draft}/draft")["version"]
    api.as_(SECOND, "drafter").put(f"/documents/{papers.draft}/draft", {"content": content, "version": version})
    assert SECRET in Reader(api, SECOND, "drafter").page(f"/soan/{papers.draft}")
    for unit, seat in ((DISTRICT, "supervisor"), (DISTRICT, "drafter"), (PROVINCE, "leader"), (FIRST, "drafter")):
        reader = Reader(api, unit, seat)
        for route in READ:
            asks = {"xem": "truoc", "du-thao": "1", "tim": SECRET[:8]}.items()
            query = urlencode([(name, said) for name, said in asks if name in asked_for(route)])
            answer = reader.get(papers.filled(route, papers.draft, old="nhap", new="nhap") + f"?{query}")
            assert SECRET not in answer.text, (unit, seat, route.path)


def test_words_are_never_markup(api: Api, papers: Papers) -> None:
    _spoil(api, papers)
    for unit, seat in ((FIRST, "leader"), (DISTRICT, "supervisor"), (PROVINCE, "auditor"), (PROVINCE, "admin")):
        reader = Reader(api, unit, seat)
        for route in READ:
            names = {"tim", "den", "ve", "cho", "tiep"} & set(asked_for(route))
            for query in {"", urlencode(dict.fromkeys(names, BAD))}:
                answer = reader.get(papers.filled(route, papers.sent) + f"?{query}")
                sound(answer)
                if "html" in answer.headers.get("content-type", ""):
                    assert "<img src=x" not in answer.text and ">49<" not in answer.text, route.path
                    assert "<script>alert" not in answer.text, route.path


def _spoil(api: Api, papers: Papers) -> None:
    """Markup in a question, a contribution's name, the unit's name and telephone, a person's name."""
    Reader(api, DISTRICT, "supervisor").post(f"/van-ban/{papers.sent}/hoi", {"words": BAD, "place": BAD})
    Reader(api, SECOND, "drafter").post(f"/soan/{papers.draft}/dong-gop", {"assignee": BAD, "task": BAD})
    call = {"noi-dung": BAD, "hen": ""}
    Reader(api, DISTRICT, "supervisor").post(f"/ke-hoach/{papers.plan}/don-doc/{papers.draft}/goi", call)
    with psycopg.connect(api.urls.owner) as owner:  # as a careless import might have left them
        owner.execute("ALTER TABLE person DISABLE TRIGGER USER")
        owner.execute("UPDATE person SET full_name = full_name || %s, phone = %s", (BAD, '09"><img src=x>'))


def test_an_auditor_sees_all_plans_from_the_root(papers: Papers) -> None:
    assert Reader(papers.api, PROVINCE, "auditor").get("/bang").status_code == 200


def test_a_line_that_one_may_not_look_at_is_not_there(papers: Papers) -> None:
    answer = Reader(papers.api, FAR, "clerk").get(f"/ke-hoach/{papers.plan}/don-doc/{papers.sent}")
    assert answer.status_code == 404 and FIRST not in answer.text
