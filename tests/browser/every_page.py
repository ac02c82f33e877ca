"""Every page of the app with who looks at it, as addresses in which the names of `everything.Story` stand.

`PAGES`: the route, who sits where, the address. `NO_PAGES`: what answers a GET and is no page, with the reason.
"""

from __future__ import annotations

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
    ("/soan/{document_id}/goi-y", PROVINCE, "drafter", "/soan/{draft}/goi-y"),
    ("/soan/{document_id}/dong-gop/{contribution_id}", TWO, "drafter", "/soan/{second}/dong-gop/{contribution}"),
    ("/cho-ky", *_LEADER, "/cho-ky?chon={second}"), ("/can-gui", FOUR, "clerk", "/can-gui?chon={fourth}"),
    ("/viec/{name}", *_LEADER, "/viec/presented"), ("/viec/{name}", THREE, "drafter", "/viec/to_draft"),
    ("/viec/{name}", *_SUPERVISOR, "/viec/to_accept"), ("/viec/{name}", FOUR, "clerk", "/viec/to_send"),
    ("/kho", *_SUPERVISOR, "/kho?tim=bao+cao"),
    ("/nhan", THREE, "drafter", "/nhan"), ("/nhan", FOUR, "clerk", "/nhan?xong=1"),
    ("/nhan/{incoming_id}", THREE, "drafter", "/nhan/{paper}"),
    ("/nhan/{incoming_id}", THREE, "drafter", "/nhan/{unread}"),
    ("/nhat-ky", *_SUPERVISOR, "/nhat-ky"),
    ("/nhat-ky/van-ban/{document_id}", *_SUPERVISOR, "/nhat-ky/van-ban/{first}"),
    ("/nhat-ky/van-ban/{document_id}/kiem-tra", *_SUPERVISOR, "/nhat-ky/van-ban/{first}/kiem-tra"),
    ("/nhat-ky/nguoi/{person_id}", PROVINCE, "auditor", "/nhat-ky/nguoi/{person}"),
    ("/ngoai-le", PROVINCE, "auditor", "/ngoai-le"),
    ("/don-vi", *_ADMIN, "/don-vi"), ("/don-vi/{unit_id}", *_ADMIN, "/don-vi/{unit}"),
    ("/don-vi/{unit_id}/chung-thu", *_ADMIN, "/don-vi/{unit}/chung-thu"),
    ("/ky/{nonce}", ONE, "leader", "/ky/{signing}"),
    ("/don-vi/{unit_id}/sua", *_ADMIN, "/don-vi/{unit}/sua"),
    ("/don-vi/{unit_id}/nhap", *_ADMIN, "/don-vi/{unit}/nhap"),
    ("/don-vi/{unit_id}/giao", *_ADMIN, "/don-vi/{unit}/giao"),
    ("/don-vi/{unit_id}/vi-tri/{office_id}", *_ADMIN, "/don-vi/{unit}/vi-tri/{office}"),
    ("/bieu-mau", *_ADMIN, "/bieu-mau"), ("/bieu-mau/{code}/{version}", *_ADMIN, "/bieu-mau/action-month/2"),
    ("/quy-tac", *_ADMIN, "/quy-tac"), ("/quy-tac", *_ADMIN, "/quy-tac?muc=explain"),
    ("/so-dang-ky", FOUR, "clerk", "/so-dang-ky"),
    ("/so-van-ban", PROVINCE, "clerk", "/so-van-ban"), ("/so-van-ban", DISTRICT, "supervisor", "/so-van-ban?huong=den"),
    (f"{PLAN}/cong-van", *_SUPERVISOR, "/ke-hoach/{plan}/cong-van"),
    (f"{PAPER}/chung-minh", PROVINCE, "auditor", "/van-ban/{first}/chung-minh"),
    ("/moc-niem-phong", PROVINCE, "auditor", "/moc-niem-phong"),
    ("/tac-vu", NATION, "admin", "/tac-vu"), ("/tac-vu/ghi-nhan", NATION, "admin", "/tac-vu/ghi-nhan"),
    ("/tac-vu/prefect", NATION, "admin", "/tac-vu/prefect"),
    ("/thiet-lap", *_LEADER, "/thiet-lap"), ("/thiet-lap/lich", NATION, "admin", "/thiet-lap/lich?nam=2026"),
    ("/thiet-lap/tai-khoan", *_ADMIN, "/thiet-lap/tai-khoan"),
    ("/thiet-lap/tai-khoan/{person_id}", *_ADMIN, "/thiet-lap/tai-khoan/{person}"),
    ("/tai-khoan", *_LEADER, "/tai-khoan"), ("/tai-khoan/hai-lop", THREE, "clerk", "/tai-khoan/hai-lop"),
    ("/ma-xac-nhan", *_LEADER, "/ma-xac-nhan"), ("/mat-khau", THREE, "clerk", "/mat-khau"),
    ("/vi-tri", PROVINCE, "chair", "/vi-tri"), ("/chua-co-vi-tri", NATION, "gone", "/chua-co-vi-tri"),
    ("/docs", NOBODY, "", "/docs"), ("/docs", *_ADMIN, "/docs"), ("/docs/{group}", NOBODY, "", "/docs/drafts"),
    ("/docs/{group}", *_ADMIN, "/docs/documents"),
    (PLAN, PROVINCE, "supervisor", "/ke-hoach/{closed}"), (PAPER, PROVINCE, "leader", "/van-ban/{closed}"),
    (PAPER, PROVINCE, "drafter", "/van-ban/{closed_report}"),
    ("/dang-nhap", NOBODY, "", "/dang-nhap"), ("/dang-nhap", NOBODY, "", "/dang-nhap?tim=phuong"),
)  # fmt: skip
REFUSED = (
    (404, TWO, "drafter", "/van-ban/999999"), (404, TWO, "drafter", "/khong-co"), (404, NOBODY, "", "/khong-co"),
    (403, TWO, "drafter", "/thiet-lap/tai-khoan"), (422, TWO, "drafter", "/kho?vi-tri=abc"),
    (422, PROVINCE, "auditor", "/nhat-ky?cu-hon=xx"), (404, TWO, "drafter", "/van-ban/muoi"),
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
                     "/ngoai-le/ngoai-le.xlsx", "/ngoai-le/ngoai-le.csv", "/nhat-ky/nhat-ky.xlsx",
                     "/nhat-ky/nhat-ky.csv",
                     "/don-vi/{unit_id}/don-vi.csv", "/don-vi/{unit_id}/nhan-su.csv", "/so-van-ban/so.pdf",
                     "/so-van-ban/so.xlsx", f"{PAPER}/phieu.pdf", f"{PAPER}/ban.pdf",
                     f"{PAPER}/ban.docx", f"{PAPER}/ban.xlsx", "/soan/{document_id}/bieu.xlsx"], _FILE),
    **dict.fromkeys(["/nhan/{incoming_id}/tep", f"{PAPER}/tep/{{digest}}", "/ky/{nonce}/tep.pdf",
                     f"{PAPER}/chung-minh.zip", "/moc-niem-phong/{size}.txt"], _FILE),
    **dict.fromkeys(["/nhan/{incoming_id}/trang/{number}.png", f"{PAPER}/tep/{{digest}}/trang/{{number}}.png"],
                    "a picture of a file's page"),
    **dict.fromkeys([f"{PAPER}/trang/{{number}}.svg", f"{PLAN}/cong-van/trang/{{number}}.svg"],
                    "a picture of a paper, in pages that are looked at"),
    "/tai-khoan/ma-qr.svg": "a picture, in /tai-khoan/hai-lop",
    "/dang-nhap/ma": "half way in only, with a cookie of five minutes: tests/pages/test_door.py",
    "/dang-nhap/ma-qr.svg": "a picture, in /dang-nhap/ma",
    f"{PLAN}/song": "a stream",
    "/soan/{document_id}/moi": "whether there is something newer: no words",
    "/ke-hoach/moi/cay/{unit_id}": _PART, "/don-vi/{unit_id}/cay": _PART,
    "/so-dang-ky/{register_id}": "leads on to /so-van-ban",
    "/thong-bao": "leads on to /thiet-lap", "/dang-nhap/oidc": "leads to the identity provider",
    "/dang-nhap/oidc/ve": "where the identity provider leads back to: leads on",
}  # fmt: skip
